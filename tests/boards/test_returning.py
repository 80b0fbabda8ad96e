"""A thousand tablets that come back ask PostgreSQL nothing, and are told the truth all the same."""

import asyncio
from collections.abc import Sequence
from contextvars import Context
from dataclasses import replace
from types import MappingProxyType

import pytest

from hub import boards
from hub.audience import (
    ANNOUNCEMENTS,
    Room,
    item_room,
    order_room,
    pass_room,
    station_room,
    table_room,
    user_room,
    waiters_room,
)
from hub.boards import Board, opening
from hub.commands.floor import RemoveTable, SeatParty, SetTableStatus
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.events.floor import TableStatus
from hub.follow import Limits
from hub.people import Role
from hub.store.database import Database
from tests.boards.test_opening import Door, a_door, chain, door
from tests.support.databases import open_database
from tests.support.ledgers import record
from tests.support.questions import questions_to

TABLETS = 1_000

__all__ = ["door"]


async def rooms_of(door: Door) -> list[Room]:
    """Every kind of room that a manager's tablet may be in."""
    house = door.house
    order = await house.orders_at("1")
    return [
        pass_room(house.id),
        waiters_room(house.id),
        station_room(house.id, house.stations["Grill"]),
        table_room(house.tables["1"]),
        order_room(order.order_id),
        item_room(house.items["Soup"].id),
        user_room(house.user(Role.MANAGER)),
        ANNOUNCEMENTS,
    ]


async def all_enter(door: Door, rooms: Sequence[Room]) -> dict[Room, int]:
    return {room: (await door.opens(room)).seq for room in rooms}


async def test_a_thousand_tablets_come_back_without_a_question(door: Door) -> None:
    rooms = await rooms_of(door)
    since = await all_enter(door, rooms)
    await door.house.fires("2")
    with questions_to(door.database) as asked:
        for number in range(TABLETS):
            room = rooms[number % len(rooms)]
            opened = await door.opens(room, since=since[room])
            assert opened.recovered
            assert opened.board is None
            follower = door.followers.get(opened.admission.scope)
            assert follower is not None
            assert opened.seq == follower.head
    assert asked.count == 0


