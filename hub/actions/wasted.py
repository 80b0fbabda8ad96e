"""Food that the kitchen had begun and that nobody wants any more, as the audit has it: it costs somebody.

Owners ask which dish it was, of which order, what it would have brought in, and why. Whose order it was is not said:
what stands in the audit stays there, and whoever deletes their account is forgotten. Not its business: who may void
(`hub.domain.orders`).
"""

from hub.actions.deed import Work
from hub.domain.lines import Line
from hub.domain.orders import Order
from hub.events.event import Shape
from hub.events.orders import LineStatus
from hub.ids import LineId
from hub.money import Money

KNOWN_BY = ("name", "quantity", "modifiers", "amount", "orderNumber", "tableName")


class NotedLine(Shape):
    """A line by which somebody recognises it: `amount` is what it costs, or would have."""

    name: str
    quantity: int
    modifiers: tuple[str, ...]
    amount: Money
    order_number: int
    table_name: str | None
    status: LineStatus
    is_disputed: bool
    reason: str | None = None

    @classmethod
    def of(cls, line: Line, order: Order, reason: str | None = None) -> "NotedLine":
        return cls(
            name=line.name,
            quantity=line.quantity,
            modifiers=tuple(one.name for one in line.modifiers),
            amount=Money(line.unit_price * line.quantity, order.currency),
            order_number=order.number,
            table_name=order.table_name,
            status=line.status,
            is_disputed=line.is_disputed,
            reason=reason,
        )


def note_thrown_away(work: Work, before: Order, after: Order, reason: str | None) -> None:
    """Note the lines that were voided in this step after the kitchen had begun with them."""
    for line in before.lines:
        now = after.line(line.id)
        if line.is_live and not now.is_live and line.status is not LineStatus.HELD:
            _note(work, line.id, before, after, reason)


def note_decided(work: Work, line: LineId, before: Order, after: Order) -> None:
    """Note what somebody at the pass said of a void that crossed a bump, if it was not said before."""
    if before.line(line) != after.line(line):
        _note(work, line, before, after, None)


def _note(work: Work, line: LineId, before: Order, after: Order, reason: str | None) -> None:
    old, new = NotedLine.of(before.line(line), before), NotedLine.of(after.line(line), after, reason)
    work.note("line", line, old, new, known_by=KNOWN_BY)
