"""Whoever waited for somebody else acts on what that one left behind, and on nothing older."""

import asyncio
from typing import Any

import asyncpg
import pytest

from hub.actions import DEEDS
from hub.actions.deed import Answered
from hub.commands import Command
from hub.commands.floor import SeatParty, SetTableStatus
from hub.commands.house import RaiseAlerts
from hub.commands.menu import EightySixItem
from hub.commands.orders import AddLines, CancelOrder, FireCourse, MoveLine, PlaceOrder, ServeOrder
from hub.commands.people import GiveRole
from hub.commands.tickets import BumpTicket, RushTicket, StartTicket
from hub.domain.floor import TableHasOpenOrders
from hub.domain.refusals import DatabaseBusy, InProgress
from hub.events.floor import TableStatus
from hub.events.orders import OrderKind, OrderStatus
from hub.ids import UserId, new_id
from hub.people import Actor, Role, the_house
from hub.store import people
from hub.store.database import Database, connection
from hub.store.people import Person
from tests.boards.evening import Evening
from tests.boards.story import everything_happens
from tests.support.houses import House, a_house, pass_time
from tests.support.waiting import after_waiting, in_the_middle

ONE_PERSON_WAITS = 10_000


def at_table(house: House, table: str = "1") -> PlaceOrder:
    return PlaceOrder(
        restaurant_id=house.id, kind=OrderKind.DINE_IN, table_id=house.tables[table], lines=(house.line(),)
    )


def read(command: type[Command], answered: Answered) -> Any:
    return DEEDS[command].answer.model_validate_json(answered.body)


async def recorded_last(database: Database) -> set[str]:
    """What the last deed recorded."""
    async with database.snapshot():
        rows = await connection().fetch(
            "select name from ledger where command_id = (select command_id from ledger order by at desc limit 1)"
        )
    return {row["name"] for row in rows}


