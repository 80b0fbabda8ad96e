"""A simple order over REST, for stories whose point is elsewhere."""

from typing import Any

from hub.caller import Door


async def a_dish(door: Door) -> tuple[str, dict[str, Any]]:
    """The restaurant, and something of its menu that wants no choosing."""
    restaurant = (await door.get("/restaurants"))["items"][0]["id"]
    menu = await door.get(f"/restaurants/{restaurant}/menu")
    dishes = (item for section in menu["sections"] for item in section["items"])
    return restaurant, next(one for one in dishes if not one["modifierGroups"] and one["portionsLeft"] is None)


async def places(door: Door, restaurant: str, dish: dict[str, Any]) -> dict[str, Any]:
    """Order one of it, to be picked up; it is fired at once."""
    order = {"kind": "pickup", "customerName": "Ada", "lines": [{"itemId": dish["id"], "quantity": 1}]}
    placed: dict[str, Any] = await door.ask(f"/restaurants/{restaurant}/orders", order)
    return placed
