"""What is done about the floor: its plan, and the parties that come and go."""

from hub.actions.alerts import calm
from hub.actions.answers import GoneAnswer, SeatingAnswer, SectionAnswer, TableAnswer
from hub.actions.deed import Work, deed
from hub.commands.floor import AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus
from hub.domain.floor import FREE, Seating, Table
from hub.domain.refusals import NoSuchThing, Refused
from hub.events.floor import SectionAdded, TableAdded, TableChanged, TablePlan, TableRemoved
from hub.ids import RestaurantId, SeatingId, SectionId, TableId, new_id
from hub.store import floor, orders
from hub.store.floor import PlacedTable, Section


class NameTaken(Refused):
    """There is a {thing} called {name} already."""

    code = "name_taken"


class TableInUse(Refused):
    """Table {name} is in use. Clear it first."""

    code = "table_in_use"


@deed
async def add_section(work: Work, command: AddSection) -> SectionAnswer:
    work.enter(command.restaurant_id)
    section = Section(SectionId(new_id()), command.restaurant_id, command.name)
    if not await floor.add_section(section):
        raise NameTaken(thing="section", name=command.name)
    work.record(SectionAdded(restaurant_id=section.restaurant_id, section_id=section.id, section_name=section.name))
    return SectionAnswer(id=section.id, name=section.name)


@deed
async def add_table(work: Work, command: AddTable) -> TableAnswer:
    work.enter(command.restaurant_id)
    await _must_have_section(command.restaurant_id, command.section_id)
    table_id = TableId(new_id())
    plan = TablePlan(
        table_id=table_id,
        section_id=command.section_id,
        name=command.name,
        seats=command.seats,
        x=command.x,
        y=command.y,
    )
    table = Table(table_id, command.restaurant_id, command.name, FREE, status_since=work.at)
    if not await floor.add_table(PlacedTable(table, plan)):
        raise NameTaken(thing="table", name=command.name)
    work.record(TableAdded(restaurant_id=command.restaurant_id, table=plan))
    return TableAnswer.of(table, plan)


@deed
async def change_table(work: Work, command: ChangeTable) -> TableAnswer:
    placed = work.admitted(await floor.lock(command.table_id, by=work.by), "table")
    if command.section_id is not None:
        await _must_have_section(placed.restaurant_id, command.section_id)
    named = command.model_dump(exclude={"table_id"}, exclude_none=True)
    plan = placed.plan.model_copy(update=named)
    if plan != placed.plan:
        if not await floor.save_plan(plan):
            raise NameTaken(thing="table", name=plan.name)
        work.record(TableChanged(restaurant_id=placed.restaurant_id, table=plan))
    return TableAnswer.of(placed.table, plan)


@deed
async def set_table_status(work: Work, command: SetTableStatus) -> TableAnswer:
    placed = work.admitted(await floor.lock(command.table_id, by=work.by), "table")
    before = placed.table
    has_open_orders = before.seating is not None and await orders.has_open(before.seating.id)
    table, events = before.set_status(command.status, work.at, has_open_orders=has_open_orders)
    await floor.save_status(table)
    if before.seating is not None and table.seating is None:
        await floor.end_seating(before.seating, work.at)
    work.record(*events, *await calm(work, [table.id]))
    return TableAnswer.of(table, placed.plan)


@deed
async def remove_table(work: Work, command: RemoveTable) -> GoneAnswer:
    placed = work.admitted(await floor.lock(command.table_id, by=work.by), "table")
    if placed.table.status is not FREE:
        raise TableInUse(name=placed.table.name, table_id=placed.table.id)
    await floor.remove_table(placed.table.id, work.at)
    work.record(TableRemoved(restaurant_id=placed.restaurant_id, table_id=placed.table.id))
    return GoneAnswer(id=placed.table.id)


@deed
async def seat_party(work: Work, command: SeatParty) -> SeatingAnswer:
    placed = work.admitted(await floor.lock(command.table_id, by=work.by), "table")
    seating = Seating(SeatingId(new_id()), command.covers, work.at)
    table, events = placed.table.seat(seating, work.at)
    await floor.save_status(table)
    await floor.open_seating(table, seating, by=work.by, command_id=work.command_id)
    work.record(*events)
    return SeatingAnswer(
        seating_id=seating.id,
        table_id=table.id,
        restaurant_id=table.restaurant_id,
        covers=seating.covers,
        seated_at=seating.seated_at,
        status=table.status,
    )


async def _must_have_section(restaurant: RestaurantId, section: SectionId) -> None:
    if section not in {one.id for one in await floor.sections_of(restaurant)}:
        raise NoSuchThing(thing="section")
