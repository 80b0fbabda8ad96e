"""A follower: one ledger, delivered in order and exactly once, whatever the doorbell does.

The rule is one line: entry `head + 1` is delivered, an older one dropped, a later one makes it wait a moment and then
read what is missing. Only the ledger itself is believed about what is missing, and about being another ledger.
Not its business: which scopes are followed and for how long (`hub.follow.followers`), or who the listeners are.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine, Mapping
from contextvars import Context
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog

from hub.audience import Scope, is_hub_scope
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable
from hub.follow.doorbell import Nudge, Ring
from hub.follow.memory import Limits, Memory
from hub.follow.pages import Page, Pages
from hub.store.ledger import Entry
from hub.telemetry import Metrics

LATEST_ENTRIES_READ = 1_000
"""How many entries a follower starts with."""
PAGE_ENTRIES_MAX = 500
GAP_WAIT_SECONDS = 0.02
"""How long a missing entry may still be on its way before it is read from the ledger."""
LOOK_EVERY_SECONDS = 0.25
"""How often, at most, rings of another epoch make a follower look at its ledger."""
ASIDE_ENTRIES_MAX = 1_000
"""Entries kept while an earlier one is missing. More are not kept: they will be read with the rest."""
RETRY_SECONDS_MAX = 1.0

log = structlog.get_logger(__name__)


class Listener(Protocol):
    """Who is told. Both calls are in the middle of a step that must not be interrupted: return soon, never await."""

    def delivered(self, follower: "Follower", entry: Entry, prevs: Mapping[str, int]) -> None:
        """The entry is the follower's head now. `prevs` holds, for each of its rooms, the chain before it."""
        ...

    def reset(self, follower: "Follower") -> None:
        """The ledger is another one: what was heard of the old one proves nothing about it. Take fresh boards."""
        ...


