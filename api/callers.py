"""Who is calling, and under which key: the two headers every request is read for.

Not its business: what a token says (`hub.tokens`), or what a key is good for (`hub.actions.deed`).
"""

import re
from collections.abc import Mapping

from aiohttp import hdrs, web

from hub.commands.command import COMMAND_ID_LENGTH_MAX
from hub.commands.wording import FieldError, invalid
from hub.domain.refusals import NotSignedIn
from hub.keys import HUB
from hub.people import Actor

IDEMPOTENCY_KEY = "Idempotency-Key"
CALLER = web.RequestKey("caller", Actor)

_KEY = re.compile(rf"[\x21-\x7e]{{1,{COMMAND_ID_LENGTH_MAX}}}")


async def caller(request: web.Request) -> Actor:
    """Whom the Bearer token stands for: staff, or a guest by a link. Raises NotSignedIn, and what tokens raise."""
    token = bearer_of(request.headers)
    if not token:
        raise NotSignedIn
    request[CALLER] = by = await request.app[HUB].identities.actor(token)
    return by


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
