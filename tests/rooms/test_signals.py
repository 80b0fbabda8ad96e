"""What is told about the connection and the hub, and how a hub ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest

from hub.audience import waiters_room
from hub.ids import UserId, new_id
from hub.people import Actor, Role
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person as StoredPerson
from rooms import beating
from tests.rooms.conftest import Arrives, token_of
from tests.rooms.raw import Raw, a_raw
from tests.rooms.stalled import Stalled
from tests.support.houses import House, begins_shift
from tests.support.hubs import RunningHub, a_hub

TOLD_SECONDS_MAX = 0.1
STOPPED_SECONDS_MAX = 5.0


async def test_every_socket_hears_a_beat(
    database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch, database: Database
) -> None:
    monkeypatch.setattr(beating, "BEAT_SECONDS", 0.05)
    async with a_hub(database_url, redis_url) as hub, a_raw(hub.url) as raw:
        await raw.connects()
        beat = await raw.hears('42["beat",')
        assert '"at":"2' in beat
        assert '"behindSeconds":' in beat, "even somebody who is nobody yet is told"


async def test_operators_see_the_hubs_pulse(
    arrives: Arrives, house: House, hub: RunningHub, database: Database
) -> None:
    user = UserId(new_id())
    async with database.transaction():
        await people.add(StoredPerson(user, "operator@example.test", "Operator", "no hash", is_operator=True))
        await begins_shift(user)
    operator = await arrives(token_of(house, Actor(name=f"user:{user}", user=user)))
    answer = await operator.says("subscribe", {"room": "ops"})
    assert (answer["ok"], answer["room"], answer["seq"], answer["entries"]) == (True, "ops", 0, [])
    assert answer["board"]["instance"] == hub.hub.instance
    pulse = await operator.hears("hub_pulse")
    assert pulse["room"] == "ops"
    assert pulse["sockets"] == 1
    assert pulse["isHealthy"] is True
    assert hub.metric("brigade_sockets", room_kind="ops") == 1
    assert (await operator.says("unsubscribe", {"room": "ops"}))["ok"]
    assert hub.metric("brigade_sockets", room_kind="ops") == 0


async def test_a_hundred_sockets_are_told_at_once_when_to_return(hub: RunningHub, house: House) -> None:
    token, loop = token_of(house, Role.WAITER), asyncio.get_running_loop()
    async with asyncio.timeout(60), _many(hub, 100) as raws:
        for raw in raws:
            await raw.connects(token)
            await raw.hears('42["authenticated"')
        began = loop.time()
        stopping = asyncio.create_task(hub.runner.cleanup())
        goodbyes = await asyncio.gather(*(raw.hears('42["goodbye"') for raw in raws))
        assert loop.time() - began < 10 * TOLD_SECONDS_MAX  # a hundred clients share this loop with the hub
        codes = await asyncio.gather(*(raw.is_closed_with() for raw in raws))
        await stopping
        assert loop.time() - began < STOPPED_SECONDS_MAX
    assert set(codes) == {1001}
    waits = [int(said.split('"retryAfterMs":')[1].split("}")[0]) for said in goodbyes]
    assert all(500 <= wait <= 5_000 for wait in waits)
    assert len(set(waits)) > 50


@asynccontextmanager
async def _many(hub: RunningHub, count: int) -> AsyncIterator[list[Raw]]:
    """So many raw clients at once."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(a_raw(hub.url)) for _ in range(count)]


async def test_what_is_being_answered_is_finished_before_the_goodbye(
    arrives: Arrives, house: House, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    host, do, has_begun = await arrives(Role.HOST), hub.hub.deeds.do, asyncio.Event()

    async def do_and_say_so(*asked: Any, **more: Any) -> Any:
        has_begun.set()
        return await do(*asked, **more)

    monkeypatch.setattr(hub.hub.deeds, "do", do_and_say_so)
    asking = asyncio.create_task(host.asks("seat_party", tableId=str(house.tables["1"]), covers=2))
    await has_begun.wait()
    await hub.rooms.say_goodbye()
    assert (await asking)["ok"]
    await host.is_sent_away()


async def test_nobody_comes_in_while_a_hub_stops(hub: RunningHub, house: House) -> None:
    await hub.rooms.say_goodbye()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        async with a_raw(hub.url):
            pass
    assert refused.value.status == 503
    assert refused.value.headers is not None
    assert refused.value.headers["Retry-After"]


async def test_a_socket_that_never_reads_does_not_keep_a_hub_from_stopping(house: House, hub: RunningHub) -> None:
    async with Stalled.inside(hub, token_of(house, Role.WAITER), waiters_room(house.id)) as stalled:
        async with asyncio.timeout(STOPPED_SECONDS_MAX):
            await hub.rooms.say_goodbye()
        assert stalled.link.ended.done()
