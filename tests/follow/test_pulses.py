"""What both ways of a pulse promise: one contract, for the one over Redis and for its twin in memory. And what may
happen to Redis, and what a stranger on it may try."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from hub.follow import InProcessPulses, Pulses, RedisDoorbell, RedisPulses, Street
from hub.follow.pulses import PULSE_BYTES_MAX
from hub.follow.seal import Seal
from hub.telemetry import Metrics
from tests.follow.stand_ins import KITCHEN, PATIENCE_SECONDS
from tests.follow.test_doorbells import a_ring
from tests.follow.valkey import FrailValkey, a_frail_valkey

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
BLOCKED_SECONDS_MAX = 0.5
AGAIN_SECONDS = 0.05
"""How soon a test's hub says it again. What was lost is lost: nobody keeps pulses."""


@dataclass
class Wire:
    """What pulses go over, and how it is taken away."""

    hang: Callable[[Metrics], Pulses]
    cut: Callable[[], Awaitable[None]]
    mend: Callable[[], Awaitable[None]]


class House:
    """A hub, as far as its pulse goes."""

    def __init__(self, pulses: Pulses, metrics: Metrics) -> None:
        self.metrics = metrics
        self.pulses = pulses
        self.heard: list[bytes] = []
        self.news = asyncio.Event()

    def hear(self, pulse: bytes) -> None:
        self.heard.append(pulse)
        self.news.set()

    async def hears(self, pulse: bytes, *, of: "House") -> None:
        """The other says it again and again, as hubs do, until it is heard here."""
        await self._until(lambda: pulse in self.heard, of, pulse)

    async def says_in_vain(self, pulse: bytes) -> None:
        """Say it again and again until it is known to be lost."""
        lost = self.lost
        await self._until(lambda: self.lost > lost, self, pulse)

    async def _until(self, is_so: Callable[[], bool], speaking: "House", pulse: bytes) -> None:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not is_so():
                self.news.clear()
                began = loop.time()
                speaking.pulses.send(pulse)
                assert loop.time() - began < BLOCKED_SECONDS_MAX, "nobody waits for a pulse to be sent"
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(AGAIN_SECONDS):
                        await self.news.wait()

    @property
    def lost(self) -> float:
        return self.count("brigade_pulses_lost_total")

    def count(self, name: str) -> float:
        return self.metrics.registry.get_sample_value(name) or 0.0


def on_a_street() -> Wire:
    street = Street()

    async def cut() -> None:
        street.cut()

    async def mend() -> None:
        street.mend()

    return Wire(lambda metrics: InProcessPulses(street, metrics), cut, mend)


def on_redis(valkey: FrailValkey, key: bytes = KEY) -> Wire:
    return Wire(lambda metrics: RedisPulses(valkey.url, key=key, metrics=metrics), valkey.kill, valkey.start)


@pytest.fixture(params=["in process", "redis"])
async def wire(request: pytest.FixtureRequest) -> AsyncIterator[Wire]:
    if request.param == "in process":
        yield on_a_street()
    else:
        async with a_frail_valkey() as valkey:
            yield on_redis(valkey)


OpenHouse = Callable[..., Awaitable[House]]


@pytest.fixture
async def open_house() -> AsyncIterator[OpenHouse]:
    async with AsyncExitStack() as stack:

        async def open_one(wire: Wire) -> House:
            metrics = Metrics()
            house = House(wire.hang(metrics), metrics)
            await stack.enter_async_context(house.pulses.running(house.hear))
            return house

        yield open_one


async def test_every_hub_hears_every_hub_and_itself(open_house: OpenHouse, wire: Wire) -> None:
    houses = [await open_house(wire) for _ in range(3)]
    for number, speaking in enumerate(houses):
        for listening in houses:
            await listening.hears(b'{"number":%d}' % number, of=speaking)
    assert all(house.pulses.is_running for house in houses)


async def test_a_cut_wire_loses_pulses_and_blocks_nobody_and_is_heard_again_when_mended(
    open_house: OpenHouse, wire: Wire
) -> None:
    one, other = await open_house(wire), await open_house(wire)
    await other.hears(b"before", of=one)
    await wire.cut()
    await one.says_in_vain(b"meanwhile")
    assert one.pulses.is_running
    await wire.mend()
    await other.hears(b"after", of=one)
    assert b"meanwhile" not in other.heard, "nobody wants to know how a hub was"


async def test_a_hub_that_speaks_faster_than_it_is_sent_is_heard_with_its_latest(
    open_house: OpenHouse, wire: Wire
) -> None:
    one, other = await open_house(wire), await open_house(wire)
    await other.hears(b"first", of=one)
    lost = one.lost
    for number in range(100):
        one.pulses.send(b"%d" % number)
    other.news.clear()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while b"99" not in other.heard:
            await other.news.wait()
            other.news.clear()
    assert one.lost - lost == 99
    assert not {b"%d" % number for number in range(99)} & set(other.heard)


