"""An order and its tickets: what may happen to them, and what is stated when it does.

Every step takes the order and returns it changed, with the events in the order in which they are recorded. Nothing
here waits, reads a clock or makes an id. An order's status follows its tickets; only closing and cancelling are said.

Whoever was away says what they knew: in which round of a ticket, and which lines. Such a step is merged (`rounds`,
`voids`), and states nothing where it is behind. Without that a step means the order as it stands, and is refused where
it does not fit.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hub.domain import facts, rounds, voids
from hub.domain.cards import backed_up, fired, void_decided
from hub.domain.lines import Line
from hub.domain.refusals import Kind, NoSuchThing, Refused
from hub.domain.rounds import Ready, Share
from hub.domain.sheets import Sheet
from hub.domain.tickets import OPEN, AlreadyRushed, IllegalTicketStep, Ticket, status_after
from hub.domain.voids import AlreadyVoided, NotDisputed, VoidUndecided
from hub.events import RestaurantEvent
from hub.events.orders import (
    LineStatus,
    OrderCancelled,
    OrderClosed,
    OrderKind,
    OrderStatus,
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
)
from hub.ids import LineId, StationId, TicketId
from hub.people import Actor
from hub.rights import Permission

OVER = frozenset({OrderStatus.CLOSED, OrderStatus.CANCELLED})


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
class Order(Sheet):
    """One order: the sheet, and the steps that turn it into the next."""

    # ------------------------------------------------------------------ taking the order

    def place(self) -> "Step":
        """State the order that was just put together."""
        return self, (facts.placed(self), facts.news(self, with_lines=True))

    def add(self, lines: Sequence[Line]) -> "Step":
        """More lines. Raises OrderIsOver."""
        self._must_be_open()
        more = replace(self, lines=(*self.lines, *lines))
        return more._follow_tickets([facts.added(self, lines)], since=self)

    def fire(
        self,
        course: int | None,
        station_names: Mapping[StationId, str],
        new_ticket_id: Callable[[], TicketId],
        at: datetime,
        *,
        named: Collection[LineId] | None = None,
    ) -> "Step":
        """Send what is held of a course, or of all courses, to the kitchen: one ticket per station and course.

        Of lines that are `named` those go that are held still.
        """
        self._must_be_open()
        held = [line for line in self.lines if line.status is LineStatus.HELD and course in (None, line.course)]
        if named is not None:
            held = [line for line in held if line.id in named]
        elif not held:
            raise NothingToFire(number=self.number, course=course, order_id=self.id)
        shares: dict[tuple[int, StationId], set[LineId]] = {}
        for line in held:
            shares.setdefault((line.course, line.station_id), set()).add(line.id)
        order, events = self, list[RestaurantEvent]()
        for (its_course, station), mine in shares.items():
            ticket = Ticket(new_ticket_id(), station, its_course, TicketStatus.FIRED, fired_at=at)
            order = order._with_ticket(ticket, mine)
            events.append(fired(order, ticket, station_names[station]))
        return order._follow_tickets(events, since=self)

    # ------------------------------------------------------------------ in the kitchen

    def start(self, ticket_id: TicketId, at: datetime, *, recalls: int | None = None) -> "Step":
        share = self.share(ticket_id)
        known = _round(share.ticket, TicketStarted, recalls)
        return self._merge(share, rounds.started(share, known, at), TicketStarted)

    def bump(
        self, ticket_id: TicketId, at: datetime, *, recalls: int | None = None, named: Collection[LineId] | None = None
    ) -> "Step":
        """Done, whether it was started or not, with the lines `named`, or all that are wanted."""
        share = self.share(ticket_id)
        known = _round(share.ticket, TicketBumped, recalls)
        after = rounds.bumped(share, known, share.wanted if named is None else named, at)
        return self._merge(share, after, TicketBumped, ticket_seconds=(at - share.ticket.fired_at).total_seconds())

    def recall(self, ticket_id: TicketId, at: datetime, *, recalls: int | None = None) -> "Step":
        """Bumped too early: back to the station, until it is served."""
        share = self.share(ticket_id)
        known = _round(share.ticket, TicketRecalled, recalls)
        return self._merge(share, rounds.recalled(share, known, at), TicketRecalled)

    def rush(self, ticket_id: TicketId, *, recalls: int | None = None) -> "Step":
        """This ticket before the others. As it stands it must be being cooked: raises IllegalTicketStep."""
        share = self.share(ticket_id)
        if recalls is None:
            self._must_be_open()
            if share.ticket.status not in OPEN:
                raise IllegalTicketStep(status=share.ticket.status.value, step="rushed", ticket_id=ticket_id)
            if share.ticket.is_rushed:
                raise AlreadyRushed(ticket_id=ticket_id)
        return self._merge(share, rounds.rushed(share), TicketRushed)

    def clear(self, ticket_id: TicketId, *, restores: int | None = None) -> "Step":
        """The station has seen that the ticket is voided."""
        share = self.share(ticket_id)
        if restores is None:
            status_after(share.ticket, TicketCleared)
        order = self._with_share(rounds.cleared(share, share.restores if restores is None else restores))
        return order, tuple(facts.fallen(order, share.ticket))

    def back_up(self, ticket_id: TicketId, station_name: str, by: StationId) -> "Step":
        """Its station does not show it, so the station `by` shows it as well. Whoever shows it already goes on."""
        ticket = self.ticket(ticket_id)
        if ticket.backup_station_id is not None:
            return self, ()
        backed = replace(self.share(ticket_id), ticket=replace(ticket, backup_station_id=by))
        return self._with_share(backed), (backed_up(self, ticket, station_name, by),)

    # ------------------------------------------------------------------ bringing it, and taking it back

    def serve(self, course: int | None, seen: Sequence[Ready] | None = None) -> "Step":
        """Everything that is ready, or what is ready of one course, or what was `seen` to be, goes to the guest."""
        if seen is None:
            seen = self._ready(course)
        order, served = self, list[RestaurantEvent]()
        for one in seen:
            share = order.share(one.ticket_id)
            after = rounds.served(share, one.recalls, one.line_ids)
            if after.ticket != share.ticket:
                served.append(facts.moved_on(self, TicketServed, after.ticket))
            order = order._with_share(after)
        if order == self:
            return self, ()
        self._must_be_open()
        return order._follow_tickets(served, since=self)

    def void(
        self, line_id: LineId, reason: str | None, by: Actor, *, bumps: int | None = None, restores: int | None = None
    ) -> "Step":
        """A line is not wanted any more; once it is fired this is a manager's to say, and its ticket shows it.

        Whoever says how many `bumps`, and `restores` of the line, they knew of is never too late to be heard.
        """
        as_it_stands = bumps is None and restores is None
        line = self._live(line_id) if as_it_stands else self.line(line_id)
        share = None if line.ticket_id is None else self.share(line.ticket_id)
        done = 0 if share is None else share.done
        saw, lives = done if bumps is None else bumps, line.restores if restores is None else restores
        after = voids.voided(line, done=done, saw=saw, restores=lives)
        if after == line:
            return self, ()
        self._must_be_open()
        if share is not None:
            self._must_be_takeable_back(share.ticket, by, served_is_too_late=as_it_stands)
        said = [facts.voided(self, line.id, reason)] if line.is_live else []
        return self._with_line_of(share, after)._follow_tickets(said, since=self)

    def decide(
        self, line_id: LineId, names: Mapping[StationId, str], *, stands: bool, restores: int | None = None
    ) -> "Step":
        """What holds where a void crossed a bump: the void, or that the line was cooked and is the guest's."""
        line = self.line(line_id)
        if restores is None and not line.is_disputed:
            raise NotDisputed(name=line.name, line_id=line.id)
        after = voids.decided(line, stands=stands, restores=line.restores if restores is None else restores)
        if after == line:
            return self, ()
        self._must_be_open()
        assert line.ticket_id is not None, "What nobody cooked was never bumped."
        order = self._with_line_of(self.share(line.ticket_id), after)
        said = void_decided(order, after, names[line.station_id], stands=stands)
        return order._follow_tickets([said], since=self)

    def cancel(self, reason: str | None, by: Actor) -> "Step":
        """The whole order is off. Once anything is fired this is a manager's to say; what is served stays served."""
        self._must_be_open()
        for ticket in self.tickets:
            self._must_be_takeable_back(ticket, by)
        order = replace(self, lines=tuple(voids.called_off(line) for line in self.lines))
        for ticket in self.tickets:
            order = order._with_share(order.share(ticket.id))
        cancelled = replace(order, status=OrderStatus.CANCELLED)
        fallen = [one for ticket in self.tickets for one in facts.fallen(order, ticket)]
        said = OrderCancelled(restaurant_id=self.restaurant_id, order_id=self.id, reason=reason)
        return cancelled, (*fallen, said, facts.news(cancelled, with_lines=True))

    def close(self) -> "Step":
        """Everything is served, or voided, and settled."""
        self._must_be_open()
        if any(line.status is LineStatus.HELD for line in self.lines) or any(
            ticket.status in OPEN or ticket.status is TicketStatus.BUMPED for ticket in self.tickets
        ):
            raise NotAllServed(number=self.number, order_id=self.id)
        if any(line.is_disputed for line in self.lines):
            raise VoidUndecided(number=self.number, order_id=self.id)
        closed = replace(self, status=OrderStatus.CLOSED)
        said = OrderClosed(restaurant_id=self.restaurant_id, order_id=self.id)
        return closed, (said, facts.news(closed))

    def reseat(self, line_id: LineId, seat: int | None) -> "Step":
        """A line is another guest's of this order, at any time while it is open."""
        line = self._live(line_id)
        if line.seat == seat:
            raise AlreadyThere(name=line.name, line_id=line.id)
        return self._with_line(replace(line, seat=seat)), (facts.reseated(self, line.id, seat, self),)

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
        events = (
            facts.reseated(self, line.id, seat, to),
            facts.news(mine, with_lines=True),
            facts.news(theirs, with_lines=True),
        )
        return (mine, events), theirs

    # ------------------------------------------------------------------ how the steps are made

    @property
    def _wanted(self) -> list[LineId]:
        return [line.id for line in self.lines if line.is_live]

    def _live(self, line_id: LineId) -> Line:
        self._must_be_open()
        line = self.line(line_id)
        if not line.is_live:
            raise AlreadyVoided(line_id=line.id)
        return line

    def _must_be_open(self) -> None:
        if self.status in OVER:
            raise OrderIsOver(number=self.number, status=self.status.value, order_id=self.id)

    def _must_be_takeable_back(self, ticket: Ticket, by: Actor, *, served_is_too_late: bool = True) -> None:
        if ticket.status is TicketStatus.SERVED and served_is_too_late:
            raise AlreadyServed(order_id=self.id, ticket_id=ticket.id)
        if not by.may(Permission.FIRED_VOID, self.restaurant_id):
            raise NeedsManager(order_id=self.id)

    def _ready(self, course: int | None) -> list[Ready]:
        """What is ready as it stands. Raises where that is nothing."""
        self._must_be_open()
        if not self.tickets:
            raise NothingFired(number=self.number, order_id=self.id)
        ready = [one for one in self.tickets if one.status is TicketStatus.BUMPED and course in (None, one.course)]
        if not ready:
            raise NothingReady(number=self.number, order_id=self.id)
        return [Ready(one.id, one.recalls, self.share(one.id).wanted) for one in ready]

    def _with_share(self, share: Share) -> "Order":
        """The order with a ticket and its lines as they are now, and the ticket's status as both make it."""
        ticket, now = share.standing(), {line.id: line for line in share.lines}
        return replace(
            self,
            tickets=tuple(ticket if one.id == ticket.id else one for one in self.tickets),
            lines=tuple(now.get(one.id, one) for one in self.lines),
        )

    def _with_line_of(self, share: Share | None, line: Line) -> "Order":
        """The order with this line as it is now, and whatever that makes of the ticket that it is on."""
        order = self._with_line(line)
        return order if share is None else order._with_share(order.share(share.ticket.id))

    def _with_line(self, line: Line) -> "Order":
        return replace(self, lines=tuple(line if one.id == line.id else one for one in self.lines))

    def _with_ticket(self, ticket: Ticket, of_lines: Collection[LineId]) -> "Order":
        lines = tuple(
            replace(line, status=LineStatus.FIRED, ticket_id=ticket.id) if line.id in of_lines else line
            for line in self.lines
        )
        return replace(self, lines=lines, tickets=(*self.tickets, ticket))

    def _merge(self, before: Share, after: Share, event: type[TicketEvent], **more: float) -> "Step":
        """The order after a step of one ticket, which is stated if the ticket was not as far already."""
        if after == before:
            return self, ()
        self._must_be_open()
        has_moved = after.ticket != before.ticket
        said = [facts.moved_on(self, event, after.ticket, **more)] if has_moved else []
        return self._with_share(after)._follow_tickets(said, since=self)

    def _follow_tickets(self, events: Sequence[RestaurantEvent], *, since: "Order") -> "Step":
        """The order with the status its tickets give it; whoever follows it is told when it or the lines changed."""
        status = status_of(self.tickets)
        order = self if status is self.status else replace(self, status=status)
        said = [*events, *(one for ticket in since.tickets for one in facts.fallen(order, ticket))]
        lines_changed = order._wanted != since._wanted
        if order.status is since.status and not lines_changed:
            return order, tuple(said)
        return order, (*said, facts.news(order, with_lines=lines_changed))


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


def _round(ticket: Ticket, event: type[TicketEvent], recalls: int | None) -> int:
    """The round a step is meant for. Where nobody says so it is the one that is, if that has the step."""
    if recalls is None:
        status_after(ticket, event)
        return ticket.recalls
    return recalls
