"""What must hold on the glass: whoever was away has everything in order, soon; and nobody waits."""

import asyncio
import time

import aiohttp

from hub.audience import Room, Scope, item_room, pass_room, restaurant_scope, station_room, waiters_room
from hub.embedded import Servers
from hub.people import Role
from hub.store.database import Database
from tests.chaos.apart import Apart, apart
from tests.chaos.crew import API, token_of
from tests.chaos.devices import Device
from tests.chaos.guarantees.houses import PATIENCE_SECONDS, a_device, a_house_on_stage, all_there, judged, of_verdict
from tests.chaos.guarantees.measuring import commits, loaded, outcome, percentile
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import pass_time
from tests.support.ledgers import record

MISSED_MUCH, MISSED_LITTLE = 12_000, 300
MISSED_LITTLE_TIMES = 20
AWAY_TOGETHER = 20
ABSENCES = ((1, 10), (600, 300), (8 * 3_600, 3_000))
"""Seconds, and how many entries are missed in them."""
WRITERS, ENTRIES, ENTRIES_EACH_TIME = 20, 100_000, 10
AT_ONCE_SECONDS = 20.0
CROWD = 2_000
LOOK_AHEAD_SECONDS, LOOK_EVERY_SECONDS, LOOK_SECONDS = 1.0, 0.02, 15.0
COMING_AT_ONCE = 50
"""When the house opens. It is their return that is measured."""


async def screens_away(servers: Servers) -> Outcome:
    """Ten minutes away, and twelve thousand entries in its room; and a moment away, and three hundred."""
    async with a_house_on_stage(servers) as (stage, house, database):
        room, scope = pass_room(house.id), restaurant_scope(house.id)
        device = a_device(stage, house, "tablet", [room])
        await all_there([device])
        glass = device.glasses[str(room)]
        await _misses(device, database, scope, room, MISSED_MUCH)
        recovered, _, much_seconds = glass.returns[-1]
        little = []
        for _ in range(MISSED_LITTLE_TIMES):
            await _misses(device, database, scope, room, MISSED_LITTLE)
            little.append(glass.returns[-1][2])
        verdict = await judged(stage, [glass])
        await device.put_away()
    return of_verdict(
        "device away 10 min, 12,000 entries in its room; 300 entries",
        verdict,
        Figure("not recovered and no board", recovered is None, 0),
        Figure("12,000 missed: back after", much_seconds, 3.0, "s"),
        Figure("300 missed: back after (median)", percentile(little, 0.5) * 1000, 100.0, "ms"),
    )


