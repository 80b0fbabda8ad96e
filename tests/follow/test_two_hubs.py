"""Two hubs on one PostgreSQL and one Redis: everything is delivered on both, in order, once, whatever Redis suffers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from hub.audience import PLATFORM, Scope
from hub.follow import Followers, LedgerPages, RedisDoorbell
from hub.store import ledger
from hub.store.database import Database
from hub.store.ledger import Fact
from hub.telemetry import Metrics
from tests.follow.stand_ins import Witness, until
from tests.follow.valkey import FrailValkey
from tests.support.databases import open_database

KEY = b"k" * 32
HELD_UP_SECONDS_MIN = 1.5
"""Whoever took longer waited for somebody."""


class Hub:
    """As much of a hub as following needs, wired as a hub is."""

    def __init__(self, database: Database, redis_url: str) -> None:
        self.metrics = Metrics()
        self.database = database
        self.doorbell = RedisDoorbell(redis_url, key=KEY, metrics=self.metrics)
        self.followers = Followers(LedgerPages(database), self.doorbell, self.metrics)
        self.witness = Witness()
        self.followers.add_listener(self.witness)
        database.listen(self.followers.hear)
        database.listen(self.doorbell.ring)

    async def records(self, *facts: Fact) -> None:
        async with self.database.transaction():
            recorded = await ledger.append(facts, actor="user:1", at=datetime.now(UTC), command_id=str(uuid4()))
        self.database.tell(recorded)

    def count(self, name: str) -> float:
        return self.metrics.registry.get_sample_value(name) or 0.0


@asynccontextmanager
async def a_hub(database_url: str, redis_url: str) -> AsyncIterator[Hub]:
    database = await open_database(database_url, pool_size_max=8)
    try:
        hub = Hub(database, redis_url)
        async with hub.followers.running():
            yield hub
    finally:
        await database.close()


@pytest.fixture
async def hubs(database_url: str, valkey: FrailValkey) -> AsyncIterator[tuple[Hub, Hub]]:
    async with a_hub(database_url, valkey.url) as one, a_hub(database_url, valkey.url) as other:
        yield one, other


def a_scope() -> Scope:
    return Scope(f"restaurant:{uuid4()}")


def a_fact(scope: Scope, *rooms: str, number: int = 0, filling: int = 0) -> Fact:
    payload = json.dumps({"number": number, "note": "ü" * filling}, ensure_ascii=False).encode()
    return Fact(scope, "happened", rooms or ("pass",), payload)


def assert_chains_hold(witness: Witness) -> None:
    """Every room's chain, from the first entry heard."""
    held: dict[str, int] = {}
    for entry, prevs in zip(witness.entries, witness.prevs, strict=True):
        for room, prev in prevs.items():
            assert prev <= held.get(room, prev) < entry.seq
            held[room] = entry.seq


async def test_two_thousand_entries_by_ten_writers_arrive_in_order_exactly_once_on_both(
    hubs: tuple[Hub, Hub],
) -> None:
    scope = a_scope()
    for hub in hubs:
        await hub.followers.follow(scope)

    async def writes(hub: Hub, writer: int) -> None:
        for number in range(100):
            rooms = ("pass", f"station:{writer % 3}")
            await hub.records(a_fact(scope, *rooms, number=number), a_fact(scope, f"order:{writer}"))

    await asyncio.gather(*(writes(hubs[writer % 2], writer) for writer in range(10)))
    for hub in hubs:
        await hub.witness.until(lambda hub=hub: len(hub.witness.entries) >= 2_000)
        assert hub.witness.seqs(scope) == list(range(1, 2_001))
        assert_chains_hold(hub.witness)
        assert hub.witness.resets == 0
        assert hub.count("brigade_entries_rung_total") > 900, "nearly all by ringing; the last may still be counted"
    assert hubs[0].witness.entries == hubs[1].witness.entries


async def test_large_entries_arrive_as_numbers_and_are_read(hubs: tuple[Hub, Hub]) -> None:
    one, other = hubs
    scope = a_scope()
    await other.followers.follow(scope)
    await one.records(a_fact(scope, filling=20_000))
    await other.witness.until(lambda: other.witness.seqs(scope) == [1])
    assert "ü" * 20_000 in other.witness.entries[0].payload.decode()
    assert other.count("brigade_follow_repairs_total") == 1


async def test_platform_entries_reach_everyone(hubs: tuple[Hub, Hub]) -> None:
    await hubs[0].records(a_fact(PLATFORM, "announcements"))
    for hub in hubs:
        await hub.witness.until(lambda hub=hub: hub.witness.seqs(PLATFORM) == [1])


