"""What both doorbells promise: one contract, for the one over Redis and for its twin in memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from uuid import uuid4

import pytest

from hub.audience import Scope
from hub.follow import Doorbell, InProcessDoorbell, RedisDoorbell, Ring, Street
from hub.store.ledger import Recorded
from hub.telemetry import Metrics
from tests.follow.stand_ins import LedgerInMemory, until
from tests.follow.valkey import FrailValkey, a_frail_valkey

KEY = b"k" * 32


@dataclass
class Wire:
    """What doorbells hang on, and how it is taken away."""

    hang: Callable[[Metrics, int], Doorbell]
    cut: Callable[[], Awaitable[None]]
    mend: Callable[[], Awaitable[None]]


class House:
    """A hub, as far as a doorbell can tell."""

    def __init__(self, wire: Wire, *, rings_queued_max: int) -> None:
        self.metrics = Metrics()
        self.doorbell = wire.hang(self.metrics, rings_queued_max)
        self.heard: list[Ring] = []
        self.changes: list[bool] = []
        self.news = asyncio.Event()

    def hear(self, ring: Ring) -> None:
        self.heard.append(ring)
        self.news.set()

    def on_change(self) -> None:
        self.changes.append(self.doorbell.is_up)
        self.news.set()

    async def until(self, is_so: Callable[[], bool]) -> None:
        await until(self.news, is_so)

    def count(self, name: str) -> float:
        return self.metrics.registry.get_sample_value(name) or 0.0


def on_a_street() -> Wire:
    street = Street()

    async def cut() -> None:
        street.cut()

    async def mend() -> None:
        street.mend()

    return Wire(lambda metrics, most: InProcessDoorbell(street, metrics, rings_queued_max=most), cut, mend)


def on_redis(valkey: FrailValkey, key: bytes = KEY, url: str = "") -> Wire:
    return Wire(
        lambda metrics, most: RedisDoorbell(url or valkey.url, key=key, metrics=metrics, rings_queued_max=most),
        valkey.kill,
        valkey.start,
    )


@pytest.fixture(params=["in process", "redis"])
async def wire(request: pytest.FixtureRequest) -> AsyncIterator[Wire]:
    if request.param == "in process":
        yield on_a_street()
    else:
        async with a_frail_valkey() as valkey:
            yield on_redis(valkey)


OpenHouse = Callable[..., Awaitable[House]]


@pytest.fixture
async def open_house(wire: Wire) -> AsyncIterator[OpenHouse]:
    async with AsyncExitStack() as stack:

        async def open_one(*scopes: Scope, rings_queued_max: int = 10_000) -> House:
            house = House(wire, rings_queued_max=rings_queued_max)
            await stack.enter_async_context(house.doorbell.running(house.hear, house.on_change))
            for scope in scopes:
                await house.doorbell.listen(scope)
            return house

        yield open_one


def a_scope() -> Scope:
    return Scope(f"restaurant:{uuid4()}")


def a_ring(scope: Scope, *, payload: bytes = b'{"portions":3}') -> Recorded:
    return LedgerInMemory(scope).commit(("item:1", "pass"), ("pass",), payload=payload)


async def test_a_ring_reaches_everyone_who_listens_and_nobody_else(open_house: OpenHouse) -> None:
    scope, other = a_scope(), a_scope()
    ringing, listening, deaf = await open_house(), await open_house(scope, other), await open_house(other)
    ringing.doorbell.ring(a_ring(scope))
    ringing.doorbell.ring(last := a_ring(other))
    await listening.until(lambda: last in listening.heard)
    await deaf.until(lambda: last in deaf.heard)
    assert [ring.scope for ring in listening.heard] == [scope, other]
    assert [ring.scope for ring in deaf.heard] == [other]
    assert ringing.heard == []
    assert ringing.count("brigade_entries_rung_total") == 4


async def test_what_is_heard_is_what_was_recorded_to_the_last_byte_and_microsecond(open_house: OpenHouse) -> None:
    scope = a_scope()
    ringing, listening = await open_house(), await open_house(scope)
    recorded = a_ring(scope, payload='{"note":"crème brûlée \\"flambée\\" \\u2603 🍮","price":1.0}'.encode())
    ringing.doorbell.ring(recorded)
    await listening.until(lambda: bool(listening.heard))
    assert listening.heard == [recorded]


async def test_nobody_hears_what_they_ring_themselves(open_house: OpenHouse) -> None:
    scope = a_scope()
    one, other = await open_house(scope), await open_house(scope)
    one.doorbell.ring(of_one := a_ring(scope))
    await other.until(lambda: of_one in other.heard)
    # What the other answers comes to the one after its own ring, the way all rings come.
    other.doorbell.ring(of_other := a_ring(scope))
    await one.until(lambda: bool(one.heard))
    assert (one.heard, other.heard) == ([of_other], [of_one])
    assert one.count("brigade_rings_refused_total") == 0


async def test_ones_own_rings_for_one_scope_can_be_heard_to_come_back(open_house: OpenHouse) -> None:
    own, other = a_scope(), a_scope()
    one, neighbour = await open_house(own, other), await open_house(own)
    back: list[Ring] = []

    def come_back(ring: Ring) -> None:
        back.append(ring)
        one.news.set()

    one.doorbell.hear_own(own, come_back)
    one.doorbell.ring(a_ring(other))
    neighbour.doorbell.ring(of_neighbour := a_ring(own))
    await one.until(lambda: of_neighbour in one.heard)
    one.doorbell.ring(of_one := a_ring(own))
    await one.until(lambda: bool(back))
    assert back == [of_one]
    assert one.heard == [of_neighbour], "it goes nowhere else"


async def test_a_renewed_doorbell_rings_and_hears_as_before(open_house: OpenHouse) -> None:
    scope = a_scope()
    one, other = await open_house(scope), await open_house(scope)
    one.doorbell.renew()
    # Over Redis it is down for a moment; where there is but one street, nothing happens.
    since = asyncio.get_running_loop().time()
    if isinstance(one.doorbell, RedisDoorbell):
        await one.until(lambda: one.changes[-2:] == [False, True])
        assert one.doorbell.up_since is not None
        assert one.doorbell.up_since >= since
    one.doorbell.ring(of_one := a_ring(scope))
    other.doorbell.ring(of_other := a_ring(scope))
    await one.until(lambda: of_other in one.heard)
    await other.until(lambda: of_one in other.heard)


async def test_rings_of_one_hub_come_in_their_order(open_house: OpenHouse) -> None:
    scope = a_scope()
    ringing, listening = await open_house(), await open_house(scope)
    ledger = LedgerInMemory(scope)
    rings = [ledger.commit(("pass",)) for _ in range(1_000)]
    for ring in rings:
        ringing.doorbell.ring(ring)
    await listening.until(lambda: len(listening.heard) == 1_000)
    assert listening.heard == rings


async def test_a_muted_scope_is_heard_no_more_and_listening_again_hears_it(open_house: OpenHouse) -> None:
    scope, other = a_scope(), a_scope()
    ringing, house = await open_house(), await open_house(scope, other)
    house.doorbell.mute(scope)
    house.doorbell.mute(scope)
    ringing.doorbell.ring(a_ring(scope))
    ringing.doorbell.ring(a_ring(other))
    await house.until(lambda: bool(house.heard))
    assert [ring.scope for ring in house.heard] == [other]
    await house.doorbell.listen(scope)
    await house.doorbell.listen(scope)
    ringing.doorbell.ring(a_ring(scope))
    await house.until(lambda: len(house.heard) > 1)
    assert [ring.scope for ring in house.heard] == [other, scope]


async def test_changing_ones_mind_at_once_is_listening(open_house: OpenHouse) -> None:
    scope = a_scope()
    ringing, house = await open_house(), await open_house(scope)
    house.doorbell.mute(scope)
    await house.doorbell.listen(scope)
    ringing.doorbell.ring(a_ring(scope))
    await house.until(lambda: bool(house.heard))


async def test_a_full_queue_loses_rings_counts_them_and_blocks_nobody(open_house: OpenHouse) -> None:
    scope = a_scope()
    ringing, listening = await open_house(rings_queued_max=10), await open_house(scope)
    ledger = LedgerInMemory(scope)
    for _ in range(25):
        ringing.doorbell.ring(ledger.commit(("pass",)))
    await listening.until(lambda: len(listening.heard) == 10)
    assert ringing.count("brigade_rings_lost_total") == 15


async def test_a_cut_wire_is_told_and_so_is_its_return_after_which_all_is_heard_again(
    open_house: OpenHouse, wire: Wire
) -> None:
    scope, other = a_scope(), a_scope()
    ringing, house = await open_house(), await open_house(scope)
    assert house.doorbell.is_up
    assert house.count("brigade_doorbell_up") == 1
    first_up = house.doorbell.up_since
    assert first_up is not None
    await wire.cut()
    for one in (ringing, house):
        await one.until(lambda one=one: not one.doorbell.is_up)
    assert house.count("brigade_doorbell_up") == 0
    assert house.doorbell.up_since is None
    assert house.doorbell.why_down
    ringing.doorbell.ring(a_ring(scope))
    await house.doorbell.listen(other)
    await wire.mend()
    for one in (ringing, house):
        await one.until(lambda one=one: one.doorbell.is_up)
        assert one.changes[-2:] == [False, True]
        assert one.doorbell.why_down == ""
        assert one.doorbell.up_since is not None
        assert one.doorbell.up_since > first_up
        assert one.doorbell.is_running
    for ring in (a_ring(scope), a_ring(other)):
        ringing.doorbell.ring(ring)
    await house.until(lambda: len(house.heard) == 2)
    assert ringing.count("brigade_rings_lost_total") == 1


async def test_outside_its_context_a_doorbell_is_down_and_rings_for_nobody(wire: Wire) -> None:
    house = House(wire, rings_queued_max=10)
    house.doorbell.ring(a_ring(a_scope()))
    assert not house.doorbell.is_up
    assert not house.doorbell.is_running
    assert house.count("brigade_rings_lost_total") == 1
