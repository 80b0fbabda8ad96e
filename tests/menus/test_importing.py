"""Importing a menu: by deeds, under the law, and once however often it is done."""

from hub.commands.menu import ChangeItem
from hub.menus import Imported, existing_menu, import_menu, read_rules
from hub.menus.reading import parse
from hub.store import menu as menus
from hub.store.database import Database
from tests.support.houses import House, a_house

CSV = "item,price\nPlain Naan,2.60\nPilau Rice,2.95\nVindaloo,8.95\nBottle Coke,1.80\n"


async def imports(house: House, csv: str = CSV) -> Imported:
    menu = parse(csv.splitlines(keepends=True), read_rules())
    existing = await existing_menu(house.database, house.id)
    return await import_menu(house.deeds, house.manager, house.id, menu, existing)


async def test_an_imported_menu_is_on_the_menu_and_leaves_what_was_there(database: Database) -> None:
    house = await a_house(database)
    seen = list[tuple[int, int]]()
    menu = parse(CSV.splitlines(keepends=True), read_rules())
    existing = await existing_menu(database, house.id)
    done = await import_menu(
        house.deeds, house.manager, house.id, menu, existing, lambda done, of: seen.append((done, of))
    )
    # The house has a bar of its own, which is the one that is meant.
    assert done == Imported(stations_added=3, sections_added=4, items_added=4, items_changed=0, items_left=0)
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    async with database.snapshot():
        items = {item.name: item for item in await menus.items_of(house.id)}
        sections = [section.name for section in await menus.sections_of(house.id)]
    assert items["Vindaloo"].price == 895
    assert items["Bottle Coke"].station_id == house.stations["Bar"]
    assert items["Soup"] == house.items["Soup"]
    assert sections == ["Food", "Drinks", "Breads", "Rice and fries", "Curries"]


async def test_importing_again_changes_nothing_and_only_differences_are_changed(database: Database) -> None:
    house = await a_house(database)
    await imports(house)
    assert await imports(house) == Imported(0, 0, 0, 0, 4)
    existing = await existing_menu(database, house.id)
    await house.does(ChangeItem(item_id=existing.items["Vindaloo"].id, price=1), by=house.manager)
    dearer = CSV.replace("2.60", "2.75") + "Raitha,1.50\n"
    assert await imports(house, dearer) == Imported(
        stations_added=0, sections_added=1, items_added=1, items_changed=2, items_left=2
    )
    now = (await existing_menu(database, house.id)).items
    assert (now["Plain Naan"].price, now["Vindaloo"].price) == (275, 895)
