"""How the hub is, for machines that start, stop and route to it. Nothing here says what the machine is.

*Live* means that the event loop turns; a restart would mend nothing else. *Ready* means that a request has a chance.
Redis away is neither: facts still arrive, a little later, and the answer says `degraded`. A hub that does not hear
itself is not ready, however well everything looks.
"""

import time

import orjson
from aiohttp import web

from hub import __version__
from hub.keys import HUB, Hub

OK, DEGRADED, DOWN = "ok", "degraded", "down"


async def live(request: web.Request) -> web.Response:
    """200 as long as anything is answered at all; nothing is asked of anybody for it."""
    return _answer({"status": OK})


async def ready(request: web.Request) -> web.Response:
    """200 when this hub should be sent requests, else 503 with what it waits for."""
    hub = request.app[HUB]
    checks = await _checks(hub)
    waits = ["stopping"] if hub.is_stopping else [*hub.waits]
    waits += [name for name, state in checks.items() if state == DOWN]
    status = DOWN if waits else _worst(checks)
    return _answer({"status": status, "waitsFor": waits}, status=503 if waits else 200)


async def summary(request: web.Request) -> web.Response:
    """All of it at once, for people. Always 200: it is the answer, not the hub, that says how things are."""
    hub = request.app[HUB]
    checks = await _checks(hub)
    return _answer(
        {
            "status": _worst(checks),
            "version": __version__,
            "uptimeSeconds": round(time.time() - hub.started_at, 1),
            "checks": checks,
        }
    )


async def _checks(hub: Hub) -> dict[str, str]:
    return {
        "database": OK if await hub.database.is_reachable() else DOWN,
        "redis": OK if hub.followers.why_doorbell_is_down is None else DEGRADED,
        "followers": OK if hub.followers.is_healthy else DOWN,
        "hearing": OK if hub.hearing.is_well else DOWN,
    }


def _worst(checks: dict[str, str]) -> str:
    return max(checks.values(), key=(OK, DEGRADED, DOWN).index)


def _answer(body: dict[str, object], status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")
