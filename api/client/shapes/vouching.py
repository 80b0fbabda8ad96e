"""What travels between a hub and its clients: vouching.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen

ProviderName = Literal["google", "facebook"]


class UnlinkAccount(TypedDict):
    """Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail."""

    seen: NotRequired[Seen | None]
    provider: ProviderName


class UnlinkedAnswer(TypedDict):
    """Whose account opens this one no longer."""

    provider: ProviderName


class CameBack(TypedDict):
    """With what the provider sent somebody back (`code`, `state`, and `iss` where there is one), and their handle.

    With an `accessToken`, the account there is linked to the account of whoever carries it.
    """

    code: str
    state: str
    handle: str
    iss: NotRequired[str | None]
    device: NotRequired[str | None]
    accessToken: NotRequired[str | None]


class Departure(TypedDict):
    """Nothing more has to be said."""


class Link(TypedDict):
    """An account elsewhere that opens this one."""

    provider: ProviderName
    linkedAt: str


class Links(TypedDict):
    """Somebody's accounts elsewhere."""

    nextCursor: str | None
    items: list[Link]


class Offered(TypedDict):
    """Somebody who can vouch for whoever signs in here."""

    provider: ProviderName


class Providers(TypedDict):
    """Everybody who can."""

    nextCursor: str | None
    items: list[Offered]


class SentThere(TypedDict):
    """Where to go, and what to finish with, until `expiresAt`. Whoever begins keeps the `handle` to themselves."""

    url: str
    handle: str
    expiresAt: str


class RestUnlinkAccount(TypedDict):
    """Let one's account elsewhere open this one no more. Whoever has no password yet chooses one by mail."""

    seen: NotRequired[Seen | None]
