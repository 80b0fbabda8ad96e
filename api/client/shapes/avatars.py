"""What travels between a hub and its clients: avatars.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TypedDict


class NoAvatarAnswer(TypedDict):
    """There is no picture any more."""


class AvatarAnswer(TypedDict):
    """The picture that is kept now: `digest` changes with it, and is its ETag."""

    digest: str
    sizeBytes: int
