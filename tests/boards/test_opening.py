"""Opening a room: nothing falls between the answer and what is heard next, and nothing comes twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import Context
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from hub import boards
from hub.audience import Room, Scope, pass_room, restaurant_scope, table_room, user_room, waiters_room
from hub.boards import Board, opening
from hub.boards.larder import Larder
from hub.boards.opening import Opening
from hub.boards.page import Opened
from hub.boards.wire import RESERVED, entry_json, listed_entry_json
from hub.commands.floor import SeatParty, SetTableStatus
from hub.domain.refusals import DatabaseUnavailable, NoSuchThing, NotYourJob
from hub.events import EVENTS
from hub.events.event import Event
from hub.events.floor import TableStatus
from hub.follow import Followers, InProcessDoorbell, LedgerPages, Limits, Street
from hub.people import Role
from hub.store import ledger
from hub.store.database import Database
from hub.store.ledger import Entry
from hub.telemetry import Metrics
from tests.support.databases import open_database
from tests.support.houses import House, a_house
from tests.support.ledgers import record, trim

# ---------------------------------------------------------------------- on the wire


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_no_event_has_a_field_of_a_reserved_name(event: type[Event]) -> None:
    names = {field.alias or name for name, field in event.model_fields.items() if not field.exclude}
    assert not names & RESERVED


def an_entry(payload: bytes) -> Entry:
    at = datetime(2026, 11, 20, 19, 30, 0, 250, tzinfo=UTC)
    return Entry(Scope("platform"), 7, "ticket_bumped", ("announcements",), payload, at, "system", "c")


@pytest.mark.parametrize(
    "payload", [b"{}", b'{"ticketId":"t","name":"Ros\xc3\xa9"}', b'{ "nested": {"a": [1, 2]} }', b"{ }"]
)
def test_an_entry_on_the_wire_is_its_fields_and_its_place(payload: bytes) -> None:
    place = {"room": "announcements", "seq": 7, "prev": 3, "timestamp": "2026-11-20T19:30:00.000250Z"}
    entry = an_entry(payload)
    assert orjson.loads(entry_json(entry, "announcements", 3)) == orjson.loads(payload) | place
    listed = orjson.loads(listed_entry_json(entry, "announcements", 3))
    assert listed == orjson.loads(payload) | place | {"event": "ticket_bumped"}


# ---------------------------------------------------------------------- somebody at a door


@dataclass
class Door:
    """Opens rooms, and hears what a member would hear from the moment of entering."""

    house: House
    database: Database
    followers: Followers
    street: Street
    opening: Opening
    inside: set[str] = field(default_factory=set)
    heard: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def scope(self) -> Scope:
        return restaurant_scope(self.house.id)

    @property
    def floor(self) -> Room:
        return waiters_room(self.house.id)

    @property
    def kitchen(self) -> Room:
        return pass_room(self.house.id)

    def delivered(self, follower: Any, entry: Entry, prevs: Any) -> None:
        self.heard += [(room, prev, entry.seq) for room, prev in prevs.items() if room in self.inside]

    def reset(self, follower: Any) -> None:
        self.inside.clear()

    def enter(self, opened: Opened) -> None:
        self.inside.add(opened.room)

    async def opens(self, room: Room, **asked: Any) -> Opened:
        by = asked.pop("by", self.house.manager)
        return await self.opening.open(room, by, enter=self.enter, **asked)

    async def records(self, *rooms_of_each: tuple[Room, ...], payload: bytes = b"{}") -> int:
        """Record on this hub, and give the last number."""
        return (await record(self.database, self.scope, *rooms_of_each, payload=payload)).entries[-1].seq

    def is_followed(self) -> bool:
        return self.followers.get(self.scope) is not None

    async def lets_go(self) -> bool:
        """Whether nobody listens to the house any more: the followers here do not linger."""
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return not self.is_followed()


@asynccontextmanager
async def a_door(
    database: Database, *, limits: Limits | None = None, linger_seconds: float = 0.0
) -> AsyncIterator[Door]:
    street, metrics = Street(), Metrics()
    doorbell = InProcessDoorbell(street, metrics)
    followers = Followers(LedgerPages(database), doorbell, metrics, linger_seconds=linger_seconds, limits=limits)
    house = await a_house(database)
    door = Door(house, database, followers, street, Opening(database, followers, metrics))
    database.listen(followers.hear)
    followers.add_listener(door)
    async with followers.running():
        yield door


@pytest.fixture
async def door(database: Database) -> AsyncIterator[Door]:
    async with a_door(database) as door:
        yield door


def chain(opened: Opened) -> list[tuple[int, int]]:
    listed = [orjson.loads(entry) for entry in opened.entries]
    return [(entry["prev"], entry["seq"]) for entry in listed]


def body(opened: Opened) -> dict[str, Any]:
    answer: dict[str, Any] = orjson.loads(opened.body())
    return answer


# ---------------------------------------------------------------------- boards


async def test_a_board_comes_with_its_number_and_the_room_is_entered(door: Door) -> None:
    seq = await door.records((door.floor,))
    opened = await door.opens(door.floor)
    answer = body(opened)
    assert answer["board"]["restaurantId"] == str(door.house.id)
    assert (answer["seq"], answer["entries"], answer["more"]) == (seq, [], False)
    assert "recovered" not in answer
    follower = door.followers.get(door.scope)
    assert follower is not None
    assert opened.epoch == follower.epoch
    await door.records((door.kitchen,), (door.floor,))
    assert door.heard == [(str(door.floor), seq, seq + 2)]


async def test_what_is_recorded_while_a_board_is_read_comes_after_it(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await door.records((door.floor,))
    load = boards.load

    async def load_slowly(room: Room) -> Board:
        board = await load(room)
        # Committed by somebody else, after the snapshot.
        await asyncio.create_task(door.records((door.kitchen,), (door.floor,)), context=Context())
        return board

    monkeypatch.setattr(opening.boards, "load", load_slowly)
    opened = await door.opens(door.floor)
    assert chain(opened) == [(first, first + 2)]
    assert opened.seq == first + 2
    assert not door.heard


async def test_boards_read_at_the_same_time_are_read_once(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    reads, asked, load, share = [], asyncio.Semaphore(0), boards.load, Larder._share
    may_go_on = asyncio.Event()

    async def load_when_told(room: Room) -> Board:
        reads.append(room)
        board = await load(room)
        await may_go_on.wait()
        return board

    async def share_and_say_so(*asking: Any) -> Any:
        asked.release()
        return await share(*asking)

    monkeypatch.setattr(opening.boards, "load", load_when_told)
    monkeypatch.setattr(Larder, "_share", share_and_say_so)
    asking = [asyncio.create_task(door.opens(door.floor)) for _ in range(10)]
    for _ in asking:
        await asked.acquire()
    asking[0].cancel()
    await asyncio.gather(asking[0], return_exceptions=True)
    may_go_on.set()
    answers = await asyncio.gather(*asking[1:])
    assert len(reads) == 1
    assert len({opened.body() for opened in answers}) == 1


async def test_a_follower_that_is_behind_is_brought_up_to_the_board(door: Door, database_url: str) -> None:
    await door.opens(door.floor)
    elsewhere = await open_database(database_url)
    seq = (await record(elsewhere, door.scope, (door.floor,), (door.floor,))).entries[-1].seq
    opened = await door.opens(door.kitchen)
    assert opened.seq == seq
    # Who was inside already heard it in passing.
    assert [seq for _, _, seq in door.heard] == [seq - 1, seq]
    await elsewhere.close()


# ---------------------------------------------------------------------- replays


async def test_who_comes_back_is_told_what_their_room_heard_and_nothing_else(door: Door) -> None:
    since = (await door.opens(door.floor)).seq
    last = await door.records((door.floor,), (door.kitchen,), (door.kitchen, door.floor), (door.kitchen,))
    opened = await door.opens(door.floor, since=since, epoch=(await door.opens(door.kitchen)).epoch)
    assert chain(opened) == [(since, since + 1), (since + 1, since + 3)]
    assert (opened.seq, opened.recovered, opened.board) == (last, True, None)


async def test_who_missed_nothing_is_told_so(door: Door) -> None:
    seq = await door.records((door.floor,))
    answer = body(await door.opens(door.floor, since=seq))
    assert answer["recovered"] is True
    assert answer["entries"] == []
    assert "board" not in answer


async def test_a_number_beyond_the_ledger_is_another_ledgers(door: Door) -> None:
    seq = await door.records((door.floor,))
    opened = await door.opens(door.floor, since=seq + 1)
    assert (opened.recovered, opened.seq) == (False, seq)
    assert opened.board is not None


async def test_another_epoch_takes_a_board(door: Door) -> None:
    seq = await door.records((door.floor,))
    assert (await door.opens(door.floor, since=seq, epoch="of another time")).recovered is False


async def test_a_number_that_only_the_ledger_knows_so_far_brings_the_follower_up(door: Door, database_url: str) -> None:
    await door.opens(door.floor)
    elsewhere = await open_database(database_url)
    seq = (await record(elsewhere, door.scope, (door.floor,))).entries[-1].seq
    opened = await door.opens(door.floor, since=seq)
    assert (opened.recovered, opened.seq, opened.entries) == (True, seq, [])
    await elsewhere.close()


async def test_what_was_trimmed_away_is_made_up_for_with_a_board(door: Door, database_url: str) -> None:
    owner = await open_database(database_url, as_owner=True)
    await door.records(*[(door.floor,)] * 5)
    await trim(owner, door.scope, 3)
    async with a_listener(door):
        assert (await door.opens(door.floor, since=2)).recovered is False
        assert chain(await door.opens(door.floor, since=3)) == [(3, 4), (4, 5)]
    await owner.close()


async def test_who_missed_too_much_takes_a_board(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "REPLAY_ENTRIES_MAX", 5)
    await door.records(*[(door.floor,), (door.kitchen,)] * 6)
    assert (await door.opens(door.floor, since=0)).recovered is False
    assert len((await door.opens(door.floor, since=2)).entries) == 5


async def test_a_party_is_not_told_what_was_before_it(door: Door) -> None:
    house, table = door.house, door.house.tables["1"]
    room = table_room(table)
    before = await door.records((room,), (room,))
    seated = await house.does(SeatParty(table_id=table, covers=2), by=house.host)
    guest = house.guest(seated.seating_id, "1")
    assert (await door.opens(room, by=guest, since=before - 1)).recovered is False
    replayed = await door.opens(room, by=guest, since=before)
    assert (replayed.recovered, chain(replayed)[0]) == (True, (before, before + 1))


# ---------------------------------------------------------------------- pages


@pytest.mark.parametrize("is_forgotten", [False, True], ids=["from memory", "from the ledger"])
async def test_a_long_absence_is_told_page_by_page(database: Database, is_forgotten: bool) -> None:
    limits = Limits(entries_max=20) if is_forgotten else None
    async with a_door(database, limits=limits, linger_seconds=60) as door:
        start = (await door.opens(door.kitchen)).seq
        await door.records(*[(door.floor,), (door.kitchen,)] * 1_100)
        heard, since, pages = [], start, []
        while True:
            opened = await door.opens(door.floor, since=since)
            assert opened.recovered
            heard += chain(opened)
            pages.append(len(opened.entries))
            assert (str(door.floor) in door.inside) is not opened.more
            since = opened.seq
            if not opened.more:
                break
            assert since == heard[-1][1]
    assert pages == [500, 500, 100]
    seqs = list(range(start + 1, start + 2_201, 2))
    assert heard == list(zip([start, *seqs], seqs, strict=False))


async def test_a_page_is_small_in_bytes_too(door: Door) -> None:
    await door.records(*[(door.floor,)] * 5, payload=b'{"note":"%b"}' % (b"x" * 60_000))
    opened = await door.opens(door.floor, since=0)
    assert (len(opened.entries), opened.more) == (2, True)
    alone = await door.records((door.floor,), payload=b'{"note":"%b"}' % (b"x" * 200_000))
    assert chain(await door.opens(door.floor, since=alone - 1)) == [(alone - 1, alone)]


async def test_exactly_one_page_has_no_more(door: Door) -> None:
    await door.records(*[(door.floor,)] * 500)
    opened = await door.opens(door.floor, since=0)
    assert (len(opened.entries), opened.more) == (500, False)


async def test_memory_that_is_forgotten_while_the_ledger_is_read_is_read_too(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_door(database, limits=Limits(entries_max=10), linger_seconds=60) as door:
        await door.opens(door.kitchen)
        await door.records(*[(door.floor,)] * 30)
        read, more = ledger.entries_of_room, iter((25, 25))

        async def read_slowly(*asked: Any, **limits: Any) -> list[Entry]:
            entries = await read(*asked, **limits)
            if (count := next(more, 0)) > 0:
                await asyncio.create_task(door.records(*[(door.floor,)] * count), context=Context())
            return entries

        monkeypatch.setattr(opening.ledger, "entries_of_room", read_slowly)
        opened = await door.opens(door.floor, since=0)
        assert chain(opened) == [(seq - 1, seq) for seq in range(1, 81)]
        assert not opened.more


# ---------------------------------------------------------------------- refusals


async def test_nobody_enters_what_is_not_theirs(door: Door) -> None:
    with pytest.raises(NotYourJob):
        await door.opens(door.floor, by=door.house.cook)
    with pytest.raises(NoSuchThing):
        await door.opens(user_room(door.house.user(Role.COOK)), by=door.house.waiter)
    assert not door.is_followed()


async def test_of_rooms_into_which_guests_look_nothing_is_left(door: Door) -> None:
    house, room = door.house, table_room(door.house.tables["1"])
    seated = await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    await door.opens(room, by=house.guest(seated.seating_id, "1"))
    assert not door.opening._houses._kept
    await door.opens(room)
    assert door.opening._houses._kept


async def test_a_party_that_leaves_while_its_board_is_read_does_not_enter(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, table = door.house, door.house.tables["1"]
    seated = await house.does(SeatParty(table_id=table, covers=2), by=house.host)
    load = boards.load

    async def clear_table() -> None:
        for status in (TableStatus.DIRTY, TableStatus.FREE):
            await house.deeds.do(SetTableStatus(table_id=table, status=status), by=house.host)

    async def load_slowly(room: Room) -> Board:
        board = await load(room)
        await asyncio.create_task(clear_table(), context=Context())
        return board

    monkeypatch.setattr(opening.boards, "load", load_slowly)
    with pytest.raises(NoSuchThing):
        await door.opens(table_room(table), by=house.guest(seated.seating_id, "1"))
    assert not door.inside
    assert await door.lets_go()


async def test_whoever_does_not_enter_does_not_listen(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(opened: Opened) -> None:
        raise NoSuchThing(thing="room")

    with pytest.raises(NoSuchThing):
        await door.opening.open(door.floor, door.house.manager, enter=refuse)
    assert await door.lets_go()
    await door.opening.open(door.floor, door.house.manager)
    assert await door.lets_go()
    await door.records(*[(door.floor,)] * 501)
    assert (await door.opens(door.floor, since=0)).more
    assert await door.lets_go()

    async def fail(room: Room) -> Board:
        raise DatabaseUnavailable

    monkeypatch.setattr(opening.boards, "load", fail)
    with pytest.raises(DatabaseUnavailable):
        await door.opens(door.floor)
    assert await door.lets_go()
    await door.opens(door.floor, since=501)
    assert not await door.lets_go()


async def test_a_ledger_that_becomes_another_one_meanwhile_is_opened_as_that(
    door: Door, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = (await door.opens(door.floor)).epoch
    owner, load = await open_database(database_url, as_owner=True), boards.load
    turns = iter([True])

    async def turn() -> None:
        async with owner.transaction():
            await ledger.new_epoch()

    async def load_slowly(room: Room) -> Board:
        board = await load(room)
        if next(turns, False):
            await asyncio.create_task(turn(), context=Context())
            await asyncio.create_task(door.followers.settle(), context=Context())
        return board

    monkeypatch.setattr(opening.boards, "load", load_slowly)
    opened = await door.opens(door.kitchen, since=0, epoch="unknown")
    assert opened.epoch != old
    follower = door.followers.get(door.scope)
    assert follower is not None
    assert opened.epoch == follower.epoch
    await owner.close()


@asynccontextmanager
async def a_listener(door: Door) -> AsyncIterator[None]:
    """Somebody who keeps the house followed, so that its follower's memory is one and the same."""
    await door.followers.follow(door.scope)
    yield
    door.followers.leave(door.scope)
