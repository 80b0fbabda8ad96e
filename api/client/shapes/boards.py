"""What travels between a hub and its clients: boards.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.floor import AlertKind, TableStatus
    from api.client.shapes.money import Money
    from api.client.shapes.orders import GuestLine, OrderKind, OrderLine, OrderStatus
    from api.client.shapes.people import NoticeKind
    from api.client.shapes.rights import Role
    from api.client.shapes.tickets import ShownTicket, TicketLine, TicketStatus


class Alert(TypedDict):
    """Something waits longer than the house allows: a ticket, with its order and station, or a table."""

    alertId: str
    kind: AlertKind
    ticketId: str | None
    orderId: str | None
    stationId: str | None
    tableId: str | None
    raisedAt: str


class AnnouncementsBoard(TypedDict):
    """The last announcements for everybody, newest first; in the room `announcements:<role>`, those for that role."""

    announcements: list[Notice]


class FloorOrder(TypedDict):
    """An order that is still open, as staff see it."""

    orderId: str
    number: int
    kind: OrderKind
    status: OrderStatus
    tableId: str | None
    tableName: str | None
    seatingId: str | None
    customerName: str | None
    placedAt: str
    total: Money
    tax: Money
    lines: list[OrderLine]
    tickets: list[ShownTicket]


class FloorSection(TypedDict):
    sectionId: str
    name: str


class FloorTable(TypedDict):
    """A table on the plan, and how its evening is going."""

    tableId: str
    sectionId: str
    name: str
    seats: int
    x: int
    y: int
    status: TableStatus
    statusSince: str
    seating: SeatedParty | None


class GuestOrder(TypedDict):
    """`lines` are those that are still wanted; `message` is the sentence a guest reads."""

    orderId: str
    number: int
    kind: OrderKind
    status: OrderStatus
    message: str
    total: Money
    tax: Money
    lines: list[GuestLine]


class ItemBoard(TypedDict):
    """`quantity` is null where nobody counts. An item that left the menu is shown to its followers as not available."""

    productId: str
    name: str
    quantity: int | None
    available: bool


class Notice(TypedDict):
    """Something that was said to a person, or to everybody."""

    title: str
    message: str
    type: NoticeKind
    timestamp: str


class OrderBoard(TypedDict):
    """What somebody who follows one order sees."""

    orderId: str
    number: int
    kind: OrderKind
    status: OrderStatus
    message: str
    total: Money
    tax: Money
    lines: list[GuestLine]
    restaurantName: str
    placedAt: str


class PassBoard(TypedDict):
    """The expo's screen: all stations, and what the floor knows too."""

    restaurantId: str
    alerts: list[Alert]
    eightySixed: list[str]
    portions: dict[str, int]
    stations: list[Station]
    tickets: list[TicketCard]
    allDay: list[Wanted]


class SeatedParty(TypedDict):
    """The party at a table. `covers` counts its guests."""

    seatingId: str
    covers: int
    seatedAt: str


class Station(TypedDict):
    """A station, and the one that shows its tickets as well when its own screen does not."""

    stationId: str
    name: str
    backupStationId: str | None


class StationBoard(TypedDict):
    """One station's screen."""

    restaurantId: str
    station: Station
    tickets: list[TicketCard]
    allDay: list[Wanted]


class TableBoard(TypedDict):
    """`orders` are the present party's, also those that are closed, until it leaves."""

    tableId: str
    name: str
    seats: int
    status: TableStatus
    statusSince: str
    seating: SeatedParty | None
    orders: list[GuestOrder]


class TicketCard(TypedDict):
    """One ticket as it hangs in the kitchen."""

    ticketId: str
    stationId: str
    course: int
    status: TicketStatus
    isRushed: bool
    firedAt: str
    startedAt: str | None
    bumpedAt: str | None
    backupStationId: str | None
    recalls: int
    orderId: str
    number: int
    kind: OrderKind
    tableId: str | None
    tableName: str | None
    customerName: str | None
    stationName: str
    lines: list[TicketLine]


class UserBoard(TypedDict):
    """One person's own screen: the last notices, newest first, and what they are to which restaurant."""

    userId: str
    notices: list[Notice]
    roles: dict[str, list[Role]]


class WaitersBoard(TypedDict):
    """The whole floor at once."""

    restaurantId: str
    alerts: list[Alert]
    eightySixed: list[str]
    portions: dict[str, int]
    sections: list[FloorSection]
    tables: list[FloorTable]
    orders: list[FloorOrder]


class Wanted(TypedDict):
    """All day: how many of an item are still to be cooked, over all tickets."""

    itemId: str
    name: str
    quantity: int


class RoomAnswer(TypedDict):
    """A room's board, or what happened since `since`, and the number that whoever has applied all of it holds.

    With `recovered: true` there are entries and no board, and with `more: true` more are to be asked for, since
    `seq`. Boards and entries have the shapes of the rooms' own document.
    """

    room: str
    epoch: str
    seq: int
    recovered: NotRequired[bool | None]
    board: NotRequired[dict[str, object] | None]
    entries: list[dict[str, object]]
    more: bool
