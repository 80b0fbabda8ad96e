"""Watching the clock: looks every few seconds whether somebody waits too long, and has the alerts raised.

Every hub watches, since any of them may die; the deed sees to it that an alert is raised once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from hub.actions.deed import Deeds
from hub.commands.house import RaiseAlerts
from hub.domain.refusals import Refused
from hub.people import the_house
from hub.store import alerts
from hub.store.database import Database

log = structlog.get_logger("brigade.watch")

LOOK_EVERY_SECONDS = 5.0


@asynccontextmanager
async def watching(database: Database, deeds: Deeds, every_seconds: float = LOOK_EVERY_SECONDS) -> AsyncIterator[None]:
    """Watch for as long as the context lasts. A database that is away is waited for."""
    task = asyncio.create_task(_watch(database, deeds, every_seconds), name="watch")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def look(database: Database, deeds: Deeds) -> None:
    """Look once. Raises what the database raises."""
    async with database.snapshot():
        restaurants = await alerts.restaurants_with_somebody_waiting()
    for restaurant in sorted(restaurants):
        await deeds.do(RaiseAlerts(restaurant_id=restaurant), by=the_house(restaurant))


async def _watch(database: Database, deeds: Deeds, every_seconds: float) -> None:
    while True:
        await asyncio.sleep(every_seconds)
        try:
            await look(database, deeds)
        except Refused as refusal:
            log.warning("Nobody could be looked after just now.", code=refusal.code)
        except Exception:
            # The watch must not end because of one bad look; the next one is due in a moment.
            log.exception("A look at who waits failed.")
