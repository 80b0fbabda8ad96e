"""Many people at once: nothing is lost, nothing is sold twice, and nobody sees a deadlock."""

import asyncio
import contextlib

from hub.actions import DEEDS
from hub.actions.answers import PlacedAnswer
from hub.actions.deed import Answered, Deeds
from hub.commands.menu import RestoreItem
from hub.commands.orders import AddLines, PlaceOrder
from hub.commands.tickets import BumpTicket
from hub.domain.menu import EightySixed, SoldOut
from hub.domain.refusals import DatabaseBusy, InProgress, Refused
from hub.events.orders import OrderKind, OrderStatus
from hub.events.tickets import TicketStatus
from hub.ids import OrderId
from hub.store import orders
from hub.store.database import Database, connection
from hub.telemetry import Metrics
from tests.support.databases import open_database
from tests.support.houses import House, a_house

TRIES = 200


def more_tarts(house: House) -> RestoreItem:
    return RestoreItem(item_id=house.items["Tart"].id, portions=100)


def order_of(answered: Answered) -> OrderId:
    return PlacedAnswer.model_validate_json(answered.body).order_id


async def test_two_cooks_who_bump_an_orders_last_two_tickets_leave_it_ready(database: Database) -> None:
    house = await a_house(database)

    async def one_race() -> None:
        command = PlaceOrder(
            restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line("Soup"), house.line("Burger"))
        )
        placed = await house.deeds.do(command, by=house.waiter)
        order_id = order_of(placed)
        async with database.snapshot():
            order = await orders.order(order_id, by=house.waiter)
        assert order is not None
        await asyncio.gather(*(house.deeds.do(BumpTicket(ticket_id=one.id), by=house.cook) for one in order.tickets))
        async with database.snapshot():
            order = await orders.order(order_id, by=house.waiter)
        assert order is not None
        assert {one.status for one in order.tickets} == {TicketStatus.BUMPED}
        assert order.status is OrderStatus.READY

    for _ in range(TRIES // 10):
        await asyncio.gather(*(one_race() for _ in range(10)))


async def test_two_hundred_racers_for_fifty_portions_sell_exactly_fifty(database: Database, database_url: str) -> None:
    house = await a_house(database)
    other_database = await open_database(database_url)
    other_hub = Deeds(DEEDS, other_database, Metrics(), house.tokens)
    try:
        command = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line("Special"),))

        async def race(deeds: Deeds) -> Answered:
            while True:
                # Nothing was done, and nobody waited for long: on a slow machine a crowd is asked to try again.
                with contextlib.suppress(DatabaseBusy):
                    return await deeds.do(command, by=house.waiter)

        outcomes = await asyncio.gather(
            *(race(deeds) for deeds in (house.deeds, other_hub) for _ in range(TRIES // 2)), return_exceptions=True
        )
        sold = [one for one in outcomes if not isinstance(one, BaseException)]
        assert len(sold) == 50
        assert {type(one) for one in outcomes if isinstance(one, BaseException)} <= {SoldOut, EightySixed}
        async with database.snapshot():
            assert await connection().fetchval("select portions_left from menu_item where name = 'Special'") == 0
    finally:
        await other_database.close()


async def test_two_waiters_adding_to_one_table_lose_no_line(database: Database) -> None:
    house = await a_house(database)
    placed = await house.orders_at("1")
    await asyncio.gather(
        *(
            house.deeds.do(AddLines(order_id=placed.order_id, lines=(house.line(name),)), by=by)
            for by in (house.waiter, house.host)
            for name in ("Soup", "Wine", "Burger")
            for _ in range(5)
        )
    )
    async with database.snapshot():
        order = await orders.order(placed.order_id, by=house.waiter)
    assert order is not None
    assert len(order.lines) == 31


async def test_orders_of_the_same_items_in_opposite_order_never_deadlock(database: Database) -> None:
    house = await a_house(database)
    await house.does(more_tarts(house), by=house.manager)
    there = (house.line("Special"), house.line("Tart"))
    command = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=there)
    back = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=there[::-1])
    outcomes = await asyncio.gather(
        *(house.deeds.do(one, by=house.waiter) for one in (command, back) for _ in range(20)), return_exceptions=True
    )
    assert [one for one in outcomes if isinstance(one, BaseException)] == []


async def test_a_command_asked_fifty_times_at_once_is_done_once(database: Database) -> None:
    house = await a_house(database)
    command = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line(),))

    async def ask() -> bytes:
        while True:
            try:
                return (await house.deeds.do(command, by=house.waiter, command_id="the same")).body
            except InProgress:
                continue

    answers = await asyncio.gather(*(ask() for _ in range(50)))
    assert len(set(answers)) == 1
    async with database.snapshot():
        assert await connection().fetchval("select count(*) from customer_order") == 1


async def test_a_refused_command_is_judged_afresh_when_it_is_asked_again(database: Database) -> None:
    house = await a_house(database)
    command = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line("Tart", 3),))
    refusals = 0
    try:
        await house.does(command, by=house.waiter, command_id="three tarts")
    except Refused:
        refusals += 1
    await house.does(more_tarts(house), by=house.manager)
    await house.does(command, by=house.waiter, command_id="three tarts")
    assert refusals == 1
