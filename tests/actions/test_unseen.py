"""A ticket that no screen of its station has shown: who is told, who shows it instead, and when that is over."""

import asyncio
from typing import Any

import asyncpg
import pytest

from hub import boards
from hub.actions import glass as glasses
from hub.actions.glass import Glass
from hub.actions.watch import look
from hub.audience import restaurant_scope, station_room
from hub.commands.house import CalmAlerts, RaiseAlerts
from hub.commands.menu import SetStationBackup
from hub.commands.orders import CancelOrder, FireCourse
from hub.commands.tickets import BumpTicket, RushTicket, StartTicket
from hub.domain.refusals import DatabaseBusy
from hub.people import the_house
from hub.store import glass as store
from hub.store import ledger
from hub.store.connections import epoch_digested, identity
from hub.store.database import Database, connection
from hub.store.glass import Shown
from tests.support.houses import House, a_house, pass_time
from tests.support.waiting import after_waiting

TOO_LONG = 6
"""More than the five seconds in which somebody must have seen a ticket."""
LONG_AGO = 301
WEEK = 7 * 24 * 3600


@pytest.fixture
async def house(database: Database) -> House:
    """A house whose grill has a tablet, and the cold kitchen behind it."""
    house = await a_house(database)
    backup = SetStationBackup(station_id=house.stations["Grill"], backup_station_id=house.stations["Cold"])
    await house.does(backup, by=house.manager)
    await house.shows("Grill")
    return house


async def told(house: House) -> list[str]:
    """What the watch says of tickets when it looks, by what they wait for; and what it takes back."""
    await look(house.database, house.deeds)
    async with house.database.snapshot():
        rows = await connection().fetch("select kind from alert where kind <> 'table_waiting' order by kind")
    return [row["kind"] for row in rows]


async def raised(house: House) -> int:
    answer = await house.does(RaiseAlerts(restaurant_id=house.id), by=the_house(house.id))
    count: int = answer.raised
    return count


async def hangs(house: House, station: str) -> list[Any]:
    """The tickets on the board of a station."""
    async with house.database.snapshot():
        board: Any = await boards.load(station_room(house.id, house.stations[station]))
    return list(board.tickets)


async def test_a_ticket_that_no_device_of_its_station_has_shown_is_told_of_once(house: House) -> None:
    await house.fires("1", house.line("Burger"))
    assert await told(house) == []
    await pass_time(house, TOO_LONG)
    assert await told(house) == ["ticket_not_seen"]
    assert await told(house) == ["ticket_not_seen"]


async def test_a_ticket_that_was_shown_is_not_told_of(house: House) -> None:
    await house.fires("1", house.line("Burger"))
    await house.shows("Grill")
    await pass_time(house, TOO_LONG)
    assert await told(house) == []


async def test_one_device_of_several_is_enough(house: House) -> None:
    await house.shows("Grill", device="on the wall")
    await house.fires("1", house.line("Burger"))
    await house.shows("Grill", device="")
    await pass_time(house, TOO_LONG)
    assert await told(house) == []


async def test_a_station_that_never_had_a_device_is_left_alone(house: House) -> None:
    await house.fires("1", house.line("Soup"))
    await pass_time(house, TOO_LONG)
    assert await told(house) == []


async def test_a_station_whose_devices_were_quiet_for_a_week_has_none(house: House) -> None:
    async with house.database.transaction():
        await connection().execute("update glass set at = at - make_interval(secs => $1)", WEEK)
    await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    assert await told(house) == []


async def test_what_another_station_shows_is_not_seen_at_its_own(house: House) -> None:
    await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    await house.shows("Cold")
    assert await told(house) == ["ticket_not_seen"]
    # The cold kitchen backs it up by now, and shows it.
    await house.shows("Cold")
    assert await told(house) == ["ticket_not_seen"]


async def test_a_number_of_another_ledger_proves_nothing_however_great(house: House) -> None:
    await house.shows("Grill", seq=1_000_000, epoch="the ledger before the restore")
    await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    assert await told(house) == ["ticket_not_seen"]
    await house.shows("Grill")
    assert await told(house) == []


async def test_an_earlier_number_takes_nothing_back(house: House) -> None:
    await house.fires("1", house.line("Burger"))
    await house.shows("Grill")
    await house.shows("Grill", seq=1)
    await pass_time(house, TOO_LONG)
    assert await told(house) == []


