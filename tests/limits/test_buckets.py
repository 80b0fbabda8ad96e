"""Buckets, by whomever they are kept: the hub's own and the house's in Redis do the same."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.ids import new_id
from hub.limits import Charge, Tier, Verdict, taken
from hub.turnstile import Buckets, RedisBuckets

KEY = b"the key of a house that is counted"
PATIENCE_SECONDS = 10.0
"""In place of some milliseconds: here the machine may be busy, and nothing else is tried."""
HUNDRED = Tier("hundred", 100, 900, "whatever is tried")
FEW = Tier("few", 3, 900, "whatever is tried")
QUICK = Tier("quick", 2, 1, "what comes back soon")

Take = Callable[[Sequence[Charge]], Awaitable[list[Verdict]]]
GiveBack = Callable[[Sequence[Charge]], None]


@pytest.fixture(params=["own", "house"])
async def kept(request: pytest.FixtureRequest, redis_url: str) -> AsyncIterator[tuple[Take, GiveBack]]:
    if request.param == "own":
        own = Buckets()

        async def take(charges: Sequence[Charge]) -> list[Verdict]:
            return own.take(charges)

        yield take, own.give_back
    else:
        buckets = RedisBuckets(redis_url, key=KEY, silence_seconds_max=PATIENCE_SECONDS)
        async with buckets.running():
            yield cast(Take, buckets.take), buckets.give_back


def somebody(tier: Tier) -> Charge:
    return Charge(tier, f"user:{new_id()}")


async def test_as_many_as_the_limit_come_at_once_and_then_nobody(kept: tuple[Take, GiveBack]) -> None:
    take, who = kept[0], somebody(HUNDRED)
    verdicts = [verdict for _ in range(105) for verdict in await take([who])]
    assert [verdict.is_allowed for verdict in verdicts] == [True] * 100 + [False] * 5
    assert [verdict.remaining for verdict in verdicts] == [*range(99, -1, -1)] + [0] * 5
    assert verdicts[0].whole_in_seconds == pytest.approx(9.0, abs=0.5)
    assert verdicts[99].whole_in_seconds == pytest.approx(900.0, abs=5)
    assert 0 < verdicts[100].retry_after_seconds <= 9.0
    assert (await take([somebody(HUNDRED)]))[0].is_allowed, "others are counted by themselves"


async def test_one_comes_back_each_interval(kept: tuple[Take, GiveBack]) -> None:
    take, who = kept[0], somebody(QUICK)

    async def comes() -> bool:
        return (await take([who]))[0].is_allowed

    while await comes():
        pass
    async with asyncio.timeout(5):
        while not await comes():  # noqa: ASYNC110  # a bucket tells nobody
            await asyncio.sleep(0.02)
    assert not await comes()


async def test_what_is_counted_together_is_taken_whole_or_not_at_all(kept: tuple[Take, GiveBack]) -> None:
    take, few, many = kept[0], somebody(FEW), somebody(HUNDRED)
    for left in (2, 1, 0):
        verdicts = await take([few, many])
        assert [verdict.remaining for verdict in verdicts] == [left, 97 + left]
    for _ in range(3):
        refused, other = await take([few, many])
        assert (refused.is_allowed, refused.remaining) == (False, 0)
        assert refused.retry_after_seconds == pytest.approx(300, abs=3)
        assert (other.is_allowed, other.remaining) == (True, 97)


async def test_what_is_given_back_can_be_taken_again(kept: tuple[Take, GiveBack]) -> None:
    (take, give_back), who = kept, somebody(FEW)
    for _ in range(20):
        verdict = (await take([who]))[0]
        assert (verdict.is_allowed, verdict.remaining) == (True, 2)
        assert verdict.given_back().remaining == 3
        give_back([who])
    assert [(await take([who]))[0].is_allowed for _ in range(4)] == [True, True, True, False]


def test_of_a_bucket_that_is_whole_again_nothing_is_left_to_wait_for() -> None:
    # With this time, what is added and taken away again leaves a millionth of a millionth of a second.
    _, verdict = taken(replace(FEW, limit=50), 0.0, 8_182.753)
    assert verdict.whole_in_seconds > 18
    assert verdict.given_back().whole_in_seconds == 0


async def test_more_given_back_than_was_taken_is_no_credit(kept: tuple[Take, GiveBack]) -> None:
    (take, give_back), who = kept, somebody(FEW)
    for _ in range(5):
        give_back([who])
    assert [(await take([who]))[0].is_allowed for _ in range(4)] == [True, True, True, False]


@given(
    limit=st.integers(1, 1_000),
    window=st.integers(1, 4_000),
    pauses=st.lists(st.floats(0, 500), min_size=1, max_size=60),
    began=st.floats(0, 1e6),
)
def test_no_window_lets_more_through_than_the_limit_and_what_comes_back_in_it(
    limit: int, window: int, pauses: list[float], began: float
) -> None:
    tier, whole_at, now, allowed = Tier("any", limit, window, "anything"), 0.0, began, list[float]()
    for pause in pauses:
        now += pause
        whole_at, verdict = taken(tier, whole_at, now)
        assert 0 <= verdict.remaining < limit
        if verdict.is_allowed:
            allowed.append(now)
        else:
            again = taken(tier, whole_at, now + verdict.retry_after_seconds + 1e-5)[1]
            assert again.is_allowed, "whoever waits as long as was said gets through"
    for n, first in enumerate(allowed):
        for m, last in enumerate(allowed[n:], 1):
            assert m <= limit + (last - first) / tier.interval_seconds + 1e-3


def test_a_clock_that_was_set_back_locks_nobody_out_for_longer_than_a_window() -> None:
    whole_at, verdict = taken(HUNDRED, 1e9, 1_000.0)
    assert not verdict.is_allowed
    assert taken(HUNDRED, whole_at, 1_000.0 + 10)[1].is_allowed


def test_buckets_that_are_whole_or_too_many_are_let_go() -> None:
    now = [0.0]
    buckets = Buckets(now=lambda: now[0], buckets_max=10)
    for n in range(30):
        buckets.take([Charge(QUICK, str(n))])
    assert len(buckets) == 10
    now[0] = 60.0
    buckets.take([Charge(QUICK, "late")])
    assert len(buckets) == 1
