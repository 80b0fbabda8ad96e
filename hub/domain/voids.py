"""A void and what became of it: it may cross a bump, and then somebody at the pass decides what holds.

A line's life is counted in *restores*. Within one of them it is wanted, then voided, then settled, and never goes back;
the decision that it was cooked and is the guest's begins the next. So voids, bumps and decisions can arrive in any
order and come to the same. A void *crosses* a bump, or a serving, when neither asker knew of the other: the bump named
the line as wanted, and its number is greater than the bumps that the void's asker had seen.

Not its business: the ticket's own progress (`hub.domain.rounds`), and who may void.
"""

from dataclasses import replace

from hub.domain.lines import Line
from hub.domain.refusals import Refused
from hub.domain.tickets import NotAsSeen
from hub.events.orders import LineStatus

SERVED_NUMBER = 1_000_000
"""What being served counts as among bumps: nobody who knew of it could void the line."""


class AlreadyVoided(Refused):
    """This line is voided already."""

    code = "already_voided"


class NotDisputed(Refused):
    """There is nothing to decide about {name}: no void of it crossed the kitchen."""

    code = "not_disputed"


class VoidUndecided(Refused):
    """Order {number} has a void that crossed the kitchen's bump. Somebody at the pass has to decide it first."""

    code = "void_undecided"


def voided(line: Line, *, done: int, saw: int, restores: int) -> Line:
    """The line after a void whose asker had seen so much of it. `done` is the number of the last bump, or serving.

    The same line where the void comes too late, or second. Raises NotAsSeen where its asker saw what never was.
    """
    _must_be_possible(line, restores)
    if restores < line.restores:
        return line
    saw = min(saw, done)
    if not line.is_live:
        return replace(line, void_saw=min(line.void_saw, saw))
    plated = line.plated if line.restores else done
    return replace(line, status=LineStatus.VOIDED, void_saw=saw, plated=plated, is_settled=False)


def plated(line: Line, number: int) -> Line:
    """The line after the bump of this number, or a serving, named it as wanted."""
    if line.is_live and not line.restores:
        return line
    return replace(line, plated=max(line.plated, number))


def decided(line: Line, *, stands: bool, restores: int) -> Line:
    """The line after somebody at the pass said what holds; of contrary decisions "it is the guest's" holds.

    The same line where that was said already. Raises NotDisputed where no void crossed anything.
    """
    _must_be_possible(line, restores)
    if restores < line.restores:
        return line
    if not line.is_crossed:
        raise NotDisputed(name=line.name, line_id=line.id)
    if stands:
        return replace(line, is_settled=True)
    return replace(line, status=LineStatus.FIRED, restores=line.restores + 1, is_settled=False)


def called_off(line: Line) -> Line:
    """The line of an order that is cancelled as a whole, which leaves nothing to decide."""
    return replace(line, status=LineStatus.VOIDED, is_settled=True)


def _must_be_possible(line: Line, restores: int) -> None:
    if restores > line.restores:
        raise NotAsSeen(line_id=line.id)
