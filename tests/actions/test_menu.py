"""The menu: what can be ordered, what it takes, and what is left of it."""

from typing import Any

import pytest

from hub.actions.menu import OwnBackup
from hub.commands.menu import (
    AddItem,
    AddMenuSection,
    AddStation,
    ChangeItem,
    EightySixItem,
    NewModifier,
    NewModifierGroup,
    RemoveItem,
    RestoreItem,
    SetStationBackup,
)
from hub.commands.orders import PlaceOrder, WantedLine
from hub.domain.menu import (
    AlreadyAvailable,
    AlreadyEightySixed,
    EightySixed,
    ImpossibleChoice,
    NoSuchModifier,
    SoldOut,
    WrongModifiers,
)
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.events.orders import OrderKind
from hub.ids import ModifierId, StationId, new_id
from hub.store import orders
from hub.store.database import Database
from tests.support.houses import House, a_house


async def _pickup(house: House, *lines: WantedLine) -> Any:
    command = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=lines)
    return await house.does(command, by=house.waiter)


async def test_an_eighty_sixed_item_cannot_be_ordered_until_it_is_restored(database: Database) -> None:
    house = await a_house(database)
    soup = house.items["Soup"].id
    gone = await house.does(EightySixItem(item_id=soup), by=house.cook)
    assert not gone.available
    assert house.names() == ["item_eighty_sixed", "inventory_update"]
    with pytest.raises(EightySixed):
        await _pickup(house, house.line("Soup"))
    with pytest.raises(AlreadyEightySixed):
        await house.does(EightySixItem(item_id=soup), by=house.cook)
    back = await house.does(RestoreItem(item_id=soup, portions=3), by=house.cook)
    assert back.portions_left == 3
    assert set(house.names()) == {"portions_changed", "item_restored", "inventory_update"}
    with pytest.raises(SoldOut, match="Soup: 4 wanted, 3 left"):
        await _pickup(house, house.line("Soup", 4))
    await _pickup(house, house.line("Soup", 3))
    with pytest.raises(EightySixed):
        await _pickup(house, house.line("Soup"))


async def test_what_can_be_ordered_already_is_not_restored(database: Database) -> None:
    house = await a_house(database)
    with pytest.raises(AlreadyAvailable):
        await house.does(RestoreItem(item_id=house.items["Soup"].id), by=house.cook)


async def test_the_last_portion_eighty_sixes_the_item(database: Database) -> None:
    house = await a_house(database)
    await _pickup(house, house.line("Tart"), house.line("Tart"))
    assert "item_eighty_sixed" in house.names()
    with pytest.raises(EightySixed, match="There is no more Tart tonight"):
        await _pickup(house, house.line("Tart"))
    with pytest.raises(AlreadyEightySixed):
        await house.does(EightySixItem(item_id=house.items["Tart"].id), by=house.cook)


async def test_an_order_that_asks_for_too_much_takes_nothing(database: Database) -> None:
    house = await a_house(database)
    with pytest.raises(SoldOut):
        await _pickup(house, house.line("Special", 10), house.line("Tart", 3))
    await _pickup(house, house.line("Special", 50))


async def test_modifiers_keep_to_their_groups_bounds_and_change_the_price(database: Database) -> None:
    house = await a_house(database)
    fries, truffle = (one.id for one in house.items["Steak"].modifier_groups[0].modifiers)
    with pytest.raises(WrongModifiers):
        await _pickup(house, house.line("Steak"))
    with pytest.raises(WrongModifiers):
        await _pickup(house, house.line("Steak", modifiers=(fries, fries, truffle)))
    with pytest.raises(NoSuchModifier):
        await _pickup(house, house.line("Steak", modifiers=(ModifierId(new_id()),)))
    order = await _pickup(house, house.line("Steak", 2, modifiers=(fries, truffle)))
    line = order.lines[0]
    assert line.unit_price.amount == 2400 + 250
    assert [one.name for one in line.modifiers] == ["Fries", "Truffle"]


