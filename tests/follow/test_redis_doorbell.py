"""What may happen to Redis, and what a stranger on it may try."""

import asyncio
import pickle
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio.connection import SSLConnection
from structlog.testing import capture_logs

from hub.audience import Scope
from hub.follow.redis_line import dialling
from hub.follow.redis_wire import ANSWER_SECONDS_MAX
from hub.follow.rings import Sealer, channel_of
from tests.follow.stand_ins import KITCHEN, LedgerInMemory
from tests.follow.test_doorbells import KEY, House, a_ring, on_redis
from tests.follow.valkey import FrailValkey, a_tls_door

CHANNEL = channel_of(KITCHEN)


def on(valkey: FrailValkey, key: bytes = KEY) -> House:
    return House(on_redis(valkey, key), rings_queued_max=10_000)


@pytest.fixture
async def house(valkey: FrailValkey) -> AsyncIterator[House]:
    """The hub that listens."""
    house = on(valkey)
    async with house.doorbell.running(house.hear, house.on_change):
        await house.doorbell.listen(KITCHEN)
        yield house


@pytest.fixture
async def neighbour(valkey: FrailValkey) -> AsyncIterator[House]:
    """The hub that rings."""
    neighbour = on(valkey)
    async with neighbour.doorbell.running(neighbour.hear, neighbour.on_change):
        await neighbour.doorbell.listen(Scope("platform"))
        yield neighbour


async def test_redis_may_be_away_from_the_start(tmp_path: Path) -> None:
    absent = FrailValkey(tmp_path / "no.sock")
    house, neighbour = on(absent), on(absent)
    with capture_logs() as lines:
        async with asyncio.timeout(3), house.doorbell.running(house.hear, house.on_change):
            assert not house.doorbell.is_up
            assert house.doorbell.is_running
            await house.doorbell.listen(KITCHEN)
            house.doorbell.ring(a_ring(KITCHEN))
            await absent.start()
            await house.until(lambda: house.doorbell.is_up)
            async with neighbour.doorbell.running(neighbour.hear, neighbour.on_change):
                neighbour.doorbell.ring(ring := a_ring(KITCHEN))
                await house.until(lambda: ring in house.heard)
            await absent.kill()
    assert [line["log_level"] for line in lines][:2] == ["warning", "info"]


async def test_a_frozen_redis_is_noticed_in_two_seconds_and_heard_again_when_it_thaws(
    valkey: FrailValkey, house: House, neighbour: House
) -> None:
    loop = asyncio.get_running_loop()
    with capture_logs() as lines:
        valkey.freeze()
        frozen_at = loop.time()
        await house.until(lambda: not house.doorbell.is_up)
        assert loop.time() - frozen_at < 2.3
        began = loop.time()
        house.doorbell.ring(a_ring(KITCHEN))
        await house.doorbell.listen(Scope("platform"))
        assert loop.time() - began < 0.2, "nobody waits for a frozen Redis"
        await neighbour.until(lambda: not neighbour.doorbell.is_up)
        valkey.thaw()
        for one in (house, neighbour):
            await one.until(lambda one=one: one.doorbell.is_up)
    neighbour.doorbell.ring(ring := a_ring(KITCHEN))
    await house.until(lambda: ring in house.heard)
    assert len(lines) == 4, "one line for each change"


async def test_rings_to_a_frozen_redis_are_lost_in_less_than_a_second_and_counted(
    valkey: FrailValkey, house: House
) -> None:
    loop = asyncio.get_running_loop()
    valkey.freeze()
    house.doorbell.ring(a_ring(KITCHEN))
    began = loop.time()
    await house.until(lambda: not house.doorbell.is_up)
    assert loop.time() - began < ANSWER_SECONDS_MAX + 0.3
    assert house.count("brigade_rings_lost_total") == 1
    assert house.count("brigade_entries_rung_total") == 0
    valkey.thaw()


@pytest.mark.parametrize("kind", ["pubsub", "normal"])
async def test_a_line_that_redis_hangs_up_on_is_made_again(
    valkey: FrailValkey, house: House, neighbour: House, kind: str
) -> None:
    await valkey.told("CLIENT", "KILL", "TYPE", kind)
    for one in (house, neighbour):
        await one.until(lambda one=one: one.changes[-2:] == [False, True])
    neighbour.doorbell.ring(ring := a_ring(KITCHEN))
    await house.until(lambda: ring in house.heard)


async def test_wiping_redis_changes_nothing(valkey: FrailValkey, house: House, neighbour: House) -> None:
    await valkey.told("FLUSHALL")
    neighbour.doorbell.ring(ring := a_ring(KITCHEN))
    await house.until(lambda: ring in house.heard)


async def test_a_hub_that_may_not_publish_is_down_and_says_why(valkey: FrailValkey) -> None:
    await valkey.told("ACL", "SETUSER", "cook", "on", ">secret", "~*", "&*", "+@all", "-publish")
    house = House(on_redis(valkey, url=valkey.url.replace("unix://", "unix://cook:secret@")), rings_queued_max=10)
    async with house.doorbell.running(house.hear, house.on_change):
        assert house.doorbell.is_up
        house.doorbell.ring(a_ring(KITCHEN))
        await house.until(lambda: not house.doorbell.is_up)
        assert "permissions" in house.doorbell.why_down
        assert house.doorbell.is_running
        assert house.count("brigade_rings_lost_total") == 1


