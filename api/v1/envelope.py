"""The envelope that the first version puts around whatever the hub answers, and around every no.

Success is `{data, status, message, meta}`, a no `{data: null, status, message, error, meta}`, with the codes in
capitals that clients of older systems decide by. The HTTP status is the hub's own. Every answer says since when this
version is deprecated (RFC 9745), when it ends (RFC 8594), and where the same is to be found in the next.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from types import MappingProxyType
from typing import Any

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler

from api.errors import PROBLEM_MEMBERS, PROBLEM_TYPE
from api.paths import ANY, PREFIX
from api.showing import JSON
from api.v1.aliases import own_name
from api.v1.formerly import SUCCESSORS
from api.v1.pages import Pagination
from api.versions import VERSION, Version, successor_of
from api.watching import ID
from hub.keys import HUB

OWN_PREFIX = f"{ANY}/{Version.V1}"
DEPRECATED_AT = datetime(2026, 11, 22, tzinfo=UTC)
ENDS_AT = datetime(2027, 12, 31, 23, 59, 59, tzinfo=UTC)
SUCCESS, ERROR = "success", "error"
DONE = "Done."

CODES: Mapping[str, str] = MappingProxyType(
    {
        "invalid": "VALIDATION_ERROR",
        "wrong_credentials": "INVALID_CREDENTIALS",
        "current_password_wrong": "INVALID_CURRENT_PASSWORD",
        "token_invalid": "INVALID_TOKEN",
        "not_signed_in": "UNAUTHORIZED",
        "not_your_job": "FORBIDDEN",
        "order_is_over": "ORDER_CANNOT_CANCEL",
        "item_sold_out": "INSUFFICIENT_STOCK",
        "rate_limited": "RATE_LIMIT_EXCEEDED",
        "auth_rate_limited": "AUTH_RATE_LIMIT_EXCEEDED",
        "upload_rate_limited": "UPLOAD_RATE_LIMIT_EXCEEDED",
        "too_large": "PAYLOAD_TOO_LARGE",
        "internal": "INTERNAL_SERVER_ERROR",
    }
)
"""How the older systems called what has another name now. Every other code is the hub's own, in capitals."""


def code_of(code: str) -> str:
    """The code that a client of this version decides by."""
    return CODES.get(code, code.upper())


def enveloped(request: web.Request, data: Any, pagination: Pagination | None = None) -> bytes:
    """An answer in its envelope. `data` is plain, or JSON already."""
    meta = _meta(request)
    if pagination is not None:
        meta["pagination"] = pagination.model_dump(by_alias=True)
    said = {"status": SUCCESS, "message": DONE, "data": orjson.Fragment(data) if isinstance(data, bytes) else data}
    return orjson.dumps({**said, "meta": meta})


@web.middleware
async def wrap(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say every no of this version as it does, and in every answer how long it will be spoken."""
    answer = await handler(request)
    if request.get(VERSION) is not Version.V1:
        return answer
    if isinstance(answer, web.Response) and answer.content_type == PROBLEM_TYPE:
        answer.body = _no(request, orjson.loads(_bytes(answer)))
        answer.content_type = JSON
    location = answer.headers.get("Location", "")
    if location.startswith(PREFIX):
        answer.headers["Location"] = OWN_PREFIX + location.removeprefix(PREFIX)
    answer.headers["Deprecation"] = f"@{int(DEPRECATED_AT.timestamp())}"
    answer.headers["Sunset"] = format_datetime(ENDS_AT, usegmt=True)
    answer.headers.add("Link", f'<{successor_of(_own(request.rel_url.raw_path))}>; rel="successor-version"')
    return answer


def _own(path: str) -> str:
    """The address by the route's own name, where it was asked by an older one."""
    if not path.startswith(OWN_PREFIX):
        return path
    name = path.removeprefix(OWN_PREFIX)
    return OWN_PREFIX + SUCCESSORS.get(name, own_name(name))


def _no(request: web.Request, problem: dict[str, Any]) -> bytes:
    details = {name: fact for name, fact in problem.items() if name not in PROBLEM_MEMBERS}
    error = {"code": code_of(problem["code"]), "details": details}
    said = {"status": ERROR, "message": problem["detail"], "data": None, "error": error, "meta": _meta(request)}
    return orjson.dumps(said)


def _meta(request: web.Request) -> dict[str, Any]:
    now = request.app[HUB].database.clock.now().isoformat(timespec="milliseconds")
    return {"requestId": request[ID], "timestamp": now.replace("+00:00", "Z")}


def _bytes(answer: web.Response) -> bytes:
    assert isinstance(answer.body, bytes), "a problem is made whole"
    return answer.body
