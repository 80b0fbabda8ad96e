"""What a history must end in, read from its commands alone: who asked what, and who had seen what. No step is taken.

So a rule that is the same for every order of arrival, and wrong, is found as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hub.commands.orders import DecideVoid, ServeOrder, VoidLine
from hub.commands.tickets import BumpTicket, RecallTicket
from hub.domain.orders import Order
from hub.events.tickets import TicketStatus
from hub.ids import LineId, TicketId
from tests.away.arrivals import name
from tests.away.histories import Asked

SERVING = 1_000
"""Comes after every bump that a history can have."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A bump, counted from 1 within its ticket, or a serving: what was done with these lines."""

    asked: Asked
    ticket: TicketId
    number: int
    lines: frozenset[LineId]


def wrongs(asked: Sequence[Asked], order: Order) -> list[str]:
    """What the order should not be, after all of these."""
    doings = list(_doings(asked))
    return [*_wrong_tickets(asked, doings, order), *_wrong_lines(asked, doings, order)]


def _doings(asked: Sequence[Asked]) -> Iterator[Doing]:
    for one in asked:
        command = one.command
        if isinstance(command, BumpTicket):
            assert command.recalls is not None
            yield Doing(one, command.ticket_id, command.recalls + 1, frozenset(command.line_ids or ()))
        if isinstance(command, ServeOrder):
            for ready in command.tickets or ():
                yield Doing(one, ready.ticket_id, SERVING, frozenset(ready.line_ids))


def _wrong_tickets(asked: Sequence[Asked], doings: Sequence[Doing], order: Order) -> Iterator[str]:
    for ticket in order.tickets:
        numbers = {one.number for one in doings if one.ticket == ticket.id}
        if (ticket.status is TicketStatus.SERVED) != (SERVING in numbers):
            yield f"ticket {name(ticket.id)} is {ticket.status}, and was {'' if SERVING in numbers else 'not '}served"
        if ticket.status is TicketStatus.SERVED:
            continue
        recalled = [
            one.command.recalls + 1
            for one in asked
            if isinstance(one.command, RecallTicket)
            and one.command.ticket_id == ticket.id
            and one.command.recalls is not None
        ]
        recalls = max(recalled, default=0)
        if (ticket.recalls, ticket.is_bumped) != (recalls, recalls + 1 in numbers):
            yield f"ticket {name(ticket.id)} was recalled {recalls} times, not {ticket.recalls}, or its bump is wrong"


def _wrong_lines(asked: Sequence[Asked], doings: Sequence[Doing], order: Order) -> Iterator[str]:
    for line in order.lines:
        voids = [(one, one.command) for one in asked if _is_about(one, VoidLine, line.id)]
        decided = [one.command for one in asked if _is_about(one, DecideVoid, line.id)]
        back = [(one.restores or 0) + 1 for one in decided if isinstance(one, DecideVoid) and not one.stands]
        lives = max(back, default=0)
        now = [one for one, void in voids if isinstance(void, VoidLine) and void.restores == lives]
        is_settled = any(isinstance(one, DecideVoid) and one.stands and one.restores == lives for one in decided)
        mine = [one for one in doings if line.id in one.lines]
        bumps = [one for one in doings if one.ticket == line.ticket_id]
        is_crossed = any(_cross(void, doing, bumps) for void in now for doing in mine)
        expected = (lives, not now, is_crossed and not is_settled)
        if (line.restores, line.is_live, line.is_disputed) != expected:
            yield f"line {name(line.id)} is {(line.restores, line.is_live, line.is_disputed)} instead of {expected}"


def _is_about(one: Asked, kind: type[VoidLine | DecideVoid], line: LineId) -> bool:
    return isinstance(one.command, kind) and one.command.line_id == line


def _cross(void: Asked, doing: Doing, bumps: Sequence[Doing]) -> bool:
    """Neither asker knew of the other; nor did the void's of another bump of that round, or a later one."""
    if _knew_of(doing.asked, void):
        return False
    known = [one.number for one in bumps if _knew_of(void, one.asked)]
    return doing.number > max(known, default=0)


def _knew_of(one: Asked, other: Asked) -> bool:
    return other.at < one.seen or (other.device == one.device and other.at < one.at)
