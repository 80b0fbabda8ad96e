"""What an order's steps state: facts about its tickets and its lines, addressed to those who hear of them.

Not its business: when they are stated (`hub.domain.orders`), and cards that hang on screens (`hub.domain.cards`).
"""

from collections.abc import Mapping, Sequence

from hub.domain.lines import Line, guest_line, staff_line
from hub.domain.sheets import Sheet
from hub.domain.tickets import Ticket
from hub.events.orders import (
    LineMoved,
    LinesAdded,
    LineVoided,
    OrderDetails,
    OrderPlaced,
    OrderStatus,
    OrderStatusUpdate,
)
from hub.events.tickets import TicketCleared, TicketEvent, TicketStatus, TicketVoided
from hub.ids import LineId
from hub.money import Money

FALLEN = (TicketStatus.VOIDED, TicketStatus.CLEARED)

MESSAGES: Mapping[OrderStatus, str] = {
    OrderStatus.PLACED: "We have your order.",
    OrderStatus.IN_KITCHEN: "The kitchen is cooking.",
    OrderStatus.READY: "Your food is ready.",
    OrderStatus.SERVED: "Enjoy your meal.",
    OrderStatus.CLOSED: "Thank you, and come again.",
    OrderStatus.CANCELLED: "This order was cancelled.",
}
"""What a guest is told, by status."""


def placed(order: Sheet) -> OrderPlaced:
    return OrderPlaced(
        restaurant_id=order.restaurant_id,
        order_id=order.id,
        number=order.number,
        kind=order.kind,
        table_id=order.table_id,
        table_name=order.table_name,
        seating_id=order.seating_id,
        customer_name=order.customer_name,
        lines=tuple(staff_line(line, order.currency) for line in order.lines),
    )


def added(order: Sheet, lines: Sequence[Line]) -> LinesAdded:
    return LinesAdded(
        restaurant_id=order.restaurant_id,
        order_id=order.id,
        lines=tuple(staff_line(line, order.currency) for line in lines),
    )


def moved_on(order: Sheet, event: type[TicketEvent], ticket: Ticket, **more: float) -> TicketEvent:
    """A step of a ticket."""
    return event.model_validate(
        {
            "restaurant_id": order.restaurant_id,
            "ticket_id": ticket.id,
            "order_id": order.id,
            "station_id": ticket.station_id,
            "backup_station_id": ticket.backup_station_id,
            **more,
        }
    )


def fallen(order: Sheet, before: Ticket) -> list[TicketEvent]:
    """What is said of a ticket on which nothing is wanted any more, and, if its station saw that, that it did."""
    now = order.ticket(before.id)
    said = [moved_on(order, TicketVoided, now)] if now.status in FALLEN and before.status not in FALLEN else []
    if now.status is TicketStatus.CLEARED and before.status is not TicketStatus.CLEARED:
        said.append(moved_on(order, TicketCleared, now))
    return said


def voided(order: Sheet, line_id: LineId, reason: str | None) -> LineVoided:
    line, ticket = _line_and_ticket(order, line_id)
    return LineVoided(
        restaurant_id=order.restaurant_id,
        order_id=order.id,
        line_id=line.id,
        ticket_id=line.ticket_id,
        station_id=None if ticket is None else ticket.station_id,
        backup_station_id=None if ticket is None else ticket.backup_station_id,
        reason=reason,
    )


def reseated(order: Sheet, line_id: LineId, seat: int | None, to: Sheet) -> LineMoved:
    line, ticket = _line_and_ticket(order, line_id)
    return LineMoved(
        restaurant_id=order.restaurant_id,
        order_id=order.id,
        line_id=line.id,
        to_order_id=to.id,
        seat=seat,
        ticket_id=line.ticket_id,
        station_id=None if ticket is None else ticket.station_id,
        backup_station_id=None if ticket is None else ticket.backup_station_id,
    )


def news(order: Sheet, *, with_lines: bool = False) -> OrderStatusUpdate:
    """How far the order is and what it comes to, for its guest; the lines where they changed."""
    lines = tuple(guest_line(line, order.currency) for line in order.lines if line.is_live) if with_lines else None
    bill = order.bill
    details = OrderDetails(
        number=order.number,
        kind=order.kind,
        table_id=order.table_id,
        message=MESSAGES[order.status],
        total=Money(bill.total, order.currency),
        tax=Money(bill.tax, order.currency),
        lines=lines,
    )
    return OrderStatusUpdate(restaurant_id=order.restaurant_id, order_id=order.id, status=order.status, details=details)


def _line_and_ticket(order: Sheet, line_id: LineId) -> tuple[Line, Ticket | None]:
    line = order.line(line_id)
    return line, None if line.ticket_id is None else order.ticket(line.ticket_id)
