"""What a screen is told when a ticket is to hang on it: at its own station, and at the one that backs it up.

Not its business: whether it is to hang there, which its order and the house's alerts decide.
"""

from typing import TYPE_CHECKING, TypeVar

from hub.domain.lines import ticket_line
from hub.domain.tickets import Ticket
from hub.events.tickets import CardEvent, TicketBackedUp, TicketFired
from hub.ids import StationId

if TYPE_CHECKING:
    from hub.domain.orders import Order

C = TypeVar("C", bound=CardEvent)


def fired(order: "Order", ticket: Ticket, station_name: str) -> TicketFired:
    """A ticket that its station is to cook now."""
    return _card(TicketFired, order, ticket, station_name)


def backed_up(order: "Order", ticket: Ticket, station_name: str, by: StationId) -> TicketBackedUp:
    """A ticket that hangs at the station `by`, too. It is still called its own station's."""
    more = {"backup_station_id": by, "is_rushed": ticket.is_rushed, "fired_at": ticket.fired_at}
    return _card(TicketBackedUp, order, ticket, station_name, **more)


def _card(event: type[C], order: "Order", ticket: Ticket, station_name: str, **more: object) -> C:
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
