"""The hub's numbers, in the text that Prometheus reads. Which there are, and why, is `hub.telemetry`'s business."""

from aiohttp import web
from prometheus_client.exposition import choose_encoder

from hub.keys import HUB, Hub


async def show(request: web.Request) -> web.Response:
    """Every metric of this hub as it is now."""
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return web.Response(body=encode(request.app[HUB].metrics.registry), headers={"Content-Type": content_type})


def application(hub: Hub) -> web.Application:
    """An application that has nothing but `/metrics`, for the port of its own that settings may ask for."""
    app = web.Application()
    app[HUB] = hub
    app.router.add_get("/metrics", show)
    return app
