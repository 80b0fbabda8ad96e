"""What every answer tells browsers: trust little, frame nothing; and which other origins may call.

One list of origins holds for this door and for the rooms. Cookies are not used anywhere, so none are allowed across.
"""

from collections.abc import Mapping
from types import MappingProxyType

from aiohttp import web
from aiohttp.typedefs import Handler

from hub.keys import HUB

API_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

SECURITY: Mapping[str, str] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": API_POLICY,
        "Cache-Control": "no-store",
    }
)
"""An answer that knows better has set its own."""
OWN: Mapping[str, str] = MappingProxyType({"Server": "brigade"})
"""Which library of which version answers is nobody's business."""

PREFLIGHT: Mapping[str, str] = MappingProxyType(
    {
        "Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-Request-ID",
        "Access-Control-Max-Age": "86400",
    }
)
EXPOSED = "ETag, Idempotent-Replayed, Location, Retry-After, X-Request-ID"


async def protect(request: web.Request, answer: web.StreamResponse) -> None:
    """Add what is missing to an answer that is about to leave: on_response_prepare."""
    for name, value in SECURITY.items():
        answer.headers.setdefault(name, value)
    answer.headers.update(OWN)
    if request.app[HUB].is_stopping:
        # The next request on this connection would find nobody. aiohttp has written its own headers by now.
        answer.force_close()
        answer.headers["Connection"] = "close"
    allowed = request.app[HUB].settings.allowed_origins
    if not allowed:
        return
    answer.headers.add("Vary", "Origin")
    origin = request.headers.get("Origin")
    if origin in allowed:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Expose-Headers"] = EXPOSED


@web.middleware
async def preflights(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer the question a browser asks before it lets a page of an allowed origin call."""
    is_preflight = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    if is_preflight and request.headers.get("Origin") in request.app[HUB].settings.allowed_origins:
        return web.Response(status=204, headers=PREFLIGHT)
    return await handler(request)
