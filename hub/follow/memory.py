"""What a follower remembers: the last entries of one ledger, and where every room's chain ends.

Pure: no clock, no await. Not its business: where the entries come from (`hub.follow.follower`).
"""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from hub.store.ledger import Entry

ENTRY_OVERHEAD_BYTES = 512
"""What an entry costs beside its payload and its rooms: the objects around them."""
ROOM_BYTES = 128
"""What a room's name costs: rarely less than half of it, and seldom more."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one follower may remember. Whichever of the first two is reached first forgets the oldest entry."""

    entries_max: int = 2_000
    bytes_max: int = 4 * 1024 * 1024
    quiet_entries_max: int = 8_000
    """Where a room's chain ends is forgotten once so many entries came of which none was for it.

    Several times what is remembered of the entries: for a house a whole evening, for an order all that ever happens to
    it. Counted in rooms instead, every order that was ever eaten would be kept until thousands of others were.
    """


class Memory:
    """The recent entries of one ledger without a hole, up to `head`, and the last number of each room.

    Two numbers say how far back it reaches: entries are held above `begins_after`; the ends of chains are
    known above a number that stays put while entries are forgotten, so a quiet room's chain stays unbroken.
    """

    def __init__(self, entries: Iterable[Entry], *, head: int, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._entries: deque[Entry] = deque()
        self._bytes = 0
        self._room_last: OrderedDict[str, int] = OrderedDict()
        entries = list(entries)
        assert not entries or entries[-1].seq == head, "the newest entry is the head"
        self.head = entries[0].seq - 1 if entries else head
        self.begins_after = self._chains_known_after = self.head
        for entry in entries:
            self.remember(entry)

    def remember(self, entry: Entry) -> None:
        """Take the entry that follows the head."""
        assert entry.seq == self.head + 1, f"{entry.seq} does not follow {self.head}"
        self.head = entry.seq
        self._entries.append(entry)
        self._bytes += _size_bytes(entry)
        while len(self._entries) > self._limits.entries_max or self._bytes > self._limits.bytes_max:
            forgotten = self._entries.popleft()
            self._bytes -= _size_bytes(forgotten)
            self.begins_after = forgotten.seq
        for room in entry.rooms:
            self._room_last[room] = entry.seq
            self._room_last.move_to_end(room)
        self._forget_quiet_rooms()

    def _forget_quiet_rooms(self) -> None:
        quiet_since = self.head - self._limits.quiet_entries_max
        while self._room_last:
            # The room quiet for longest comes first. Once it is forgotten nothing before its last entry is claimed of
            # any unknown room; a client that held less takes a fresh board, which is a cost and never a loss.
            room, last = next(iter(self._room_last.items()))
            if last > quiet_since:
                break
            del self._room_last[room]
            self._chains_known_after = last

    def chain(self, room: str) -> int:
        """A number up to which this room has nothing that a member of it has not been given."""
        return self._room_last.get(room, self._chains_known_after)

    def chains(self, rooms: Iterable[str]) -> dict[str, int]:
        """The chain of each of these rooms."""
        last, known_after = self._room_last, self._chains_known_after
        return {room: last.get(room, known_after) for room in rooms}

    def entries_after(self, room: str, after: int) -> list[tuple[Entry, int]] | None:
        """The room's entries in (after, head], each with its `prev`; None where memory does not reach back so far."""
        if after < self.begins_after:
            return None
        found: list[Entry] = []
        for entry in reversed(self._entries):
            if entry.seq <= after:
                break
            if room in entry.rooms:
                found.append(entry)
        found.reverse()
        prevs = [after, *(entry.seq for entry in found)]
        return list(zip(found, prevs, strict=False))

    def __len__(self) -> int:
        return len(self._entries)


def _size_bytes(entry: Entry) -> int:
    return len(entry.payload) + len(entry.rooms) * ROOM_BYTES + ENTRY_OVERHEAD_BYTES
