"""What travels between a hub and its clients: menus.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.menu import MenuItem


class Items(TypedDict):
    """Items of the menu, in the order in which they were added."""

    nextCursor: str | None
    items: list[MenuItem]


class Menu(TypedDict):
    """Everything that is on the menu, section by section."""

    restaurantId: str
    currency: str
    sections: list[MenuSection]


class MenuSection(TypedDict):
    """A section of the menu, with what is in it."""

    id: str
    name: str
    items: list[MenuItem]


class SectionName(TypedDict):
    """A section of the menu, without what is in it."""

    id: str
    name: str


class SectionNames(TypedDict):
    nextCursor: str | None
    items: list[SectionName]


class RestStation(TypedDict):
    """A station of the kitchen, and the one that shows its tickets as well when its own screen does not."""

    id: str
    name: str
    backupStationId: str | None


class Stations(TypedDict):
    nextCursor: str | None
    items: list[RestStation]
