"""For how long a hub has not been able to say that it delivered everything: what it may never claim, and when it must
own up."""

import asyncio
import random
from collections.abc import Awaitable, Callable

import pytest

from hub.audience import Scope
from hub.domain.refusals import DatabaseUnavailable
from hub.follow.follower import GAP_WAIT_SECONDS
from hub.follow.pages import Page
from hub.follow.sweep import SWEEP_SECONDS, SWEEP_SECONDS_WITHOUT_DATABASE_MAX
from tests.follow.stand_ins import KITCHEN, LedgerInMemory, in_no_time, time_passes
from tests.follow.test_followers import GRILL, Hub

WELL_SECONDS_MAX = SWEEP_SECONDS + 0.1
"""A sweep's wait, a question's way, and a repair."""
HOUR_SECONDS = 3_600.0


def with_a_hub(story: Callable[[Hub], Awaitable[None]], ledger: LedgerInMemory | None = None) -> None:
    """Tell a story of a hub that follows; it may bring the kitchen's ledger. Hours pass in no time."""

    async def whole_story() -> None:
        hub = Hub(ledger)
        async with hub.followers.running():
            await story(hub)

    in_no_time(whole_story())


def behind(hub: Hub) -> float:
    return hub.followers.lag.behind_seconds


class SlowToRead(LedgerInMemory):
    """Says at once where its head is; its entries travel longer, or not at all."""

    def __init__(self) -> None:
        super().__init__()
        self.entries_travel_seconds = 0.001
        self.are_entries_away = False

    async def after(self, scope: Scope, seq: int, *, limit: int) -> Page:
        return await self._travelling(await super().after(scope, seq, limit=limit))

    async def latest(self, scope: Scope, *, limit: int) -> Page:
        return await self._travelling(await super().latest(scope, limit=limit))

    async def _travelling(self, page: Page) -> Page:
        await time_passes(self.entries_travel_seconds)
        if self.are_entries_away:
            raise DatabaseUnavailable
        return page


async def worst(hub: Hub, *, seconds: float, commit_every: float | None = None) -> float:
    """The most it ever was behind in that time, while the kitchen is busy or is not, and nothing is rung."""
    loop = asyncio.get_running_loop()
    ends_at, most = loop.time() + seconds, 0.0
    while loop.time() < ends_at:
        if commit_every is not None:
            hub.ledger.commit(GRILL)
        await time_passes(commit_every or 0.1)
        most = max(most, behind(hub))
    return most


@pytest.mark.parametrize("commit_every", [None, 0.7, 0.003])
def test_a_hub_that_is_well_is_a_second_behind_at_most_however_busy_it_is(commit_every: float | None) -> None:
    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)
        assert 0 < await worst(hub, seconds=20, commit_every=commit_every) < WELL_SECONDS_MAX

    with_a_hub(story)


def test_a_hub_is_the_more_behind_the_longer_its_database_is_away_and_not_when_it_is_back() -> None:
    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)
        await time_passes(5)
        hub.ledger.is_away = True
        await time_passes(HOUR_SECONDS)
        assert HOUR_SECONDS < behind(hub) < HOUR_SECONDS + WELL_SECONDS_MAX
        hub.ledger.is_away = False
        await time_passes(SWEEP_SECONDS_WITHOUT_DATABASE_MAX + GAP_WAIT_SECONDS)
        assert behind(hub) < SWEEP_SECONDS_WITHOUT_DATABASE_MAX

    with_a_hub(story)


def test_a_database_that_never_answers_is_no_better_than_one_that_is_away() -> None:
    async def story(hub: Hub) -> None:
        await time_passes(5)
        hub.ledger.travel_seconds = 2 * HOUR_SECONDS
        await time_passes(HOUR_SECONDS)
        assert behind(hub) > HOUR_SECONDS

    with_a_hub(story)


