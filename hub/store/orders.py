"""Orders in PostgreSQL, with their lines and tickets.

Lines, tickets and tickets' alerts are touched only under their order's lock, and whoever touches them touches the
order's own row as well. So an order whose row is, once it is locked, the row that its statement saw has below it what
the statement saw; and one whose row became another while we waited for it is read again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hub.domain.lines import Line
from hub.domain.orders import Order
from hub.domain.tickets import Ticket
from hub.events.orders import LineStatus, OrderKind, OrderStatus
from hub.events.tickets import TicketStatus
from hub.ids import AlertId, OrderId, RestaurantId, StationId, TicketId
from hub.people import Actor
from hub.store import floor
from hub.store.asked import CLAIMED, Claim, claiming
from hub.store.changes import ARRAY_SEPARATOR, Change
from hub.store.database import connection
from hub.store.menu import packed_modifiers, station_names, unpacked_modifiers
from hub.store.restaurants import packed_rates, tax_rule


@dataclass(frozen=True, slots=True)
class TakenOrder:
    """An order that nobody else changes until the transaction ends, and the alerts about its tickets."""

    order: Order
    alerts: Mapping[TicketId, Sequence[AlertId]]

    @property
    def restaurant_id(self) -> RestaurantId:
        return self.order.restaurant_id

    def alerts_of(self, *tickets: TicketId) -> list[AlertId]:
        return [alert for one in tickets for alert in self.alerts.get(one, ())]


# ------------------------------------------------------------------ reading

_COLUMNS = """
    o.id, o.restaurant_id, o.number, o.kind, o.status, o.currency, o.tax_rates, o.is_tax_included, o.tax_rounding,
    o.placed_at, o.placed_by, o.table_id, o.table_name, o.seating_id, o.customer_name
"""
_WHOLE = f"""
    {_COLUMNS}, array(
        select row(l.id, l.item_id, l.name, l.quantity, l.unit_price, l.course, l.station_id, l.prep_seconds, l.status,
                   l.modifiers, l.allergens::text[], l.note, l.seat, l.ticket_id, l.restores, l.void_saw, l.plated,
                   l.is_settled)
        from order_line l where l.order_id = o.id order by l.position
    ) as lines, array(
        select row(t.id, t.station_id, t.course, t.status, t.fired_at, t.started_at, t.bumped_at, t.is_rushed,
                   t.backup_station_id, t.recalls, t.cleared_restores)
        from ticket t where t.order_id = o.id order by t.id
    ) as tickets
