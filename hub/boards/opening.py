"""Opening a room: its board or what was missed, together with a number from which nothing is lost and nothing doubled.

The order of steps is the proof. Somebody is admitted; the room's ledger is followed *before* the board is read; board
and number are of one snapshot; the follower is brought up to whichever is ahead; the entries in between come from its
memory, and from SQL where memory is too short. The last step has no await in it: the entries up to the follower's
head, the answer, and entering the room belong to one moment, as each delivery does.

Rights may change while a board is read. A seating's end is an entry of the same ledger, so it is looked for in the
last step; everything else that may have changed is the caller's to check in `enter`, which may still refuse.

Not its business: sockets and members (`rooms`), HTTP (`api`), what a board shows or who may see it (`hub.boards`).
"""

import asyncio
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass, field

from hub import boards
from hub.audience import Room, Scope, table_room
from hub.boards.board import Admission, no_such_room
from hub.boards.wire import list_json, listed_entry_json
from hub.domain.refusals import DatabaseBusy
from hub.events.floor import PartyLeft
from hub.follow import Follower, Followers
from hub.people import Actor
from hub.store import ledger
from hub.store.database import Database
from hub.store.ledger import Entry, Head
from hub.telemetry import Metrics

PAGE_ENTRIES_MAX = 500
PAGE_BYTES_MAX = 128 * 1024
REPLAY_ENTRIES_MAX = 2_000
"""Whoever missed more than this is better served with a board."""
TRIES_MAX = 5
"""How often the ledger may turn into another one under an answer before that is called busy."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a client is answered. It applies `entries` in order, and then holds `seq`.

    `board` is JSON; None says that what was missed is in `entries`. `recovered` is None where nobody asked for it.
    With `more`, the room was not entered: ask again, since `seq`.
    """

    room: str
    epoch: str
    seq: int
    recovered: bool | None
    board: bytes | None
    entries: list[bytes]
    more: bool
    admission: Admission

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


Enter = Callable[[Opened], None]


@dataclass(frozen=True, slots=True)
class _Asking:
    """What somebody asks for."""

    room: Room
    by: Actor
    since: int | None
    epoch: str | None
    wants_board: bool


@dataclass(frozen=True, slots=True)
class _Admitted:
    """An admission, and where the ledger stood when it was given."""

    admission: Admission
    head: Head | None

    @property
    def seq(self) -> int:
        return 0 if self.head is None else self.head.seq


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A board as JSON, and the number it is of."""

    board: bytes
    epoch: str
    seq: int


@dataclass(slots=True)
class _Page:
    """An answer being filled: a start, and the room's entries after it as far as they fit."""

    room: str
    epoch: str
    covered: int
    board: bytes | None = None
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