def test_a_hub_where_nobody_sweeps_any_more_owns_up() -> None:
    async def story(hub: Hub) -> None:
        await time_passes(5)
        hub.followers._tasks[0].cancel()
        await time_passes(HOUR_SECONDS)
        assert behind(hub) > HOUR_SECONDS

    with_a_hub(story)


def test_a_follower_that_cannot_read_what_it_misses_keeps_its_hub_behind_though_every_sweep_succeeds() -> None:
    ledger = SlowToRead()

    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)
        await time_passes(5)
        ledger.are_entries_away = True
        hub.ledger.commit(GRILL)
        await time_passes(HOUR_SECONDS)
        swept_seconds_ago = hub.followers.lag.swept_seconds_ago
        assert swept_seconds_ago is not None
        assert swept_seconds_ago < WELL_SECONDS_MAX
        assert behind(hub) > HOUR_SECONDS
        follower = hub.followers.get(KITCHEN)
        assert follower is not None
        assert follower.entries_behind == 1
        ledger.are_entries_away = False
        await hub.witness.until(lambda: hub.witness.seqs() == [1])
        assert behind(hub) < WELL_SECONDS_MAX
        assert follower.entries_behind == 0

    with_a_hub(story, ledger)


def test_a_hub_that_is_always_late_says_by_how_much() -> None:
    late_seconds, ledger = 3.0, SlowToRead()

    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)
        ledger.entries_travel_seconds = late_seconds
        assert late_seconds < await worst(hub, seconds=600, commit_every=0.05) < 3 * late_seconds

    with_a_hub(story, ledger)


def test_another_ledger_is_behind_until_it_was_read() -> None:
    ledger = SlowToRead()

    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)
        hub.ledger.commit(GRILL, GRILL)
        await time_passes(5)
        hub.ledger.restore("second", losing=1)
        ledger.are_entries_away = True
        await time_passes(30)
        assert behind(hub) > 29, "that its number is smaller than ours says nothing"
        ledger.are_entries_away = False
        await hub.witness.until(lambda: hub.witness.resets == 1)
        await time_passes(SWEEP_SECONDS)
        assert behind(hub) < WELL_SECONDS_MAX

    with_a_hub(story, ledger)


def test_the_same_ledger_gone_back_is_behind_until_it_was_read() -> None:
    ledger = SlowToRead()

    async def story(hub: Hub) -> None:
        await hub.followers.follow(KITCHEN)
        hub.ledger.commit(GRILL, GRILL)
        await time_passes(5)
        hub.ledger.restore("first", losing=1)
        ledger.are_entries_away = True
        await time_passes(30)
        assert behind(hub) > 29
        ledger.are_entries_away = False
        await hub.witness.until(lambda: hub.witness.resets == 1)

    with_a_hub(story, ledger)


@pytest.mark.parametrize("seed", range(20))
def test_whatever_was_recorded_before_is_delivered(seed: int) -> None:
    chance, ledger = random.Random(seed), SlowToRead()

    async def story(hub: Hub) -> None:
        loop, committed_at = asyncio.get_running_loop(), list[float]()
        await hub.followers.follow(KITCHEN)
        for _ in range(500):
            match chance.randrange(6):
                case 0 | 1:
                    ring = hub.ledger.commit(*[GRILL] * chance.randint(1, 3))
                    committed_at += [loop.time()] * len(ring.entries)
                    if chance.random() < 0.5:
                        hub.followers.hear(ring)
                case 2:
                    hub.ledger.is_away = chance.random() < 0.2
                case 3:
                    ledger.are_entries_away = chance.random() < 0.2
                case 4:
                    ledger.entries_travel_seconds = chance.choice((0.001, 0.5, 2.5))
            await time_passes(chance.expovariate(2))
            vouched_for = loop.time() - behind(hub)
            recorded_before = sum(at < vouched_for for at in committed_at)
            assert len(hub.witness.entries) >= recorded_before
        assert hub.witness.entries, "this evening was too quiet to prove anything"

    with_a_hub(story, ledger)