async def test_a_rush_does_not_make_a_ticket_new(house: House) -> None:
    order = await house.fires("1", house.line("Burger"))
    await house.shows("Grill")
    await house.does(RushTicket(ticket_id=order.tickets[0].ticket_id), by=house.waiter)
    await pass_time(house, TOO_LONG)
    assert await told(house) == []


async def test_the_backup_shows_it_as_it_is_and_keeps_it_until_it_is_done(house: House) -> None:
    order = await house.fires("1", house.line("Burger", 2, note="no onions"))
    ticket = order.tickets[0].ticket_id
    await house.does(RushTicket(ticket_id=ticket), by=house.waiter)
    await pass_time(house, TOO_LONG)
    assert await raised(house) == 1
    assert house.names() == ["alert_raised", "ticket_backed_up"]
    (own,), (backed,) = await hangs(house, "Grill"), await hangs(house, "Cold")
    assert own == backed
    assert (backed.station_name, backed.is_rushed, backed.lines[0].note) == ("Grill", True, "no onions")
    # Whoever starts it first has it, and both see that; seen at last, it still hangs at both.
    await house.does(StartTicket(ticket_id=ticket), by=house.cook)
    rooms = next(entry.rooms for entry in house.heard if entry.name == "ticket_started")
    assert str(station_room(house.id, house.stations["Cold"])) in rooms
    await house.shows("Grill")
    assert [one.status.value for one in (*await hangs(house, "Grill"), *await hangs(house, "Cold"))] == ["started"] * 2


async def test_without_a_backup_only_the_alert_is_raised(house: House) -> None:
    await house.does(SetStationBackup(station_id=house.stations["Grill"], backup_station_id=None), by=house.manager)
    await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    assert await raised(house) == 1
    assert house.names() == ["alert_raised"]


async def test_two_tickets_of_one_order_are_both_backed_up(house: House) -> None:
    order = await house.orders_at("1", house.line("Burger"), house.line("Steak", course=2, modifiers=(_side(house),)))
    for course in (1, 2):
        await house.does(FireCourse(order_id=order.order_id, course=course), by=house.waiter)
    await pass_time(house, TOO_LONG)
    assert await raised(house) == 2
    assert len(await hangs(house, "Cold")) == 2


def _side(house: House) -> Any:
    return house.items["Steak"].modifier_groups[0].modifiers[0].id


@pytest.mark.parametrize("how", [StartTicket, BumpTicket])
async def test_whoever_takes_the_ticket_in_hand_calms_the_alert(house: House, how: Any) -> None:
    order = await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    assert await told(house) == ["ticket_not_seen"]
    await house.does(how(ticket_id=order.tickets[0].ticket_id), by=house.cook)
    assert "alert_cleared" in house.names()
    assert await told(house) == []


async def test_nobody_waits_for_what_is_cancelled(house: House) -> None:
    order = await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    await raised(house)
    await house.does(CancelOrder(order_id=order.order_id), by=house.manager)
    assert "alert_cleared" in house.names()


async def test_a_device_that_shows_it_at_last_calms_the_alert_and_nothing_else(house: House) -> None:
    await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    await raised(house)
    await house.shows("Grill")
    answer = await house.does(CalmAlerts(restaurant_id=house.id), by=the_house(house.id))
    assert answer.cleared == 1
    assert house.names() == ["alert_cleared"]
    assert [len(await hangs(house, one)) for one in ("Grill", "Cold")] == [1, 1]


async def test_the_watch_takes_back_what_nobody_else_took_back(house: House) -> None:
    await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    assert await told(house) == ["ticket_not_seen"]
    await house.shows("Grill")
    assert await told(house) == []


async def test_of_what_nobody_can_see_nobody_is_told_that_it_is_not_started(house: House) -> None:
    await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    assert await told(house) == ["ticket_not_seen"]
    await pass_time(house, LONG_AGO)
    assert await told(house) == ["ticket_not_seen"]
    # Seen at last it is late like any other: the next look says so.
    await house.shows("Grill")
    assert await told(house) == []
    assert await told(house) == ["ticket_not_started"]


