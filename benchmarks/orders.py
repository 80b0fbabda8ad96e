"""`POST orders`: three lines at two stations, to be picked up, over 100 restaurants, asked by 32 at once.

The hub does all of it: token, validation, idempotency, portions, tickets, ledger, kept answer and ring. Express merely
inserts order and lines; and, in another column, does the same work as the hub, in the hub's own tables.
"""

import json
import time
from collections.abc import Iterator

from benchmarks.callers import Callers, request
from benchmarks.fanout import quiet
from benchmarks.house import Chain, settle
from benchmarks.rows import Measure, percentile
from benchmarks.servers import cpu_seconds_of
from benchmarks.stage import HOST, Door, Stage

AT_ONCE = 32
WARM_UP_PART = 0.25
HUB, BARE, WHOLE = "/api/v2", "/bare", "/whole"
RESTAURANTS = 100
ITEMS_EACH = 8
CREATED = 201


def per_second(door: Door, stage: Stage, seconds: float) -> Measure:
    """Orders placed in a second. Raises BrokenWire when one is refused."""
    server = door.server
    callers = Callers(HOST, server.port, AT_ONCE)
    try:
        asked = orders(stage.chain, door.prefix, f"{time.monotonic_ns()}")
        callers.run(asked, seconds * WARM_UP_PART)
        settle(stage.servers.postgres_url)
        callers.run(asked, seconds * WARM_UP_PART)
        postgres = stage.servers.pids["PostgreSQL"]
        before = server.cpu_seconds(), cpu_seconds_of(postgres), time.process_time()
        lasted = callers.run(asked, seconds)
        after = server.cpu_seconds(), cpu_seconds_of(postgres), time.process_time()
        spent, in_postgres, own = (b - a for a, b in zip(before, after, strict=True))
        done = callers.answers.count
        assert callers.answers.statuses == {CREATED: done}, callers.answers.statuses
        notes = {
            "p99_ms": percentile(callers.answers.seconds, 0.99) * 1000,
            "busy": float(callers.answers.busy),
            "server_us_each": spent / done * 1e6,
            "postgres_us_each": in_postgres / done * 1e6,
            "server_share": spent / lasted,
            "postgres_share": in_postgres / lasted,
        }
        return Measure(done / lasted, own / lasted, notes)
    finally:
        callers.close()
        quiet(server)


def orders(chain: Chain, prefix: str, run: str) -> Iterator[bytes]:
    """Orders without end, each another one, over all restaurants in turn."""
    (token,) = chain.tokens(1)
    parts = [
        (f"{prefix}/restaurants/{house.id}/orders", _body([str(item) for item in house.items[:3]]))
        for house in chain.restaurants
    ]
    number = 0
    while True:
        path, body = parts[number % len(parts)]
        yield request("POST", path, token, body, f"Idempotency-Key: {run}-{number}")
        number += 1


def _body(items: list[str]) -> bytes:
    lines = [{"itemId": item, "quantity": 1 + n} for n, item in enumerate(items)]
    return json.dumps({"kind": "pickup", "customerName": "Ada", "lines": lines}).encode()
