"""The table of followers: who is followed, for how long, and who is told; without a database or Redis."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from hub.audience import PLATFORM, Scope, user_scope
from hub.domain.refusals import DatabaseUnavailable
from hub.follow import Follower, Followers, InProcessDoorbell, Street
from hub.follow.followers import LINGER_SECONDS
from hub.follow.pages import Page
from hub.ids import UserId
from hub.store.ledger import Entry, Head
from hub.telemetry import Metrics
from tests.follow.stand_ins import KITCHEN, LedgerInMemory, Witness, in_no_time, time_passes

GRILL = ("grill",)


class Hub:
    def __init__(self, ledger: LedgerInMemory | None = None) -> None:
        self.ledger = ledger or LedgerInMemory()
        self.metrics = Metrics()
        self.street = Street()
        self.doorbell = InProcessDoorbell(self.street, self.metrics)
        self.followers = Followers(TwoLedgers(self.ledger), self.doorbell, self.metrics)
        self.witness = Witness()
        self.followers.add_listener(self.witness)

    def count(self, name: str) -> float:
        return self.metrics.registry.get_sample_value(name) or 0.0


class TwoLedgers(LedgerInMemory):
    """The kitchen's ledger or another one, and an empty one for the platform."""

    def __init__(self, kitchen: LedgerInMemory) -> None:
        super().__init__(PLATFORM)
        self._kitchen = kitchen

    async def after(self, scope: Scope, seq: int, *, limit: int) -> Page:
        return await (self._kitchen.after if scope != PLATFORM else super().after)(scope, seq, limit=limit)

    async def latest(self, scope: Scope, *, limit: int) -> Page:
        return await (self._kitchen.latest if scope != PLATFORM else super().latest)(scope, limit=limit)

    async def heads(self, scopes: Collection[Scope]) -> Mapping[Scope, Head]:
        return {**await self._kitchen.heads(scopes), **await super().heads(scopes)}


def with_a_hub(story: Callable[[Hub], Awaitable[None]], ledger: LedgerInMemory | None = None) -> Hub:
    async def whole_story() -> Hub:
        hub = Hub(ledger)
        async with hub.followers.running():
            await story(hub)
        return hub

    return in_no_time(whole_story())


def test_the_platform_is_always_followed_and_nothing_is_after_the_end() -> None:
    async def story(hub: Hub) -> None:
        assert hub.followers.get(PLATFORM) is not None
        assert hub.followers.is_healthy
        assert hub.followers.lag.followers == 1

    hub = with_a_hub(story)
    assert hub.followers.get(PLATFORM) is None
    assert not hub.followers.is_healthy
    assert hub.count("brigade_followers") == 0


def test_a_follower_stays_two_minutes_after_its_last_listener() -> None:
    async def story(hub: Hub) -> None:
        first = await hub.followers.follow(KITCHEN)
        assert await hub.followers.follow(KITCHEN) is first
        hub.followers.leave(KITCHEN)
        await time_passes(10 * LINGER_SECONDS)
        assert hub.followers.get(KITCHEN) is first
        hub.followers.leave(KITCHEN)
        await time_passes(LINGER_SECONDS - 1)
        assert await hub.followers.follow(KITCHEN) is first, "coming back costs no reading"
        await time_passes(10 * LINGER_SECONDS)
        hub.followers.leave(KITCHEN)
        await time_passes(LINGER_SECONDS + 1)
        assert hub.followers.get(KITCHEN) is None
        assert hub.count("brigade_followers") == 1
        assert KITCHEN not in hub.doorbell._scopes
        assert await hub.followers.follow(KITCHEN) is not first

    with_a_hub(story)


def test_a_thousand_who_return_at_once_cost_one_reading() -> None:
    async def story(hub: Hub) -> None:
        hub.ledger.commit(*[GRILL] * 10)
        await time_passes(0.5)
        reads = hub.ledger.reads
        followers = await asyncio.gather(*(hub.followers.follow(KITCHEN) for _ in range(1_000)))
        assert len(set(followers)) == 1
        assert hub.ledger.reads - reads == 1
        assert followers[0].head == 10

    with_a_hub(story)


@pytest.mark.parametrize(("scope", "is_remembered"), [(KITCHEN, True), (user_scope(UserId(UUID(int=1))), False)])
def test_less_is_remembered_of_a_persons_ledger_than_of_a_houses(scope: Scope, is_remembered: bool) -> None:
    ledger = LedgerInMemory(scope)

    async def story(hub: Hub) -> None:
        follower = await hub.followers.follow(scope)
        hub.followers.hear(ledger.commit(*[GRILL] * 1_000))
        assert len(follower.entries_after("grill", 800) or []) == 200
        assert (follower.entries_after("grill", 0) is not None) == is_remembered

    with_a_hub(story, ledger)


