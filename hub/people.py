"""Who is asking, and what they are to each restaurant.

An `Actor` is made at a door from a verified token and passed on as a parameter, never kept in a global.
Not its business: which role may do what (`hub.rights`), verifying tokens (`hub.tokens`), or where grants are stored
(`hub.store.people`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Self

from hub.ids import DeviceId, KeyId, OrderId, RestaurantId, SeatingId, SessionId, TableId, UserId
from hub.rights import AT_DEVICES, RIGHTS, STAFF, Permission, Role

__all__ = ["Actor", "Role", "Seat", "the_house"]

NOBODY: frozenset[Role] = frozenset()
CUSTOMER = frozenset({Role.CUSTOMER})
OPERATOR = CUSTOMER | {Role.ADMIN}
AT_WORK = STAFF | {Role.SERVICE}


@dataclass(frozen=True, slots=True)
class Seat:
    """What a seating's link opens: one table, for as long as this party stays."""

    seating: SeatingId
    table: TableId


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. `name` is how the ledger remembers them: `user:<id>`, `key:<id>`, `seating:<id>`, `order:<id>`,
    `device:<id>`, `system`.

    A seated guest holds a grant of `guest` in one restaurant and a `seat`. Whoever holds an order's link has an
    `order` and no grant at all. A program with a `key` holds a grant of `service`, which its `scopes` stand for.
    A kitchen tablet by itself is a `device` without a grant; whoever tapped a PIN there is a `user` besides, with the
    grants of its restaurant, of which they may use what is done at tablets.
    """

    name: str
    grants: Mapping[RestaurantId, frozenset[Role]] = field(default_factory=lambda: MappingProxyType({}))
    user: UserId | None = None
    session: SessionId | None = None
    device: DeviceId | None = None
    key: KeyId | None = None
    scopes: frozenset[Permission] = frozenset()
    seat: Seat | None = None
    order: OrderId | None = None
    is_operator: bool = False
    expires_at: datetime | None = None

    def roles(self, restaurant: RestaurantId) -> frozenset[Role]:
        """The roles held in this restaurant; empty where the actor is a stranger."""
        return self.grants.get(restaurant, NOBODY)

    @property
    def platform_roles(self) -> frozenset[Role]:
        """What the actor is to the platform, whatever they are to any restaurant."""
        if self.is_operator:
            return OPERATOR
        return NOBODY if self.user is None else CUSTOMER

    def is_somewhere(self, role: Role) -> bool:
        """Whether they are this to some restaurant, or to the platform. Whoever holds an order's link is a guest."""
        if role in self.platform_roles or any(role in held for held in self.grants.values()):
            return True
        return role is Role.GUEST and self.order is not None

    def may(self, permission: Permission, restaurant: RestaurantId | None) -> bool:
        """Whether the actor may do this in the restaurant, or, with None, on the platform."""
        return (self.device is None or permission in AT_DEVICES) and self.has_job(permission, restaurant)

    def has_job(self, permission: Permission, restaurant: RestaurantId | None) -> bool:
        """Whether they might, had they come in with their password."""
        held = self.platform_roles if restaurant is None else self.grants.get(restaurant, NOBODY)
        return not RIGHTS[permission].isdisjoint(held) or (permission in self.scopes and Role.SERVICE in held)

    def at_device(self, device: DeviceId, restaurant: RestaurantId) -> Self:
        """The same person, as they are at a tablet of this restaurant."""
        held = self.grants.get(restaurant)
        grants = MappingProxyType({} if held is None else {restaurant: held})
        return replace(self, device=device, grants=grants, is_operator=False)

    def is_staff(self, restaurant: RestaurantId) -> bool:
        """Whether the actor works there, whatever as, or is a program that does."""
        return not AT_WORK.isdisjoint(self.roles(restaurant))


def the_house(restaurant: RestaurantId) -> Actor:
    """The hub acting by itself in one restaurant: alerts, and nothing a person should answer for."""
    return Actor(name="system", grants=MappingProxyType({restaurant: frozenset({Role.SYSTEM})}))
