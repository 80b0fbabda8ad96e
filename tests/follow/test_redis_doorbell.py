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
from hub.follow.seal import channel_of
from tests.follow.stand_ins import KITCHEN
from tests.follow.test_doorbells import KEY, House, a_ring, on_redis
from tests.follow.valkey import FrailValkey

CHANNEL = channel_of(KITCHEN)


def on(valkey: FrailValkey, key: bytes = KEY) -> House:
    return House(on_redis(valkey, key), rings_queued_max=10_000)


@pytest.fixture
async def house(valkey: FrailValkey) -> AsyncIterator[House]:
    house = on(valkey)
    async with house.doorbell.running(house.hear, house.on_change):
        await house.doorbell.listen(KITCHEN)
        yield house


async def test_redis_may_be_away_from_the_start(tmp_path: Path) -> None:
    absent = FrailValkey(tmp_path / "no.sock")
    house = on(absent)
    with capture_logs() as lines:
        async with asyncio.timeout(3), house.doorbell.running(house.hear, house.on_change):
            assert not house.doorbell.is_up
            assert house.doorbell.is_running
            await house.doorbell.listen(KITCHEN)
            house.doorbell.ring(a_ring(KITCHEN))
            await absent.start()
            await house.until(lambda: house.doorbell.is_up)
            house.doorbell.ring(ring := a_ring(KITCHEN))
            await house.until(lambda: ring in house.heard)
            await absent.kill()
    assert [line["log_level"] for line in lines][:2] == ["warning", "info"]


async def test_a_frozen_redis_is_noticed_in_two_seconds_and_heard_again_when_it_thaws(
    valkey: FrailValkey, house: House
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
        valkey.thaw()
        await house.until(lambda: house.doorbell.is_up)
    house.doorbell.ring(ring := a_ring(KITCHEN))
    await house.until(lambda: ring in house.heard)
    assert len(lines) == 2, "one line for each change"


@pytest.mark.parametrize("kind", ["pubsub", "normal"])
async def test_a_line_that_redis_hangs_up_on_is_made_again(valkey: FrailValkey, house: House, kind: str) -> None:
    await valkey.told("CLIENT", "KILL", "TYPE", kind)
    await house.until(lambda: house.changes[-2:] == [False, True])
    house.doorbell.ring(ring := a_ring(KITCHEN))
    await house.until(lambda: ring in house.heard)


async def test_wiping_redis_changes_nothing(valkey: FrailValkey, house: House) -> None:
    await valkey.told("FLUSHALL")
    house.doorbell.ring(ring := a_ring(KITCHEN))
    await house.until(lambda: ring in house.heard)


async def test_what_a_stranger_publishes_is_dropped_counted_and_logged_seldom(
    valkey: FrailValkey, house: House
) -> None:
    true = a_ring(KITCHEN)
    captured = house.doorbell._voice._sealer.write(true)  # type: ignore[attr-defined]
    hostile: list[str | bytes] = ["1", "", "[]", '{"method":"disconnect"}', pickle.dumps({"method": "emit"})]
    hostile += [b"\x00" * 70, captured[:-1], b"x" * (1 << 20)]
    with capture_logs() as lines:
        for message in hostile * 3:
            await valkey.told("PUBLISH", CHANNEL, message)
        house.doorbell.ring(true)
        await house.until(lambda: bool(house.heard))
    assert house.heard == [true]
    assert house.count("brigade_rings_refused_total") == 3 * len(hostile)
    assert house.changes == [True], "the line never broke"
    assert 1 <= len(lines) <= 2


async def test_a_captured_ring_may_be_played_again_on_its_own_channel_only(valkey: FrailValkey, house: House) -> None:
    captured = house.doorbell._voice._sealer.write(a_ring(KITCHEN))  # type: ignore[attr-defined]
    await house.doorbell.listen(Scope("platform"))
    await valkey.told("PUBLISH", channel_of(Scope("platform")), captured)
    await valkey.told("PUBLISH", CHANNEL, captured)
    await house.until(lambda: bool(house.heard))
    assert len(house.heard) == 1
    assert house.count("brigade_rings_refused_total") == 1


async def test_a_hub_with_another_key_is_a_stranger(valkey: FrailValkey, house: House) -> None:
    stranger = on(valkey, key=b"other" * 10)
    async with stranger.doorbell.running(stranger.hear, stranger.on_change):
        stranger.doorbell.ring(a_ring(KITCHEN))
        await stranger.doorbell.listen(KITCHEN)
        house.doorbell.ring(ring := a_ring(KITCHEN))
        await house.until(lambda: ring in house.heard)
    assert house.heard == [ring]


async def test_a_thousand_scopes_are_subscribed_again_after_a_restart(valkey: FrailValkey, house: House) -> None:
    scopes = [Scope(f"user:{number}") for number in range(1_200)]
    await asyncio.gather(*(house.doorbell.listen(scope) for scope in scopes))
    await valkey.kill()
    await valkey.start()
    await house.until(lambda: house.changes[-2:] == [False, True])
    for scope in scopes:
        house.doorbell.ring(a_ring(scope))
    await house.until(lambda: len(house.heard) == 1_200)


def test_addresses_say_where_and_never_how_long_to_wait() -> None:
    connection = dialling("rediss://cook:secret@cache.example:6380/2?socket_timeout=600&protocol=3&max_connections=9")()
    assert isinstance(connection, SSLConnection)
    assert (connection.host, connection.port, connection.db, connection.username) == ("cache.example", 6380, 2, "cook")
    assert connection.socket_timeout is None, "the line has time-outs of its own"
    assert connection.protocol == 2


def test_an_address_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="redis://"):
        dialling("https://cache.example")
