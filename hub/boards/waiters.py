"""The floor's board: sections, tables and who sits at them, and every order that is still open.

An order is on it from being placed until it is closed or cancelled; tickets that were served or voided stay listed
with it. Not its business: what guests may see (`hub.boards.table`, `hub.boards.order`), and cooking.
"""

from collections.abc import Callable
from datetime import datetime

from pydantic import TypeAdapter

from hub.audience import Room, restaurant_scope
from hub.boards import house, order, table, tickets
from hub.boards.board import Admission, BoardKind, must_have_job, read, staff_at_sight, subject
from hub.boards.house import HouseBoard
from hub.boards.table import SeatedParty
from hub.domain.lines import staff_line
from hub.domain.orders import OVER, Order
from hub.domain.tickets import shown_ticket
from hub.events import Event
from hub.events.devices import DeviceEnrolled, DeviceRevoked
from hub.events.event import Shape
from hub.events.floor import (
    PartyLeft,
    PartySeated,
    SectionAdded,
    TableAdded,
    TableChanged,
    TablePlan,
    TableRemoved,
    TableStatus,
    TableStatusChanged,
)
from hub.events.menu import MenuSectionAdded, StationAdded
from hub.events.orders import (
    LineMoved,
    LinesAdded,
    LineStatus,
    LineVoided,
    OrderCancelled,
    OrderClosed,
    OrderKind,
    OrderLine,
    OrderPlaced,
    OrderStatus,
    OrderStatusUpdate,
)
from hub.events.tickets import (
    ShownTicket,
    TicketEvent,
    TicketFired,
    TicketLine,
    TicketStatus,
    TicketVoided,
    VoidEvent,
)
from hub.ids import LineId, OrderId, RestaurantId, SeatingId, SectionId, TableId
from hub.moments import Moment
from hub.money import Money
from hub.people import Actor
from hub.rights import Permission
from hub.store.database import connection


class FloorSection(Shape):
    section_id: SectionId
    name: str


class FloorTable(TablePlan):
    """A table on the plan, and how its evening is going."""

    status: TableStatus
    status_since: Moment
    seating: SeatedParty | None = None


class FloorOrder(Shape):
    """An order that is still open, as staff see it."""

    order_id: OrderId
    number: int
    kind: OrderKind
    status: OrderStatus
    table_id: TableId | None
    table_name: str | None
    seating_id: SeatingId | None
    customer_name: str | None
    placed_at: Moment
    total: Money
    tax: Money
    lines: tuple[OrderLine, ...]
    tickets: tuple[ShownTicket, ...] = ()


class WaitersBoard(HouseBoard):
    """The whole floor at once."""

    sections: tuple[FloorSection, ...] = ()
    tables: tuple[FloorTable, ...] = ()
    orders: tuple[FloorOrder, ...] = ()


async def admit(room: Room, by: Actor) -> Admission:
    """Waiters, hosts, expos and whoever answers for the house."""
    restaurant = RestaurantId(subject(room))
    must_have_job(by, restaurant, Permission.FLOOR_WATCH)
    return Admission(restaurant_scope(restaurant))


# ---------------------------------------------------------------------- read afresh

_SECTIONS = TypeAdapter(tuple[FloorSection, ...])
_TABLES = TypeAdapter(tuple[FloorTable, ...])

_SECTIONS_OF_HOUSE = """
    select coalesce(json_agg(one order by one.section_id), '[]') from (
        select id as section_id, name from section where restaurant_id = $1
    ) one
"""

_TABLES_OF_HOUSE = """
    select coalesce(json_agg(one order by one.table_id), '[]') from (
        select t.id as table_id, t.section_id, t.name, t.seats, t.x, t.y, t.status, t.status_since,
               (select json_build_object('seating_id', s.id, 'covers', s.covers, 'seated_at', s.seated_at)
                from seating s where s.table_id = t.id and s.left_at is null) as seating
        from dining_table t where t.restaurant_id = $1 and t.removed_at is null
    ) one
"""

_OPEN_ORDER_IDS = "select id from customer_order where restaurant_id = $1 and status not in ('closed', 'cancelled')"


