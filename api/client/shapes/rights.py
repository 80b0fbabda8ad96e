"""What travels between a hub and its clients: rights.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import Literal

Permission = Literal[
    "restaurant:read",
    "people:manage",
    "owners:make",
    "keys:manage",
    "devices:manage",
    "audit:read",
    "alerts:raise",
    "menu:read",
    "menu:change",
    "items:eighty_six",
    "floor:read",
    "floor:watch",
    "floor:plan",
    "tables:seat",
    "guests:invite",
    "orders:read",
    "orders:take",
    "orders:serve",
    "orders:void",
    "fired:void",
    "voids:decide",
    "kitchen:watch",
    "stations:read",
    "stations:change",
    "tickets:work",
    "tickets:rush",
    "session:leave",
    "account:keep",
    "restaurants:open",
    "announcements:make",
    "hubs:watch",
]
Role = Literal["guest", "customer", "waiter", "host", "cook", "expo", "manager", "owner", "admin", "service", "system"]
