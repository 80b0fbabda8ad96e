"""Latency across instances: another one emits so many events a second, evenly, into 200 rooms of 5.

Time runs from the moment in which the emitter is called, by its own word, to the moment in which a screen has read the
frame; both on the same clock. Every delivery counts, after the first tenth.
"""

import time

from benchmarks.crowd import Crowd
from benchmarks.fanout import DRAIN_SECONDS_MAX, ROOMS_OF_5, quiet, take_seats
from benchmarks.rows import Measure, percentile
from benchmarks.stage import HOST, Side, Stage
from benchmarks.wire import BrokenWire

WARM_UP_PART = 0.1
NANOSECONDS_A_MILLISECOND = 1e6


def p99(side: Side, stage: Stage, rate: int, seconds: float) -> Measure:
    """Milliseconds that 99 of 100 deliveries do not exceed."""
    crowd = Crowd(HOST, side.server.port)
    try:
        take_seats(crowd, side, stage, ROOMS_OF_5)
        crowd.listen_from_now(with_stamps=True)
        events = int(rate * seconds)
        began, spent = time.monotonic(), time.process_time()
        side.control.tell("pace", rate, seconds)
        wanted = events * ROOMS_OF_5.audience
        if not crowd.listen_until(lambda: crowd.arrived.deliveries >= wanted, seconds * 2 + DRAIN_SECONDS_MAX):
            raise BrokenWire(f"{side.name}: of {wanted} deliveries {crowd.arrived.deliveries} came.")
        share = (time.process_time() - spent) / (time.monotonic() - began)
        emitted: list[int] = side.control.answer()
        milliseconds = _milliseconds(crowd.arrived.stamps or [], emitted, ROOMS_OF_5.rooms)
        return Measure(
            percentile(milliseconds, 0.99),
            share,
            {"p50_ms": percentile(milliseconds, 0.5), "p99_9_ms": percentile(milliseconds, 0.999)},
        )
    finally:
        crowd.close()
        quiet(side.server)


def _milliseconds(stamps: list[tuple[int, int, int]], emitted: list[int], rooms: int) -> list[float]:
    """How long each delivery took. Rooms are served in turn, so room and number say which event it was."""
    first = int(len(emitted) * WARM_UP_PART)
    found = []
    for room, number, at in stamps:
        event = (number - 1) * rooms + room
        if event >= first:
            found.append((at - emitted[event]) / NANOSECONDS_A_MILLISECOND)
    return found
