"""One order as its guest may see it: how far it is, what is on it, and what it comes to.

The order's own room shows one, and the table's board shows those of the party that sits there. Nothing here says who
on the staff did what, what a note says, or which station cooks. Not its business: the floor's view of an order
(`hub.boards.waiters`); the reading of orders is shared with it.
"""

from collections.abc import Collection
from datetime import datetime

from pydantic import TypeAdapter

from hub.audience import Room, restaurant_scope
from hub.boards.board import Admission, Board, BoardKind, must_have_job, no_such_room, read, staff_at_sight, subject
from hub.domain.facts import MESSAGES
from hub.domain.lines import guest_line
from hub.domain.orders import Order
from hub.events import Event
from hub.events.event import Shape
from hub.events.orders import GuestLine, OrderKind, OrderStatus, OrderStatusUpdate
from hub.ids import OrderId
from hub.moments import Moment
from hub.money import Money
from hub.people import Actor
from hub.rights import Permission
from hub.store.database import connection


class GuestOrder(Shape):
    """`lines` are those that are still wanted; `message` is the sentence a guest reads."""

    order_id: OrderId
    number: int
    kind: OrderKind
    status: OrderStatus
    message: str
    total: Money
    tax: Money
    lines: tuple[GuestLine, ...]


class OrderBoard(Board, GuestOrder):
    """What somebody who follows one order sees."""

    restaurant_name: str
    placed_at: Moment


async def admit(room: Room, by: Actor) -> Admission:
    """Whoever works there, who holds the order's link, and the party that ordered, for as long as it sits there."""
    row = await connection().fetchrow(
        """
        select o.restaurant_id, case when s.left_at is null then s.id end as open_seating_id
        from customer_order o left join seating s on s.id = o.seating_id where o.id = $1
        """,
        subject(room),
    )
    if row is None:
        raise no_such_room()
    scope = restaurant_scope(row["restaurant_id"])
    if by.seat is not None and by.seat.seating == row["open_seating_id"]:
        return Admission(scope, closes_with=by.seat.seating)
    if by.order != subject(room):
        must_have_job(by, row["restaurant_id"], Permission.ORDERS_READ)
    return Admission(scope)


_ORDERS = TypeAdapter(tuple[Order, ...])

# Rows as they stand: the domain's own fields have the columns' names, and it takes no notice of other columns.
_ORDERS_BY_ID = """
    select coalesce(json_agg(one order by one.placed_at, one.id), '[]') from (
        select o.*,
               json_build_object('rates', o.tax_rates, 'is_included', o.is_tax_included, 'rounding', o.tax_rounding)
               as tax,
               (select coalesce(json_agg(l order by l.position, l.id), '[]') from order_line l where l.order_id = o.id)
               as lines,
               (select coalesce(json_agg(t order by t.fired_at, t.id), '[]') from ticket t where t.order_id = o.id)
               as tickets
        from customer_order o where o.id = any($1::uuid[])
    ) one
"""


async def orders(ids: Collection[OrderId]) -> tuple[Order, ...]:
    """These orders with everything on them, as they were placed; for looking at, not for changing."""
    return await read(_ORDERS, _ORDERS_BY_ID, list(ids)) if ids else ()


async def load(room: Room) -> OrderBoard:
    restaurant_name = await connection().fetchval(
        "select r.name from customer_order o join restaurant r on r.id = o.restaurant_id where o.id = $1",
        subject(room),
    )
    if restaurant_name is None:
        raise no_such_room()
    (order,) = await orders([OrderId(subject(room))])
    return OrderBoard(**dict(guest_order(order)), restaurant_name=restaurant_name, placed_at=order.placed_at)


def guest_order(order: Order) -> GuestOrder:
    """The order as its guest sees it. `order_status_update` says the same of it."""
    bill = order.bill
    return GuestOrder(
        order_id=order.id,
        number=order.number,
        kind=order.kind,
        status=order.status,
        message=MESSAGES[order.status],
        total=Money(bill.total, order.currency),
        tax=Money(bill.tax, order.currency),
        lines=tuple(guest_line(line, order.currency) for line in order.lines if line.is_live),
    )


def updated(order: GuestOrder, event: OrderStatusUpdate) -> GuestOrder:
    """The order after news of it."""
    return order.model_copy(update=news(event))


def news(event: OrderStatusUpdate) -> dict[str, object]:
    """What changes on a guest's order; the lines only where they are told anew."""
    details = event.details
    lines = {} if details.lines is None else {"lines": details.lines}
    return {
        "status": event.status,
        "message": details.message,
        "total": details.total,
        "tax": details.tax,
        **lines,
    }


def apply(board: OrderBoard, event: Event, at: datetime) -> OrderBoard:
    if isinstance(event, OrderStatusUpdate) and event.order_id == board.order_id:
        return board.model_copy(update=news(event))
    return board


ORDER = BoardKind(
    shape=OrderBoard,
    admit=admit,
    at_sight=staff_at_sight(Permission.ORDERS_READ),
    load=load,
    apply=apply,
    needs=Permission.ORDERS_READ,
)
