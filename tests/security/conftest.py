"""A real hub, and a crowd outside of it."""

from collections.abc import AsyncIterator

import pytest

from hub.turnstile import Turnstile
from tests.security.signing_in import PROXIES, Crowd, a_crowd
from tests.support.hubs import RunningHub, a_hub


@pytest.fixture
async def hub(database_url: str, redis_url: str) -> AsyncIterator[RunningHub]:
    """It counts by itself: where Redis is slow for a moment, as on a busy machine, other figures hold."""
    async with a_hub(database_url, redis_url, trusted_proxies=PROXIES) as hub:
        hub.hub.turnstile = Turnstile(None, hub.hub.metrics)
        yield hub


@pytest.fixture
async def crowd(hub: RunningHub) -> AsyncIterator[Crowd]:
    async with a_crowd(hub) as crowd:
        yield crowd
