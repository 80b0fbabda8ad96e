"""One process per core on one port: starts the workers, restarts one that dies or gives up, and stops them all.

A worker holds the other end of a pipe, so that none outlives its parent, whatever became of it. The kernel spreads
connections over the workers (SO_REUSEPORT); they hear each other through the doorbell as any two hubs do.
"""

import asyncio
import os
import signal
import sys
import time

import structlog

log = structlog.get_logger("brigade.workers")

RESTART_SECONDS_MIN = 0.2
RESTART_SECONDS_MAX = 5.0
STOP_SECONDS_MAX = 6.0
STEADY_SECONDS = 10.0
"""A worker that lived so long is restarted at once when it dies."""

WORKER = "BRIGADE_WORKER"
"""Set in a worker's environment: which one it is, from 0. Its standard input ends when its parent does."""


async def keep_workers(count: int, arguments: list[str]) -> None:
    """Run `python -m hub <arguments>` so many times until SIGTERM or SIGINT, and then stop them all."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with asyncio.TaskGroup() as workers:
        for index in range(count):
            workers.create_task(_keep_one(index, arguments, stop), name=f"worker-{index}")


async def _keep_one(index: int, arguments: list[str], stop: asyncio.Event) -> None:
    pause = RESTART_SECONDS_MIN
    while not stop.is_set():
        began = time.monotonic()
        worker = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "hub",
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            env={**os.environ, WORKER: str(index)},
            start_new_session=True,
        )
        await _until_it_ends(worker, stop)
        if stop.is_set():
            return
        if time.monotonic() - began > STEADY_SECONDS:
            pause = RESTART_SECONDS_MIN
        log.warning("A worker died and is started again.", worker=index, status=worker.returncode, in_seconds=pause)
        try:
            await asyncio.wait_for(stop.wait(), pause)
        except TimeoutError:
            pause = min(2 * pause, RESTART_SECONDS_MAX)


async def _until_it_ends(worker: asyncio.subprocess.Process, stop: asyncio.Event) -> None:
    """Until the worker dies, or is told to stop and does."""
    ended, stopped = asyncio.create_task(worker.wait()), asyncio.create_task(stop.wait())
    await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if worker.returncode is None:
        worker.terminate()
        try:
            await asyncio.wait_for(asyncio.shield(ended), STOP_SECONDS_MAX)
        except TimeoutError:
            worker.kill()
    await ended


async def when_parent_ends(stop: asyncio.Event) -> None:
    """In a worker: set `stop` when standard input ends, which is when the parent is gone."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    try:
        await reader.read()
    finally:
        transport.close()
    stop.set()
