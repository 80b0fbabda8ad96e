"""What travels between a hub and its clients: keys.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen
    from api.client.shapes.rights import Permission


class ChangeKey(TypedDict):
    """Change a key. What is not named stays as it is; scopes and networks are replaced as a whole."""

    seen: NotRequired[Seen | None]
    keyId: str
    name: NotRequired[str | None]
    scopes: NotRequired[list[Permission] | None]
    networks: NotRequired[list[str] | None]


class KeyAnswer(TypedDict):
    """A key as it is now. `key` is what a program comes in with, where there is a new one: it is shown this once.

    To whoever asks for the same again it is null. Who did not get the answer rotates the key, and has another.
    """

    keyId: str
    name: str
    beginsWith: str
    scopes: list[Permission]
    networks: list[str]
    madeAt: str
    madeBy: str | None
    expiresAt: str | None
    lastUsedAt: str | None
    revokedAt: str | None
    key: str | None


class KeyChanged(TypedDict):
    """A key was changed, rotated or revoked. Every hub forgets what it knew of it, and judges its sockets anew."""

    keyId: str


class MakeKey(TypedDict):
    """Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once.

    Where `networks` are named, it opens from there alone; without `expiresInDays` it does not run out.
    """

    seen: NotRequired[Seen | None]
    restaurantId: str
    name: str
    scopes: list[Permission]
    networks: NotRequired[list[str]]
    expiresInDays: NotRequired[int | None]


class RevokeKey(TypedDict):
    """Nobody comes in with this key any more. Its sockets close."""

    seen: NotRequired[Seen | None]
    keyId: str


class RotateKey(TypedDict):
    """Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on."""

    seen: NotRequired[Seen | None]
    keyId: str


class RestChangeKey(TypedDict):
    """Change a key. What is not named stays as it is; scopes and networks are replaced as a whole."""

    seen: NotRequired[Seen | None]
    name: NotRequired[str | None]
    scopes: NotRequired[list[Permission] | None]
    networks: NotRequired[list[str] | None]


class KeyShown(TypedDict):
    """A key as an owner recognises it: by its name, and by how it begins. A time is null where there is none."""

    keyId: str
    name: str
    beginsWith: str
    scopes: list[Permission]
    networks: list[str]
    madeAt: str
    madeBy: str | None
    expiresAt: str | None
    lastUsedAt: str | None
    revokedAt: str | None


class Keys(TypedDict):
    """Keys in the order in which they were made, those that are revoked among them."""

    nextCursor: str | None
    items: list[KeyShown]


class RestMakeKey(TypedDict):
    """Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once.

    Where `networks` are named, it opens from there alone; without `expiresInDays` it does not run out.
    """

    seen: NotRequired[Seen | None]
    name: str
    scopes: list[Permission]
    networks: NotRequired[list[str]]
    expiresInDays: NotRequired[int | None]


class RestRevokeKey(TypedDict):
    """Nobody comes in with this key any more. Its sockets close."""

    seen: NotRequired[Seen | None]


class RestRotateKey(TypedDict):
    """Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on."""

    seen: NotRequired[Seen | None]
