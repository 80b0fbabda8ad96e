"""What can be asked of a hub at its addresses: menu.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.answers import GoneAnswer, ItemAnswer, SectionAnswer, StationAnswer
    from api.client.shapes.menu import (
        MenuItem,
        RestAddItem,
        RestAddMenuSection,
        RestAddStation,
        RestChangeItem,
        RestEightySixItem,
        RestRemoveItem,
        RestRestoreItem,
        RestSetStationBackup,
    )
    from api.client.shapes.menus import Items, Menu, SectionNames, Stations


class OfMenu:
    """Sections, items and stations; 86 and restore."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_menus_whole(self, restaurant_id: str) -> Menu:
        """The menu. Its ETag changes with whatever happens to the menu, so a fresh one is never taken for old."""
        answer: Menu = await self._door.send("GET", "/restaurants/{restaurantId}/menu", {"restaurantId": restaurant_id})
        return answer

    async def show_menus_sections(self, restaurant_id: str) -> SectionNames:
        """The menu's sections, in the order in which they were added."""
        answer: SectionNames = await self._door.send(
            "GET", "/restaurants/{restaurantId}/menu/sections", {"restaurantId": restaurant_id}
        )
        return answer

    async def add_menu_section(
        self, restaurant_id: str, body: RestAddMenuSection, *, key: str | None = None
    ) -> SectionAnswer:
        """Add a section to the menu."""
        answer: SectionAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/menu/sections", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def show_menus_stations(self, restaurant_id: str) -> Stations:
        """The kitchen's stations, in the order in which they were added."""
        answer: Stations = await self._door.send(
            "GET", "/restaurants/{restaurantId}/stations", {"restaurantId": restaurant_id}
        )
        return answer

    async def add_station(self, restaurant_id: str, body: RestAddStation, *, key: str | None = None) -> StationAnswer:
        """Add a station to the kitchen."""
        answer: StationAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/stations", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def set_station_backup(
        self, station_id: str, body: RestSetStationBackup, *, key: str | None = None
    ) -> StationAnswer:
        """Say which station shows this one's tickets as well when its own screen does not; null where none is to."""
        answer: StationAnswer = await self._door.send(
            "PUT", "/stations/{stationId}/backup", {"stationId": station_id}, body=body, key=key
        )
        return answer

    async def show_menus_items(self, restaurant_id: str) -> Items:
        """The menu's items."""
        answer: Items = await self._door.send(
            "GET", "/restaurants/{restaurantId}/items", {"restaurantId": restaurant_id}
        )
        return answer

    async def add_item(self, restaurant_id: str, body: RestAddItem, *, key: str | None = None) -> ItemAnswer:
        """Add an item to the menu; `price` in minor units of the restaurant's currency."""
        answer: ItemAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/items", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def show_menus_item(self, item_id: str) -> MenuItem:
        """One item of the menu."""
        answer: MenuItem = await self._door.send("GET", "/items/{itemId}", {"itemId": item_id})
        return answer

    async def change_item(
        self, item_id: str, body: RestChangeItem | None = None, *, key: str | None = None
    ) -> ItemAnswer:
        """Change an item. What is not named stays as it is; modifier groups are replaced as a whole."""
        answer: ItemAnswer = await self._door.send("PATCH", "/items/{itemId}", {"itemId": item_id}, body=body, key=key)
        return answer

    async def remove_item(
        self, item_id: str, body: RestRemoveItem | None = None, *, key: str | None = None
    ) -> GoneAnswer:
        """Take an item off the menu. Orders that have it keep it."""
        answer: GoneAnswer = await self._door.send("DELETE", "/items/{itemId}", {"itemId": item_id}, body=body, key=key)
        return answer

    async def eighty_six_item(
        self, item_id: str, body: RestEightySixItem | None = None, *, key: str | None = None
    ) -> ItemAnswer:
        """There is no more of it."""
        answer: ItemAnswer = await self._door.send(
            "POST", "/items/{itemId}/eighty-six", {"itemId": item_id}, body=body, key=key
        )
        return answer

    async def restore_item(
        self, item_id: str, body: RestRestoreItem | None = None, *, key: str | None = None
    ) -> ItemAnswer:
        """It can be ordered again: so many portions, or, where none are named, uncounted."""
        answer: ItemAnswer = await self._door.send(
            "POST", "/items/{itemId}/restore", {"itemId": item_id}, body=body, key=key
        )
        return answer

    async def show_menus_item_of(self, restaurant_id: str, item_id: str) -> MenuItem:
        """One item of this restaurant's menu."""
        answer: MenuItem = await self._door.send(
            "GET", "/restaurants/{restaurantId}/items/{itemId}", {"restaurantId": restaurant_id, "itemId": item_id}
        )
        return answer

    async def change_item_of_restaurant(
        self, restaurant_id: str, item_id: str, body: RestChangeItem | None = None, *, key: str | None = None
    ) -> ItemAnswer:
        """Change an item. What is not named stays as it is; modifier groups are replaced as a whole."""
        answer: ItemAnswer = await self._door.send(
            "PATCH",
            "/restaurants/{restaurantId}/items/{itemId}",
            {"restaurantId": restaurant_id, "itemId": item_id},
            body=body,
            key=key,
        )
        return answer

    async def remove_item_of_restaurant(
        self, restaurant_id: str, item_id: str, body: RestRemoveItem | None = None, *, key: str | None = None
    ) -> GoneAnswer:
        """Take an item off the menu. Orders that have it keep it."""
        answer: GoneAnswer = await self._door.send(
            "DELETE",
            "/restaurants/{restaurantId}/items/{itemId}",
            {"restaurantId": restaurant_id, "itemId": item_id},
            body=body,
            key=key,
        )
        return answer

    async def eighty_six_item_of_restaurant(
        self, restaurant_id: str, item_id: str, body: RestEightySixItem | None = None, *, key: str | None = None
    ) -> ItemAnswer:
        """There is no more of it."""
        answer: ItemAnswer = await self._door.send(
            "POST",
            "/restaurants/{restaurantId}/items/{itemId}/eighty-six",
            {"restaurantId": restaurant_id, "itemId": item_id},
            body=body,
            key=key,
        )
        return answer

    async def restore_item_of_restaurant(
        self, restaurant_id: str, item_id: str, body: RestRestoreItem | None = None, *, key: str | None = None
    ) -> ItemAnswer:
        """It can be ordered again: so many portions, or, where none are named, uncounted."""
        answer: ItemAnswer = await self._door.send(
            "POST",
            "/restaurants/{restaurantId}/items/{itemId}/restore",
            {"restaurantId": restaurant_id, "itemId": item_id},
            body=body,
            key=key,
        )
        return answer
