"""What must hold against whoever means no good: garbage, too much, too little, too slowly, and from elsewhere."""

import asyncio
import os
import re
import socket
import struct
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from hub.audience import pass_room, restaurant_scope
from hub.embedded import Servers
from hub.store.database import Database
from tests.chaos.devices import ADDRESS, Device
from tests.chaos.guarantees.houses import a_device, a_house_on_stage, all_hold, all_there, judged, of_verdict
from tests.chaos.guarantees.measuring import percentile
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import HubProcess, Stage, a_stage
from tests.support.houses import House
from tests.support.ledgers import record

FRAMES = 10_000
FRAMES_EACH = 8
BIG_BYTES = 10 * 1024 * 1024
NEVER_CONNECTING, SLOW_OF_EACH_KIND = 50, 50
HEALTHY = 20
LOOK_SECONDS = 8.0
TIMES = 3
HEAD_SECONDS_MAX, BODY_SECONDS_MAX, CONNECT_SECONDS_MAX = 15.0, 20.0, 10.0
DRIP_EVERY_SECONDS = 1.0
LATE_SECONDS = 1.5
"""How much later than its limit something may happen on a busy machine."""
BEGUN = b"POST /api/v2/auth/login HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n"
MEMORY_BYTES_MAX = 2 * 1024 * 1024
SLOWER_MAX = 1.2


# ---------------------------------------------------------------------- garbage