"""
"""An order `o` with what is on it, in one row."""

_ALERTS = """array(
    select row(
        t.id,
        (select a.id from alert a where a.kind = 'ticket_not_started' and a.subject = t.id),
        (select a.id from alert a where a.kind = 'ticket_not_seen' and a.subject = t.id)
    )
    from ticket t where t.order_id = o.id
) as alerts"""
"""Each ticket with the alerts about it, or nulls: looked up one by one, however many alerts there are elsewhere."""


async def order(wanted: OrderId, *, by: Actor) -> Order | None:
    """The order as it is, if it is in a restaurant in which `by` is known."""
    row = await connection().fetchrow(
        f"select {_WHOLE} from customer_order o where o.id = $1 and o.restaurant_id = any($2::uuid[])",
        wanted,
        list(by.grants),
    )
    return None if row is None else _order(row)


async def page_of(
    restaurant: RestaurantId,
    *,
    statuses: Sequence[OrderStatus] = (),
    before: OrderId | None = None,
    limit: int,
    skip: int = 0,
) -> list[Order]:
    """Orders from the newest down, those before the order `before`, at most `limit` after the first `skip`."""
    rows = await connection().fetch(
        f"""
        select {_WHOLE} from customer_order o
        where o.restaurant_id = $1 and ($2::text[] = '{{}}' or o.status = any($2)) and ($3::uuid is null or o.id < $3)
        order by o.id desc limit $4 offset $5
        """,
        restaurant,
        [one.value for one in statuses],
        before,
        limit,
        skip,
    )
    return [_order(row) for row in rows]


async def count_of(restaurant: RestaurantId, *, statuses: Sequence[OrderStatus] = ()) -> int:
    """How many orders there are, of these statuses or of any."""
    total: int = await connection().fetchval(
        "select count(*) from customer_order where restaurant_id = $1 and ($2::text[] = '{}' or status = any($2))",
        restaurant,
        [one.value for one in statuses],
    )
    return total


# ------------------------------------------------------------------ taking: claiming the command, locking, reading


def _taking(which: str, more: str = "", first: str = "", after: str = "true") -> str:
    """A statement that claims the command, locks orders by id, `after` what `first` locks, and reads them, and `more`.

    `is_stale` says that what hangs below an order was read as it was before its lock was waited for.
    """
    return f"""
        with {CLAIMED}, {first} o as materialized (
            select {_COLUMNS}, o.xmin as version from claimed, customer_order o
            where {which} and o.restaurant_id = any($6::uuid[]) and {after}
            order by o.id for no key update of o
        )
        select claimed.at as claimed_at, {_WHOLE}, {_ALERTS} {more},
            o.version is distinct from (select seen.xmin from customer_order seen where seen.id = o.id) as is_stale
        from claimed left join o on true order by o.id
    """


_TAKE = _taking("o.id = any($5::uuid[])")
_TAKE_OF_TICKET = _taking("o.id = (select order_id from ticket where id = $5)")
_TAKE_TO_FIRE = _taking("o.id = $5", more=f", {station_names('o.restaurant_id')}")
_TAKE_TO_SERVE = _taking(
    "o.id = $5",
    more=f", {floor.LOCKED_TABLES}",
    first=floor.locked_table("(select table_id from customer_order where id = $5)", grants="$6") + ",",
    after="(select count(*) from dining) >= 0",
)
_AGAIN = f"select {_WHOLE}, {_ALERTS} from customer_order o where o.id = $1"


async def take(claim: Claim, wanted: Collection[OrderId], *, by: Actor) -> dict[OrderId, TakenOrder]:
    """Claim the command and take those orders that are in restaurants in which `by` is known, locked by their ids.

    Raises what claiming does.
    """
    rows = await claiming(claim, _TAKE, list(wanted), list(by.grants))
    return {row["id"]: await _taken(row) for row in rows if row["id"] is not None}


async def take_of_ticket(claim: Claim, ticket: TicketId, *, by: Actor) -> TakenOrder | None:
    """As `take`, for the order that this ticket belongs to."""
    (row,) = await claiming(claim, _TAKE_OF_TICKET, ticket, list(by.grants))
    return None if row["id"] is None else await _taken(row)


async def take_to_fire(claim: Claim, wanted: OrderId, *, by: Actor) -> tuple[TakenOrder | None, dict[StationId, str]]:
    """As `take`, with the names of the restaurant's stations."""
    (row,) = await claiming(claim, _TAKE_TO_FIRE, wanted, list(by.grants))
    return None if row["id"] is None else await _taken(row), dict(row["stations"])


async def take_to_serve(
    claim: Claim, wanted: OrderId, *, by: Actor
) -> tuple[TakenOrder | None, floor.TakenTable | None]:
    """As `take`, with the table the order is for, if there is one; tables come before orders."""
    (row,) = await claiming(claim, _TAKE_TO_SERVE, wanted, list(by.grants))
    return None if row["id"] is None else await _taken(row), await floor.taken(row["tables"])


async def _taken(row: Any) -> TakenOrder:
    if row["is_stale"]:
        row = await connection().fetchrow(_AGAIN, row["id"])
    return TakenOrder(_order(row), {ticket: [one for one in its if one is not None] for ticket, *its in row["alerts"]})


async def locked(wanted: Collection[OrderId]) -> dict[OrderId, Order]:
    """These orders, whose locks this transaction holds already."""
    rows = await connection().fetch(f"select {_WHOLE} from customer_order o where o.id = any($1::uuid[])", list(wanted))
    return {row["id"]: _order(row) for row in rows}


# ------------------------------------------------------------------ what a deed writes


