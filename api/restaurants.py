"""Looking at restaurants: those in which one is known."""

from typing import Self

from api.showing import Listed, Look
from hub.events.event import Shape
from hub.ids import RestaurantId
from hub.people import Actor, Role
from hub.store import restaurants
from hub.store.restaurants import Restaurant


class House(Shape):
    """A restaurant, and what whoever asks is to it."""

    id: RestaurantId
    name: str
    currency: str
    time_zone: str
    roles: tuple[Role, ...]

    @classmethod
    def of(cls, house: Restaurant, by: Actor) -> Self:
        return cls(
            id=house.id,
            name=house.name,
            currency=house.currency,
            time_zone=house.time_zone,
            roles=tuple(sorted(by.roles(house.id))),
        )


class Houses(Listed):
    """Restaurants, by name."""

    items: tuple[House, ...]


async def mine(look: Look) -> Houses:
    """The restaurants in which whoever asks is known."""
    async with look.snapshot():
        houses = await restaurants.by_ids(list(look.by.grants))
    return Houses(items=tuple(House.of(one, look.by) for one in houses))


async def one(look: Look, restaurant_id: RestaurantId) -> House:
    """One restaurant."""
    async with look.snapshot():
        house = look.admitted(await restaurants.by_id(restaurant_id), "restaurant")
    return House.of(house, look.by)
