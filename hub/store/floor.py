"""The floor in PostgreSQL: sections, tables, and the parties that sit at them.

Seatings, tables' alerts and the orders of a party are added only under their table's lock, and whoever adds one touches
the table's own row as well. So a table whose row is, once it is locked, the row that its statement saw has around it
what the statement saw; and one whose row became another while we waited for it is read again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asyncpg.exceptions import UniqueViolationError

from hub.domain.floor import Seating, Table
from hub.events.floor import TablePlan, TableStatus
from hub.ids import AlertId, RestaurantId, SectionId, TableId
from hub.people import Actor, Seat
from hub.store.asked import CLAIMED, Claim, claiming
from hub.store.changes import Change
from hub.store.database import connection
from hub.store.tables import SectionRow, TableRow


@dataclass(frozen=True, slots=True)
class Section:
    id: SectionId
    restaurant_id: RestaurantId
    name: str


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its place on the plan."""

    table: Table
    plan: TablePlan

    @property
    def restaurant_id(self) -> RestaurantId:
        return self.table.restaurant_id


@dataclass(frozen=True, slots=True)
class TakenTable:
    """A table that is nobody else's until the transaction ends, whether its party has open orders, and its alerts."""

    placed: PlacedTable
    has_open_orders: bool
    alerts: tuple[AlertId, ...]

    @property
    def restaurant_id(self) -> RestaurantId:
        return self.placed.restaurant_id


_COLUMNS = """
    t.id, t.restaurant_id, t.name, t.status, t.status_since, t.section_id, t.seats, t.x, t.y,
    s.id, s.covers, s.seated_at
"""
_TABLES = """
    dining_table t left join seating s on s.table_id = t.id and s.left_at is null where t.removed_at is null
"""
_AROUND = """
    exists (select from customer_order where seating_id = s.id and status not in ('closed', 'cancelled')),
    (select a.id from alert a where a.kind = 'table_waiting' and a.subject = t.id)
"""


async def sections_of(restaurant: RestaurantId) -> list[Section]:
    """The floor's sections, in the order in which they were added."""
    rows = await connection().fetch("select * from section where restaurant_id = $1 order by id", restaurant)
    return [Section(row["id"], row["restaurant_id"], row["name"]) for row in rows]


async def add_section(section: Section) -> bool:
    """False where the floor has one of this name."""
    row = SectionRow(id=section.id, restaurant_id=section.restaurant_id, name=section.name)
    return bool(await SectionRow.insert(row).on_conflict(action="DO NOTHING"))


async def tables_of(restaurant: RestaurantId) -> list[PlacedTable]:
    """Every table on the plan, in the order in which they were added."""
    rows = await connection().fetch(
        f"select {_COLUMNS} from {_TABLES} and t.restaurant_id = $1 order by t.id", restaurant
    )
    return [_placed(*row) for row in rows]


async def table(wanted: TableId, *, by: Actor) -> PlacedTable | None:
    """The table, if it is in a restaurant in which `by` is known."""
    row = await connection().fetchrow(
        f"select {_COLUMNS} from {_TABLES} and t.id = $1 and t.restaurant_id = any($2::uuid[])", wanted, list(by.grants)
    )
    return None if row is None else _placed(*row)


# ------------------------------------------------------------------ taking: claiming the command, locking, reading


def locked_table(which: str, grants: str) -> str:
    """The part `dining` of a statement, after `CLAIMED`: it locks a table of the restaurants that `grants` lists."""
    return f"""
        dining as materialized (
            select t.*, t.xmin as version from claimed, dining_table t
            where t.id = {which} and t.restaurant_id = any({grants}::uuid[]) for no key update of t
        )
    """


LOCKED_TABLES = f"""array(
    select row(
        {_COLUMNS}, {_AROUND},
        t.version is distinct from (select seen.xmin from dining_table seen where seen.id = t.id)
    )
    from dining t left join seating s on s.table_id = t.id and s.left_at is null where t.removed_at is null
) as tables"""
"""The column of the same statement that `taken` reads: none or one."""