def placed(new: Order) -> list[Change]:
    """An order that was just placed."""
    order = Change(
        "order_placed",
        """
        insert into customer_order (
            id, restaurant_id, number, kind, status, currency, tax_rates, is_tax_included, tax_rounding,
            placed_at, placed_by, table_id, table_name, seating_id, customer_name
        ) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """,
        (
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
        ),
        rows=1,
    )
    return [order, *_tickets_added(new, new.tickets), *_lines_added(new, new.lines)]


def changed(now: Order, *, before: Order) -> list[Change]:
    """A taken order as it is now: its own row always, and of what hangs below it whatever differs."""
    known_tickets, known_lines = set(before.tickets), set(before.lines)
    old_tickets, old_lines = {one.id for one in before.tickets}, {one.id for one in before.lines}
    tickets = [one for one in now.tickets if one not in known_tickets]
    lines = [one for one in now.lines if one not in known_lines]
    return [
        _orders_changed(now),
        *_tickets_added(now, [one for one in tickets if one.id not in old_tickets]),
        *_tickets_changed([one for one in tickets if one.id in old_tickets]),
        *_lines_added(now, [one for one in lines if one.id not in old_lines]),
        *_lines_changed([one for one in lines if one.id in old_lines]),
    ]


def handed_over(line: Line, *, of: Order, to: Order) -> list[Change]:
    """A line on another order than before, behind what is there. Both orders are taken."""
    moved = Change(
        "line_handed_over",
        """
        update order_line
        set order_id = $2, seat = $3,
            position = (select coalesce(max(position) + 1, 0) from order_line where order_id = $2)
        where id = $1
        """,
        (line.id, to.id, line.seat),
        rows=1,
    )
    return [_orders_changed(of, to), moved]


def _orders_changed(*orders: Order) -> Change:
    """The orders' own rows. Even where a status is as it was, they tell that something below them changed."""
    return Change(
        "orders_changed",
        """
        update customer_order o set status = now.status
        from unnest($1::uuid[], $2::text[]) as now (id, status) where o.id = now.id
        """,
        ([one.id for one in orders], [one.status.value for one in orders]),
        rows=len(orders),
    )


def _tickets_added(of: Order, tickets: Sequence[Ticket]) -> list[Change]:
    if not tickets:
        return []
    insert = """
        insert into ticket (id, restaurant_id, order_id, station_id, course, status, fired_at, started_at, bumped_at,
                            is_rushed)
        select id, $1, $2, station_id, course, status, fired_at, started_at, bumped_at, is_rushed
        from unnest($3::uuid[], $4::uuid[], $5::smallint[], $6::text[], $7::timestamptz[], $8::timestamptz[],
                    $9::timestamptz[], $10::bool[])
             as new (id, station_id, course, status, fired_at, started_at, bumped_at, is_rushed)
    """
    return [
        Change(
            "tickets_added",
            insert,
            (of.restaurant_id, of.id, *_arrays([_ticket_columns(one) for one in tickets])),
            rows=len(tickets),
        )
    ]


def _tickets_changed(tickets: Sequence[Ticket]) -> list[Change]:
    if not tickets:
        return []
    columns = [
        (one.id, one.status.value, one.started_at, one.bumped_at, one.is_rushed, one.recalls, one.cleared_restores)
        for one in tickets
    ]
    update = """
        update ticket t
        set status = now.status, started_at = now.started_at, bumped_at = now.bumped_at, is_rushed = now.is_rushed,
            recalls = now.recalls, cleared_restores = now.cleared_restores
        from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::bool[], $6::int[], $7::int[])
             as now (id, status, started_at, bumped_at, is_rushed, recalls, cleared_restores)
        where t.id = now.id
    """
    return [Change("tickets_changed", update, _arrays(columns), rows=len(tickets))]


def backed_up(tickets: Sequence[Ticket]) -> list[Change]:
    """Tickets that hang at another station, too. Whoever says so touches their orders."""
    if not tickets:
        return []
    update = """
        update ticket t set backup_station_id = now.station_id
        from unnest($1::uuid[], $2::uuid[]) as now (id, station_id) where t.id = now.id
    """
    columns = _arrays([(one.id, one.backup_station_id) for one in tickets])
    return [Change("tickets_backed_up", update, columns, rows=len(tickets))]


