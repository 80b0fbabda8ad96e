"""A real hub, and a crowd outside of it, whose passwords are hashed so that a test of many is over soon."""

import os
from collections.abc import AsyncIterator

import pytest
from argon2 import PasswordHasher

from hub.actions import passwords
from hub.turnstile import Turnstile
from tests.security.__main__ import IN_FULL
from tests.security.signing_in import PROXIES, Crowd, a_crowd
from tests.support.hubs import RunningHub, a_hub

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where attacks are tried in full, passwords are hashed in earnest."""
    if IN_FULL not in os.environ:
        monkeypatch.setattr(passwords, "HASHER", QUICK)


@pytest.fixture
async def hub(database_url: str, redis_url: str, quick_hashes: None) -> AsyncIterator[RunningHub]:
    """It counts by itself: where Redis is slow for a moment, as on a busy machine, other figures hold."""
    async with a_hub(database_url, redis_url, trusted_proxies=PROXIES) as hub:
        hub.hub.turnstile = Turnstile(None, hub.hub.metrics)
        yield hub


@pytest.fixture
async def crowd(hub: RunningHub) -> AsyncIterator[Crowd]:
    async with a_crowd(hub) as crowd:
        yield crowd