_TAKE = f"""
    with {CLAIMED}, {locked_table("$5", grants="$6")}
    select at as claimed_at, {LOCKED_TABLES} from claimed
"""


async def take(claim: Claim, wanted: TableId, *, by: Actor) -> TakenTable | None:
    """Claim the command and take the table, if it is in a restaurant in which `by` is known.

    Raises what claiming does.
    """
    (row,) = await claiming(claim, _TAKE, wanted, list(by.grants))
    return await taken(row["tables"])


async def taken(tables: Collection[Any]) -> TakenTable | None:
    """The table in a column `LOCKED_TABLES`. Where it changed while we waited for it, it is read again."""
    for *columns, is_stale in tables:
        if not is_stale:
            return _taken(*columns)
        again = await connection().fetchrow(f"select {_COLUMNS}, {_AROUND} from {_TABLES} and t.id = $1", columns[0])
        return None if again is None else _taken(*again)
    return None


# ------------------------------------------------------------------ what a deed writes


async def add_table(new: PlacedTable) -> bool:
    """False where the plan has a table of this name."""
    row = TableRow(
        id=new.table.id,
        restaurant_id=new.table.restaurant_id,
        status=new.table.status.value,
        status_since=new.table.status_since,
        **_plan_columns(new.plan),
    )
    return bool(await TableRow.insert(row).on_conflict(action="DO NOTHING"))


async def save_plan(plan: TablePlan) -> bool:
    """Keep a locked table's place on the plan. False, and the transaction lost, where its name is taken."""
    try:
        await TableRow.update(_plan_columns(plan)).where(TableRow.id == plan.table_id)
    except UniqueViolationError:
        return False
    return True


def status_changed(now: Table) -> Change:
    """A taken table's state. Written even where it is as it was, it tells that something around the table changed."""
    return Change(
        "table_changed",
        "update dining_table set status = $2, status_since = $3 where id = $1",
        (now.id, now.status.value, now.status_since),
        rows=1,
    )


async def remove_table(gone: TableId, at: datetime) -> None:
    """Seatings and orders keep pointing at it, so it stays in the table and leaves the plan."""
    await TableRow.update({TableRow.removed_at: at}).where(TableRow.id == gone)


async def sits_here(seat: Seat) -> bool:
    """Whether the seat's party has not left yet."""
    found: bool = await connection().fetchval(
        "select exists (select from seating where id = $1 and table_id = $2 and left_at is null)",
        seat.seating,
        seat.table,
    )
    return found


def seating_opened(at_table: Table, seating: Seating, *, by: Actor, command_id: str) -> Change:
    """A party that sits down at a taken table."""
    return Change(
        "seating_opened",
        """
        insert into seating (id, restaurant_id, table_id, covers, seated_at, seated_by, command_id)
        values ($1, $2, $3, $4, $5, $6, $7)
        """,
        (seating.id, at_table.restaurant_id, at_table.id, seating.covers, seating.seated_at, by.name, command_id),
        rows=1,
    )


def seating_ended(seating: Seating, at: datetime) -> Change:
    """A party that left its table, which is taken."""
    return Change("seating_ended", "update seating set left_at = $2 where id = $1", (seating.id, at), rows=1)


def _plan_columns(plan: TablePlan) -> dict[Any, Any]:
    return {"section_id": plan.section_id, "name": plan.name, "seats": plan.seats, "x": plan.x, "y": plan.y}


def _taken(*columns: Any) -> TakenTable:
    *table, has_open_orders, alert = columns
    return TakenTable(_placed(*table), has_open_orders, () if alert is None else (alert,))


def _placed(
    id: Any, house: Any, name: Any, status: Any, since: Any, section: Any, seats: Any, x: Any, y: Any, *party: Any
) -> PlacedTable:
    seating = None if party[0] is None else Seating(*party)
    table = Table(
        id=id, restaurant_id=house, name=name, status=TableStatus(status), status_since=since, seating=seating
    )
    return PlacedTable(table, TablePlan(table_id=id, section_id=section, name=name, seats=seats, x=x, y=y))
