"""What travels between a hub and its clients: orders.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.answers import OrderAnswer
    from api.client.shapes.command import Seen
    from api.client.shapes.money import Money

LineStatus = Literal["held", "fired", "voided"]
OrderKind = Literal["dine_in", "pickup", "delivery"]
OrderStatus = Literal["placed", "in_kitchen", "ready", "served", "closed", "cancelled"]


class AddLines(TypedDict):
    """Add lines to an order that is still open."""

    seen: NotRequired[Seen | None]
    orderId: str
    lines: list[WantedLine]


class CancelOrder(TypedDict):
    """Take the whole order back. Once anything is fired only a manager can."""

    seen: NotRequired[Seen | None]
    orderId: str
    reason: NotRequired[str | None]


class ChosenModifier(TypedDict):
    """A modifier as it was chosen: name and price are of that moment."""

    modifierId: str
    name: str
    priceDelta: Money


class CloseOrder(TypedDict):
    """Everything is served and settled."""

    seen: NotRequired[Seen | None]
    orderId: str


class DecideVoid(TypedDict):
    """Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's.

    `restores` is how often the line had been restored, as the asker knew it.
    """

    seen: NotRequired[Seen | None]
    orderId: str
    lineId: str
    stands: bool
    restores: NotRequired[int | None]


class FireCourse(TypedDict):
    """Send what is held of a course to the kitchen. Whoever names the lines means no others."""

    seen: NotRequired[Seen | None]
    orderId: str
    course: int
    lineIds: NotRequired[list[str] | None]


class GuestLine(TypedDict):
    """One line as the guest who ordered it may see it: no note, no station, nobody's name."""

    lineId: str
    name: str
    quantity: int
    modifiers: list[str]
    price: Money


class LineMoved(TypedDict):
    """A line is for `seat` now, and on the order `toOrderId`, behind what was there; often the one it was on before."""

    orderId: str
    lineId: str
    toOrderId: str
    seat: int | None
    ticketId: str | None
    stationId: str | None
    backupStationId: str | None


class LineVoided(TypedDict):
    """A line is not wanted any more. If it was fired, its ticket shows the difference."""

    orderId: str
    lineId: str
    ticketId: str | None
    stationId: str | None
    backupStationId: str | None
    reason: str | None


class LinesAdded(TypedDict):
    """More was ordered on an order that was already there."""

    orderId: str
    lines: list[OrderLine]


class MoveLine(TypedDict):
    """Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them."""

    seen: NotRequired[Seen | None]
    orderId: str
    lineId: str
    toOrderId: NotRequired[str | None]
    seat: NotRequired[int | None]


class OrderCancelled(TypedDict):
    """The whole order is off."""

    orderId: str
    reason: str | None


class OrderClosed(TypedDict):
    """Everything is served and settled; the order leaves the floor."""

    orderId: str


class OrderDetails(TypedDict):
    """What a guest is told about an order. `lines` is null where the lines are as they were."""

    number: int
    kind: OrderKind
    tableId: str | None
    message: str
    total: Money
    tax: Money
    lines: list[GuestLine] | None


class OrderLine(TypedDict):
    """One line as staff see it. `unitPrice` includes the modifiers.

    A void that crossed a bump is disputed until somebody decides it; `restores` counts the lines' ways back from it.
    """

    lineId: str
    itemId: str
    name: str
    quantity: int
    unitPrice: Money
    modifiers: list[ChosenModifier]
    note: str | None
    seat: int | None
    course: int
    status: LineStatus
    ticketId: str | None
    isDisputed: bool
    restores: int


class OrderPlaced(TypedDict):
    """An order was taken; its lines are held until they are fired."""

    orderId: str
    number: int
    kind: OrderKind
    tableId: str | None
    tableName: str | None
    seatingId: str | None
    customerName: str | None
    lines: list[OrderLine]


class OrderStatusUpdate(TypedDict):
    """How far an order is, as its guest, its table and the floor may know it.

    Name and shape come from systems whose clients exist: `{orderId, status, details, timestamp}`.
    """

    orderId: str
    status: OrderStatus
    details: OrderDetails


class PlaceOrder(TypedDict):
    """Take an order. Dine-in names its table and is held; pickup and delivery are fired at once."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    kind: OrderKind
    tableId: NotRequired[str | None]
    customerName: NotRequired[str | None]
    lines: list[WantedLine]


class ReadyTicket(TypedDict):
    """A ticket that somebody saw to be ready: how often it had been recalled, and its lines that were not voided."""

    ticketId: str
    recalls: int
    lineIds: list[str]


class ServeOrder(TypedDict):
    """Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others."""

    seen: NotRequired[Seen | None]
    orderId: str
    course: NotRequired[int | None]
    tickets: NotRequired[list[ReadyTicket] | None]


class VoidLine(TypedDict):
    """Take a line back. Once it is fired only a manager can.

    `bumps` is how often its ticket had been bumped as the asker knew it, and none for what is held; `restores` how
    often the line had been restored. Whoever knows it to be served names no bumps, and is refused.
    """

    seen: NotRequired[Seen | None]
    orderId: str
    lineId: str
    reason: NotRequired[str | None]
    bumps: NotRequired[int | None]
    restores: NotRequired[int | None]


class WantedLine(TypedDict):
    """One line as it is asked for. A modifier that is wanted twice is named twice."""

    itemId: str
    quantity: NotRequired[int]
    course: NotRequired[int]
    seat: NotRequired[int | None]
    note: NotRequired[str | None]
    modifiers: NotRequired[list[str]]


class RestAddLines(TypedDict):
    """Add lines to an order that is still open."""

    seen: NotRequired[Seen | None]
    lines: list[WantedLine]


class RestCancelOrder(TypedDict):
    """Take the whole order back. Once anything is fired only a manager can."""

    seen: NotRequired[Seen | None]
    reason: NotRequired[str | None]


class RestCloseOrder(TypedDict):
    """Everything is served and settled."""

    seen: NotRequired[Seen | None]


class RestDecideVoid(TypedDict):
    """Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's.

    `restores` is how often the line had been restored, as the asker knew it.
    """

    seen: NotRequired[Seen | None]
    stands: bool
    restores: NotRequired[int | None]


class RestFireCourse(TypedDict):
    """Send what is held of a course to the kitchen. Whoever names the lines means no others."""

    seen: NotRequired[Seen | None]
    lineIds: NotRequired[list[str] | None]


class RestMoveLine(TypedDict):
    """Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of them."""

    seen: NotRequired[Seen | None]
    toOrderId: NotRequired[str | None]
    seat: NotRequired[int | None]


class Orders(TypedDict):
    """Orders, the newest first."""

    nextCursor: str | None
    items: list[OrderAnswer]


class RestPlaceOrder(TypedDict):
    """Take an order. Dine-in names its table and is held; pickup and delivery are fired at once."""

    seen: NotRequired[Seen | None]
    kind: OrderKind
    tableId: NotRequired[str | None]
    customerName: NotRequired[str | None]
    lines: list[WantedLine]


class RestServeOrder(TypedDict):
    """Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others."""

    seen: NotRequired[Seen | None]
    course: NotRequired[int | None]
    tickets: NotRequired[list[ReadyTicket] | None]


class RestVoidLine(TypedDict):
    """Take a line back. Once it is fired only a manager can.

    `bumps` is how often its ticket had been bumped as the asker knew it, and none for what is held; `restores` how
    often the line had been restored. Whoever knows it to be served names no bumps, and is refused.
    """

    seen: NotRequired[Seen | None]
    reason: NotRequired[str | None]
    bumps: NotRequired[int | None]
    restores: NotRequired[int | None]
