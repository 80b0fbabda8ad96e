"""The control run: with plain python-socketio in the hub's place the same harness must see what is lost."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from random import Random

import aiohttp
import asyncpg

from hub.embedded import Servers
from tests.chaos import faults
from tests.chaos.devices import Device
from tests.chaos.faults import Scene
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import CONTROL, Stage, a_stage

DEVICES = 20
ENOUGH_FACTS = 100
"""In each room, while nothing happens."""
ROOMS = tuple(f"kitchen-{number}" for number in range(4))
CALM_SECONDS = 2.0
AWAY_SECONDS = 2.0
SETTLE_SECONDS = 5.0
PAUSE_SECONDS = 0.02
PATIENCE_SECONDS = 30.0


async def control(servers: Servers) -> Outcome:
    """Redis kill -9 for two seconds, and a hub's: a house without a ledger never hears of what was said meanwhile."""
    dice = Random(1)
    async with a_stage(servers, program=CONTROL) as stage:
        devices = [_device(stage, number) for number in range(DEVICES)]
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(device.until(Device.is_there) for device in devices))
        async with _saying(stage, dice):
            async with asyncio.timeout(PATIENCE_SECONDS):
                await asyncio.gather(*(device.until(_has_heard_enough) for device in devices))
        calm = await _never_heard(stage, devices)
        async with _saying(stage, dice):
            async with faults.redis_killed(Scene(stage, devices, dice)):
                await asyncio.sleep(AWAY_SECONDS)
            async with faults.hub_killed(Scene(stage, devices, dice)):
                await asyncio.sleep(AWAY_SECONDS)
            await asyncio.sleep(CALM_SECONDS)
        lost = await _never_heard(stage, devices)
        await asyncio.gather(*(device.put_away() for device in devices))
    return Outcome(
        "control: plain python-socketio in the hub's place",
        (
            Figure("lost while nothing happens", calm, 0),
            Figure("lost where the hub loses none", lost, 1, is_least=True),
        ),
    )


@asynccontextmanager
async def _saying(stage: Stage, dice: Random) -> AsyncIterator[None]:
    """Facts are stated inside this context; at its end whoever is still to hear of one has had the time."""
    is_over = asyncio.Event()
    saying = [asyncio.create_task(_says(stage, room, dice, is_over)) for room in ROOMS]
    yield
    is_over.set()
    await asyncio.gather(*saying)
    await asyncio.sleep(SETTLE_SECONDS)


def _device(stage: Stage, number: int) -> Device:
    device = Device(stage.web, stage.doors, "anybody", f"tablet {number}", [ROOMS[number % len(ROOMS)]], Random(number))
    device.stays()
    return device


def _has_heard_enough(device: Device) -> bool:
    (glass,) = device.glasses.values()
    return len(glass.now.heard) >= ENOUGH_FACTS


async def _says(stage: Stage, room: str, dice: Random, is_over: asyncio.Event) -> None:
    while not is_over.is_set():
        with suppress(aiohttp.ClientError, OSError, TimeoutError):
            url = f"{dice.choice(stage.hubs).url}/say/{room}"
            async with stage.web.post(url, timeout=aiohttp.ClientTimeout(10)) as answer:
                await answer.read()
        await asyncio.sleep(PAUSE_SECONDS)


async def _never_heard(stage: Stage, devices: Sequence[Device]) -> int:
    line = await asyncpg.connect(stage.database_url)
    try:
        rows = await line.fetch("select room, seq from said")
    finally:
        await line.close()
    said = {(row["room"], row["seq"]) for row in rows}
    lost = 0
    for device in devices:
        (glass,) = device.glasses.values()
        expected = {seq for room, seq in said if room == glass.room and seq > glass.now.began_at}
        lost += len(expected - set(glass.now.heard))
    return lost
