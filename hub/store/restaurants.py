"""Restaurants and their rules."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import orjson

from hub.domain.bills import Rounding, TaxRule
from hub.events.orders import OrderKind
from hub.ids import RestaurantId
from hub.store.database import connection
from hub.store.tables import RestaurantRow

TICKET_UNSEEN_SECONDS = 5
"""How long a ticket may be nowhere but in the database, where a restaurant says nothing else."""


@dataclass(frozen=True, slots=True)
class Restaurant:
    id: RestaurantId
    name: str
    currency: str
    time_zone: str
    tax: TaxRule
    ticket_not_started_seconds: int
    table_waiting_seconds: int
    ticket_unseen_seconds: int = TICKET_UNSEEN_SECONDS

    @property
    def restaurant_id(self) -> RestaurantId:
        return self.id


def packed_rates(rule: TaxRule) -> str:
    return orjson.dumps({kind.value: rate for kind, rate in rule.rates.items()}).decode()


def tax_rule(rates: str, *, is_included: bool, rounding: str) -> TaxRule:
    """The rule as restaurants and orders keep it in three columns."""
    by_kind = {OrderKind(kind): int(rate) for kind, rate in orjson.loads(rates).items()}
    return TaxRule(rates=by_kind, is_included=is_included, rounding=Rounding(rounding))


async def by_id(restaurant: RestaurantId) -> Restaurant | None:
    found = await by_ids([restaurant])
    return found[0] if found else None


async def by_ids(restaurants: Collection[RestaurantId]) -> list[Restaurant]:
    """These restaurants, by name."""
    rows = await connection().fetch(
        "select * from restaurant where id = any($1::uuid[]) order by name, id", list(restaurants)
    )
    return [restaurant_of(row) for row in rows]


async def add(one: Restaurant) -> None:
    await RestaurantRow.insert(
        RestaurantRow(
            id=one.id,
            name=one.name,
            currency=one.currency,
            time_zone=one.time_zone,
            tax_rates=packed_rates(one.tax),
            is_tax_included=one.tax.is_included,
            tax_rounding=one.tax.rounding.value,
            ticket_not_started_seconds=one.ticket_not_started_seconds,
            table_waiting_seconds=one.table_waiting_seconds,
            ticket_unseen_seconds=one.ticket_unseen_seconds,
        )
    )


async def is_time_zone(name: str) -> bool:
    """Whether this is one that days can be counted in."""
    return bool(await connection().fetchval("select exists (select from pg_timezone_names where name = $1)", name))


def restaurant_of(row: Any) -> Restaurant:
    """The restaurant in a row with its columns."""
    return Restaurant(
        id=row["id"],
        name=row["name"],
        currency=row["currency"],
        time_zone=row["time_zone"],
        tax=tax_rule(row["tax_rates"], is_included=row["is_tax_included"], rounding=row["tax_rounding"]),
        ticket_not_started_seconds=row["ticket_not_started_seconds"],
        table_waiting_seconds=row["table_waiting_seconds"],
        ticket_unseen_seconds=row["ticket_unseen_seconds"],
    )
