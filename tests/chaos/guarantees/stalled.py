"""What must hold when screens stop reading, as a tablet does whose network has gone bad: nobody else waits for them."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from socket import socket

from hub.embedded import Servers
from tests.chaos.guarantees.beside import Place, Talk, attacked
from tests.chaos.guarantees.raw import SMALL_BUFFER_BYTES, a_small_line, enters, frame
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import HubProcess

STALLED, OF_THEM_ANSWERING = 20, 10
PONG = frame(1, b"3")
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

    async def attack(place: Place, dice: Random) -> int:
        stalled = [await _Stalled.enters(place) for _ in range(STALLED)]
        gives_up_at = time.monotonic() + PATIENCE_SECONDS
        while any(one.dropped_at is None for one in stalled) and time.monotonic() < gives_up_at:
            kept = _kept_by_the_kernel(place.hub)
            for number, one in enumerate(stalled):
                one.look(place, kept)
                if number < OF_THEM_ANSWERING:
                    one.answers_pings()
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        dropped_seconds.extend(one.dropped_seconds for one in stalled)
        for one in stalled:
            one.line.close()
        return sum(one.dropped_at is not None for one in stalled)

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
class _Stalled:
    """A client that is in the room, and reads no more."""

    line: socket
    port: int
    said_before: int
    full_at: float | None = None
    """When the hub certainly had as much waiting for it as it may."""
    dropped_at: float | None = None

    @classmethod
    async def enters(cls, place: Place) -> "_Stalled":
        line = a_small_line(place.hub.port)
        await enters(line, place.token, place.room)
        return cls(line, line.getsockname()[1], place.said_bytes)

    @property
    def dropped_seconds(self) -> float:
        if self.dropped_at is None:
            return float("inf")
        return 0.0 if self.full_at is None else self.dropped_at - self.full_at

    def look(self, place: Place, kept: dict[int, int]) -> None:
        """See whether it is still there, and how much waits for it in the hub: all that the kernel does not keep."""
        if self.dropped_at is not None:
            return
        now = time.monotonic()
        if self.port not in kept:
            self.dropped_at = now
            return
        waiting = place.said_bytes - self.said_before - kept[self.port] - SMALL_BUFFER_BYTES
        if self.full_at is None and waiting >= WAITING_BYTES_MAX:
            self.full_at = now

    def answers_pings(self) -> None:
        with suppress(OSError):
            self.line.send(PONG)


def _kept_by_the_kernel(hub: HubProcess) -> dict[int, int]:
    """How many bytes wait in the kernel for each client of this hub whose connection stands, by the client's port.

    See proc(5): addresses and queues in hexadecimal, `sl local remote state tx:rx …`.
    """
    kept = dict[int, int]()
    for table in ("tcp", "tcp6"):
        for row in Path("/proc/net", table).read_text().splitlines()[1:]:
            _, local, remote, state, queues, *_ = row.split()
            if int(local.rpartition(":")[2], 16) == hub.port and state == ESTABLISHED:
                kept[int(remote.rpartition(":")[2], 16)] = int(queues.partition(":")[0], 16)
    return kept