async def test_what_is_too_long_is_not_sent(open_house: OpenHouse, wire: Wire) -> None:
    one, other = await open_house(wire), await open_house(wire)
    await other.hears(b"x" * PULSE_BYTES_MAX, of=one)
    lost = one.lost
    one.pulses.send(b"x" * (PULSE_BYTES_MAX + 1))
    assert one.lost == lost + 1
    await other.hears(b"after", of=one)
    assert max(map(len, other.heard)) == PULSE_BYTES_MAX


def test_outside_its_context_nothing_is_sent() -> None:
    for wire in (
        on_a_street(),
        Wire(lambda metrics: RedisPulses("redis://x", key=KEY, metrics=metrics), *[nothing] * 2),
    ):
        metrics = Metrics()
        house = House(wire.hang(metrics), metrics)
        house.pulses.send(b"hello")
        assert not house.pulses.is_running
        assert house.lost == 1


async def nothing() -> None:
    """Wires that nobody cuts."""


# ------------------------------------------------------------------ Redis


async def test_redis_may_be_away_from_the_start_and_nobody_waits_for_it(open_house: OpenHouse) -> None:
    async with a_frail_valkey() as valkey:
        await valkey.kill()
        began = asyncio.get_running_loop().time()
        one, other = await open_house(on_redis(valkey)), await open_house(on_redis(valkey))
        assert asyncio.get_running_loop().time() - began < 0.2
        with capture_logs() as lines:
            await valkey.start()
            await other.hears(b"hello", of=one)
        assert lines == []


async def test_a_frozen_redis_costs_pulses_only_and_they_come_back_when_it_thaws(
    valkey: FrailValkey, open_house: OpenHouse
) -> None:
    one, other = await open_house(on_redis(valkey)), await open_house(on_redis(valkey))
    await other.hears(b"before", of=one)
    valkey.freeze()
    await one.says_in_vain(b"meanwhile")
    valkey.thaw()
    await other.hears(b"after", of=one)


async def test_lines_that_redis_hangs_up_on_are_made_again(valkey: FrailValkey, open_house: OpenHouse) -> None:
    one, other = await open_house(on_redis(valkey)), await open_house(on_redis(valkey))
    for kind in ("pubsub", "normal"):
        await other.hears(f"before {kind}".encode(), of=one)
        await valkey.told("CLIENT", "KILL", "TYPE", kind)
        await other.hears(f"after {kind}".encode(), of=one)


async def test_houses_with_other_keys_have_channels_of_their_own(valkey: FrailValkey, open_house: OpenHouse) -> None:
    one, stranger = await open_house(on_redis(valkey)), await open_house(on_redis(valkey, OTHER_KEY))
    await one.hears(b"ours", of=one)
    await stranger.hears(b"theirs", of=stranger)
    await one.hears(b"ours still", of=one)
    assert not {b"theirs"} & set(one.heard)
    assert one.count("brigade_pulses_refused_total") == 0


async def test_what_a_stranger_publishes_is_dropped_and_counted_and_logged_seldom(
    valkey: FrailValkey, open_house: OpenHouse
) -> None:
    house = await open_house(on_redis(valkey))
    await house.hears(b"before", of=house)
    channels = await valkey.told("PUBSUB", "CHANNELS", "pulses:*")
    assert isinstance(channels, list)
    channel = bytes(channels[0])
    body = b'{"instance":"forged"}'
    hostile = [b"", b"{}", b"x" * 64, Seal(OTHER_KEY).closed(channel, body), Seal(KEY).closed(b"ledger:platform", body)]
    hostile.append(Seal(KEY).closed(channel, b"x" * (PULSE_BYTES_MAX + 1)))
    with capture_logs() as lines:
        for message in hostile * 3:
            await valkey.told("PUBLISH", channel, message)
        await house.hears(b"after", of=house)
    assert set(house.heard) == {b"before", b"after"}
    assert house.count("brigade_pulses_refused_total") == 3 * len(hostile)
    assert 1 <= len(lines) <= 2


async def test_pulses_go_other_ways_than_rings(valkey: FrailValkey, open_house: OpenHouse) -> None:
    house = await open_house(on_redis(valkey))
    await house.hears(b"hello", of=house)
    lines = str(await valkey.told("CLIENT", "LIST")).count("id=")
    doorbell, neighbour = (RedisDoorbell(valkey.url, key=KEY, metrics=house.metrics) for _ in range(2))
    rung = asyncio.Event()
    async with (
        doorbell.running(lambda ring: None, nothing_changed),
        neighbour.running(lambda ring: rung.set(), nothing_changed),
    ):
        await neighbour.listen(KITCHEN)
        assert str(await valkey.told("CLIENT", "LIST")).count("id=") == lines + 2 * 2, "two lines each"
        for _ in range(1_000):
            house.pulses.send(b"x" * PULSE_BYTES_MAX)
        doorbell.ring(a_ring(KITCHEN))
        async with asyncio.timeout(PATIENCE_SECONDS):
            await rung.wait()
    assert house.count("brigade_rings_lost_total") == 0


def nothing_changed() -> None:
    """Whether the doorbell is up is not the point."""