def _lines_added(of: Order, lines: Sequence[Line]) -> list[Change]:
    if not lines:
        return []
    insert = """
        insert into order_line (id, order_id, position, item_id, name, quantity, unit_price, course, station_id,
                                prep_seconds, status, modifiers, allergens, note, seat, ticket_id)
        select id, $1, (select coalesce(max(position) + 1, 0) from order_line where order_id = $1) + place - 1,
               item_id, name, quantity, unit_price, course, station_id, prep_seconds, status, modifiers::jsonb,
               string_to_array(allergens, $2), note, seat, ticket_id
        from unnest($3::uuid[], $4::uuid[], $5::text[], $6::int[], $7::int[], $8::smallint[], $9::uuid[], $10::int[],
                    $11::text[], $12::text[], $13::text[], $14::text[], $15::smallint[], $16::uuid[]) with ordinality
             as new (id, item_id, name, quantity, unit_price, course, station_id, prep_seconds, status, modifiers,
                     allergens, note, seat, ticket_id, place)
    """
    columns = _arrays([_line_columns(one) for one in lines])
    return [Change("lines_added", insert, (of.id, ARRAY_SEPARATOR, *columns), rows=len(lines))]


def _lines_changed(lines: Sequence[Line]) -> list[Change]:
    if not lines:
        return []
    columns = [
        (one.id, one.status.value, one.ticket_id, one.seat, one.restores, one.void_saw, one.plated, one.is_settled)
        for one in lines
    ]
    update = """
        update order_line l
        set status = now.status, ticket_id = now.ticket_id, seat = now.seat, restores = now.restores,
            void_saw = now.void_saw, plated = now.plated, is_settled = now.is_settled
        from unnest($1::uuid[], $2::text[], $3::uuid[], $4::smallint[], $5::int[], $6::int[], $7::int[], $8::bool[])
             as now (id, status, ticket_id, seat, restores, void_saw, plated, is_settled)
        where l.id = now.id
    """
    return [Change("lines_changed", update, _arrays(columns), rows=len(lines))]


def _ticket_columns(one: Ticket) -> tuple[object, ...]:
    return (
        one.id,
        one.station_id,
        one.course,
        one.status.value,
        one.fired_at,
        one.started_at,
        one.bumped_at,
        one.is_rushed,
    )


def _line_columns(one: Line) -> tuple[object, ...]:
    return (
        one.id,
        one.item_id,
        one.name,
        one.quantity,
        one.unit_price,
        one.course,
        one.station_id,
        one.prep_seconds,
        one.status.value,
        packed_modifiers(one.modifiers),
        ARRAY_SEPARATOR.join(one.allergens),
        one.note,
        one.seat,
        one.ticket_id,
    )


def _arrays(rows: Sequence[tuple[object, ...]]) -> tuple[list[object], ...]:
    """Rows as the arrays of their columns."""
    return tuple(list(column) for column in zip(*rows, strict=True))


# ------------------------------------------------------------------ rows and what they stand for


def _order(row: Any) -> Order:
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
        lines=tuple(_line(*columns) for columns in row["lines"]),
        tickets=tuple(_ticket(*columns) for columns in row["tickets"]),
    )


def _line(*columns: Any) -> Line:
    (
        line_id, item_id, name, quantity, unit_price, course, station_id, prep_seconds, status, modifiers, allergens,
        note, seat, ticket_id, restores, void_saw, plated, is_settled,
    ) = columns  # fmt: skip
    return Line(
        id=line_id,
        item_id=item_id,
        name=name,
        quantity=quantity,
        unit_price=unit_price,
        course=course,
        station_id=station_id,
        prep_seconds=prep_seconds,
        status=LineStatus(status),
        modifiers=unpacked_modifiers(modifiers),
        allergens=tuple(allergens),
        note=note,
        seat=seat,
        ticket_id=ticket_id,
        restores=restores,
        void_saw=void_saw,
        plated=plated,
        is_settled=is_settled,
    )


def _ticket(*columns: Any) -> Ticket:
    ticket_id, station_id, course, status, *others = columns
    return Ticket(ticket_id, station_id, course, TicketStatus(status), *others)
