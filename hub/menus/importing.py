"""Putting an imported menu on the hub's: what is not there is added, what differs is changed, by the ordinary deeds.

Things are known by their names, so importing the same file again changes nothing, and after an interruption it goes on
where it stopped. What is on the menu and not in the file stays. Not its business: reading files (`reading`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from hub.actions.deed import Deeds
from hub.commands import Command
from hub.commands.menu import AddItem, AddMenuSection, AddStation, ChangeItem
from hub.domain.menu import Item
from hub.ids import MenuSectionId, RestaurantId, StationId
from hub.menus.reading import ImportedItem, ImportedMenu
from hub.people import Actor
from hub.store import menu as menus
from hub.store.database import Database

OnProgress = Callable[[int, int], None]
"""Told how many of how many items have been seen to."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to."""

    stations_added: int
    sections_added: int
    items_added: int
    items_changed: int
    items_left: int


@dataclass(frozen=True, slots=True)
class Existing:
    """What the hub's menu has already, by name."""

    stations: Mapping[str, StationId]
    sections: Mapping[str, MenuSectionId]
    items: Mapping[str, Item]


async def existing_menu(database: Database, restaurant: RestaurantId) -> Existing:
    """The restaurant's menu as it is. Of several items of one name the latest counts."""
    async with database.snapshot():
        return Existing(
            stations={one.name: one.id for one in await menus.stations_of(restaurant)},
            sections={one.name: one.id for one in await menus.sections_of(restaurant)},
            items={one.name: one for one in await menus.items_of(restaurant)},
        )


async def import_menu(
    deeds: Deeds,
    by: Actor,
    restaurant: RestaurantId,
    menu: ImportedMenu,
    existing: Existing,
    on_progress: OnProgress = lambda done, of: None,
) -> Imported:
    """Add and change until the menu has what was imported. Raises what the deeds raise."""
    stations, sections = dict(existing.stations), dict(existing.sections)
    new_stations = [name for name in menu.stations if name not in stations]
    for name in new_stations:
        stations[name] = StationId(await _asks(deeds, by, AddStation(restaurant_id=restaurant, name=name)))
    new_sections = [name for name in menu.sections if name not in sections]
    for name in new_sections:
        sections[name] = MenuSectionId(await _asks(deeds, by, AddMenuSection(restaurant_id=restaurant, name=name)))
    added = changed = 0
    for number, item in enumerate(menu.items, start=1):
        was = existing.items.get(item.name)
        command = _command(restaurant, item, was, stations[item.station], sections[item.section])
        if command is not None:
            await _asks(deeds, by, command)
            added, changed = added + (was is None), changed + (was is not None)
        on_progress(number, len(menu.items))
    left = len(menu.items) - added - changed
    return Imported(len(new_stations), len(new_sections), added, changed, left)


def _command(
    restaurant: RestaurantId, item: ImportedItem, was: Item | None, station: StationId, section: MenuSectionId
) -> Command | None:
    """What must be asked so that the menu has the item as it is in the file; None where it has."""
    if was is None:
        return AddItem(
            restaurant_id=restaurant,
            section_id=section,
            name=item.name,
            price=item.price,
            station=station,
            prep_seconds=item.prep_seconds,
        )
    now = (item.price, station, section, item.prep_seconds)
    if now == (was.price, was.station_id, was.section_id, was.prep_seconds):
        return None
    return ChangeItem(
        item_id=was.id, price=item.price, station=station, section_id=section, prep_seconds=item.prep_seconds
    )


async def _asks(deeds: Deeds, by: Actor, command: Command) -> UUID:
    """Ask, and give the id of what there is now."""
    answered: dict[str, Any] = orjson.loads((await deeds.do(command, by=by)).body)
    return UUID(answered["id"])
