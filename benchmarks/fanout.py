"""Fan-out: how much a server delivers in one second of processor time, from ring (or emit) to glass.

Closed loop: so many events are in flight and no more, and each that has reached all its screens lets another be
emitted. What is counted is deliveries against the server's own processor time, so that it does not matter whether
something else was the slowest. Nothing may be missing at the end.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.crowd import Crowd, Seat
from benchmarks.rows import Measure
from benchmarks.servers import Process, cpu_seconds_of
from benchmarks.stage import HOST, Side, Stage
from benchmarks.wire import BrokenWire

DRAIN_SECONDS_MAX = 10.0
QUIET_SHARE = 0.06
QUIET_STEP_SECONDS = 0.1
QUIET_SECONDS_MAX = 8.0


@dataclass(frozen=True, slots=True)
class Flight:
    """So many rooms of so many screens, over all restaurants or so many of them; events in flight at once, and how many
    are emitted together."""

    rooms: int
    audience: int
    events: int
    together: int
    restaurants: int | None = None


ROOMS_OF_5 = Flight(rooms=200, audience=5, events=400, together=100)
ONE_BY_ONE = Flight(rooms=1, audience=1_000, events=1, together=1)
BURSTS = Flight(rooms=1, audience=1_000, events=8, together=4)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a run came to."""

    events: float
    deliveries: int
    seconds: float
    server_seconds: float
    emitter_seconds: float
    generator_seconds: float
    redis_seconds: float


def events_per_cpu_second(side: Side, stage: Stage, flight: Flight, seconds: float) -> Measure:
    done = deliver(side, stage, flight, seconds)
    return _measure(done.events / done.server_seconds, done)


def deliveries_per_cpu_second(side: Side, stage: Stage, flight: Flight, seconds: float) -> Measure:
    done = deliver(side, stage, flight, seconds)
    return _measure(done.deliveries / done.server_seconds, done)


def cpu_per_event(side: Side, stage: Stage, flight: Flight, seconds: float) -> Measure:
    """Microseconds of both sides' processor time: of who emits, and of who delivers."""
    done = deliver(side, stage, flight, seconds)
    spent = (done.server_seconds + done.emitter_seconds) / done.events * 1e6
    return _measure(spent, done, emitting_us=done.emitter_seconds / done.events * 1e6)


def deliver(side: Side, stage: Stage, flight: Flight, seconds: float) -> Delivered:
    """Deliver for so long, after a warm-up of a quarter. Raises BrokenWire when anything is lost or out of order."""
    crowd = Crowd(HOST, side.server.port)
    try:
        take_seats(crowd, side, stage, flight)
        crowd.listen_from_now()
        loop = _Loop(crowd, side, flight)
        loop.run(seconds / 4)
        before = _readings(crowd, side, stage)
        loop.run(seconds)
        after = _readings(crowd, side, stage)
        loop.drain()
        deliveries, *spent = (b - a for a, b in zip(before, after, strict=True))
        return Delivered(deliveries / flight.audience, int(deliveries), *spent)
    finally:
        crowd.close()
        quiet(side.server)


def take_seats(crowd: Crowd, side: Side, stage: Stage, flight: Flight) -> None:
    """Let the flight's screens enter its rooms, and tell whoever emits which those are."""
    rooms = stage.chain.rooms(flight.rooms, restaurants=flight.restaurants)
    tokens = stage.chain.tokens(flight.rooms * flight.audience)
    crowd.connect([Seat(token, rooms[n % len(rooms)][0], n % len(rooms)) for n, token in enumerate(tokens)])
    quiet(side.server)
    side.control.tell("rooms", rooms)


def quiet(process: Process) -> None:
    """Wait until a server has nothing to do, such as closing a crowd's connections."""
    deadline = time.monotonic() + QUIET_SECONDS_MAX
    before = process.cpu_seconds()
    while time.monotonic() < deadline:
        time.sleep(QUIET_STEP_SECONDS)
        now = process.cpu_seconds()
        if now - before <= QUIET_SHARE * QUIET_STEP_SECONDS * 2:
            return
        before = now


class _Loop:
    """Keeps events in flight."""

    def __init__(self, crowd: Crowd, side: Side, flight: Flight) -> None:
        self._crowd = crowd
        self._side = side
        self._flight = flight
        self._emitted = 0

    def run(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._crowd.listen_until(self._emitting(until), seconds + DRAIN_SECONDS_MAX)

    def drain(self) -> None:
        wanted = self._emitted * self._flight.audience
        if not self._crowd.listen_until(lambda: self._crowd.arrived.deliveries >= wanted, DRAIN_SECONDS_MAX):
            raise BrokenWire(f"{self._side.name}: of {wanted} deliveries {self._crowd.arrived.deliveries} came.")

    def _emitting(self, until: float) -> Callable[[], bool]:
        flight, crowd, tell = self._flight, self._crowd, self._side.control.tell

        def is_over() -> bool:
            room = flight.events - flight.together
            while self._emitted - crowd.arrived.deliveries // flight.audience <= room:
                tell("emit", flight.together)
                self._emitted += flight.together
            return time.monotonic() >= until

        return is_over


def _readings(crowd: Crowd, side: Side, stage: Stage) -> tuple[float, ...]:
    return (
        crowd.arrived.deliveries,
        time.monotonic(),
        side.server.cpu_seconds(),
        _emitter_seconds(side),
        time.process_time(),
        cpu_seconds_of(stage.servers.pids["Valkey"]),
    )


def _emitter_seconds(side: Side) -> float:
    """Who emits in the server itself is counted there; what the feeder recorded is not emitting."""
    if side.emitter is side.server:
        return 0.0
    recording: float = side.control.ask("recording") if side.name == "ours" else 0.0
    return side.emitter.cpu_seconds() - recording


def _measure(value: float, done: Delivered, **notes: float) -> Measure:
    return Measure(
        value,
        done.generator_seconds / done.seconds,
        {"server_share": done.server_seconds / done.seconds, "events_per_second": done.events / done.seconds, **notes},
    )
