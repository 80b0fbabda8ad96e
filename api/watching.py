"""Every request under watch: an id that joins its log lines, one line when it is answered, and how long it took.

Labels are the route's template and the status class, so their number is bounded. Tokens, queries and bodies are never
logged. A WebSocket is the rooms' to watch: it lasts a shift, and would ruin every average.
"""

import re
import time

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from api.callers import CALLER
from hub.ids import new_id
from hub.keys import HUB

log = structlog.get_logger("brigade.http")

REQUEST_ID = "X-Request-ID"
UNMATCHED = "unmatched"
QUIET = ("/health", "/metrics")
"""Asked every few seconds by machines, and worth a line only when something is wrong."""

_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


@web.middleware
async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost middleware: what it sees is what the client gets."""
    if request.headers.get(hdrs.UPGRADE, "").lower() == "websocket":
        return await handler(request)
    given = request.headers.get(REQUEST_ID, "")
    request_id = given if _GIVEN.fullmatch(given) else str(new_id())
    # Every request is a task of its own, and takes what is bound here with it when it ends.
    structlog.contextvars.bind_contextvars(request_id=request_id)
    began = time.perf_counter()
    answer = await handler(request)
    seconds = time.perf_counter() - began
    answer.headers[REQUEST_ID] = request_id
    route = route_of(request)
    _count(request, route, answer, seconds)
    _say(request, route, answer, seconds)
    return answer


def route_of(request: web.Request) -> str:
    """The template the request matched, such as `/api/v2/orders/{orderId}`."""
    resource = request.match_info.route.resource
    return UNMATCHED if resource is None else resource.canonical


def method_of(request: web.Request) -> str:
    """The method, of which there are as many as HTTP has: anybody can make up another."""
    return request.method if request.method in hdrs.METH_ALL else "other"


def _count(request: web.Request, route: str, answer: web.StreamResponse, seconds: float) -> None:
    status_class = f"{answer.status // 100}xx"
    request.app[HUB].metrics.http_seconds.labels(method_of(request), route, status_class).observe(seconds)


def _say(request: web.Request, route: str, answer: web.StreamResponse, seconds: float) -> None:
    by = request.get(CALLER)
    say = log.debug if route.startswith(QUIET) and answer.status < 500 else log.info
    say(
        "A request was answered.",
        method=request.method,
        route=route,
        status=answer.status,
        ms=round(seconds * 1000, 2),
        actor=None if by is None else by.name,
    )
