"""A ticket that another station shows as well: what is stated of it, and who hears what happens to it from then on."""

from dataclasses import replace

from hub.audience import station_room
from hub.domain.bills import TaxRule
from hub.domain.lines import Line
from hub.domain.orders import Order
from hub.events.orders import LineMoved, LineVoided, OrderKind, OrderStatus, OrderStatusUpdate
from hub.events.tickets import TicketBackedUp
from hub.ids import ItemId, LineId, OrderId, StationId, TicketId, new_id
from hub.people import Role
from tests.domain.test_orders_machine import BEGAN, HOUSE, somebody

GRILL, COLD = StationId(new_id()), StationId(new_id())
THERE = station_room(HOUSE, COLD)


def a_fired_order() -> Order:
    """Two burgers and a steak at the grill, on one ticket, and rushed."""
    lines = tuple(
        Line(LineId(new_id()), ItemId(new_id()), name, quantity, 1450, 1, GRILL, prep_seconds=60)
        for name, quantity in (("Burger", 2), ("Steak", 1))
    )
    order = Order(OrderId(new_id()), HOUSE, 7, OrderKind.DINE_IN, OrderStatus.PLACED, "GBP", TaxRule(), BEGAN)
    fired, _ = replace(order, lines=lines).fire(None, {GRILL: "Grill"}, lambda: TicketId(new_id()), BEGAN)
    return fired.rush(fired.tickets[0].id)[0]


def backed_up() -> tuple[Order, TicketBackedUp]:
    order = a_fired_order()
    order, (said,) = order.back_up(order.tickets[0].id, "Grill", COLD)
    assert isinstance(said, TicketBackedUp)
    return order, said


def test_a_backup_is_told_all_that_a_cook_reads_and_whose_ticket_it_is() -> None:
    _, said = backed_up()
    assert (said.station_name, said.station_id, said.backup_station_id) == ("Grill", GRILL, COLD)
    assert (said.fired_at, said.is_rushed) == (BEGAN, True)
    assert [(line.name, line.quantity) for line in said.lines] == [("Burger", 2), ("Steak", 1)]
    assert THERE in said.audience


def test_a_ticket_is_backed_up_once_and_by_one() -> None:
    order, _ = backed_up()
    assert order.back_up(order.tickets[0].id, "Grill", StationId(new_id())) == (order, ())


def test_the_backup_hears_whatever_happens_to_the_ticket_or_its_lines() -> None:
    order, _ = backed_up()
    ticket, (burger, steak) = order.tickets[0].id, order.lines
    order, moved = order.reseat(burger.id, 3)
    order, voided = order.void(burger.id, None, somebody(Role.MANAGER))
    order, started = order.start(ticket, BEGAN)
    order, bumped = order.bump(ticket, BEGAN)
    order, recalled = order.recall(ticket, BEGAN)
    order, gone = order.void(steak.id, None, somebody(Role.MANAGER))
    _, cleared = order.clear(ticket)
    heard = [
        type(one)
        for one in (*moved, *voided, *started, *bumped, *recalled, *gone, *cleared)
        if not isinstance(one, OrderStatusUpdate)
    ]
    assert {LineMoved, LineVoided} < set(heard)
    for event in (*moved, *voided, *started, *bumped, *recalled, *gone, *cleared):
        assert (THERE in event.audience) is (type(event) in heard), event.name


def test_of_a_ticket_that_nobody_backs_up_no_other_station_hears() -> None:
    order = a_fired_order()
    _, (started,) = order.start(order.tickets[0].id, BEGAN)
    assert THERE not in started.audience
    assert started.audience[0] == station_room(HOUSE, GRILL)
