"""Who is asking, and what they are to each restaurant.

An `Actor` is made at a door from a verified token and passed on as a parameter, never kept in a global.
Not its business: verifying tokens (`hub.tokens`), or where grants are stored (`hub.store.people`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from hub.ids import OrderId, RestaurantId, SeatingId, TableId, UserId


class Role(StrEnum):
    """What a person is to one restaurant. `system` is the hub itself: it raises alerts."""

    GUEST = "guest"
    WAITER = "waiter"
    HOST = "host"
    COOK = "cook"
    EXPO = "expo"
    MANAGER = "manager"
    OWNER = "owner"
    SYSTEM = "system"


HEADS = frozenset({Role.MANAGER, Role.OWNER})
"""Whoever answers for the house may do what anybody in it may do."""

FLOOR_STAFF = HEADS | {Role.WAITER, Role.HOST, Role.EXPO}
KITCHEN_STAFF = HEADS | {Role.COOK, Role.EXPO}
STAFF = FLOOR_STAFF | KITCHEN_STAFF
STAFF_AND_GUESTS = STAFF | {Role.GUEST}


@dataclass(frozen=True, slots=True)
class Seat:
    """What a seating's link opens: one table, for as long as this party stays."""

    seating: SeatingId
    table: TableId


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. `name` is how the ledger remembers them: `user:<id>`, `seating:<id>`, `order:<id>`, `system`.

    A seated guest holds a grant of `guest` in one restaurant and a `seat`. Whoever holds an order's link has an
    `order` and no grant at all.
    """

    name: str
    grants: Mapping[RestaurantId, frozenset[Role]] = field(default_factory=lambda: MappingProxyType({}))
    user: UserId | None = None
    seat: Seat | None = None
    order: OrderId | None = None
    is_operator: bool = False
    expires_at: datetime | None = None

    def roles(self, restaurant: RestaurantId) -> frozenset[Role]:
        """The roles held in this restaurant; empty where the actor is a stranger."""
        return self.grants.get(restaurant, frozenset())

    def is_one_of(self, roles: frozenset[Role], restaurant: RestaurantId) -> bool:
        return not roles.isdisjoint(self.roles(restaurant))

    def is_staff(self, restaurant: RestaurantId) -> bool:
        return self.is_one_of(STAFF, restaurant)


def the_house(restaurant: RestaurantId) -> Actor:
    """The hub acting by itself in one restaurant: alerts, and nothing a person should answer for."""
    return Actor(name="system", grants=MappingProxyType({restaurant: frozenset({Role.SYSTEM})}))
