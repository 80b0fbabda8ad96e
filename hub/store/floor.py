"""The floor in PostgreSQL: sections, tables, and the parties that sit at them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asyncpg.exceptions import UniqueViolationError

from hub.domain.floor import Seating, Table
from hub.events.floor import TablePlan, TableStatus
from hub.ids import RestaurantId, SectionId, TableId
from hub.people import Actor, Seat
from hub.store.database import connection
from hub.store.tables import SeatingRow, SectionRow, TableRow


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


TABLES = """
    select t.*, s.id as seating_id, s.covers, s.seated_at
    from dining_table t left join seating s on s.table_id = t.id and s.left_at is null
    where t.removed_at is null
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
    rows = await connection().fetch(f"{TABLES} and t.restaurant_id = $1 order by t.id", restaurant)
    return [_placed(row) for row in rows]


async def table(wanted: TableId, *, by: Actor) -> PlacedTable | None:
    """The table, if it is in a restaurant in which `by` is known."""
    row = await connection().fetchrow(
        f"{TABLES} and t.id = $1 and t.restaurant_id = any($2::uuid[])", wanted, list(by.grants)
    )
    return None if row is None else _placed(row)


async def lock(wanted: TableId, *, by: Actor) -> PlacedTable | None:
    """As `table`, and nobody else changes it or its seating until the transaction ends."""
    await connection().execute(
        "select from dining_table where id = $1 and restaurant_id = any($2::uuid[]) for update",
        wanted,
        list(by.grants),
    )
    # Read after the lock is held: joined in the locking statement, the seating would be of before the wait.
    return await table(wanted, by=by)


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


async def save_status(changed: Table) -> None:
    """Keep a locked table's state."""
    await connection().execute(
        "update dining_table set status = $2, status_since = $3 where id = $1",
        changed.id,
        changed.status.value,
        changed.status_since,
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


async def open_seating(at_table: Table, seating: Seating, *, by: Actor, command_id: str) -> None:
    await SeatingRow.insert(
        SeatingRow(
            id=seating.id,
            restaurant_id=at_table.restaurant_id,
            table_id=at_table.id,
            covers=seating.covers,
            seated_at=seating.seated_at,
            seated_by=by.name,
            command_id=command_id,
        )
    )


async def end_seating(seating: Seating, at: datetime) -> None:
    await SeatingRow.update({SeatingRow.left_at: at}).where(SeatingRow.id == seating.id)


def _plan_columns(plan: TablePlan) -> dict[Any, Any]:
    return {"section_id": plan.section_id, "name": plan.name, "seats": plan.seats, "x": plan.x, "y": plan.y}


def _placed(row: Any) -> PlacedTable:
    seating = None if row["seating_id"] is None else Seating(row["seating_id"], row["covers"], row["seated_at"])
    table = Table(
        id=row["id"],
        restaurant_id=row["restaurant_id"],
        name=row["name"],
        status=TableStatus(row["status"]),
        status_since=row["status_since"],
        seating=seating,
    )
    plan = TablePlan(
        table_id=row["id"],
        section_id=row["section_id"],
        name=row["name"],
        seats=row["seats"],
        x=row["x"],
        y=row["y"],
    )
    return PlacedTable(table, plan)
