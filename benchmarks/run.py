"""A run: every row of the table, round by round, on as few stages as it takes.

Every round takes the sides of a row one after the other, beginning with another one each time. A row that could not be
measured stays in the table and says why.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from benchmarks import connections, fanout, glass, latency, limit, menu, orders
from benchmarks.npm import Node
from benchmarks.rows import Measure, Row
from benchmarks.servers import Bystanders, Cores, DidNotStart
from benchmarks.stage import SIDES, Door, Side, Stage
from benchmarks.table import Form, rows
from benchmarks.wire import BrokenWire

RATES = (300, 2_000)
FRAMES_A_SEND = (1, 4)


@dataclass(slots=True)
class Run:
    """One run of the benchmark. `only` names the rows that are wanted; none named are all."""

    form: Form
    cores: Cores
    node: Node
    say: Callable[[str], None]
    only: frozenset[str] = frozenset()
    rows: dict[str, Row] = field(default_factory=rows)
    bystanders: Bystanders = field(default_factory=Bystanders)
    """What else this machine was busy with meanwhile."""

    def measure(self) -> list[Row]:
        """All rows that are wanted."""
        for group in (self._one_instance, self._two_instances, self._orders, self._menus, self._glass):
            group()
        return [row for row in self.rows.values() if self._wants(row.key)]

    # ------------------------------------------------------------ rows that share a stage

    def _one_instance(self) -> None:
        one_by_one, at_once = ("memory", "limit"), ("connections", "rooms_of_5", "room_of_1000", "room_of_1000_bursts")
        if not self._wants(*one_by_one, *at_once):
            return
        with self._live_stage() as stage:
            for turn in range(self.form.rounds):
                self._each("memory", turn, {name: name for name in SIDES}, self._weigh, stage)
                sends = {f"{frames} a send": frames for frames in FRAMES_A_SEND}
                self._each("limit", turn, sends, limit.deliveries_per_cpu_second, stage, self.form.limit_seconds)
            if self._wants(*at_once):
                self._fan_out(stage)

    def _fan_out(self, stage: Stage) -> None:
        count, seconds = self.form.connections, self.form.fanout_seconds
        by_events, by_deliveries = fanout.events_per_cpu_second, fanout.deliveries_per_cpu_second
        sides = {name: stage.side(name) for name in SIDES}
        for turn in range(self.form.rounds):
            self._each("connections", turn, sides, connections.per_second, stage, count)
            self._each("rooms_of_5", turn, sides, by_events, stage, fanout.ROOMS_OF_5, seconds)
            self._each("room_of_1000", turn, sides, by_deliveries, stage, fanout.ONE_BY_ONE, seconds)
            self._each("room_of_1000_bursts", turn, sides, by_deliveries, stage, fanout.BURSTS, seconds)

    def _two_instances(self) -> None:
        paced = {f"p99_at_{rate}": rate for rate in RATES}
        if not self._wants("rooms_of_5_across", *paced):
            return
        flight, seconds = fanout.ROOMS_OF_5, self.form.fanout_seconds
        with self._live_stage(is_aside=True) as stage:
            sides = {name: stage.side(name, across=True) for name in SIDES}
            for turn in range(self.form.rounds):
                self._each("rooms_of_5_across", turn, sides, fanout.cpu_per_event, stage, flight, seconds)
                for key, rate in paced.items():
                    self._each(key, turn, sides, latency.p99, stage, rate, self.form.pace_seconds)

    def _orders(self) -> None:
        if not self._wants("orders"):
            return
        with Stage(self.cores, self.node, restaurants=orders.RESTAURANTS, items_each=orders.ITEMS_EACH) as stage:
            hub, express = stage.hub(), stage.express()
            doors = {
                "ours": Door(hub, orders.HUB),
                "express_bare": Door(express, orders.BARE),
                "express_whole": Door(express, orders.WHOLE),
            }
            for turn in range(self.form.rounds):
                self._each("orders", turn, doors, orders.per_second, stage, self.form.orders_seconds)

    def _menus(self) -> None:
        if not self._wants("menu", "menu_kept"):
            return
        fresh_each, warm = self.form.menus, menu.WARM_RESTAURANTS
        count = warm + fresh_each * self.form.rounds
        with Stage(self.cores, self.node, restaurants=count, items_each=menu.ITEMS, people=1) as stage:
            hub, express = stage.hub(), stage.express()
            asked_before = stage.chain.restaurants[:warm]
            read = {"ours": Door(hub, menu.HUB), "express": Door(express, menu.READ)}
            kept = {"ours": Door(hub, menu.HUB), "express": Door(express, menu.KEPT)}
            for turn in range(self.form.rounds):
                fresh = stage.chain.restaurants[warm + turn * fresh_each :][:fresh_each]
                self._each("menu", turn, read, menu.first_time, stage, fresh)
                self._each("menu_kept", turn, kept, menu.again, stage, asked_before, self.form.menu_seconds)

    def _glass(self) -> None:
        if not self._wants("glass"):
            return
        with Stage(self.cores, self.node, restaurants=10, items_each=20, tables_each=glass.TABLES // 10) as stage:
            here, there = stage.hub(), stage.hub(is_measured=False)
            node = stage.side("node", across=True)
            seconds = self.form.pace_seconds
            sides = {
                "node_emits": partial(latency.p99, node, stage, glass.RATE, seconds),
                "ours": partial(glass.p99, here, there, stage, seconds),
            }
            for turn in range(self.form.rounds):
                self._each("glass", turn, sides, lambda measure: measure())

    # ------------------------------------------------------------ one row in one round

    def _each(
        self, key: str, turn: int, sides: Mapping[str, object], measure: Callable[..., Measure], *rest: object
    ) -> None:
        row = self.rows[key]
        if not self._wants(key) or row.remark:
            return
        measured: dict[str, Measure] = {}
        for name in _from(turn, list(sides)):
            try:
                with self.bystanders.watched():
                    measured[name] = measure(sides[name], *rest)
            except (BrokenWire, DidNotStart, OSError) as trouble:
                row.remark = f"{name}: {trouble}"
                self.say(f"{row.title}: {row.remark}")
                return
            self.say(f"{row.title}: {name} {measured[name].value:,.5g} {row.unit}")
        row.rounds.append({name: measured[name] for name in sides})

    def _weigh(self, name: str, stage: Stage) -> Measure:
        with _alone(stage, name) as side:
            return connections.kib_each(side, stage, self.form.idle_connections)

    def _wants(self, *keys: str) -> bool:
        return not self.only or not self.only.isdisjoint(keys)

    def _live_stage(self, *, is_aside: bool = False) -> Stage:
        return Stage(self.cores, self.node, restaurants=10, items_each=20, is_aside=is_aside)


@contextmanager
def _alone(stage: Stage, name: str) -> Iterator[Side]:
    """A side that was started just now, and is gone after."""
    side = stage.side(name)
    try:
        yield side
    finally:
        stage.end(side)


def _from(turn: int, names: Sequence[str]) -> list[str]:
    """All of them, beginning with another one each turn."""
    first = turn % len(names)
    return [*names[first:], *names[:first]]
