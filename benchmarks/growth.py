"""How it grows: rooms, restaurants, screens, idle connections, events a second and instances, each varied alone.

What is asked is whether a cost stays flat, and which: the hub's processor time for an event or a delivery, its memory
for its connections, and what it does while nothing happens. In steps of ten, except for instances, of which a small
machine holds ten and not a hundred. Each point is measured in every round by a hub that was started just now; its
figure is the median. Not its business: peers.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import plots, report
from benchmarks.crowd import Crowd, Seat
from benchmarks.fanout import DRAIN_SECONDS_MAX, Flight, deliver, quiet
from benchmarks.npm import Node
from benchmarks.servers import Cores, DidNotStart
from benchmarks.stage import HOST, Side, Stage
from benchmarks.wire import BrokenWire

RESTAURANTS, ITEMS_EACH = 100, 200
IN_FLIGHT, TOGETHER = 20, 10
IDLE_SECONDS = 5.0
PACE_SECONDS = 5.0
"""As long as it takes until every screen has heard a beat."""
EVENT_SECONDS = 2.0
ROUNDS = 3
MICRO = 1e6


@dataclass(slots=True)
class Slope:
    """A cost at each size of one thing, while everything else stays."""

    key: str
    title: str
    of: str
    unit: str
    costs: dict[int, list[float]] = field(default_factory=dict)
    remark: str = ""

    @property
    def points(self) -> list[tuple[int, float]]:
        return [(size, statistics.median(costs)) for size, costs in self.costs.items()]


def measure(cores: Cores, node: Node, rounds: int, say: Callable[[str], None]) -> list[Slope]:
    """All slopes, round by round."""
    with Stage(cores, node, restaurants=RESTAURANTS, items_each=ITEMS_EACH, people=1) as stage:
        plan = _plan(stage)
        for _ in range(rounds):
            for slope, sizes, cost in plan:
                _climb(stage, slope, sizes, cost, say)
    return [slope for slope, _, _ in plan]


Cost = Callable[[Side, int], float]


def _climb(stage: Stage, slope: Slope, sizes: Sequence[int], cost: Cost, say: Callable[[str], None]) -> None:
    for size in sizes:
        try:
            with _fresh(stage) as side:
                found = cost(side, size)
        except (BrokenWire, DidNotStart, OSError) as trouble:
            slope.remark = f"at {size:,}: {trouble}"
            return
        slope.costs.setdefault(size, []).append(found)
        say(f"{slope.title}: {size:,} {slope.of}, {found:,.4g} {slope.unit}")


def _plan(stage: Stage) -> list[tuple[Slope, Sequence[int], Cost]]:
    def event(side: Side, flight: Flight) -> float:
        done = deliver(side, stage, flight, EVENT_SECONDS)
        return done.server_seconds / done.events * MICRO

    def by_rooms(side: Side, rooms: int) -> float:
        return event(side, Flight(rooms, 2, IN_FLIGHT, TOGETHER, restaurants=10))

    def by_restaurants(side: Side, restaurants: int) -> float:
        return event(side, Flight(200, 5, IN_FLIGHT, TOGETHER, restaurants=restaurants))

    def by_screens(side: Side, screens: int) -> float:
        return event(side, Flight(1, screens, 1, 1)) / screens

    def by_idle(side: Side, idle: int) -> float:
        with _idle(stage, side, idle):
            return event(side, Flight(200, 5, IN_FLIGHT, TOGETHER, restaurants=10))

    def by_instances(side: Side, instances: int) -> float:
        with _other_hubs(stage, instances - 1):
            return event(side, Flight(200, 5, IN_FLIGHT, TOGETHER, restaurants=10))

    def redis_by_instances(side: Side, instances: int) -> float:
        with _other_hubs(stage, instances - 1):
            done = deliver(side, stage, Flight(200, 5, IN_FLIGHT, TOGETHER, restaurants=10), EVENT_SECONDS)
            return done.redis_seconds / done.events * MICRO

    return [
        (Slope("growth_rooms", "An event, by rooms", "rooms of 2", "CPU µs"), (20, 200, 2_000), by_rooms),
        (
            Slope("growth_restaurants", "An event, by restaurants", "restaurants", "CPU µs"),
            (1, 10, 100),
            by_restaurants,
        ),
        (
            Slope("growth_screens", "A delivery, by screens of a room", "screens", "CPU µs"),
            (10, 100, 1_000),
            by_screens,
        ),
        (
            Slope("growth_idle", "An event, by others who are idle", "connections", "CPU µs"),
            (30, 300, 3_000),
            by_idle,
        ),
        (
            Slope("growth_events", "An event, by how many a second", "events a second", "CPU µs"),
            (20, 200, 2_000),
            lambda side, rate: _paced(stage, side, rate),
        ),
        (
            Slope("growth_instances", "An event at one hub, by hubs that hear it", "hubs", "CPU µs"),
            (1, 3, 10),
            by_instances,
        ),
        (
            Slope("growth_redis", "An event in Redis, by hubs that hear it", "hubs", "CPU µs"),
            (1, 3, 10),
            redis_by_instances,
        ),
        (
            Slope("growth_memory", "Memory, by connections", "connections", "MiB more than without"),
            (50, 500, 5_000),
            lambda side, count: _memory(stage, side, count),
        ),
        (
            Slope("growth_following", "Nothing happens, by restaurants followed", "restaurants", "CPU ms a second"),
            (1, 10, 100),
            lambda side, count: _following(stage, side, count),
        ),
    ]


def _paced(stage: Stage, side: Side, rate: int) -> float:
    """Of an event that comes so often, without what the hub does anyway."""
    rooms = stage.chain.rooms(200, restaurants=10)
    with _seated(stage, side, [rooms[n % 200][0] for n in range(1_000)]) as crowd:
        anyway = _spent(side, crowd, PACE_SECONDS)
        side.control.tell("rooms", rooms)
        crowd.listen_from_now()
        events = int(rate * PACE_SECONDS)
        before, until = side.server.cpu_seconds(), time.monotonic() + PACE_SECONDS
        side.control.tell("pace", rate, PACE_SECONDS)
        if not crowd.listen_until(
            lambda: crowd.arrived.deliveries >= events * 5 and time.monotonic() >= until,
            PACE_SECONDS * 2 + DRAIN_SECONDS_MAX,
        ):
            raise BrokenWire(f"Of {events * 5} deliveries {crowd.arrived.deliveries} came.")
        side.control.answer()
        return (side.server.cpu_seconds() - before - anyway) / events * MICRO


def _memory(stage: Stage, side: Side, count: int) -> float:
    rooms = stage.chain.rooms(50, restaurants=10)
    before = side.server.pss_kib()
    with _seated(stage, side, [rooms[n % 50][0] for n in range(count)]) as crowd:
        _spent(side, crowd, 1.0)
        return (side.server.pss_kib() - before) / 1024


def _following(stage: Stage, side: Side, count: int) -> float:
    rooms = stage.chain.rooms(count, restaurants=count)
    with _seated(stage, side, [room for room, _ in rooms]) as crowd:
        return _spent(side, crowd, IDLE_SECONDS) / IDLE_SECONDS * 1000


def _spent(side: Side, crowd: Crowd, seconds: float) -> float:
    """Processor time of the hub while its screens only listen."""
    before, until = side.server.cpu_seconds(), time.monotonic() + seconds
    crowd.listen_until(lambda: time.monotonic() >= until, seconds * 2)
    return side.server.cpu_seconds() - before


@contextmanager
def _fresh(stage: Stage) -> Iterator[Side]:
    side = stage.side("ours")
    try:
        yield side
    finally:
        stage.end(side)


@contextmanager
def _seated(stage: Stage, side: Side, rooms: Sequence[str]) -> Iterator[Crowd]:
    crowd = Crowd(HOST, side.server.port)
    with ExitStack() as closing:
        closing.callback(crowd.close)
        tokens = stage.chain.tokens(len(rooms))
        crowd.connect([Seat(token, rooms[n], n) for n, token in enumerate(tokens)])
        quiet(side.server)
        yield crowd


@contextmanager
def _other_hubs(stage: Stage, count: int) -> Iterator[None]:
    """Hubs that follow the same restaurants as the one that is measured, each with a screen in every one of them."""
    # Rooms in which nothing happens: what is asked is what hearing costs.
    rooms = [room for room, _ in stage.chain.rooms(210, restaurants=10)[200:]]
    with ExitStack() as closing:
        for _ in range(count):
            hub = stage.hub(is_measured=False)
            closing.callback(hub.end)
            crowd = Crowd(HOST, hub.port)
            closing.callback(crowd.close)
            crowd.connect([Seat(token, rooms[n], n) for n, token in enumerate(stage.chain.tokens(len(rooms)))])
        yield


@contextmanager
def _idle(stage: Stage, side: Side, count: int) -> Iterator[None]:
    """Others, in a room where nothing happens."""
    room = stage.chain.rooms(RESTAURANTS)[-1][0]
    with _seated(stage, side, [room] * count):
        yield


# ---------------------------------------------------------------- what is said


def write(folder: Path, slopes: Sequence[Slope], machine: str) -> Path:
    """Write the slopes and their plots into the folder; where the page is."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [
        "# How it grows\n",
        f"Measured by `make bench ROWS=growth` on {machine}. Each varied alone; medians, with the smallest and the "
        "largest of all rounds. What follows from it for a great many restaurants: [capacity](capacity.md).\n",
    ]
    for slope in slopes:
        parts += [f"## {slope.title}\n", *([f"Not measured to the end, {slope.remark}\n"] if slope.remark else [])]
        if slope.points:
            plot = plots.steps(slope.title, slope.unit, _named(slope))
            (folder / f"{slope.key}.svg").write_text(plot, encoding="utf-8")
            parts += [f"![{slope.title}]({slope.key}.svg)\n", f"| {slope.of} | {slope.unit} | |", "|---:|---:|---|"]
            parts += [*(_line(slope, size, cost) for size, cost in slope.points), ""]
    path = folder / "growth.md"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def _line(slope: Slope, size: int, cost: float) -> str:
    costs = slope.costs[size]
    spread = f"{report.figure(min(costs))}–{report.figure(max(costs))}" if len(costs) > 1 else ""
    return f"| {size:,} | {report.figure(cost)} | {spread} |"


def _named(slope: Slope) -> list[tuple[str, float, float, float]]:
    return [
        (f"{size:,} {slope.of}", cost, min(slope.costs[size]), max(slope.costs[size])) for size, cost in slope.points
    ]
