"""A hub notices that it is deaf, whatever is deaf in it, and is not startled by what it knows to be away."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from hub.embedded import LonePostgres
from hub.follow import Stage, Way, shouts
from hub.people import Role
from hub.store.database import Database
from hub.store.ledger import Recorded
from hub.store.migrations import migrate
from tests.follow.valkey import FrailValkey, a_frail_valkey
from tests.rooms.conftest import token_of
from tests.rooms.raw import ADDRESS
from tests.support.databases import QUICK_SETTINGS, frozen
from tests.support.houses import House, a_house
from tests.support.hubs import RunningHub, a_hub
from tests.support.people import Person
from tests.support.switchboard import Switchboard, a_switchboard

NOTICED_SECONDS_MAX = 6.0
PATIENCE_SECONDS = 30.0
SHOUTS_OF_A_WHILE = 4
STEP_SECONDS = 0.5
"""In place of the real ones, where it is not the seconds that are tried."""


@pytest.fixture
async def valkey() -> AsyncIterator[FrailValkey]:
    async with a_frail_valkey() as valkey:
        yield valkey


@pytest.fixture
async def board(valkey: FrailValkey) -> AsyncIterator[Switchboard]:
    async with a_switchboard(valkey) as board:
        yield board


class Listened:
    """A hub, and every stage its hearing went through."""

    def __init__(self, hub: RunningHub) -> None:
        self.hub = hub
        self.hearing = hub.hub.hearing
        self.stages: list[Stage] = []
        self.hearing.add_listener(self.stages.append)

    def heard(self, way: Way) -> float:
        return self.hub.metric("brigade_shout_seconds_count", way=way)

    async def hears(self, times: int = 1) -> None:
        """Wait until so many more shouts have come back, both ways."""
        goal = {way: self.heard(way) + times for way in Way}
        await until(lambda: all(self.heard(way) >= goal[way] for way in Way))

    @property
    def lines_since(self) -> float:
        """Since when the doorbell is up; while it is down that may be any time."""
        return self.hearing._doorbell.up_since or 0.0

    async def has_new_lines(self, since: float) -> None:
        await until(lambda: self.lines_since > since)

    async def notices(self, way: Way) -> float:
        """Wait until it knows that it is deaf this way; after how many seconds it did."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        await until(lambda: self.hub.metric("brigade_deaf", way=way) == 1)
        return loop.time() - began

    async def ready(self) -> tuple[int, Any]:
        async with aiohttp.ClientSession(self.hub.url) as session, session.get("/health/ready") as answer:
            return answer.status, await answer.json()

    async def is_deaf(self) -> bool:
        status, said = await self.ready()
        return status == 503 and said["waitsFor"] == ["hearing"]

    async def is_well(self) -> bool:
        return await self.ready() == (200, {"status": "ok", "waitsFor": []})


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_so():  # noqa: ASYNC110 - metrics announce themselves to nobody
            await asyncio.sleep(0.01)


@asynccontextmanager
async def a_listened_hub(database_url: str, redis_url: str, **settings: float) -> AsyncIterator[Listened]:
    """A hub that has heard itself."""
    async with a_hub(database_url, redis_url, **settings) as hub:
        listened = Listened(hub)
        await listened.hears()
        yield listened


# ------------------------------------------------------------------ what is silent is noticed


async def test_a_failover_that_only_one_line_has_seen_is_noticed_and_mended(
    database_url: str, board: Switchboard, database: Database
) -> None:
    house = await a_house(database)
    async with a_frail_valkey() as other, a_listened_hub(database_url, board.url) as hub:
        cook = await Person.arrives(hub.hub.url, token_of(house, Role.COOK))
        lines_since = hub.lines_since
        board.an_ear_is_led_to(other)
        await hub.has_new_lines(lines_since)
        assert await hub.notices(Way.DOORBELL) < NOTICED_SECONDS_MAX
        assert await hub.is_deaf()
        await hub.hears()
        assert await hub.is_well()
        assert hub.stages == [Stage.DEAF, Stage.HEARS]
        await cook.hears_nothing()
        await cook.leaves()


async def test_a_lost_subscription_on_a_living_line_is_noticed_and_made_again(
    database_url: str, board: Switchboard, database: Database
) -> None:
    house = await a_house(database)
    async with a_listened_hub(database_url, board.url) as hub:
        cook = await Person.arrives(hub.hub.url, token_of(house, Role.COOK))
        board.ears_hear_nothing()
        assert await hub.notices(Way.DOORBELL) < NOTICED_SECONDS_MAX
        assert await hub.is_deaf()
        await hub.hears()
        assert await hub.is_well()
        assert hub.stages == [Stage.DEAF, Stage.HEARS]
        await cook.hears_nothing()
        await cook.leaves()


