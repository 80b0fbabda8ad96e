"""What every answer tells browsers: trust little, frame nothing; and which other origins may call.

One list of origins holds for this door and for the rooms. Cookies are not used anywhere, so none are allowed across.
"""

from collections.abc import Mapping
from types import MappingProxyType

from aiohttp import web
from aiohttp.typedefs import Handler

from api import limiting
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

STRICT_TRANSPORT = "Strict-Transport-Security"
BY_TLS: Mapping[str, str] = MappingProxyType({STRICT_TRANSPORT: "max-age=31536000"})
"""What an answer says that leaves by TLS: for a year, this name is asked by TLS alone (RFC 6797). Of names below it
nothing is said: they need not be the restaurant's."""
FORWARDED_PROTO = "X-Forwarded-Proto"

PREFLIGHT: Mapping[str, str] = MappingProxyType(
    {
        "Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE",
        "Access-Control-Allow-Headers": "API-Version, Authorization, Content-Type, Idempotency-Key, If-None-Match, "
        "X-Request-ID",
        "Access-Control-Max-Age": "86400",
    }
)
EXPOSED = ", ".join(
    ("Deprecation, ETag, Idempotent-Replayed, Link, Location, Retry-After, Sunset, X-Request-ID", *limiting.HEADERS)
)


def came_by_tls(headers: Mapping[str, str]) -> bool:
    """Whether a request says that it left its client by TLS, which ends at a proxy.

    Anybody can say so. Who says it without is answered by a header that browsers do not mind there (RFC 6797, 8.1).
    """
    said = headers.get(FORWARDED_PROTO)
    return said is not None and said.rpartition(",")[2].strip().lower() == "https"


async def protect(request: web.Request, answer: web.StreamResponse) -> None:
    """Add what is missing to an answer that is about to leave: on_response_prepare."""
    for name, value in SECURITY.items():
        answer.headers.setdefault(name, value)
    answer.headers.update(OWN)
    if came_by_tls(request.headers):
        answer.headers.update(BY_TLS)
    limiting.tell(request, answer)
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
