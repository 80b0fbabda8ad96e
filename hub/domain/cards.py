"""What a screen is told when a ticket is to hang on it: at its own station, and at the one that backs it up.

Not its business: whether it is to hang there, which its order and the house's alerts decide.
"""

from typing import TypeVar

from hub.domain.lines import Line, ticket_line
from hub.domain.sheets import Sheet
from hub.domain.tickets import Ticket
from hub.events.tickets import CardEvent, TicketBackedUp, TicketFired, VoidCrossed, VoidDecided
from hub.ids import StationId

C = TypeVar("C", bound=CardEvent)


def fired(order: Sheet, ticket: Ticket, station_name: str) -> TicketFired:
    """A ticket that its station is to cook now."""
    return _card(TicketFired, order, ticket, station_name)


def backed_up(order: Sheet, ticket: Ticket, station_name: str, by: StationId) -> TicketBackedUp:
    """A ticket that hangs at the station `by`, too. It is still called its own station's."""
    more = {"backup_station_id": by, "is_rushed": ticket.is_rushed, "fired_at": ticket.fired_at}
    return _card(TicketBackedUp, order, ticket, station_name, **more)


def void_crossed(order: Sheet, line: Line, station_name: str) -> VoidCrossed:
    """A line that was voided and done, and nobody knew of both: its ticket hangs until somebody decides."""
    ticket = _ticket_of(order, line)
    return _card(VoidCrossed, order, ticket, station_name, line_id=line.id, **_progress(ticket))


def void_decided(order: Sheet, line: Line, station_name: str, *, stands: bool) -> VoidDecided:
    """Somebody decided it, and this is the ticket since."""
    ticket = _ticket_of(order, line)
    return _card(VoidDecided, order, ticket, station_name, line_id=line.id, stands=stands, **_progress(ticket))


def _ticket_of(order: Sheet, line: Line) -> Ticket:
    assert line.ticket_id is not None, "What nobody cooked is not disputed."
    return order.ticket(line.ticket_id)


def _progress(ticket: Ticket) -> dict[str, object]:
    return {
        "backup_station_id": ticket.backup_station_id,
        "status": ticket.status,
        "is_rushed": ticket.is_rushed,
        "fired_at": ticket.fired_at,
        "started_at": ticket.started_at,
        "bumped_at": ticket.bumped_at,
        "recalls": ticket.recalls,
    }


def _card(event: type[C], order: Sheet, ticket: Ticket, station_name: str, **more: object) -> C:
    return event.model_validate(
        {
            "restaurant_id": order.restaurant_id,
            "ticket_id": ticket.id,
            "order_id": order.id,
            "station_id": ticket.station_id,
            "number": order.number,
            "kind": order.kind,
            "table_id": order.table_id,
            "table_name": order.table_name,
            "customer_name": order.customer_name,
            "station_name": station_name,
            "course": ticket.course,
            "lines": tuple(ticket_line(line) for line in order.lines_of(ticket)),
            **more,
        }
    )
