"""Looking at a restaurant's keys: what each is for, how it begins, when it was last used; never at the key itself."""

from api.showing import Listed, Look
from hub.events.keys import KeyShown
from hub.ids import KeyId, RestaurantId
from hub.store import keys


class Keys(Listed):
    """Keys in the order in which they were made, those that are revoked among them."""

    items: tuple[KeyShown, ...]


async def of_restaurant(look: Look, restaurant_id: RestaurantId) -> Keys:
    """Every key of the restaurant."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await keys.of_restaurant(restaurant_id)
    return Keys(items=tuple(one.shown() for one in found))


async def one(look: Look, key_id: KeyId) -> KeyShown:
    """One key."""
    async with look.snapshot():
        return look.admitted(await keys.by_id(key_id, by=look.by), "key").shown()
