"""One evening: houses with their devices, dinners at every table, what happens to all that, and the oracle at the end.

    async with an_evening(stage, seed=7) as evening:      # everybody is there, and the dinners have begun
        ...                                               # whatever is to happen
    evening.verdict                                       # what the oracle says of it

Not its business: what happens.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

from hub.audience import pass_room, station_room, waiters_room
from hub.people import Role
from hub.store.database import Database
from tests.chaos.crew import Asker, Book, Table, token_of
from tests.chaos.devices import Came, Device, Glass
from tests.chaos.oracle import Verdict, judge, settle
from tests.chaos.stage import Stage, shortened
from tests.support.houses import House, a_house

OPEN_SECONDS_MAX = 30.0
DINNER_END_SECONDS_MAX = 100.0


@dataclass(frozen=True, slots=True)
class Size:
    """How much goes on. Each house has six tables, and a guest's two devices at each table while somebody dines."""

    houses: int = 4
    cooks: int = 12
    waiters: int = 12
    pause_seconds: float = 0.05
    """Before each deed, on average."""


SMALL = Size(houses=2, cooks=4, waiters=3, pause_seconds=0.08)


@dataclass
class Evening:
    """What is there, and what was found at the end."""

    stage: Stage
    size: Size
    dice: Random
    houses: list[House] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    guests: set[Device] = field(default_factory=set)
    gone: list[Glass] = field(default_factory=list)
    book: Book = field(default_factory=Book)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    began_at: float = 0.0
    settled_seconds: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)
    _leaving: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def glasses(self) -> list[Glass]:
        """Every room on every device that is there."""
        return [glass for device in (*self.devices, *self.guests) for glass in device.glasses.values()]

    @property
    def came(self) -> list[Came]:
        """Every live entry on every screen."""
        return [one for glass in (*self.glasses, *self.gone) for one in glass.came]

    def device(self, name: str, token: str, *rooms: object) -> Device:
        """Another device, which stays."""
        device = Device(
            self.stage.web, self.stage.doors, token, name, [str(room) for room in rooms], Random(self.dice.random())
        )
        device.stays()
        return device

    def comes(self, house: House, room: str, link: str) -> "Guest":
        """A guest with a telephone, who looks on until they leave."""
        device = self.device(f"guest of {room}", link, room)
        self.guests.add(device)
        return Guest(self, device)

    async def leaves(self, device: Device) -> None:
        await device.put_away()
        self.guests.discard(device)
        self.gone += device.glasses.values()

    def leave_soon(self, device: Device) -> None:
        task = asyncio.get_running_loop().create_task(self.leaves(device))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def all_leave(self) -> None:
        for device in tuple(self.guests):
            await self.leaves(device)
        await asyncio.gather(*self._leaving)
        await asyncio.gather(*(device.put_away() for device in self.devices))


@dataclass(frozen=True, slots=True)
class Guest:
    evening: Evening
    device: Device

    def leaves(self) -> None:
        self.evening.leave_soon(self.device)


@asynccontextmanager
async def an_evening(stage: Stage, *, seed: int, size: Size = SMALL) -> AsyncIterator[Evening]:
    """Everybody comes; at the end of the context everything is mended, the dinners end, and all is compared."""
    evening = Evening(stage, size, Random(seed))
    evening.houses = await _houses(stage, size.houses)
    cooks = {house.id: _open(evening, house) for house in evening.houses}
    async with asyncio.timeout(OPEN_SECONDS_MAX):
        await asyncio.gather(*(device.until(Device.is_there) for device in evening.devices))
    tables = [table for house in evening.houses for table in _tables(evening, house, cooks[house.id])]
    evening.began_at = time.time()
    serving = [asyncio.create_task(table.serves(evening.is_over), name=f"table {table.name}") for table in tables]
    try:
        yield evening
        await stage.mend()
        evening.is_over.set()
        async with asyncio.timeout(DINNER_END_SECONDS_MAX):
            await asyncio.gather(*serving)
        evening.settled_seconds = await settle(stage, evening.glasses)
        there = evening.glasses
        evening.verdict = await judge(stage, there, evening.gone, evening.book)
        evening.verdict.wrongs += [f"trouble: {one}" for one in evening.book.troubles]
        evening.verdict.wrongs += [f"a log says {shortened(one)}" for one in stage.wrongs()]
    finally:
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)
        await evening.all_leave()


async def _houses(stage: Stage, count: int) -> list[House]:
    database = await Database.open(stage.database_url)
    try:
        return [await a_house(database, name=f"House {number}") for number in range(1, count + 1)]
    finally:
        await database.close()


def _open(evening: Evening, house: House) -> list[Device]:
    """The house's own devices; those of its cooks."""
    stations, cooks = list(house.stations.values()), list[Device]()
    for number in range(evening.size.cooks):
        at_pass = number % (len(stations) + 1) == len(stations)
        room = pass_room(house.id) if at_pass else station_room(house.id, stations[number % (len(stations) + 1)])
        cooks.append(evening.device(f"cook {number}", token_of(house, Role.COOK), room))
    evening.devices += cooks
    for number in range(evening.size.waiters):
        token = token_of(house, Role.WAITER)
        evening.devices.append(evening.device(f"waiter {number}", token, waiters_room(house.id)))
    return cooks


def _tables(evening: Evening, house: House, cooks: list[Device]) -> list[Table]:
    tables = []
    for name in house.tables:
        dice = Random(evening.dice.random())
        asker = Asker(evening.stage.counter, evening.stage.addresses, house, evening.book, dice)
        tables.append(Table(house, asker, name, cooks, evening.comes, evening.book, dice, evening.size.pause_seconds))
    return tables
