"""`brigade serve --workers`: several processes on one port, none of which is missed or outlives its parent."""

import os
import signal
from contextlib import suppress

import aiohttp

from tests.support.houses import SECRET
from tests.support.ports import a_free_port
from tests.support.processes import Brigade, are_gone, brigade, family_of

WORKERS = 2


async def test_workers_share_a_port_and_one_that_dies_is_replaced(database_url: str, redis_url: str) -> None:
    port = a_free_port()
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "BRIGADE_SECRET": SECRET, "HOST": "127.0.0.1"}
    async with brigade("serve", "--workers", str(WORKERS), "--port", str(port), environment=settings) as running:
        first = await _open(running, WORKERS)
        url = f"http://127.0.0.1:{port}/health/ready"
        assert await _is_ready(url)
        family = family_of(running.pid) - {running.pid}
        assert len(family) == WORKERS
        os.kill(min(family), signal.SIGKILL)
        await running.hears("A worker died and is started again")
        assert len(await _open(running, WORKERS + 1)) == len(first) + 1
        assert await _is_ready(url)
        family = family_of(running.pid)
        running.kill(signal.SIGTERM)
        assert await running.ends() == 0
        await are_gone(family)


async def test_no_worker_outlives_a_parent_that_is_killed(database_url: str, redis_url: str) -> None:
    settings = {"DATABASE_URL": database_url, "REDIS_URL": redis_url, "BRIGADE_SECRET": SECRET}
    arguments = ("serve", "--workers", str(WORKERS), "--port", str(a_free_port()))
    async with brigade(*arguments, environment=settings) as running:
        await _open(running, WORKERS)
        family = family_of(running.pid)
        running.kill(signal.SIGKILL)
        with suppress(AssertionError):
            await running.ends()
        await are_gone(family)


async def _open(running: Brigade, count: int) -> list[str]:
    """Wait until so many hubs have said that they are open; their instances."""
    await running.hears_often(r"The house is open", count)
    return [line for line in running.errors if "The house is open" in line]


async def _is_ready(url: str) -> bool:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status == 200
