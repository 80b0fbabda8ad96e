"""`GET menu` of 40 items, by 32 at once: read from the database, and from bytes that are kept.

From the database: every request is for a restaurant that nobody asked about before. From kept bytes: for one of a few
that were asked about just now; express keeps its own in a Map and never looks whether they are still right.
"""

import itertools
import time
from collections.abc import Iterator, Sequence

from benchmarks.callers import Callers, request
from benchmarks.fanout import quiet
from benchmarks.house import Restaurant
from benchmarks.rows import Measure
from benchmarks.servers import Process
from benchmarks.stage import HOST, Door, Stage

AT_ONCE = 32
ITEMS = 40
WARM_RESTAURANTS = 20
WARM_UP_PART = 4
FIRST_SECONDS_MAX = 60.0
HUB, READ, KEPT = "/api/v2", "", "/kept"


def first_time(door: Door, stage: Stage, restaurants: Sequence[Restaurant]) -> Measure:
    """Menus a second, of restaurants that were never asked about, after some that warm the server up."""
    warm_up = len(restaurants) // WARM_UP_PART
    _measure(door.server, _menus(stage, door.prefix, restaurants[:warm_up]), FIRST_SECONDS_MAX)
    restaurants = restaurants[warm_up:]
    return _measure(door.server, _menus(stage, door.prefix, restaurants), FIRST_SECONDS_MAX)


def again(door: Door, stage: Stage, restaurants: Sequence[Restaurant], seconds: float) -> Measure:
    """Menus a second, of restaurants that were asked about just now."""
    _measure(door.server, _menus(stage, door.prefix, restaurants), FIRST_SECONDS_MAX)
    return _measure(door.server, itertools.cycle(_menus(stage, door.prefix, restaurants)), seconds)


def _measure(server: Process, requests: Iterator[bytes], seconds: float) -> Measure:
    callers = Callers(HOST, server.port, AT_ONCE)
    try:
        quiet(server)
        before, own = server.cpu_seconds(), time.process_time()
        lasted = callers.run(requests, seconds)
        spent, own = server.cpu_seconds() - before, time.process_time() - own
        done = callers.answers.count
        notes = {
            "server_us_each": spent / done * 1e6,
            "server_share": spent / lasted,
            "bytes_each": float(callers.answers.bytes_each),
        }
        return Measure(done / lasted, own / lasted, notes)
    finally:
        callers.close()


def _menus(stage: Stage, prefix: str, restaurants: Sequence[Restaurant]) -> Iterator[bytes]:
    (token,) = stage.chain.tokens(1)
    return iter([request("GET", f"{prefix}/restaurants/{one.id}/menu", token) for one in restaurants])