async def test_two_hubs_that_look_at_once_say_it_once(house: House) -> None:
    for table in ("1", "2", "3"):
        await house.fires(table, house.line("Burger"))
    await pass_time(house, TOO_LONG)
    command = RaiseAlerts(restaurant_id=house.id)
    await asyncio.gather(*(house.deeds.do(command, by=the_house(house.id)) for _ in range(4)))
    async with house.database.snapshot():
        assert await connection().fetchval("select count(*) from ledger where name = 'alert_raised'") == 3
        assert await connection().fetchval("select count(*) from ledger where name = 'ticket_backed_up'") == 3


async def test_an_order_that_somebody_holds_keeps_nobody_elses_alert(house: House, database_url: str) -> None:
    held, other = await house.fires("1", house.line("Burger")), await house.fires("2", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    holder = await asyncpg.connect(database_url)
    async with holder.transaction():
        await holder.execute("select from customer_order where id = $1 for update", held.order_id)
        async with asyncio.timeout(10):
            assert await raised(house) == 1
        assert [one.order_id for one in await hangs(house, "Cold")] == [other.order_id]
    await holder.close()
    assert await raised(house) == 1


async def test_a_cook_who_starts_a_ticket_calms_the_alert_that_was_being_raised(house: House) -> None:
    order = await house.fires("1", house.line("Burger"))
    await pass_time(house, TOO_LONG)
    start = StartTicket(ticket_id=order.tickets[0].ticket_id)
    await after_waiting(house, RaiseAlerts(restaurant_id=house.id), the_house(house.id), start, house.cook)
    assert await told(house) == []


async def test_a_house_that_is_held_up_keeps_none_of_the_others(
    house: House, usual_database: Database, database_url: str
) -> None:
    other = await a_house(usual_database)
    for one in (house, other):
        await one.shows("Grill", seq=0)
        await one.fires("1", one.line("Burger"))
        await pass_time(one, TOO_LONG)
    holder = await asyncpg.connect(database_url)
    async with holder.transaction():
        await holder.execute("select from ledger_head where scope = $1 for update", restaurant_scope(house.id))
        assert await told(other) == ["ticket_not_seen"]
    await holder.close()
    assert await told(house) == ["ticket_not_seen", "ticket_not_seen"]


async def test_what_screens_showed_while_the_database_was_held_up_is_written_afterwards(
    house: House, database_url: str, usual_database: Database
) -> None:
    await house.fires("1", house.line("Burger"))
    glass = Glass(usual_database, house.deeds)
    async with house.database.snapshot():
        head = (await ledger.heads([restaurant_scope(house.id)]))[restaurant_scope(house.id)]
    for seq in (head.seq, 1):
        glass.note(Shown(house.id, house.stations["Grill"], "tablet", head.epoch, seq))
    holder = await asyncpg.connect(database_url)
    async with holder.transaction():
        await holder.execute("lock table glass in exclusive mode")
        with pytest.raises(DatabaseBusy):
            await glass.write()
    await holder.close()
    await pass_time(house, TOO_LONG)
    await glass.write()
    assert await told(house) == []


async def test_what_is_noted_is_bounded_and_the_quietest_is_forgotten(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glasses, "DEVICES_NOTED_MAX", 2)
    glass = Glass(house.database, house.deeds)
    for device in ("first", "second", "first", "third"):
        glass.note(Shown(house.id, house.stations["Bar"], device, "one", 1))
    await glass.write()
    async with house.database.snapshot():
        rows = await connection().fetch("select device from glass where station_id = $1", house.stations["Bar"])
    assert {row["device"] for row in rows} == {"first", "third"}


async def test_devices_of_long_ago_are_forgotten(house: House) -> None:
    async with house.database.transaction():
        await connection().execute("update glass set at = at - make_interval(secs => $1)", WEEK)
    await house.shows("Bar")
    async with house.database.transaction():
        await store.forget_old()
        assert await connection().fetchval("select array_agg(station_id) from glass") == [house.stations["Bar"]]


async def test_the_epoch_is_the_same_in_sql(house: House) -> None:
    scope = restaurant_scope(house.id)
    async with house.database.snapshot():
        there = await connection().fetchval(
            f"select {epoch_digested('epoch', '$1')} from ledger_head where scope = $2", identity(), scope
        )
        assert there == (await ledger.heads([scope]))[scope].epoch