async def load(room: Room) -> WaitersBoard:
    restaurant = RestaurantId(subject(room))
    open_orders = await connection().fetch(_OPEN_ORDER_IDS, restaurant)
    return WaitersBoard(
        **dict(await house.load(restaurant)),
        sections=await read(_SECTIONS, _SECTIONS_OF_HOUSE, restaurant),
        tables=await read(_TABLES, _TABLES_OF_HOUSE, restaurant),
        orders=tuple(_shown(one) for one in await order.orders([OrderId(row["id"]) for row in open_orders])),
    )


def _shown(one: Order) -> FloorOrder:
    bill = one.bill
    return FloorOrder(
        order_id=one.id,
        number=one.number,
        kind=one.kind,
        status=one.status,
        table_id=one.table_id,
        table_name=one.table_name,
        seating_id=one.seating_id,
        customer_name=one.customer_name,
        placed_at=one.placed_at,
        total=Money(bill.total, one.currency),
        tax=Money(bill.tax, one.currency),
        lines=tuple(staff_line(line, one.currency) for line in one.lines),
        tickets=tickets.in_order(tuple(shown_ticket(ticket) for ticket in one.tickets)),
    )


# ---------------------------------------------------------------------- after one more fact


def apply(board: WaitersBoard, event: Event, at: datetime) -> WaitersBoard:
    match event:
        case TicketEvent() | LinesAdded() | LineVoided() | OrderStatusUpdate():
            orders = (_order_after(one, event, at) if one.order_id == event.order_id else one for one in board.orders)
            return board.model_copy(update={"orders": tuple(one for one in orders if one.status not in OVER)})
        case LineMoved():
            return board.model_copy(update={"orders": _with_moved(board.orders, event)})
        case OrderPlaced():
            return board.model_copy(update={"orders": _in_order((*board.orders, _placed(event, at)))})
        case OrderClosed() | OrderCancelled():
            return board.model_copy(
                update={"orders": tuple(one for one in board.orders if one.order_id != event.order_id)}
            )
        case SectionAdded():
            sections = (*board.sections, FloorSection(section_id=event.section_id, name=event.section_name))
            return board.model_copy(update={"sections": tuple(sorted(sections, key=lambda one: one.section_id))})
        case TableAdded() | TableChanged() | TableRemoved() | PartySeated() | PartyLeft() | TableStatusChanged():
            return board.model_copy(update={"tables": _tables_after(board.tables, event, at)})
        case _:
            return house.apply(board, event, at)


OrderNews = TicketEvent | LinesAdded | LineVoided | OrderStatusUpdate
TableNews = TableAdded | TableChanged | TableRemoved | PartySeated | PartyLeft | TableStatusChanged


def _order_after(one: FloorOrder, event: OrderNews, at: datetime) -> FloorOrder:
    """An order after a fact about it."""
    match event:
        case LinesAdded():
            return one.model_copy(update={"lines": (*one.lines, *event.lines)})
        case LineVoided():
            return _with_voided(one, lambda line: line.line_id == event.line_id)
        case OrderStatusUpdate():
            details = event.details
            return one.model_copy(update={"status": event.status, "total": details.total, "tax": details.tax})
        case TicketFired():
            return _with_fired(one, event, at)
        case VoidEvent():
            return _with_void(one, event)
        case TicketVoided():
            # A cancelled order voids whole tickets, without a word about their lines.
            voided = _with_voided(one, lambda line: line.ticket_id == event.ticket_id)
            return voided.model_copy(update={"tickets": tickets.all_moved(voided.tickets, event, at)})
        case TicketEvent():
            return one.model_copy(update={"tickets": tickets.all_moved(one.tickets, event, at)})


def _placed(event: OrderPlaced, at: datetime) -> FloorOrder:
    """A new order. What it comes to with tax is told by the update that always follows in the same commit."""
    currency = event.lines[0].unit_price.currency
    return FloorOrder(
        order_id=event.order_id,
        number=event.number,
        kind=event.kind,
        status=OrderStatus.PLACED,
        table_id=event.table_id,
        table_name=event.table_name,
        seating_id=event.seating_id,
        customer_name=event.customer_name,
        placed_at=at,
        total=Money(sum(line.unit_price.amount * line.quantity for line in event.lines), currency),
        tax=Money(0, currency),
        lines=event.lines,
    )


