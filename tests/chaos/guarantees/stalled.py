"""What must hold when screens stop reading, as a tablet does whose network has gone bad: nobody else waits for them."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import inf
from pathlib import Path
from random import Random
from socket import socket

from hub.audience import Room
from hub.embedded import Servers
from tests.chaos.apart import apart
from tests.chaos.guarantees.beside import Place, Talk, attacked
from tests.chaos.guarantees.raw import SMALL_BUFFER_BYTES, a_small_line, enters, frame
from tests.chaos.report import Figure, Outcome

STALLED, OF_THEM_ANSWERING = 20, 10
PONG = frame(1, b"3")
NICE = 10
"""They have machines of their own; and to look what the kernel keeps takes long where it remembers many connections."""
LOOK_EVERY_SECONDS = 0.05
WAITING_BYTES_MAX = 256 * 1024
DROPPED_SECONDS_MAX = 2.0
PATIENCE_SECONDS = 30.0
MEMORY_BYTES_MAX = 10 * 1024 * 1024
TALK = Talk(facts=4, payload=b'{"note":"%b"}' % (b"x" * 10_000))
"""Megabytes a second for each screen: the kernel, too, keeps some for whoever does not read."""
ESTABLISHED = "01"


async def screens_stalled(servers: Servers) -> Outcome:
    """Twenty clients stop reading; ten of them still answer pings."""
    dropped_seconds = list[float]()

    with apart(nice=NICE) as process:

        async def attack(place: Place, dice: Random) -> int:
            stays = await process.does(_stall, place.hub.port, place.token, place.room)
            dropped_seconds.extend(_dropped_seconds(stay, place) for stay in stays)
            return sum(stay.dropped_at is not None for stay in stays)

        outcome = await attacked(
            servers,
            "20 clients that stop reading, 10 of them still answering pings",
            attack,
            at_least=STALLED,
            talk=TALK,
            memory_bytes_max=MEMORY_BYTES_MAX,
        )
    last = Figure("dropped, with 256 KiB waiting, after", max(dropped_seconds), DROPPED_SECONDS_MAX, "s")
    return replace(outcome, figures=(*outcome.figures, last))


@dataclass(slots=True)
class Stay:
    """A client that was in the room, and read no more: what could be seen of its connection, and when."""

    entered_at: float
    kept: list[tuple[float, int]] = field(default_factory=list)
    """How many bytes for it waited in the kernel."""
    dropped_at: float | None = None


async def _stall(port: int, token: str, room: Room) -> list[Stay]:
    """They enter, and stay until the hub has dropped every one of them."""
    lines, stays = list[socket](), dict[int, Stay]()
    for _ in range(STALLED):
        line = a_small_line(port)
        await enters(line, token, room)
        lines.append(line)
        stays[line.getsockname()[1]] = Stay(time.monotonic())
    gives_up_at = time.monotonic() + PATIENCE_SECONDS
    while any(stay.dropped_at is None for stay in stays.values()) and time.monotonic() < gives_up_at:
        now, kept = time.monotonic(), _kept_by_the_kernel(port)
        for own_port, stay in stays.items():
            if own_port in kept:
                stay.kept.append((now, kept[own_port]))
            elif stay.dropped_at is None:
                stay.dropped_at = now
        for line in lines[:OF_THEM_ANSWERING]:
            with suppress(OSError):
                line.send(PONG)
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    for line in lines:
        line.close()
    return list(stays.values())


def _dropped_seconds(stay: Stay, place: Place) -> float:
    """How long it was there after the hub certainly had as much waiting for it as it may: what the kernel had not."""
    if stay.dropped_at is None:
        return inf
    not_the_hubs = place.said_bytes(stay.entered_at) + SMALL_BUFFER_BYTES
    fulls = (at for at, kept in stay.kept if place.said_bytes(at) - not_the_hubs - kept >= WAITING_BYTES_MAX)
    return stay.dropped_at - next(fulls, stay.dropped_at)


def _kept_by_the_kernel(port: int) -> dict[int, int]:
    """How many bytes wait in the kernel for each client of the hub on this port that stands, by the client's own port.

    See proc(5): addresses and queues in hexadecimal, `sl local remote state tx:rx …`.
    """
    kept = dict[int, int]()
    for table in ("tcp", "tcp6"):
        for row in Path("/proc/net", table).read_text().splitlines()[1:]:
            _, local, remote, state, queues, *_ = row.split()
            if int(local.rpartition(":")[2], 16) == port and state == ESTABLISHED:
                kept[int(remote.rpartition(":")[2], 16)] = int(queues.partition(":")[0], 16)
    return kept
