"""An order under any sequence of steps anybody could ask: what it shows always agrees with its tickets and lines."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hub.domain.bills import TaxRule
from hub.domain.lines import Line
from hub.domain.orders import OVER, Order, Step
from hub.domain.refusals import Refused
from hub.events.orders import LineStatus, OrderKind, OrderStatus, OrderStatusUpdate
from hub.events.tickets import TicketStatus
from hub.ids import ItemId, LineId, OrderId, RestaurantId, StationId, TicketId, new_id
from hub.people import Actor, Role

HOUSE = RestaurantId(new_id())
STATIONS = {StationId(new_id()): name for name in ("Grill", "Cold")}
BEGAN = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def somebody(role: Role) -> Actor:
    return Actor(name=role.value, grants=MappingProxyType({HOUSE: frozenset({role})}))


def a_line(station: StationId, course: int, quantity: int, price: int) -> Line:
    return Line(LineId(new_id()), ItemId(new_id()), "Dish", quantity, price, course, station, prep_seconds=60)


def another_order() -> Order:
    return Order(OrderId(new_id()), HOUSE, 2, OrderKind.DINE_IN, OrderStatus.PLACED, "GBP", TaxRule(), BEGAN)


def of_the_first(both: tuple[Step, Order]) -> Step:
    """What a line that goes over means to the order that it leaves."""
    (order, events), _ = both
    return order, tuple(one for one in events if getattr(one, "order_id", None) == order.id)


class AnEvening(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.at = BEGAN
        self.order = Order(OrderId(new_id()), HOUSE, 1, OrderKind.DINE_IN, OrderStatus.PLACED, "GBP", TaxRule(), BEGAN)
        self.told = OrderStatus.PLACED
        self.told_total = 0
        self.last_sentence = ""

    def take(self, step: Callable[[Order], Step]) -> None:
        """Take a step. A refusal changes nothing, since orders do not change; facts keep whoever follows up to date."""
        self.at += timedelta(seconds=30)
        try:
            order, events = step(self.order)
        except Refused as refusal:
            self.last_sentence = refusal.sentence
            return
        assert events, "A step that is not refused states something."
        self.order = order
        for event in events:
            if isinstance(event, OrderStatusUpdate):
                self.told, self.told_total = event.status, event.details.total.amount

    @rule(station=st.sampled_from(sorted(STATIONS)), course=st.integers(1, 3), quantity=st.integers(1, 4))
    def add(self, station: StationId, course: int, quantity: int) -> None:
        self.take(lambda order: order.add([a_line(station, course, quantity, 500)]))

    @rule(course=st.integers(1, 3) | st.none())
    def fire(self, course: int | None) -> None:
        self.take(lambda order: order.fire(course, STATIONS, lambda: TicketId(new_id()), self.at))

    @rule(verb=st.sampled_from(["start", "bump", "recall", "rush", "clear"]), data=st.data())
    def cook(self, verb: str, data: st.DataObject) -> None:
        if not self.order.tickets:
            return
        ticket = data.draw(st.sampled_from(self.order.tickets))
        steps: dict[str, Callable[[Order], Step]] = {
            "start": lambda order: order.start(ticket.id, self.at),
            "bump": lambda order: order.bump(ticket.id, self.at),
            "recall": lambda order: order.recall(ticket.id, self.at),
            "rush": lambda order: order.rush(ticket.id),
            "clear": lambda order: order.clear(ticket.id),
        }
        self.take(steps[verb])

    @rule(course=st.integers(1, 3) | st.none())
    def serve(self, course: int | None) -> None:
        self.take(lambda order: order.serve(course))

    @rule(role=st.sampled_from([Role.WAITER, Role.MANAGER]), data=st.data())
    def void(self, role: Role, data: st.DataObject) -> None:
        if self.order.lines:
            line = data.draw(st.sampled_from(self.order.lines))
            self.take(lambda order: order.void(line.id, None, somebody(role)))

    @rule(seat=st.integers(1, 4) | st.none(), goes_over=st.booleans(), data=st.data())
    def move(self, seat: int | None, goes_over: bool, data: st.DataObject) -> None:
        if not self.order.lines:
            return
        line = data.draw(st.sampled_from(self.order.lines))
        if goes_over:
            self.take(lambda order: of_the_first(order.hand_over(line.id, seat, another_order())))
        else:
            self.take(lambda order: order.reseat(line.id, seat))

    @rule(role=st.sampled_from([Role.WAITER, Role.MANAGER]), seldom=st.integers(0, 5))
    def cancel(self, role: Role, seldom: int) -> None:
        if seldom == 0:
            self.take(lambda order: order.cancel("changed their minds", somebody(role)))

    @rule()
    def close(self) -> None:
        if self.order.lines:
            self.take(lambda order: order.close())

    @invariant()
    def whoever_follows_the_order_knows_its_status_and_total(self) -> None:
        assert self.told is self.order.status
        assert self.told_total == self.order.bill.total

    @invariant()
    def a_refusal_is_said_with_its_facts(self) -> None:
        assert "{" not in self.last_sentence

    @invariant()
    def every_line_is_held_or_on_a_ticket_or_voided(self) -> None:
        tickets = {one.id: one for one in self.order.tickets}
        for line in self.order.lines:
            if line.status is LineStatus.HELD:
                assert line.ticket_id is None
            if line.status is LineStatus.FIRED:
                ticket = tickets[line.ticket_id] if line.ticket_id else None
                assert ticket is not None
                assert (ticket.station_id, ticket.course) == (line.station_id, line.course)
                assert ticket.status not in (TicketStatus.VOIDED, TicketStatus.CLEARED)

    @invariant()
    def a_voided_ticket_has_nothing_left_on_it(self) -> None:
        for ticket in self.order.tickets:
            lines = self.order.lines_of(ticket)
            assert lines
            gone = ticket.status in (TicketStatus.VOIDED, TicketStatus.CLEARED)
            assert gone is not any(line.is_live for line in lines)

    @invariant()
    def an_order_is_as_far_as_its_slowest_ticket(self) -> None:
        states = {one.status for one in self.order.tickets}
        if self.order.status in OVER:
            assert not states & {TicketStatus.FIRED, TicketStatus.STARTED, TicketStatus.BUMPED}
        elif self.order.status is OrderStatus.READY:
            assert TicketStatus.BUMPED in states
            assert not states & {TicketStatus.FIRED, TicketStatus.STARTED}

    @invariant()
    def what_is_closed_was_served(self) -> None:
        if self.order.status is OrderStatus.CLOSED:
            assert all(line.status is not LineStatus.HELD for line in self.order.lines)


AnEvening.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestAnEvening = AnEvening.TestCase
