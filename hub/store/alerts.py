"""Alerts in PostgreSQL, and what waits too long: for a cook, for a waiter, or for a screen to show it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.events.floor import AlertKind
from hub.ids import AlertId, OrderId, RestaurantId, StationId, TableId, TicketId
from hub.store.changes import Change
from hub.store.connections import identity
from hub.store.database import connection
from hub.store.glass import has_device, has_shown
from hub.store.tables import AlertRow


@dataclass(frozen=True, slots=True)
class LateTicket:
    """A ticket that an alert is due for, its station, and the station that would show it as well."""

    kind: AlertKind
    ticket_id: TicketId
    order_id: OrderId
    station_id: StationId
    station_name: str
    backup_station_id: StationId | None


@dataclass(frozen=True, slots=True)
class Due:
    """The houses in which an alert is to be raised, and those in which one is over that nobody has taken back."""

    to_raise: frozenset[RestaurantId]
    to_calm: frozenset[RestaurantId]


_FIRED = "ledger fired on fired.name = 'ticket_fired' and (fired.payload ->> 'ticketId')::uuid = t.id"
"""The entry with which a ticket `t` was fired. An index has those by their tickets."""

_NOT_STARTED = """
    select t.restaurant_id, 'ticket_not_started' as kind, t.id, t.order_id, t.station_id
    from ticket t join restaurant r on r.id = t.restaurant_id
    where t.status = 'fired' and t.fired_at < now() - make_interval(secs => r.ticket_not_started_seconds)
      and not exists (select from alert a where a.subject = t.id and a.kind = 'ticket_not_started')
      and not exists (select from alert a where a.subject = t.id and a.kind = 'ticket_not_seen')
"""
"""Of what nobody can see nobody need be told that it is not started."""


def _not_seen(identity: str) -> str:
    return f"""
        select t.restaurant_id, 'ticket_not_seen' as kind, t.id, t.order_id, t.station_id
        from ticket t join restaurant r on r.id = t.restaurant_id join {_FIRED}
        where t.status = 'fired' and t.fired_at < now() - make_interval(secs => r.ticket_unseen_seconds)
          and not exists (select from alert a where a.subject = t.id and a.kind = 'ticket_not_seen')
          and {has_device("t.station_id")} and not {has_shown("t.station_id", "fired", identity)}
    """


def _late_tickets(identity: str) -> str:
    return f"({_NOT_STARTED} union all {_not_seen(identity)})"


def _seen_since(identity: str) -> str:
    """Alerts about tickets that their station did not see, and has seen now."""
    return f"""(
        select a.restaurant_id, a.id as alert_id, t.order_id
        from alert a join ticket t on t.id = a.subject join {_FIRED}
        where a.kind = 'ticket_not_seen' and {has_shown("t.station_id", "fired", identity)}
    )"""


_WAITING_TABLES = """
    select t.restaurant_id, t.id
    from dining_table t join restaurant r on r.id = t.restaurant_id
    where t.status = 'seated' and t.removed_at is null
      and t.status_since < now() - make_interval(secs => r.table_waiting_seconds)
      and not exists (select from alert a where a.subject = t.id and a.kind = 'table_waiting')