async def test_tablets_that_were_away_for_too_long_share_one_board(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    await all_enter(door, [door.kitchen, door.floor])
    await door.house.fires("2")
    monkeypatch.setattr(opening, "REPLAY_ENTRIES_MAX", 0)
    with questions_to(door.database) as asked:
        boards_seen = {(await door.opens(door.floor, since=0)).board for _ in range(TABLETS)}
    assert asked.count == 1
    assert len(boards_seen) == 1
    assert None not in boards_seen


async def test_who_missed_the_same_is_told_the_same_and_then_what_came_since(door: Door) -> None:
    since = (await door.opens(door.floor)).seq
    last = await door.records((door.floor,), (door.kitchen,), (door.floor,), (door.kitchen,))
    expected = [(since, since + 1), (since + 1, since + 3)]
    for _ in range(3):
        opened = await door.opens(door.floor, since=since)
        assert (chain(opened), opened.seq) == (expected, last)
    assert (await door.opens(door.floor, since=since)).entries is not opened.entries
    await door.records((door.kitchen,))
    assert (await door.opens(door.floor, since=since)).seq == last + 1
    await door.records((door.floor,))
    opened = await door.opens(door.floor, since=since)
    assert (chain(opened), opened.seq) == ([*expected, (since + 3, last + 2)], last + 2)
    # Nobody is told less for having missed less.
    assert chain(await door.opens(door.floor, since=since + 1)) == [(since + 1, since + 3), (since + 3, last + 2)]


async def test_who_only_listens_enters_without_a_question(door: Door) -> None:
    own = [user_room(door.house.user(Role.MANAGER)), ANNOUNCEMENTS]
    await all_enter(door, own)
    with questions_to(door.database) as asked:
        for room in own:
            assert (await door.opens(room, wants_board=False)).board is None
    assert asked.count == 0


async def test_a_quiet_room_needs_no_memory(database: Database) -> None:
    async with a_door(database, limits=Limits(entries_max=10), linger_seconds=60) as door:
        since = (await door.opens(door.floor)).seq
        last = await door.records(*[(door.kitchen,)] * 50)
        with questions_to(database) as asked:
            opened = await door.opens(door.floor, since=since)
        assert (opened.recovered, opened.entries, opened.seq, asked.count) == (True, [], last, 0)


async def test_a_kept_board_is_of_now_though_it_was_read_long_ago(database: Database) -> None:
    async with a_door(database, limits=Limits(entries_max=10), linger_seconds=60) as door:
        first = await door.opens(door.floor)
        last = await door.records(*[(door.kitchen,)] * 50)
        with questions_to(database) as asked:
            again = await door.opens(door.floor)
        assert (again.board, again.seq, again.entries, asked.count) == (first.board, last, [], 0)
        assert again.version == first.version
        await door.records((door.floor,))
        assert (await door.opens(door.floor)).version == last + 1


# ---------------------------------------------------------------------- who knows more than is known here


async def test_a_number_that_is_news_here_brings_the_follower_up(door: Door, database_url: str) -> None:
    since = (await door.opens(door.floor)).seq
    elsewhere = await open_database(database_url)
    seq = (await record(elsewhere, door.scope, (door.floor,), (door.floor,))).entries[-1].seq
    opened = await door.opens(door.floor, since=seq - 1)
    assert (opened.recovered, opened.seq, chain(opened)) == (True, seq, [(seq - 1, seq)])
    assert seq - 1 > since
    await elsewhere.close()


async def test_whoever_names_another_epoch_is_answered_from_the_ledger(door: Door) -> None:
    await door.opens(door.floor)
    with questions_to(door.database) as asked:
        opened = await door.opens(door.floor, since=0, epoch="another")
    assert asked.count >= 1
    assert opened.recovered is False


async def test_a_follower_that_knows_it_is_behind_is_brought_up(door: Door, database_url: str) -> None:
    await door.opens(door.floor)
    elsewhere = await open_database(database_url)
    await record(elsewhere, door.scope, (door.floor,))
    mine = await door.records((door.floor,))
    assert (await door.opens(door.kitchen)).seq == mine
    await elsewhere.close()


# ---------------------------------------------------------------------- rights


async def test_the_wrong_colleague_is_refused_without_a_question(door: Door) -> None:
    await all_enter(door, [door.kitchen, door.floor])
    stranger = replace(door.house.manager, grants=MappingProxyType({}))
    with questions_to(door.database) as asked:
        with pytest.raises(NotYourJob):
            await door.opens(door.floor, by=door.house.cook)
        with pytest.raises(NoSuchThing):
            await door.opens(door.floor, by=stranger)
    assert asked.count == 0


async def test_a_guest_is_asked_for_though_everything_of_the_room_is_known(door: Door) -> None:
    house, room = door.house, table_room(door.house.tables["1"])
    seated = await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    guest = house.guest(seated.seating_id, "1")
    await door.opens(room)
    await door.opens(room, by=guest)
    for status in (TableStatus.DIRTY, TableStatus.FREE):
        await house.does(SetTableStatus(table_id=house.tables["1"], status=status), by=house.host)
    with pytest.raises(NoSuchThing):
        await door.opens(room, by=guest)


async def test_a_table_that_was_removed_is_not_entered_by_who_knew_it(door: Door) -> None:
    room = table_room(door.house.tables["1"])
    since = (await door.opens(room)).seq
    await door.house.deeds.do(RemoveTable(table_id=door.house.tables["1"]), by=door.house.manager)
    for asked in ({"since": since}, {"wants_board": False}, {}):
        with pytest.raises(NoSuchThing):
            await door.opens(room, **asked)


@pytest.mark.parametrize("is_known", [True, False], ids=["at sight", "asked"])
async def test_a_table_that_is_removed_while_it_is_opened_is_not_entered(
    door: Door, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    house, room = door.house, table_room(door.house.tables["1"])
    if is_known:
        await door.opens(room)
        await door.records((room,))
    load = boards.load

    async def load_slowly(room: Room) -> Board:
        board = await load(room)
        removing = house.deeds.do(RemoveTable(table_id=house.tables["1"]), by=house.manager)
        await asyncio.create_task(removing, context=Context())
        return board

    monkeypatch.setattr(opening.boards, "load", load_slowly)
    door.inside.clear()
    with pytest.raises(NoSuchThing):
        await door.opens(room)
    assert not door.inside


async def test_another_ledger_of_the_house_lets_everybody_be_asked_for(door: Door, database_url: str) -> None:
    await door.opens(door.floor)
    follower = door.followers.get(door.scope)
    assert follower is not None
    owner = await open_database(database_url, as_owner=True)
    async with owner.transaction() as line:
        await line.execute("update ledger_head set epoch = gen_random_uuid()")
    await owner.close()
    await follower.catch_up()
    with questions_to(door.database) as asked:
        await door.opens(door.floor)
    assert asked.count > 0
