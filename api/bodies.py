"""Reading what a request brings along: the body within its limits, as JSON, as a model that can be trusted.

Not its business: what a command means, or what is said about a wrong field (`hub.commands.wording`).
"""

import asyncio
from collections.abc import Mapping
from typing import Any, TypeVar

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from api.errors import Problem
from hub.commands.wording import WHOLE, FieldError, invalid, invalid_fields

BODY_BYTES_MAX = 256 * 1024
"""Four times what the largest sensible command takes."""
BODY_SECONDS_MAX = 18.0
"""aiohttp has no deadline of its own for bodies: without this, half a body holds its connection for ever. With what it
lingers over one that is refused (`hub.serving`) that makes twenty seconds."""

Asked = TypeVar("Asked", bound=BaseModel)


async def read_object(request: web.Request) -> dict[str, Any]:
    """The body's JSON object; nothing at all is an empty one. Raises Problem where it is none, too long or too slow."""
    body = await read_bytes(request, bytes_max=BODY_BYTES_MAX, seconds_max=BODY_SECONDS_MAX)
    if not body.strip():
        return {}
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Problem("not_json") from None
    if not isinstance(value, dict):
        raise Problem("not_json")
    return value


def as_model(model: type[Asked], body: Mapping[str, Any], path: Mapping[str, Any]) -> Asked:
    """The model that path and body make up together. Raises BadInput, also where both say the same thing."""
    repeated = [FieldError(name, "unknown_field", "is in the address already") for name in body if name in path]
    if repeated:
        raise invalid(*repeated)
    try:
        # From JSON, because strictness there still knows that an id is written as text.
        return model.model_validate_json(orjson.dumps({**path, **body}), by_alias=True, by_name=False)
    except orjson.JSONEncodeError:
        # What is read may be deeper than what is written.
        raise invalid(FieldError(WHOLE, "not_allowed", "is nested too deeply")) from None
    except ValidationError as error:
        raise invalid_fields(error) from None


async def read_bytes(request: web.Request, *, bytes_max: int, seconds_max: float) -> bytes:
    """The body as it is. Raises Problem where it is too long or too slow."""
    if (request.content_length or 0) > bytes_max:
        raise Problem("too_large", must_close=True)
    body = bytearray()
    try:
        async with asyncio.timeout(seconds_max):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > bytes_max:
                    raise Problem("too_large", must_close=True)
    except TimeoutError:
        raise Problem("too_slow", must_close=True) from None
    except (web.RequestPayloadError, ConnectionError):
        # Its framing or compression is broken, or whoever sent it is gone: nothing more can come on this connection.
        raise Problem("bad_request", must_close=True) from None
    return bytes(body)
