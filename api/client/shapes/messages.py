"""What travels between a hub and its clients: messages.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Delivered(TypedDict):
    """Everything of this room up to `seq` has reached this device's glass.

    A ticket that no device of its station has shown in this way within the house's seconds raises an alert.
    """

    room: str
    seq: int


class Subscribe(TypedDict):
    """Show me this room: its board, or what I missed `since` the number I hold."""

    room: str
    since: NotRequired[int | None]
    epoch: NotRequired[str | None]


class Unsubscribe(TypedDict):
    """I am done with this room."""

    room: str
