"""What must hold when time itself is wrong: clocks that are off, and a database that is yesterday's."""

import asyncio
import sys
from collections.abc import Sequence

import asyncpg

from hub.audience import Room, Scope, pass_room, restaurant_scope
from hub.embedded import Servers
from hub.store.database import Database
from tests.chaos.devices import Device
from tests.chaos.evening import SMALL, an_evening
from tests.chaos.guarantees.houses import (
    PATIENCE_SECONDS,
    a_device,
    a_house_on_stage,
    all_hold,
    all_there,
    judged,
    of_verdict,
)
from tests.chaos.guarantees.measuring import SEED, WARM_UP_SECONDS, outcome
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import REPOSITORY, Stage, a_stage
from tests.support.databases import name_of, run_as_owner
from tests.support.ledgers import record

HOUR_SECONDS = 3_600
OFF_CLOCK = ("-m", "tests.chaos.off_clock")
EVENING_SECONDS = 8.0
SCREENS = 20
KEPT, LOST, AFTERWARDS = 50, 30, 60


async def clocks_off(servers: Servers) -> Outcome:
    """One hub an hour ahead, one an hour behind; tokens are signed by both."""
    async with a_stage(servers, are_open=False) as stage:
        for hub, shift in zip(stage.hubs, (HOUR_SECONDS, -HOUR_SECONDS), strict=True):
            hub.program = (*OFF_CLOCK, str(shift), "serve", "--port")
        await stage.open_hubs()
        async with an_evening(stage, seed=SEED, size=SMALL) as evening:
            await asyncio.sleep(WARM_UP_SECONDS + EVENING_SECONDS)
            dropped = sum(device.connections > 1 for device in evening.devices)
            refused = sum(device.refused is not None for device in evening.devices)
    return outcome(
        "clocks of hubs an hour off, ahead and behind",
        evening,
        Figure("sockets dropped", dropped, 0),
        Figure("sockets refused", refused, 0),
    )


async def database_restored(servers: Servers) -> Outcome:
    """Yesterday's backup under the old name: everybody is told, and takes a fresh board."""
    async with a_house_on_stage(servers) as (stage, house, database):
        room, scope = pass_room(house.id), restaurant_scope(house.id)
        backup = f"{name_of(stage.database_url)}_backup"
        await record(database, scope, *[[room]] * KEPT)
        await database.close()
        await _copied(stage, backup)
        try:
            devices = [a_device(stage, house, f"tablet {number}", [room]) for number in range(SCREENS)]
            await all_there(devices)
            await _record(stage, scope, room, LOST)
            await all_hold(devices, KEPT + LOST)
            name = name_of(stage.database_url)
            await run_as_owner(
                servers.postgres_url, f"drop database {name} with (force)", f"create database {name} template {backup}"
            )
            # More than was lost: a number alone would not show that it is another ledger.
            await _record(stage, scope, room, AFTERWARDS)
            outcome = await _all_told(stage, devices, "the database restored from yesterday's backup")
        finally:
            await run_as_owner(servers.postgres_url, f"drop database {backup} with (force)")
    return outcome


async def database_put_back(servers: Servers) -> Outcome:
    """The same in place, row by row, which only `brigade new-epoch` can tell from the old ledger."""
    async with a_house_on_stage(servers) as (stage, house, database):
        room, scope = pass_room(house.id), restaurant_scope(house.id)
        await record(database, scope, *[[room]] * KEPT)
        devices = [a_device(stage, house, f"tablet {number}", [room]) for number in range(SCREENS)]
        await all_there(devices)
        await record(database, scope, *[[room]] * LOST)
        await all_hold(devices, KEPT + LOST)
        line = await asyncpg.connect(stage.database_url)
        await line.execute("delete from ledger where scope = $1 and seq > $2", scope, KEPT)
        await line.execute("update ledger_head set seq = $2 where scope = $1", scope, KEPT)
        await line.close()
        await _new_epoch(stage)
        await _record(stage, scope, room, AFTERWARDS)
        return await _all_told(stage, devices, "the database put back in place, and `brigade new-epoch`")


async def _copied(stage: Stage, backup: str) -> None:
    """A copy, made while nobody is connected: hubs are kept out for a moment."""
    name = name_of(stage.database_url)
    for hub in stage.hubs:
        hub.to_postgres.cut()
    await run_as_owner(
        stage.servers.postgres_url,
        f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'",
        f"create database {backup} template {name}",
    )
    for hub in stage.hubs:
        hub.to_postgres.mend()


async def _record(stage: Stage, scope: Scope, room: Room, count: int) -> None:
    database = await Database.open(stage.database_url)
    try:
        await record(database, scope, *[[room]] * count)
    finally:
        await database.close()


def _was_told(device: Device) -> bool:
    return all(len(glass.seen) > 1 for glass in device.glasses.values())


async def _all_told(stage: Stage, devices: Sequence[Device], title: str) -> Outcome:
    glasses = [glass for device in devices for glass in device.glasses.values()]
    async with asyncio.timeout(PATIENCE_SECONDS):
        for device in devices:
            await device.until(_was_told)
    await all_hold(devices, KEPT + AFTERWARDS)
    untold = sum(not glass.now.boards for glass in glasses)
    old = [glass.seen[0] for glass in glasses]
    for glass in glasses:
        # Of the ledger that is gone there is nothing left to hold them against.
        del glass.seen[:-1]
    verdict = await judged(stage, glasses)
    await asyncio.gather(*(device.put_away() for device in devices))
    short = sum(seen.held != KEPT + LOST for seen in old)
    return of_verdict(
        title,
        verdict,
        Figure("screens that were not told", untold, 0),
        Figure("screens that had not seen all of the old one", short, 0),
    )


async def _new_epoch(stage: Stage) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "hub", "new-epoch"),
        cwd=REPOSITORY,
        env={**stage.hubs[0].environment(), "DATABASE_URL": stage.database_url},
        stdout=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0
