"""Opening a room: its board or what was missed, together with a number from which nothing is lost and nothing doubled.

The order of steps is the proof. Somebody is admitted; the room's ledger is followed *before* the board is read; board
and number are of one snapshot; the follower is brought up to whichever is ahead; the entries in between come from its
memory, and from SQL where memory is too short. The last step has no await in it: the entries up to the follower's
head, the answer, and entering the room belong to one moment, as each delivery does.

Rights may change while a board is read. A seating's end, and a room's, is an entry of the same ledger, so it is looked
for in the last step; everything else that may have changed is the caller's to check in `enter`, which may still refuse.

Who comes back asks PostgreSQL nothing where what it would say is known here: staff are admitted at sight, boards are in
the larder, and what was missed is in the follower's memory. What is answered then is the truth at the follower's head.
Whoever holds a later number, or names another epoch, is not answered from memory: the follower is brought up first.

Being admitted at sight needs three things. What the person is to the house comes with the actor, in either way: it is
read from PostgreSQL once and kept until the platform's ledger says that it changed (`hub.actions.identity`), and no
query of an admission ever looked at it. If it was taken away, and that is committed but not yet heard here, they do
enter; when it is heard all their places are judged anew (`rooms.rights`), this one too, for entering was one step, and
came before. Had it been heard before that step, they would be somebody else by then, which `enter` checks. Which house
the room belongs to never changes, so it is asked once for all. And that the room is still there is looked for up to the
follower's head in the last step; if its end is committed but not yet heard, they enter, hear it as a member, and the
room closes. So whoever is admitted at sight sees nothing that a member who was inside all the time would not have seen.
Guests are not: their right ends with facts that a follower may not remember.

Not its business: sockets and members (`rooms`), HTTP (`api`), what a board shows or who may see it (`hub.boards`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from hub import boards
from hub.audience import Room, Scope, restaurant_of, table_room
from hub.boards.board import Admission, no_such_room
from hub.boards.larder import Label, Larder, Made
from hub.boards.page import Opened, Page
from hub.boards.readers import Readers
from hub.domain.refusals import DatabaseBusy
from hub.events.floor import PartyLeft
from hub.follow import Follower, Followers
from hub.ids import RestaurantId
from hub.people import Actor
from hub.store import ledger
from hub.store.database import Database
from hub.store.ledger import Entry, Head
from hub.telemetry import Metrics

REPLAY_ENTRIES_MAX = 2_000
"""Whoever missed more than this is better served with a board."""
TRIES_MAX = 5
"""How often the ledger may turn into another one under an answer before that is called busy."""
KEPT_BYTES_MAX = 64 * 1024 * 1024
"""Boards and menus that are kept ready. The least wanted goes first."""
WANTED_SECONDS = 120.0
"""What nobody has wanted for so long is not kept: an order is looked at for an hour, and then never again."""
REPLAYS_BYTES_MAX = 16 * 1024 * 1024
"""Pages of entries that are kept while their rooms hear nothing new: who lost the network together holds one number."""
KEPT_OVERHEAD_BYTES = 512
"""What anything that is kept costs beside its bytes."""
ROOMS_KNOWN_MAX = 10_000
"""Rooms of which it is remembered to which house they belong: about a kilobyte each."""


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
    """An admission, and where the ledger, as far as it was looked at, stood when it was given."""

    admission: Admission
    head: Head | None

    @property
    def seq(self) -> int:
        return 0 if self.head is None else self.head.seq


class Opening:
    """Opens rooms for both doors. One per hub."""

    def __init__(self, database: Database, followers: Followers, metrics: Metrics) -> None:
        self._database = database
        self._followers = followers
        self._metrics = metrics
        self._boards: Larder[bytes] = Larder(
            followers,
            size_max=KEPT_BYTES_MAX,
            size_of=lambda body: len(body) + KEPT_OVERHEAD_BYTES,
            wanted_seconds=WANTED_SECONDS,
        )
        self._replays: Larder[list[bytes]] = Larder(
            followers, size_max=REPLAYS_BYTES_MAX, size_of=_size_bytes, wanted_seconds=WANTED_SECONDS
        )
        self._houses: Larder[RestaurantId] = Larder(followers, size_max=ROOMS_KNOWN_MAX, size_of=lambda house: 1)
        self.readers = Readers(followers, self._boards)

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
        admitted = self._admit_at_sight(asking) or await self._admit(asking)
        scope = admitted.admission.scope
        follower = await self._followers.follow(scope)
        stays = False
        try:
            for _ in range(TRIES_MAX):
                self._remember_house(asking, admitted, follower)
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

    def enter_at_sight(self, room: Room, by: Actor, enter: Enter) -> Opened | None:
        """As `open` without a board, in this very step. None, and nobody entered, where anything has to be asked."""
        asking = _Asking(room, by, since=None, epoch=None, wants_board=False)
        admitted = self._admit_at_sight(asking)
        follower = None if admitted is None else self._followers.follow_at_sight(admitted.admission.scope)
        if admitted is None or follower is None:
            return None
        opened = self._opened(Page(str(room), follower.epoch, follower.head), asking, admitted, follower)
        try:
            enter(opened)
        except BaseException:
            self._followers.leave(follower.scope)
            raise
        return opened

    async def _admit(self, asking: _Asking) -> _Admitted:
        async with self._database.snapshot():
            admission = await boards.admit(asking.room, asking.by)
            heads = await ledger.heads([admission.scope])
        return _Admitted(admission, heads.get(admission.scope))

    # What is known without asking

    def _admit_at_sight(self, asking: _Asking) -> _Admitted | None:
        """The admission, where it can be decided here and now, at the follower's head. Raises as `_admit` does."""
        known = self._houses.fresh(str(asking.room))
        admission = boards.admit_at_sight(asking.room, asking.by, None if known is None else known.made.value)
        follower = None if admission is None else self._followers.get(admission.scope)
        if admission is None or follower is None or not _is_as_far(follower, asking):
            return None
        return _Admitted(admission, Head(follower.scope, follower.epoch, follower.head, follower.floor))

    def _remember_house(self, asking: _Asking, admitted: _Admitted, follower: Follower) -> None:
        """For whoever is admitted at sight: the room belongs to the house whose ledger feeds it."""
        room, house, head = asking.room, restaurant_of(follower.scope), admitted.head
        is_of_another = head is not None and head.epoch != follower.epoch
        if (
            house is None
            or is_of_another
            or self._houses.fresh(str(room))
            or not boards.admit_at_sight(room, asking.by, house)
        ):
            return
        ends = frozenset(event.name for event in boards.BOARDS[room.kind].ends)
        label = Label(str(room), follower.scope, str(room), touched_by=ends)
        self._houses.keep(label, follower, Made(house, follower.epoch, admitted.seq))

    # One try. None says that the ledger became another one meanwhile.

    async def _answer(self, asking: _Asking, admitted: _Admitted, follower: Follower) -> Opened | None:
        if not await self._is_level(follower, admitted.head):
            return None
        if await self._may_replay(asking, admitted, follower):
            page: Page | None = self._page_since(asking, follower)
        elif asking.wants_board:
            page = await self._page_with_board(asking, admitted, follower)
        else:
            page = Page(str(asking.room), follower.epoch, follower.head)
        if page is None or not await self._fill_from_ledger(page, follower):
            return None
        # From here on there is no await, up to the caller's having entered.
        if follower.epoch != page.epoch:
            return None
        if not self._fill_from_memory(page, follower) or not _is_still_admitted(asking, admitted, follower):
            return None
        self._keep_replay(page, asking, follower)
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
        remembered = _heard(follower, str(asking.room), since)
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

    def _page_since(self, asking: _Asking, follower: Follower) -> Page:
        assert asking.since is not None
        page = Page(str(asking.room), follower.epoch, asking.since)
        kept = self._replays.fresh(_replay_name(page.room, asking.since))
        if kept is not None:
            page.take_kept(kept.made.value, last=kept.made.seq, covered=kept.good_at)
        return page

    def _keep_replay(self, page: Page, asking: _Asking, follower: Follower) -> None:
        """Keep a whole page without a board, as it was at its last entry."""
        if asking.since is None or not asking.wants_board or page.board is not None:
            return
        if page.is_full or not page.entries:
            return
        name = _replay_name(page.room, asking.since)
        if self._replays.fresh(name) is None:
            label = Label(name, follower.scope, page.room)
            self._replays.keep(label, follower, Made(page.entries, page.epoch, page.last))

    async def _page_with_board(self, asking: _Asking, admitted: _Admitted, follower: Follower) -> Page | None:
        kept = await self._boards.get(
            Label(f"board {asking.room}", follower.scope, str(asking.room)),
            follower,
            partial(self._load, asking.room, follower.scope),
            not_before=admitted.admission.replays_after,
        )
        epoch, seq = kept.made.epoch, kept.good_at
        if not await self._is_level(follower, Head(follower.scope, epoch, seq, 0)):
            return None
        return Page(str(asking.room), epoch, seq, kept.made.value, kept.made.seq)

    async def _load(self, room: Room, scope: Scope) -> Made[bytes]:
        async with self._database.snapshot():
            board = await boards.load(room)
            head = (await ledger.heads([scope])).get(scope)
        assert head is not None, "a followed ledger has a head"
        return Made(board.model_dump_json(by_alias=True).encode(), head.epoch, head.seq)

    async def _fill_from_ledger(self, page: Page, follower: Follower) -> bool:
        """Take the entries that memory has forgotten. It forgets while they are read, so this is asked again."""
        while not page.is_full and _heard(follower, page.room, page.covered) is None:
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

    def _fill_from_memory(self, page: Page, follower: Follower) -> bool:
        if page.is_full:
            return True
        remembered = _heard(follower, page.room, page.covered)
        if remembered is None:
            return False
        if all(page.take(entry) for entry, _ in remembered):
            page.covered = follower.head
        return True

    def _opened(self, page: Page, asking: _Asking, admitted: _Admitted, follower: Follower) -> Opened:
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
            version=page.last if page.entries else page.made_at,
        )