@pytest.mark.parametrize("after_seconds", [0.0, 0.0005, 0.001, 0.0015, 0.01])
def test_what_a_hub_records_while_it_begins_to_follow_is_there_though_nobody_rings_it_back(
    after_seconds: float,
) -> None:
    async def story(hub: Hub) -> None:
        # Away from any sweep, so that nothing else brings it.
        await time_passes(0.5)
        following = asyncio.create_task(hub.followers.follow(KITCHEN))
        await time_passes(after_seconds)
        recorded = hub.ledger.commit(GRILL)
        hub.followers.hear(recorded)
        hub.doorbell.ring(recorded)
        follower = await following
        assert follower.head == 1

    with_a_hub(story)


def test_without_a_database_following_is_refused_and_the_sweep_opens_what_was_asked_for_later() -> None:
    async def story(hub: Hub) -> None:
        hub.ledger.commit(GRILL)
        hub.ledger.is_away = True
        with pytest.raises(DatabaseUnavailable):
            await hub.followers.follow(KITCHEN)
        await time_passes(20)
        assert hub.count("brigade_sweep_failures_total") > 5
        assert hub.followers.is_healthy, "no task has died of it"
        hub.ledger.is_away = False
        await time_passes(3)
        follower = hub.followers.get(KITCHEN)
        assert follower is not None
        assert follower.is_open

    with_a_hub(story)


@pytest.mark.parametrize(("is_rung", "seconds_max"), [(True, 0.0), (False, 1.1)])
def test_what_no_ring_brought_the_sweep_brings_within_a_second(is_rung: bool, seconds_max: float) -> None:
    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)
        began = asyncio.get_running_loop().time()
        ring = hub.ledger.commit(GRILL)
        if is_rung:
            hub.followers.hear(ring)
        else:
            await hub.witness.until(lambda: hub.witness.seqs() == [1])
        assert hub.witness.seqs() == [1]
        assert asyncio.get_running_loop().time() - began <= seconds_max

    with_a_hub(story)


def test_a_silent_doorbell_makes_the_sweep_look_at_once_and_four_times_a_second() -> None:
    async def story(hub: Hub) -> None:
        loop = asyncio.get_running_loop()
        await hub.followers.follow(KITCHEN)
        await time_passes(0.5)
        hub.ledger.commit(GRILL)
        hub.street.cut()
        for entries in range(1, 20):
            began = loop.time()
            await hub.witness.until(lambda entries=entries: len(hub.witness.entries) == entries)
            assert loop.time() - began < 0.3
            await time_passes(0.1)
            hub.ledger.commit(GRILL)
        hub.street.mend()

    with_a_hub(story)


def test_a_listener_that_fails_stops_nobody() -> None:
    class Clumsy:
        def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
            raise RuntimeError("dropped the plate")

        def reset(self, follower: Follower) -> None:
            raise RuntimeError("dropped the tray")

    async def story(hub: Hub) -> None:
        hub.followers.add_listener(clumsy := Clumsy())
        hub.followers.add_listener(last := Witness())
        await hub.followers.follow(KITCHEN)
        with capture_logs() as lines:
            for _ in range(100):
                hub.followers.hear(hub.ledger.commit(GRILL))
            hub.ledger.restore("second", losing=0)
            await hub.witness.until(lambda: hub.witness.resets == 1)
        assert last.resets == 1
        assert hub.followers.listener_failures == 101
        assert sum("A listener failed" in line["event"] for line in lines) == 1
        hub.followers.remove_listener(clumsy)

    with_a_hub(story)


def test_settling_brings_every_follower_to_its_ledgers_head() -> None:
    async def story(hub: Hub) -> None:
        follower = await hub.followers.follow(KITCHEN)
        hub.ledger.commit(GRILL, GRILL)
        await hub.followers.settle()
        assert follower.head == 2
        hub.ledger.is_away = True
        await hub.followers.settle()

    with_a_hub(story)


def test_a_sweep_that_died_is_not_healthy() -> None:
    async def story(hub: Hub) -> None:
        hub.followers._tasks[0].cancel()
        await time_passes(1)
        assert not hub.followers.is_healthy

    with_a_hub(story)


def test_leaving_when_the_hub_has_stopped_is_no_mistake() -> None:
    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)

    with_a_hub(story).followers.leave(KITCHEN)
