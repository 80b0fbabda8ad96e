"""What travels between a hub and its clients: answers.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.floor import TableStatus
    from api.client.shapes.menu import ModifierGroup
    from api.client.shapes.money import Money
    from api.client.shapes.orders import OrderKind, OrderLine, OrderStatus
    from api.client.shapes.rights import Role
    from api.client.shapes.tickets import ShownTicket, TicketStatus


class GoneAnswer(TypedDict):
    """What was taken away."""

    id: str


class ItemAnswer(TypedDict):
    """An item as it is on the menu now."""

    id: str
    sectionId: str
    name: str
    description: str | None
    price: Money
    station: str
    stationsByKind: dict[OrderKind, str]
    prepSeconds: int
    allergens: list[str]
    dietTags: list[str]
    portionsLeft: int | None
    isEightySixed: bool
    available: bool
    modifierGroups: list[ModifierGroup]


class OrderAnswer(TypedDict):
    """An order, as whoever asked may read it. `id` and `orderId` are the same; `tax` is part of `total` in any case."""

    id: str
    orderId: str
    restaurantId: str
    number: int
    kind: OrderKind
    status: OrderStatus
    tableId: str | None
    tableName: str | None
    seatingId: str | None
    customerName: str | None
    placedAt: str
    subtotal: Money
    tax: Money
    isTaxIncluded: bool
    total: Money
    lines: list[OrderLine]
    tickets: list[ShownTicket]


class Party(TypedDict):
    """Who sits at a table now."""

    seatingId: str
    covers: int
    seatedAt: str


class PlacedAnswer(TypedDict):
    """An order that was just placed, and the link with which its guest follows it."""

    id: str
    orderId: str
    restaurantId: str
    number: int
    kind: OrderKind
    status: OrderStatus
    tableId: str | None
    tableName: str | None
    seatingId: str | None
    customerName: str | None
    placedAt: str
    subtotal: Money
    tax: Money
    isTaxIncluded: bool
    total: Money
    lines: list[OrderLine]
    tickets: list[ShownTicket]
    guestLink: str | None


class RestaurantAnswer(TypedDict):
    """A restaurant that was opened, and whose it is."""

    restaurantId: str
    name: str
    ownerId: str


class RolesAnswer(TypedDict):
    """What a person is to a restaurant from now on."""

    userId: str
    restaurantId: str
    roles: list[Role]


class SaidAnswer(TypedDict):
    """It was said."""

    title: str


class SeatingAnswer(TypedDict):
    """A party that was just seated, and the link that opens its table for as long as it stays."""

    seatingId: str
    tableId: str
    restaurantId: str
    covers: int
    seatedAt: str
    status: TableStatus
    guestLink: str | None


class SectionAnswer(TypedDict):
    id: str
    name: str


class SessionsEndedAnswer(TypedDict):
    """The sessions that ended."""

    sessionIds: list[str]


class StationAnswer(TypedDict):
    id: str
    name: str
    backupStationId: str | None


class TableAnswer(TypedDict):
    """A table: where it stands, how its evening is going, and who sits there. `id` and `tableId` are the same."""

    tableId: str
    sectionId: str
    name: str
    seats: int
    x: int
    y: int
    id: str
    status: TableStatus
    statusSince: str
    seating: Party | None


class TicketAnswer(TypedDict):
    """A ticket after a step, and how far its order is."""

    ticketId: str
    orderId: str
    status: TicketStatus
    isRushed: bool
    orderStatus: OrderStatus
    recalls: int
