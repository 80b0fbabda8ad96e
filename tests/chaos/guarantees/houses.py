"""A house without dinners, for rows that say themselves what is recorded: its devices, and what becomes of them."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from random import Random

from hub.audience import Room
from hub.embedded import Servers
from hub.follow import RedisDoorbell
from hub.people import Role
from hub.store.database import Database
from hub.telemetry import Metrics
from hub.tokens import derived_key
from tests.chaos.crew import token_of
from tests.chaos.devices import Device, Glass
from tests.chaos.oracle import Verdict, read_ledgers, settle, was_given_everything
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import Stage, a_stage, shortened
from tests.support.houses import SECRET, House, a_house

PATIENCE_SECONDS = 60.0


@asynccontextmanager
async def a_house_on_stage(
    servers: Servers, *, hubs: int = 2, is_cabled: bool = True
) -> AsyncIterator[tuple[Stage, House, Database]]:
    """A house, and a database by which to record in it; what is recorded is rung like any hub's."""
    async with a_stage(servers, hubs=hubs, is_cabled=is_cabled) as stage:
        database = await Database.open(stage.database_url)
        doorbell = RedisDoorbell(servers.redis_url, key=derived_key(SECRET, "rings"), metrics=Metrics())
        database.listen(doorbell.ring)
        try:
            async with doorbell.running(lambda ring: None, lambda: None):
                yield stage, await a_house(database), database
        finally:
            await database.close()


def a_device(stage: Stage, house: House, name: str, rooms: Sequence[Room]) -> Device:
    """A manager's tablet in these rooms, which stays."""
    device = Device(
        stage.web, stage.doors, token_of(house, Role.MANAGER), name, [str(room) for room in rooms], Random(name)
    )
    device.stays()
    return device


async def all_there(devices: Iterable[Device]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*(device.until(Device.is_there) for device in devices))


async def all_hold(devices: Iterable[Device], number: int) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        for device in devices:
            await device.until(lambda one: one.holds(number))


async def judged(stage: Stage, glasses: Sequence[Glass]) -> Verdict:
    """What the oracle says of these screens, once they have all there is."""
    await settle(stage, glasses, seconds=PATIENCE_SECONDS)
    ledgers, verdict = await read_ledgers(stage), Verdict()
    verdict.facts = ledgers.facts
    for glass in glasses:
        was_given_everything(glass, ledgers, verdict, is_there=True)
    verdict.wrongs += [f"a log says {shortened(one)}" for one in stage.wrongs()]
    return verdict


def of_verdict(title: str, verdict: Verdict, *figures: Figure) -> Outcome:
    """The figures of a row, after those that hold for every row."""
    nothing_lost = (Figure("lost", verdict.lost, 0), Figure("twice", verdict.doubled, 0))
    return Outcome(title, (*nothing_lost, *figures), () if verdict.is_clean else (str(verdict),))
