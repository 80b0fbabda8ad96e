"""What must hold against whoever means no good: garbage, too much, too little, too slowly, and from elsewhere."""

import asyncio
import os
import time
from contextlib import suppress
from random import Random

from hub.embedded import Servers
from tests.chaos.guarantees.beside import TIMES, Place, attacked
from tests.chaos.guarantees.measuring import percentile
from tests.chaos.guarantees.raw import (
    FRAMES_EACH,
    drip,
    frame,
    opened,
    said,
    says_garbage,
    seconds_until_closed,
    was_closed,
)
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import Stage, a_stage

FRAMES = 10_000
BIG_BYTES = 10 * 1024 * 1024
NEVER_CONNECTING, SLOW_OF_EACH_KIND = 50, 50
HEAD_SECONDS_MAX, BODY_SECONDS_MAX, CONNECT_SECONDS_MAX = 15.0, 20.0, 10.0
LATE_SECONDS = 1.5
"""How much later than its limit something may happen on a busy machine."""
BEGUN = b"POST /api/v2/auth/login HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n"


# ---------------------------------------------------------------------- garbage


async def garbage(servers: Servers) -> Outcome:
    """Ten thousand frames from a grammar of what no client says."""

    async def attack(place: Place, dice: Random) -> int:
        closed = 0
        for _ in range(FRAMES // FRAMES_EACH // TIMES):
            closed += await says_garbage(place.hub, dice)
        return closed

    return await attacked(
        servers, "10,000 malformed frames from a grammar", attack, at_least=FRAMES // FRAMES_EACH // TIMES
    )


async def attachments(servers: Servers) -> Outcome:
    """A million announced attachments, and some of them."""

    async def attack(place: Place, dice: Random) -> int:
        line = await opened(place.hub)
        try:
            line.sendall(frame(1, b'451000000-["x",{"_placeholder":true,"num":0}]'))
            for _ in range(50):
                line.sendall(frame(2, os.urandom(60_000)))
        except OSError:
            pass
        return await was_closed(line)

    return await attacked(servers, "1,000,000 announced attachments", attack, at_least=1)


async def too_large(servers: Servers) -> Outcome:
    """Messages of ten megabytes."""

    async def attack(place: Place, dice: Random) -> int:
        closed = 0
        for _ in range(5):
            line = await opened(place.hub)
            with suppress(OSError):
                await asyncio.get_running_loop().run_in_executor(None, line.sendall, frame(1, b"4" * BIG_BYTES))
            closed += await was_closed(line)
        return closed

    return await attacked(servers, "messages of 10 MB", attack, at_least=5)


async def never_connecting(servers: Servers) -> Outcome:
    """Sockets that open and never say who they are, though they answer every ping."""
    async with a_stage(servers, hubs=1) as stage:
        began = time.monotonic()
        lines = [await opened(stage.hubs[0]) for _ in range(NEVER_CONNECTING)]
        seconds = await seconds_until_closed(lines, began, CONNECT_SECONDS_MAX + 5)
    return Outcome(
        "sockets that never connect",
        (
            Figure("still open", NEVER_CONNECTING - len(seconds), 0),
            Figure("last one closed after", max(seconds, default=99.0), CONNECT_SECONDS_MAX + LATE_SECONDS, "s"),
        ),
    )


async def slow_requests(servers: Servers) -> Outcome:
    """Slow loris of four kinds: no bytes, half a head, half a body, and one byte now and then."""
    async with a_stage(servers, hubs=1) as stage:
        hub, began = stage.hubs[0], time.monotonic()
        heads = [said(hub, b"") for _ in range(SLOW_OF_EACH_KIND)]
        heads += [said(hub, b"GET /health/live HTTP/1.1\r\nHost: hub\r\n") for _ in range(SLOW_OF_EACH_KIND)]
        bodies = [said(hub, BEGUN + b'{"email":') for _ in range(SLOW_OF_EACH_KIND)]
        dripping = [said(hub, BEGUN) for _ in range(SLOW_OF_EACH_KIND)]
        drops = asyncio.create_task(drip(dripping))
        answers = list[float]()
        looking = asyncio.create_task(_looks(stage, answers))
        closed_heads, closed_bodies, closed_drips = await asyncio.gather(
            seconds_until_closed(heads, began, HEAD_SECONDS_MAX + 5),
            seconds_until_closed(bodies, began, BODY_SECONDS_MAX + 5),
            seconds_until_closed(dripping, began, BODY_SECONDS_MAX + 5),
        )
        for task in (drops, looking):
            task.cancel()
    return Outcome(
        "slow-loris of four kinds, 50 each",
        (
            Figure("heads left open", len(heads) - len(closed_heads), 0),
            Figure("last head closed after", max(closed_heads, default=99.0), HEAD_SECONDS_MAX + LATE_SECONDS, "s"),
            Figure("bodies left open", len(bodies) + len(dripping) - len(closed_bodies) - len(closed_drips), 0),
            Figure(
                "last body closed after",
                max([*closed_bodies, *closed_drips], default=99.0),
                BODY_SECONDS_MAX + LATE_SECONDS,
                "s",
            ),
            Figure("others answered, p99", percentile(answers, 0.99) * 1000, 100.0, "ms"),
        ),
    )


async def _looks(stage: Stage, seconds: list[float]) -> None:
    while True:
        began = time.monotonic()
        async with stage.web.get(stage.hubs[0].url + "/health/live") as answer:
            await answer.read()
        seconds.append(time.monotonic() - began)
        await asyncio.sleep(0.02)
