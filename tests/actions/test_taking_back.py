"""Voids and cancellations: what may be taken back, by whom, and what the kitchen sees of it."""

import pytest

from hub.commands.orders import CancelOrder, CloseOrder, ServeOrder, VoidLine
from hub.commands.tickets import BumpTicket, ClearTicket, StartTicket
from hub.domain.orders import AlreadyServed, AlreadyVoided, NeedsManager, NotAllServed, OrderIsOver
from hub.domain.refusals import NoSuchThing
from hub.domain.tickets import IllegalTicketStep
from hub.events.orders import LineStatus, OrderStatus
from hub.events.tickets import TicketStatus
from hub.ids import LineId, new_id
from hub.store.database import Database
from tests.support.houses import a_house


async def test_a_held_line_is_a_waiters_to_void_and_its_portions_come_back(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Tart", 2), house.line("Soup"))
    assert {"portions_changed", "item_eighty_sixed", "inventory_update"} <= set(house.names())
    voided = await house.does(VoidLine(order_id=order.order_id, line_id=order.lines[0].line_id), by=house.waiter)
    assert voided.lines[0].status is LineStatus.VOIDED
    assert voided.total.amount == 650
    assert {"line_voided", "portions_changed", "item_restored", "inventory_update"} <= set(house.names())


async def test_what_the_kitchen_has_begun_is_a_managers_to_void(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1", house.line("Soup"), house.line("Burger"))
    command = VoidLine(order_id=order.order_id, line_id=order.lines[0].line_id, reason="spilled")
    with pytest.raises(NeedsManager):
        await house.does(command, by=house.waiter)
    voided = await house.does(command, by=house.manager)
    assert house.names()[:2] == ["line_voided", "ticket_voided"]
    assert sorted(one.status for one in voided.tickets) == [TicketStatus.FIRED, TicketStatus.VOIDED]
    with pytest.raises(AlreadyVoided):
        await house.does(command, by=house.manager)


async def test_a_ticket_of_which_something_is_left_is_not_voided(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1", house.line("Burger"), house.line("Burger", 2))
    voided = await house.does(VoidLine(order_id=order.order_id, line_id=order.lines[0].line_id), by=house.manager)
    assert house.names()[0] == "line_voided"
    assert [one.status for one in voided.tickets] == [TicketStatus.FIRED]


async def test_a_voided_ticket_can_only_be_cleared_away(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1")
    ticket = order.tickets[0].ticket_id
    await house.does(CancelOrder(order_id=order.order_id, reason="left"), by=house.manager)
    assert "ticket_voided" in house.names()
    for command in (BumpTicket(ticket_id=ticket), StartTicket(ticket_id=ticket)):
        with pytest.raises(IllegalTicketStep, match="voided"):
            await house.does(command, by=house.cook)
    cleared = await house.does(ClearTicket(ticket_id=ticket), by=house.cook)
    assert cleared.status is TicketStatus.CLEARED


async def test_a_waiter_cancels_before_firing_and_a_manager_after(database: Database) -> None:
    house = await a_house(database)
    held = await house.orders_at("1", house.line("Tart"))
    cancelled = await house.does(CancelOrder(order_id=held.order_id), by=house.waiter)
    assert cancelled.status is OrderStatus.CANCELLED
    assert cancelled.total.amount == 0
    assert "portions_changed" in house.names()
    fired = await house.fires("2")
    with pytest.raises(NeedsManager):
        await house.does(CancelOrder(order_id=fired.order_id), by=house.waiter)


async def test_what_is_served_cannot_be_taken_back(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1")
    await house.does(BumpTicket(ticket_id=order.tickets[0].ticket_id), by=house.cook)
    await house.does(ServeOrder(order_id=order.order_id), by=house.waiter)
    with pytest.raises(AlreadyServed):
        await house.does(CancelOrder(order_id=order.order_id), by=house.manager)
    with pytest.raises(AlreadyServed):
        await house.does(VoidLine(order_id=order.order_id, line_id=order.lines[0].line_id), by=house.manager)


async def test_an_order_is_not_closed_before_everything_is_served_or_voided(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1", house.line("Soup", course=1), house.line("Burger", course=2))
    await house.does(BumpTicket(ticket_id=order.tickets[0].ticket_id), by=house.cook)
    await house.does(ServeOrder(order_id=order.order_id), by=house.waiter)
    with pytest.raises(NotAllServed):
        await house.does(CloseOrder(order_id=order.order_id), by=house.waiter)
    held = next(line for line in order.lines if line.course == 2)
    await house.does(VoidLine(order_id=order.order_id, line_id=held.line_id), by=house.waiter)
    await house.does(CloseOrder(order_id=order.order_id), by=house.waiter)
    with pytest.raises(OrderIsOver):
        await house.does(CloseOrder(order_id=order.order_id), by=house.waiter)


async def test_a_line_of_another_order_is_not_there(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1")
    with pytest.raises(NoSuchThing):
        await house.does(VoidLine(order_id=order.order_id, line_id=LineId(new_id())), by=house.waiter)
