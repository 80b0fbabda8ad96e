"""Orders in PostgreSQL, with their lines and tickets. Lines and tickets are touched only under their order's lock."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hub.domain.lines import Line
from hub.domain.orders import Order
from hub.domain.tickets import Ticket
from hub.events.orders import LineStatus, OrderKind, OrderStatus
from hub.events.tickets import TicketStatus
from hub.ids import OrderId, RestaurantId, SeatingId, TicketId
from hub.people import Actor
from hub.store.database import connection
from hub.store.menu import packed_modifiers, unpacked_modifiers
from hub.store.restaurants import packed_rates, tax_rule


async def lock(wanted: OrderId, *, by: Actor) -> Order | None:
    """The order, if it is in a restaurant in which `by` is known; nobody else changes it until the transaction ends."""
    row = await connection().fetchrow(
        "select * from customer_order where id = $1 and restaurant_id = any($2::uuid[]) for update",
        wanted,
        list(by.grants),
    )
    return None if row is None else (await _with_lines([row]))[0]


async def lock_of_ticket(ticket: TicketId, *, by: Actor) -> Order | None:
    """As `lock`, for the order that this ticket belongs to."""
    order = await connection().fetchval("select order_id from ticket where id = $1", ticket)
    return None if order is None else await lock(order, by=by)


async def order(wanted: OrderId, *, by: Actor) -> Order | None:
    """The order as it is, if it is in a restaurant in which `by` is known."""
    row = await connection().fetchrow(
        "select * from customer_order where id = $1 and restaurant_id = any($2::uuid[])", wanted, list(by.grants)
    )
    return None if row is None else (await _with_lines([row]))[0]


async def page_of(
    restaurant: RestaurantId, *, statuses: Sequence[OrderStatus] = (), before: OrderId | None = None, limit: int
) -> list[Order]:
    """Orders from the newest down, those before the order `before`, at most `limit`."""
    rows = await connection().fetch(
        """
        select * from customer_order
        where restaurant_id = $1 and ($2::text[] = '{}' or status = any($2)) and ($3::uuid is null or id < $3)
        order by id desc limit $4
        """,
        restaurant,
        [one.value for one in statuses],
        before,
        limit,
    )
    return await _with_lines(rows)


async def has_open(seating: SeatingId) -> bool:
    """Whether a party still has orders that are neither closed nor cancelled."""
    found: bool = await connection().fetchval(
        """
        select exists (
            select from customer_order where seating_id = $1 and status not in ('closed', 'cancelled')
        )
        """,
        seating,
    )
    return found


async def next_number(restaurant: RestaurantId) -> int:
    """The next number to call out. Days begin at four in the morning where the restaurant is.

    Locks the restaurant's counter: taken after everything but the ledger's head.
    """
    number: int = await connection().fetchval(
        """
        insert into order_number as n (restaurant_id, day, last)
        select id, (now() at time zone time_zone - interval '4 hours')::date, 1 from restaurant where id = $1
        on conflict (restaurant_id) do update
        set last = case when n.day = excluded.day then n.last + 1 else 1 end, day = excluded.day
        returning last
        """,
        restaurant,
    )
    return number


async def add(new: Order) -> None:
    """Keep an order that was just placed."""
    await connection().execute(
        """
        insert into customer_order (
            id, restaurant_id, number, kind, status, currency, tax_rates, is_tax_included, tax_rounding,
            placed_at, placed_by, table_id, table_name, seating_id, customer_name
        ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """,
        new.id,
        new.restaurant_id,
        new.number,
        new.kind.value,
        new.status.value,
        new.currency,
        packed_rates(new.tax),
        new.tax.is_included,
        new.tax.rounding.value,
        new.placed_at,
        new.placed_by,
        new.table_id,
        new.table_name,
        new.seating_id,
        new.customer_name,
    )
    await _add_tickets(new, new.tickets)
    await _add_lines(new, new.lines)


async def save(changed: Order, *, before: Order) -> None:
    """Keep a locked order as it is now: only what differs is written."""
    if changed.status is not before.status:
        await connection().execute(
            "update customer_order set status = $2 where id = $1", changed.id, changed.status.value
        )
    known_tickets, known_lines = set(before.tickets), set(before.lines)
    old_tickets, old_lines = {one.id for one in before.tickets}, {one.id for one in before.lines}
    tickets = [one for one in changed.tickets if one not in known_tickets]
    lines = [one for one in changed.lines if one not in known_lines]
    await _add_tickets(changed, [one for one in tickets if one.id not in old_tickets])
    await _change_tickets([one for one in tickets if one.id in old_tickets])
    await _add_lines(changed, [one for one in lines if one.id not in old_lines])
    await _change_lines([one for one in lines if one.id in old_lines])


async def hand_over(line: Line, to: Order) -> None:
    """Keep a line on another order than before, behind what is there. Both orders are locked."""
    await connection().execute(
        """
        update order_line
        set order_id = $2, seat = $3,
            position = (select coalesce(max(position) + 1, 0) from order_line where order_id = $2)
        where id = $1
        """,
        line.id,
        to.id,
        line.seat,
    )


async def _add_tickets(of: Order, tickets: Sequence[Ticket]) -> None:
    if tickets:
        await connection().executemany(
            """
            insert into ticket (id, restaurant_id, order_id, station_id, course, status, fired_at, started_at,
                                bumped_at, is_rushed)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [_ticket_columns(of, one) for one in tickets],
        )


