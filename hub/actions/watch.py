"""Watching the clock: looks every few seconds whether somebody waits too long, and has the alerts raised.

Every hub watches, since any of them may die; the deed sees to it that an alert is raised once. It asks the database and
nobody else, so a hub that hears nothing watches as well as any other.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from hub.actions.deed import Deeds
from hub.actions.glass import Glass
from hub.commands.house import CalmAlerts, HouseCommand, RaiseAlerts
from hub.domain.refusals import Refused
from hub.people import the_house
from hub.store import alerts
from hub.store.database import Database

log = structlog.get_logger("brigade.watch")

LOOK_EVERY_SECONDS = 2.0
"""A ticket that nobody shows is told of within ten seconds: five that it may take, this, and what telling takes."""


@asynccontextmanager
async def watching(
    database: Database, deeds: Deeds, glass: Glass, every_seconds: float = LOOK_EVERY_SECONDS
) -> AsyncIterator[None]:
    """Watch for as long as the context lasts. A database that is away is waited for."""
    task = asyncio.create_task(_watch(database, deeds, glass, every_seconds), name="watch")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def look(database: Database, deeds: Deeds) -> None:
    """Look once. Raises what the database raises; a house that cannot be looked after keeps none of the others."""
    due = await database.glance(alerts.due)
    for house in sorted(due.to_calm):
        await _see_to(CalmAlerts(restaurant_id=house), deeds)
    for house in sorted(due.to_raise):
        await _see_to(RaiseAlerts(restaurant_id=house), deeds)


async def _see_to(command: HouseCommand, deeds: Deeds) -> None:
    try:
        await deeds.do(command, by=the_house(command.restaurant_id))
    except Refused as refusal:
        log.warning("Nobody could be looked after just now.", code=refusal.code, restaurant=str(command.restaurant_id))


async def _watch(database: Database, deeds: Deeds, glass: Glass, every_seconds: float) -> None:
    while True:
        await asyncio.sleep(every_seconds)
        try:
            # What screens have shown, and this hub has not written yet, is no reason to alert anybody. Where it cannot
            # be written, a false alarm is better than none.
            with suppress(Refused):
                await glass.write()
            await look(database, deeds)
        except Refused as refusal:
            log.warning("Nobody could be looked after just now.", code=refusal.code)
        except Exception:
            # The watch must not end because of one bad look; the next one is due in a moment.
            log.exception("A look at who waits failed.")
