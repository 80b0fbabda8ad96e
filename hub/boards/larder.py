"""The larder: what was made ready once, and kept for as long as it is as good as made afresh.

What is kept was read in one snapshot, and has the number of the ledger that the snapshot saw. It is good until an entry
touches it. The ledger's follower knows every entry up to its head, so at every taking it is asked whether any of those
that came since touches what the label says. What is taken is therefore what would be read at the follower's head: never
older than the follower's lag. Where the follower cannot say so nothing is taken, and everything is made afresh: while
the ledger is not followed here, or has entries that are known to be missing; when memory does not reach back; after a
reset, since the numbers of two ledgers are not comparable. A follower that was stopped and started again may have
missed a reset, so for what is kept it is another one.

Nobody has to remember to throw anything away, and so no event can be forgotten by it. What is not wanted any more goes
after a while, or when its place is. Not its business: what is kept, who may have it, and for whom a ledger is followed
(`hub.boards.readers`).
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from contextvars import Context
from dataclasses import dataclass
from math import inf
from typing import Generic, TypeVar
from weakref import ref

from hub.audience import Scope
from hub.events import BY_NAME
from hub.follow import Follower, Followers
from hub.store.ledger import Entry

T = TypeVar("T")

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Label:
    """What something is, and which entries touch it: of those that `room` hears, the ones named in `touched_by`.

    None stands for all of them. Where some are named, an entry of a kind that this hub does not know touches it too: a
    newer hub recorded it, and may know why.
    """

    name: str
    scope: Scope
    room: str
    touched_by: frozenset[str] | None = None

    def is_touched_by(self, entry: Entry) -> bool:
        return self.touched_by is None or entry.name in self.touched_by or entry.name not in BY_NAME


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """Something as it was at one number of its ledger. Where no such ledger was ever opened, `epoch` is empty."""

    value: T
    epoch: str
    seq: int


@dataclass(slots=True)
class Kept(Generic[T]):
    """Something made, and up to which number of the ledger nothing has touched it."""

    label: Label
    made: Made[T]
    good_at: int
    follower: "ref[Follower]"
    """By whom that is known. One that has stopped is not kept alive for it."""
    wanted_at: float
    """When somebody wanted it last, on the loop's clock."""


Make = Callable[[], Awaitable[Made[T]]]


class Larder(Generic[T]):
    """A larder in which `size_max` fits, as `size_of` counts. A followers' listener, for resets alone.

    What nobody has wanted for `wanted_seconds` goes when something else is kept.
    """

    def __init__(
        self, followers: Followers, *, size_max: int, size_of: Callable[[T], int], wanted_seconds: float = inf
    ) -> None:
        self._followers = followers
        self._size_max = size_max
        self._size_of = size_of
        self._wanted_seconds = wanted_seconds
        self._size = 0
        self._kept: OrderedDict[str, Kept[T]] = OrderedDict()
        self._making: dict[str, asyncio.Task[Kept[T]]] = {}
        self._resets = 0
        followers.add_listener(self)

    # Taking

    def fresh(self, name: str) -> Kept[T] | None:
        """What is labelled so, if it is known to be good at its follower's head."""
        kept = self._kept.get(name)
        if kept is None:
            return None
        follower = self._followers.get(kept.label.scope)
        if follower is None or follower is not kept.follower() or follower.epoch != kept.made.epoch:
            self._throw_away(name)
            return None
        if follower.entries_behind:
            return None
        if not _is_untouched(kept, follower):
            self._throw_away(name)
            return None
        kept.good_at = max(kept.good_at, follower.head)
        kept.wanted_at = _now()
        self._kept.move_to_end(name)
        return kept

    async def get(self, label: Label, follower: Follower, make: Make[T], *, not_before: int = 0) -> Kept[T]:
        """What is labelled so: from here, or made now, once for all who ask at the same time.

        It is good at `not_before`, or was made after the question. The follower is the open one of the label's scope.
        Raises what `make` does.
        """
        kept = self.fresh(label.name)
        if kept is None or kept.good_at < not_before:
            kept = await self._share(label, follower, make)
        if kept.good_at < not_before:
            # That making began before the question; the next one does not.
            kept = await self._share(label, follower, make)
        return kept

    # Making

    async def _share(self, label: Label, follower: Follower, make: Make[T]) -> Kept[T]:
        making = self._making.get(label.name)
        if making is None:
            # In a context of its own: it belongs to everybody who waits, and to nobody's transaction.
            making = self._making[label.name] = asyncio.get_running_loop().create_task(
                self._make(label, follower, make), name=f"make {label.name}", context=Context()
            )
            making.add_done_callback(lambda done: self._is_made(label.name, done))
        return await asyncio.shield(making)

    async def _make(self, label: Label, follower: Follower, make: Make[T]) -> Kept[T]:
        resets = self._resets
        made = await make()
        if resets != self._resets:
            # It may be of the ledger before: good enough for who waits, and who looks at its number, but not to keep.
            return Kept(label, made, made.seq, ref(follower), _now())
        return self.keep(label, follower, made)

    def _is_made(self, name: str, making: "asyncio.Task[Kept[T]]") -> None:
        del self._making[name]
        if not making.cancelled():
            # Those who asked may be gone when it fails; the failure is then nobody's news.
            making.exception()

    # Keeping

    def keep(self, label: Label, follower: Follower, made: Made[T]) -> Kept[T]:
        """Keep what was made while this follower was open, and not before its last reset."""
        self._throw_away(label.name)
        now = _now()
        kept = self._kept[label.name] = Kept(label, made, made.seq, ref(follower), now)
        self._size += self._size_of(made.value)
        # The one that nobody has wanted for longest comes first.
        while self._kept:
            name, first = next(iter(self._kept.items()))
            if self._size <= self._size_max and now - first.wanted_at <= self._wanted_seconds:
                break
            self._throw_away(name)
        return kept

    def _throw_away(self, name: str) -> None:
        kept = self._kept.pop(name, None)
        if kept is not None:
            self._size -= self._size_of(kept.made.value)

    # What followers tell

    def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
        """Nothing to do: what an entry touches is found out when somebody wants it."""

    def reset(self, follower: Follower) -> None:
        """The ledger is another one, perhaps with the old one's numbers."""
        self._resets += 1
        for name in [name for name, kept in self._kept.items() if kept.label.scope == follower.scope]:
            self._throw_away(name)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _is_untouched(kept: Kept[T], follower: Follower) -> bool:
    label = kept.label
    if label.touched_by == NOTHING or follower.chain(label.room) <= kept.good_at:
        return True
    if label.touched_by is None:
        return False
    since = follower.entries_after(label.room, kept.good_at)
    return since is not None and not any(label.is_touched_by(entry) for entry, _ in since)
