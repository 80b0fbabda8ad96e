"""What travels between a hub and its clients: pins.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen


class RemovePin(TypedDict):
    """Have no PIN any more. Whoever is at a kitchen tablet with it is signed out."""

    seen: NotRequired[Seen | None]


class NewPin(TypedDict):
    """Digits that only one knows oneself: none that are in a row, or repeat themselves, or are somebody's year."""

    pin: str


class OwnPin(TypedDict):
    """Since when one has the PIN that one has; null where one has none."""

    setAt: str | None


class PinHolder(TypedDict):
    """Somebody who may tap a PIN."""

    userId: str
    name: str


class PinSet(TypedDict):
    """The PIN is another now, and these sessions ended that began with the one before."""

    sessionIds: list[str]


class TappedPin(TypedDict):
    """Which tablet it is, who says that they are there, and the PIN by which that is known."""

    tabletToken: str
    userId: str
    pin: str