async def screens_away_for_hours(servers: Servers) -> Outcome:
    """Away for a second, for ten minutes and for a whole shift, while one hub goes on and the other is replaced."""
    async with a_house_on_stage(servers) as (stage, house, database):
        room, scope = pass_room(house.id), restaurant_scope(house.id)
        devices = [a_device(stage, house, f"tablet {number}", [room]) for number in range(AWAY_TOGETHER)]
        await all_there(devices)
        for seconds, missed in ABSENCES:
            await asyncio.gather(*(device.put_away() for device in devices))
            for _ in range(missed // ENTRIES_EACH_TIME):
                await record(database, scope, *[[room]] * ENTRIES_EACH_TIME)
            await pass_time(stage, seconds)
            await stage.hubs[0].close()
            await stage.hubs[0].start()
            for device in devices:
                device.stays()
            await all_there(devices)
        glasses = [glass for device in devices for glass in device.glasses.values()]
        returns = [one for glass in glasses for one in glass.returns[1:]]
        verdict = await judged(stage, glasses)
        await asyncio.gather(*(device.put_away() for device in devices))
    return of_verdict(
        "sockets cut for a second, ten minutes and eight hours",
        verdict,
        Figure("not recovered and no board", sum(recovered is None for recovered, _, _ in returns), 0),
        Figure("slowest return", max(seconds for _, _, seconds in returns), 3.0, "s"),
    )


async def screens_in_order(servers: Servers) -> Outcome:
    """Twenty writers in one house, two hubs, a hundred thousand entries."""
    async with a_house_on_stage(servers) as (stage, house, database):
        rooms = [pass_room(house.id), waiters_room(house.id)]
        devices = [a_device(stage, house, f"tablet {number}", rooms) for number in range(4)]
        await all_there(devices)
        scope = restaurant_scope(house.id)

        async def writes() -> None:
            for _ in range(ENTRIES // WRITERS // ENTRIES_EACH_TIME):
                await record(database, scope, *[rooms] * ENTRIES_EACH_TIME)

        await asyncio.gather(*(writes() for _ in range(WRITERS)))
        verdict = await judged(stage, [glass for device in devices for glass in device.glasses.values()])
        boards = sum(len(glass.now.covered) for device in devices for glass in device.glasses.values())
        await asyncio.gather(*(device.put_away() for device in devices))
    return of_verdict(
        "20 writers, two hubs, 100,000 entries",
        verdict,
        Figure("holes and inversions", len(verdict.wrongs), 0),
        Figure("fresh boards in place of entries", boards, 0),
    )


async def screens_at_once(servers: Servers) -> Outcome:
    """From a deed's commit to every screen that should know, at two hundred facts a second."""
    async with loaded(servers, is_cabled=False) as (stage, evening):
        began = time.time()
        await asyncio.sleep(AT_ONCE_SECONDS)
        came = [one for one in evening.came if one.begun_at >= began]
        committed_at = await commits(stage, began)
    lates = [(one.at - committed_at[one.seq, one.begun_at]) * 1000 for one in came]
    return outcome(
        f"commit to screen, {len(committed_at) / AT_ONCE_SECONDS:.0f} facts a second",
        evening,
        Figure("p50", percentile(lates, 0.5), 5.0, "ms"),
        Figure("p99", percentile(lates, 0.99), 50.0, "ms"),
    )


async def screens_return_together(servers: Servers) -> Outcome:
    """Two thousand sockets lose the line in one moment, with a token and three rooms each."""
    with apart() as looker:
        return await _return_together(servers, looker)


async def _return_together(servers: Servers, looker: Apart) -> Outcome:
    async with a_house_on_stage(servers, is_cabled=False) as (stage, house, _):
        stations = list(house.stations.values())
        item = next(iter(house.items.values()))
        devices = list[Device]()
        for number in range(CROWD):
            station = station_room(house.id, stations[number % len(stations)])
            devices.append(
                a_device(stage, house, f"tablet {number}", [pass_room(house.id), station, item_room(item.id)])
            )
            if number % COMING_AT_ONCE == 0:
                await all_there(devices[-COMING_AT_ONCE:])
        await all_there(devices)
        looking = asyncio.create_task(
            looker.does(_look_at_stations, stage.hubs[0].url, str(house.id), token_of(house, Role.WAITER))
        )
        await asyncio.sleep(LOOK_AHEAD_SECONDS)
        began = time.monotonic()
        for device in devices:
            device.loses_the_line()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.gather(*(device.until(lambda one: len(one.aways) == 1) for device in devices))
        back_seconds = time.monotonic() - began
        seconds_of_rest = [seconds for at, seconds in await looking if began <= at <= began + back_seconds]
        verdict = await judged(stage, [glass for device in devices for glass in device.glasses.values()])
        await asyncio.gather(*(device.put_away() for device in devices))
    return of_verdict(
        "2,000 sockets return at once, token and three rooms each",
        verdict,
        Figure("all back after", back_seconds, 10.0, "s"),
        Figure("tries that failed", sum(device.connections != 2 for device in devices), 0),
        Figure("REST p99 meanwhile", percentile(seconds_of_rest, 0.99) * 1000, 250.0, "ms"),
    )


async def _misses(device: Device, database: Database, scope: Scope, room: Room, count: int) -> None:
    """The device is put away, so much happens, and it is switched on again."""
    await device.put_away()
    for _ in range(count // ENTRIES_EACH_TIME):
        await record(database, scope, *[[room]] * ENTRIES_EACH_TIME)
    device.stays()
    await all_there([device])


async def _look_at_stations(url: str, house: str, token: str) -> list[tuple[float, float]]:
    """Over and over, fifty times a second: when it was asked, and how many seconds it took."""
    took, began = list[tuple[float, float]](), time.monotonic()
    patience = aiohttp.ClientTimeout(LOOK_SECONDS)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}, timeout=patience) as web:
        while (at := time.monotonic()) < began + LOOK_SECONDS:
            async with web.get(f"{url}{API}/restaurants/{house}/stations") as answer:
                answer.raise_for_status()
                await answer.read()
            took.append((at, time.monotonic() - at))
            await asyncio.sleep(LOOK_EVERY_SECONDS)
    return took
