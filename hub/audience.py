"""The rooms people listen in, and the scopes whose ledgers feed them.

A room's wire name is what clients send and hear: `kitchen:<restaurant>:<station>`, `order:<order>`, `announcements`.
Not its business: who may enter (`hub.boards`), or who is in (`rooms`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

from hub.ids import ItemId, OrderId, RestaurantId, StationId, TableId, UserId
from hub.people import Role

Scope = NewType("Scope", str)
"""The thing a ledger belongs to: `restaurant:<id>`, `user:<id>`, `platform`, or a hub for itself, `hub:<instance>`."""

PLATFORM = Scope("platform")


def restaurant_scope(restaurant: RestaurantId) -> Scope:
    return Scope(f"restaurant:{restaurant}")


def user_scope(user: UserId) -> Scope:
    return Scope(f"user:{user}")


def hub_scope(instance: str) -> Scope:
    """What a hub shouts to itself. Its one room is called the same, and is none that anybody could name."""
    return Scope(f"hub:{instance}")


def is_hub_scope(scope: Scope) -> bool:
    return scope.startswith("hub:")


def is_user_scope(scope: Scope) -> bool:
    return scope.startswith("user:")


def restaurant_of(scope: Scope) -> RestaurantId | None:
    """The restaurant a scope belongs to, or None for a user's or the platform's."""
    kind, _, rest = scope.partition(":")
    return RestaurantId(UUID(rest)) if kind == "restaurant" else None


class RoomKind(StrEnum):
    """Every kind of room; a bounded label, unlike a room's name."""

    PASS = "pass"
    STATION = "station"
    WAITERS = "waiters"
    TABLE = "table"
    ORDER = "order"
    ITEM = "item"
    USER = "user"
    ANNOUNCEMENTS = "announcements"
    OPS = "ops"


class NoSuchRoom(ValueError):
    """The text is not the name of any room there could be."""


_PREFIX = {
    RoomKind.PASS: "kitchen",
    RoomKind.STATION: "kitchen",
    RoomKind.WAITERS: "waiters",
    RoomKind.TABLE: "table",
    RoomKind.ORDER: "order",
    RoomKind.ITEM: "item",
    RoomKind.USER: "user",
    RoomKind.ANNOUNCEMENTS: "announcements",
    RoomKind.OPS: "ops",
}
_BY_PREFIX = {
    ("kitchen", 1): RoomKind.PASS,
    ("kitchen", 2): RoomKind.STATION,
    ("waiters", 1): RoomKind.WAITERS,
    ("table", 1): RoomKind.TABLE,
    ("order", 1): RoomKind.ORDER,
    ("item", 1): RoomKind.ITEM,
    ("user", 1): RoomKind.USER,
    ("announcements", 0): RoomKind.ANNOUNCEMENTS,
    ("announcements", 1): RoomKind.ANNOUNCEMENTS,
    ("ops", 0): RoomKind.OPS,
}


@dataclass(frozen=True, slots=True)
class Room:
    """One room. `str(room)` is its wire name; `Room.parse` is the way back.

    `subject` is the restaurant, table, order, item or user the room is about; `station` only names a kitchen's station,
    and `role` for whom announcements are where they are not for everybody.
    """

    kind: RoomKind
    subject: UUID | None = None
    station: StationId | None = None
    role: Role | None = None

    def __str__(self) -> str:
        # Written out: a room is named for each fact it hears.
        prefix = _PREFIX[self.kind]
        if self.subject is None:
            return prefix if self.role is None else f"{prefix}:{self.role}"
        return f"{prefix}:{self.subject}" if self.station is None else f"{prefix}:{self.subject}:{self.station}"

    @classmethod
    def parse(cls, name: str) -> "Room":
        """The room a client named. Raises NoSuchRoom for anything but the one canonical spelling."""
        prefix, *rest = name.split(":", 3)
        kind = _BY_PREFIX.get((prefix, len(rest)))
        if kind is None:
            raise NoSuchRoom(name)
        try:
            if kind is RoomKind.ANNOUNCEMENTS:
                return announcements_room(Role(rest[0]) if rest else None)
            parts = [UUID(part) for part in rest]
        except ValueError:
            raise NoSuchRoom(name) from None
        room = cls(kind, parts[0] if parts else None, StationId(parts[1]) if len(parts) > 1 else None)
        if str(room) != name:
            raise NoSuchRoom(name)
        return room


ANNOUNCEMENTS = Room(RoomKind.ANNOUNCEMENTS)
OPS = Room(RoomKind.OPS)


def announcements_room(role: Role | None) -> Room:
    """Where everybody hears announcements, or whoever has this role in some restaurant or on the platform."""
    return ANNOUNCEMENTS if role is None else Room(RoomKind.ANNOUNCEMENTS, role=role)


def pass_room(restaurant: RestaurantId) -> Room:
    """The pass sees every station of its restaurant."""
    return Room(RoomKind.PASS, restaurant)


def station_room(restaurant: RestaurantId, station: StationId) -> Room:
    return Room(RoomKind.STATION, restaurant, station)


def waiters_room(restaurant: RestaurantId) -> Room:
    return Room(RoomKind.WAITERS, restaurant)


def table_room(table: TableId) -> Room:
    return Room(RoomKind.TABLE, table)


def order_room(order: OrderId) -> Room:
    return Room(RoomKind.ORDER, order)


def item_room(item: ItemId) -> Room:
    return Room(RoomKind.ITEM, item)


def user_room(user: UserId) -> Room:
    return Room(RoomKind.USER, user)
