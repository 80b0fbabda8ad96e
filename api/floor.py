"""Looking at the floor: its sections and tables, and who sits there. What changes all evening is on the boards."""

from api.people import GuestLink
from api.showing import Listed, Look
from hub.actions.answers import TableAnswer
from hub.domain.refusals import NoSuchThing
from hub.events.event import Shape
from hub.ids import RestaurantId, SectionId, TableId
from hub.store import floor


class Section(Shape):
    """A section of the floor: one waiter's tables."""

    id: SectionId
    name: str


class Sections(Listed):
    items: tuple[Section, ...]


class Tables(Listed):
    items: tuple[TableAnswer, ...]


async def sections(look: Look, restaurant_id: RestaurantId) -> Sections:
    """The floor's sections, in the order in which they were added."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await floor.sections_of(restaurant_id)
    return Sections(items=tuple(Section(id=one.id, name=one.name) for one in found))


async def tables(look: Look, restaurant_id: RestaurantId) -> Tables:
    """Every table on the plan, in the order in which they were added."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await floor.tables_of(restaurant_id)
    return Tables(items=tuple(TableAnswer.of(one.table, one.plan) for one in found))


async def table(look: Look, table_id: TableId) -> TableAnswer:
    """One table."""
    async with look.snapshot():
        placed = look.admitted(await floor.table(table_id, by=look.by), "table")
    return TableAnswer.of(placed.table, placed.plan)


async def link(look: Look, table_id: TableId) -> GuestLink:
    """The link of the party that sits at the table: the one that was given when it was seated."""
    async with look.snapshot():
        table = look.admitted(await floor.table(table_id, by=look.by), "table").table
    seating = table.seating
    if seating is None:
        raise NoSuchThing(thing="party")
    link = look.hub.links.seating_link(table.restaurant_id, table.id, seating.id, seating.seated_at)
    return GuestLink(guest_link=link)
