"""A hub as a process that goes deaf and stays so: it tells its sockets, ends with its own status, and is replaced."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import hub.up
from hub import serving
from hub.app import House as HubAndDoors
from hub.config import Settings
from hub.people import Role
from hub.serving import DEAF, StayedDeaf, keep_open, take_port
from hub.store.database import Database
from tests.follow.valkey import a_frail_valkey
from tests.rooms.conftest import token_of
from tests.support.houses import SECRET, House, a_house
from tests.support.people import Person
from tests.support.ports import a_free_port
from tests.support.processes import brigade
from tests.support.switchboard import Switchboard, a_switchboard

NOTICED_SECONDS_MAX = 6.0
DEAF_SECONDS_MAX = 25.0
PATIENCE_SECONDS = 30.0


@pytest.fixture
async def board() -> AsyncIterator[Switchboard]:
    async with a_frail_valkey() as valkey, a_switchboard(valkey) as board:
        yield board


@pytest.fixture
async def house(database: Database) -> House:
    return await a_house(database)


def settings(database_url: str, board: Switchboard) -> dict[str, str]:
    return {"DATABASE_URL": database_url, "REDIS_URL": board.url, "BRIGADE_SECRET": SECRET, "HOST": "127.0.0.1"}


async def test_hubs_that_stay_deaf_tell_their_sockets_end_with_their_own_status_and_are_replaced_once(
    database_url: str, board: Switchboard, house: House
) -> None:
    loop = asyncio.get_running_loop()
    arguments = ("serve", "--workers", "2", "--port", str(a_free_port()))
    async with brigade(*arguments, environment=settings(database_url, board)) as running:
        await running.hears_often("The hub hears itself", 2)
        url = await running.url()
        cook = await Person.arrives(url, token_of(house, Role.COOK))
        board.ears_hear_nothing(for_good=True)
        began = loop.time()
        await running.hears_often("The hub is deaf:", 2)
        assert loop.time() - began < NOTICED_SECONDS_MAX
        assert (await _ready(url))[1]["waitsFor"] == ["hearing"]
        async with asyncio.timeout(DEAF_SECONDS_MAX):
            await cook.gone.wait()
        assert (await cook.hears("goodbye"))["retryAfterMs"] > 0
        ended = await running.hears_often("A worker died and is started again", 2, seconds=DEAF_SECONDS_MAX)
        assert all(f'"status":{DEAF}' in one.string for one in ended)
        assert len(await running.hears_often("The hub stayed deaf and has ended", 2)) == 2
        await running.hears_often("The house is open", 4)
        # What a fresh process hears no better is no reason to end that one, too.
        await running.hears_often("the doorbell's lines are renewed", 4)
        status, ready = await _ready(url)
        assert (status, ready["status"]) == (200, "degraded")
        waiter = await Person.arrives(url, token_of(house, Role.WAITER))
        await waiter.subscribes(f"waiters:{house.id}")
        await waiter.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
        await waiter.hears("party_seated")
        await waiter.leaves()
        assert "Traceback" not in running.everything()


async def test_a_whole_restaurant_on_one_machine_opens_another_hub_in_the_place_of_a_deaf_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hubs: asyncio.Queue[Any] = asyncio.Queue()

    async def keep_open_and_show(*said: Any, once_open: Any = None, **more: Any) -> None:
        async def opened(house: Any, port: int) -> None:
            hubs.put_nowait((house.hub, port))
            if once_open is not None:
                await once_open(house, port)

        await keep_open(*said, once_open=opened, **more)

    monkeypatch.setattr(hub.up, "keep_open", keep_open_and_show)
    said: list[str] = []
    opening = hub.up.up(
        data=tmp_path,
        port=0,
        host="127.0.0.1",
        is_quiet=True,
        say=said.append,
        say_open=lambda url, accounts: said.append(url),
        say_dinner=said.append,
    )
    restaurant = asyncio.create_task(opening)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            deaf, port = await hubs.get()
            deaf.hearing.gave_up.set()
            another, same_port = await hubs.get()
        assert same_port == port
        assert another.instance != deaf.instance
        assert (await _ready(f"http://127.0.0.1:{port}")) == (200, {"status": "ok", "waitsFor": []})
        assert said[-1] == f"http://127.0.0.1:{port}", "nobody is told twice that it is open"
    finally:
        restaurant.cancel()
        await asyncio.gather(restaurant, return_exceptions=True)


async def test_a_deaf_hub_that_cannot_even_close_is_ended_all_the_same(
    database_url: str, board: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    ended, closes = asyncio.Event(), asyncio.Event()
    statuses: list[int] = []

    def end(status: int) -> None:
        statuses.append(status)
        loop.call_soon_threadsafe(ended.set)

    async def give_up(house: HubAndDoors, port: int) -> None:
        async def close_never() -> None:
            await closes.wait()

        monkeypatch.setattr(house.rooms, "say_goodbye", close_never)
        house.hub.hearing.gave_up.set()

    monkeypatch.setattr(serving.os, "_exit", end)
    monkeypatch.setattr(serving, "LEAVING_SECONDS_MAX", 0.2)
    chosen = Settings(database_url=database_url, redis_url=board.url, brigade_secret=SECRET)
    keeping = asyncio.create_task(keep_open(chosen, take_port("127.0.0.1", 0), once_open=give_up))
    async with asyncio.timeout(PATIENCE_SECONDS):
        await ended.wait()
        assert statuses == [DEAF]
        # A real process would be gone by now.
        monkeypatch.undo()
        closes.set()
        with pytest.raises(StayedDeaf):
            await keeping


async def _ready(url: str) -> tuple[int, Any]:
    async with aiohttp.ClientSession(url) as session, session.get("/health/ready") as answer:
        return answer.status, await answer.json()
