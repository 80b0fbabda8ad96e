"""A ticket with its lines, and how what is said of it is merged: by what its asker knew, never by who came first.

A *round* is what lies between two recalls. Progress only grows: fired, started; then round after round, each of them
not bumped and bumped; and served above all. A step that is behind already changes nothing, so steps that arrive late,
twice or in another order come to the same.

Not its business: what is refused to whoever asks about the ticket as it stands (`hub.domain.tickets`), and events.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from hub.domain.lines import Line
from hub.domain.tickets import IllegalTicketStep, NotAsSeen, Ticket, step_word
from hub.domain.voids import SERVED_NUMBER, plated
from hub.events.tickets import TicketCleared, TicketRecalled, TicketServed, TicketStatus
from hub.ids import LineId, TicketId


class Ready(NamedTuple):
    """A ticket that somebody saw to be ready: in which round, and with which lines that were not voided."""

    ticket_id: TicketId
    recalls: int
    line_ids: Collection[LineId]


@dataclass(frozen=True, slots=True)
class Share:
    """A station's share of a course: a ticket, and the lines on it."""

    ticket: Ticket
    lines: tuple[Line, ...]

    @property
    def wanted(self) -> frozenset[LineId]:
        """The lines on it that are not voided."""
        return frozenset(line.id for line in self.lines if line.is_live)

    @property
    def restores(self) -> int:
        """How often lines of it were restored, all together."""
        return sum(line.restores for line in self.lines)

    @property
    def done(self) -> int:
        """The number of the last bump, or of being served."""
        return SERVED_NUMBER if self.ticket.status is TicketStatus.SERVED else self.ticket.bumps

    @property
    def status(self) -> TicketStatus:
        """How the ticket stands by its progress and its lines."""
        ticket = self.ticket
        if ticket.status is TicketStatus.SERVED:
            return TicketStatus.SERVED
        if not any(line.is_live or line.is_disputed for line in self.lines):
            return TicketStatus.CLEARED if ticket.cleared_restores == self.restores else TicketStatus.VOIDED
        if ticket.is_bumped:
            return TicketStatus.BUMPED
        return TicketStatus.FIRED if ticket.started_at is None else TicketStatus.STARTED

    def standing(self) -> Ticket:
        """The ticket, with the status that both make."""
        status = self.status
        return self.ticket if status is self.ticket.status else replace(self.ticket, status=status)


def started(share: Share, recalls: int, at: datetime) -> Share:
    """After somebody began with it. Whatever was bumped or recalled was begun."""
    if share.status is not TicketStatus.FIRED:
        return share
    _must_not_be_ahead(share.ticket, recalls)
    return replace(share, ticket=replace(share.ticket, started_at=at))


def rushed(share: Share) -> Share:
    """After somebody wanted it before the others. It stays so through every recall."""
    if share.ticket.status is TicketStatus.SERVED:
        return share
    return replace(share, ticket=replace(share.ticket, is_rushed=True))


def bumped(share: Share, recalls: int, named: Collection[LineId], at: datetime) -> Share:
    """After a bump in the round `recalls` by somebody to whom the lines `named` were wanted."""
    ticket, lines = share.ticket, _plated(share, recalls + 1, named)
    if ticket.status is TicketStatus.SERVED:
        return replace(share, lines=lines)
    _must_not_be_ahead(ticket, recalls)
    if recalls < ticket.recalls or ticket.is_bumped:
        return replace(share, lines=lines)
    return Share(replace(ticket, bumped_at=at), lines)


def recalled(share: Share, recalls: int, at: datetime) -> Share:
    """After a recall in the round `recalls`. It beats every bump of that round, and is beaten by being served."""
    ticket = share.ticket
    if ticket.status is TicketStatus.SERVED or recalls < ticket.recalls:
        return share
    _must_not_be_ahead(ticket, recalls)
    if not ticket.is_bumped:
        raise IllegalTicketStep(status=ticket.status.value, step=step_word(TicketRecalled), ticket_id=ticket.id)
    started_at = ticket.started_at or at
    return replace(share, ticket=replace(ticket, recalls=recalls + 1, bumped_at=None, started_at=started_at))


def served(share: Share, recalls: int, named: Collection[LineId]) -> Share:
    """After it was brought to the guest by somebody who saw it bumped in the round `recalls`."""
    ticket, lines = share.ticket, _plated(share, SERVED_NUMBER, named)
    if ticket.status is TicketStatus.SERVED:
        return replace(share, lines=lines)
    _must_not_be_ahead(ticket, recalls)
    if recalls == ticket.recalls and not ticket.is_bumped:
        raise IllegalTicketStep(status=ticket.status.value, step=step_word(TicketServed), ticket_id=ticket.id)
    return Share(replace(ticket, status=TicketStatus.SERVED), lines)


def cleared(share: Share, restores: int) -> Share:
    """After its station saw all of it voided, lines of it having been restored so often."""
    ticket = share.ticket
    if restores > share.restores:
        raise NotAsSeen(ticket_id=ticket.id)
    if restores < share.restores:
        return share
    if share.wanted:
        raise IllegalTicketStep(status=ticket.status.value, step=step_word(TicketCleared), ticket_id=ticket.id)
    return replace(share, ticket=replace(ticket, cleared_restores=restores))


def _must_not_be_ahead(ticket: Ticket, recalls: int) -> None:
    if recalls > ticket.recalls:
        raise NotAsSeen(ticket_id=ticket.id)


def _plated(share: Share, number: int, named: Collection[LineId]) -> tuple[Line, ...]:
    return tuple(plated(line, number) if line.id in named else line for line in share.lines)
