"""A dinner, deed by deed: what is saved, what is recorded, and what each kind of person hears. All under the law."""

import pytest

from hub.commands.floor import SeatParty, SetTableStatus
from hub.commands.orders import AddLines, CloseOrder, FireCourse, PlaceOrder, ServeOrder
from hub.commands.tickets import BumpTicket, RecallTicket, RushTicket, StartTicket
from hub.domain.floor import NobodySeated, TableHasOpenOrders
from hub.domain.orders import NothingFired, NothingReady
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.domain.tickets import IllegalTicketStep
from hub.events.floor import TableStatus
from hub.events.orders import OrderKind, OrderStatus
from hub.events.tickets import TicketStatus
from hub.store.database import Database
from tests.support.houses import a_house


async def test_a_dinner_from_door_to_door(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup", 2, course=1), house.line("Burger", course=2))
    assert order.status is OrderStatus.PLACED
    assert order.total.amount == 2 * 650 + 1450
    assert order.guest_link is None or order.guest_link

    fired = await house.does(FireCourse(order_id=order.order_id, course=1), by=house.waiter)
    assert fired.status is OrderStatus.IN_KITCHEN
    assert house.names() == ["ticket_fired", "order_status_update"]
    ticket = fired.tickets[0].ticket_id

    await house.does(StartTicket(ticket_id=ticket), by=house.cook)
    await house.does(RushTicket(ticket_id=ticket), by=house.waiter)
    bumped = await house.does(BumpTicket(ticket_id=ticket), by=house.cook)
    assert bumped.order_status is OrderStatus.READY
    recalled = await house.does(RecallTicket(ticket_id=ticket), by=house.cook)
    assert recalled.order_status is OrderStatus.IN_KITCHEN
    await house.does(BumpTicket(ticket_id=ticket), by=house.cook)

    served = await house.does(ServeOrder(order_id=order.order_id), by=house.waiter)
    assert served.status is OrderStatus.SERVED
    assert "table_status_changed" in house.names()
    with pytest.raises(IllegalTicketStep):
        await house.does(RecallTicket(ticket_id=ticket), by=house.cook)

    mains = await house.does(FireCourse(order_id=order.order_id, course=2), by=house.waiter)
    await house.does(BumpTicket(ticket_id=mains.tickets[1].ticket_id), by=house.cook)
    await house.does(ServeOrder(order_id=order.order_id, course=2), by=house.waiter)
    with pytest.raises(TableHasOpenOrders):
        await house.does(SetTableStatus(table_id=house.tables["1"], status=TableStatus.DIRTY), by=house.host)
    closed = await house.does(CloseOrder(order_id=order.order_id), by=house.waiter)
    assert closed.status is OrderStatus.CLOSED
    await house.does(SetTableStatus(table_id=house.tables["1"], status=TableStatus.DIRTY), by=house.host)
    assert house.names() == ["party_left", "table_status_changed"]
    await house.does(SetTableStatus(table_id=house.tables["1"], status=TableStatus.FREE), by=house.host)


async def test_one_ticket_per_station_and_course(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1", house.line("Soup"), house.line("Burger"), house.line("Burger"), house.line("Wine"))
    assert sorted(str(one.station_id) for one in order.tickets) == sorted(str(one) for one in house.stations.values())


@pytest.mark.parametrize("kind", [OrderKind.PICKUP, OrderKind.DELIVERY])
async def test_what_is_taken_away_is_fired_when_it_is_placed(database: Database, kind: OrderKind) -> None:
    house = await a_house(database)
    command = PlaceOrder(restaurant_id=house.id, kind=kind, lines=(house.line("Soup"), house.line("Wine", course=2)))
    order = await house.does(command, by=house.host)
    assert order.status is OrderStatus.IN_KITCHEN
    assert {one.status for one in order.tickets} == {TicketStatus.FIRED}
    stations = {one.station_id for one in order.tickets}
    # The wine of a delivery is packed at the cold station.
    assert (house.stations["Bar"] in stations) is (kind is OrderKind.PICKUP)
    more = await house.does(AddLines(order_id=order.order_id, lines=(house.line("Burger"),)), by=house.host)
    assert len(more.tickets) == len(order.tickets) + 1


async def test_nothing_is_served_before_it_is_fired_and_ready(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1")
    with pytest.raises(NothingFired):
        await house.does(ServeOrder(order_id=order.order_id), by=house.waiter)
    await house.does(FireCourse(order_id=order.order_id, course=1), by=house.waiter)
    with pytest.raises(NothingReady):
        await house.does(ServeOrder(order_id=order.order_id), by=house.waiter)


async def test_nobody_orders_at_a_table_where_nobody_sits(database: Database) -> None:
    house = await a_house(database)
    command = PlaceOrder(
        restaurant_id=house.id, kind=OrderKind.DINE_IN, table_id=house.tables["2"], lines=(house.line(),)
    )
    with pytest.raises(NobodySeated):
        await house.does(command, by=house.waiter)


async def test_a_guest_orders_at_their_own_table_and_nowhere_else(database: Database) -> None:
    house = await a_house(database)
    ours = await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    await house.does(SeatParty(table_id=house.tables["2"], covers=2), by=house.host)
    guest = house.guest(ours.seating_id, "1")
    order = await house.orders_at("1", by=guest)
    with pytest.raises(NoSuchThing):
        await house.orders_at("2", by=guest)
    theirs = await house.orders_at("2")
    await house.does(AddLines(order_id=order.order_id, lines=(house.line("Wine"),)), by=guest)
    with pytest.raises(NoSuchThing):
        await house.does(AddLines(order_id=theirs.order_id, lines=(house.line("Wine"),)), by=guest)
    with pytest.raises(NotYourJob):
        await house.does(FireCourse(order_id=order.order_id, course=1), by=guest)


async def test_a_party_that_left_orders_nothing_for_the_next_one(database: Database) -> None:
    house = await a_house(database)
    gone = await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    for status in (TableStatus.DIRTY, TableStatus.FREE):
        await house.does(SetTableStatus(table_id=house.tables["1"], status=status), by=house.host)
    await house.does(SeatParty(table_id=house.tables["1"], covers=4), by=house.host)
    with pytest.raises(NoSuchThing):
        await house.orders_at("1", by=house.guest(gone.seating_id, "1"))


async def test_another_restaurants_things_do_not_exist(database: Database) -> None:
    ours, theirs = await a_house(database), await a_house(database)
    order = await theirs.fires("1")
    for command in (
        BumpTicket(ticket_id=order.tickets[0].ticket_id),
        FireCourse(order_id=order.order_id, course=1),
        SeatParty(table_id=theirs.tables["1"], covers=2),
        PlaceOrder(restaurant_id=theirs.id, kind=OrderKind.PICKUP, lines=(theirs.line(),)),
    ):
        with pytest.raises(NoSuchThing):
            await ours.does(command, by=ours.owner)
    foreign_item = PlaceOrder(restaurant_id=ours.id, kind=OrderKind.PICKUP, lines=(theirs.line(),))
    with pytest.raises(NoSuchThing):
        await ours.does(foreign_item, by=ours.owner)


async def test_a_cook_does_not_seat_and_a_waiter_does_not_bump(database: Database) -> None:
    house = await a_house(database)
    order = await house.fires("1")
    with pytest.raises(NotYourJob):
        await house.does(BumpTicket(ticket_id=order.tickets[0].ticket_id), by=house.waiter)
    with pytest.raises(NotYourJob):
        await house.does(SeatParty(table_id=house.tables["2"], covers=2), by=house.cook)


async def test_a_guest_is_answered_without_what_is_the_staffs(database: Database) -> None:
    house = await a_house(database)
    seated = await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    guest = house.guest(seated.seating_id, "1")
    placed = await house.orders_at("1", house.line("Soup", note="rude, but tips"))
    assert placed.lines[0].note == "rude, but tips"
    await house.does(FireCourse(order_id=placed.order_id, course=1), by=house.waiter)
    more = AddLines(order_id=placed.order_id, lines=(house.line("Wine", note="in a big glass"),))
    for command_id in ("more", "more"):
        answer = await house.does(more, by=guest, command_id=command_id)
        assert [line.note for line in answer.lines] == [None, None]
        assert (answer.tickets, answer.customer_name) == ((), None)
