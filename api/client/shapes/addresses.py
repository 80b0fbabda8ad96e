"""What travels between a hub and its clients: addresses.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen


class AddAddress(TypedDict):
    """Keep one more address. The first one is the default, and so is any other that says so."""

    seen: NotRequired[Seen | None]
    label: str
    lines: list[str]
    isDefault: NotRequired[bool]


class AddressAnswer(TypedDict):
    """Which address it is, and whether it is the default now. What it says, `GET /me/addresses` does."""

    addressId: str
    isDefault: bool


class AddressGoneAnswer(TypedDict):
    """The address that is forgotten."""

    addressId: str


class ChangeAddress(TypedDict):
    """Change an address. What is not named stays as it is; lines are replaced as a whole.

    One becomes the default in the place of the one before; it stays that until another one does.
    """

    seen: NotRequired[Seen | None]
    addressId: str
    label: NotRequired[str | None]
    lines: NotRequired[list[str] | None]
    isDefault: NotRequired[bool | None]


class RemoveAddress(TypedDict):
    """Forget an address. The default one cannot be forgotten."""

    seen: NotRequired[Seen | None]
    addressId: str


class RestChangeAddress(TypedDict):
    """Change an address. What is not named stays as it is; lines are replaced as a whole.

    One becomes the default in the place of the one before; it stays that until another one does.
    """

    seen: NotRequired[Seen | None]
    label: NotRequired[str | None]
    lines: NotRequired[list[str] | None]
    isDefault: NotRequired[bool | None]


class PostalAddress(TypedDict):
    """One of somebody's addresses: what they call it, and its lines as they stand on a letter."""

    addressId: str
    label: str
    lines: list[str]
    isDefault: bool


class RestRemoveAddress(TypedDict):
    """Forget an address. The default one cannot be forgotten."""

    seen: NotRequired[Seen | None]
