"""A hub that is asked to end, as a real process: nobody who was on their way finds a closed door."""

import signal
from pathlib import Path

import aiohttp

from tests.support.databases import address_of, name_of
from tests.support.houses import SECRET
from tests.support.processes import brigade


async def test_whoever_asks_in_the_moment_of_the_end_is_answered_and_told_to_hang_up(
    database_url: str, redis_url: str, postgres_url: str, tmp_path: Path
) -> None:
    environment = {
        "DATABASE_URL": address_of(postgres_url, name_of(database_url)),
        "REDIS_URL": redis_url,
        "BRIGADE_SECRET": SECRET,
    }
    async with brigade("serve", "--port", "0", environment=environment) as hub:
        url = await hub.url()
        async with aiohttp.ClientSession() as web:
            hub.kill(signal.SIGTERM)
            await hub.hears("The house closes")
            async with web.get(url + "/health/live") as answer:
                assert (answer.status, answer.headers.get("Connection")) == (200, "close")
        assert await hub.ends() == 0
