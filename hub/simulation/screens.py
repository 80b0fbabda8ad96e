"""The little that each person needs to see of a board: what is open, how far it is, and who sits where.

Every screen takes a board, and after it entries, as the rooms' documents describe them. Two screens are equal when
they show the same, so a screen that heard everything equals one that was opened just now. Not its business: whether
an entry may be applied (`chain`), and sockets (`ear`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeVar

from hub.events.floor import (
    PartyLeft,
    PartySeated,
    TableAdded,
    TableChanged,
    TableRemoved,
    TableStatus,
    TableStatusChanged,
)
from hub.events.orders import LinesAdded, OrderCancelled, OrderClosed, OrderPlaced, OrderStatus, OrderStatusUpdate
from hub.events.tickets import (
    TicketBackedUp,
    TicketBumped,
    TicketCleared,
    TicketFired,
    TicketRecalled,
    TicketRushed,
    TicketServed,
    TicketStarted,
    TicketStatus,
    TicketVoided,
)

Json = dict[str, Any]

AFTER_STEP = {
    TicketStarted.name: TicketStatus.STARTED,
    TicketBumped.name: TicketStatus.BUMPED,
    TicketRecalled.name: TicketStatus.STARTED,
    TicketServed.name: TicketStatus.SERVED,
    TicketVoided.name: TicketStatus.VOIDED,
    TicketCleared.name: TicketStatus.CLEARED,
}
OPEN = (TicketStatus.FIRED, TicketStatus.STARTED)
WANTED = (*OPEN, TicketStatus.BUMPED)
"""States in which somebody still waits for the food."""
OVER = (OrderStatus.CLOSED, OrderStatus.CANCELLED)


class Screen(Protocol):
    """Something that shows a room. A new one shows nothing yet."""

    @classmethod
    def of(cls, board: Json) -> Self: ...

    def apply(self, event: str, entry: Json) -> None: ...


S = TypeVar("S", bound=Screen)


@dataclass(slots=True)
class Card:
    """A ticket as its cook needs it."""

    ticket_id: str
    number: int
    course: int
    prep_seconds: int
    units: int
    status: TicketStatus
    is_rushed: bool = False

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


@dataclass(slots=True)
class KitchenScreen:
    """A station, or the pass: the tickets that hang there, as they were fired."""

    cards: dict[str, Card] = field(default_factory=dict)

    @classmethod
    def of(cls, board: Json) -> Self:
        return cls({one["ticketId"]: _card(one, one["status"], one["isRushed"]) for one in board["tickets"]})

    def apply(self, event: str, entry: Json) -> None:
        if event == TicketFired.name:
            self.cards[entry["ticketId"]] = _card(entry, TicketStatus.FIRED)
        elif event == TicketBackedUp.name:
            # At its own station, and at the pass, it hangs already.
            self.cards.setdefault(entry["ticketId"], _card(entry, TicketStatus.FIRED, entry["isRushed"]))
        elif event == TicketRushed.name:
            self.cards[entry["ticketId"]].is_rushed = True
        elif event in (TicketServed.name, TicketCleared.name):
            self.cards.pop(entry["ticketId"], None)
        elif event in AFTER_STEP:
            self.cards[entry["ticketId"]].status = AFTER_STEP[event]

    def is_open(self, ticket_id: str) -> bool:
        card = self.cards.get(ticket_id)
        return card is not None and card.is_open


def _card(ticket: Json, status: str, is_rushed: bool = False) -> Card:
    lines = ticket["lines"]
    return Card(
        ticket_id=ticket["ticketId"],
        number=ticket["number"],
        course=ticket["course"],
        prep_seconds=max((line["prepSeconds"] for line in lines), default=0),
        units=sum(line["quantity"] for line in lines),
        status=TicketStatus(status),
        is_rushed=is_rushed,
    )


@dataclass(slots=True)
class ShownTable:
    name: str
    seats: int
    status: TableStatus
    seating_id: str | None = None


@dataclass(slots=True)
class ShownOrder:
    """An open order: how far it is, its lines, and the course and state of each of its tickets."""

    status: OrderStatus
    table_id: str | None
    lines: set[str]
    tickets: dict[str, tuple[int, TicketStatus]] = field(default_factory=dict)


@dataclass(slots=True)
class FloorScreen:
    """The whole floor."""

    tables: dict[str, ShownTable] = field(default_factory=dict)
    orders: dict[str, ShownOrder] = field(default_factory=dict)

    @classmethod
    def of(cls, board: Json) -> Self:
        return cls(
            {one["tableId"]: _table(one, one["status"], one["seating"]) for one in board["tables"]},
            {one["orderId"]: _order(one) for one in board["orders"]},
        )

    def apply(self, event: str, entry: Json) -> None:
        if event in _TO_TABLES:
            _TO_TABLES[event](self.tables, entry)
        elif event == OrderPlaced.name:
            lines = {line["lineId"] for line in entry["lines"]}
            self.orders[entry["orderId"]] = ShownOrder(OrderStatus.PLACED, entry["tableId"], lines)
        elif "orderId" in entry and entry["orderId"] in self.orders:
            self._apply_to_order(event, entry)

    def _apply_to_order(self, event: str, entry: Json) -> None:
        order_id = entry["orderId"]
        order = self.orders[order_id]
        if event in (OrderClosed.name, OrderCancelled.name):
            del self.orders[order_id]
        elif event == OrderStatusUpdate.name:
            order.status = OrderStatus(entry["status"])
            if order.status in OVER:
                del self.orders[order_id]
        elif event == LinesAdded.name:
            order.lines |= {line["lineId"] for line in entry["lines"]}
        elif event == TicketFired.name:
            order.tickets[entry["ticketId"]] = (entry["course"], TicketStatus.FIRED)
        elif event in AFTER_STEP:
            course, _ = order.tickets[entry["ticketId"]]
            order.tickets[entry["ticketId"]] = (course, AFTER_STEP[event])

    def is_cooked(self, order_id: str, ticket_ids: frozenset[str]) -> bool:
        """Whether the kitchen is done with these tickets. An order that is not shown has yet to be heard of."""
        order = self.orders.get(order_id)
        if order is None:
            return False
        shown = (order.tickets.get(ticket_id) for ticket_id in ticket_ids)
        return all(one is not None and one[1] not in OPEN for one in shown)


def _order(order: Json) -> ShownOrder:
    tickets = {one["ticketId"]: (one["course"], TicketStatus(one["status"])) for one in order["tickets"]}
    lines = {line["lineId"] for line in order["lines"]}
    return ShownOrder(OrderStatus(order["status"]), order["tableId"], lines, tickets)


def _table(plan: Json, status: str, seating: Json | None) -> ShownTable:
    return ShownTable(
        plan["name"], plan["seats"], TableStatus(status), None if seating is None else seating["seatingId"]
    )


Tables = dict[str, ShownTable]


def _add_table(tables: Tables, entry: Json) -> None:
    tables[entry["table"]["tableId"]] = _table(entry["table"], TableStatus.FREE, None)


def _change_table(tables: Tables, entry: Json) -> None:
    table = tables[entry["table"]["tableId"]]
    table.name, table.seats = entry["table"]["name"], entry["table"]["seats"]


def _remove_table(tables: Tables, entry: Json) -> None:
    tables.pop(entry["tableId"], None)


def _seat(tables: Tables, entry: Json) -> None:
    tables[entry["tableId"]].seating_id = entry["seatingId"]


def _leave(tables: Tables, entry: Json) -> None:
    tables[entry["tableId"]].seating_id = None


def _move_table(tables: Tables, entry: Json) -> None:
    tables[entry["tableId"]].status = TableStatus(entry["status"])


_TO_TABLES: dict[str, Callable[[Tables, Json], None]] = {
    TableAdded.name: _add_table,
    TableChanged.name: _change_table,
    TableRemoved.name: _remove_table,
    PartySeated.name: _seat,
    PartyLeft.name: _leave,
    TableStatusChanged.name: _move_table,
}


@dataclass(slots=True)
class TableScreen:
    """What a party sees of its table: how it stands with it and with everything it ordered."""

    status: TableStatus
    orders: dict[str, OrderStatus] = field(default_factory=dict)

    @classmethod
    def of(cls, board: Json) -> Self:
        orders = {one["orderId"]: OrderStatus(one["status"]) for one in board["orders"]}
        return cls(TableStatus(board["status"]), orders)

    def apply(self, event: str, entry: Json) -> None:
        if event == TableStatusChanged.name:
            self.status = TableStatus(entry["status"])
        elif event == OrderStatusUpdate.name:
            self.orders[entry["orderId"]] = OrderStatus(entry["status"])
        elif event in (PartySeated.name, PartyLeft.name):
            self.orders = {}


@dataclass(slots=True)
class OrderScreen:
    """What a guest sees of an order: how far it is."""

    status: OrderStatus

    @classmethod
    def of(cls, board: Json) -> Self:
        return cls(OrderStatus(board["status"]))

    def apply(self, event: str, entry: Json) -> None:
        if event == OrderStatusUpdate.name:
            self.status = OrderStatus(entry["status"])
