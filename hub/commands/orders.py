"""What can be asked about orders. Everything is by line: there is no "save order" that could lose one."""

from typing import Annotated, ClassVar

from pydantic import Field

from hub.commands.command import (
    LINES_MAX,
    MODIFIERS_MAX,
    NAMED_MAX,
    QUANTITY_MAX,
    SEATS_MAX,
    Asked,
    Command,
    Course,
    Int,
    Name,
    Note,
    Times,
)
from hub.events.orders import OrderKind
from hub.ids import ItemId, LineId, ModifierId, OrderId, RestaurantId, TableId, TicketId
from hub.rights import Permission

Seat = Annotated[Int, Field(ge=1, le=SEATS_MAX)]
NamedLines = Annotated[tuple[LineId, ...], Field(max_length=NAMED_MAX)]


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

    needs: ClassVar = Permission.ORDERS_TAKE

    restaurant_id: RestaurantId
    kind: OrderKind
    table_id: TableId | None = None
    customer_name: Name | None = None
    lines: WantedLines


class AddLines(Command):
    """Add lines to an order that is still open."""

    needs: ClassVar = Permission.ORDERS_TAKE

    order_id: OrderId
    lines: WantedLines


class FireCourse(Command):
    """Send what is held of a course to the kitchen. Whoever names the lines means no others."""

    needs: ClassVar = Permission.ORDERS_SERVE

    order_id: OrderId
    course: Course
    line_ids: NamedLines | None = None


class ReadyTicket(Asked):
    """A ticket that somebody saw to be ready: how often it had been recalled, and its lines that were not voided."""

    ticket_id: TicketId
    recalls: Times
    line_ids: NamedLines


class ServeOrder(Command):
    """Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others."""

    needs: ClassVar = Permission.ORDERS_SERVE

    order_id: OrderId
    course: Course | None = None
    tickets: Annotated[tuple[ReadyTicket, ...], Field(min_length=1, max_length=NAMED_MAX)] | None = None


class VoidLine(Command):
    """Take a line back. Once it is fired only a manager can.

    `bumps` is how often its ticket had been bumped as the asker knew it, and none for what is held; `restores` how
    often the line had been restored. Whoever knows it to be served names no bumps, and is refused.
    """

    needs: ClassVar = Permission.ORDERS_VOID

    order_id: OrderId
    line_id: LineId
    reason: Note | None = None
    bumps: Times | None = None
    restores: Times | None = None


class DecideVoid(Command):
    """Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's.

    `restores` is how often the line had been restored, as the asker knew it.
    """

    needs: ClassVar = Permission.VOIDS_DECIDE

    order_id: OrderId
    line_id: LineId
    stands: bool
    restores: Times | None = None


class MoveLine(Command):
    """Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them."""

    needs: ClassVar = Permission.ORDERS_SERVE

    order_id: OrderId
    line_id: LineId
    to_order_id: OrderId | None = None
    seat: Seat | None = None


class CancelOrder(Command):
    """Take the whole order back. Once anything is fired only a manager can."""

    needs: ClassVar = Permission.ORDERS_VOID

    order_id: OrderId
    reason: Note | None = None


class CloseOrder(Command):
    """Everything is served and settled."""

    needs: ClassVar = Permission.ORDERS_SERVE

    order_id: OrderId