async def garbage(servers: Servers) -> Outcome:
    """Ten thousand frames from a grammar of what no client says."""

    async def attack(hub: HubProcess, dice: Random) -> int:
        closed = 0
        for _ in range(FRAMES // FRAMES_EACH // TIMES):
            closed += await _says_garbage(hub, dice)
        return closed

    return await _attacked(
        servers, "10,000 malformed frames from a grammar", attack, at_least=FRAMES // FRAMES_EACH // TIMES
    )


async def attachments(servers: Servers) -> Outcome:
    """A million announced attachments, and some of them."""

    async def attack(hub: HubProcess, dice: Random) -> int:
        line = await _connected(hub)
        try:
            line.sendall(_frame(1, b'451000000-["x",{"_placeholder":true,"num":0}]'))
            for _ in range(50):
                line.sendall(_frame(2, os.urandom(60_000)))
        except OSError:
            pass
        return await _was_closed(line)

    return await _attacked(servers, "1,000,000 announced attachments", attack, at_least=1)


async def too_large(servers: Servers) -> Outcome:
    """Messages of ten megabytes."""

    async def attack(hub: HubProcess, dice: Random) -> int:
        closed = 0
        for _ in range(5):
            line = await _connected(hub)
            with suppress(OSError):
                await asyncio.get_running_loop().run_in_executor(None, line.sendall, _frame(1, b"4" * BIG_BYTES))
            closed += await _was_closed(line)
        return closed

    return await _attacked(servers, "messages of 10 MB", attack, at_least=5)


async def never_connecting(servers: Servers) -> Outcome:
    """Sockets that open and never say who they are, though they answer every ping."""
    async with a_stage(servers, hubs=1) as stage:
        began = time.monotonic()
        lines = [await _opened(stage.hubs[0]) for _ in range(NEVER_CONNECTING)]
        seconds = await _seconds_until_closed(lines, began, CONNECT_SECONDS_MAX + 5)
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
        heads = [_said(hub, b"") for _ in range(SLOW_OF_EACH_KIND)]
        heads += [_said(hub, b"GET /health/live HTTP/1.1\r\nHost: hub\r\n") for _ in range(SLOW_OF_EACH_KIND)]
        bodies = [_said(hub, BEGUN + b'{"email":') for _ in range(SLOW_OF_EACH_KIND)]
        dripping = [_said(hub, BEGUN) for _ in range(SLOW_OF_EACH_KIND)]
        drops = asyncio.create_task(_drip(dripping))
        answers = list[float]()
        looking = asyncio.create_task(_looks(stage, answers))
        closed_heads, closed_bodies, closed_drips = await asyncio.gather(
            _seconds_until_closed(heads, began, HEAD_SECONDS_MAX + 5),
            _seconds_until_closed(bodies, began, BODY_SECONDS_MAX + 5),
            _seconds_until_closed(dripping, began, BODY_SECONDS_MAX + 5),
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


Attack = Callable[[HubProcess, Random], Coroutine[Any, Any, int]]


async def _attacked(servers: Servers, title: str, attack: Attack, *, at_least: int) -> Outcome:
    """Healthy screens hear the same with and without the attack, in turns."""
    dice = Random(1)
    async with a_house_on_stage(servers, hubs=1) as (stage, house, database):
        hub = stage.hubs[0]
        devices = [a_device(stage, house, f"tablet {number}", [pass_room(house.id)]) for number in range(HEALTHY)]
        await all_there(devices)
        calm, attacked, closed = list[float](), list[float](), 0
        await _p99(devices, database, house)
        memory = _memory_bytes(hub)
        for _ in range(TIMES):
            calm.append(await _p99(devices, database, house))
            attacking = asyncio.create_task(attack(hub, dice))
            attacked.append(await _p99(devices, database, house))
            closed += await attacking
        grown = _memory_bytes(hub) - memory
        lines = _garbage_lines(hub)
        verdict = await judged(stage, [glass for device in devices for glass in device.glasses.values()])
        await asyncio.gather(*(device.put_away() for device in devices))
    return of_verdict(
        title,
        verdict,
        Figure("attackers not closed", max(0, at_least * TIMES - closed), 0),
        Figure("others' p99 beside without", percentile(attacked, 0.5) / percentile(calm, 0.5), SLOWER_MAX, "×"),
        Figure("memory", grown / 2**20, MEMORY_BYTES_MAX / 2**20, "MiB more"),
        Figure("log lines for a socket in a second", lines, 1),
    )


async def _p99(devices: list[Device], database: Database, house: House) -> float:
    """What the healthy ones hear meanwhile: a hundred facts a second."""
    began, last = time.time(), 0
    while time.time() < began + LOOK_SECONDS / 2:
        last = (await record(database, restaurant_scope(house.id), [pass_room(house.id)])).entries[-1].seq
        await asyncio.sleep(0.01)
    await all_hold(devices, last)
    lates = [late for device in devices for glass in device.glasses.values() for at, late in glass.lates if at >= began]
    return percentile(lates, 0.99)


def _garbage_lines(hub: HubProcess) -> int:
    """The most lines that one socket got within one second."""
    told = re.findall(r'"socket": ?"([^"]+)".*?"timestamp": ?"([^".]+)', hub.log.read_text(errors="replace"))
    seconds = [(sid, at) for sid, at in told]
    return max((seconds.count(one) for one in set(seconds)), default=0) - 1 if seconds else 0


def _memory_bytes(hub: HubProcess) -> int:
    return int(Path(f"/proc/{hub.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


# ---------------------------------------------------------------------- raw sockets

_WORDS = [*map(b"%d".__mod__, range(10)), *map(b"4%d".__mod__, range(7)), b"", b"-", b","]
_INSIDES = [
    *(b"[", b"]", b"{", b"}", b'"', b"[]", b"{}", b"null", b"1e999", b"[1]", b"[[[[[[", b"/x,", b"-1", b"\\u0000"),
    *(b'["connect"]', b'["\\ud800"]', b'["subscribe"]', b'["subscribe",1]', b'["subscribe",{"room":1}]'),
    b"99999999999999999999",
]


async def _says_garbage(hub: HubProcess, dice: Random) -> int:
    line = await _connected(hub)
    with suppress(OSError):
        for _ in range(FRAMES_EACH):
            said = dice.choice(_WORDS) + b"".join(dice.choice(_INSIDES) for _ in range(dice.randint(0, 4)))
            kind = dice.choice((1, 1, 1, 1, 1, 1, 2, 0, 3, 9, 10, 11))
            line.sendall(_frame(kind, said if dice.random() < 0.9 else os.urandom(20)))
        # Enough of it, whatever came before.
        for _ in range(5):
            line.sendall(_frame(1, b"garbage"))
    return await _was_closed(line)


async def _opened(hub: HubProcess) -> socket.socket:
    """A WebSocket that has said nothing yet."""
    line = _said(
        hub,
        f"GET {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1:{hub.door.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode(),
    )
    await asyncio.get_running_loop().sock_recv(line, 4096)
    return line


async def _connected(hub: HubProcess) -> socket.socket:
    return await _opened(hub)


def _said(hub: HubProcess, what: bytes) -> socket.socket:
    # Past the cable, which would read for whoever does not.
    line = socket.create_connection(("127.0.0.1", hub.port))
    line.sendall(what)
    line.setblocking(False)
    return line


def _frame(opcode: int, payload: bytes) -> bytes:
    """One masked frame, by a mask of noughts."""
    length = len(payload)
    head = bytes([0x80 | opcode])
    if length < 126:
        head += bytes([0x80 | length])
    elif length < 1 << 16:
        head += bytes([0x80 | 126]) + struct.pack(">H", length)
    else:
        head += bytes([0x80 | 127]) + struct.pack(">Q", length)
    return head + bytes(4) + payload


async def _was_closed(line: socket.socket) -> int:
    """1 once the hub has closed the line; 0 where it does not within some seconds."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(5):
            while await loop.sock_recv(line, 65536):
                pass
    except TimeoutError:
        return 0
    except OSError:
        pass
    finally:
        line.close()
    return 1


async def _seconds_until_closed(lines: list[socket.socket], began: float, seconds_max: float) -> list[float]:
    async def wait(line: socket.socket) -> float | None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(loop.time() + began + seconds_max - time.monotonic()):
                while data := await loop.sock_recv(line, 4096):
                    if data[-1:] == b"2" and data[:1] == b"\x81":
                        await loop.sock_sendall(line, _frame(1, b"3"))
        except TimeoutError:
            return None
        except OSError:
            pass
        finally:
            line.close()
        return time.monotonic() - began

    return [one for one in await asyncio.gather(*map(wait, lines)) if one is not None]


async def _drip(lines: list[socket.socket]) -> None:
    while True:
        await asyncio.sleep(DRIP_EVERY_SECONDS)
        for line in lines:
            with suppress(OSError):
                line.send(b" ")


async def _looks(stage: Stage, seconds: list[float]) -> None:
    while True:
        began = time.monotonic()
        async with stage.web.get(stage.hubs[0].url + "/health/live") as answer:
            await answer.read()
        seconds.append(time.monotonic() - began)
        await asyncio.sleep(0.02)
