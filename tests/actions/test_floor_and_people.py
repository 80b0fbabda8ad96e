"""The floor's plan, the alerts of people who wait, and who may do what."""

from dataclasses import replace

import pytest

from hub import boards
from hub.actions.floor import NameTaken, TableInUse
from hub.actions.people import LastOwner, NotARole
from hub.actions.watch import look
from hub.audience import PLATFORM, user_room, user_scope
from hub.boards.user import UserBoard
from hub.commands.floor import AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus
from hub.commands.people import Announce, GiveRole, Notify, TakeRole
from hub.commands.tickets import BumpTicket, StartTicket
from hub.domain.floor import IllegalTableStep, SeatWithCovers
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.events.floor import TableStatus
from hub.ids import UserId, new_id
from hub.people import Role
from hub.store import ledger, people
from hub.store.database import Database, connection
from tests.support.houses import House, a_house, pass_time


async def test_tables_are_added_moved_and_removed(database: Database) -> None:
    house = await a_house(database)
    section = await house.does(AddSection(restaurant_id=house.id, name="Garden"), by=house.manager)
    added = await house.does(
        AddTable(restaurant_id=house.id, section_id=section.id, name="G1", seats=4, x=10, y=20), by=house.manager
    )
    moved = await house.does(ChangeTable(table_id=added.table_id, x=9000, name="G2"), by=house.manager)
    assert (moved.name, moved.x, moved.y) == ("G2", 9000, 20)
    with pytest.raises(NameTaken):
        await house.does(ChangeTable(table_id=added.table_id, name="1"), by=house.manager)
    await house.does(RemoveTable(table_id=added.table_id), by=house.manager)
    with pytest.raises(NoSuchThing):
        await house.does(SeatParty(table_id=added.table_id, covers=2), by=house.host)


async def test_a_name_is_given_once(database: Database) -> None:
    house = await a_house(database)
    with pytest.raises(NameTaken):
        await house.does(AddSection(restaurant_id=house.id, name="Window"), by=house.manager)
    with pytest.raises(NameTaken):
        await house.does(
            AddTable(restaurant_id=house.id, section_id=house.section, name="1", seats=2), by=house.manager
        )


async def test_a_table_in_use_is_not_removed(database: Database) -> None:
    house = await a_house(database)
    await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    with pytest.raises(TableInUse):
        await house.does(RemoveTable(table_id=house.tables["1"]), by=house.manager)


async def test_a_table_takes_no_step_that_makes_no_sense(database: Database) -> None:
    house = await a_house(database)
    table = house.tables["1"]
    with pytest.raises(IllegalTableStep):
        await house.does(SetTableStatus(table_id=table, status=TableStatus.EATING), by=house.waiter)
    with pytest.raises(SeatWithCovers):
        await house.does(SetTableStatus(table_id=table, status=TableStatus.SEATED), by=house.waiter)
    await house.does(SetTableStatus(table_id=table, status=TableStatus.HELD), by=house.host)
    await house.does(SeatParty(table_id=table, covers=2), by=house.host)
    with pytest.raises(IllegalTableStep):
        await house.does(SeatParty(table_id=table, covers=2), by=house.host)


async def _look(house: House) -> list[str]:
    """What one look of the watch records."""
    async with house.database.snapshot():
        before = await connection().fetchval("select coalesce(max(seq), 0) from ledger")
    await look(house.database, house.deeds)
    async with house.database.snapshot():
        rows = await connection().fetch("select name, payload from ledger where seq > $1 order by seq", before)
    return [row["name"] for row in rows]


