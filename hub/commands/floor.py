"""What can be asked about the floor: its plan, and the parties that come and go."""

from typing import Annotated, ClassVar

from pydantic import Field

from hub.commands.command import SEATS_MAX, Command, Int, Name
from hub.events.floor import TableStatus
from hub.ids import RestaurantId, SectionId, TableId
from hub.rights import Permission

Seats = Annotated[Int, Field(ge=1, le=SEATS_MAX)]
Place = Annotated[Int, Field(ge=0, le=10_000)]


class AddSection(Command):
    """Add a section to the floor."""

    needs: ClassVar = Permission.FLOOR_PLAN

    restaurant_id: RestaurantId
    name: Name


class AddTable(Command):
    """Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height."""

    needs: ClassVar = Permission.FLOOR_PLAN

    restaurant_id: RestaurantId
    section_id: SectionId
    name: Name
    seats: Seats
    x: Place = 0
    y: Place = 0


class ChangeTable(Command):
    """Change a table on the plan. What is not named stays as it is."""

    needs: ClassVar = Permission.FLOOR_PLAN

    table_id: TableId
    section_id: SectionId | None = None
    name: Name | None = None
    seats: Seats | None = None
    x: Place | None = None
    y: Place | None = None


class SetTableStatus(Command):
    """Say what state a table is in."""

    needs: ClassVar = Permission.TABLES_SEAT

    table_id: TableId
    status: TableStatus


class RemoveTable(Command):
    """Take a free table off the plan."""

    needs: ClassVar = Permission.FLOOR_PLAN

    table_id: TableId


class SeatParty(Command):
    """Seat a party of so many covers."""

    needs: ClassVar = Permission.TABLES_SEAT

    table_id: TableId
    covers: Seats
