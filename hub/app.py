"""The composition root: what a hub is made of, in the order in which it starts. What starts first stops last.

This module and `hub.__main__` alone know the doors. Not its business: processes, ports and signals (`hub.serving`).
"""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import asyncpg
from aiohttp import web

import api.routes
import api.screens
import rooms.asyncapi
import rooms.server
from api.counter import Counter
from hub.actions import DEEDS
from hub.actions.deed import Deeds
from hub.actions.glass import Glass
from hub.actions.identity import Demo, Identities
from hub.actions.watch import watching
from hub.boards.opening import Opening
from hub.config import BadSetting, Settings
from hub.follow import Followers, Hearing, LedgerPages, RedisDoorbell, RedisPulses
from hub.ids import new_id
from hub.keys import Hub
from hub.store.database import Database
from hub.telemetry import Metrics
from hub.tokens import Tokens, derived_key

RINGS = "rings"
"""The purpose for which the doorbell's key is derived."""
PULSES = "pulses"
"""The purpose for which the key is derived that seals what hubs tell each other of themselves."""


@dataclass(slots=True)
class House:
    """A hub with its doors: what `hub.serving` puts on a port."""

    hub: Hub
    application: web.Application
    counter: Counter
    rooms: rooms.server.Rooms


@asynccontextmanager
async def open_house(settings: Settings, *, demo: Demo | None = None) -> AsyncIterator[House]:
    """Everything that runs, in order. The doors are made but not yet open; with a demo, anybody may sign in to it."""
    metrics = Metrics()
    instance = str(new_id())
    async with AsyncExitStack() as running:
        database = await _database(settings)
        running.push_async_callback(database.close)
        tokens = Tokens(settings.brigade_secret, database.clock.now)
        doorbell = RedisDoorbell(settings.redis_url, key=derived_key(settings.brigade_secret, RINGS), metrics=metrics)
        followers = Followers(LedgerPages(database), doorbell, metrics, now=database.clock.now)
        identities = Identities(database, tokens)
        running.callback(identities.close)
        followers.add_listener(identities)
        database.listen(followers.hear)
        database.listen(doorbell.ring)
        await running.enter_async_context(followers.running())
        deeds = Deeds(DEEDS, database, metrics, tokens)
        glass = Glass(database, deeds)
        await running.enter_async_context(glass.writing())
        await running.enter_async_context(watching(database, deeds, glass))
        hub = Hub(
            settings=settings,
            metrics=metrics,
            database=database,
            followers=followers,
            hearing=Hearing(instance, database, followers, doorbell, metrics),
            pulses=RedisPulses(settings.redis_url, key=derived_key(settings.brigade_secret, PULSES), metrics=metrics),
            deeds=deeds,
            glass=glass,
            identities=identities,
            links=tokens,
            opening=Opening(database, followers, metrics),
            instance=instance,
            started_at=time.time(),
            screens=api.screens.digest(),
            demo=demo,
        )
        application = web.Application()
        api.routes.attach(application, hub, asyncapi=rooms.asyncapi.document)
        live = rooms.server.attach(application, hub)
        yield House(hub, application, api.routes.counter(hub), live)


async def _database(settings: Settings) -> Database:
    """The database, once it answers. Raises BadSetting where it does not; from then on it may come and go."""
    try:
        return await Database.open(settings.database_url, pool_size_max=settings.database_pool_size_max)
    except (OSError, asyncpg.PostgresError) as error:
        raise BadSetting(
            f"The database cannot be used: {error}. Is DATABASE_URL right, and was `brigade migrate` run?"
        ) from None
