"""The menu in PostgreSQL: stations, sections and items, and the one place where portions are counted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from hub.audience import restaurant_scope
from hub.domain.menu import Item, Modifier, ModifierGroup
from hub.events.orders import OrderKind
from hub.ids import ItemId, MenuSectionId, ModifierGroupId, ModifierId, RestaurantId, StationId
from hub.people import Actor
from hub.store.changes import Change
from hub.store.connections import digest_of_epoch, identity
from hub.store.database import connection
from hub.store.tables import ItemRow, MenuSectionRow, StationRow


@dataclass(frozen=True, slots=True)
class Station:
    """Where something is cooked. Its backup shows its tickets as well when its own screen does not."""

    id: StationId
    restaurant_id: RestaurantId
    name: str
    backup_station_id: StationId | None = None


@dataclass(frozen=True, slots=True)
class MenuSection:
    id: MenuSectionId
    restaurant_id: RestaurantId
    name: str


# ------------------------------------------------------------------ stations and sections


async def stations_of(restaurant: RestaurantId) -> list[Station]:
    """The restaurant's stations, in the order in which they were added."""
    rows = await connection().fetch("select * from station where restaurant_id = $1 order by id", restaurant)
    return [_station(row) for row in rows]


async def lock_station(wanted: StationId, *, by: Actor) -> Station | None:
    """The station, if it is in a restaurant in which `by` is known. Nobody else changes it until the end."""
    row = await connection().fetchrow(
        "select * from station where id = $1 and restaurant_id = any($2::uuid[]) for no key update",
        wanted,
        list(by.grants),
    )
    return None if row is None else _station(row)


async def add_station(station: Station) -> bool:
    """False where the restaurant has one of this name."""
    row = StationRow(
        id=station.id,
        restaurant_id=station.restaurant_id,
        name=station.name,
        backup_station_id=station.backup_station_id,
    )
    return bool(await StationRow.insert(row).on_conflict(action="DO NOTHING"))


async def save_station(changed: Station) -> None:
    """Keep a locked station as it is now."""
    columns: dict[Any, Any] = {"name": changed.name, "backup_station_id": changed.backup_station_id}
    await StationRow.update(columns).where(StationRow.id == changed.id)


def _station(row: Any) -> Station:
    return Station(row["id"], row["restaurant_id"], row["name"], row["backup_station_id"])


async def sections_of(restaurant: RestaurantId) -> list[MenuSection]:
    """The menu's sections, in the order in which they were added."""
    rows = await connection().fetch("select * from menu_section where restaurant_id = $1 order by id", restaurant)
    return [MenuSection(row["id"], row["restaurant_id"], row["name"]) for row in rows]


async def add_section(section: MenuSection) -> bool:
    """False where the menu has one of this name."""
    row = MenuSectionRow(id=section.id, restaurant_id=section.restaurant_id, name=section.name)
    return bool(await MenuSectionRow.insert(row).on_conflict(action="DO NOTHING"))


# ------------------------------------------------------------------ items

_ITEM = """
    id, restaurant_id, section_id, name, price, station_id, prep_seconds, description, stations_by_kind,
    allergens::text[], diet_tags::text[], portions_left, is_eighty_sixed, modifier_groups
"""
_ITEMS = f"select {_ITEM} from menu_item where removed_at is null"


async def items_of(restaurant: RestaurantId) -> list[Item]:
    """Everything on the menu, in the order in which it was added."""
    rows = await connection().fetch(f"{_ITEMS} and restaurant_id = $1 order by id", restaurant)
    return [_item(*row) for row in rows]


async def items(wanted: Collection[ItemId], restaurant: RestaurantId) -> dict[ItemId, Item]:
    """Those of the wanted items that are on this restaurant's menu."""
    rows = await connection().fetch(
        f"{_ITEMS} and restaurant_id = $1 and id = any($2::uuid[])", restaurant, list(wanted)
    )
    return {row["id"]: _item(*row) for row in rows}


async def item(wanted: ItemId, *, by: Actor) -> Item | None:
    """The item, if it is on a menu of a restaurant in which `by` is known."""
    return await _one(wanted, by, "")


async def lock_item(wanted: ItemId, *, by: Actor) -> Item | None:
    """As `item`, and nobody else changes it until the transaction ends."""
    return await _one(wanted, by, " for no key update")


async def lock_counted(wanted: Collection[ItemId]) -> list[Item]:
    """Those whose portions are counted, locked in the order of their ids: so two orders never wait for each other."""
    if not wanted:
        return []
    rows = await connection().fetch(
        f"{_ITEMS} and id = any($1::uuid[]) and portions_left is not null order by id for no key update", list(wanted)
    )
    return [_item(*row) for row in rows]


async def add_item(new: Item) -> None:
    await ItemRow.insert(ItemRow(id=new.id, restaurant_id=new.restaurant_id, **_columns(new)))


async def save_item(changed: Item) -> None:
    """Keep a locked item as it is now."""
    await ItemRow.update(_columns(changed)).where(ItemRow.id == changed.id)


def portions_changed(portions_left: Mapping[ItemId, int | None]) -> Change:
    """What is left of locked items."""
    return Change(
        "portions_changed",
        """
        update menu_item i set portions_left = now.portions_left
        from unnest($1::uuid[], $2::int[]) as now (id, portions_left) where i.id = now.id
        """,
        (list(portions_left), list(portions_left.values())),
        rows=len(portions_left),
    )


