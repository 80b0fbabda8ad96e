"""What must hold when Redis dies, stands still, forgets everything, or was never there."""

import asyncio
import time
from collections.abc import Callable

import aiohttp

from hub.embedded import Servers
from tests.chaos import faults
from tests.chaos.evening import Evening, an_evening
from tests.chaos.faults import Fault, Scene
from tests.chaos.guarantees.measuring import (
    FULL,
    SEED,
    lates_between,
    loaded,
    outcome,
    percentile,
    slowest_answer,
    tries_between,
    unanswered,
)
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import Stage, a_stage

KILLED_SECONDS = 2.0
FROZEN_SECONDS = 20.0
DEAFENED_TIMES, DEAFENED_EVERY_SECONDS = 20, 0.5
ABSENT_SECONDS = 10.0
SWEPT_P99_MS = 600.0
LOOK_EVERY_SECONDS = 0.5

Ready = tuple[int, str]
"""Status, and the word for how it is."""


async def redis_killed(servers: Servers) -> Outcome:
    """kill -9, two seconds away: nothing is lost, and all is caught up with a second after it is back."""
    async with loaded(servers) as (stage, evening):
        began = time.time()
        async with faults.redis_killed(Scene(stage, evening.devices, evening.dice)):
            await asyncio.sleep(KILLED_SECONDS)
        ended = time.time()
    latest = max(lates_between(evening, began, ended + 1), default=0.0)
    return outcome("Redis kill -9, 2 s away", evening, Figure("latest entry", latest, KILLED_SECONDS + 1, "s"))


async def redis_deafened(servers: Servers) -> Outcome:
    """CLIENT KILL TYPE pubsub, again and again: hubs are hung up on in the middle of what they hear."""
    async with loaded(servers) as (stage, evening):
        began = time.time()
        for _ in range(DEAFENED_TIMES):
            async with faults.subscriptions_killed(Scene(stage, evening.devices, evening.dice)):
                await asyncio.sleep(DEAFENED_EVERY_SECONDS)
        tries = tries_between(evening, began, time.time())
        lates = lates_between(evening, began, time.time())
    return outcome(
        "CLIENT KILL TYPE pubsub, twenty times",
        evening,
        slowest_answer(tries),
        unanswered(tries),
        Figure("delivery p99", percentile(lates, 0.99) * 1000, SWEPT_P99_MS, "ms"),
    )


async def redis_frozen(servers: Servers) -> Outcome:
    """Twenty seconds without a word from it."""
    return await _away(servers, "Redis frozen for 20 s", faults.redis_frozen, FROZEN_SECONDS)


async def redis_wiped(servers: Servers) -> Outcome:
    """FLUSHALL in the middle of it: nothing was in it that anybody needs."""
    async with loaded(servers) as (stage, evening):
        began = time.time()
        async with faults.redis_wiped(Scene(stage, evening.devices, evening.dice)):
            await asyncio.sleep(KILLED_SECONDS)
        tries = tries_between(evening, began, time.time())
        lates = lates_between(evening, began, time.time())
    return outcome(
        "Redis wiped",
        evening,
        slowest_answer(tries),
        unanswered(tries),
        Figure("delivery p99", percentile(lates, 0.99) * 1000, SWEPT_P99_MS, "ms"),
    )


async def redis_absent(servers: Servers) -> Outcome:
    """Nobody has seen it since the hubs were started."""
    async with a_stage(servers, are_open=False) as stage:
        for hub in stage.hubs:
            hub.to_redis.cut()
        await stage.open_hubs()
        async with an_evening(stage, seed=SEED, size=FULL) as evening:
            began = time.time()
            readiness = await _readiness(stage, lambda: time.time() < began + ABSENT_SECONDS)
            ended = time.time()
    return _as_swept("Redis absent from the start", evening, readiness, began + 1, ended)


async def _away(servers: Servers, title: str, fault: Fault, seconds: float) -> Outcome:
    async with loaded(servers) as (stage, evening):
        began = time.time()
        async with fault(Scene(stage, evening.devices, evening.dice)):
            readiness = await _readiness(stage, lambda: time.time() < began + seconds)
        ended = time.time()
    return _as_swept(title, evening, readiness, began, ended)


def _as_swept(title: str, evening: Evening, readiness: list[Ready], began: float, ended: float) -> Outcome:
    tries = tries_between(evening, began, ended)
    lates = lates_between(evening, began + 3, ended)
    return outcome(
        title,
        evening,
        slowest_answer(tries),
        unanswered(tries),
        Figure("delivery p99", percentile(lates, 0.99) * 1000, SWEPT_P99_MS, "ms"),
        Figure("not ready", sum(status != 200 for status, _ in readiness), 0),
        Figure("seconds until degraded", _until_degraded(readiness), 3.0, "s"),
    )


def _until_degraded(readiness: list[Ready]) -> float:
    for at, (_, status) in enumerate(readiness):
        if status == "degraded":
            return at * LOOK_EVERY_SECONDS
    return float("inf")


async def _readiness(stage: Stage, goes_on: Callable[[], bool]) -> list[Ready]:
    """What one hub's readiness says meanwhile, twice a second."""
    said = list[Ready]()
    while goes_on():
        async with stage.web.get(stage.hubs[0].url + "/health/ready", timeout=aiohttp.ClientTimeout(3)) as answer:
            said.append((answer.status, (await answer.json())["status"]))
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    return said