def _with_voided(one: FloorOrder, is_meant: Callable[[OrderLine], bool]) -> FloorOrder:
    voided = {"status": LineStatus.VOIDED, "is_disputed": False}
    lines = (line.model_copy(update=voided) if is_meant(line) else line for line in one.lines)
    return one.model_copy(update={"lines": tuple(lines)})


def _with_moved(orders: tuple[FloorOrder, ...], event: LineMoved) -> tuple[FloorOrder, ...]:
    """A line keeps its place on its order; on another one it comes last."""
    if event.to_order_id == event.order_id:
        return tuple(
            one.model_copy(update={"lines": tuple(_reseated(line, event) for line in one.lines)}) for one in orders
        )
    moved = tuple(_reseated(line, event) for one in orders for line in one.lines if line.line_id == event.line_id)
    return tuple(
        one.model_copy(update={"lines": (*one.lines, *moved)})
        if one.order_id == event.to_order_id
        else one.model_copy(update={"lines": tuple(line for line in one.lines if line.line_id != event.line_id)})
        for one in orders
    )


def _reseated(line: OrderLine, event: LineMoved) -> OrderLine:
    return line.model_copy(update={"seat": event.seat}) if line.line_id == event.line_id else line


def _with_fired(one: FloorOrder, event: TicketFired, at: datetime) -> FloorOrder:
    ids: set[LineId] = {line.line_id for line in event.lines}
    fired = {"status": LineStatus.FIRED, "ticket_id": event.ticket_id}
    ticket = ShownTicket(
        ticket_id=event.ticket_id,
        station_id=event.station_id,
        course=event.course,
        status=TicketStatus.FIRED,
        is_rushed=False,
        fired_at=at,
        started_at=None,
        bumped_at=None,
    )
    return one.model_copy(
        update={
            "lines": tuple(line.model_copy(update=fired) if line.line_id in ids else line for line in one.lines),
            "tickets": tickets.in_order((*one.tickets, ticket)),
        }
    )


def _with_void(one: FloorOrder, event: VoidEvent) -> FloorOrder:
    told = {line.line_id: line for line in event.lines}
    return one.model_copy(
        update={
            "lines": tuple(_as_told(line, told[line.line_id]) if line.line_id in told else line for line in one.lines),
            "tickets": tickets.all_moved(one.tickets, event, event.fired_at),
        }
    )


def _as_told(line: OrderLine, told: TicketLine) -> OrderLine:
    status = LineStatus.VOIDED if told.is_voided else LineStatus.FIRED
    return line.model_copy(update={"status": status, "is_disputed": told.is_disputed, "restores": told.restores})


def _in_order(orders: tuple[FloorOrder, ...]) -> tuple[FloorOrder, ...]:
    """As they were placed."""
    return tuple(sorted(orders, key=lambda one: (one.placed_at, one.order_id)))


def _tables_after(tables: tuple[FloorTable, ...], event: TableNews, at: datetime) -> tuple[FloorTable, ...]:
    match event:
        case TableAdded():
            added = FloorTable(**dict(event.table), status=TableStatus.FREE, status_since=at)
            return tuple(sorted((*tables, added), key=lambda one: one.table_id))
        case TableRemoved():
            return tuple(one for one in tables if one.table_id != event.table_id)
        case TableChanged():
            return _with_table(tables, event.table.table_id, dict(event.table))
        case PartySeated():
            return _with_table(tables, event.table_id, {"seating": table.seated(event, at)})
        case PartyLeft():
            return _with_table(tables, event.table_id, {"seating": None})
        case TableStatusChanged():
            return _with_table(tables, event.table_id, {"status": event.status, "status_since": at})


def _with_table(tables: tuple[FloorTable, ...], table_id: TableId, now: dict[str, object]) -> tuple[FloorTable, ...]:
    return tuple(one.model_copy(update=now) if one.table_id == table_id else one for one in tables)


WAITERS = BoardKind(
    shape=WaitersBoard,
    admit=admit,
    at_sight=staff_at_sight(Permission.FLOOR_WATCH),
    needs=Permission.FLOOR_WATCH,
    load=load,
    apply=apply,
    # Headings of the menu and stations are looked up where they are named; the floor's screen lists neither, and no
    # tablets: of those it hears for managers' sake.
    unseen=frozenset({StationAdded, MenuSectionAdded, DeviceEnrolled, DeviceRevoked}),
)
