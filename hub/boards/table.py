"""One table as the party that sits at it may see it: the table, how long they sit, and what they ordered.

Everything here is fit for guests. When the party leaves the board forgets it, and the next one begins with nothing.
Not its business: the floor as a whole (`hub.boards.waiters`).
"""

from datetime import datetime

from pydantic import TypeAdapter

from hub.audience import Room, Scope, restaurant_scope
from hub.boards import order
from hub.boards.board import Admission, Board, BoardKind, must_have_job, no_such_room, read, staff_at_sight, subject
from hub.boards.order import GuestOrder
from hub.events import Event
from hub.events.event import Shape
from hub.events.floor import PartyLeft, PartySeated, TableChanged, TableRemoved, TableStatus, TableStatusChanged
from hub.events.orders import OrderStatusUpdate
from hub.ids import OrderId, SeatingId, TableId
from hub.moments import Moment
from hub.people import Actor, Seat
from hub.rights import Permission
from hub.store import ledger
from hub.store.database import connection


class SeatedParty(Shape):
    """The party at a table. `covers` counts its guests."""

    seating_id: SeatingId
    covers: int
    seated_at: Moment


class TableBoard(Board):
    """`orders` are the present party's, also those that are closed, until it leaves."""

    table_id: TableId
    name: str
    seats: int
    status: TableStatus
    status_since: Moment
    seating: SeatedParty | None = None
    orders: tuple[GuestOrder, ...] = ()


# ---------------------------------------------------------------------- who may enter


async def admit(room: Room, by: Actor) -> Admission:
    """The floor's staff, and the party that sits at the table now."""
    if by.seat is not None:
        return await _admit_party(room, by.seat)
    restaurant = await connection().fetchval(
        "select restaurant_id from dining_table where id = $1 and removed_at is null", subject(room)
    )
    if restaurant is None:
        raise no_such_room()
    must_have_job(by, restaurant, Permission.FLOOR_WATCH)
    return Admission(restaurant_scope(restaurant))


async def _admit_party(room: Room, seat: Seat) -> Admission:
    """Who sat here before is nobody's business: nothing from before the party was seated is replayed to it."""
    row = await connection().fetchrow(
        """
        select restaurant_id, command_id, seated_by from seating
        where id = $1 and table_id = $2 and left_at is null
        """,
        seat.seating,
        subject(room),
    )
    if row is None or seat.table != subject(room):
        raise no_such_room()
    scope = restaurant_scope(row["restaurant_id"])
    first = await ledger.first_of_command(scope, row["command_id"], row["seated_by"])
    return Admission(
        scope,
        replays_after=await _everything_so_far(scope) if first is None else first - 1,
        closes_with=seat.seating,
    )


async def _everything_so_far(scope: Scope) -> int:
    """Where the seating's own entry is no longer kept, a party is shown boards and replayed nothing older than now."""
    found = await ledger.heads([scope])
    return found[scope].seq if found else 0


# ---------------------------------------------------------------------- read afresh

_TABLES = TypeAdapter(tuple[TableBoard, ...])

_TABLE_BY_ID = """
    select coalesce(json_agg(one), '[]') from (
        select t.id as table_id, t.name, t.seats, t.status, t.status_since,
               (select json_build_object('seating_id', s.id, 'covers', s.covers, 'seated_at', s.seated_at)
                from seating s where s.table_id = t.id and s.left_at is null) as seating
        from dining_table t where t.id = $1 and t.removed_at is null
    ) one
"""


async def load(room: Room) -> TableBoard:
    found = await read(_TABLES, _TABLE_BY_ID, subject(room))
    if not found:
        raise no_such_room()
    (board,) = found
    if board.seating is None:
        return board
    ids = await connection().fetch("select id from customer_order where seating_id = $1", board.seating.seating_id)
    ordered = await order.orders([OrderId(row["id"]) for row in ids])
    return board.model_copy(update={"orders": _in_order(tuple(order.guest_order(one) for one in ordered))})


# ---------------------------------------------------------------------- after one more fact


def apply(board: TableBoard, event: Event, at: datetime) -> TableBoard:
    match event:
        case TableChanged():
            return board.model_copy(update={"name": event.table.name, "seats": event.table.seats})
        case TableStatusChanged():
            return board.model_copy(update={"status": event.status, "status_since": at})
        case PartySeated():
            return board.model_copy(update={"seating": seated(event, at), "orders": ()})
        case PartyLeft():
            return board.model_copy(update={"seating": None, "orders": ()})
        case OrderStatusUpdate() if board.seating is not None:
            return board.model_copy(update={"orders": _in_order(_with_news(board.orders, event))})
        case _:
            return board


def seated(event: PartySeated, at: datetime) -> SeatedParty:
    return SeatedParty(seating_id=event.seating_id, covers=event.covers, seated_at=at)


def _with_news(orders: tuple[GuestOrder, ...], event: OrderStatusUpdate) -> tuple[GuestOrder, ...]:
    """The party's orders after news of one of them, which may be a new one: its first news tells its lines."""
    if any(one.order_id == event.order_id for one in orders):
        return tuple(order.updated(one, event) if one.order_id == event.order_id else one for one in orders)
    details = event.details
    new = GuestOrder(
        order_id=event.order_id,
        number=details.number,
        kind=details.kind,
        status=event.status,
        message=details.message,
        total=details.total,
        tax=details.tax,
        lines=details.lines or (),
    )
    return (*orders, new)


def _in_order(orders: tuple[GuestOrder, ...]) -> tuple[GuestOrder, ...]:
    """As they were born: guests are not told at what moment each was placed, so its id must decide."""
    return tuple(sorted(orders, key=lambda one: one.order_id))


TABLE = BoardKind(
    shape=TableBoard,
    admit=admit,
    at_sight=staff_at_sight(Permission.FLOOR_WATCH),
    needs=Permission.FLOOR_WATCH,
    load=load,
    apply=apply,
    unseen=frozenset({TableRemoved}),
    ends=frozenset({TableRemoved}),
)
