"""A page of a room: what a client is answered, and how it is filled, entry after entry, as far as they fit.

Not its business: which entries those are, and who may have them (`hub.boards.opening`).
"""

from dataclasses import dataclass, field

from hub.boards.board import Admission
from hub.boards.wire import list_json, listed_entry_json
from hub.store.ledger import Entry

PAGE_ENTRIES_MAX = 500
PAGE_BYTES_MAX = 128 * 1024


@dataclass(frozen=True, slots=True)
class Opened:
    """What a client is answered. It applies `entries` in order, and then holds `seq`.

    `board` is JSON; None says that what was missed is in `entries`. `recovered` is None where nobody asked for it.
    With `more`, the room was not entered: ask again, since `seq`. Two boards of one epoch and one `version`, with their
    entries, show the same.
    """

    room: str
    epoch: str
    seq: int
    recovered: bool | None
    board: bytes | None
    entries: list[bytes]
    more: bool
    admission: Admission
    version: int = 0

    def body(self) -> bytes:
        """The answer as JSON, for both doors."""
        recovered = b"" if self.recovered is None else b'"recovered":%b,' % _json_bool(self.recovered)
        board = b"" if self.board is None else b'"board":%b,' % self.board
        return b'{"room":"%b","epoch":"%b","seq":%d,%b%b"entries":%b,"more":%b}' % (
            self.room.encode(),
            self.epoch.encode(),
            self.seq,
            recovered,
            board,
            list_json(self.entries),
            _json_bool(self.more),
        )


@dataclass(slots=True)
class Page:
    """An answer being filled: a start, and the room's entries after it as far as they fit."""

    room: str
    epoch: str
    covered: int
    board: bytes | None = None
    made_at: int = 0
    entries: list[bytes] = field(default_factory=list)
    is_full: bool = False
    _held: int = 0
    _bytes: int = 0

    def __post_init__(self) -> None:
        self._held = self.covered

    @property
    def entries_left(self) -> int:
        return PAGE_ENTRIES_MAX - len(self.entries)

    @property
    def last(self) -> int:
        """The number of the last entry taken, or of the start."""
        return self._held

    def take(self, entry: Entry) -> bool:
        """Add the entry, chained to the one before. False, and full, where it does not fit any more."""
        listed = listed_entry_json(entry, self.room, self._held)
        fits = self.entries_left > 0 and self._bytes + len(listed) <= PAGE_BYTES_MAX
        if not fits and self.entries:
            self.is_full = True
            return False
        self.entries.append(listed)
        self._bytes += len(listed)
        self._held = self.covered = entry.seq
        return True

    def take_kept(self, entries: list[bytes], *, last: int, covered: int) -> None:
        """Take what another page took, of which the last entry is `last`. There is nothing more up to `covered`."""
        self.entries, self._bytes = list(entries), sum(map(len, entries))
        self._held, self.covered = last, covered


def _json_bool(value: bool) -> bytes:
    return b"true" if value else b"false"
