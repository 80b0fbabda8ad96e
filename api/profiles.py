"""What people see of themselves: how they are described, what they like, where they live, and what they ordered.

Who somebody is, `/me` says (`api.people`). Not its business: changing any of it, which is a deed (`hub.actions`).
"""

from datetime import datetime

from api.showing import Listed, Look
from hub.domain.addresses import PostalAddress
from hub.domain.profiles import Preferences
from hub.domain.refusals import TokenInvalid
from hub.events.event import Shape
from hub.ids import ItemId, RestaurantId
from hub.money import Money
from hub.store import addresses, profiles
from hub.store import statistics as counted


class Addresses(Listed):
    """Somebody's addresses."""

    items: tuple[PostalAddress, ...]


class Favourite(Shape):
    """An item that was ordered more often than others, as it was called the last time."""

    item_id: ItemId
    restaurant_id: RestaurantId
    name: str
    portions: int


class Statistics(Shape):
    """What somebody's own orders come to since `since`; cancelled ones, and voided lines, do not count.

    `spent` is what was ordered, in each currency, before tax that comes on top of prices.
    """

    since: datetime
    orders: int
    spent: tuple[Money, ...]
    favourites: tuple[Favourite, ...]


async def preferences(look: Look) -> Preferences:
    """What one likes; what one never chose is as it is for everybody."""
    user = look.own_account()
    async with look.snapshot():
        profile = await profiles.of(user)
    if profile is None:
        raise TokenInvalid
    return profile.preferences


async def my_addresses(look: Look) -> Addresses:
    """Where one lives, the default address first."""
    user = look.own_account()
    async with look.snapshot():
        return Addresses(items=tuple(await addresses.of(user)))


async def statistics(look: Look) -> Statistics:
    """What one's own orders of the last ninety days come to, and what was in them most often."""
    user = look.own_account()
    async with look.snapshot():
        found = await counted.of(user)
    return Statistics(
        since=found.since,
        orders=found.orders,
        spent=found.spent,
        favourites=tuple(
            Favourite(item_id=one.item_id, restaurant_id=one.restaurant_id, name=one.name, portions=one.portions)
            for one in found.favourites
        ),
    )
