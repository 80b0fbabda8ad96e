"""Connections: how many can be made in a second, each with another token, and what an idle one costs of memory.

A connection counts from its TCP handshake to Socket.IO's word that it is connected; for memory each is in one room as
well. Both kinds of peers collect their garbage before they are weighed, which is more than the hub is asked to do.
"""

import time

from benchmarks.crowd import Crowd, Seat
from benchmarks.fanout import quiet
from benchmarks.rows import Measure
from benchmarks.stage import HOST, Side, Stage

SETTLE_SECONDS = 1.0
WARM_UP_PART = 0.2
ROOMS = 200


def per_second(side: Side, stage: Stage, count: int) -> Measure:
    """Connections made in a second, some at once, after some that warm the server up."""
    seats = [Seat(token) for token in stage.chain.tokens(count)]
    crowd = Crowd(HOST, side.server.port)
    try:
        crowd.connect([Seat(token) for token in stage.chain.tokens(int(count * WARM_UP_PART))])
        spent, own = side.server.cpu_seconds(), time.process_time()
        seconds = crowd.connect(seats)
        share = (time.process_time() - own) / seconds
        server = side.server.cpu_seconds() - spent
        return Measure(count / seconds, share, {"server_us_each": server / count * 1e6})
    finally:
        crowd.close()
        quiet(side.server)


def kib_each(side: Side, stage: Stage, count: int) -> Measure:
    """KiB of proportional set size for each of so many idle connections. Ask a fresh server."""
    rooms = stage.chain.rooms(ROOMS)
    seats = [Seat(token, rooms[n % len(rooms)][0]) for n, token in enumerate(stage.chain.tokens(count))]
    crowd = Crowd(HOST, side.server.port)
    try:
        before = _weighed(side)
        crowd.connect(seats)
        deadline = time.monotonic() + SETTLE_SECONDS
        crowd.listen_until(lambda: time.monotonic() > deadline, SETTLE_SECONDS * 2)
        return Measure((_weighed(side) - before) / count, 0.0, {"connections": float(count)})
    finally:
        crowd.close()
        quiet(side.server)


def _weighed(side: Side) -> int:
    if side.emitter is side.server:
        side.control.ask("gc")
    return side.server.pss_kib()
