"""Commit to screen: a table's status is changed at one hub, 200 times a second, and seen on the screens of another.

Time runs from when the PATCH was due, so it holds the request, the deed, its commit, the ring and the delivery; beside
it stands what is left after the answer came. Node is measured emitting alone, without a request or a database.
"""

import math
import select
import time

from benchmarks.callers import Caller, Callers, request
from benchmarks.crowd import Crowd, Seat
from benchmarks.fanout import DRAIN_SECONDS_MAX, quiet
from benchmarks.rows import Measure, percentile
from benchmarks.servers import Process
from benchmarks.stage import HOST, Stage
from benchmarks.wire import BrokenWire

RATE = 200
TABLES = 600
"""So many that one is not asked to change again before it has changed."""
AT_ONCE = 32
WARM_UP_PART = 0.1
WARM_UP_SECONDS_MAX = 30.0
TICK_SECONDS = 0.001
EVENT = b'42["table_status_changed",'
STATUSES = ("dirty", "free")
NANOSECONDS_A_SECOND = 1_000_000_000


def p99(here: Process, there: Process, stage: Stage, seconds: float) -> Measure:
    """Milliseconds from the PATCH at `there` to the frame on a screen of `here`."""
    tables = [table for house in stage.chain.restaurants for table in house.tables][:TABLES]
    tokens = stage.chain.tokens(len(tables))
    crowd = Crowd(HOST, here.port, event=EVENT, is_numbered=False)
    callers = Callers(HOST, there.port, AT_ONCE)
    try:
        crowd.connect(
            [Seat(token, f"table:{table}", n) for n, (token, table) in enumerate(zip(tokens, tables, strict=True))]
        )
        paths = [f"/api/v2/tables/{table}" for table in tables]
        patches = [
            [request("PATCH", path, tokens[0], b'{"status":"%b"}' % one.encode()) for path in paths] for one in STATUSES
        ]
        crowd.listen_from_now()
        for one in patches:
            for first in range(0, len(one), AT_ONCE):
                callers.run(iter(one[first : first + AT_ONCE]), WARM_UP_SECONDS_MAX)
                # Also answers the hub's pings.
                crowd.turn(0)
        wanted = len(patches) * len(tables)
        if not crowd.listen_until(lambda: crowd.arrived.deliveries >= wanted, DRAIN_SECONDS_MAX):
            raise BrokenWire(f"Of {wanted} changes {crowd.arrived.deliveries} were seen.")
        quiet(here)
        crowd.listen_from_now(with_stamps=True)
        own, began = time.process_time(), time.monotonic()
        run = _Run(crowd, callers, patches)
        # Whole turns: the next round finds every table as this one did.
        run.pace(math.ceil(RATE * seconds / wanted) * wanted)
        share = (time.process_time() - own) / (time.monotonic() - began)
        return run.measure(share)
    finally:
        callers.close()
        crowd.close()
        quiet(here)


class _Run:
    def __init__(self, crowd: Crowd, callers: Callers, patches: list[list[bytes]]) -> None:
        self._crowd = crowd
        self._callers = callers
        self._patches = patches
        self._sent: list[int] = []
        self._answered: dict[int, int] = {}
        callers.on_answer = self._answer

    def pace(self, count: int) -> None:
        """Each at its time; one that finds nobody free goes as soon as somebody is, and is late by its own clock."""
        began, deadline = time.monotonic(), time.monotonic() + count / RATE * 2 + DRAIN_SECONDS_MAX
        while self._crowd.arrived.deliveries < count:
            due = min(count, int((time.monotonic() - began) * RATE) + 1)
            while len(self._sent) < due and self._callers.free:
                self._send(began, len(self._sent))
            select.select([self._crowd.fileno(), self._callers.fileno()], [], [], TICK_SECONDS)
            self._callers.turn(0)
            self._crowd.turn(0)
            if time.monotonic() > deadline:
                raise BrokenWire(f"Of {count} changes {self._crowd.arrived.deliveries} were seen.")

    def _send(self, began: float, number: int) -> None:
        tables = len(self._patches[0])
        patch = self._patches[(number // tables) % len(STATUSES)][number % tables]
        # When it was due: had it to wait for a free caller, that counts.
        self._sent.append(int((began + number / RATE) * NANOSECONDS_A_SECOND))
        self._callers.ask(patch, number)

    def _answer(self, caller: Caller) -> None:
        self._answered[caller.number] = time.monotonic_ns()

    def measure(self, share: float) -> Measure:
        tables, whole, after = len(self._patches[0]), [], []
        for table, number, at in self._crowd.arrived.stamps or []:
            change = (number - 1) * tables + table
            if change >= len(self._sent) * WARM_UP_PART:
                whole.append((at - self._sent[change]) / NANOSECONDS_A_SECOND * 1000)
                after.append((at - self._answered.get(change, at)) / NANOSECONDS_A_SECOND * 1000)
        notes = {"p50_ms": percentile(whole, 0.5), "p99_after_the_answer_ms": percentile(after, 0.99)}
        return Measure(percentile(whole, 0.99), share, notes)
