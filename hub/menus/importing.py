"""Putting an imported menu on a hub's: what is not there is added, what differs is changed, through the public door.

Things are known by their names, so importing the same file again changes nothing, and after an interruption it goes on
where it stopped. What is on the menu and not in the file stays. Not its business: reading files (`reading`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hub.caller import Door
from hub.menus.reading import ImportedItem, ImportedMenu

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
    """What the hub's menu has already, by name: ids of stations and sections, and items as the menu shows them."""

    stations: Mapping[str, str]
    sections: Mapping[str, str]
    items: Mapping[str, Mapping[str, Any]]


class WhichRestaurant(ValueError):
    """It is not clear which restaurant is meant; the message names those that are known."""


async def restaurant_of(door: Door, wanted: str | None) -> str:
    """The id of the restaurant of this id or name, or of the only one. Raises WhichRestaurant."""
    houses = (await door.get("/restaurants"))["items"]
    meant = [one for one in houses if wanted in (None, one["id"], one["name"])]
    if len(meant) != 1:
        names = ", ".join(one["name"] for one in houses) or "none"
        raise WhichRestaurant(f"Say which restaurant it is with --restaurant; this account knows {names}.")
    return str(meant[0]["id"])


async def existing_menu(door: Door, restaurant: str) -> Existing:
    """The restaurant's menu as it is. Of several items of one name the latest counts."""
    place = f"/restaurants/{restaurant}"
    stations = (await door.get(f"{place}/stations"))["items"]
    sections = (await door.get(f"{place}/menu"))["sections"]
    return Existing(
        stations={one["name"]: one["id"] for one in stations},
        sections={one["name"]: one["id"] for one in sections},
        items={item["name"]: item for section in sections for item in section["items"]},
    )


async def import_menu(
    door: Door,
    restaurant: str,
    menu: ImportedMenu,
    existing: Existing,
    on_progress: OnProgress = lambda done, of: None,
) -> Imported:
    """Add and change until the menu has what was imported. Raises what the door raises."""
    place = f"/restaurants/{restaurant}"
    stations, sections = dict(existing.stations), dict(existing.sections)
    new_stations = [name for name in menu.stations if name not in stations]
    for name in new_stations:
        stations[name] = (await door.ask(f"{place}/stations", {"name": name}))["id"]
    new_sections = [name for name in menu.sections if name not in sections]
    for name in new_sections:
        sections[name] = (await door.ask(f"{place}/menu/sections", {"name": name}))["id"]
    added = changed = 0
    for number, item in enumerate(menu.items, start=1):
        was = existing.items.get(item.name)
        wanted = _wanted(item, stations[item.station], sections[item.section])
        if was is None:
            await door.ask(f"{place}/items", {"name": item.name, **wanted})
            added += 1
        elif wanted != _as_it_is(was):
            await door.ask(f"/items/{was['id']}", wanted, method="PATCH")
            changed += 1
        on_progress(number, len(menu.items))
    left = len(menu.items) - added - changed
    return Imported(len(new_stations), len(new_sections), added, changed, left)


def _wanted(item: ImportedItem, station: str, section: str) -> dict[str, Any]:
    return {"price": item.price, "station": station, "sectionId": section, "prepSeconds": item.prep_seconds}


def _as_it_is(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "price": item["price"]["amount"],
        "station": item["station"],
        "sectionId": item["sectionId"],
        "prepSeconds": item["prepSeconds"],
    }
