"""Looking at the menu: as guests read it, and its items, sections and stations one by one.

The menu as a whole is read more often than anything else and changes seldom, so its bytes are kept ready.
"""

from functools import lru_cache, partial
from typing import Annotated, Any
from uuid import UUID

import orjson

from api.showing import Listed, Look
from hub.actions.answers import menu_item
from hub.audience import restaurant_scope, waiters_room
from hub.boards.larder import Label, Made
from hub.domain.menu import Item, is_available
from hub.domain.refusals import NoSuchThing
from hub.events import EVENTS
from hub.events.event import Shape
from hub.events.menu import MenuEvent, MenuItem
from hub.ids import ItemId, MenuSectionId, RestaurantId, StationId
from hub.keys import Hub
from hub.people import Actor
from hub.store import menu, restaurants

MENU_EVENTS = frozenset(event.name for event in EVENTS if issubclass(event, MenuEvent))
"""What touches the menu, all of which the floor hears."""
LABELS_MAX = 1_000
"""Labels of menus that are written once. Writing one anew takes some microseconds."""


class MenuSection(Shape):
    """A section of the menu, with what is in it."""

    id: MenuSectionId
    name: str
    items: tuple[MenuItem, ...]


class Menu(Shape):
    """Everything that is on the menu, section by section."""

    restaurant_id: RestaurantId
    currency: str
    sections: tuple[MenuSection, ...]


class Items(Listed):
    """Items of the menu, in the order in which they were added."""

    items: tuple[MenuItem, ...]


class Station(Shape):
    """A station of the kitchen, and the one that shows its tickets as well when its own screen does not."""

    id: StationId
    name: str
    backup_station_id: StationId | None


class Stations(Listed):
    items: tuple[Station, ...]


class SectionName(Shape):
    """A section of the menu, without what is in it."""

    id: MenuSectionId
    name: str


class SectionNames(Listed):
    items: tuple[SectionName, ...]


async def whole(look: Look, restaurant_id: RestaurantId) -> Annotated[bytes, Menu]:
    """The menu. Its ETag changes with whatever happens to the menu, so a fresh one is never taken for old."""
    ready = at_hand(look, restaurant_id)
    if ready is not None:
        return ready
    readers = look.hub.opening.readers
    return _shown(look, await readers.read(label_of(restaurant_id), partial(make, look.hub, restaurant_id)))


def at_hand(look: Look, restaurant_id: RestaurantId) -> bytes | None:
    """The menu where nobody has to be asked for it; None where somebody has. Raises what `whole` does."""
    look.enter(restaurant_id)
    made = look.hub.opening.readers.at_hand(label_of(restaurant_id))
    return None if made is None else _shown(look, made)


def _shown(look: Look, made: Made[bytes]) -> bytes:
    if made.epoch:
        look.tagged(f"{made.epoch}-{made.seq}", may_be_stored=True)
    return made.value


@lru_cache(LABELS_MAX)
def label_of(restaurant_id: RestaurantId) -> Label:
    """How the larder knows the menu, and when it is not good any more."""
    return Label(
        f"menu {restaurant_id}", restaurant_scope(restaurant_id), str(waiters_room(restaurant_id)), MENU_EVENTS
    )


async def make(hub: Hub, restaurant_id: RestaurantId) -> Made[bytes]:
    """The menu as JSON, read afresh."""
    whole = await hub.database.glance(partial(menu.whole, restaurant_id))
    if whole is None:
        raise NoSuchThing(thing="restaurant")
    return Made(_written(restaurant_id, whole), whole.epoch, whole.seq)


def _written(restaurant_id: RestaurantId, whole: menu.WholeMenu) -> bytes:
    """A `Menu` as JSON. Making models of forty items first, only to write them, would take most of the time."""
    sections = [
        {
            "id": str(section.id),
            "name": section.name,
            "items": [_item_written(row, section.id, whole.currency) for row in rows],
        }
        for section, rows in whole.sections
    ]
    return orjson.dumps({"restaurantId": restaurant_id, "currency": whole.currency, "sections": sections})


def _item_written(row: Any, section: MenuSectionId, currency: str) -> dict[str, Any]:
    """A `MenuItem`, ready to be written."""
    portions_left = row["portions_left"]
    available = is_available(is_eighty_sixed=row["is_eighty_sixed"], portions_left=portions_left)
    return {
        "id": str(row["id"]),
        "sectionId": str(section),
        "name": row["name"],
        "description": row["description"],
        "price": {"amount": row["price"], "currency": currency},
        "station": str(row["station_id"]),
        "stationsByKind": orjson.loads(row["stations_by_kind"]),
        "prepSeconds": row["prep_seconds"],
        "allergens": row["allergens"],
        "dietTags": row["diet_tags"],
        "portionsLeft": portions_left,
        "isEightySixed": not available,
        "available": available,
        "modifierGroups": [_group_written(group, currency) for group in orjson.loads(row["modifier_groups"])],
    }


def _group_written(group: dict[str, Any], currency: str) -> dict[str, Any]:
    modifiers = [
        {
            "id": one["id"],
            "name": one["name"],
            "priceDelta": {"amount": one["price_delta"], "currency": currency},
            "allergens": one["allergens"],
        }
        for one in group["modifiers"]
    ]
    return {"id": group["id"], "name": group["name"], "min": group["min"], "max": group["max"], "modifiers": modifiers}


async def items(look: Look, restaurant_id: RestaurantId) -> Items:
    """The menu's items."""
    look.enter(restaurant_id)
    async with look.snapshot():
        currency = await _currency(look, restaurant_id)
        found = await menu.items_of(restaurant_id)
    return Items(items=tuple(menu_item(one, currency) for one in found))


async def item(look: Look, item_id: ItemId) -> MenuItem:
    """One item of the menu."""
    async with look.snapshot():
        found = look.admitted(await menu.item(item_id, by=look.by), "item")
        return menu_item(found, await _currency(look, found.restaurant_id))


async def item_of(look: Look, restaurant_id: RestaurantId, item_id: ItemId) -> MenuItem:
    """One item of this restaurant's menu."""
    await is_on_menu(look.hub, look.by, restaurant_id, item_id)
    return await item(look, item_id)


async def stations(look: Look, restaurant_id: RestaurantId) -> Stations:
    """The kitchen's stations, in the order in which they were added."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await menu.stations_of(restaurant_id)
    return Stations(items=tuple(_station(one) for one in found))


def _station(one: menu.Station) -> Station:
    return Station(id=one.id, name=one.name, backup_station_id=one.backup_station_id)


async def sections(look: Look, restaurant_id: RestaurantId) -> SectionNames:
    """The menu's sections, in the order in which they were added."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await menu.sections_of(restaurant_id)
    return SectionNames(items=tuple(SectionName(id=one.id, name=one.name) for one in found))


async def is_on_menu(hub: Hub, by: Actor, restaurant_id: RestaurantId, item_id: UUID) -> None:
    """Raise NoSuchThing where the item is another restaurant's.

    One that is gone is not told apart here: whoever removed it and asks again under the same key gets the first answer.
    """
    async with hub.database.snapshot():
        found: Item | None = await menu.item(ItemId(item_id), by=by)
    if not by.roles(restaurant_id) or (found is not None and found.restaurant_id != restaurant_id):
        raise NoSuchThing(thing="item")


async def _currency(look: Look, restaurant_id: RestaurantId) -> str:
    return look.admitted(await restaurants.by_id(restaurant_id), "restaurant").currency
