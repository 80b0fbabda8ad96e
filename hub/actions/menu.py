"""What is done about the menu: stations, sections and items; 86 and restore."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hub.actions.answers import GoneAnswer, ItemAnswer, SectionAnswer, StationAnswer, item_answer, menu_item
from hub.actions.deed import Work, deed
from hub.actions.floor import NameTaken
from hub.commands.menu import (
    AddItem,
    AddMenuSection,
    AddStation,
    ChangeItem,
    EightySixItem,
    NewModifierGroups,
    RemoveItem,
    RestoreItem,
    SetStationBackup,
)
from hub.domain.menu import Item, Modifier, ModifierGroup, availability_events
from hub.domain.refusals import Kind, NoSuchThing, Refused
from hub.events.menu import (
    InventoryReason,
    ItemAdded,
    ItemChanged,
    ItemRemoved,
    MenuSectionAdded,
    StationAdded,
    StationBackupSet,
)
from hub.events.orders import OrderKind
from hub.ids import ItemId, MenuSectionId, ModifierGroupId, ModifierId, RestaurantId, StationId, new_id
from hub.store import menu, restaurants
from hub.store.menu import MenuSection, Station


class OwnBackup(Refused):
    """{name} cannot stand in for itself. Choose another station."""

    code = "own_backup"
    kind = Kind.UNFIT


@deed
async def add_station(work: Work, command: AddStation) -> StationAnswer:
    work.enter(command.restaurant_id)
    station = Station(StationId(new_id()), command.restaurant_id, command.name)
    if not await menu.add_station(station):
        raise NameTaken(thing="station", name=command.name)
    answer = _station_answer(station)
    work.note("station", station.id, None, answer)
    work.record(StationAdded(restaurant_id=station.restaurant_id, station_id=station.id, station_name=station.name))
    return answer


@deed
async def set_station_backup(work: Work, command: SetStationBackup) -> StationAnswer:
    before = work.admitted(await menu.lock_station(command.station_id, by=work.by), "station")
    station = replace(before, backup_station_id=command.backup_station_id)
    if station.backup_station_id == station.id:
        raise OwnBackup(name=station.name)
    if station.backup_station_id is not None:
        await _must_be_station(station.restaurant_id, station.backup_station_id)
    if station != before:
        await menu.save_station(station)
        work.note("station", station.id, _station_answer(before), _station_answer(station))
        work.record(
            StationBackupSet(
                restaurant_id=station.restaurant_id,
                station_id=station.id,
                backup_station_id=station.backup_station_id,
            )
        )
    return _station_answer(station)


@deed
async def add_menu_section(work: Work, command: AddMenuSection) -> SectionAnswer:
    work.enter(command.restaurant_id)
    section = MenuSection(MenuSectionId(new_id()), command.restaurant_id, command.name)
    if not await menu.add_section(section):
        raise NameTaken(thing="menu section", name=command.name)
    answer = SectionAnswer(id=section.id, name=section.name)
    work.note("menu_section", section.id, None, answer)
    work.record(MenuSectionAdded(restaurant_id=section.restaurant_id, section_id=section.id, section_name=section.name))
    return answer


@deed
async def add_item(work: Work, command: AddItem) -> ItemAnswer:
    work.enter(command.restaurant_id)
    await _must_have(command.restaurant_id, command.section_id, command.station, command.stations_by_kind)
    item = Item(
        id=ItemId(new_id()),
        restaurant_id=command.restaurant_id,
        section_id=command.section_id,
        name=command.name,
        description=command.description,
        price=command.price,
        station_id=command.station,
        stations_by_kind=command.stations_by_kind,
        prep_seconds=command.prep_seconds,
        allergens=command.allergens,
        diet_tags=command.diet_tags,
        portions_left=command.portions_left,
        modifier_groups=_groups(command.modifier_groups),
    )
    await menu.add_item(item)
    currency = await _currency(work, item)
    work.note("item", item.id, None, menu_item(item, currency))
    work.record(ItemAdded(restaurant_id=item.restaurant_id, item=menu_item(item, currency)))
    return item_answer(item, currency)


@deed
async def change_item(work: Work, command: ChangeItem) -> ItemAnswer:
    before = work.admitted(await menu.lock_item(command.item_id, by=work.by), "item")
    item = replace(before, **_changes(command))
    await _must_have(item.restaurant_id, item.section_id, item.station_id, item.stations_by_kind)
    currency = await _currency(work, item)
    if item != before:
        await menu.save_item(item)
        work.note("item", item.id, menu_item(before, currency), menu_item(item, currency))
        work.record(
            ItemChanged(restaurant_id=item.restaurant_id, item=menu_item(item, currency)),
            *availability_events(before, item, InventoryReason.CHANGED),
        )
    return item_answer(item, currency)


@deed
async def remove_item(work: Work, command: RemoveItem) -> GoneAnswer:
    item = work.admitted(await menu.lock_item(command.item_id, by=work.by), "item")
    await menu.remove_item(item.id, work.at)
    gone = replace(item, is_eighty_sixed=True)
    work.note("item", item.id, menu_item(item, await _currency(work, item)), None)
    work.record(
        *availability_events(item, gone, InventoryReason.REMOVED),
        ItemRemoved(restaurant_id=item.restaurant_id, item_id=item.id),
    )
    return GoneAnswer(id=item.id)


@deed
async def eighty_six(work: Work, command: EightySixItem) -> ItemAnswer:
    before = work.admitted(await menu.lock_item(command.item_id, by=work.by), "item")
    item, events = before.eighty_six()
    await menu.save_item(item)
    work.record(*events)
    return item_answer(item, await _currency(work, item))


@deed
async def restore(work: Work, command: RestoreItem) -> ItemAnswer:
    before = work.admitted(await menu.lock_item(command.item_id, by=work.by), "item")
    item, events = before.restore(command.portions)
    await menu.save_item(item)
    work.record(*events)
    return item_answer(item, await _currency(work, item))


def _station_answer(station: Station) -> StationAnswer:
    return StationAnswer(id=station.id, name=station.name, backup_station_id=station.backup_station_id)


async def _currency(work: Work, item: Item) -> str:
    return work.admitted(await restaurants.by_id(item.restaurant_id), "restaurant").currency


async def _must_have(
    restaurant: RestaurantId, section: MenuSectionId, station: StationId, by_kind: Mapping[OrderKind, StationId]
) -> None:
    if section not in {one.id for one in await menu.sections_of(restaurant)}:
        raise NoSuchThing(thing="menu section")
    await _must_be_station(restaurant, station, *by_kind.values())


async def _must_be_station(restaurant: RestaurantId, *wanted: StationId) -> None:
    if not {*wanted} <= {one.id for one in await menu.stations_of(restaurant)}:
        raise NoSuchThing(thing="station")


NULLABLE = frozenset({"description", "portions_left"})
"""Of these a null is a value; of the others it says as little as not naming them."""


def _changes(command: ChangeItem) -> dict[str, Any]:
    """The fields that were named, in the domain's words."""
    named = {name: getattr(command, name) for name in command.model_fields_set - {"item_id", "seen"}}
    changes = {name: value for name, value in named.items() if value is not None or name in NULLABLE}
    if "station" in changes:
        changes["station_id"] = changes.pop("station")
    if "modifier_groups" in changes:
        changes["modifier_groups"] = _groups(changes["modifier_groups"])
    return changes


def _groups(new: NewModifierGroups) -> tuple[ModifierGroup, ...]:
    groups = tuple(
        ModifierGroup(
            id=ModifierGroupId(new_id()),
            name=group.name,
            min=group.min,
            max=group.max,
            modifiers=tuple(
                Modifier(ModifierId(new_id()), one.name, one.price_delta, one.allergens) for one in group.modifiers
            ),
        )
        for group in new
    )
    for one in groups:
        one.must_be_possible()
    return groups
