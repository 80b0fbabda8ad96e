"""How it grows: rooms, restaurants, screens of a room, idle connections and events a second, each varied alone.

What is asked is whether a cost stays flat, and which: the hub's processor time for an event or a delivery, its memory
for a connection, and what it does while nothing happens. One hub, in steps of ten. Not its business: peers.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import plots, report
from benchmarks.crowd import Crowd, Seat
from benchmarks.fanout import DRAIN_SECONDS_MAX, Flight, deliver, quiet
from benchmarks.npm import Node
from benchmarks.servers import Cores
from benchmarks.stage import HOST, Side, Stage
from benchmarks.wire import BrokenWire

RESTAURANTS, ITEMS_EACH = 100, 200
IN_FLIGHT, TOGETHER = 20, 10
IDLE_SECONDS = 5.0
PACE_SECONDS = 5.0
MICRO = 1e6


@dataclass(slots=True)
class Slope:
    """A cost at each size of one thing, while everything else stays."""

    key: str
    title: str
    of: str
    unit: str
    points: list[tuple[int, float]] = field(default_factory=list)
    remark: str = ""


def measure(cores: Cores, node: Node, seconds: float, say: Callable[[str], None]) -> list[Slope]:
    """All slopes, one after the other."""
    slopes = []
    with Stage(cores, node, restaurants=RESTAURANTS, items_each=ITEMS_EACH, people=1) as stage:
        for slope, sizes, cost in _plan(stage, seconds):
            for size in sizes:
                try:
                    with _fresh(stage) as side:
                        slope.points.append((size, cost(side, size)))
                except (BrokenWire, OSError) as trouble:
                    slope.remark = f"at {size:,}: {trouble}"
                    break
                say(f"{slope.title}: {size:,} {slope.of}, {slope.points[-1][1]:,.4g} {slope.unit}")
            slopes.append(slope)
    return slopes


Cost = Callable[[Side, int], float]


def _plan(stage: Stage, seconds: float) -> list[tuple[Slope, Sequence[int], Cost]]:
    def event(side: Side, flight: Flight) -> float:
        done = deliver(side, stage, flight, seconds)
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
            Slope("growth_memory", "Memory, by connections", "connections", "KiB each"),
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
        before = side.server.cpu_seconds()
        side.control.tell("pace", rate, PACE_SECONDS)
        if not crowd.listen_until(lambda: crowd.arrived.deliveries >= events * 5, PACE_SECONDS * 2 + DRAIN_SECONDS_MAX):
            raise BrokenWire(f"Of {events * 5} deliveries {crowd.arrived.deliveries} came.")
        side.control.answer()
        return max(0.0, side.server.cpu_seconds() - before - anyway) / events * MICRO


def _memory(stage: Stage, side: Side, count: int) -> float:
    rooms = stage.chain.rooms(50, restaurants=10)
    before = side.server.pss_kib()
    with _seated(stage, side, [rooms[n % 50][0] for n in range(count)]) as crowd:
        _spent(side, crowd, 1.0)
        return (side.server.pss_kib() - before) / count


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
def _idle(stage: Stage, side: Side, count: int) -> Iterator[None]:
    """Others, in a room where nothing happens."""
    room = stage.chain.rooms(RESTAURANTS)[-1][0]
    with _seated(stage, side, [room] * count):
        yield


# ---------------------------------------------------------------- what is said


def write(folder: Path, slopes: Sequence[Slope], machine: str) -> Path:
    """Write the slopes and their plots into the folder; where the page is."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = ["# How it grows\n", f"Measured by `make bench ROWS=growth` on {machine}. Each varied alone; one hub.\n"]
    for slope in slopes:
        parts += [f"## {slope.title}\n", *([f"Not measured to the end, {slope.remark}\n"] if slope.remark else [])]
        if slope.points:
            plot = plots.steps(slope.title, slope.unit, _named(slope))
            (folder / f"{slope.key}.svg").write_text(plot, encoding="utf-8")
            parts += [f"![{slope.title}]({slope.key}.svg)\n", f"| {slope.of} | {slope.unit} |", "|---:|---:|"]
            parts += [*(f"| {size:,} | {report.figure(cost)} |" for size, cost in slope.points), ""]
    path = folder / "growth.md"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def _named(slope: Slope) -> list[tuple[str, float]]:
    return [(f"{size:,} {slope.of}", cost) for size, cost in slope.points]
