"""Whole hubs for tests: everything a hub is made of, on a port of this machine, several of them on one database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from hub.app import House, open_house
from hub.config import Settings
from hub.keys import Hub
from hub.serving import open_door, runner_of, take_port
from rooms.server import Rooms
from tests.support.databases import PATIENCE
from tests.support.houses import SECRET


@dataclass(frozen=True)
class RunningHub:
    """A hub that answers on `url`."""

    house: House
    runner: web.AppRunner
    url: str

    @property
    def hub(self) -> Hub:
        return self.house.hub

    @property
    def rooms(self) -> Rooms:
        return self.house.rooms

    def metric(self, name: str, **labels: str) -> float:
        """What a metric of this hub says; 0 where it has said nothing yet."""
        return self.hub.metrics.registry.get_sample_value(name, labels) or 0.0


@asynccontextmanager
async def a_hub(database_url: str, redis_url: str, **settings: Any) -> AsyncIterator[RunningHub]:
    """A hub on this database. All that are opened so believe each other's tokens, and `tests.support.houses`' too.

    It waits longer than hubs do; `patience=1` is for tests in which something is held up that others wait for.
    """
    told = {"database_url": database_url, "redis_url": redis_url, "brigade_secret": SECRET, "patience": PATIENCE}
    chosen = Settings(**(told | settings))
    async with open_house(chosen) as house:
        runner = await runner_of(house)
        listener = take_port("127.0.0.1", 0)
        door = await open_door(house, runner, listener)
        try:
            yield RunningHub(house, runner, f"http://127.0.0.1:{listener.getsockname()[1]}")
        finally:
            door.close()
            await runner.cleanup()