"""


# ------------------------------------------------------------------ where somebody should look


async def due() -> Due:
    """Where an alert is due that nobody has raised yet, or over and not taken back. One question."""
    rows = await connection().fetch(
        f"""
        select restaurant_id, true as is_due from {_late_tickets("$1")} as late
        union select restaurant_id, true from ({_WAITING_TABLES}) as waiting
        union select restaurant_id, false from {_seen_since("$1")} as seen
        """,
        identity(),
    )
    return Due(
        frozenset(row["restaurant_id"] for row in rows if row["is_due"]),
        frozenset(row["restaurant_id"] for row in rows if not row["is_due"]),
    )


async def houses_to_calm(among: Collection[RestaurantId]) -> list[RestaurantId]:
    """Of these houses those in which a station has seen since what it was said not to have seen."""
    rows = await connection().fetch(
        f"select distinct restaurant_id from {_seen_since('$1')} as seen where restaurant_id = any($2::uuid[])",
        identity(),
        list(among),
    )
    return sorted(row["restaurant_id"] for row in rows)


# ------------------------------------------------------------------ what waits, nobody else's until the end
#
# What somebody is busy with just now is left for the next look: it is being taken care of, or the look would wait for
# whoever holds it, and everybody else's alert with it.


async def lock_waiting_tables(restaurant: RestaurantId) -> list[TableId]:
    """Tables an alert is due for; locked, in the order of their ids."""
    rows = await connection().fetch(
        f"{_WAITING_TABLES} and t.restaurant_id = $1 order by t.id for no key update of t skip locked", restaurant
    )
    return [row["id"] for row in rows]


async def lock_late_tickets(restaurant: RestaurantId) -> list[LateTicket]:
    """Tickets an alert is due for, their orders locked in the order of their ids."""
    late = _late_tickets("$1")
    locked = await _lock_orders(f"select order_id from {late} as late where restaurant_id = $2", restaurant)
    if not locked:
        return []
    # Asked again under the locks: a cook may have started one while we waited.
    rows = await connection().fetch(
        f"""
        select late.*, s.name as station_name, s.backup_station_id
        from {late} as late join station s on s.id = late.station_id
        where late.order_id = any($2::uuid[]) order by late.id, late.kind
        """,
        identity(),
        locked,
    )
    return [
        LateTicket(
            kind=AlertKind(row["kind"]),
            ticket_id=row["id"],
            order_id=row["order_id"],
            station_id=row["station_id"],
            station_name=row["station_name"],
            backup_station_id=row["backup_station_id"],
        )
        for row in rows
    ]


async def lock_seen(restaurant: RestaurantId) -> list[AlertId]:
    """Alerts about tickets that their station has seen since, the tickets' orders locked in the order of their ids."""
    seen = _seen_since("$1")
    locked = await _lock_orders(f"select order_id from {seen} as seen where restaurant_id = $2", restaurant)
    if not locked:
        return []
    rows = await connection().fetch(
        f"select alert_id from {seen} as seen where order_id = any($2::uuid[]) order by alert_id", identity(), locked
    )
    await _touch_orders(locked)
    return [row["alert_id"] for row in rows]


async def _lock_orders(which: str, restaurant: RestaurantId) -> list[OrderId]:
    rows = await connection().fetch(
        f"select id from customer_order where id in ({which}) order by id for no key update skip locked",
        identity(),
        restaurant,
    )
    return [row["id"] for row in rows]


async def _touch_orders(orders: Sequence[OrderId]) -> None:
    """Whoever waits for one of them now must see that something below it changed."""
    await connection().execute("update customer_order set status = status where id = any($1::uuid[])", list(orders))


# ------------------------------------------------------------------ raising them, and taking them away


async def add_to_table(alert: AlertId, restaurant: RestaurantId, table: TableId, at: datetime) -> bool:
    """False where this table, which is locked, has its alert already."""
    row = AlertRow(id=alert, restaurant_id=restaurant, kind=AlertKind.TABLE_WAITING.value, subject=table, raised_at=at)
    if not await AlertRow.insert(row).on_conflict(action="DO NOTHING"):
        return False
    # Whoever waits for the table now must see that something around it changed.
    await connection().execute("update dining_table set status = status where id = $1", table)
    return True


async def add_to_tickets(late: Sequence[tuple[AlertId, LateTicket]], restaurant: RestaurantId, at: datetime) -> None:
    """The alerts of tickets whose orders are locked, and which have none of that kind."""
    if not late:
        return
    await connection().execute(
        """
        insert into alert (id, restaurant_id, kind, subject, raised_at)
        select id, $1, kind, subject, $2 from unnest($3::uuid[], $4::text[], $5::uuid[]) as new (id, kind, subject)
        """,
        restaurant,
        at,
        [alert for alert, _ in late],
        [one.kind.value for _, one in late],
        [one.ticket_id for _, one in late],
    )
    await _touch_orders(sorted({one.order_id for _, one in late}))


def over(alerts: Collection[AlertId]) -> list[Change]:
    """The alerts of taken tickets or tables that somebody has seen to."""
    if not alerts:
        return []
    return [Change("alerts_over", "delete from alert where id = any($1::uuid[])", (list(alerts),), rows=len(alerts))]
