"""Putting the demo restaurant into an empty database, and its people's passwords into one private file.

Done before anybody listens, so nothing of it is an entry in the ledger. Done again, it changes nothing; a lost file of
passwords gets new ones.
"""

import json
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hub.actions.passwords import HASHER
from hub.demo import house
from hub.domain.floor import FREE, Table
from hub.domain.menu import Item, Modifier, ModifierGroup
from hub.events.floor import TablePlan
from hub.events.orders import OrderKind
from hub.ids import (
    ItemId,
    MenuSectionId,
    ModifierGroupId,
    ModifierId,
    RestaurantId,
    SectionId,
    StationId,
    TableId,
    UserId,
    new_id,
)
from hub.people import Role
from hub.store import floor, menu, people, restaurants
from hub.store.database import Database
from hub.store.floor import PlacedTable, Section
from hub.store.menu import MenuSection, Station
from hub.store.people import Person
from hub.store.restaurants import Restaurant

DOMAIN = "demo.brigade.test"
PASSWORD_BYTES = 12
TICKET_NOT_STARTED_SECONDS = 480
TABLE_WAITING_SECONDS = 600

Progress = Callable[[str], None]


async def seed(database: Database, accounts: Path, on_progress: Progress = lambda step: None) -> bool:
    """See to it that the demo restaurant is there and `accounts` opens it. Returns whether anything had to be done."""
    async with database.transaction():
        is_there = await people.by_email(email_of("owner")) is not None
    if is_there and _is_written(accounts):
        return False
    passwords = {one.role: secrets.token_urlsafe(PASSWORD_BYTES) for one in house.STAFF}
    on_progress("Hashing passwords")
    hashes = {role: HASHER.hash(password) for role, password in passwords.items()}
    async with database.transaction():
        if is_there:
            await _new_passwords(hashes)
        else:
            await _open_restaurant(hashes, on_progress)
    # Written after the commit: a file that opens nothing would look like a lost database.
    _write(accounts, passwords)
    return True


async def _new_passwords(hashes: dict[str, str]) -> None:
    for role, password_hash in hashes.items():
        person = await people.by_email(email_of(role))
        if person is not None:
            await people.set_password(person.id, password_hash)


async def _open_restaurant(hashes: dict[str, str], on_progress: Progress) -> None:
    restaurant = RestaurantId(new_id())
    await restaurants.add(
        Restaurant(
            id=restaurant,
            name=house.NAME,
            currency=house.CURRENCY,
            time_zone=house.TIME_ZONE,
            tax=house.TAX,
            ticket_not_started_seconds=TICKET_NOT_STARTED_SECONDS,
            table_waiting_seconds=TABLE_WAITING_SECONDS,
        )
    )
    on_progress("Writing the menu")
    await _write_menu(restaurant)
    on_progress("Laying the tables")
    await _lay_tables(restaurant)
    on_progress("Hiring")
    for one in house.STAFF:
        user = UserId(new_id())
        is_operator = one.role == "owner"
        await people.add(Person(user, email_of(one.role), one.name, hashes[one.role], is_operator=is_operator))
        await people.set_roles(user, restaurant, frozenset({Role(one.role)}))


async def _write_menu(restaurant: RestaurantId) -> None:
    stations = {name: StationId(new_id()) for name in house.STATIONS}
    for name, station in stations.items():
        await menu.add_station(Station(station, restaurant, name))
    for name, backup in house.BACKUPS.items():
        await menu.save_station(Station(stations[name], restaurant, name, stations[backup]))
    for heading, dishes in house.MENU.items():
        section = MenuSectionId(new_id())
        await menu.add_section(MenuSection(section, restaurant, heading))
        for dish in dishes:
            await menu.add_item(_item(restaurant, section, dish, stations))


def _item(restaurant: RestaurantId, section: MenuSectionId, dish: house.Dish, stations: dict[str, StationId]) -> Item:
    packed: dict[OrderKind, StationId] = {}
    if dish.packed_at is not None:
        packed = dict.fromkeys((OrderKind.PICKUP, OrderKind.DELIVERY), stations[dish.packed_at])
    return Item(
        id=ItemId(new_id()),
        restaurant_id=restaurant,
        section_id=section,
        name=dish.name,
        description=dish.description,
        price=dish.price,
        station_id=stations[dish.station],
        stations_by_kind=packed,
        prep_seconds=dish.seconds,
        allergens=dish.allergens,
        diet_tags=dish.diet,
        portions_left=dish.portions,
        modifier_groups=tuple(_group(choice) for choice in dish.choices),
    )


def _group(choice: house.Choice) -> ModifierGroup:
    modifiers = tuple(Modifier(ModifierId(new_id()), one.name, one.price, one.allergens) for one in choice.options)
    return ModifierGroup(ModifierGroupId(new_id()), choice.name, choice.min, choice.max, modifiers)


async def _lay_tables(restaurant: RestaurantId) -> None:
    now = datetime.now(UTC)
    for name, spots in house.FLOOR.items():
        section = SectionId(new_id())
        await floor.add_section(Section(section, restaurant, name))
        for spot in spots:
            table = TableId(new_id())
            plan = TablePlan(table_id=table, section_id=section, name=spot.name, seats=spot.seats, x=spot.x, y=spot.y)
            await floor.add_table(PlacedTable(Table(table, restaurant, spot.name, FREE, now), plan))


def email_of(role: str) -> str:
    return f"{role}@{DOMAIN}"


def _is_written(accounts: Path) -> bool:
    return accounts.exists()


def _write(accounts: Path, passwords: dict[str, str]) -> None:
    """The passwords, readable by the owner of the file alone, and never half written."""
    listed: list[dict[str, Any]] = [
        {"role": role, "email": email_of(role), "password": password} for role, password in passwords.items()
    ]
    accounts.parent.mkdir(parents=True, exist_ok=True)
    draft = accounts.with_name(accounts.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"accounts": listed}, file, indent=2)
    draft.replace(accounts)
