"""What is done about the floor: its plan, and the parties that come and go."""

from hub.actions.alerts import calm
from hub.actions.answers import GoneAnswer, SeatingAnswer, SectionAnswer, TableAnswer
from hub.actions.deed import Work, claiming_deed, deed
from hub.commands.floor import AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus
from hub.domain.floor import FREE, Seating, Table
from hub.domain.refusals import NoSuchThing, Refused
from hub.events.floor import SectionAdded, TableAdded, TableChanged, TablePlan, TableRemoved
from hub.ids import RestaurantId, SeatingId, SectionId, TableId, new_id
from hub.store import floor
from hub.store.floor import PlacedTable, Section, TakenTable


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
    answer = SectionAnswer(id=section.id, name=section.name)
    work.note("section", section.id, None, answer)
    work.record(SectionAdded(restaurant_id=section.restaurant_id, section_id=section.id, section_name=section.name))
    return answer


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
    work.note("table", table.id, None, plan)
    work.record(TableAdded(restaurant_id=command.restaurant_id, table=plan))
    return TableAnswer.of(table, plan)


@claiming_deed
async def change_table(work: Work, command: ChangeTable) -> TableAnswer:
    placed = (await _take(work, command.table_id)).placed
    if command.section_id is not None:
        await _must_have_section(placed.restaurant_id, command.section_id)
    named = command.model_dump(exclude={"table_id", "seen"}, exclude_none=True)
    plan = placed.plan.model_copy(update=named)
    if plan != placed.plan:
        if not await floor.save_plan(plan):
            raise NameTaken(thing="table", name=plan.name)
        work.note("table", plan.table_id, placed.plan, plan)
        work.record(TableChanged(restaurant_id=placed.restaurant_id, table=plan))
    return TableAnswer.of(placed.table, plan)


@claiming_deed
async def set_table_status(work: Work, command: SetTableStatus) -> TableAnswer:
    taken = await _take(work, command.table_id)
    before = taken.placed.table
    table, events = before.set_status(command.status, work.at, has_open_orders=taken.has_open_orders)
    work.keep(floor.status_changed(table))
    if before.seating is not None and table.seating is None:
        work.keep(floor.seating_ended(before.seating, work.at))
    work.record(*events, *calm(work, taken.alerts))
    return TableAnswer.of(table, taken.placed.plan)


@claiming_deed
async def remove_table(work: Work, command: RemoveTable) -> GoneAnswer:
    placed = (await _take(work, command.table_id)).placed
    table = placed.table
    if table.status is not FREE:
        raise TableInUse(name=table.name, table_id=table.id)
    await floor.remove_table(table.id, work.at)
    work.note("table", table.id, placed.plan, None)
    work.record(TableRemoved(restaurant_id=table.restaurant_id, table_id=table.id))
    return GoneAnswer(id=table.id)


@claiming_deed
async def seat_party(work: Work, command: SeatParty) -> SeatingAnswer:
    before = (await _take(work, command.table_id)).placed.table
    seating = Seating(SeatingId(new_id()), command.covers, work.at)
    table, events = before.seat(seating, work.at)
    work.keep(floor.status_changed(table), floor.seating_opened(table, seating, by=work.by, command_id=work.claim.id))
    work.record(*events)
    return SeatingAnswer(
        seating_id=seating.id,
        table_id=table.id,
        restaurant_id=table.restaurant_id,
        covers=seating.covers,
        seated_at=seating.seated_at,
        status=table.status,
    )


async def _take(work: Work, table: TableId) -> TakenTable:
    return work.admitted(await floor.take(work.claim, table, by=work.by), "table")


async def _must_have_section(restaurant: RestaurantId, section: SectionId) -> None:
    if section not in {one.id for one in await floor.sections_of(restaurant)}:
        raise NoSuchThing(thing="section")
