"""What must hold against who pretends to be somebody else: on the hubs' own channels, and in a browser."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import aiohttp
import redis.asyncio as redis

from hub.audience import pass_room, restaurant_scope
from hub.embedded import Servers
from tests.chaos.crew import API
from tests.chaos.devices import ADDRESS
from tests.chaos.guarantees.houses import a_device, a_house_on_stage, all_there, judged, of_verdict
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import HubProcess, Stage, a_stage
from tests.support.ledgers import record

SCREENS = 20
CHANGED = 60
"""In how many places a captured ring is changed, each time by a bit."""


async def forgers(servers: Servers) -> Outcome:
    """Whatever anybody publishes on our channels, the next number among it, is ignored; the true entry arrives."""
    async with a_house_on_stage(servers) as (stage, house, database):
        room, scope = pass_room(house.id), restaurant_scope(house.id)
        devices = [a_device(stage, house, f"tablet {number}", [room]) for number in range(SCREENS)]
        await all_there(devices)
        recorded = await record(database, scope, [room])
        client = redis.Redis.from_url(servers.redis_url)
        captured = await _captured(client, f"ledger:{scope}", lambda: record(database, scope, [room]))
        forged = 0
        for message in _forgeries(captured, str(scope), recorded.epoch):
            await client.publish(f"ledger:{scope}", message)
            await record(database, scope, [room])
            forged += 1
        await client.aclose()
        verdict = await judged(stage, [glass for device in devices for glass in device.glasses.values()])
        refused = [await _metric(stage, hub, "brigade_rings_refused_total") for hub in stage.hubs]
        closed = sum(not device.is_there() for device in devices)
        await asyncio.gather(*(device.put_away() for device in devices))
    return of_verdict(
        "forged or foreign messages on the Redis channel",
        verdict,
        Figure("hubs that did not count them", sum(one < forged - 1 for one in refused), 0),
        Figure("screens that were closed", closed, 0),
    )


async def _captured(client: redis.Redis, channel: str, ring: Callable[[], Awaitable[object]]) -> bytes:
    ear = client.pubsub()
    await ear.subscribe(channel)
    await ear.get_message(timeout=5)
    await ring()
    while True:
        message = await ear.get_message(ignore_subscribe_messages=True, timeout=5)
        if message is not None:
            await ear.aclose()
            return bytes(message["data"])


def _forgeries(ring: bytes, scope: str, epoch: str) -> list[bytes]:
    """The ring with a byte changed here and there, parts of it, and what others say on their buses."""
    changed = [
        ring[:at] + bytes([ring[at] ^ 1]) + ring[at + 1 :] for at in range(0, len(ring), max(1, len(ring) // 60))
    ]
    foreign = [
        b"",
        b"1",
        b"null",
        b"{}",
        b"\x80\x04\x95",
        b"x" * 100_000,
        b'{"method":"disconnect","sid":"1","namespace":"/"}',
        b'{"method":"emit","event":"ticket_bumped","data":{},"namespace":"/","room":null}',
        f'{{"scope":"{scope}","epoch":"{epoch}","entries":[{{"seq":9999}}]}}'.encode(),
    ]
    return [*changed, *foreign, ring[: len(ring) // 2], ring + b"x", ring + ring]


async def _metric(stage: Stage, hub: HubProcess, name: str) -> float:
    async with stage.web.get(hub.url + "/metrics") as answer:
        text = await answer.text()
    return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))


async def origins(servers: Servers) -> Outcome:
    """A page of another origin is let in nowhere, whatever it says of who forwarded it; a named proxy is believed."""
    evil = "https://evil.example"
    async with a_stage(servers, hubs=1) as stage:
        hub = stage.hubs[0]
        let_in = 0
        for forwarded in ({}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example;proto=https"}):
            with suppress(aiohttp.WSServerHandshakeError):
                line = await stage.web.ws_connect(hub.url + ADDRESS, headers={"Origin": evil, **forwarded})
                let_in += 1
                await line.close()
            async with stage.web.get(hub.url + API + "/welcome", headers={"Origin": evil, **forwarded}) as answer:
                let_in += "Access-Control-Allow-Origin" in answer.headers
    return Outcome("a page of another origin; forged X-Forwarded-*", (Figure("let in", let_in, 0),))
