"""The glass: what screens of stations say they have shown, noted at once and written a moment later.

Whoever says so waits for nothing. What is noted is written at most twice a second, for all devices in one statement,
outside of every deed; a database that is away is waited for. Whatever a station has seen thereby is calmed.
Not its business: what nobody has shown, which is watched for (`hub.actions.watch`).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog

from hub.actions.deed import Deeds
from hub.commands.house import CalmAlerts
from hub.domain.refusals import Refused
from hub.ids import RestaurantId, StationId
from hub.people import the_house
from hub.store import alerts, glass
from hub.store.database import Database
from hub.store.glass import Shown

log = structlog.get_logger("brigade.glass")

WRITE_EVERY_SECONDS = 0.5
FORGET_EVERY_SECONDS = 3600.0
DEVICES_NOTED_MAX = 10_000
"""Devices of which something is noted and not yet written. More only come together while the database is away."""


class Glass:
    """What this hub heard of its stations' devices. One per hub."""

    def __init__(self, database: Database, deeds: Deeds, every_seconds: float = WRITE_EVERY_SECONDS) -> None:
        self._database = database
        self._deeds = deeds
        self._every_seconds = every_seconds
        self._noted: dict[tuple[StationId, str], Shown] = {}
        self._has_news = asyncio.Event()
        self._writing = asyncio.Lock()

    def note(self, shown: Shown) -> None:
        """Remember it, and have it written soon."""
        device = shown.station_id, shown.device
        before = self._noted.pop(device, None)
        if before is not None and before.epoch == shown.epoch and before.seq > shown.seq:
            shown = before
        if len(self._noted) >= DEVICES_NOTED_MAX:
            # Whoever has said nothing for longest will say it again when there is something new to show.
            del self._noted[next(iter(self._noted))]
        self._noted[device] = shown
        self._has_news.set()

    async def write(self) -> None:
        """Write what is noted, now, and calm what was seen thereby. What could not be written stays noted.

        Raises what the database raises. At the return, whatever was noted before the call is written.
        """
        async with self._writing:
            to_calm = await self._write_noted() if self._noted else []
        for house in to_calm:
            # Where this fails the watch will do it, which looks for what is over as well.
            with suppress(Refused):
                await self._deeds.do(CalmAlerts(restaurant_id=house), by=the_house(house))

    async def _write_noted(self) -> list[RestaurantId]:
        """The houses in which something was seen thereby that an alert was raised about."""
        noted, self._noted = self._noted, {}
        try:
            async with self._database.transaction():
                await glass.keep(list(noted.values()))
                return await alerts.houses_to_calm({one.restaurant_id for one in noted.values()})
        except BaseException:
            # What was noted since is newer.
            self._noted = noted | self._noted
            self._has_news.set()
            raise

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Write for as long as the context lasts, and what is left at its end."""
        task = asyncio.create_task(self._write_for_ever(), name="glass")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            with suppress(Refused):
                await self.write()

    async def _write_for_ever(self) -> None:
        loop = asyncio.get_running_loop()
        forget_at = loop.time()
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            try:
                await self.write()
                if loop.time() >= forget_at:
                    forget_at = loop.time() + FORGET_EVERY_SECONDS
                    await self._forget_old()
            except Refused:
                # The database is away, and says so itself, once. What is noted stays, and is tried again.
                pass
            except Exception:
                # The writing must not end because of one bad write.
                log.exception("What screens have shown could not be written.")
            await asyncio.sleep(self._every_seconds)

    async def _forget_old(self) -> None:
        async with self._database.transaction():
            await glass.forget_old()
