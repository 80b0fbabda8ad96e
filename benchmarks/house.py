"""The restaurants of the benchmark: a chain of them, written straight into an empty database, and who carries a token.

Not its business: what happens there.
"""

import asyncio
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.ids import SessionId, UserId, new_id
from hub.people import Role
from hub.store.migrations import migrate
from hub.tokens import Tokens, derived_key

SECRET = "the benchmark's own secret, of 32 characters and more"
STATIONS = ("Grill", "Cold")
DISHES = ("Grilled mackerel, pickled cucumber", "Short rib", "Charred leeks", "Rye bread", "Rhubarb tart")
PORTIONS_LEFT = 1_000_000
RUN_LASTS_MAX = timedelta(hours=12)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TAX = json.dumps({"dine_in": 2000, "pickup": 500})


@dataclass(frozen=True, slots=True)
class Restaurant:
    """One of the chain, with what can be asked about."""

    id: UUID
    stations: tuple[UUID, ...]
    section: UUID
    items: tuple[UUID, ...]
    floor: UUID
    tables: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Restaurants, and the people who work in all of them as waiters."""

    restaurants: tuple[Restaurant, ...]
    people: tuple[UUID, ...]

    def tokens(self, count: int, *, secret: str = SECRET) -> list[str]:
        """So many tokens, each another one, of these people in turn."""
        tokens, now = Tokens(secret), datetime.now(UTC) - timedelta(seconds=1)
        people = [self.people[n % len(self.people)] for n in range(count)]
        return [tokens.staff_token(UserId(one), SessionId(one), now, lasts=RUN_LASTS_MAX)[0] for one in people]

    def rooms(self, count: int, *, restaurants: int | None = None) -> list[tuple[str, str]]:
        """So many items' rooms, each with its item, spread evenly over all restaurants, or over so many of them."""
        by_place = zip(*(one.items for one in self.restaurants[:restaurants]), strict=True)
        items = [item for place in by_place for item in place][:count]
        assert len(items) == count, f"There are only {len(items)} items."
        return [(f"item:{item}", str(item)) for item in items]

    def houses(self) -> dict[str, str]:
        """Whose each item's room is."""
        return {f"item:{item}": str(one.id) for one in self.restaurants for item in one.items}


def public_key() -> str:
    """What a peer verifies the hub's tokens with, as PEM."""
    private = Ed25519PrivateKey.from_private_bytes(derived_key(SECRET, "tokens"))
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def open_chain(url: str, *, restaurants: int, items_each: int, tables_each: int, people: int) -> Chain:
    """Migrate the database and put a chain into it."""
    return asyncio.run(_open(url, restaurants, items_each, tables_each, people))


async def _open(url: str, restaurants: int, items_each: int, tables_each: int, people: int) -> Chain:
    await migrate(url)
    chain = Chain(
        tuple(
            Restaurant(new_id(), _ids(len(STATIONS)), new_id(), _ids(items_each), new_id(), _ids(tables_each))
            for _ in range(restaurants)
        ),
        _ids(people),
    )
    line = await asyncpg.connect(url)
    try:
        for table, columns, rows in _rows(chain):
            await line.copy_records_to_table(table, columns=columns.split(), records=rows)
        await line.execute("analyze")
    finally:
        await line.close()
    return chain


def settle(url: str) -> None:
    """Let PostgreSQL learn how full its tables are, as it does by itself within a minute. Whoever was asked to plan for
    empty ones would look through all of them from end to end, longer each time."""
    asyncio.run(_settle(url))


async def _settle(url: str) -> None:
    line = await asyncpg.connect(url)
    try:
        await line.execute("vacuum analyze")
    finally:
        await line.close()


Rows = list[tuple[object, ...]]


def _rows(chain: Chain) -> list[tuple[str, str, Rows]]:
    houses = chain.restaurants
    return [
        (
            "person",
            "id email name password_hash is_operator",
            [(one, f"{one}@benchmark.test", "Waiter", "none", False) for one in chain.people],
        ),
        (
            # Everybody's session is called as they are, so that a token needs no question.
            "session",
            "id person_id expires_at",
            [(one, one, datetime.now(UTC) + RUN_LASTS_MAX) for one in chain.people],
        ),
        (
            "restaurant",
            "id name currency time_zone tax_rates is_tax_included tax_rounding ticket_not_started_seconds "
            "table_waiting_seconds",
            [
                (one.id, "The Benchmark", "GBP", "Europe/London", TAX, True, "per_order", 36_000, 36_000)
                for one in houses
            ],
        ),
        (
            "role_grant",
            "id person_id restaurant_id roles",
            [(new_id(), person, one.id, [Role.WAITER.value]) for person in chain.people for one in houses],
        ),
        (
            "station",
            "id restaurant_id name",
            [(at, one.id, name) for one in houses for at, name in zip(one.stations, STATIONS, strict=True)],
        ),
        ("menu_section", "id restaurant_id name", [(one.section, one.id, "Food") for one in houses]),
        (
            "menu_item",
            "id restaurant_id section_id name description price station_id stations_by_kind prep_seconds allergens "
            "diet_tags portions_left is_eighty_sixed modifier_groups",
            [_item(one, item, n) for one in houses for n, item in enumerate(one.items)],
        ),
        ("section", "id restaurant_id name", [(one.floor, one.id, "Window") for one in houses]),
        (
            "dining_table",
            "id restaurant_id section_id name seats x y status status_since",
            [
                (table, one.id, one.floor, str(n), 4, 0, 0, "free", LONG_AGO)
                for one in houses
                for n, table in enumerate(one.tables)
            ],
        ),
    ]


def _item(house: Restaurant, item: UUID, n: int) -> tuple[object, ...]:
    name, station = f"{DISHES[n % len(DISHES)]} {n}", house.stations[n % len(STATIONS)]
    about, allergens = "As the market has it today, with brown butter.", ["fish", "milk"]
    # One in two is counted.
    left = PORTIONS_LEFT if n % 4 < 2 else None
    return (item, house.id, house.section, name, about, 1450, station, "{}", 600, allergens, [], left, False, "[]")


def _ids(count: int) -> tuple[UUID, ...]:
    return tuple(new_id() for _ in range(count))
