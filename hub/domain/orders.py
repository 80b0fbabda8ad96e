"""An order and its tickets: what may happen to them, and what is stated when it does.

Every step takes the order and returns it changed, with the events in the order in which they are recorded. Nothing
here waits, reads a clock or makes an id. An order's status follows its tickets; only closing and cancelling are said.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain.bills import Bill, TaxRule, bill_of
from hub.domain.cards import backed_up, fired
from hub.domain.lines import Line, guest_line, staff_line
from hub.domain.refusals import Kind, NoSuchThing, Refused
from hub.domain.tickets import GONE, OPEN, AlreadyRushed, IllegalTicketStep, Ticket, status_after
from hub.events import RestaurantEvent
from hub.events.orders import (
    VOIDS_AFTER_FIRING,
    LineMoved,
    LinesAdded,
    LineStatus,
    LineVoided,
    OrderCancelled,
    OrderClosed,
    OrderDetails,
    OrderKind,
    OrderPlaced,
    OrderStatus,
    OrderStatusUpdate,
)
from hub.events.tickets import (
    TicketBumped,
    TicketCleared,
    TicketEvent,
    TicketRecalled,
    TicketRushed,
    TicketServed,
    TicketStarted,
    TicketStatus,
    TicketVoided,
)
from hub.ids import LineId, OrderId, RestaurantId, SeatingId, StationId, TableId, TicketId, UserId
from hub.money import Money
from hub.people import Actor

OVER = frozenset({OrderStatus.CLOSED, OrderStatus.CANCELLED})

MESSAGES: Mapping[OrderStatus, str] = {
    OrderStatus.PLACED: "We have your order.",
    OrderStatus.IN_KITCHEN: "The kitchen is cooking.",
    OrderStatus.READY: "Your food is ready.",
    OrderStatus.SERVED: "Enjoy your meal.",
    OrderStatus.CLOSED: "Thank you, and come again.",
    OrderStatus.CANCELLED: "This order was cancelled.",
}
"""What a guest is told, by status."""


class OrderIsOver(Refused):
    """Order {number} is {status}. Nothing can be changed on it any more."""

    code = "order_is_over"


class NothingToFire(Refused):
    """Order {number} has nothing held for course {course}."""

    code = "nothing_to_fire"


class NothingFired(Refused):
    """Nothing of order {number} has been fired yet, so there is nothing to serve."""

    code = "not_fired"


class NothingReady(Refused):
    """Nothing of order {number} is ready to be served."""

    code = "nothing_ready"


class NotAllServed(Refused):
    """Order {number} still has food to come. Serve or void it before closing the order."""

    code = "not_all_served"


class AlreadyVoided(Refused):
    """This line is voided already."""

    code = "already_voided"


class AlreadyThere(Refused):
    """{name} is there already."""

    code = "already_there"


class AlreadyFired(Refused):
    """The kitchen has {name} already, so it stays on order {number}. Only its seat can be changed."""

    code = "already_fired"


class NotAtTables(Refused):
    """Only what is eaten here moves from order to order."""

    code = "not_at_tables"


class AlreadyServed(Refused):
    """This has been served, so it cannot be taken back."""

    code = "already_served"


class NeedsManager(Refused):
    """The kitchen has begun. Only a manager can take this back."""

    code = "needs_manager"
    kind = Kind.FORBIDDEN


@dataclass(frozen=True, slots=True)
class Order:
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

    @property
    def is_fired(self) -> bool:
        return any(line.status is LineStatus.FIRED for line in self.lines)

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

    # ------------------------------------------------------------------ taking the order

    def place(self) -> "Step":
        """State the order that was just put together."""
        placed = OrderPlaced(
            restaurant_id=self.restaurant_id,
            order_id=self.id,
            number=self.number,
            kind=self.kind,
            table_id=self.table_id,
            table_name=self.table_name,
            seating_id=self.seating_id,
            customer_name=self.customer_name,
            lines=tuple(staff_line(line, self.currency) for line in self.lines),
        )
        return self, (placed, self._update(with_lines=True))

    def add(self, lines: Sequence[Line]) -> "Step":
        """More lines. Raises OrderIsOver."""
        self._must_be_open()
        more = replace(self, lines=(*self.lines, *lines))
        added = LinesAdded(
            restaurant_id=self.restaurant_id,
            order_id=self.id,
            lines=tuple(staff_line(line, self.currency) for line in lines),
        )
        return more._follow_tickets((added,), lines_changed=True)

    def fire(
        self,
        course: int | None,
        station_names: Mapping[StationId, str],
        new_ticket_id: Callable[[], TicketId],
        at: datetime,
    ) -> "Step":
        """Send what is held of a course, or of all courses, to the kitchen: one ticket per station and course."""
        self._must_be_open()
        held = [line for line in self.lines if line.status is LineStatus.HELD and course in (None, line.course)]
        if not held:
            raise NothingToFire(number=self.number, course=course, order_id=self.id)
        shares: dict[tuple[int, StationId], set[LineId]] = {}
        for line in held:
            shares.setdefault((line.course, line.station_id), set()).add(line.id)
        order, events = self, list[RestaurantEvent]()
        for (its_course, station), mine in shares.items():
            ticket = Ticket(new_ticket_id(), station, its_course, TicketStatus.FIRED, fired_at=at)
            order = order._with_ticket(ticket, mine)
            events.append(fired(order, ticket, station_names[station]))
        return order._follow_tickets(events)

    # ------------------------------------------------------------------ in the kitchen

    def start(self, ticket_id: TicketId, at: datetime) -> "Step":
        return self._move(replace(self.ticket(ticket_id), started_at=at), TicketStarted)

    def bump(self, ticket_id: TicketId, at: datetime) -> "Step":
        """Done, whether it was started or not."""
        ticket = self.ticket(ticket_id)
        seconds = (at - ticket.fired_at).total_seconds()
        return self._move(replace(ticket, bumped_at=at), TicketBumped, ticket_seconds=seconds)

    def recall(self, ticket_id: TicketId, at: datetime) -> "Step":
        """Bumped too early: back to the station, until it is served."""
        ticket = self.ticket(ticket_id)
        return self._move(replace(ticket, started_at=ticket.started_at or at, bumped_at=None), TicketRecalled)

    def clear(self, ticket_id: TicketId) -> "Step":
        """The station has seen that the ticket is voided."""
        ticket = self.ticket(ticket_id)
        after = replace(ticket, status=status_after(ticket, TicketCleared))
        return self._with(after), (self._state(TicketCleared, ticket),)

    def rush(self, ticket_id: TicketId) -> "Step":
        """This ticket before the others. Raises IllegalTicketStep unless it is being cooked."""
        self._must_be_open()
        ticket = self.ticket(ticket_id)
        if ticket.status not in OPEN:
            raise IllegalTicketStep(status=ticket.status.value, step="rushed", ticket_id=ticket.id)
        if ticket.is_rushed:
            raise AlreadyRushed(ticket_id=ticket.id)
        return self._with(replace(ticket, is_rushed=True)), (self._state(TicketRushed, ticket),)

    def back_up(self, ticket_id: TicketId, station_name: str, by: StationId) -> "Step":
        """Its station does not show it, so the station `by` shows it as well. Whoever shows it already goes on."""
        ticket = self.ticket(ticket_id)
        if ticket.backup_station_id is not None:
            return self, ()
        return self._with(replace(ticket, backup_station_id=by)), (backed_up(self, ticket, station_name, by),)

    # ------------------------------------------------------------------ bringing it, and taking it back

    def serve(self, course: int | None) -> "Step":
        """Everything that is ready, or what is ready of one course, goes to the guest."""
        self._must_be_open()
        if not self.tickets:
            raise NothingFired(number=self.number, order_id=self.id)
        ready = [one for one in self.tickets if one.status is TicketStatus.BUMPED and course in (None, one.course)]
        if not ready:
            raise NothingReady(number=self.number, order_id=self.id)
        order, served = self, list[RestaurantEvent]()
        for ticket in ready:
            order = order._with(replace(ticket, status=status_after(ticket, TicketServed)))
            served.append(self._state(TicketServed, ticket))
        return order._follow_tickets(served)

    def void(self, line_id: LineId, reason: str | None, by: Actor) -> "Step":
        """A line is not wanted any more; once it is fired this is a manager's to say, and its ticket shows it."""
        line = self._live(line_id)
        ticket = None if line.ticket_id is None else self.ticket(line.ticket_id)
        if ticket is not None:
            self._must_be_takeable_back(ticket, by)
        order = self._with_line(replace(line, status=LineStatus.VOIDED))
        events: list[RestaurantEvent] = [self._voided(line, ticket, reason)]
        if ticket is not None and not any(one.is_live for one in order.lines_of(ticket)):
            order = order._with(replace(ticket, status=status_after(ticket, TicketVoided)))
            events.append(self._state(TicketVoided, ticket))
        return order._follow_tickets(events, lines_changed=True)

    def cancel(self, reason: str | None, by: Actor) -> "Step":
        """The whole order is off. Once anything is fired this is a manager's to say; what is served stays served."""
        self._must_be_open()
        for ticket in self.tickets:
            self._must_be_takeable_back(ticket, by)
        order, events = self, list[RestaurantEvent]()
        for ticket in self.tickets:
            if ticket.status not in GONE and ticket.status is not TicketStatus.VOIDED:
                order = order._with(replace(ticket, status=status_after(ticket, TicketVoided)))
                events.append(self._state(TicketVoided, ticket))
        for line in self.lines:
            order = order._with_line(replace(line, status=LineStatus.VOIDED))
        cancelled = replace(order, status=OrderStatus.CANCELLED)
        said = OrderCancelled(restaurant_id=self.restaurant_id, order_id=self.id, reason=reason)
        return cancelled, (*events, said, cancelled._update(with_lines=True))

    def close(self) -> "Step":
        """Everything is served, or voided, and settled."""
        self._must_be_open()
        if any(line.status is LineStatus.HELD for line in self.lines) or any(
            ticket.status in OPEN or ticket.status is TicketStatus.BUMPED for ticket in self.tickets
        ):
            raise NotAllServed(number=self.number, order_id=self.id)
        closed = replace(self, status=OrderStatus.CLOSED)
        said = OrderClosed(restaurant_id=self.restaurant_id, order_id=self.id)
        return closed, (said, closed._update())

    def reseat(self, line_id: LineId, seat: int | None) -> "Step":
        """A line is another guest's of this order, at any time while it is open."""
        line = self._live(line_id)
        if line.seat == seat:
            raise AlreadyThere(name=line.name, line_id=line.id)
        return self._with_line(replace(line, seat=seat)), (self._moved(line, seat, self),)

    def hand_over(self, line_id: LineId, seat: int | None, to: "Order") -> tuple["Step", "Order"]:
        """A held line goes over to another order. What the kitchen has is called by this order's name, and stays."""
        if to.restaurant_id != self.restaurant_id:
            raise NoSuchThing(thing="order")
        line = self._live(line_id)
        to._must_be_open()
        if line.status is LineStatus.FIRED:
            raise AlreadyFired(name=line.name, number=self.number, line_id=line.id)
        if {self.kind, to.kind} != {OrderKind.DINE_IN}:
            raise NotAtTables(line_id=line.id)
        mine = replace(self, lines=tuple(one for one in self.lines if one.id != line.id))
        theirs = replace(to, lines=(*to.lines, replace(line, seat=seat)))
        events = (self._moved(line, seat, to), mine._update(with_lines=True), theirs._update(with_lines=True))
        return (mine, events), theirs

    # ------------------------------------------------------------------ how the steps are made

    def _live(self, line_id: LineId) -> Line:
        self._must_be_open()
        line = self.line(line_id)
        if not line.is_live:
            raise AlreadyVoided(line_id=line.id)
        return line

    def _must_be_open(self) -> None:
        if self.status in OVER:
            raise OrderIsOver(number=self.number, status=self.status.value, order_id=self.id)

    def _must_be_takeable_back(self, ticket: Ticket, by: Actor) -> None:
        if ticket.status is TicketStatus.SERVED:
            raise AlreadyServed(order_id=self.id, ticket_id=ticket.id)
        if not by.is_one_of(VOIDS_AFTER_FIRING, self.restaurant_id):
            raise NeedsManager(order_id=self.id)

    def _with(self, ticket: Ticket) -> "Order":
        tickets = tuple(ticket if one.id == ticket.id else one for one in self.tickets)
        return replace(self, tickets=tickets)

    def _with_line(self, line: Line) -> "Order":
        return replace(self, lines=tuple(line if one.id == line.id else one for one in self.lines))

    def _with_ticket(self, ticket: Ticket, of_lines: Collection[LineId]) -> "Order":
        lines = tuple(
            replace(line, status=LineStatus.FIRED, ticket_id=ticket.id) if line.id in of_lines else line
            for line in self.lines
        )
        return replace(self, lines=lines, tickets=(*self.tickets, ticket))

    def _move(self, ticket: Ticket, event: type[TicketEvent], **more: float) -> "Step":
        moved = replace(ticket, status=status_after(ticket, event))
        self._must_be_open()
        return self._with(moved)._follow_tickets([self._state(event, ticket, **more)])

    def _state(self, event: type[TicketEvent], ticket: Ticket, **more: float) -> TicketEvent:
        return event.model_validate(
            {
                "restaurant_id": self.restaurant_id,
                "ticket_id": ticket.id,
                "order_id": self.id,
                "station_id": ticket.station_id,
                "backup_station_id": ticket.backup_station_id,
                **more,
            }
        )

    def _voided(self, line: Line, ticket: Ticket | None, reason: str | None) -> LineVoided:
        return LineVoided(
            restaurant_id=self.restaurant_id,
            order_id=self.id,
            line_id=line.id,
            ticket_id=None if ticket is None else ticket.id,
            station_id=None if ticket is None else ticket.station_id,
            backup_station_id=None if ticket is None else ticket.backup_station_id,
            reason=reason,
        )

    def _moved(self, line: Line, seat: int | None, to: "Order") -> LineMoved:
        return LineMoved(
            restaurant_id=self.restaurant_id,
            order_id=self.id,
            line_id=line.id,
            to_order_id=to.id,
            seat=seat,
            ticket_id=line.ticket_id,
            station_id=None if line.ticket_id is None else line.station_id,
            backup_station_id=None if line.ticket_id is None else self.ticket(line.ticket_id).backup_station_id,
        )

    def _follow_tickets(self, events: Sequence[RestaurantEvent], *, lines_changed: bool = False) -> "Step":
        """The order with the status its tickets give it; whoever follows it is told when it or the lines changed."""
        order = replace(self, status=status_of(self.tickets))
        if order.status is self.status and not lines_changed:
            return order, tuple(events)
        return order, (*events, order._update(with_lines=lines_changed))

    def _update(self, *, with_lines: bool = False) -> OrderStatusUpdate:
        lines = tuple(guest_line(line, self.currency) for line in self.lines if line.is_live) if with_lines else None
        bill = self.bill
        details = OrderDetails(
            number=self.number,
            kind=self.kind,
            table_id=self.table_id,
            message=MESSAGES[self.status],
            total=Money(bill.total, self.currency),
            tax=Money(bill.tax, self.currency),
            lines=lines,
        )
        return OrderStatusUpdate(
            restaurant_id=self.restaurant_id, order_id=self.id, status=self.status, details=details
        )


Step = tuple[Order, tuple[RestaurantEvent, ...]]
"""An order after a step, and the facts that the step states."""


def status_of(tickets: Sequence[Ticket]) -> OrderStatus:
    """How far an order with these tickets is: as far as the slowest one that anybody still waits for."""
    states = {ticket.status for ticket in tickets}
    if states & OPEN:
        return OrderStatus.IN_KITCHEN
    if TicketStatus.BUMPED in states:
        return OrderStatus.READY
    return OrderStatus.SERVED if TicketStatus.SERVED in states else OrderStatus.PLACED
