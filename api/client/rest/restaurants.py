"""What can be asked of a hub at its addresses: restaurants.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.answers import RestaurantAnswer
    from api.client.shapes.restaurants import House, Houses, OpenRestaurant


class OfRestaurants:
    """The houses in which one is known."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_restaurants_mine(self) -> Houses:
        """The restaurants in which whoever asks is known."""
        answer: Houses = await self._door.send("GET", "/restaurants")
        return answer

    async def open_restaurant(self, body: OpenRestaurant, *, key: str | None = None) -> RestaurantAnswer:
        """Open a restaurant for somebody who has an account: they are its owner, and hire everybody else. For
        operators.
        """
        answer: RestaurantAnswer = await self._door.send("POST", "/restaurants", body=body, key=key)
        return answer

    async def show_restaurants_one(self, restaurant_id: str) -> House:
        """One restaurant."""
        answer: House = await self._door.send("GET", "/restaurants/{restaurantId}", {"restaurantId": restaurant_id})
        return answer
