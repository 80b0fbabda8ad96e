"""Who is calling, from where, and under which key: the headers every request is read for.

Not its business: what a token says (`hub.tokens`), or what a key is good for (`hub.actions.deed`).
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from aiohttp import hdrs, web

from hub.actions.devices import Devices
from hub.actions.keyring import Keyring
from hub.commands.command import COMMAND_ID_LENGTH_MAX
from hub.commands.wording import FieldError, invalid
from hub.domain.refusals import NotSignedIn, TokenInvalid
from hub.keys import HUB
from hub.people import Actor
from hub.proxies import Address, address_of

IDEMPOTENCY_KEY = "Idempotency-Key"
API_KEY = "X-API-Key"
CALLER = web.RequestKey("caller", Actor)

Body = TypeVar("Body")

_KEY = re.compile(rf"[\x21-\x7e]{{1,{COMMAND_ID_LENGTH_MAX}}}")


async def caller(request: web.Request) -> Actor:
    """Whom the Bearer token stands for: staff, a guest by a link, a kitchen tablet, or a program by its key, which has
    a header as well.

    Raises NotSignedIn, and what tokens and keys raise.
    """
    identities, token = request.app[HUB].identities, bearer_of(request.headers)
    if not token:
        token = request.headers.get(API_KEY, "")
        if not token:
            raise NotSignedIn
        if not Keyring.is_key(token):
            raise TokenInvalid
    if Devices.is_token(token):
        by = await request.app[HUB].devices.actor(token)
    else:
        by = await (identities.actor(token, address(request)) if Keyring.is_key(token) else identities.actor(token))
    request[CALLER] = by
    return by


async def caller_with(
    request: web.Request, by: Actor, read: Callable[[web.Request], Awaitable[Body]]
) -> tuple[Actor, Body]:
    """The same caller once their body is there, and the body.

    Whoever sends it may take their time over it; so where it had to be waited for, it is looked up again who that is by
    now, and what they may do. Raises as `caller` and as `read`.
    """
    is_there = request.content.is_eof()
    body = await read(request)
    return by if is_there else await caller(request), body


def address(request: web.Request) -> Address | None:
    """From where somebody calls, as far as somebody who is believed says."""
    return address_of(request.headers, request.remote, request.app[HUB].settings.trusted_proxies)


def bearer_of(headers: Mapping[str, str]) -> str:
    """The Bearer token; empty where there is none. RFC 6750, 2.1."""
    scheme, _, token = headers.get(hdrs.AUTHORIZATION, "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def command_id(request: web.Request) -> str | None:
    """The key that makes asking twice the same as asking once, if the request has one. Raises BadInput."""
    key = request.headers.get(IDEMPOTENCY_KEY)
    if key is not None and not _KEY.fullmatch(key):
        message = f"must have 1 to {COMMAND_ID_LENGTH_MAX} visible ASCII characters"
        raise invalid(FieldError(IDEMPOTENCY_KEY, "not_allowed", message))
    return key
