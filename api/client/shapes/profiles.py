"""What travels between a hub and its clients: profiles.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.addresses import PostalAddress
    from api.client.shapes.command import Seen
    from api.client.shapes.money import Money

Language = Literal["en", "es"]
Theme = Literal["light", "dark", "auto"]


class ChangePreferences(TypedDict):
    """Change what one likes. What is not named stays as it is."""

    seen: NotRequired[Seen | None]
    theme: NotRequired[Theme | None]
    notifications: NotRequired[bool | None]
    emailNotifications: NotRequired[bool | None]
    currency: NotRequired[str | None]
    language: NotRequired[Language | None]


class ChangeProfile(TypedDict):
    """Change how one is described. What is not named stays as it is; a `phone` of null is forgotten."""

    seen: NotRequired[Seen | None]
    name: NotRequired[str | None]
    phone: NotRequired[str | None]
    language: NotRequired[Language | None]


class PreferencesAnswer(TypedDict):
    """What one likes from now on."""

    theme: Theme
    notifications: bool
    emailNotifications: bool
    currency: str
    language: Language


class ProfileAnswer(TypedDict):
    """Which fields are another than before. What they are now, `GET /me` says."""

    changed: list[str]


class RemoveAvatar(TypedDict):
    """Have no picture any more."""

    seen: NotRequired[Seen | None]


class Addresses(TypedDict):
    """Somebody's addresses."""

    nextCursor: str | None
    items: list[PostalAddress]


class Favourite(TypedDict):
    """An item that was ordered more often than others, as it was called the last time."""

    itemId: str
    restaurantId: str
    name: str
    portions: int


class Preferences(TypedDict):
    """What somebody likes. What they never chose is as it is for everybody.

    `notifications` and `emailNotifications` are about what one may do without: of the account itself one is told
    anyway. In `currency` (ISO 4217) somebody likes to count; no price is converted.
    """

    theme: Theme
    notifications: bool
    emailNotifications: bool
    currency: str
    language: Language


class Statistics(TypedDict):
    """What somebody's own orders come to since `since`; cancelled ones, and voided lines, do not count.

    `spent` is what was ordered, in each currency, before tax that comes on top of prices.
    """

    since: str
    orders: int
    spent: list[Money]
    favourites: list[Favourite]