class Follower:
    """Follows one scope. Between two awaits of anybody, `epoch`, `head`, chains and memory belong together."""

    def __init__(
        self,
        scope: Scope,
        pages: Pages,
        listener: Listener,
        metrics: Metrics,
        *,
        readers: asyncio.Semaphore | None = None,
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.scope = scope
        self.epoch = ""
        self.floor = 0
        self.is_open = False
        self._pages = pages
        self._listener = listener
        self._metrics = metrics
        self._readers = readers or asyncio.Semaphore(1)
        self._limits = limits
        self._now = now
        # What a hub says to itself is no screen's, and there is more of it than of tickets on a quiet evening.
        self._is_measured = not is_hub_scope(scope)
        self._memory = Memory([], head=0, limits=limits)
        self._aside: dict[int, Entry] = {}
        self._early: list[Ring] = []
        self._heard_of = 0
        self._must_look = False
        self._looked_at = float("-inf")
        self._timer: asyncio.TimerHandle | None = None
        self._reading: asyncio.Task[None] | None = None
        self._repairing: asyncio.Task[None] | None = None

    # What it knows

    @property
    def head(self) -> int:
        """The number of the last entry delivered."""
        return self._memory.head

    @property
    def memory_begins_after(self) -> int:
        """Every entry after this number is in memory."""
        return self._memory.begins_after

    @property
    def entries_behind(self) -> int:
        """How many entries are known, or said, to be recorded and are not delivered yet."""
        return max(0, self._heard_of - self.head)

    def chain(self, room: str) -> int:
        """Where the room's chain ends: after this number, and up to the head, the room has nothing."""
        return self._memory.chain(room)

    def entries_after(self, room: str, after: int) -> list[tuple[Entry, int]] | None:
        """The room's entries in (after, head], each with its `prev`; None where memory does not reach back so far."""
        return self._memory.entries_after(room, after)

    # What it hears

    def hear(self, ring: Ring) -> None:
        """A ring, from this instance's own commit or from the doorbell; true, late, doubled or of another time.

        Delivers what follows the head before it returns. Entries that do not belong are never delivered.
        """
        if not self.is_open or ring.epoch != self.epoch:
            self._hear_early(ring)
            return
        if isinstance(ring, Nudge):
            self._heard_of = max(self._heard_of, ring.last)
        else:
            for entry in ring.entries:
                self._take(entry)
        if self._heard_of > self.head:
            self._wake_in(GAP_WAIT_SECONDS)

    def look(self) -> None:
        """Look at the ledger soon, though nothing proves that there is news. Asked too often, it looks less often."""
        if self._reading is not None and not self.is_open:
            return  # Opening is looking.
        self._must_look = True
        self._wake_in(self._look_wait_seconds())

    def _hear_early(self, ring: Ring) -> None:
        # While the ledger is being read, this may well be its next entry; else it is a reason to look, no more:
        # a stale or replayed ring must not make anybody forget anything.
        if self._reading is None:
            self.look()
        elif len(self._early) < ASIDE_ENTRIES_MAX:
            self._early.append(ring)
        else:
            self._must_look = True

    def _take(self, entry: Entry) -> None:
        head = self._memory.head
        if entry.seq <= head:
            return
        if entry.seq > head + 1:
            self._heard_of = max(self._heard_of, entry.seq)
            if len(self._aside) < ASIDE_ENTRIES_MAX:
                self._aside[entry.seq] = entry
            return
        self._deliver(entry)
        while self._aside and (following := self._aside.get(self.head + 1)) is not None:
            self._deliver(following)

    def _deliver(self, entry: Entry) -> None:
        # One step: never await here, nor in a listener. Whoever enters a room reads the head and the chains between
        # two deliveries, so that nothing falls between what they were answered and what they are handed next.
        self._aside.pop(entry.seq, None)
        prevs = self._memory.chains(entry.rooms)
        self._memory.remember(entry)
        if self._is_measured:
            self._metrics.follow_lag.observe(max(0.0, (self._now() - entry.at).total_seconds()))
        self._listener.delivered(self, entry, prevs)

    # What it reads

    async def open(self) -> None:
        """Read head and memory, unless that is done. Raises DatabaseUnavailable or DatabaseBusy."""
        if not self.is_open:
            await asyncio.shield(self._reading or self._begin_reading())

    async def catch_up(self, to: int | None = None) -> None:
        """Be at `to`, or at what the ledger's head is now. There is one reader at a time, however many ask.

        Afterwards the head may still be below `to`: then the ledger has no such number. Raises DatabaseUnavailable
        or DatabaseBusy; what is known to be missing is then read later, when PostgreSQL is back.
        """
        if self._is_at(to):
            return
        if self._reading is not None:
            # This reading may have begun before the caller's number was committed, so it proves nothing by itself.
            await asyncio.shield(self._reading)
            if self._is_at(to):
                return
        await asyncio.shield(self._reading or self._begin_reading())

    def _is_at(self, to: int | None) -> bool:
        return to is not None and self.is_open and self.head >= to

    def _begin_reading(self) -> asyncio.Task[None]:
        self._reading = self._begin(self._read(), "reads")
        # Those who asked may be gone when it fails; the failure is then nobody's news.
        self._reading.add_done_callback(lambda task: task.cancelled() or task.exception())
        return self._reading

    async def _read(self) -> None:
        heard_of, self._must_look = self._heard_of, False
        self._looked_at = asyncio.get_running_loop().time()
        try:
            if self.is_open:
                await self._read_what_is_missing()
            else:
                await self._start_over()
        except BaseException:
            self._must_look = True
            raise
        finally:
            self._reading = None
            early, self._early = self._early, []
        if self._heard_of <= heard_of:
            # What was heard of before the ledger was read, and is not in it, was not true. Else it would be
            # looked for again and again.
            self._aside.clear()
            self._heard_of = self.head
        for ring in early:
            self.hear(ring)
        self._wake_if_wanting()

    async def _read_what_is_missing(self) -> None:
        goal: int | None = None
        while goal is None or self.head < goal:
            # Own commits may be heard while the page is read. A head behind those is no other ledger, only a
            # little old; one behind what was held before the reading began is.
            held = self.head
            page = await self._pages.after(self.scope, held, limit=PAGE_ENTRIES_MAX)
            if page.head is None or not self._continues(page, held):
                await self._start_over()
                return
            goal = page.head.seq if goal is None else goal
            self.floor = page.head.floor
            if page.entries and page.entries[-1].seq > self.head:
                self._metrics.follow_repairs.inc()
            for entry in page.entries:
                self._take(entry)

    def _continues(self, page: Page, held: int) -> bool:
        """Whether the page is of the ledger held so far, and has what follows `held`."""
        head = page.head
        if head is None or head.epoch != self.epoch or head.seq < held:
            return False
        return head.seq == held or (bool(page.entries) and page.entries[0].seq == held + 1)

    async def _start_over(self) -> None:
        """Forget everything and take the ledger as it is now; tell the listener if there was something to forget."""
        page = await self._pages.latest(self.scope, limit=LATEST_ENTRIES_READ)
        head = page.head
        assert head is not None, "reading the latest opens a ledger"
        self.epoch, self.floor = head.epoch, head.floor
        self._memory = Memory(page.entries, head=head.seq, limits=self._limits)
        self._aside.clear()
        self._heard_of = head.seq
        was_open, self.is_open = self.is_open, True
        if was_open:
            self._metrics.follow_resets.inc()
            log.warning("The ledger is another one; everyone takes a fresh board.", scope=self.scope)
            self._listener.reset(self)

    # When it reads by itself

    @property
    def _is_wanting(self) -> bool:
        return self._must_look or self._heard_of > self.head

    def _look_wait_seconds(self) -> float:
        due_at = self._looked_at + LOOK_EVERY_SECONDS
        return max(GAP_WAIT_SECONDS, due_at - asyncio.get_running_loop().time())

    def _wake_if_wanting(self) -> None:
        if self._is_wanting:
            is_missing = self._heard_of > self.head
            self._wake_in(GAP_WAIT_SECONDS if is_missing else self._look_wait_seconds())

    def _wake_in(self, seconds: float) -> None:
        if self._repairing is not None:
            return
        loop = asyncio.get_running_loop()
        if self._timer is not None:
            if self._timer.when() <= loop.time() + seconds:
                return
            self._timer.cancel()
        self._timer = loop.call_later(seconds, self._awake, context=Context())

    def _awake(self) -> None:
        self._timer = None
        if self._is_wanting:
            self._repairing = self._begin(self._repair(), "repairs")

    async def _repair(self) -> None:
        """Read what is missing, again and again while PostgreSQL is away. Then done, until the next gap."""
        retry_seconds = GAP_WAIT_SECONDS
        try:
            while not await self._has_read():
                await asyncio.sleep(retry_seconds * random.uniform(0.5, 1.0))
                retry_seconds = min(2 * retry_seconds, RETRY_SECONDS_MAX)
        except Exception:
            # The edge of a task. What is missing is still missing, so the next sweep asks again.
            log.exception("A ledger could not be read; the sweep will ask again.", scope=self.scope)
            return
        finally:
            self._repairing = None
        self._wake_if_wanting()

    async def _has_read(self) -> bool:
        try:
            async with self._readers:
                await asyncio.shield(self._reading or self._begin_reading())
        except (DatabaseUnavailable, DatabaseBusy):
            return False
        return True

    def _begin(self, work: Coroutine[Any, Any, None], what: str) -> asyncio.Task[None]:
        # In a context of its own: whoever rings or asks may be inside a transaction, and its connection is not ours.
        loop = asyncio.get_running_loop()
        return loop.create_task(work, name=f"follower of {self.scope} {what}", context=Context())

    async def stop(self) -> None:
        """Read no more. Whoever waits for a reading is cancelled with it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        tasks = [task for task in (self._repairing, self._reading) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
