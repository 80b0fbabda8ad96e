"""What can be asked about orders. Everything is by line: there is no "save order" that could lose one."""

from typing import Annotated, ClassVar

from pydantic import Field

from hub.commands.command import (
    LINES_MAX,
    MODIFIERS_MAX,
    QUANTITY_MAX,
    SEATS_MAX,
    Asked,
    Command,
    Course,
    Int,
    Name,
    Note,
)
from hub.events.orders import OrderKind
from hub.ids import ItemId, LineId, ModifierId, OrderId, RestaurantId, TableId
from hub.people import FLOOR_STAFF, Role

Seat = Annotated[Int, Field(ge=1, le=SEATS_MAX)]


class WantedLine(Asked):
    """One line as it is asked for. A modifier that is wanted twice is named twice."""

    item_id: ItemId
    quantity: Annotated[Int, Field(ge=1, le=QUANTITY_MAX)] = 1
    course: Course = 1
    seat: Seat | None = None
    note: Note | None = None
    modifiers: Annotated[tuple[ModifierId, ...], Field(max_length=MODIFIERS_MAX)] = ()


WantedLines = Annotated[tuple[WantedLine, ...], Field(min_length=1, max_length=LINES_MAX)]


class PlaceOrder(Command):
    """Take an order. Dine-in names its table and is held; pickup and delivery are fired at once."""

    asked_by: ClassVar = FLOOR_STAFF | {Role.GUEST}

    restaurant_id: RestaurantId
    kind: OrderKind
    table_id: TableId | None = None
    customer_name: Name | None = None
    lines: WantedLines


class AddLines(Command):
    """Add lines to an order that is still open."""

    asked_by: ClassVar = FLOOR_STAFF | {Role.GUEST}

    order_id: OrderId
    lines: WantedLines


class FireCourse(Command):
    """Send what is held of a course to the kitchen."""

    asked_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    course: Course


class ServeOrder(Command):
    """Bring what is ready, of one course or of all, to the guest."""

    asked_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    course: Course | None = None


class VoidLine(Command):
    """Take a line back. Once it is fired only a manager can."""

    asked_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    line_id: LineId
    reason: Note | None = None


class MoveLine(Command):
    """Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them."""

    asked_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    line_id: LineId
    to_order_id: OrderId | None = None
    seat: Seat | None = None


class CancelOrder(Command):
    """Take the whole order back. Once anything is fired only a manager can."""

    asked_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    reason: Note | None = None


class CloseOrder(Command):
    """Everything is served and settled."""

    asked_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
