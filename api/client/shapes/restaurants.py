"""What travels between a hub and its clients: restaurants.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.rights import Role


class House(TypedDict):
    """A restaurant, and what whoever asks is to it."""

    id: str
    name: str
    currency: str
    timeZone: str
    roles: list[Role]


class Houses(TypedDict):
    """Restaurants, by name."""

    nextCursor: str | None
    items: list[House]