async def remove_item(gone: ItemId, at: datetime) -> None:
    """Orders keep pointing at it, so it stays in the table and leaves the menu."""
    await ItemRow.update({ItemRow.removed_at: at}).where(ItemRow.id == gone)


async def _one(wanted: ItemId, by: Actor, locked: str) -> Item | None:
    row = await connection().fetchrow(
        f"{_ITEMS} and id = $1 and restaurant_id = any($2::uuid[]){locked}", wanted, list(by.grants)
    )
    return None if row is None else _item(*row)


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


def _item(*columns: Any) -> Item:
    (
        item_id, restaurant_id, section_id, name, price, station_id, prep_seconds, description, stations_by_kind,
        allergens, diet_tags, portions_left, is_eighty_sixed, modifier_groups,
    ) = columns  # fmt: skip
    return Item(
        id=item_id,
        restaurant_id=restaurant_id,
        section_id=section_id,
        name=name,
        description=description,
        price=price,
        station_id=station_id,
        stations_by_kind={OrderKind(kind): StationId(UUID(at)) for kind, at in orjson.loads(stations_by_kind).items()},
        prep_seconds=prep_seconds,
        allergens=tuple(allergens),
        diet_tags=tuple(diet_tags),
        portions_left=portions_left,
        is_eighty_sixed=is_eighty_sixed,
        modifier_groups=unpacked_groups(modifier_groups),
    )


# ------------------------------------------------------------------ the whole menu

_WHOLE = """
    select h.epoch, h.seq, r.currency, s.id as of_section, s.name as section_name,
        i.id, i.name, i.price, i.station_id, i.prep_seconds, i.description, i.stations_by_kind, i.allergens::text[],
        i.diet_tags::text[], i.portions_left, i.is_eighty_sixed, i.modifier_groups
    from restaurant r
    left join ledger_head h on h.scope = $2
    left join menu_section s on s.restaurant_id = r.id
    left join menu_item i on i.restaurant_id = r.id and i.section_id = s.id and i.removed_at is null
    where r.id = $1 order by s.id, i.id
"""


@dataclass(frozen=True, slots=True)
class WholeMenu:
    """Everything on the menu at one number of the ledger: each section, with its items as rows.

    Where no such ledger was ever opened, `epoch` is empty.
    """

    epoch: str
    seq: int
    currency: str
    sections: Sequence[tuple[MenuSection, Sequence[asyncpg.Record]]]


async def whole(restaurant: RestaurantId) -> WholeMenu | None:
    """The menu, in one question. Rows have the columns of `menu_item`; JSON in them is text."""
    rows = await connection().fetch(_WHOLE, restaurant, restaurant_scope(restaurant))
    if not rows:
        return None
    first, sections = rows[0], list[tuple[MenuSection, list[asyncpg.Record]]]()
    for (section, name), its in groupby(rows, itemgetter("of_section", "section_name")):
        if section is not None:
            sections.append((MenuSection(section, restaurant, name), [row for row in its if row["id"] is not None]))
    epoch = "" if first["epoch"] is None else digest_of_epoch(first["epoch"], identity())
    return WholeMenu(epoch, first["seq"] or 0, first["currency"], sections)


# ------------------------------------------------------------------ what an order needs of the menu


@dataclass(frozen=True, slots=True)
class Offer:
    """Of the wanted items those on the menu; those that are counted, locked by their ids; and the stations' names."""

    items: Mapping[ItemId, Item]
    counted: Sequence[Item]
    station_names: Mapping[StationId, str]


def locked_portions(items: str, restaurant: str, after: str) -> str:
    """The part `counted` of a statement, after what `after` locks: it locks those of the restaurant's items."""
    return f"""
        counted as materialized (
            select {_ITEM} from menu_item
            where id = any({items}::uuid[]) and restaurant_id = {restaurant} and removed_at is null
              and portions_left is not null and {after}
            order by id for no key update
        )
    """


def offer_columns(items: str, restaurant: str) -> str:
    """The columns of the same statement that `offer` reads."""
    return f"""
        array(
            select row({_ITEM}) from menu_item
            where id = any({items}::uuid[]) and restaurant_id = {restaurant} and removed_at is null
        ) as items,
        array(select row(counted.*) from counted) as counted,
        {station_names(restaurant)}
    """


def station_names(restaurant: str) -> str:
    """The column of a statement that has the names of the restaurant's stations, as pairs."""
    return f"array(select row(id, name) from station where restaurant_id = {restaurant}) as stations"


async def names_of_stations(restaurant: RestaurantId) -> dict[StationId, str]:
    rows = await connection().fetch("select id, name from station where restaurant_id = $1", restaurant)
    return {row["id"]: row["name"] for row in rows}


_TAKE = f"with {locked_portions('$1', '$2', after='true')} select {offer_columns('$1', '$2')}"


async def take(wanted: Collection[ItemId], restaurant: RestaurantId) -> Offer:
    """What lines with these items need. Portions that are counted are nobody else's until the transaction ends."""
    row = await connection().fetchrow(_TAKE, list(wanted), restaurant)
    return offer(row)


def offer(row: Any) -> Offer:
    """The offer in a row with `offer_columns`."""
    items = [_item(*columns) for columns in row["items"]]
    counted = [_item(*columns) for columns in row["counted"]]
    return Offer({one.id: one for one in items}, counted, dict(row["stations"]))


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
