"""A ticket as boards show it, and how it moves. The lifecycle itself is the domain's table.

Not its business: which board shows which tickets, and for how long.
"""

from datetime import datetime
from typing import TypeVar

from hub.domain.tickets import EDGES
from hub.events.tickets import (
    ShownTicket,
    TicketBackedUp,
    TicketBumped,
    TicketEvent,
    TicketRecalled,
    TicketRushed,
    TicketStarted,
    VoidEvent,
)

T = TypeVar("T", bound=ShownTicket)


def moved(ticket: T, event: TicketEvent, at: datetime) -> T:
    """The ticket after a step. Its time of starting outlives a recall, as the cook's work on it did."""
    status = EDGES.get(type(event), {}).get(ticket.status, ticket.status)
    match event:
        case TicketStarted():
            return ticket.model_copy(update={"status": status, "started_at": at})
        case TicketBumped():
            return ticket.model_copy(update={"status": status, "bumped_at": at})
        case TicketRecalled():
            started_at = ticket.started_at or at
            recalled = {"status": status, "started_at": started_at, "bumped_at": None, "recalls": ticket.recalls + 1}
            return ticket.model_copy(update=recalled)
        case VoidEvent():
            return ticket.model_copy(update=progress(event))
        case TicketBackedUp():
            return ticket.model_copy(update={"backup_station_id": event.backup_station_id})
        case TicketRushed():
            return ticket.model_copy(update={"is_rushed": True})
        case _:
            return ticket.model_copy(update={"status": status})


def progress(event: VoidEvent) -> dict[str, object]:
    """How far a ticket is of which a void is told."""
    return {
        "status": event.status,
        "is_rushed": event.is_rushed,
        "fired_at": event.fired_at,
        "started_at": event.started_at,
        "bumped_at": event.bumped_at,
        "backup_station_id": event.backup_station_id,
        "recalls": event.recalls,
    }


def all_moved(tickets: tuple[T, ...], event: TicketEvent, at: datetime) -> tuple[T, ...]:
    """The tickets after a step of one of them; a ticket that is not among them changes nothing."""
    return tuple(moved(one, event, at) if one.ticket_id == event.ticket_id else one for one in tickets)


def in_order(tickets: tuple[T, ...]) -> tuple[T, ...]:
    """As they were fired."""
    return tuple(sorted(tickets, key=lambda one: (one.fired_at, one.ticket_id)))
