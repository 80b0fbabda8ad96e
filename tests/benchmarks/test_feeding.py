"""Feeder and generator at the real hub: what is rung is the ledger's, and reaches every screen once and in order."""

import asyncio
from collections.abc import Sequence

import pytest

from benchmarks.control import TICK_SECONDS, Place
from benchmarks.crowd import Crowd, Seat
from benchmarks.feeder import Feeder, Pacer
from benchmarks.house import Chain, open_chain
from hub.app import RINGS
from hub.audience import restaurant_scope
from hub.follow import RedisDoorbell
from hub.ids import RestaurantId
from hub.store import ledger
from hub.telemetry import Metrics
from hub.tokens import derived_key
from tests.support.databases import a_database, open_database
from tests.support.houses import SECRET
from tests.support.hubs import a_hub

EVENTS, ROOMS, AUDIENCE = 40, 4, 3
SECONDS_MAX = 20.0
RATE = 400


@pytest.mark.parametrize("is_paced", [False, True])
async def test_what_the_feeder_rings_reaches_every_screen_once_and_in_order(
    postgres_url: str, redis_url: str, is_paced: bool
) -> None:
    async with a_database(postgres_url, template=None) as url:
        chain = await asyncio.to_thread(open_chain, url, restaurants=2, items_each=2, tables_each=1, people=2)
        async with a_hub(url, redis_url) as hub:
            crowd = Crowd("127.0.0.1", int(hub.url.rpartition(":")[2]))
            try:
                await asyncio.to_thread(crowd.connect, _seats(chain))
                crowd.listen_from_now()
                hearing = asyncio.to_thread(
                    crowd.listen_until, lambda: crowd.arrived.deliveries >= EVENTS * AUDIENCE, SECONDS_MAX
                )
                _, has_heard = await asyncio.gather(_feed(url, redis_url, chain, is_paced=is_paced), hearing)
            finally:
                crowd.close()
    assert has_heard
    assert crowd.arrived.deliveries == EVENTS * AUDIENCE


def _seats(chain: Chain) -> list[Seat]:
    rooms = chain.rooms(ROOMS)
    tokens = chain.tokens(ROOMS * AUDIENCE, secret=SECRET)
    return [Seat(token, rooms[n % ROOMS][0], n % ROOMS) for n, token in enumerate(tokens)]


async def _feed(url: str, redis_url: str, chain: Chain, *, is_paced: bool) -> None:
    database, metrics = await open_database(url), Metrics()
    doorbell = RedisDoorbell(redis_url, key=derived_key(SECRET, RINGS), metrics=metrics)
    feeder = Feeder(database, doorbell, metrics, chain.houses())
    places = [Place(*room) for room in chain.rooms(ROOMS)]
    times: list[int] = []
    async with doorbell.running(lambda ring: None, lambda: None):
        if is_paced:
            times = await _paced(feeder, places)
        else:
            for first in range(0, EVENTS, 10):
                await feeder.emit([(places[n % ROOMS], n // ROOMS + 1) for n in range(first, first + 10)], times)
    async with database.snapshot():
        scopes = [restaurant_scope(RestaurantId(one.id)) for one in chain.restaurants]
        heads = await ledger.heads(scopes)
    await database.close()
    assert sum(head.seq for head in heads.values()) == len(times) == EVENTS


async def _paced(feeder: Feeder, places: Sequence[Place]) -> list[int]:
    """Each at its time: when they were rung."""
    pacer = Pacer(feeder)
    pacer._places = list(places)
    times = await pacer._pace(RATE, EVENTS / RATE)
    early = [n for n, at in enumerate(times) if at < times[0] + n / RATE * 1e9 - TICK_SECONDS * 1e9]
    assert not early, "nothing is rung before it is due"
    return times
