"""What must hold against whoever means no good: garbage, too much, too little, too slowly, and from elsewhere."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from random import Random
from typing import Any

from aiohttp import ClientSession

from hub.embedded import Servers
from tests.chaos.apart import apart
from tests.chaos.guarantees.beside import LOOK_SECONDS, SLOWER_MAX, TIMES, attacked, slower
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
from tests.chaos.stage import a_stage

FRAMES = 10_000
LARGE_ONES, LARGE_BYTES = 5, 10 * 1024 * 1024
NEVER_CONNECTING, SLOW_OF_EACH_KIND = 50, 125
SLOW_TIMES, SETTLE_SECONDS, LOOK_EVERY_SECONDS, ASKERS = 9, 0.5, 0.005, 8
HEAD_SECONDS_MAX, BODY_SECONDS_MAX, CONNECT_SECONDS_MAX = 15.0, 20.0, 10.0
Attack = Callable[[int, float], Coroutine[Any, Any, int]]
"""Against the hub of a port, by a seed; returns how many of its sockets the hub has closed."""
NICE = 10
"""An attacker has a machine of their own; on this one they come last."""
LATE_SECONDS = 1.5
"""How much later than its limit something may happen on a busy machine."""
BEGUN = b"POST /api/v2/auth/login HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n"


# ---------------------------------------------------------------------- garbage


async def garbage(servers: Servers) -> Outcome:
    """Ten thousand frames from a grammar of what no client says."""
    each_time = FRAMES // FRAMES_EACH // TIMES
    return await _strange(servers, "10,000 malformed frames from a grammar", _say_garbage, at_least=each_time)


async def attachments(servers: Servers) -> Outcome:
    """A million announced attachments, and some of them."""
    return await _strange(servers, "1,000,000 announced attachments", _announce_attachments, at_least=1)


async def too_large(servers: Servers) -> Outcome:
    """Messages of ten megabytes."""
    return await _strange(servers, "messages of 10 MB", _say_too_much, at_least=LARGE_ONES)


async def _strange(servers: Servers, title: str, attack: Attack, *, at_least: int) -> Outcome:
    with apart(nice=NICE) as process:
        return await attacked(
            servers, title, lambda place, dice: process.does(attack, place.hub.port, dice.random()), at_least=at_least
        )


async def _say_garbage(port: int, seed: float) -> int:
    dice, closed = Random(seed), 0
    for _ in range(FRAMES // FRAMES_EACH // TIMES):
        closed += await says_garbage(port, dice)
    return closed


async def _announce_attachments(port: int, seed: float) -> int:
    line = await opened(port)
    with suppress(OSError):
        line.sendall(frame(1, b'451000000-["x",{"_placeholder":true,"num":0}]'))
        for _ in range(50):
            line.sendall(frame(2, Random(seed).randbytes(60_000)))
    return await was_closed(line)


async def _say_too_much(port: int, seed: float) -> int:
    closed = 0
    for _ in range(LARGE_ONES):
        line = await opened(port)
        with suppress(OSError):
            await asyncio.get_running_loop().sock_sendall(line, frame(1, b"4" * LARGE_BYTES))
        closed += await was_closed(line)
    return closed


async def never_connecting(servers: Servers) -> Outcome:
    """Sockets that open and never say who they are, though they answer every ping."""
    async with a_stage(servers, hubs=1) as stage:
        began = time.monotonic()
        lines = [await opened(stage.hubs[0].port) for _ in range(NEVER_CONNECTING)]
        seconds = await seconds_until_closed(lines, began, CONNECT_SECONDS_MAX + 5)
    return Outcome(
        "sockets that never connect",
        (
            Figure("still open", NEVER_CONNECTING - len(seconds), 0),
            Figure("last one closed after", max(seconds, default=99.0), CONNECT_SECONDS_MAX + LATE_SECONDS, "s"),
        ),
    )


async def slow_requests(servers: Servers) -> Outcome:
    """Slow loris of four kinds, five hundred in all: no bytes, half a head, half a body, and one byte now and then."""
    with apart() as looker:
        async with a_stage(servers, hubs=1, is_cabled=False) as stage:
            url, port = stage.hubs[0].url, stage.hubs[0].port
            async with _slow_ones(port) as slow:
                heads, bodies = await slow.closed_after()
            calm, beside = list[float](), list[float]()
            # In turns: what else a machine does comes and goes within a minute.
            for _ in range(SLOW_TIMES):
                calm.append(await looker.does(_answers_p99, url, LOOK_SECONDS))
                async with _slow_ones(port):
                    beside.append(await looker.does(_answers_p99, url, LOOK_SECONDS))
    return Outcome(
        f"slow-loris of four kinds, {SLOW_OF_EACH_KIND} each",
        (
            Figure("heads left open", 2 * SLOW_OF_EACH_KIND - len(heads), 0),
            Figure("last head closed after", max(heads, default=99.0), HEAD_SECONDS_MAX + LATE_SECONDS, "s"),
            Figure("bodies left open", 2 * SLOW_OF_EACH_KIND - len(bodies), 0),
            Figure("last body closed after", max(bodies, default=99.0), BODY_SECONDS_MAX + LATE_SECONDS, "s"),
            Figure("others' p99 beside without", slower(calm, beside), SLOWER_MAX, "×"),
        ),
    )


@dataclass(frozen=True, slots=True)
class Slow:
    """Connections that never come to the end of what they say."""

    heads: list[socket.socket]
    bodies: list[socket.socket]
    began: float

    async def closed_after(self) -> tuple[list[float], list[float]]:
        """After how many seconds each of those was closed that the hub did close: in the head, and in the body."""
        heads, bodies = await asyncio.gather(
            seconds_until_closed(self.heads, self.began, HEAD_SECONDS_MAX + 5),
            seconds_until_closed(self.bodies, self.began, BODY_SECONDS_MAX + 5),
        )
        return heads, bodies


@asynccontextmanager
async def _slow_ones(port: int) -> AsyncIterator[Slow]:
    began = time.monotonic()
    heads = [said(port, b"") for _ in range(SLOW_OF_EACH_KIND)]
    heads += [said(port, b"GET /health/live HTTP/1.1\r\nHost: hub\r\n") for _ in range(SLOW_OF_EACH_KIND)]
    bodies = [said(port, BEGUN + b'{"email":') for _ in range(SLOW_OF_EACH_KIND)]
    dripping = [said(port, BEGUN) for _ in range(SLOW_OF_EACH_KIND)]
    drops = asyncio.create_task(drip(dripping))
    try:
        yield Slow(heads, [*bodies, *dripping], began)
    finally:
        drops.cancel()
        for line in (*heads, *bodies, *dripping):
            line.close()


async def _answers_p99(url: str, seconds: float) -> float:
    """How long the slowest in a hundred of some people's requests take, once whoever came or went has done so."""
    await _answer_seconds(url, SETTLE_SECONDS)
    return percentile(await _answer_seconds(url, seconds), 0.99)


async def _answer_seconds(url: str, seconds: float) -> list[float]:
    """How long each request of some people takes, for so long."""
    taken, until = list[float](), time.monotonic() + seconds

    async def ask(web: ClientSession) -> None:
        while (began := time.monotonic()) < until:
            async with web.get(url + "/health/live") as answer:
                await answer.read()
            taken.append(time.monotonic() - began)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async with ClientSession() as web:
        await asyncio.gather(*(ask(web) for _ in range(ASKERS)))
    return taken
