"""For the rules of following alone: a ledger in memory, time that does not pass by itself, and those who listen."""

import asyncio
import selectors
from collections.abc import Callable, Collection, Coroutine, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from hub.audience import Scope
from hub.domain.refusals import DatabaseUnavailable
from hub.follow import Follower, Pages
from hub.follow.pages import Page
from hub.store.ledger import Entry, Head, Recorded

KITCHEN = Scope("restaurant:0190b5a0-0000-7000-8000-000000000001")
PATIENCE_SECONDS = 10.0


class LedgerInMemory(Pages):
    """One scope's ledger. An answer is of the moment of the question, and travels for a while."""

    def __init__(self, scope: Scope = KITCHEN) -> None:
        self.scope = scope
        self.epoch = "first"
        self.floor = 0
        self.entries: list[Entry] = []
        self.is_away = False
        self.travel_seconds = 0.001
        self.reads = 0
        self.readers = 0
        self.readers_most = 0
        self.has_been_read = asyncio.Event()

    @property
    def seq(self) -> int:
        return len(self.entries)

    def commit(self, *rooms_of_each: tuple[str, ...], payload: bytes = b"{}") -> Recorded:
        """Append an entry for each tuple of rooms, as one commit."""
        new = tuple(
            Entry(self.scope, seq, "happened", rooms, payload, datetime.now(UTC), "user:1", "command")
            for seq, rooms in enumerate(rooms_of_each, start=self.seq + 1)
        )
        self.entries.extend(new)
        return Recorded(self.scope, self.epoch, new)

    def restore(self, epoch: str, *, losing: int) -> None:
        """Become another database's ledger, without the last entries."""
        self.epoch = epoch
        del self.entries[max(0, self.seq - losing) :]

    def after_of_room(self, room: str, after: int, upto: int) -> list[int]:
        return [entry.seq for entry in self.entries[after:upto] if room in entry.rooms]

    async def after(self, scope: Scope, seq: int, *, limit: int) -> Page:
        return await self._answer(Page(self._head, self._kept()[max(0, seq - self.floor) :][:limit]))

    async def latest(self, scope: Scope, *, limit: int) -> Page:
        return await self._answer(Page(self._head, self._kept()[-limit:]))

    async def heads(self, scopes: Collection[Scope]) -> Mapping[Scope, Head]:
        head = (await self._answer(Page(self._head, []))).head
        assert head is not None
        return {self.scope: head} if self.scope in scopes else {}

    @property
    def _head(self) -> Head:
        return Head(self.scope, self.epoch, self.seq, self.floor)

    def _kept(self) -> list[Entry]:
        return self.entries[self.floor :]

    async def _answer(self, page: Page) -> Page:
        self.reads += 1
        self.readers += 1
        self.readers_most = max(self.readers_most, self.readers)
        try:
            await asyncio.sleep(self.travel_seconds)
        finally:
            self.readers -= 1
        self.has_been_read.set()
        if self.is_away:
            raise DatabaseUnavailable
        return page


class Witness:
    """A listener that writes everything down, and can be waited for."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.prevs: list[dict[str, int]] = []
        self.resets = 0
        self._news = asyncio.Event()

    def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
        assert follower.head == entry.seq, "the head has moved before anybody is told"
        assert set(prevs) == set(entry.rooms)
        self.entries.append(entry)
        self.prevs.append(dict(prevs))
        self._news.set()

    def reset(self, follower: Follower) -> None:
        self.entries.clear()
        self.prevs.clear()
        self.resets += 1
        self._news.set()

    def seqs(self, scope: Scope | None = None) -> list[int]:
        return [entry.seq for entry in self.entries if scope is None or entry.scope == scope]

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for a delivery or a reset after which it is so."""
        await until(self._news, is_so)


async def until(news: asyncio.Event, is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_so():
            news.clear()
            await news.wait()


def of_epoch(recorded: Recorded, epoch: str) -> Recorded:
    return replace(recorded, epoch=epoch)


class _Hurry(selectors.DefaultSelector):
    """Where others wait, this one says that the time has passed."""

    seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0)
        if not ready:
            assert timeout is not None, "Nothing will ever happen: everybody waits and no timer is set."
            self.seconds += max(timeout, 0.0)
        return ready


class _HurriedLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._hurry = _Hurry()
        super().__init__(self._hurry)

    def time(self) -> float:
        return self._hurry.seconds


T = TypeVar("T")


def in_no_time(story: Coroutine[Any, Any, T]) -> T:
    """Run a story on a loop whose clock jumps to the next timer. Two minutes pass in no time, always the same way."""
    with asyncio.Runner(loop_factory=_HurriedLoop) as runner:
        return runner.run(story)


async def time_passes(seconds: float) -> None:
    """Let a story's clock jump. Nobody waits: it is refused to whoever has a clock that runs."""
    assert isinstance(asyncio.get_running_loop(), _HurriedLoop), "Only a story told in no time may let time pass."
    await asyncio.sleep(seconds)
