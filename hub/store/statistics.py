"""What somebody's own orders come to: those that were placed in their name, as far as their rows tell.

Orders that are cancelled, and lines that are voided, count nowhere. Not its business: what a house sells.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.ids import ItemId, RestaurantId, UserId
from hub.money import Money
from hub.store.connections import connection

LOOKED_AT = timedelta(days=90)
"""How far back is looked. A waiter's ninety days are read in some milliseconds, a guest's in less than one."""
FAVOURITES_MAX = 5


@dataclass(frozen=True, slots=True)
class Favourite:
    """An item that was ordered more often than others. `name` is what it was called the last time."""

    item_id: ItemId
    restaurant_id: RestaurantId
    name: str
    portions: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """`spent` is the sum of what was ordered, in each currency, before tax that comes on top of prices."""

    since: datetime
    orders: int
    spent: tuple[Money, ...]
    favourites: tuple[Favourite, ...]


_OWN = """
    with own as materialized (
        select id, restaurant_id, currency from customer_order
        where placed_by = $1 and placed_at >= $2 and status <> 'cancelled'
    ), line as (
        select own.restaurant_id, own.currency, l.id, l.item_id, l.name, l.quantity, l.unit_price
        from own join order_line l on l.order_id = own.id where l.status <> 'voided'
    )
"""


async def of(user: UserId) -> Statistics:
    """The statistics of this moment. Within one snapshot, so that all of it is of the same orders."""
    since: datetime = await connection().fetchval("select now() - $1::interval", LOOKED_AT)
    orders: int = await connection().fetchval(f"{_OWN} select count(*) from own", user, since)
    return Statistics(since, orders, await _spent(user, since), tuple(await _favourites(user, since)))


async def _spent(user: UserId, since: datetime) -> tuple[Money, ...]:
    rows = await connection().fetch(
        f"""
        {_OWN} select currency, sum(unit_price::bigint * quantity)::bigint as amount
        from line group by currency order by currency
        """,
        user,
        since,
    )
    return tuple(Money(row["amount"], row["currency"]) for row in rows)


async def _favourites(user: UserId, since: datetime) -> Sequence[Favourite]:
    rows = await connection().fetch(
        f"""
        {_OWN} select item_id, restaurant_id, (array_agg(name order by id desc))[1] as name,
                      sum(quantity)::bigint as portions
        from line group by item_id, restaurant_id order by portions desc, item_id limit $3
        """,
        user,
        since,
        FAVOURITES_MAX,
    )
    return [Favourite(*row) for row in rows]