async def test_a_killed_redis_delays_and_loses_nothing(hubs: tuple[Hub, Hub], valkey: FrailValkey) -> None:
    one, other = hubs
    scope = a_scope()
    for hub in hubs:
        await hub.followers.follow(scope)
    for number in range(60):
        if number == 20:
            await valkey.kill()
        if number == 40:
            await valkey.start()
        await one.records(a_fact(scope, number=number))
    await other.witness.until(lambda: len(other.witness.entries) == 60)
    assert other.witness.seqs(scope) == one.witness.seqs(scope) == list(range(1, 61))
    assert other.witness.resets == 0


async def test_without_redis_the_sweep_brings_everything(
    database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    nowhere = f"unix://{tmp_path_factory.mktemp('r')}/no.sock"
    async with a_hub(database_url, nowhere) as one, a_hub(database_url, nowhere) as other:
        assert not one.doorbell.is_up
        assert one.followers.is_healthy
        scope = a_scope()
        await other.followers.follow(scope)
        for number in range(1, 4):
            await one.records(a_fact(scope))
            await other.witness.until(lambda number=number: len(other.witness.entries) == number)
        assert one.count("brigade_rings_lost_total") == 3


async def test_a_frozen_redis_holds_up_nobody(hubs: tuple[Hub, Hub], valkey: FrailValkey) -> None:
    one, other = hubs
    scope = a_scope()
    await other.followers.follow(scope)
    valkey.freeze()
    for number in range(1, 4):
        async with asyncio.timeout(HELD_UP_SECONDS_MIN):
            await one.records(a_fact(scope, number=number))
            await other.witness.until(lambda number=number: len(other.witness.entries) == number)
    valkey.thaw()
    await until_up(one, other)
    await one.records(a_fact(scope))
    await other.witness.until(lambda: len(other.witness.entries) == 4)
    assert other.witness.seqs(scope) == [1, 2, 3, 4]


async def test_a_line_that_is_cut_costs_no_entry(hubs: tuple[Hub, Hub], valkey: FrailValkey) -> None:
    one, other = hubs
    scope = a_scope()
    await other.followers.follow(scope)
    for number in range(30):
        if number % 10 == 5:
            await valkey.told("CLIENT", "KILL", "TYPE", "pubsub")
        await one.records(a_fact(scope, number=number))
    await other.witness.until(lambda: len(other.witness.entries) == 30)
    assert other.witness.seqs(scope) == list(range(1, 31))


async def test_a_new_epoch_resets_each_follower_once(hubs: tuple[Hub, Hub], database_url: str) -> None:
    scope = a_scope()
    followers = [await hub.followers.follow(scope) for hub in hubs]
    await hubs[0].records(a_fact(scope))
    owner = await open_database(database_url, as_owner=True)
    async with owner.transaction():
        await ledger.new_epoch()
    await owner.close()
    for hub in hubs:
        # The kitchen's ledger and the platform's.
        await hub.witness.until(lambda hub=hub: hub.witness.resets == 2)
    assert followers[0].epoch == followers[1].epoch
    await hubs[1].records(a_fact(scope))
    for hub in hubs:
        await hub.witness.until(lambda hub=hub: hub.witness.seqs(scope) == [2])
        assert hub.witness.resets == 2


async def test_a_commit_may_ring_from_inside_anything(hubs: tuple[Hub, Hub]) -> None:
    """A gap heard by a task inside its own transaction is read on a connection that is not that task's."""
    one, _ = hubs
    scope = a_scope()
    await one.followers.follow(scope)
    async with one.database.transaction():
        await ledger.append([a_fact(scope)], actor="a", at=datetime.now(UTC), command_id="c")
    async with one.database.transaction():
        (recorded,) = await ledger.append([a_fact(scope)], actor="a", at=datetime.now(UTC), command_id="c")
    async with one.database.snapshot():
        one.database.tell([recorded])
        await one.witness.until(lambda: one.witness.seqs(scope) == [1, 2])


async def until_up(*hubs: Hub) -> None:
    """Until every doorbell rings."""
    for hub in hubs:
        news = asyncio.Event()
        wake: Callable[[], None] = hub.doorbell._on_change or (lambda: None)

        def on_change(wake: Callable[[], None] = wake, news: asyncio.Event = news) -> None:
            wake()
            news.set()

        hub.doorbell._on_change = on_change
        await until(news, lambda hub=hub: hub.doorbell.is_up)
