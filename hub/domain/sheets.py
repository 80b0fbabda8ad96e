"""A sheet: what stands on an order, its lines and its tickets, and what they come to.

Not its business: what may happen to it (`hub.domain.orders`), and what is stated then (`facts`, `cards`).
"""

from dataclasses import dataclass
from datetime import datetime

from hub.domain.bills import Bill, TaxRule, bill_of
from hub.domain.lines import Line
from hub.domain.refusals import NoSuchThing
from hub.domain.rounds import Share
from hub.domain.tickets import Ticket
from hub.events.orders import OrderKind, OrderStatus
from hub.ids import LineId, OrderId, RestaurantId, SeatingId, TableId, TicketId, UserId


@dataclass(frozen=True, slots=True)
class Sheet:
    """One order with everything on it. `number` is what people call it today; `id` is what it is."""

    id: OrderId
    restaurant_id: RestaurantId
    number: int
    kind: OrderKind
    status: OrderStatus
    currency: str
    tax: TaxRule
    placed_at: datetime
    placed_by: UserId | None = None
    table_id: TableId | None = None
    table_name: str | None = None
    seating_id: SeatingId | None = None
    customer_name: str | None = None
    lines: tuple[Line, ...] = ()
    tickets: tuple[Ticket, ...] = ()

    @property
    def bill(self) -> Bill:
        return bill_of((line.amount for line in self.lines), self.tax, self.kind)

    def line(self, line_id: LineId) -> Line:
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NoSuchThing(thing="line")

    def ticket(self, ticket_id: TicketId) -> Ticket:
        for ticket in self.tickets:
            if ticket.id == ticket_id:
                return ticket
        raise NoSuchThing(thing="ticket")

    def lines_of(self, ticket: Ticket) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.ticket_id == ticket.id)

    def share(self, ticket_id: TicketId) -> Share:
        ticket = self.ticket(ticket_id)
        return Share(ticket, self.lines_of(ticket))

    def disputed_since(self, before: "Sheet") -> list[Line]:
        """Lines of which somebody at the pass has to decide since then."""
        known = {line.id for line in before.lines if line.is_disputed}
        return [line for line in self.lines if line.is_disputed and line.id not in known]
