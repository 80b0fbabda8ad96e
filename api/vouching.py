"""Signing in with an account elsewhere, and which of them open one's own.

Not its business: what a sign-in rests on (`hub.actions.vouching`), and how a provider is asked.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.sessions import Device
from api.showing import Knock, Listed, Look
from hub.actions import vouching
from hub.actions.deed import own_account
from hub.actions.sessions import SignedIn
from hub.commands.command import Asked
from hub.domain.vouching import ProviderName
from hub.events.event import Shape
from hub.limits import AUTH_ADDRESS, Charge, of_address
from hub.people import Actor
from hub.rights import Permission
from hub.store import vouching as kept
from hub.tokens import TOKEN_LENGTH_MAX

CODE_LENGTH_MAX = 4096
STATE_LENGTH_MAX = 200
ISSUER_LENGTH_MAX = 200


class Offered(Shape):
    """Somebody who can vouch for whoever signs in here."""

    provider: ProviderName


class Providers(Listed):
    """Everybody who can."""

    items: tuple[Offered, ...]


class Departure(Asked):
    """Nothing more has to be said."""


class SentThere(Shape):
    """Where to go, and what to finish with, until `expiresAt`. Whoever begins keeps the `handle` to themselves."""

    url: str
    handle: Annotated[str, Field(repr=False)]
    expires_at: datetime


class CameBack(Asked):
    """With what the provider sent somebody back (`code`, `state`, and `iss` where there is one), and their handle.

    With an `accessToken`, the account there is linked to the account of whoever carries it.
    """

    code: Annotated[str, Field(min_length=1, max_length=CODE_LENGTH_MAX, repr=False)]
    state: Annotated[str, Field(min_length=1, max_length=STATE_LENGTH_MAX, repr=False)]
    handle: Annotated[str, Field(min_length=1, max_length=STATE_LENGTH_MAX, repr=False)]
    iss: Annotated[str, Field(max_length=ISSUER_LENGTH_MAX)] | None = None
    device: Device | None = None
    access_token: Annotated[str | None, Field(max_length=TOKEN_LENGTH_MAX, repr=False)] = None


class Link(Shape):
    """An account elsewhere that opens this one."""

    provider: ProviderName
    linked_at: datetime


class Links(Listed):
    """Somebody's accounts elsewhere."""

    items: tuple[Link, ...]


def providers(knock: Knock) -> Providers:
    """Who can vouch for whoever signs in at this hub."""
    return Providers(items=tuple(Offered(provider=one) for one in knock.hub.vouching.providers))


async def begin_with_google(knock: Knock, credentials: Departure) -> SentThere:
    """Begin to sign in with an account of Google."""
    return _sent(knock, ProviderName.GOOGLE)


async def begin_with_facebook(knock: Knock, credentials: Departure) -> SentThere:
    """Begin to sign in with an account of Facebook."""
    return _sent(knock, ProviderName.FACEBOOK)


async def tried(knock: Knock, credentials: CameBack) -> Sequence[Charge]:
    """As what it counts where it fails. Whose account it would have been nobody knows then, but from where it came."""
    return (of_address(AUTH_ADDRESS, knock.address),)


async def finish_with_google(knock: Knock, credentials: CameBack) -> SignedIn:
    """Begin a session with what Google sent somebody back with."""
    return await _let_in(knock, ProviderName.GOOGLE, credentials)


async def finish_with_facebook(knock: Knock, credentials: CameBack) -> SignedIn:
    """Begin a session with what Facebook sent somebody back with."""
    return await _let_in(knock, ProviderName.FACEBOOK, credentials)


async def mine(look: Look) -> Links:
    """Which accounts elsewhere open one's own."""
    user = look.own_account()
    async with look.snapshot():
        linked = await kept.of(user)
    return Links(items=tuple(Link(provider=one.provider, linked_at=one.linked_at) for one in linked))


def _sent(knock: Knock, name: ProviderName) -> SentThere:
    url, handle, expires_at = knock.hub.vouching.begin(name)
    return SentThere(url=url, handle=handle, expires_at=expires_at)


async def _let_in(knock: Knock, name: ProviderName, said: CameBack) -> SignedIn:
    back = vouching.CameBack(said.code, said.state, said.handle, said.iss)
    by = None if said.access_token is None else await _carrier(knock, said.access_token)
    return await knock.hub.vouching.finish(name, back, device=said.device, by=by, address=knock.address)


async def _carrier(knock: Knock, token: str) -> Actor:
    """Who carries the token, and has an account. Raises what tokens raise, and as `own_account` does."""
    by = await knock.hub.identities.actor(token, knock.address)
    own_account(by, Permission.ACCOUNT_KEEP)
    return by
