"""What can be asked of a hub at its addresses: keys.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.keys import (
        KeyAnswer,
        Keys,
        KeyShown,
        RestChangeKey,
        RestMakeKey,
        RestRevokeKey,
        RestRotateKey,
    )


class OfKeys:
    """What programs come in with."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_keys_of_restaurant(self, restaurant_id: str) -> Keys:
        """Every key of the restaurant."""
        answer: Keys = await self._door.send("GET", "/restaurants/{restaurantId}/keys", {"restaurantId": restaurant_id})
        return answer

    async def make_key(self, restaurant_id: str, body: RestMakeKey, *, key: str | None = None) -> KeyAnswer:
        """Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once."""
        answer: KeyAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/keys", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def show_keys_one(self, key_id: str) -> KeyShown:
        """One key."""
        answer: KeyShown = await self._door.send("GET", "/keys/{keyId}", {"keyId": key_id})
        return answer

    async def change_key(self, key_id: str, body: RestChangeKey | None = None, *, key: str | None = None) -> KeyAnswer:
        """Change a key. What is not named stays as it is; scopes and networks are replaced as a whole."""
        answer: KeyAnswer = await self._door.send("PATCH", "/keys/{keyId}", {"keyId": key_id}, body=body, key=key)
        return answer

    async def revoke_key(self, key_id: str, body: RestRevokeKey | None = None, *, key: str | None = None) -> KeyAnswer:
        """Nobody comes in with this key any more. Its sockets close."""
        answer: KeyAnswer = await self._door.send("DELETE", "/keys/{keyId}", {"keyId": key_id}, body=body, key=key)
        return answer

    async def rotate_key(self, key_id: str, body: RestRotateKey | None = None, *, key: str | None = None) -> KeyAnswer:
        """Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on."""
        answer: KeyAnswer = await self._door.send("POST", "/keys/{keyId}/rotate", {"keyId": key_id}, body=body, key=key)
        return answer