async def test_a_follower_that_delivers_no_more_is_noticed(
    database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_listened_hub(database_url, redis_url) as hub:
        follower = hub.hub.hub.followers.get(hub.hearing.scope)
        with monkeypatch.context() as broken:
            broken.setattr(follower, "_deliver", lambda entry: None)
            assert await hub.notices(Way.GLASS) < NOTICED_SECONDS_MAX
            assert await hub.is_deaf()
        await hub.hears()
        assert await hub.is_well()


async def test_members_that_hand_nothing_over_are_noticed(
    database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_listened_hub(database_url, redis_url) as hub:
        with monkeypatch.context() as broken:
            broken.setattr(hub.hub.rooms.members, "_hand_all_waiting", lambda: None)
            assert await hub.notices(Way.GLASS) < NOTICED_SECONDS_MAX
            assert await hub.is_deaf()
            assert hub.hub.metric("brigade_deaf", way=Way.DOORBELL) == 0


# ------------------------------------------------------------------ what follows


@pytest.fixture
def quick_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shouts, "_SECONDS_IN", dict.fromkeys((Stage.DEAF, Stage.SENDS_AWAY), STEP_SECONDS))


async def _is_let_in(hub: RunningHub) -> bool:
    # Asked without a handshake, a hub that lets people in says what is missing, and one that does not says so.
    async with aiohttp.ClientSession(hub.url) as session, session.get(ADDRESS) as answer:
        assert answer.status in (400, 503)
        return answer.status == 400


async def test_who_stays_deaf_sends_its_sockets_elsewhere_and_lets_nobody_in_until_it_hears_again(
    database_url: str, board: Switchboard, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await a_house(database)
    monkeypatch.setattr(shouts, "_SECONDS_IN", {Stage.DEAF: STEP_SECONDS, Stage.SENDS_AWAY: PATIENCE_SECONDS})
    async with a_listened_hub(database_url, board.url) as hub:
        cook = await Person.arrives(hub.hub.url, token_of(house, Role.COOK))
        board.ears_hear_nothing(for_good=True)
        said = await cook.hears("goodbye")
        assert said["reason"] == "hub_stops"
        assert 0 < said["retryAfterMs"] <= 5_000
        await cook.is_sent_away()
        assert not await _is_let_in(hub.hub)
        assert await hub.is_deaf()
        board.ears_hear_again()
        await hub.hears()
        assert hub.stages == [Stage.DEAF, Stage.SENDS_AWAY, Stage.HEARS]
        assert await _is_let_in(hub.hub)
        assert await hub.is_well()
        await cook.returns()
        await cook.leaves()


@pytest.mark.usefixtures("quick_steps")
async def test_who_is_deaf_for_good_gives_up(database_url: str, board: Switchboard) -> None:
    async with a_listened_hub(database_url, board.url) as hub:
        board.ears_hear_nothing(for_good=True)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await hub.hearing.gave_up.wait()
        assert hub.stages == [Stage.DEAF, Stage.SENDS_AWAY, Stage.GIVES_UP]


@pytest.mark.usefixtures("quick_steps")
async def test_a_hub_that_was_never_rung_back_works_on_and_says_so(database_url: str, board: Switchboard) -> None:
    board.ears_hear_nothing(for_good=True)
    async with a_hub(database_url, board.url) as running:
        hub = Listened(running)
        assert await hub.notices(Way.DOORBELL) < NOTICED_SECONDS_MAX
        assert await hub.ready() == (200, {"status": "degraded", "waitsFor": []})
        goal = hub.heard(Way.GLASS) + 2
        await until(lambda: hub.heard(Way.GLASS) >= goal)
        assert hub.stages == []
        assert running.hub.followers.why_doorbell_is_down


async def test_while_a_doorbell_is_doubted_the_other_hubs_facts_come_by_the_quick_sweep(
    database_url: str, board: Switchboard, redis_url: str, database: Database
) -> None:
    house = await a_house(database)
    async with a_listened_hub(database_url, board.url) as hub, a_hub(database_url, redis_url) as other:
        waiter = await Person.arrives(hub.hub.url, token_of(house, Role.WAITER))
        host = await Person.arrives(other.url, token_of(house, Role.HOST))
        await waiter.subscribes(f"waiters:{house.id}")
        board.ears_hear_nothing(for_good=True)
        lines_since = hub.lines_since
        await hub.notices(Way.DOORBELL)
        await hub.has_new_lines(lines_since)
        await host.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
        await waiter.hears("party_seated")
        # It counts as down, though its lines are up: that is what makes the sweep quick.
        assert hub.hub.hub.followers.why_doorbell_is_down
        for person in (waiter, host):
            await person.leaves()


# ------------------------------------------------------------------ what is no deafness


async def test_a_killed_redis_is_no_deafness(database_url: str, valkey: FrailValkey) -> None:
    async with a_listened_hub(database_url, valkey.url) as hub:
        await valkey.kill()
        await _lives_on(hub)
        assert (await hub.ready())[1]["status"] == "degraded"
        await valkey.start()
        await _is_well_again(hub)


async def test_a_frozen_redis_is_no_deafness(database_url: str, valkey: FrailValkey) -> None:
    async with a_listened_hub(database_url, valkey.url) as hub:
        valkey.freeze()
        await _lives_on(hub)
        assert (await hub.ready())[1]["status"] == "degraded"
        valkey.thaw()
        await _is_well_again(hub)


async def test_a_postgresql_that_does_not_answer_is_no_deafness(tmp_path: Path, redis_url: str) -> None:
    with LonePostgres(tmp_path / "own", settings=QUICK_SETTINGS) as postgres:
        await migrate(postgres.postgres_url)
        async with a_listened_hub(postgres.postgres_url, redis_url, patience=1) as hub:
            with frozen(postgres.pids["PostgreSQL"]):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    while (await hub.ready())[0] != 503:
                        pass
                shouted = hub.hearing._number
                await until(lambda: hub.hearing._number >= shouted + 3)
                assert (await hub.ready())[1]["waitsFor"] == ["database"]
            await _is_well_again(hub)


async def test_a_hub_whose_loop_stood_still_does_not_take_itself_for_deaf(database_url: str, redis_url: str) -> None:
    async with a_listened_hub(database_url, redis_url) as hub:
        loop = asyncio.get_running_loop()
        stood_still: list[float] = []

        def stand_still(recorded: Recorded) -> None:
            until = loop.time() + shouts.LATE_SECONDS + 0.5
            while recorded.scope == hub.hearing.scope and not stood_still and loop.time() < until:
                pass
            stood_still.append(loop.time())

        hub.hub.hub.database.listen(stand_still)
        await until(lambda: bool(stood_still))
        await hub.hears(2)
        assert hub.stages == []


async def _lives_on(hub: Listened) -> None:
    """For some shouts more, which come back by the one way that is left."""
    goal = hub.heard(Way.GLASS) + SHOUTS_OF_A_WHILE
    await until(lambda: hub.heard(Way.GLASS) >= goal)


async def _is_well_again(hub: Listened) -> None:
    await hub.hears(2)
    assert await hub.is_well()
    assert hub.stages == []
    assert not hub.hub.rooms.engine.is_closed


# ------------------------------------------------------------------ what it leaves behind


async def test_nobody_can_subscribe_to_a_hubs_own_room_and_no_count_knows_of_it(
    hub: RunningHub, arrives: Any, house: House
) -> None:
    waiter = await arrives(Role.WAITER)
    await Listened(hub).hears()
    strange = "hub:0190b5a0-0000-7000-8000-000000000001"
    codes = [await waiter.is_refused("subscribe", {"room": room}) for room in (hub.hub.hearing.room, strange)]
    assert codes[0] == codes[1]
    assert hub.rooms.members.rooms == 2, "a user's own, and announcements"
    assert hub.metric("brigade_sockets", room_kind="ops") == 0


async def test_a_hubs_own_ledger_is_kept_short(
    database_url: str, redis_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("SHOUT_SECONDS", 0.01), ("TRIM_EVERY", 5), ("KEEP", 5)):
        monkeypatch.setattr(f"hub.follow.hearing.{name}", value)
    async with a_listened_hub(database_url, redis_url) as hub:
        await hub.hears(50)
        async with database.transaction() as line:
            kept = await line.fetchval("select count(*) from ledger where scope = $1", hub.hearing.scope)
            seq = await line.fetchval("select seq from ledger_head where scope = $1", hub.hearing.scope)
        assert seq >= 50
        assert kept <= 10
        assert hub.stages == []
