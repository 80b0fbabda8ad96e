"""Who may do what: one table, from which commands, routes, rooms, documents and tests read it.

A **permission** is one thing that somebody may do in a restaurant, or on the platform, `noun:verb`. Commands, routes
and rooms name the one that they need (`Command.needs`, `api.routes`, `BoardKind.needs`), and `Actor.may` is the one
question.

Not its business: what somebody's own link or own room opens, which is theirs whatever their roles are (`hub.boards`);
what depends on the state of things (`hub.domain`); and who caused which fact (`Event.caused_by`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """What somebody is to one restaurant, or to the platform.

    On the platform whoever is signed in is a `customer`, and an operator of it is `admin` besides. A seated `guest` has
    a link and no account. A `service` is a program with a key, which may do what its scopes say: it is in no row of the
    table. `system` is the hub itself: it raises alerts.
    """

    GUEST = "guest"
    CUSTOMER = "customer"
    WAITER = "waiter"
    HOST = "host"
    COOK = "cook"
    EXPO = "expo"
    MANAGER = "manager"
    OWNER = "owner"
    ADMIN = "admin"
    SERVICE = "service"
    SYSTEM = "system"


HEADS = frozenset({Role.MANAGER, Role.OWNER})
"""Whoever answers for the house may do what anybody in it may do."""

FLOOR_STAFF = HEADS | {Role.WAITER, Role.HOST, Role.EXPO}
KITCHEN_STAFF = HEADS | {Role.COOK, Role.EXPO}
STAFF = FLOOR_STAFF | KITCHEN_STAFF
STAFF_AND_GUESTS = STAFF | {Role.GUEST}

OPERATORS = frozenset({Role.ADMIN})
THE_HUB = frozenset({Role.SYSTEM})


class Permission(StrEnum):
    """One thing that somebody may do. Who may is in `RIGHTS`."""

    # the house
    RESTAURANT_READ = "restaurant:read"
    PEOPLE_MANAGE = "people:manage"
    OWNERS_MAKE = "owners:make"
    KEYS_MANAGE = "keys:manage"
    DEVICES_MANAGE = "devices:manage"
    AUDIT_READ = "audit:read"
    ALERTS_RAISE = "alerts:raise"
    # the menu
    MENU_READ = "menu:read"
    MENU_CHANGE = "menu:change"
    ITEMS_EIGHTY_SIX = "items:eighty_six"
    # the floor
    FLOOR_READ = "floor:read"
    FLOOR_WATCH = "floor:watch"
    FLOOR_PLAN = "floor:plan"
    TABLES_SEAT = "tables:seat"
    GUESTS_INVITE = "guests:invite"
    # orders
    ORDERS_READ = "orders:read"
    ORDERS_TAKE = "orders:take"
    ORDERS_SERVE = "orders:serve"
    ORDERS_VOID = "orders:void"
    FIRED_VOID = "fired:void"
    VOIDS_DECIDE = "voids:decide"
    # the kitchen
    KITCHEN_WATCH = "kitchen:watch"
    STATIONS_READ = "stations:read"
    STATIONS_CHANGE = "stations:change"
    TICKETS_WORK = "tickets:work"
    TICKETS_RUSH = "tickets:rush"
    # the platform
    SESSION_LEAVE = "session:leave"
    ACCOUNT_KEEP = "account:keep"
    RESTAURANTS_OPEN = "restaurants:open"
    ANNOUNCEMENTS_MAKE = "announcements:make"
    HUBS_WATCH = "hubs:watch"


RIGHTS: Mapping[Permission, frozenset[Role]] = MappingProxyType(
    {
        # the house
        Permission.RESTAURANT_READ: STAFF_AND_GUESTS,
        Permission.PEOPLE_MANAGE: HEADS,
        Permission.OWNERS_MAKE: frozenset({Role.OWNER}),
        Permission.KEYS_MANAGE: HEADS,
        Permission.DEVICES_MANAGE: HEADS,
        Permission.AUDIT_READ: frozenset({Role.OWNER}),
        Permission.ALERTS_RAISE: THE_HUB,
        # the menu
        Permission.MENU_READ: STAFF_AND_GUESTS,
        Permission.MENU_CHANGE: HEADS,
        Permission.ITEMS_EIGHTY_SIX: STAFF,
        # the floor
        Permission.FLOOR_READ: STAFF,
        Permission.FLOOR_WATCH: FLOOR_STAFF,
        Permission.FLOOR_PLAN: HEADS,
        Permission.TABLES_SEAT: FLOOR_STAFF,
        Permission.GUESTS_INVITE: FLOOR_STAFF,
        # orders
        Permission.ORDERS_READ: STAFF,
        Permission.ORDERS_TAKE: FLOOR_STAFF | {Role.GUEST},
        Permission.ORDERS_SERVE: FLOOR_STAFF,
        Permission.ORDERS_VOID: FLOOR_STAFF,
        # Food that the kitchen has begun is a manager's to throw away.
        Permission.FIRED_VOID: HEADS,
        # Where a void crossed a bump: it happened at the pass.
        Permission.VOIDS_DECIDE: HEADS | {Role.EXPO},
        # the kitchen
        Permission.KITCHEN_WATCH: KITCHEN_STAFF,
        Permission.STATIONS_READ: STAFF,
        Permission.STATIONS_CHANGE: HEADS,
        Permission.TICKETS_WORK: KITCHEN_STAFF,
        Permission.TICKETS_RUSH: FLOOR_STAFF | KITCHEN_STAFF,
        # the platform
        Permission.SESSION_LEAVE: frozenset({Role.CUSTOMER}),
        Permission.ACCOUNT_KEEP: frozenset({Role.CUSTOMER}),
        Permission.RESTAURANTS_OPEN: OPERATORS,
        Permission.ANNOUNCEMENTS_MAKE: OPERATORS,
        Permission.HUBS_WATCH: OPERATORS,
    }
)
"""The table: who may do it. What is of the platform is nobody's by a role in a restaurant."""

WAYS_IN = frozenset(
    {Permission.PEOPLE_MANAGE, Permission.OWNERS_MAKE, Permission.KEYS_MANAGE, Permission.DEVICES_MANAGE}
)
"""Who may do one of these lets others in."""

FOR_KEYS = frozenset(permission for permission, roles in RIGHTS.items() if roles & STAFF and permission not in WAYS_IN)
"""What a key can be given. A program manages no people, keys and tablets: they would outlast whoever made it."""

AT_DEVICES = frozenset(
    {
        Permission.RESTAURANT_READ,
        # the menu
        Permission.MENU_READ,
        Permission.ITEMS_EIGHTY_SIX,
        # the floor
        Permission.FLOOR_READ,
        Permission.FLOOR_WATCH,
        Permission.TABLES_SEAT,
        Permission.GUESTS_INVITE,
        # orders
        Permission.ORDERS_READ,
        Permission.ORDERS_TAKE,
        Permission.ORDERS_SERVE,
        Permission.ORDERS_VOID,
        Permission.FIRED_VOID,
        Permission.VOIDS_DECIDE,
        # the kitchen
        Permission.KITCHEN_WATCH,
        Permission.STATIONS_READ,
        Permission.TICKETS_WORK,
        Permission.TICKETS_RUSH,
        # the platform
        Permission.SESSION_LEAVE,
    }
)
"""What somebody may do at most who came in with a PIN, at a kitchen tablet: what a dinner is made of.

Whatever changes the house, or one's own account, wants the password.
"""