async def test_a_price_is_of_the_moment_of_the_order(database: Database) -> None:
    house = await a_house(database)
    order = await house.orders_at("1", house.line("Soup"))
    changed = await house.does(ChangeItem(item_id=house.items["Soup"].id, price=9900, name="Broth"), by=house.owner)
    assert (changed.name, changed.price.amount) == ("Broth", 9900)
    async with database.snapshot():
        kept = await orders.order(order.order_id, by=house.waiter)
    assert kept is not None
    assert [(line.name, line.unit_price) for line in kept.lines] == [("Soup", 650)]


async def test_a_menu_grows_and_shrinks(database: Database) -> None:
    house = await a_house(database)
    station = await house.does(AddStation(restaurant_id=house.id, name="Pastry"), by=house.manager)
    section = await house.does(AddMenuSection(restaurant_id=house.id, name="Sweet"), by=house.manager)
    sauce = NewModifierGroup(name="Sauce", modifiers=(NewModifier(name="Custard", price_delta=100),))
    item = await house.does(
        AddItem(
            restaurant_id=house.id,
            section_id=section.id,
            station=station.id,
            name="Crumble",
            price=700,
            portions_left=4,
            modifier_groups=(sauce,),
        ),
        by=house.manager,
    )
    assert item.modifier_groups[0].modifiers[0].price_delta.amount == 100
    uncounted = await house.does(ChangeItem(item_id=item.id, portions_left=None), by=house.manager)
    assert uncounted.portions_left is None
    await house.does(RemoveItem(item_id=item.id), by=house.manager)
    assert house.names() == ["item_eighty_sixed", "inventory_update", "item_removed"]
    with pytest.raises(NoSuchThing):
        await house.does(RemoveItem(item_id=item.id), by=house.manager)


async def test_changing_nothing_records_nothing(database: Database) -> None:
    house = await a_house(database)
    await house.does(ChangeItem(item_id=house.items["Soup"].id, price=650), by=house.owner)
    assert house.names() == []


async def test_the_menu_is_the_managers(database: Database) -> None:
    house = await a_house(database)
    with pytest.raises(NotYourJob):
        await house.does(AddStation(restaurant_id=house.id, name="Mine"), by=house.waiter)


async def test_a_station_stands_in_for_another_of_the_same_house(database: Database) -> None:
    house = await a_house(database)
    grill, cold = house.stations["Grill"], house.stations["Cold"]
    answer = await house.does(SetStationBackup(station_id=grill, backup_station_id=cold), by=house.manager)
    assert answer.backup_station_id == cold
    assert house.names() == ["station_backup_set"]
    # Said again it is no news.
    await house.does(SetStationBackup(station_id=grill, backup_station_id=cold), by=house.manager)
    assert house.names() == []
    await house.does(SetStationBackup(station_id=grill, backup_station_id=None), by=house.manager)
    assert house.names() == ["station_backup_set"]


async def test_a_station_stands_in_neither_for_itself_nor_for_another_houses(database: Database) -> None:
    house, other = await a_house(database), await a_house(database)
    grill = house.stations["Grill"]
    with pytest.raises(OwnBackup, match="Grill cannot stand in for itself"):
        await house.does(SetStationBackup(station_id=grill, backup_station_id=grill), by=house.manager)
    for backup in (other.stations["Cold"], StationId(new_id())):
        with pytest.raises(NoSuchThing):
            await house.does(SetStationBackup(station_id=grill, backup_station_id=backup), by=house.manager)
    with pytest.raises(NoSuchThing):
        await house.does(SetStationBackup(station_id=grill, backup_station_id=None), by=other.manager)
    with pytest.raises(NotYourJob):
        await house.does(SetStationBackup(station_id=grill, backup_station_id=None), by=house.cook)


async def test_a_choice_that_nobody_could_make_is_not_put_on_the_menu(database: Database) -> None:
    house = await a_house(database)
    sauce = NewModifierGroup(name="Sauce", min=2, max=1, modifiers=(NewModifier(name="Custard"),))
    with pytest.raises(ImpossibleChoice, match="at least 2 and at most 1 of Sauce"):
        await house.does(ChangeItem(item_id=house.items["Tart"].id, modifier_groups=(sauce,)), by=house.manager)
