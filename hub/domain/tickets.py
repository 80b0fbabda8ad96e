"""A ticket's life, as a table: which step leads where from which state. No edge, no change.

The diagram, the tests and the refusal's sentence are read from `STEPS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hub.domain.refusals import Refused
from hub.events.tickets import (
    ShownTicket,
    TicketBumped,
    TicketCleared,
    TicketEvent,
    TicketRecalled,
    TicketServed,
    TicketStarted,
    TicketStatus,
    TicketVoided,
)
from hub.ids import StationId, TicketId

FIRED, STARTED, BUMPED, SERVED, VOIDED, CLEARED = TicketStatus

STEPS: Mapping[type[TicketEvent], Mapping[TicketStatus, TicketStatus]] = MappingProxyType(
    {
        TicketStarted: {FIRED: STARTED},
        TicketBumped: {FIRED: BUMPED, STARTED: BUMPED},
        TicketRecalled: {BUMPED: STARTED},
        TicketServed: {BUMPED: SERVED},
        TicketVoided: {FIRED: VOIDED, STARTED: VOIDED, BUMPED: VOIDED},
        TicketCleared: {VOIDED: CLEARED},
    }
)
"""Event → state before → state after. A ticket begins as fired; being rushed changes no state."""

EDGES: Mapping[type[TicketEvent], Mapping[TicketStatus, TicketStatus]] = MappingProxyType(
    {**STEPS, TicketServed: dict.fromkeys((BUMPED, STARTED, VOIDED, CLEARED), SERVED)}
)
"""The same with what only whoever was away can have done: food that the kitchen took back was with its guest by then.

Nobody is judged by these; boards follow them.
"""

OPEN = frozenset({FIRED, STARTED})
GONE = frozenset({SERVED, CLEARED})
"""States in which no kitchen screen shows a ticket."""


class IllegalTicketStep(Refused):
    """This ticket is {status}, so it cannot be {step}."""

    code = "illegal_ticket_step"


class AlreadySo(IllegalTicketStep):
    """This ticket is {status} already."""


class NotAsSeen(Refused):
    """The hub knows nothing of what your screen shows of this. Look again."""

    code = "not_as_seen"


class AlreadyRushed(Refused):
    """This ticket is rushed already."""

    code = "already_rushed"


@dataclass(frozen=True, slots=True)
class Ticket:
    id: TicketId
    station_id: StationId
    course: int
    status: TicketStatus
    fired_at: datetime
    started_at: datetime | None = None
    bumped_at: datetime | None = None
    is_rushed: bool = False
    backup_station_id: StationId | None = None
    """The station that shows it as well, since its own did not."""
    recalls: int = 0
    cleared_restores: int | None = None
    """How often lines of it had been restored when its station cleared it away."""

    @property
    def is_bumped(self) -> bool:
        """Whether its station is done with it in this round, whatever became of it since."""
        return self.bumped_at is not None

    @property
    def bumps(self) -> int:
        """How often it was bumped, if a round's bumps are counted once. The next bump has the number after."""
        return self.recalls + self.is_bumped


def step_word(event: type[TicketEvent]) -> str:
    """`bumped` for TicketBumped: the word cooks use for the step."""
    return event.name.removeprefix("ticket_")


def status_after(ticket: Ticket, event: type[TicketEvent]) -> TicketStatus:
    """Where the step leads. Raises IllegalTicketStep where the table has no edge."""
    after = STEPS[event].get(ticket.status)
    if after is None:
        kind = AlreadySo if ticket.status in STEPS[event].values() else IllegalTicketStep
        raise kind(status=ticket.status.value, step=step_word(event), ticket_id=ticket.id)
    return after


def shown_ticket(ticket: Ticket) -> ShownTicket:
    """A ticket as staff see it."""
    return ShownTicket(
        ticket_id=ticket.id,
        station_id=ticket.station_id,
        course=ticket.course,
        status=ticket.status,
        is_rushed=ticket.is_rushed,
        fired_at=ticket.fired_at,
        started_at=ticket.started_at,
        bumped_at=ticket.bumped_at,
        backup_station_id=ticket.backup_station_id,
        recalls=ticket.recalls,
    )
