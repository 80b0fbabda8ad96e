"""The menu in PostgreSQL: stations, sections and items, and the one place where portions are counted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from hub.domain.menu import Item, Modifier, ModifierGroup
from hub.events.orders import OrderKind
from hub.ids import ItemId, MenuSectionId, ModifierGroupId, ModifierId, RestaurantId, StationId
from hub.people import Actor
from hub.store.database import connection
from hub.store.tables import ItemRow, MenuSectionRow, StationRow


@dataclass(frozen=True, slots=True)
class Station:
    id: StationId
    restaurant_id: RestaurantId
    name: str


@dataclass(frozen=True, slots=True)
class MenuSection:
    id: MenuSectionId
    restaurant_id: RestaurantId
    name: str


# ------------------------------------------------------------------ stations and sections


async def stations_of(restaurant: RestaurantId) -> list[Station]:
    """The restaurant's stations, in the order in which they were added."""
    rows = await connection().fetch("select * from station where restaurant_id = $1 order by id", restaurant)
    return [Station(row["id"], row["restaurant_id"], row["name"]) for row in rows]


async def add_station(station: Station) -> bool:
    """False where the restaurant has one of this name."""
    row = StationRow(id=station.id, restaurant_id=station.restaurant_id, name=station.name)
    return bool(await StationRow.insert(row).on_conflict(action="DO NOTHING"))


async def sections_of(restaurant: RestaurantId) -> list[MenuSection]:
    """The menu's sections, in the order in which they were added."""
    rows = await connection().fetch("select * from menu_section where restaurant_id = $1 order by id", restaurant)
    return [MenuSection(row["id"], row["restaurant_id"], row["name"]) for row in rows]


async def add_section(section: MenuSection) -> bool:
    """False where the menu has one of this name."""
    row = MenuSectionRow(id=section.id, restaurant_id=section.restaurant_id, name=section.name)
    return bool(await MenuSectionRow.insert(row).on_conflict(action="DO NOTHING"))


# ------------------------------------------------------------------ items

ITEMS = "select * from menu_item where removed_at is null"


async def items_of(restaurant: RestaurantId) -> list[Item]:
    """Everything on the menu, in the order in which it was added."""
    rows = await connection().fetch(f"{ITEMS} and restaurant_id = $1 order by id", restaurant)
    return [_item(row) for row in rows]


async def items(wanted: Collection[ItemId], restaurant: RestaurantId) -> dict[ItemId, Item]:
    """Those of the wanted items that are on this restaurant's menu."""
    rows = await connection().fetch(
        f"{ITEMS} and restaurant_id = $1 and id = any($2::uuid[])", restaurant, list(wanted)
    )
    return {row["id"]: _item(row) for row in rows}


async def item(wanted: ItemId, *, by: Actor) -> Item | None:
    """The item, if it is on a menu of a restaurant in which `by` is known."""
    return await _one(wanted, by, "")


async def lock_item(wanted: ItemId, *, by: Actor) -> Item | None:
    """As `item`, and nobody else changes it until the transaction ends."""
    return await _one(wanted, by, " for update")


async def lock_counted(wanted: Collection[ItemId]) -> list[Item]:
    """Those whose portions are counted, locked in the order of their ids: so two orders never wait for each other."""
    if not wanted:
        return []
    rows = await connection().fetch(
        f"{ITEMS} and id = any($1::uuid[]) and portions_left is not null order by id for update", list(wanted)
    )
    return [_item(row) for row in rows]


async def add_item(new: Item) -> None:
    await ItemRow.insert(ItemRow(id=new.id, restaurant_id=new.restaurant_id, **_columns(new)))


async def save_item(changed: Item) -> None:
    """Keep a locked item as it is now."""
    await ItemRow.update(_columns(changed)).where(ItemRow.id == changed.id)


async def save_portions(portions_left: Mapping[ItemId, int | None]) -> None:
    """Keep what is left of locked items."""
    await connection().execute(
        """
        update menu_item set portions_left = counted.portions_left
        from unnest($1::uuid[], $2::int[]) as counted (id, portions_left) where menu_item.id = counted.id
        """,
        list(portions_left),
        list(portions_left.values()),
    )


async def remove_item(gone: ItemId, at: datetime) -> None:
    """Orders keep pointing at it, so it stays in the table and leaves the menu."""
    await ItemRow.update({ItemRow.removed_at: at}).where(ItemRow.id == gone)


async def _one(wanted: ItemId, by: Actor, locked: str) -> Item | None:
    row = await connection().fetchrow(
        f"{ITEMS} and id = $1 and restaurant_id = any($2::uuid[]){locked}", wanted, list(by.grants)
    )
    return None if row is None else _item(row)


def _columns(one: Item) -> dict[Any, Any]:
    return {
        "section_id": one.section_id,
        "name": one.name,
        "description": one.description,
        "price": one.price,
        "station_id": one.station_id,
        "stations_by_kind": orjson.dumps({kind.value: str(at) for kind, at in one.stations_by_kind.items()}).decode(),
        "prep_seconds": one.prep_seconds,
        "allergens": list(one.allergens),
        "diet_tags": list(one.diet_tags),
        "portions_left": one.portions_left,
        "is_eighty_sixed": one.is_eighty_sixed,
        "modifier_groups": packed_groups(one.modifier_groups),
    }


def _item(row: Any) -> Item:
    return Item(
        id=row["id"],
        restaurant_id=row["restaurant_id"],
        section_id=row["section_id"],
        name=row["name"],
        description=row["description"],
        price=row["price"],
        station_id=row["station_id"],
        stations_by_kind={
            OrderKind(kind): StationId(UUID(at)) for kind, at in orjson.loads(row["stations_by_kind"]).items()
        },
        prep_seconds=row["prep_seconds"],
        allergens=tuple(row["allergens"]),
        diet_tags=tuple(row["diet_tags"]),
        portions_left=row["portions_left"],
        is_eighty_sixed=row["is_eighty_sixed"],
        modifier_groups=unpacked_groups(row["modifier_groups"]),
    )


# ------------------------------------------------------------------ modifiers, as they lie in JSON


def packed_modifiers(modifiers: Collection[Modifier]) -> str:
    """Modifiers as the menu and the lines of orders keep them."""
    return orjson.dumps(modifiers).decode()


def unpacked_modifiers(packed: Any) -> tuple[Modifier, ...]:
    rows = orjson.loads(packed) if isinstance(packed, str) else packed
    return tuple(
        Modifier(ModifierId(UUID(one["id"])), one["name"], one["price_delta"], tuple(one["allergens"])) for one in rows
    )


def packed_groups(groups: Collection[ModifierGroup]) -> str:
    return orjson.dumps(groups).decode()


def unpacked_groups(packed: str) -> tuple[ModifierGroup, ...]:
    return tuple(
        ModifierGroup(
            ModifierGroupId(UUID(one["id"])),
            one["name"],
            one["min"],
            one["max"],
            unpacked_modifiers(one["modifiers"]),
        )
        for one in orjson.loads(packed)
    )