async def test_the_second_of_two_cooks_sees_the_firsts_ticket_done(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1", house.line("Soup"), house.line("Burger"))
    first, second = (BumpTicket(ticket_id=one.ticket_id) for one in order.tickets)

    answered = await after_waiting(house, first, house.cook, second, house.cook)

    assert read(BumpTicket, answered).order_status is OrderStatus.READY
    assert "real_time_notification" in await recorded_last(database)


async def test_a_course_is_fired_with_the_line_that_was_being_added(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup"))
    add = AddLines(order_id=order.order_id, lines=(house.line("Burger"),))

    answered = await after_waiting(
        house, add, house.waiter, FireCourse(order_id=order.order_id, course=1), house.waiter
    )

    assert [line.status.value for line in read(FireCourse, answered).lines] == ["fired", "fired"]


async def test_a_line_that_was_being_handed_over_is_cancelled_with_its_new_order(database: Database) -> None:
    house = await a_house(database)
    order, other = await house.orders_at("1", house.line("Soup"), house.line("Wine")), await house.orders_at("1")
    move = MoveLine(order_id=order.order_id, line_id=order.lines[0].line_id, to_order_id=other.order_id)

    answered = await after_waiting(house, move, house.waiter, CancelOrder(order_id=other.order_id), house.waiter)

    assert [line.status.value for line in read(CancelOrder, answered).lines] == ["voided", "voided"]


async def test_what_was_being_bumped_is_served(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1", house.line("Soup"), house.line("Burger"))
    one, other = order.tickets
    await house.does(BumpTicket(ticket_id=one.ticket_id), by=house.cook)

    answered = await after_waiting(
        house, BumpTicket(ticket_id=other.ticket_id), house.cook, ServeOrder(order_id=order.order_id), house.waiter
    )

    assert read(ServeOrder, answered).status is OrderStatus.SERVED


async def test_a_party_does_not_leave_the_order_that_was_being_placed(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1")
    await house.does(CancelOrder(order_id=order.order_id), by=house.waiter)
    leave = SetTableStatus(table_id=house.tables["1"], status=TableStatus.DIRTY)

    # The table has ordered before, so that the second order changes nothing about the table itself.
    with pytest.raises(TableHasOpenOrders):
        await after_waiting(house, at_table(house), house.waiter, leave, house.host)


async def test_an_order_is_the_partys_that_was_being_seated(database: Database) -> None:
    house = await a_house(database)
    seat = SeatParty(table_id=house.tables["1"], covers=2)

    answered = await after_waiting(house, seat, house.host, at_table(house), house.waiter)

    async with database.snapshot():
        seated = await connection().fetchval("select id from seating")
    assert read(PlaceOrder, answered).seating_id == seated


async def test_a_cook_who_starts_a_ticket_calms_the_alert_that_was_being_raised(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1")
    await pass_time(house, ONE_PERSON_WAITS)
    start = StartTicket(ticket_id=order.tickets[0].ticket_id)

    await after_waiting(house, RaiseAlerts(restaurant_id=house.id), the_house(house.id), start, house.cook)

    assert "alert_cleared" in await recorded_last(database)
    async with database.snapshot():
        assert await connection().fetchval("select count(*) from alert") == 0


async def test_an_order_calms_the_alert_that_was_being_raised_about_its_table(database: Database) -> None:
    house = await a_house(database)
    await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    await pass_time(house, ONE_PERSON_WAITS)

    await after_waiting(house, RaiseAlerts(restaurant_id=house.id), the_house(house.id), at_table(house), house.waiter)

    assert "alert_cleared" in await recorded_last(database)
    async with database.snapshot():
        assert await connection().fetchval("select count(*) from alert") == 0


async def test_nobody_who_orders_waits_for_somebody_who_changes_what_is_not_counted(database: Database) -> None:
    """Else one would hold the head and want the item, and the other hold the item and want the head."""
    house = await a_house(database)
    order = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line("Soup"),))
    async with in_the_middle(house, EightySixItem(item_id=house.items["Soup"].id), by=house.manager):
        async with asyncio.timeout(10):
            await house.deeds.do(order, by=house.waiter)


async def test_only_who_waits_for_the_same_command_is_told_that_it_is_in_progress(
    usual_database: Database, database_url: str
) -> None:
    house = await a_house(usual_database)
    one, other = await house.fires("1"), await house.fires("2")
    bump, rush = BumpTicket(ticket_id=one.tickets[0].ticket_id), RushTicket(ticket_id=other.tickets[0].ticket_id)
    holder = await asyncpg.connect(database_url)
    async with holder.transaction():
        claim = "insert into command (actor, id, name, digest) values ($1, 'one', 'bump_ticket', '')"
        await holder.execute(claim, house.cook.name)
        await holder.execute("select from customer_order where id = $1 for update", other.order_id)
        outcomes = await asyncio.gather(
            house.deeds.do(bump, by=house.cook, command_id="one"),
            house.deeds.do(rush, by=house.waiter),
            return_exceptions=True,
        )
    await holder.close()
    assert [type(outcome) for outcome in outcomes] == [InProgress, DatabaseBusy]


class Watchful(Evening):
    """An evening after each deed of which it is looked whether everything changed under a row that changed with it."""

    async def do(self, command: Command, by: Actor | None = None) -> dict[str, Any]:
        answer = await super().do(command, by)
        async with self.database.snapshot():
            newer = await connection().fetch(NEWER_THAN_WHAT_LOCKS_THEM)
        assert newer == [], f"After {command.verb} these changed, and the row whose lock guards them did not: {newer}"
        return answer


async def test_of_two_who_give_somebody_their_first_roles_neither_takes_the_others_away(database: Database) -> None:
    house, newcomer = await a_house(database), UserId(new_id())
    async with database.transaction():
        await people.add(Person(newcomer, "new@example.test", "New", "", is_operator=False))
    cook, waiter = (GiveRole(restaurant_id=house.id, user_id=newcomer, role=role) for role in (Role.COOK, Role.WAITER))

    answered = await after_waiting(house, cook, house.owner, waiter, house.owner)

    assert read(GiveRole, answered).roles == (Role.COOK, Role.WAITER)


NEWER_THAN_WHAT_LOCKS_THEM = """
    with changed (what, id, version, guard) as (
        select 'line', l.id, l.xmin, o.xmin from order_line l join customer_order o on o.id = l.order_id
        union all select 'ticket', t.id, t.xmin, o.xmin from ticket t join customer_order o on o.id = t.order_id
        union all select 'alert', a.id, a.xmin, o.xmin
            from alert a join ticket t on t.id = a.subject join customer_order o on o.id = t.order_id
        union all select 'alert', a.id, a.xmin, t.xmin from alert a join dining_table t on t.id = a.subject
        union all select 'seating', s.id, s.xmin, t.xmin from seating s join dining_table t on t.id = s.table_id
    )
    select what, id from changed where age(version) < age(guard)
"""


async def test_whatever_changes_below_a_lock_changes_the_locked_row_as_well(database: Database) -> None:
    evening = await Watchful.open(database)
    await evening.furnish()
    await everything_happens(evening)
