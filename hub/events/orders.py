"""Facts about orders. Staff hear lines with notes; guests hear `order_status_update`, which is theirs to read."""

from enum import StrEnum
from typing import ClassVar

from hub.audience import Room, order_room, pass_room, station_room, table_room, waiters_room
from hub.events.event import RestaurantEvent, Shape
from hub.ids import ItemId, LineId, ModifierId, OrderId, RestaurantId, SeatingId, StationId, TableId, TicketId
from hub.money import Money
from hub.rights import FLOOR_STAFF, STAFF_AND_GUESTS, Role


class OrderKind(StrEnum):
    DINE_IN = "dine_in"
    PICKUP = "pickup"
    DELIVERY = "delivery"


class OrderStatus(StrEnum):
    """How far an order is. It follows the order's tickets; only closing and cancelling are said outright."""

    PLACED = "placed"
    IN_KITCHEN = "in_kitchen"
    READY = "ready"
    SERVED = "served"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class LineStatus(StrEnum):
    HELD = "held"
    FIRED = "fired"
    VOIDED = "voided"


class ChosenModifier(Shape):
    """A modifier as it was chosen: name and price are of that moment."""

    modifier_id: ModifierId
    name: str
    price_delta: Money


class OrderLine(Shape):
    """One line as staff see it. `unitPrice` includes the modifiers.

    A void that crossed a bump is disputed until somebody decides it; `restores` counts the lines' ways back from it.
    """

    line_id: LineId
    item_id: ItemId
    name: str
    quantity: int
    unit_price: Money
    modifiers: tuple[ChosenModifier, ...] = ()
    note: str | None = None
    seat: int | None = None
    course: int = 1
    status: LineStatus = LineStatus.HELD
    ticket_id: TicketId | None = None
    is_disputed: bool = False
    restores: int = 0


class GuestLine(Shape):
    """One line as the guest who ordered it may see it: no note, no station, nobody's name."""

    line_id: LineId
    name: str
    quantity: int
    modifiers: tuple[str, ...] = ()
    price: Money


class OrderDetails(Shape):
    """What a guest is told about an order. `lines` is null where the lines are as they were."""

    number: int
    kind: OrderKind
    table_id: TableId | None = None
    message: str
    total: Money
    tax: Money
    lines: tuple[GuestLine, ...] | None = None


class OrderPlaced(RestaurantEvent):
    """An order was taken; its lines are held until they are fired."""

    caused_by: ClassVar = FLOOR_STAFF | {Role.GUEST}

    order_id: OrderId
    number: int
    kind: OrderKind
    table_id: TableId | None = None
    table_name: str | None = None
    seating_id: SeatingId | None = None
    customer_name: str | None = None
    lines: tuple[OrderLine, ...]

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id),)


class LinesAdded(RestaurantEvent):
    """More was ordered on an order that was already there."""

    caused_by: ClassVar = FLOOR_STAFF | {Role.GUEST}

    order_id: OrderId
    lines: tuple[OrderLine, ...]

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id),)


def _rooms_of_line(restaurant: RestaurantId, station: StationId | None, backup: StationId | None) -> tuple[Room, ...]:
    """Who hears of one line: the floor, and, once a station has it, the pass, that station and whoever backs it up."""
    stations = tuple(station_room(restaurant, one) for one in (station, backup) if one is not None)
    return (waiters_room(restaurant), pass_room(restaurant), *stations) if stations else (waiters_room(restaurant),)


class LineVoided(RestaurantEvent):
    """A line is not wanted any more. If it was fired, its ticket shows the difference."""

    caused_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    line_id: LineId
    ticket_id: TicketId | None = None
    station_id: StationId | None = None
    backup_station_id: StationId | None = None
    reason: str | None = None

    @property
    def audience(self) -> tuple[Room, ...]:
        return _rooms_of_line(self.restaurant_id, self.station_id, self.backup_station_id)


class LineMoved(RestaurantEvent):
    """A line is for `seat` now, and on the order `toOrderId`, behind what was there; often the one it was on before."""

    caused_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    line_id: LineId
    to_order_id: OrderId
    seat: int | None = None
    ticket_id: TicketId | None = None
    station_id: StationId | None = None
    backup_station_id: StationId | None = None

    @property
    def audience(self) -> tuple[Room, ...]:
        return _rooms_of_line(self.restaurant_id, self.station_id, self.backup_station_id)


class OrderCancelled(RestaurantEvent):
    """The whole order is off."""

    caused_by: ClassVar = FLOOR_STAFF

    order_id: OrderId
    reason: str | None = None

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id),)


class OrderClosed(RestaurantEvent):
    """Everything is served and settled; the order leaves the floor."""

    caused_by: ClassVar = FLOOR_STAFF

    order_id: OrderId

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id),)


class OrderStatusUpdate(RestaurantEvent):
    """How far an order is, as its guest, its table and the floor may know it.

    Name and shape come from systems whose clients exist: `{orderId, status, details, timestamp}`.
    """

    caused_by: ClassVar = STAFF_AND_GUESTS

    order_id: OrderId
    status: OrderStatus
    details: OrderDetails

    @property
    def audience(self) -> tuple[Room, ...]:
        rooms = (order_room(self.order_id), waiters_room(self.restaurant_id))
        table = self.details.table_id
        return rooms if table is None else (*rooms, table_room(table))
