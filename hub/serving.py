"""Keeping a house open: a port, the signals, and a stop that leaves nobody in the middle of anything.

Stopping, in order: no longer ready → sockets are told when to return, and none is let in → requests are, for a moment,
and each is told to hang up → no new connections → requests under way are finished → followers, doorbell and database
close. A hub that has gone deaf for good stops by itself, the same way.
"""

import asyncio
import gc
import os
import signal
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack

import structlog
from aiohttp import web

import api.metrics
from hub.actions.identity import Demo
from hub.app import House, open_house
from hub.config import BadSetting, Settings
from hub.keys import Hub
from hub.workers import when_parent_ends

log = structlog.get_logger("brigade")

DEAF = 75
"""The status of a process that ended because its hub stayed deaf: EX_TEMPFAIL, since another may well do better."""
LEAVING_SECONDS_MAX = 10.0
"""How long a hub that gave up may take to close. Whatever made it deaf may keep it from that, too."""
REQUESTS_UNDER_WAY_SECONDS_MAX = 2.0
LAST_ARRIVALS_SECONDS = 0.3
"""How long a hub that stops still lets requests in: whoever sent them had not heard of it. Each is told to hang up."""
LAST_WORDS_SECONDS = 0.05
LINGER_SECONDS_MAX = 2.0
"""How long a connection that is to be closed is still read from, so that whoever sends too much gets its answer."""
IDLE_SECONDS_MAX = 75.0
"""How long a connection may stay open with nothing to say: longer than the proxies before a hub keep theirs."""
BACKLOG = 4096
COLLECTOR_THRESHOLDS = (1_000, 10, 1_000)
"""After so many more objects the youngest are looked through; after so many times that, the next older ones as well."""


class StayedDeaf(Exception):
    """The hub did not hear itself any more, and has closed. Whoever runs it opens another."""


async def keep_open(
    settings: Settings,
    listener: socket.socket,
    *,
    demo: Demo | None = None,
    stop: asyncio.Event | None = None,
    waits: Sequence[str] = (),
    once_open: Callable[[House, int], Awaitable[None]] | None = None,
) -> None:
    """Open a house on a port that was taken, and keep it open until SIGTERM, SIGINT or `stop`.

    Where it is a `demo`, anybody who reaches the port may sign in. `once_open` is awaited when the port answers, with
    the port it is; until it has taken all of `waits` away from the hub, the hub is not ready. Raises StayedDeaf, with
    everything closed, where the hub has given up hearing itself.
    """
    stop = stop or asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    in_time = threading.Timer(LEAVING_SECONDS_MAX, _end_at_once)
    in_time.daemon = True
    try:
        async with open_house(settings, demo=demo) as house, AsyncExitStack() as doors:
            house.hub.waits.extend(waits)
            runner = await runner_of(house)
            doors.push_async_callback(runner.cleanup)
            door = await open_door(house, runner, listener)
            await _open_metrics(house.hub, settings, doors)
            port: int = listener.getsockname()[1]
            _let_nobody_wait_for_the_collector()
            log.info("The house is open.", url=f"http://{settings.host}:{port}", instance=house.hub.instance)
            if once_open is not None:
                await once_open(house, port)
            await _until_either(stop, house.hub.hearing.gave_up)
            is_deaf = not stop.is_set()
            if is_deaf:
                in_time.start()
            log.info("The house closes.", is_deaf=is_deaf)
            await _close(house, door, doors)
    finally:
        in_time.cancel()
    if is_deaf:
        raise StayedDeaf


async def _close(house: House, door: asyncio.Server, doors: AsyncExitStack) -> None:
    house.hub.is_stopping = True
    await asyncio.gather(house.rooms.say_goodbye(), asyncio.sleep(LAST_ARRIVALS_SECONDS))
    door.close()
    # Whoever came through it in the last moment has been let in, and may not have been heard yet.
    await asyncio.sleep(LAST_WORDS_SECONDS)
    await doors.aclose()
    await house.hub.followers.settle()


async def _until_either(*events: asyncio.Event) -> None:
    waiting = [asyncio.create_task(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in waiting:
            one.cancel()


def _end_at_once() -> None:
    """End the process as it is, from another thread: its own loop may be what is stuck."""
    log.critical("A deaf hub could not close in time; its process ends without that.")
    os._exit(DEAF)


async def runner_of(house: House) -> web.AppRunner:
    """What answers a house's requests, set up. Clean it up after its door is closed."""
    runner = web.AppRunner(
        house.application,
        access_log=None,
        handle_signals=False,
        keepalive_timeout=IDLE_SECONDS_MAX,
        shutdown_timeout=REQUESTS_UNDER_WAY_SECONDS_MAX,
        lingering_time=LINGER_SECONDS_MAX,
    )
    await runner.setup()
    return runner


async def open_door(house: House, runner: web.AppRunner, listener: socket.socket) -> asyncio.Server:
    """Let connections in, past the house's counter."""
    server = runner.server
    assert server is not None, "set up"
    return await asyncio.get_running_loop().create_server(house.counter.tend(server), sock=listener, backlog=BACKLOG)


def _let_nobody_wait_for_the_collector() -> None:
    """Look for garbage in cycles among the young, and all but never among what has been there for long.

    A look through everything stands the loop still: for 75 ms with a thousand sockets, most of it spent on modules and
    models that never go. What a hub makes by the thousand goes without a look, when nobody holds it any more.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR_THRESHOLDS)


def take_port(host: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """Take the port, before anything else is started; 0 takes a free one. Raises BadSetting where it cannot be had.

    A shared one may be taken by several processes, over which the kernel then spreads the connections.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if is_shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise BadSetting(f"Cannot listen on {host}:{port}: {error.strerror}. Choose another PORT or HOST.") from None
    return listener


async def keep_open_as_worker(settings: Settings, index: int, *, demo: Demo | None = None) -> None:
    """As `keep_open`, on a port shared with the other workers, and no longer than the parent lives."""
    stop = asyncio.Event()
    parent = asyncio.create_task(when_parent_ends(stop), name="parent")
    if settings.metrics_port is not None:
        settings = settings.model_copy(update={"metrics_port": settings.metrics_port + index})
    try:
        await keep_open(settings, take_port(settings.host, settings.port, is_shared=True), demo=demo, stop=stop)
    finally:
        parent.cancel()


async def _open_metrics(hub: Hub, settings: Settings, doors: AsyncExitStack) -> None:
    """A port for this process's own metrics: behind a shared port, nobody could say which worker answers."""
    if settings.metrics_port is not None:
        listener = take_port(settings.host, settings.metrics_port)
        runner = web.AppRunner(api.metrics.application(hub), access_log=None)
        await runner.setup()
        doors.push_async_callback(runner.cleanup)
        await web.SockSite(runner, listener).start()