async def test_a_wrong_password_is_said(valkey: FrailValkey) -> None:
    house = House(on_redis(valkey, url=valkey.url.replace("unix://", "unix://cook:wrong@")), rings_queued_max=10)
    async with house.doorbell.running(house.hear, house.on_change):
        assert not house.doorbell.is_up
        assert "password" in house.doorbell.why_down


async def test_what_a_stranger_publishes_is_dropped_counted_and_logged_seldom(
    valkey: FrailValkey, house: House, neighbour: House
) -> None:
    true = a_ring(KITCHEN)
    captured = Sealer(KEY).write(true)
    hostile: list[str | bytes] = ["1", "", "[]", '{"method":"disconnect"}', pickle.dumps({"method": "emit"})]
    hostile += [b"\x00" * 70, captured[:-1], b"x" * (1 << 20)]
    with capture_logs() as lines:
        for message in hostile * 3:
            await valkey.told("PUBLISH", CHANNEL, message)
        neighbour.doorbell.ring(true)
        await house.until(lambda: bool(house.heard))
    assert house.heard == [true]
    assert house.count("brigade_rings_refused_total") == 3 * len(hostile)
    assert house.changes == [True], "the line never broke"
    assert 1 <= len(lines) <= 2


async def test_a_captured_ring_may_be_played_again_on_its_own_channel_only(valkey: FrailValkey, house: House) -> None:
    captured = Sealer(KEY).write(a_ring(KITCHEN))
    await house.doorbell.listen(Scope("platform"))
    await valkey.told("PUBLISH", channel_of(Scope("platform")), captured)
    await valkey.told("PUBLISH", CHANNEL, captured)
    await house.until(lambda: bool(house.heard))
    assert len(house.heard) == 1
    assert house.count("brigade_rings_refused_total") == 1


async def test_a_hub_with_another_key_is_a_stranger(valkey: FrailValkey, house: House, neighbour: House) -> None:
    stranger = on(valkey, key=b"other" * 10)
    async with stranger.doorbell.running(stranger.hear, stranger.on_change):
        stranger.doorbell.ring(a_ring(KITCHEN))
        await stranger.doorbell.listen(KITCHEN)
        neighbour.doorbell.ring(ring := a_ring(KITCHEN))
        await house.until(lambda: ring in house.heard)
    assert house.heard == [ring]


async def test_a_thousand_scopes_are_subscribed_again_after_a_restart(
    valkey: FrailValkey, house: House, neighbour: House
) -> None:
    scopes = [Scope(f"user:{number}") for number in range(1_200)]
    await asyncio.gather(*(house.doorbell.listen(scope) for scope in scopes))
    await valkey.kill()
    await valkey.start()
    for one in (house, neighbour):
        await one.until(lambda one=one: one.changes[-2:] == [False, True])
    for scope in scopes:
        neighbour.doorbell.ring(a_ring(scope))
    await house.until(lambda: len(house.heard) == 1_200)


async def test_more_than_a_wire_takes_at_once_is_rung_in_order(house: House, neighbour: House) -> None:
    ledger = LedgerInMemory()
    rings = [ledger.commit(("pass",), payload=b"%06d" % number * 2_000) for number in range(1_000)]
    for ring in rings:
        neighbour.doorbell.ring(ring)
    await house.until(lambda: len(house.heard) == 1_000)
    assert house.heard == rings
    assert neighbour.count("brigade_rings_lost_total") == 0


async def test_a_redis_behind_tls_that_asks_for_a_password_is_a_redis(valkey: FrailValkey) -> None:
    await valkey.told("ACL", "SETUSER", "cook", "on", ">secret", "~*", "&*", "+@all")
    async with a_tls_door(valkey) as port:
        url = f"rediss://cook:secret@127.0.0.1:{port}/3?ssl_cert_reqs=none&client_name=brigade"
        one, other = (House(on_redis(valkey, url=url), rings_queued_max=10_000) for _ in range(2))
        async with (
            one.doorbell.running(one.hear, one.on_change),
            other.doorbell.running(other.hear, other.on_change),
        ):
            await other.doorbell.listen(KITCHEN)
            assert str(await valkey.told("CLIENT", "LIST")).count("name=brigade") == 4
            ledger = LedgerInMemory()
            rings = [ledger.commit(("pass",), payload=b"%06d" % number * 1_000) for number in range(500)]
            for ring in rings:
                one.doorbell.ring(ring)
            await other.until(lambda: len(other.heard) == 500)
            assert other.heard == rings
            assert (one.changes, other.changes) == ([True], [True])


def test_addresses_say_where_and_never_how_long_to_wait() -> None:
    connection = dialling("rediss://cook:secret@cache.example:6380/2?socket_timeout=600&protocol=3&max_connections=9")()
    assert isinstance(connection, SSLConnection)
    assert (connection.host, connection.port, connection.db, connection.username) == ("cache.example", 6380, 2, "cook")
    assert connection.socket_timeout is None, "the line has time-outs of its own"
    assert connection.protocol == 2


def test_an_address_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="redis://"):
        dialling("https://cache.example")
