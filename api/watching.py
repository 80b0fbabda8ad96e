"""Every request under watch: an id that joins its log lines, one line when it is answered, and how long it took.

Labels are the route's template and the status class, so their number is bounded. Tokens, queries and bodies are never
logged. A WebSocket is the rooms' to watch: it lasts a shift, and would ruin every average.
"""

import re
import time
from collections.abc import Mapping
from functools import lru_cache

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from prometheus_client import Histogram

from api.callers import CALLER
from hub.ids import new_name
from hub.keys import HUB, Hub
from hub.people import Actor
from hub.telemetry import Metrics

log = structlog.get_logger("brigade.http")

REQUEST_ID = "X-Request-ID"
ID = web.RequestKey("id", str)
"""Under this a request has its id, for whoever answers it."""
UNMATCHED = "unmatched"
QUIET = ("/health", "/metrics")
"""Asked every few seconds by machines, and worth a line only when something is wrong."""

SERIES_MAX = 1_000
"""Series that are looked up once; there are hardly as many."""

_GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")


@web.middleware
async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The outermost middleware: what it sees is what the client gets."""
    if request.headers.get(hdrs.UPGRADE, "").lower() == "websocket":
        return await handler(request)
    request[ID] = own_id = request_id(request.headers)
    # Every request is a task of its own, and takes what is bound here with it when it ends.
    structlog.contextvars.bind_contextvars(request_id=own_id)
    began = time.perf_counter()
    answer = await handler(request)
    seconds = time.perf_counter() - began
    answer.headers[REQUEST_ID] = own_id
    note(request.app[HUB], request.method, route_of(request), answer.status, seconds, by=request.get(CALLER))
    return answer


def request_id(headers: Mapping[str, str]) -> str:
    """The id that a request came with, where it is one, and else a new one."""
    given = headers.get(REQUEST_ID, "")
    return given if _GIVEN.fullmatch(given) else new_name()


def note(hub: Hub, method: str, route: str, status: int, seconds: float, *, by: Actor | None, **more: str) -> None:
    """Count a request that was answered, and write its line, with `more` in it."""
    _seconds_of(hub.metrics, _known(method), route, status // 100).observe(seconds)
    say = log.debug if route.startswith(QUIET) and status < 500 else log.info
    say(
        "A request was answered.",
        method=method,
        route=route,
        status=status,
        ms=round(seconds * 1000, 2),
        actor=None if by is None else by.name,
        **more,
    )


@lru_cache(SERIES_MAX)
def _seconds_of(metrics: Metrics, method: str, route: str, status_class: int) -> Histogram:
    return metrics.http_seconds.labels(method, route, f"{status_class}xx")


def route_of(request: web.Request) -> str:
    """The template the request matched, such as `/api/v2/orders/{orderId}`."""
    resource = request.match_info.route.resource
    return UNMATCHED if resource is None else resource.canonical


def method_of(request: web.Request) -> str:
    """The method, of which there are as many as HTTP has: anybody can make up another."""
    return _known(request.method)


def _known(method: str) -> str:
    return method if method in hdrs.METH_ALL else "other"
