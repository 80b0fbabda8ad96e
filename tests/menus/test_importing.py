"""Importing a menu: through the public door, and once however often it is done."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from hub.caller import Badge, Calls, Door, Hubs
from hub.commands.menu import ChangeItem
from hub.menus import Imported, WhichRestaurant, existing_menu, import_menu, read_rules, restaurant_of
from hub.menus.reading import parse
from hub.people import Role
from hub.store import menu as menus
from hub.store.database import Database
from tests.support.houses import House, a_house
from tests.support.hubs import RunningHub, a_hub

CSV = "item,price\nPlain Naan,2.60\nPilau Rice,2.95\nVindaloo,8.95\nBottle Coke,1.80\n"


@pytest.fixture
async def hub(database_url: str, redis_url: str) -> AsyncIterator[RunningHub]:
    async with a_hub(database_url, redis_url) as hub:
        yield hub


@pytest.fixture
async def house(hub: RunningHub, database: Database) -> House:
    return await a_house(database)


@pytest.fixture
async def door(hub: RunningHub, house: House) -> AsyncIterator[Door]:
    """The manager's."""
    async with aiohttp.ClientSession() as web:
        badge = Badge(link=house.token(Role.MANAGER))
        yield Door(web, Hubs((hub.url,)).one(), badge, Calls())


async def imports(house: House, door: Door, csv: str = CSV) -> Imported:
    menu = parse(csv.splitlines(keepends=True), read_rules())
    return await import_menu(door, str(house.id), menu, await existing_menu(door, str(house.id)))


async def test_an_imported_menu_is_on_the_menu_and_leaves_what_was_there(house: House, door: Door) -> None:
    seen = list[tuple[int, int]]()
    menu = parse(CSV.splitlines(keepends=True), read_rules())
    existing = await existing_menu(door, str(house.id))
    done = await import_menu(door, str(house.id), menu, existing, lambda done, of: seen.append((done, of)))
    # The house has a bar of its own, which is the one that is meant.
    assert done == Imported(stations_added=3, sections_added=4, items_added=4, items_changed=0, items_left=0)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    async with house.database.snapshot():
        items = {item.name: item for item in await menus.items_of(house.id)}
        sections = [section.name for section in await menus.sections_of(house.id)]
    assert items["Vindaloo"].price == 895
    assert items["Bottle Coke"].station_id == house.stations["Bar"]
    assert items["Soup"] == house.items["Soup"]
    assert sections == ["Food", "Drinks", "Breads", "Rice and fries", "Curries"]


async def test_importing_again_changes_nothing_and_only_differences_are_changed(
    hub: RunningHub, house: House, door: Door
) -> None:
    await imports(house, door)
    assert await imports(house, door) == Imported(0, 0, 0, 0, 4)
    async with house.database.snapshot():
        (vindaloo,) = (item for item in await menus.items_of(house.id) if item.name == "Vindaloo")
    # At the hub that is asked for the menu, so that it knows at once.
    await hub.hub.deeds.do(ChangeItem(item_id=vindaloo.id, price=1), by=house.manager)
    dearer = CSV.replace("2.60", "2.75") + "Raitha,1.50\n"
    assert await imports(house, door, dearer) == Imported(
        stations_added=0, sections_added=1, items_added=1, items_changed=2, items_left=2
    )
    items = (await existing_menu(door, str(house.id))).items
    assert [items[name]["price"]["amount"] for name in ("Plain Naan", "Vindaloo")] == [275, 895]


async def test_the_restaurant_is_the_one_that_is_named_or_the_only_one(house: House, door: Door) -> None:
    for wanted in (None, "The Test Kitchen", str(house.id)):
        assert await restaurant_of(door, wanted) == str(house.id)
    with pytest.raises(WhichRestaurant, match="this account knows The Test Kitchen"):
        await restaurant_of(door, "The Other One")
