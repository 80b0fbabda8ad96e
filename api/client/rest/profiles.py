"""What can be asked of a hub at its addresses: profiles.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.addresses import (
        AddAddress,
        AddressAnswer,
        AddressGoneAnswer,
        RestChangeAddress,
        RestRemoveAddress,
    )
    from api.client.shapes.avatars import AvatarAnswer, NoAvatarAnswer
    from api.client.shapes.profiles import (
        Addresses,
        ChangePreferences,
        ChangeProfile,
        Preferences,
        PreferencesAnswer,
        ProfileAnswer,
        RemoveAvatar,
        Statistics,
    )


class OfProfiles:
    """What people say of themselves: name, preferences, addresses, a picture."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def change_profile(self, body: ChangeProfile | None = None, *, key: str | None = None) -> ProfileAnswer:
        """Change how one is described. What is not named stays as it is; a `phone` of null is forgotten."""
        answer: ProfileAnswer = await self._door.send("PATCH", "/me", body=body, key=key)
        return answer

    async def show_profiles_preferences(self) -> Preferences:
        """What one likes; what one never chose is as it is for everybody."""
        answer: Preferences = await self._door.send("GET", "/me/preferences")
        return answer

    async def change_preferences(
        self, body: ChangePreferences | None = None, *, key: str | None = None
    ) -> PreferencesAnswer:
        """Change what one likes. What is not named stays as it is."""
        answer: PreferencesAnswer = await self._door.send("PATCH", "/me/preferences", body=body, key=key)
        return answer

    async def show_profiles_my_addresses(self) -> Addresses:
        """Where one lives, the default address first."""
        answer: Addresses = await self._door.send("GET", "/me/addresses")
        return answer

    async def add_address(self, body: AddAddress, *, key: str | None = None) -> AddressAnswer:
        """Keep one more address. The first one is the default, and so is any other that says so."""
        answer: AddressAnswer = await self._door.send("POST", "/me/addresses", body=body, key=key)
        return answer

    async def change_address(
        self, address_id: str, body: RestChangeAddress | None = None, *, key: str | None = None
    ) -> AddressAnswer:
        """Change an address. What is not named stays as it is; lines are replaced as a whole."""
        answer: AddressAnswer = await self._door.send(
            "PATCH", "/me/addresses/{addressId}", {"addressId": address_id}, body=body, key=key
        )
        return answer

    async def remove_address(
        self, address_id: str, body: RestRemoveAddress | None = None, *, key: str | None = None
    ) -> AddressGoneAnswer:
        """Forget an address. The default one cannot be forgotten."""
        answer: AddressGoneAnswer = await self._door.send(
            "DELETE", "/me/addresses/{addressId}", {"addressId": address_id}, body=body, key=key
        )
        return answer

    async def show_profiles_statistics(self) -> Statistics:
        """What one's own orders of the last ninety days come to, and what was in them most often."""
        answer: Statistics = await self._door.send("GET", "/me/statistics")
        return answer

    async def show_avatars_mine(self) -> bytes:
        """One's own picture, a square WebP."""
        return await self._door.see_picture("/me/avatar")

    async def put_avatars(self, picture: bytes, kind: Literal["image/png", "image/jpeg", "image/webp"]) -> AvatarAnswer:
        """Let the picture in the body be one's own: a PNG, a JPEG or a WebP. Its middle is kept, drawn anew and
        small.
        """
        answer: AvatarAnswer = await self._door.send_picture("PUT", "/me/avatar", picture, kind)
        return answer

    async def remove_avatar(self, body: RemoveAvatar | None = None, *, key: str | None = None) -> NoAvatarAnswer:
        """Have no picture any more."""
        answer: NoAvatarAnswer = await self._door.send("DELETE", "/me/avatar", body=body, key=key)
        return answer
