"""What the floor's screen shows, fact by fact."""

import pytest

from hub import boards
from hub.audience import RoomKind
from hub.boards.table import SeatedParty
from hub.boards.waiters import FloorOrder, FloorTable, WaitersBoard
from hub.events import Event, floor, orders, tickets
from hub.events.floor import TableStatus
from hub.events.orders import LineStatus, OrderStatus
from hub.events.tickets import TicketStatus
from hub.ids import OrderId, TicketId
from tests.boards.examples import (
    BOARDS,
    BUMPED,
    EXAMPLES,
    FIRED,
    HELD_LINE,
    HOUSE,
    LINE_OF,
    NEW_LINE,
    NEXT_PARTY,
    NOW,
    ORDER,
    SIX,
    VOIDED,
    a_firing,
    a_placed_order,
    a_step,
    an_update,
    numbered,
    pounds,
)

FLOOR = BOARDS[RoomKind.WAITERS]
assert isinstance(FLOOR, WaitersBoard)


def after(*events: Event, board: WaitersBoard = FLOOR) -> WaitersBoard:
    for event in events:
        board = boards.apply(board, event, NOW)
    return board


def order_after(*events: Event) -> FloorOrder:
    (order,) = after(*events).orders
    return order


def table_after(*events: Event) -> FloorTable:
    (table,) = after(*events).tables
    return table


def test_a_placed_order_stands_behind_those_that_were_placed_before() -> None:
    new = OrderId(numbered(2))

    board = after(a_placed_order(new))

    assert [one.order_id for one in board.orders] == [ORDER, new]
    assert board.orders[1].status is OrderStatus.PLACED
    assert board.orders[1].placed_at == NOW
    assert board.orders[1].customer_name == "Ada"
    assert board.orders[1].tickets == ()


def test_an_order_comes_to_what_its_update_says() -> None:
    order = order_after(an_update(OrderStatus.READY, total=9000))

    assert (order.status, order.total, order.tax) == (OrderStatus.READY, pounds(9000), pounds(1500))
    assert order.lines == FLOOR.orders[0].lines


def test_added_lines_stand_at_the_end() -> None:
    assert order_after(EXAMPLES[orders.LinesAdded]).lines == (*FLOOR.orders[0].lines, NEW_LINE)


def test_firing_takes_what_was_held_onto_a_ticket() -> None:
    ticket = TicketId(numbered(85))

    order = order_after(a_firing(ticket))

    (line,) = (line for line in order.lines if line.line_id == HELD_LINE)
    assert (line.status, line.ticket_id) == (LineStatus.FIRED, ticket)
    assert (order.tickets[-1].ticket_id, order.tickets[-1].fired_at) == (ticket, NOW)
    assert order.tickets[-1].course == 2


def test_a_voided_line_keeps_its_place_and_its_ticket() -> None:
    order = order_after(EXAMPLES[orders.LineVoided])

    (line,) = (line for line in order.lines if line.line_id == LINE_OF[FIRED])
    assert (line.status, line.ticket_id) == (LineStatus.VOIDED, FIRED)


def test_a_line_for_another_guest_keeps_its_place() -> None:
    order = order_after(EXAMPLES[orders.LineMoved])

    assert [line.line_id for line in order.lines] == [line.line_id for line in order_after().lines]
    assert {line.line_id: line.seat for line in order.lines}[LINE_OF[FIRED]] == 3


def test_a_line_that_goes_over_to_another_order_comes_last_there() -> None:
    other = OrderId(numbered(72))
    moved = orders.LineMoved(restaurant_id=HOUSE, order_id=ORDER, line_id=HELD_LINE, to_order_id=other, seat=4)

    lines = {one.order_id: one.lines for one in after(a_placed_order(other), moved).orders}

    assert HELD_LINE not in {line.line_id for line in lines[ORDER]}
    assert (lines[other][-1].line_id, lines[other][-1].seat, len(lines[other])) == (HELD_LINE, 4, 2)


def test_a_voided_ticket_takes_its_lines_with_it() -> None:
    order = order_after(a_step(tickets.TicketVoided, FIRED))

    (line,) = (line for line in order.lines if line.ticket_id == FIRED)
    assert line.status is LineStatus.VOIDED
    assert {one.ticket_id: one.status for one in order.tickets}[FIRED] is TicketStatus.VOIDED


@pytest.mark.parametrize(
    ("step", "ticket", "status"),
    [
        (tickets.TicketStarted, FIRED, TicketStatus.STARTED),
        (tickets.TicketBumped, FIRED, TicketStatus.BUMPED),
        (tickets.TicketRecalled, BUMPED, TicketStatus.STARTED),
        (tickets.TicketServed, BUMPED, TicketStatus.SERVED),
        (tickets.TicketCleared, VOIDED, TicketStatus.CLEARED),
    ],
)
def test_an_orders_tickets_stay_listed_whatever_becomes_of_them(
    step: type[tickets.TicketEvent], ticket: TicketId, status: TicketStatus
) -> None:
    order = order_after(a_step(step, ticket))

    assert [one.ticket_id for one in order.tickets] == [one.ticket_id for one in FLOOR.orders[0].tickets]
    assert {one.ticket_id: one.status for one in order.tickets}[ticket] is status


@pytest.mark.parametrize(
    "end",
    [
        (EXAMPLES[orders.OrderClosed], an_update(OrderStatus.CLOSED)),
        (EXAMPLES[orders.OrderCancelled], an_update(OrderStatus.CANCELLED)),
        (an_update(OrderStatus.CLOSED),),
    ],
    ids=["closed", "cancelled", "told by the update alone"],
)
def test_an_order_that_is_over_leaves_and_does_not_come_back(end: tuple[Event, ...]) -> None:
    assert after(*end).orders == ()


def test_a_party_sits_down_and_leaves() -> None:
    seated = table_after(EXAMPLES[floor.PartySeated])

    assert seated.seating == SeatedParty(seating_id=NEXT_PARTY, covers=2, seated_at=NOW)
    assert table_after(EXAMPLES[floor.PartySeated], EXAMPLES[floor.PartyLeft]).seating is None


def test_a_table_says_since_when_it_is_in_its_state() -> None:
    table = table_after(EXAMPLES[floor.TableStatusChanged])

    assert (table.status, table.status_since) == (TableStatus.EATING, NOW)


def test_a_changed_table_keeps_its_evening() -> None:
    table = table_after(EXAMPLES[floor.TableChanged])

    assert (table.name, table.seats, table.x, table.y) == ("7a", 5, 10, 20)
    assert (table.status, table.status_since, table.seating) == (TableStatus.ORDERED, SIX, FLOOR.tables[0].seating)


def test_a_new_table_is_free_and_a_removed_one_gone() -> None:
    board = after(EXAMPLES[floor.TableAdded])

    assert [one.name for one in board.tables] == ["7", "7a"]
    assert (board.tables[1].status, board.tables[1].status_since) == (TableStatus.FREE, NOW)
    assert after(EXAMPLES[floor.TableRemoved]).tables == ()


def test_sections_stand_in_the_order_in_which_they_were_made() -> None:
    garden = EXAMPLES[floor.SectionAdded]

    assert [one.name for one in after(garden).sections] == ["Window", "Garden"]


def test_news_of_an_order_that_is_not_there_changes_nothing() -> None:
    stranger = orders.LinesAdded(restaurant_id=HOUSE, order_id=OrderId(numbered(404)), lines=(NEW_LINE,))

    assert after(stranger) == FLOOR