class Opening:
    """Opens rooms for both doors. One per hub."""

    def __init__(self, database: Database, followers: Followers, metrics: Metrics) -> None:
        self._database = database
        self._followers = followers
        self._metrics = metrics
        self._loads: dict[str, asyncio.Task[_Loaded]] = {}

    async def admit(self, room: Room, by: Actor) -> Admission:
        """Whether this actor may be in the room now. Raises what `hub.boards.admit` does, and the database's."""
        async with self._database.snapshot():
            return await boards.admit(room, by)

    async def open(
        self,
        room: Room,
        by: Actor,
        *,
        since: int | None = None,
        epoch: str | None = None,
        enter: Enter | None = None,
        wants_board: bool = True,
    ) -> Opened:
        """The room's board, or, where `since` is recent enough, what its members heard after that number.

        `enter` is called in the step in which the answer is made, and only when it is the last page; whoever entered
        is told everything after `seq`, and owes one `followers.leave(admission.scope)`. When `enter` raises, nobody
        entered. Without `wants_board` the answer is where the room stands, for somebody who only listens.
        """
        asking = _Asking(room, by, since, epoch, wants_board)
        admitted = await self._admit(asking)
        scope = admitted.admission.scope
        follower = await self._followers.follow(scope)
        stays = False
        try:
            for _ in range(TRIES_MAX):
                opened = await self._answer(asking, admitted, follower)
                # No await between the last step of `_answer` and entering.
                if opened is not None:
                    if enter is not None and not opened.more:
                        enter(opened)
                        stays = True
                    return opened
                admitted = await self._admit(asking)
            raise DatabaseBusy
        finally:
            if not stays:
                self._followers.leave(scope)

    async def _admit(self, asking: _Asking) -> _Admitted:
        async with self._database.snapshot():
            admission = await boards.admit(asking.room, asking.by)
            heads = await ledger.heads([admission.scope])
        return _Admitted(admission, heads.get(admission.scope))

    # One try. None says that the ledger became another one meanwhile.

    async def _answer(self, asking: _Asking, admitted: _Admitted, follower: Follower) -> Opened | None:
        if not await self._is_level(follower, admitted.head):
            return None
        if await self._may_replay(asking, admitted, follower):
            assert asking.since is not None
            page: _Page | None = _Page(str(asking.room), follower.epoch, asking.since)
        elif asking.wants_board:
            page = await self._page_with_board(asking, admitted, follower)
        else:
            page = _Page(str(asking.room), follower.epoch, follower.head)
        if page is None or not await self._fill_from_ledger(page, follower):
            return None
        # From here on there is no await, up to the caller's having entered.
        if follower.epoch != page.epoch:
            return None
        if not self._fill_from_memory(page, follower) or not _sits_still(asking.by, admitted, follower):
            return None
        return self._opened(page, asking, admitted, follower)

    async def _is_level(self, follower: Follower, head: Head | None) -> bool:
        """Whether the follower is of the same ledger as the head, and at least as far. Brings it there if need be."""
        if head is None:
            return True
        if follower.epoch != head.epoch:
            await follower.catch_up()
        else:
            await follower.catch_up(head.seq)
        return follower.epoch == head.epoch and follower.head >= head.seq

    async def _may_replay(self, asking: _Asking, admitted: _Admitted, follower: Follower) -> bool:
        since = asking.since
        if since is None or (asking.epoch is not None and asking.epoch != follower.epoch):
            return False
        # The follower is as far as the ledger was after the question came. Beyond that is another ledger's number.
        if since > follower.head or since < max(follower.floor, admitted.admission.replays_after):
            return False
        remembered = follower.entries_after(str(asking.room), since)
        if remembered is not None:
            return len(remembered) <= REPLAY_ENTRIES_MAX
        return await self._can_read_back(follower.scope, str(asking.room), since, follower)

    async def _can_read_back(self, scope: Scope, room: str, since: int, follower: Follower) -> bool:
        async with self._database.snapshot():
            head = (await ledger.heads([scope])).get(scope)
            if head is None or head.epoch != follower.epoch or since < head.floor:
                return False
            missed = await ledger.count_of_room(scope, room, after=since, upto=head.seq, limit=REPLAY_ENTRIES_MAX + 1)
        return missed <= REPLAY_ENTRIES_MAX

    async def _page_with_board(self, asking: _Asking, admitted: _Admitted, follower: Follower) -> _Page | None:
        loaded = await self._load(asking.room, follower.scope, not_before=admitted.admission.replays_after)
        if not await self._is_level(follower, Head(follower.scope, loaded.epoch, loaded.seq, 0)):
            return None
        return _Page(str(asking.room), loaded.epoch, loaded.seq, loaded.board)

    async def _fill_from_ledger(self, page: _Page, follower: Follower) -> bool:
        """Take the entries that memory has forgotten. It forgets while they are read, so this is asked again."""
        while not page.is_full and page.covered < follower.memory_begins_after:
            upto, limit = follower.memory_begins_after, page.entries_left + 1
            async with self._database.snapshot():
                head = (await ledger.heads([follower.scope])).get(follower.scope)
                if head is None or head.epoch != page.epoch or page.covered < head.floor:
                    return False
                entries = await ledger.entries_of_room(
                    follower.scope, page.room, after=page.covered, upto=upto, limit=limit
                )
            if all(page.take(entry) for entry in entries) and len(entries) < limit:
                page.covered = upto
        return True

    def _fill_from_memory(self, page: _Page, follower: Follower) -> bool:
        if page.is_full:
            return True
        remembered = follower.entries_after(page.room, page.covered)
        if remembered is None:
            return False
        if all(page.take(entry) for entry, _ in remembered):
            page.covered = follower.head
        return True

    def _opened(self, page: _Page, asking: _Asking, admitted: _Admitted, follower: Follower) -> Opened:
        recovered = None if asking.since is None else page.board is None
        kind = "page" if page.is_full else "replay" if recovered else "board" if recovered is None else "board_instead"
        self._metrics.subscriptions.labels(kind).inc()
        return Opened(
            room=page.room,
            epoch=page.epoch,
            seq=page.last if page.is_full else follower.head,
            recovered=recovered,
            board=page.board,
            entries=page.entries,
            more=page.is_full,
            admission=admitted.admission,
        )

    # Boards are read once for all who ask at the same time.

    async def _load(self, room: Room, scope: Scope, *, not_before: int) -> _Loaded:
        """The room's board. A load under way is shared, unless it turns out older than this asker may see."""
        loaded = await self._share_load(room, scope)
        return loaded if loaded.seq >= not_before else await self._share_load(room, scope)

    async def _share_load(self, room: Room, scope: Scope) -> _Loaded:
        name = str(room)
        load = self._loads.get(name)
        if load is None:
            # In a context of its own: it belongs to everybody who waits, and to nobody's transaction.
            load = self._loads[name] = asyncio.get_running_loop().create_task(
                self._load_now(room, scope), name=f"load {name}", context=Context()
            )
            load.add_done_callback(lambda done: self._load_is_done(name, done))
        return await asyncio.shield(load)

    def _load_is_done(self, name: str, load: asyncio.Task[_Loaded]) -> None:
        del self._loads[name]
        if not load.cancelled():
            # Those who asked may be gone when it fails; the failure is then nobody's news.
            load.exception()

    async def _load_now(self, room: Room, scope: Scope) -> _Loaded:
        async with self._database.snapshot():
            board = await boards.load(room)
            head = (await ledger.heads([scope])).get(scope)
        assert head is not None, "a followed ledger has a head"
        return _Loaded(board.model_dump_json(by_alias=True).encode(), head.epoch, head.seq)


def _sits_still(by: Actor, admitted: _Admitted, follower: Follower) -> bool:
    """False where it cannot be said. Raises NoSuchThing where the party has left since it was admitted."""
    seating = admitted.admission.closes_with
    if seating is None:
        return True
    assert by.seat is not None, "only a party's place ends with its seating"
    since = follower.entries_after(str(table_room(by.seat.table)), admitted.seq)
    if since is None:
        return False
    for entry, _ in since:
        if entry.name == PartyLeft.name and PartyLeft.read(entry.payload, entry.scope).seating_id == seating:
            raise no_such_room()
    return True


def _json_bool(value: bool) -> bytes:
    return b"true" if value else b"false"
