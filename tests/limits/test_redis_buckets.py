"""What may happen to the house's buckets: two hubs at once, a Redis that dies, freezes, or forgets."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest

from hub.follow.redis_wire import ANSWER_SECONDS_MAX
from hub.ids import new_id
from hub.limits import AUTH, GUEST, ORDER, Charge, Scale, SignInsClosed, SignInsLimited, Tier, must_be_allowed, sign_in
from hub.telemetry import Metrics
from hub.turnstile import RedisBuckets, Turnstile
from tests.follow.valkey import FrailValkey, a_frail_valkey
from tests.limits.test_buckets import FEW, HUNDRED, KEY, PATIENCE_SECONDS, somebody

RACERS = 1_000


@pytest.fixture
async def valkey() -> AsyncIterator[FrailValkey]:
    async with a_frail_valkey() as valkey:
        yield valkey


async def until_it_answers(buckets: RedisBuckets) -> None:
    async with asyncio.timeout(5):
        while not buckets.is_answering:  # noqa: ASYNC110  # it announces itself to nobody
            await asyncio.sleep(0.01)


async def test_of_a_thousand_racers_at_two_hubs_a_hundred_get_through(
    redis_url: str, record_property: Callable[[str, object], None]
) -> None:
    hubs = [RedisBuckets(redis_url, key=KEY, silence_seconds_max=PATIENCE_SECONDS) for _ in range(2)]
    who = somebody(HUNDRED)
    async with hubs[0].running(), hubs[1].running():
        verdicts = await asyncio.gather(*(hubs[n % 2].take([who]) for n in range(RACERS)))
    assert all(verdict is not None for verdict in verdicts)
    let_through = sum(verdict[0].is_allowed for verdict in verdicts if verdict is not None)
    record_property("let through of a thousand", let_through)
    assert let_through == 100


async def test_redis_holds_no_name_and_keeps_no_bucket_that_is_whole(valkey: FrailValkey) -> None:
    buckets = RedisBuckets(valkey.url, key=KEY, silence_seconds_max=PATIENCE_SECONDS)
    async with buckets.running():
        await buckets.take([Charge(FEW, "account:ada@example.test"), Charge(HUNDRED, "address:192.0.2.7")])
        names = await valkey.told("KEYS", "*")
        assert isinstance(names, list)
        assert len(names) == 2
        for name in names:
            assert name.startswith(b"limit:")
            assert b"ada" not in name
            assert b"192" not in name
            seconds = await valkey.told("TTL", name)
            assert isinstance(seconds, int)
            assert 0 < seconds <= 300
        buckets.give_back([Charge(FEW, "account:ada@example.test"), Charge(HUNDRED, "address:192.0.2.7")])
        await buckets.take([somebody(FEW)])
        assert await valkey.told("DBSIZE") == 1


async def test_houses_with_keys_of_their_own_do_not_count_each_others_guests(redis_url: str) -> None:
    ours, theirs = (RedisBuckets(redis_url, key=key, silence_seconds_max=PATIENCE_SECONDS) for key in (KEY, b"x" * 32))
    who = somebody(FEW)
    async with ours.running(), theirs.running():
        for hub in (ours, ours, ours, theirs):
            verdicts = await hub.take([who])
            assert verdicts is not None
            assert verdicts[0].is_allowed


async def test_whatever_redis_forgets_is_taught_again(valkey: FrailValkey) -> None:
    buckets = RedisBuckets(valkey.url, key=KEY, silence_seconds_max=PATIENCE_SECONDS)
    async with buckets.running():
        assert await buckets.take([somebody(FEW)])
        await valkey.told("SCRIPT", "FLUSH")
        assert await buckets.take([somebody(FEW)]) is None
        await until_it_answers(buckets)
        assert await buckets.take([somebody(FEW)])
        await valkey.kill()
        await valkey.start()
        await until_it_answers(buckets)
        assert await buckets.take([somebody(FEW)])


async def test_a_bucket_that_a_stranger_spoilt_is_not_for_ever(valkey: FrailValkey) -> None:
    """As a clock that was set back does."""
    buckets = RedisBuckets(valkey.url, key=KEY, silence_seconds_max=PATIENCE_SECONDS)
    async with buckets.running():
        who = somebody(FEW)
        await buckets.take([who])
        names = await valkey.told("KEYS", "*")
        assert isinstance(names, list)
        (name,) = names
        await valkey.told("SET", name, "9" * 15 + "000")
        verdicts = await buckets.take([who])
        assert verdicts is not None
        assert not verdicts[0].is_allowed
        assert verdicts[0].retry_after_seconds <= 300
        seconds = await valkey.told("TTL", name)
        assert isinstance(seconds, int)
        assert 0 < seconds <= 900


@pytest.mark.parametrize("command", ["SET", "RPUSH"])
async def test_what_is_no_bucket_is_replaced_by_one(valkey: FrailValkey, command: str) -> None:
    buckets = RedisBuckets(valkey.url, key=KEY, silence_seconds_max=PATIENCE_SECONDS)
    async with buckets.running():
        who = somebody(FEW)
        await buckets.take([who])
        [name] = await valkey.told("KEYS", "*")
        await valkey.told("DEL", name)
        await valkey.told(command, name, "soup")
        for left in (2, 1, 0):
            verdicts = await buckets.take([who])
            assert verdicts is not None
            assert (verdicts[0].is_allowed, verdicts[0].remaining) == (True, left)


async def test_a_frozen_redis_is_waited_for_once_and_asked_again_when_it_thaws(valkey: FrailValkey) -> None:
    buckets = RedisBuckets(valkey.url, key=KEY)
    async with buckets.running():
        await until_it_answers(buckets)
        valkey.freeze()
        began = time.perf_counter()
        assert await asyncio.gather(*(buckets.take([somebody(FEW)]) for _ in range(50))) == [None] * 50
        assert time.perf_counter() - began < ANSWER_SECONDS_MAX / 2
        assert not buckets.is_answering
        began = time.perf_counter()
        assert await buckets.take([somebody(FEW)]) is None
        assert time.perf_counter() - began < 0.05, "nobody else waits"
        valkey.thaw()
        await until_it_answers(buckets)
        verdicts = await asyncio.gather(*(buckets.take([somebody(FEW)]) for _ in range(5)))
        assert any(verdict is not None for verdict in verdicts)


# ------------------------------------------------------------------ the turnstile


class Away:
    """A Redis that is not there."""

    def __init__(self) -> None:
        self.given_back = 0

    async def take(self, charges: object) -> None:
        return None

    def give_back(self, charges: object) -> None:
        self.given_back += 1


async def test_guests_go_on_while_redis_is_away_as_many_at_each_hub() -> None:
    metrics = Metrics()
    turnstile, who = Turnstile(Away(), metrics), f"seating:{new_id()}"
    verdicts = [(await turnstile.take(Charge(ORDER, who)))[0] for _ in range(12)]
    assert [verdict.is_allowed for verdict in verdicts] == [True] * 10 + [False] * 2
    assert metrics.registry.get_sample_value("brigade_limits_alone_total", {"tier": "order"}) == 12
    assert metrics.registry.get_sample_value("brigade_limits_refused_total", {"tier": "order"}) == 2


async def test_signing_in_closes_after_a_few_wrong_tries_while_redis_is_away() -> None:
    away = Away()
    turnstile, tried = Turnstile(away, Metrics()), sign_in("ada@example.test", None)
    for _ in range(2):
        must_be_allowed(await turnstile.take(*tried))
    with pytest.raises(SignInsClosed) as closed:
        must_be_allowed(await turnstile.take(*tried))
    assert closed.value.facts == {"retry_after_seconds": 5}
    must_be_allowed(await turnstile.take(*sign_in("bob@example.test", None)))


async def test_whoever_knows_their_password_signs_in_as_often_as_they_like_while_redis_is_away() -> None:
    away = Away()
    turnstile, tried = Turnstile(away, Metrics()), sign_in("ada@example.test", None)
    for _ in range(30):
        verdicts = await turnstile.take(*tried)
        must_be_allowed(verdicts)
        turnstile.give_back(verdicts, *tried)
    assert away.given_back == 0, "Redis was not there when it was taken"


async def test_five_wrong_tries_are_counted_for_the_account_from_that_address_alone() -> None:
    turnstile = Turnstile(None, Metrics())
    tried = sign_in("ada@example.test", None)
    for _ in range(5):
        must_be_allowed(await turnstile.take(*tried))
    with pytest.raises(SignInsLimited):
        must_be_allowed(await turnstile.take(*sign_in(" Ada@Example.test", None)))
    for n in range(45):
        must_be_allowed(await turnstile.take(*sign_in(f"{n}@example.test", None)))
    with pytest.raises(SignInsLimited):
        must_be_allowed(await turnstile.take(*sign_in("another@example.test", None)))


async def test_a_house_may_have_larger_and_smaller_limits() -> None:
    turnstile = Turnstile(None, Metrics(), Scale(2.0, {"guest": 0.5, "auth": 0.001}))

    async def figure(tier: Tier) -> int:
        return (await turnstile.take(somebody(tier)))[0].tier.limit

    assert [await figure(tier) for tier in (ORDER, GUEST, AUTH)] == [20, 300, 1]
