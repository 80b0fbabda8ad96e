"""The host: finds a free table with enough seats, seats the party, and has the table cleared when it has gone."""

import asyncio
import contextlib
from dataclasses import dataclass, field

from hub.caller import Door, Refusal
from hub.events.floor import TableStatus
from hub.simulation.clock import MINUTE, Clock
from hub.simulation.ear import Listening, RoomClosed
from hub.simulation.screens import FloorScreen
from hub.simulation.tally import Tally

PATIENCE_SECONDS = 45 * MINUTE
CLEARING_SECONDS = 3 * MINUTE


@dataclass(frozen=True, slots=True)
class Seated:
    """A party at its table, with the link that opens it."""

    table_id: str
    link: str


@dataclass(slots=True)
class Host:
    """One host with one tablet. Tables that were promised are not promised twice."""

    door: Door
    floor: Listening[FloorScreen]
    clock: Clock
    tally: Tally
    promised: set[str] = field(default_factory=set)

    async def seats(self, covers: int) -> Seated | None:
        """A table for so many, as soon as there is one; None where the party lost patience."""
        with contextlib.suppress(TimeoutError, RoomClosed):
            async with asyncio.timeout(PATIENCE_SECONDS / self.clock.speed):
                while True:
                    await self.floor.until(lambda: self._free_table(covers) is not None)
                    seated = await self._seats_at(self._free_table(covers), covers)
                    if seated is not None:
                        return seated
        self.tally.turned_away += 1
        return None

    async def clears(self, table_id: str) -> None:
        """The party leaves, if it is still there, the table is cleared, and is free again."""
        table = self.floor.screen.tables.get(table_id)
        if table is None or table.status is not TableStatus.DIRTY:
            await self._sets(table_id, TableStatus.DIRTY)
        await self.clock.sleep(CLEARING_SECONDS)
        await self._sets(table_id, TableStatus.FREE)

    async def _seats_at(self, table_id: str | None, covers: int) -> Seated | None:
        if table_id is None:
            return None
        self.promised.add(table_id)
        try:
            seating = await self.door.ask(f"/tables/{table_id}/seatings", {"covers": covers})
            self.tally.seatings += 1
            # Until the tablet shows it the table would still look free.
            await self.floor.until(lambda: not self._is_free(table_id))
        except Refusal as refusal:
            self.tally.refusals[refusal.code] += 1
            return None
        finally:
            self.promised.discard(table_id)
        return Seated(table_id, seating["guestLink"])

    async def _sets(self, table_id: str, status: TableStatus) -> None:
        try:
            await self.door.ask(f"/tables/{table_id}", {"status": status}, method="PATCH")
        except Refusal as refusal:
            self.tally.refusals[refusal.code] += 1

    def _free_table(self, covers: int) -> str | None:
        """The smallest that is enough."""
        tables = self.floor.screen.tables
        free = [one for one in tables if one not in self.promised and self._is_free(one)]
        enough = [one for one in free if tables[one].seats >= covers]
        return min(enough, key=lambda one: tables[one].seats, default=None)

    def _is_free(self, table_id: str) -> bool:
        table = self.floor.screen.tables.get(table_id)
        return table is not None and table.status is TableStatus.FREE
