"""Keeping a house open: a port, the signals, and a stop that leaves nobody in the middle of anything.

Stopping, in order: no longer ready → no new connections → sockets are told when to return → requests under way are
finished → followers, doorbell and database close.
"""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web

import api.metrics
from hub.app import House, open_house
from hub.config import BadSetting, Settings
from hub.keys import Hub
from hub.workers import when_parent_ends

log = structlog.get_logger("brigade")

REQUESTS_UNDER_WAY_SECONDS_MAX = 2.0
STOP_SECONDS_MAX = 4.5
BACKLOG = 4096
HEADER_SECONDS_MAX = 15.0


async def keep_open(
    settings: Settings,
    *,
    reuse_port: bool = False,
    stop: asyncio.Event | None = None,
    waits: Sequence[str] = (),
    once_open: Callable[[House, int], Awaitable[None]] | None = None,
) -> None:
    """Open a house and keep it open until SIGTERM, SIGINT or `stop`.

    `once_open` is awaited when the port answers, with the port it is; until it has taken all of `waits` away from the
    hub, the hub is not ready. Raises BadSetting where the port cannot be had.
    """
    stop = stop or asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_house(settings) as house:
        house.hub.waits.extend(waits)
        runner = web.AppRunner(
            house.application,
            access_log=None,
            handle_signals=False,
            shutdown_timeout=REQUESTS_UNDER_WAY_SECONDS_MAX,
        )
        await runner.setup()
        try:
            port = await _listen(runner, settings, reuse_port=reuse_port)
            metrics = await _open_metrics(house.hub, settings)
            log.info("The house is open.", url=f"http://{settings.host}:{port}", instance=house.hub.instance)
            if once_open is not None:
                await once_open(house, port)
            await stop.wait()
            log.info("The house closes.")
            house.hub.is_stopping = True
            for site in list(runner.sites):
                await site.stop()
            await house.rooms.say_goodbye()
        finally:
            await runner.cleanup()
            if metrics is not None:
                await metrics.cleanup()
        await house.hub.followers.settle()


async def keep_open_as_worker(settings: Settings, index: int) -> None:
    """As `keep_open`, on a port shared with the other workers, and no longer than the parent lives."""
    stop = asyncio.Event()
    parent = asyncio.create_task(when_parent_ends(stop), name="parent")
    if settings.metrics_port is not None:
        settings = settings.model_copy(update={"metrics_port": settings.metrics_port + index})
    try:
        await keep_open(settings, reuse_port=True, stop=stop)
    finally:
        parent.cancel()


async def _listen(runner: web.AppRunner, settings: Settings, *, reuse_port: bool) -> int:
    """Take the port; 0 takes a free one. Returns which it is."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if reuse_port:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise BadSetting(
            f"Cannot listen on {settings.host}:{settings.port}: {error.strerror}. Choose another PORT or HOST."
        ) from None
    await web.SockSite(runner, listener, backlog=BACKLOG).start()
    port: int = listener.getsockname()[1]
    return port


async def _open_metrics(hub: Hub, settings: Settings) -> web.AppRunner | None:
    """A port for this process's own metrics: behind a shared port, nobody could say which worker answers."""
    if settings.metrics_port is None:
        return None
    runner = web.AppRunner(api.metrics.application(hub), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.metrics_port).start()
    return runner
