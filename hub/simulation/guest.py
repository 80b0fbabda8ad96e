"""Guests with telephones: with the link they were given they follow their table or their order, and nothing else.

Only so many do at once; a full house with a socket each is a matter for a load test.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hub.audience import order_room, table_room
from hub.ids import OrderId, TableId
from hub.simulation.crew import Crew
from hub.simulation.ear import Ear, Listening, RoomClosed
from hub.simulation.screens import OVER, OrderScreen, S, TableScreen

SOCKETS_MAX = 20
CLOSING_SECONDS = 20.0
"""How soon after a party has left its table's room must be closed to it."""


@dataclass(slots=True)
class Guests:
    """Whoever follows along tonight."""

    crew: Crew
    following: int = 0

    @asynccontextmanager
    async def at_table(self, table_id: str, link: str) -> AsyncIterator[None]:
        """A party follows its table until it has left, and is shown out then."""
        async with self._follow(str(table_room(TableId(UUID(table_id)))), TableScreen, link) as telephone:
            yield
            if telephone is not None and not await _comes(telephone, lambda: telephone.closed_by is not None):
                self.crew.tally.breaks(telephone.room, "the room stayed open to a party that had left")

    @asynccontextmanager
    async def with_order(self, order_id: str, link: str) -> AsyncIterator[None]:
        """A guest follows an order until it is closed, and sees it being closed."""
        async with self._follow(str(order_room(OrderId(UUID(order_id)))), OrderScreen, link) as telephone:
            yield
            if telephone is not None and not await _comes(telephone, lambda: telephone.screen.status in OVER):
                self.crew.tally.breaks(telephone.room, "the guest never saw that the order was closed")

    @asynccontextmanager
    async def _follow(self, room: str, screen: type[S], link: str) -> AsyncIterator[Listening[S] | None]:
        """None where enough people look at their telephones already, or this one does not work."""
        if self.following >= SOCKETS_MAX:
            yield None
            return
        self.following += 1
        ear = self.crew.guests_ear(self.crew.guests_door(link), "telephone")
        try:
            telephone = await self._open(ear, room, screen)
            yield telephone
            if telephone is not None:
                await self.crew.auditor.finish(telephone)
        finally:
            self.following -= 1
            await ear.put_away()

    async def _open(self, ear: Ear, room: str, screen: type[S]) -> Listening[S] | None:
        try:
            return await ear.open(room, screen)
        except RoomClosed as why:
            self.crew.tally.is_troubled(f"A guest could not follow. {why}")
            return None


async def _comes(telephone: Listening[Any], is_so: Callable[[], bool]) -> bool:
    """Whether it becomes so on this telephone, soon enough."""
    try:
        async with asyncio.timeout(CLOSING_SECONDS):
            await telephone.until(is_so)
    except (TimeoutError, RoomClosed):
        return is_so()
    return True