def _replay_name(room: str, since: int) -> str:
    return f"{room} since {since}"


def _size_bytes(entries: list[bytes]) -> int:
    return sum(map(len, entries)) + KEPT_OVERHEAD_BYTES


def _is_as_far(follower: Follower, asking: _Asking) -> bool:
    """Whether the follower is where its ledger was, as far as it or whoever asks has heard."""
    if not follower.is_open or follower.entries_behind:
        return False
    return asking.since is None or (asking.since <= follower.head and asking.epoch in (None, follower.epoch))


def _heard(follower: Follower, room: str, after: int) -> list[tuple[Entry, int]] | None:
    """The room's entries after a number, up to the head. A room that was quiet needs no memory; else None without."""
    return [] if follower.chain(room) <= after else follower.entries_after(room, after)


def _is_still_admitted(asking: _Asking, admitted: _Admitted, follower: Follower) -> bool:
    """False where it cannot be said. Raises NoSuchThing where the room's end, or the party's, came since."""
    ends = boards.BOARDS[asking.room.kind].ends
    if ends:
        since = _heard(follower, str(asking.room), admitted.seq)
        if since is None:
            return False
        if any(entry.name == end.name for entry, _ in since for end in ends):
            raise no_such_room()
    return admitted.admission.closes_with is None or _sits_still(asking.by, admitted, follower)


def _sits_still(by: Actor, admitted: _Admitted, follower: Follower) -> bool:
    """False where it cannot be said. Raises NoSuchThing where the party has left since it was admitted."""
    assert by.seat is not None, "only a party's place ends with its seating"
    since = _heard(follower, str(table_room(by.seat.table)), admitted.seq)
    if since is None:
        return False
    left = [PartyLeft.read(entry.payload, entry.scope) for entry, _ in since if entry.name == PartyLeft.name]
    if any(one.seating_id == admitted.admission.closes_with for one in left):
        raise no_such_room()
    return True
