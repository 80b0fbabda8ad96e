"""Placing an order: everything it asks of the database, claimed, locked and read in one statement.

Its parts are chained, since a `WITH` has no order of its own: the table is locked first, then what is counted of the
items, by id, then the number. Not its business: what becomes of it (`hub.domain`), and writing it (`hub.store.orders`).
"""

from collections.abc import Collection
from dataclasses import dataclass

from hub.ids import ItemId, RestaurantId, TableId
from hub.people import Actor
from hub.store import floor, menu, restaurants
from hub.store.asked import CLAIMED, Claim, claiming
from hub.store.floor import TakenTable
from hub.store.menu import Offer
from hub.store.restaurants import Restaurant


@dataclass(frozen=True, slots=True)
class Taken:
    """What an order needs. `number` is the next to call out: days begin at four in the morning, there and then."""

    house: Restaurant
    number: int
    table: TakenTable | None
    offer: Offer

    @property
    def restaurant_id(self) -> RestaurantId:
        return self.house.id


_TAKE = f"""
    with {CLAIMED}, house as materialized (
        select restaurant.* from claimed, restaurant where id = $5 and id = any($6::uuid[])
    ),
    {floor.locked_table("$7", grants="$6")},
    {menu.locked_portions("$8", "(select id from house)", after="(select count(*) from dining) >= 0")},
    numbered as (
        insert into order_number as n (restaurant_id, day, last)
        select id, (now() at time zone time_zone - interval '4 hours')::date, 1 from house
        where (select count(*) from counted) >= 0
        on conflict (restaurant_id) do update
        set last = case when n.day = excluded.day then n.last + 1 else 1 end, day = excluded.day
        returning last
    )
    select claimed.at as claimed_at, house.*, numbered.last as number, {floor.LOCKED_TABLES},
        {menu.offer_columns("$8", "house.id")}
    from claimed left join (house cross join numbered) on true
"""


async def take(
    claim: Claim, restaurant: RestaurantId, table: TableId | None, items: Collection[ItemId], *, by: Actor
) -> Taken | None:
    """Claim the command and take what an order needs, in a restaurant in which `by` is known.

    The menu is as it was when the statement began; what is counted, the table and the number are as they are under
    their locks. Raises what claiming does.
    """
    (row,) = await claiming(claim, _TAKE, restaurant, list(by.grants), table, list(items))
    if row["id"] is None:
        return None
    table_taken = await floor.taken(row["tables"])
    return Taken(restaurants.restaurant_of(row), row["number"], table_taken, menu.offer(row))
