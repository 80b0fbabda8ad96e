"""Alerts in PostgreSQL, and who waits too long."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.events.floor import AlertKind
from hub.ids import AlertId, OrderId, RestaurantId, StationId, TableId, TicketId
from hub.store.changes import Change
from hub.store.database import connection
from hub.store.tables import AlertRow


@dataclass(frozen=True, slots=True)
class LateTicket:
    ticket_id: TicketId
    order_id: OrderId
    station_id: StationId


LATE_TICKETS = """
    select t.restaurant_id, t.id, t.order_id, t.station_id
    from ticket t join restaurant r on r.id = t.restaurant_id
    where t.status = 'fired' and t.fired_at < now() - make_interval(secs => r.ticket_not_started_seconds)
      and not exists (select from alert a where a.subject = t.id and a.kind = 'ticket_not_started')
"""
WAITING_TABLES = """
    select t.restaurant_id, t.id
    from dining_table t join restaurant r on r.id = t.restaurant_id
    where t.status = 'seated' and t.removed_at is null
      and t.status_since < now() - make_interval(secs => r.table_waiting_seconds)
      and not exists (select from alert a where a.subject = t.id and a.kind = 'table_waiting')
"""


async def restaurants_with_somebody_waiting() -> set[RestaurantId]:
    """Where an alert is due that nobody has raised yet."""
    rows = await connection().fetch(
        f"select restaurant_id from ({LATE_TICKETS}) as late union select restaurant_id from ({WAITING_TABLES}) as w"
    )
    return {row["restaurant_id"] for row in rows}


async def lock_waiting_tables(restaurant: RestaurantId) -> list[TableId]:
    """Tables an alert is due for; locked, in the order of their ids."""
    rows = await connection().fetch(
        f"{WAITING_TABLES} and t.restaurant_id = $1 order by t.id for no key update of t", restaurant
    )
    return [row["id"] for row in rows]


async def lock_late_tickets(restaurant: RestaurantId) -> list[LateTicket]:
    """Tickets an alert is due for, their orders locked in the order of their ids."""
    due = f"select order_id from ({LATE_TICKETS}) as late where restaurant_id = $1"
    await connection().execute(
        f"select from customer_order where id in ({due}) order by id for no key update", restaurant
    )
    # Asked again under the locks: a cook may have started one while we waited.
    rows = await connection().fetch(f"{LATE_TICKETS} and t.restaurant_id = $1 order by t.id", restaurant)
    return [LateTicket(row["id"], row["order_id"], row["station_id"]) for row in rows]


async def add_to_table(alert: AlertId, restaurant: RestaurantId, table: TableId, at: datetime) -> bool:
    """False where this table, which is locked, has its alert already."""
    if not await _add(alert, restaurant, AlertKind.TABLE_WAITING, table, at):
        return False
    # Whoever waits for the table now must see that something around it changed.
    await connection().execute("update dining_table set status = status where id = $1", table)
    return True


async def add_to_ticket(alert: AlertId, restaurant: RestaurantId, late: LateTicket, at: datetime) -> bool:
    """False where this ticket, whose order is locked, has its alert already."""
    if not await _add(alert, restaurant, AlertKind.TICKET_NOT_STARTED, late.ticket_id, at):
        return False
    # Whoever waits for the order now must see that something below it changed.
    await connection().execute("update customer_order set status = status where id = $1", late.order_id)
    return True


async def _add(alert: AlertId, restaurant: RestaurantId, kind: AlertKind, subject: UUID, at: datetime) -> bool:
    row = AlertRow(id=alert, restaurant_id=restaurant, kind=kind.value, subject=subject, raised_at=at)
    return bool(await AlertRow.insert(row).on_conflict(action="DO NOTHING"))


def over(alerts: Collection[AlertId]) -> list[Change]:
    """The alerts of taken tickets or tables that somebody has seen to."""
    if not alerts:
        return []
    return [Change("alerts_over", "delete from alert where id = any($1::uuid[])", (list(alerts),), rows=len(alerts))]