async def _change_tickets(tickets: Sequence[Ticket]) -> None:
    if tickets:
        await connection().executemany(
            "update ticket set status = $2, started_at = $3, bumped_at = $4, is_rushed = $5 where id = $1",
            [(one.id, one.status.value, one.started_at, one.bumped_at, one.is_rushed) for one in tickets],
        )


async def _add_lines(of: Order, lines: Sequence[Line]) -> None:
    if lines:
        await connection().executemany(
            """
            insert into order_line (id, order_id, position, item_id, name, quantity, unit_price, course, station_id,
                                    prep_seconds, status, modifiers, allergens, note, seat, ticket_id)
            values ($1, $2, (select coalesce(max(position) + 1, 0) from order_line where order_id = $2),
                    $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            [_line_columns(of, one) for one in lines],
        )


async def _change_lines(lines: Sequence[Line]) -> None:
    if lines:
        await connection().executemany(
            "update order_line set status = $2, ticket_id = $3, seat = $4 where id = $1",
            [(one.id, one.status.value, one.ticket_id, one.seat) for one in lines],
        )


def _ticket_columns(of: Order, one: Ticket) -> tuple[object, ...]:
    return (
        one.id,
        of.restaurant_id,
        of.id,
        one.station_id,
        one.course,
        one.status.value,
        one.fired_at,
        one.started_at,
        one.bumped_at,
        one.is_rushed,
    )


def _line_columns(of: Order, one: Line) -> tuple[object, ...]:
    return (
        one.id,
        of.id,
        one.item_id,
        one.name,
        one.quantity,
        one.unit_price,
        one.course,
        one.station_id,
        one.prep_seconds,
        one.status.value,
        packed_modifiers(one.modifiers),
        list(one.allergens),
        one.note,
        one.seat,
        one.ticket_id,
    )


async def _with_lines(rows: Sequence[Any]) -> list[Order]:
    """Orders with what is on them. A statement of its own after the lock: in the locking one it would be of before."""
    ids = [row["id"] for row in rows]
    lines, tickets = dict[UUID, list[Line]](), dict[UUID, list[Ticket]]()
    for row in await connection().fetch(
        "select * from order_line where order_id = any($1::uuid[]) order by order_id, position", ids
    ):
        lines.setdefault(row["order_id"], []).append(_line(row))
    for row in await connection().fetch(
        "select * from ticket where order_id = any($1::uuid[]) order by order_id, id", ids
    ):
        tickets.setdefault(row["order_id"], []).append(_ticket(row))
    return [_order(row, tuple(lines.get(row["id"], ())), tuple(tickets.get(row["id"], ()))) for row in rows]


def _order(row: Any, lines: tuple[Line, ...], tickets: tuple[Ticket, ...]) -> Order:
    return Order(
        id=row["id"],
        restaurant_id=row["restaurant_id"],
        number=row["number"],
        kind=OrderKind(row["kind"]),
        status=OrderStatus(row["status"]),
        currency=row["currency"],
        tax=tax_rule(row["tax_rates"], is_included=row["is_tax_included"], rounding=row["tax_rounding"]),
        placed_at=row["placed_at"],
        placed_by=row["placed_by"],
        table_id=row["table_id"],
        table_name=row["table_name"],
        seating_id=row["seating_id"],
        customer_name=row["customer_name"],
        lines=lines,
        tickets=tickets,
    )


def _line(row: Any) -> Line:
    return Line(
        id=row["id"],
        item_id=row["item_id"],
        name=row["name"],
        quantity=row["quantity"],
        unit_price=row["unit_price"],
        course=row["course"],
        station_id=row["station_id"],
        prep_seconds=row["prep_seconds"],
        status=LineStatus(row["status"]),
        modifiers=unpacked_modifiers(row["modifiers"]),
        allergens=tuple(row["allergens"]),
        note=row["note"],
        seat=row["seat"],
        ticket_id=row["ticket_id"],
    )


def _ticket(row: Any) -> Ticket:
    return Ticket(
        id=row["id"],
        station_id=row["station_id"],
        course=row["course"],
        status=TicketStatus(row["status"]),
        fired_at=row["fired_at"],
        started_at=row["started_at"],
        bumped_at=row["bumped_at"],
        is_rushed=row["is_rushed"],
    )