async def test_a_ticket_nobody_starts_is_alerted_once_until_somebody_does(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1", house.line("Soup"), house.line("Burger"))
    assert await _look(house) == []
    await pass_time(house, 301)
    assert await _look(house) == ["alert_raised", "alert_raised"]
    assert await _look(house) == []
    first, second = (one.ticket_id for one in order.tickets)
    await house.does(StartTicket(ticket_id=first), by=house.cook)
    assert "alert_cleared" in house.names()
    await house.does(BumpTicket(ticket_id=second), by=house.cook)
    assert "alert_cleared" in house.names()


async def test_a_table_nobody_asked_is_alerted_until_it_orders(database: Database) -> None:
    house = await a_house(database)
    await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    await pass_time(house, 601)
    assert await _look(house) == ["alert_raised"]
    await house.orders_at("1")
    assert "alert_cleared" in house.names()


async def test_a_role_is_given_and_taken_by_those_who_answer_for_the_house(database: Database) -> None:
    house = await a_house(database)
    user = house.cook.user
    assert user is not None
    given = await house.does(GiveRole(restaurant_id=house.id, user_id=user, role=Role.EXPO), by=house.manager)
    assert given.roles == (Role.COOK, Role.EXPO)
    taken = await house.does(TakeRole(restaurant_id=house.id, user_id=user, role=Role.COOK), by=house.manager)
    assert taken.roles == (Role.EXPO,)
    async with database.snapshot():
        assert await people.grants_of(user) == {house.id: frozenset({Role.EXPO})}
        told = await ledger.heads([PLATFORM, user_scope(user)])
    assert {scope: head.seq for scope, head in told.items()} == {"platform": 2, f"user:{user}": 2}


async def test_only_owners_make_owners_and_the_last_one_stays(database: Database) -> None:
    house = await a_house(database)
    assert house.manager.user is not None
    assert house.owner.user is not None
    make = GiveRole(restaurant_id=house.id, user_id=house.manager.user, role=Role.OWNER)
    with pytest.raises(NotYourJob):
        await house.does(make, by=house.manager)
    unmake = TakeRole(restaurant_id=house.id, user_id=house.owner.user, role=Role.OWNER)
    with pytest.raises(LastOwner):
        await house.does(unmake, by=house.owner)
    await house.does(make, by=house.owner)
    await house.does(unmake, by=house.owner)


async def test_nobody_is_made_a_guest_and_nobody_unknown_is_hired(database: Database) -> None:
    house = await a_house(database)
    assert house.cook.user is not None
    with pytest.raises(NotARole):
        await house.does(GiveRole(restaurant_id=house.id, user_id=house.cook.user, role=Role.GUEST), by=house.owner)
    with pytest.raises(NoSuchThing):
        await house.does(GiveRole(restaurant_id=house.id, user_id=UserId(new_id()), role=Role.COOK), by=house.owner)


async def test_only_an_operator_speaks_to_everyone(database: Database) -> None:
    house = await a_house(database)
    with pytest.raises(NotYourJob):
        await house.does(Announce(title="Hello", message="everyone"), by=house.owner)


async def test_nobody_speaks_to_a_role_that_nobody_has(database: Database) -> None:
    house = await a_house(database)
    operator = replace(house.owner, is_operator=True)
    with pytest.raises(NotARole):
        await house.does(Announce(title="Hello", message="hub", role=Role.SYSTEM), by=operator)


async def test_only_an_operator_tells_somebody_something_and_only_somebody_who_is_there(database: Database) -> None:
    house = await a_house(database)
    to_the_cook = Notify(user_id=house.user(Role.COOK), title="Hello", message="you")
    with pytest.raises(NotYourJob):
        await house.does(to_the_cook, by=house.owner)
    operator = replace(house.owner, is_operator=True)
    assert (await house.does(to_the_cook, by=operator)).title == "Hello"
    with pytest.raises(NoSuchThing):
        await house.does(Notify(user_id=UserId(new_id()), title="Hello", message="nobody"), by=operator)
    async with database.snapshot():
        board = await boards.load(user_room(house.user(Role.COOK)))
    assert isinstance(board, UserBoard)
    assert [notice.message for notice in board.notices] == ["you"]
