"""Feeds the hub: records entries in batches through the real ledger, and rings them over the real doorbell.

It stands for another hub whose deeds were just committed, and spares the benchmark the deeds: what is measured is the
hub that hears it, from ring to glass. Each entry is rung by itself, as if it were a commit of its own.

A process of its own (`python -m benchmarks.feeder`), which emits as `benchmarks.control` says. What it spends on
recording is told apart from what it spends on ringing: while a batch is recorded nothing is rung.
"""

import asyncio
import json
import os
import sys
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import uvloop

from benchmarks.control import TICK_SECONDS, Emitter, Place
from hub import logs
from hub.app import RINGS
from hub.audience import Scope, restaurant_scope
from hub.events.menu import InventoryDetails, InventoryReason, InventoryUpdate
from hub.follow.redis_doorbell import RedisDoorbell
from hub.ids import ItemId, RestaurantId
from hub.store import ledger
from hub.store.database import Database
from hub.store.ledger import Fact, Recorded
from hub.telemetry import Metrics
from hub.tokens import derived_key

DRAIN_SECONDS_MAX = 2.0
DRAIN_STEP_SECONDS = 0.0005
AHEAD_SECONDS = 0.01
"""How much is recorded together, ahead of being rung."""
DETAILS = InventoryDetails(
    product_name="Grilled mackerel, pickled cucumber", available=True, reason=InventoryReason.SOLD
)


class Feeder:
    """Speaks for a hub that has just committed."""

    def __init__(self, database: Database, doorbell: RedisDoorbell, metrics: Metrics, houses: dict[str, str]) -> None:
        self._database = database
        self._doorbell = doorbell
        self._metrics = metrics
        self._houses = {room: RestaurantId(UUID(house)) for room, house in houses.items()}
        self._rung = 0
        self.recording_seconds = 0.0
        """Processor time spent on recording so far."""

    async def emit(self, events: Sequence[tuple[Place, int]], times: list[int]) -> None:
        await self._drain()
        for one in await self.record(events):
            times.append(self.ring(one))

    async def record(self, events: Sequence[tuple[Place, int]]) -> list[Recorded]:
        """Record them all at once; what is to be rung of each."""
        spent = time.process_time()
        facts = [self._fact(place, number) for place, number in events]
        async with self._database.transaction() as line:
            at = await line.fetchval("select now()")
            recorded = await ledger.append(facts, actor="system", at=at, command_id="benchmark")
        self.recording_seconds += time.process_time() - spent
        return _one_by_one(facts, recorded)

    def ring(self, one: Recorded) -> int:
        """When it was rung, in nanoseconds."""
        self._rung += 1
        now = time.monotonic_ns()
        self._doorbell.ring(one)
        return now

    def answer(self, verb: str) -> Any:
        assert verb == "recording", verb
        return self.recording_seconds

    async def _drain(self) -> None:
        """Wait until everything that was rung is on its way."""
        deadline = time.monotonic() + DRAIN_SECONDS_MAX
        while (self._metrics.registry.get_sample_value("brigade_entries_rung_total") or 0) < self._rung:
            if time.monotonic() > deadline:
                raise TimeoutError("The doorbell did not ring in time.")
            await asyncio.sleep(DRAIN_STEP_SECONDS)

    def _fact(self, place: Place, number: int) -> Fact:
        event = InventoryUpdate.model_construct(
            restaurant_id=self._houses[place.room],
            product_id=ItemId(UUID(place.product)),
            quantity=number,
            details=DETAILS,
        )
        return Fact(restaurant_scope(event.restaurant_id), event.name, (place.room,), event.payload())


class Pacer(Emitter):
    """Rings each entry when it is due, while the next few are being recorded: nobody hears PostgreSQL's pace.

    A hub whose sweep comes by reads what is recorded and not rung yet: some twenty milliseconds' worth in a second.
    """

    def __init__(self, feeder: Feeder) -> None:
        super().__init__(feeder.emit, feeder.answer)
        self._feeder = feeder

    async def _pace(self, rate: int, seconds: float) -> list[int]:
        ready: asyncio.Queue[list[Recorded]] = asyncio.Queue(1)
        wanted = int(rate * seconds)
        recording = asyncio.create_task(self._record_all(wanted, max(1, round(rate * AHEAD_SECONDS)), ready))
        waiting, began, rung = deque(await ready.get()), time.monotonic(), 0
        while rung < wanted:
            due = int((time.monotonic() - began) * rate) + 1
            while rung < min(due, wanted):
                if not waiting:
                    waiting.extend(await ready.get())
                self._times.append(self._feeder.ring(waiting.popleft()))
                rung += 1
            await asyncio.sleep(TICK_SECONDS)
        await recording
        return self._times

    async def _record_all(self, wanted: int, together: int, ready: asyncio.Queue[list[Recorded]]) -> None:
        for first in range(0, wanted, together):
            await ready.put(await self._feeder.record(self._next(min(together, wanted - first))))


def _one_by_one(facts: Sequence[Fact], recorded: Sequence[Recorded]) -> list[Recorded]:
    """What was recorded, each entry by itself, in the order of the facts."""
    entries: dict[Scope, deque[Recorded]] = defaultdict(deque)
    for one in recorded:
        entries[one.scope].extend(Recorded(one.scope, one.epoch, (entry,)) for entry in one.entries)
    return [entries[fact.scope].popleft() for fact in facts]


async def main(houses: dict[str, str]) -> None:
    logs.open_logs(as_json=True, level="WARNING", with_requests=False)
    metrics = Metrics()
    database = await Database.open(os.environ["DATABASE_URL"], pool_size_max=2)
    key = derived_key(os.environ["BRIGADE_SECRET"], RINGS)
    doorbell = RedisDoorbell(os.environ["REDIS_URL"], key=key, metrics=metrics)
    feeder = Feeder(database, doorbell, metrics, houses)
    async with doorbell.running(lambda ring: None, lambda: None):
        emitting = asyncio.create_task(Pacer(feeder).serve(os.environ["CONTROL"]))
        await asyncio.sleep(0)
        sys.stdout.write(json.dumps({"port": 0}) + "\n")
        sys.stdout.flush()
        await emitting


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(json.loads(Path(os.environ["HOUSES"]).read_text(encoding="utf-8"))))
