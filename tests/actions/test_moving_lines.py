"""A line for another guest: of the same order at any time, of another order while nobody cooks it."""

import asyncio
from dataclasses import replace
from types import MappingProxyType

import pytest

from hub.actions import DEEDS
from hub.actions.deed import Deeds
from hub.commands.orders import AddLines, CancelOrder, CloseOrder, MoveLine, PlaceOrder, VoidLine
from hub.domain.orders import AlreadyFired, AlreadyThere, AlreadyVoided, NotAtTables, OrderIsOver
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.events.orders import LineStatus, OrderKind
from hub.people import Actor
from hub.store import orders
from hub.store.database import Database
from hub.telemetry import Metrics
from tests.support.houses import a_house


async def test_a_line_can_be_given_to_another_guest_at_any_time(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup", seat=1), house.line("Burger", seat=2))
    soup = order.lines[0].line_id
    moved = await house.does(MoveLine(order_id=order.order_id, line_id=soup, seat=3), by=house.waiter)
    assert [line.seat for line in moved.lines] == [3, 2]
    assert house.names() == ["line_moved"]
    fired = await house.fires("2", house.line("Soup", seat=1))
    command = MoveLine(order_id=fired.order_id, line_id=fired.lines[0].line_id)
    shared = await house.does(command, by=house.waiter)
    assert [(line.seat, line.status) for line in shared.lines] == [(None, LineStatus.FIRED)]


async def test_a_held_line_goes_over_to_another_order_with_what_it_costs(database: Database) -> None:
    house = await a_house(database)
    one = await house.orders_at("1", house.line("Soup", 2, note="hot"), house.line("Burger"))
    other = await house.orders_at("2", house.line("Tart"))
    command = MoveLine(order_id=one.order_id, line_id=one.lines[0].line_id, to_order_id=other.order_id, seat=2)
    left = await house.does(command, by=house.waiter)
    assert [line.line_id for line in left.lines] == [one.lines[1].line_id]
    assert house.names() == ["line_moved", "order_status_update", "order_status_update"]
    assert left.total.amount == one.total.amount - 2 * one.lines[0].unit_price.amount
    more = await house.does(AddLines(order_id=other.order_id, lines=(house.line("Burger"),)), by=house.waiter)
    assert [(line.name, line.seat, line.note) for line in more.lines] == [
        ("Tart", None, None),
        ("Soup", 2, "hot"),
        ("Burger", None, None),
    ]


async def test_lines_keep_their_places_where_one_has_left(database: Database) -> None:
    house = await a_house(database)
    one = await house.orders_at("1", house.line("Soup"), house.line("Burger"), house.line("Tart"))
    other = await house.orders_at("2", house.line("Soup"))
    command = MoveLine(order_id=one.order_id, line_id=one.lines[0].line_id, to_order_id=other.order_id)
    await house.does(command, by=house.waiter)
    more = await house.does(AddLines(order_id=one.order_id, lines=(house.line("Soup"),)), by=house.waiter)
    assert [line.name for line in more.lines] == ["Burger", "Tart", "Soup"]


async def test_an_order_that_everything_has_left_can_be_closed(database: Database) -> None:
    house = await a_house(database)
    one = await house.orders_at("1", house.line("Soup"))
    other = await house.orders_at("2", house.line("Soup"))
    command = MoveLine(order_id=one.order_id, line_id=one.lines[0].line_id, to_order_id=other.order_id)
    left = await house.does(command, by=house.waiter)
    assert (left.lines, left.total.amount) == ((), 0)
    await house.does(CloseOrder(order_id=one.order_id), by=house.waiter)


async def test_what_the_kitchen_has_stays_on_its_order(database: Database) -> None:
    house = await a_house(database)
    fired = await house.fires("1", house.line("Soup"))
    other = await house.orders_at("2", house.line("Soup"))
    command = MoveLine(order_id=fired.order_id, line_id=fired.lines[0].line_id, to_order_id=other.order_id)
    with pytest.raises(AlreadyFired, match="Soup"):
        await house.does(command, by=house.manager)


async def test_a_line_that_is_there_already_is_not_moved(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup", seat=2))
    command = MoveLine(order_id=order.order_id, line_id=order.lines[0].line_id, to_order_id=order.order_id, seat=2)
    with pytest.raises(AlreadyThere, match="Soup"):
        await house.does(command, by=house.waiter)


async def test_neither_a_voided_line_nor_one_of_an_order_that_is_over_is_moved(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup"), house.line("Burger"))
    over = await house.orders_at("2", house.line("Soup"))
    soup, burger = (line.line_id for line in order.lines)
    await house.does(VoidLine(order_id=order.order_id, line_id=soup), by=house.waiter)
    await house.does(CancelOrder(order_id=over.order_id), by=house.waiter)
    with pytest.raises(AlreadyVoided):
        await house.does(MoveLine(order_id=order.order_id, line_id=soup, seat=4), by=house.waiter)
    for command in (
        MoveLine(order_id=order.order_id, line_id=burger, to_order_id=over.order_id),
        MoveLine(order_id=over.order_id, line_id=over.lines[0].line_id, seat=4),
    ):
        with pytest.raises(OrderIsOver):
            await house.does(command, by=house.waiter)


async def test_nothing_moves_to_an_order_that_is_eaten_elsewhere(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup"))
    placing = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line("Soup"),))
    pickup = await house.does(placing, by=house.waiter)
    command = MoveLine(order_id=order.order_id, line_id=order.lines[0].line_id, to_order_id=pickup.order_id)
    with pytest.raises(NotAtTables):
        await house.does(command, by=house.waiter)


async def test_another_houses_orders_are_not_there_even_for_somebody_who_works_in_both(database: Database) -> None:
    house, elsewhere = await a_house(database), await a_house(database)
    order = await house.orders_at("1", house.line("Soup"))
    theirs = await elsewhere.orders_at("1", elsewhere.line("Soup"))
    command = MoveLine(order_id=order.order_id, line_id=order.lines[0].line_id, to_order_id=theirs.order_id)
    for by in (house.waiter, with_jobs_of(house.waiter, elsewhere.waiter)):
        with pytest.raises(NoSuchThing):
            await house.does(command, by=by)


async def test_a_cook_moves_nothing(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup"))
    with pytest.raises(NotYourJob):
        await house.does(MoveLine(order_id=order.order_id, line_id=order.lines[0].line_id, seat=2), by=house.cook)


async def test_two_waiters_who_move_lines_between_the_same_orders_do_not_stand_in_each_others_way(
    database: Database,
) -> None:
    house, metrics = await a_house(database), Metrics()
    deeds = Deeds(DEEDS, database, metrics, house.tokens)
    one = await house.orders_at("1", *(house.line("Soup", seat=seat) for seat in range(1, 11)))
    other = await house.orders_at("2", *(house.line("Burger", seat=seat) for seat in range(1, 11)))
    moves = [
        MoveLine(order_id=source.order_id, line_id=line.line_id, to_order_id=target.order_id)
        for pair in zip(one.lines, other.lines, strict=True)
        for line, source, target in zip(pair, (one, other), (other, one), strict=True)
    ]

    await asyncio.gather(*(deeds.do(command, by=house.waiter) for command in moves))

    async with database.snapshot():
        found = [await orders.order(order.order_id, by=house.waiter) for order in (one, other)]
    assert [[line.name for line in order.lines] for order in found if order] == [["Burger"] * 10, ["Soup"] * 10]
    assert metrics.registry.get_sample_value("brigade_action_retries_total", {"action": "move_line"}) is None


def with_jobs_of(somebody: Actor, elsewhere: Actor) -> Actor:
    """The same person, who has a job in both houses."""
    return replace(somebody, grants=MappingProxyType({**somebody.grants, **elsewhere.grants}))
