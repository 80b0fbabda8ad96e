"""What healthy screens notice of an attack on their hub, and what it costs the hub: calm and attacked in turns.

Not its business: the attack.
"""

import asyncio
import os
import re
import time
from bisect import bisect_right
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any

from hub.audience import Room, Scope, pass_room, restaurant_scope
from hub.embedded import Servers
from hub.people import Role
from hub.store.database import Database
from tests.chaos.crew import token_of
from tests.chaos.devices import Device
from tests.chaos.guarantees.houses import a_device, a_house_on_stage, all_hold, all_there, judged, of_verdict
from tests.chaos.guarantees.measuring import percentile
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import HubProcess
from tests.support.ledgers import record

HEALTHY = 20
LOOK_SECONDS = 4.0
TIMES = 10
SLOWER_MAX = 1.2
MEMORY_BYTES_MAX = 2 * 1024 * 1024


@dataclass(slots=True)
class Place:
    """What is attacked: a hub, a room in which healthy screens are, and a token that opens it."""

    hub: HubProcess
    room: Room
    token: str
    said: list[tuple[float, int]] = field(default_factory=list)
    """How many bytes each screen of the room had been told by then, at least, by the clock that never jumps."""

    def says(self, more_bytes: int) -> None:
        self.said.append((time.monotonic(), more_bytes + (self.said[-1][1] if self.said else 0)))

    def said_bytes(self, at: float) -> int:
        """How many by that moment."""
        number = bisect_right(self.said, at, key=itemgetter(0))
        return self.said[number - 1][1] if number else 0


Attack = Callable[[Place, Random], Coroutine[Any, Any, int]]
"""Returns how many of its sockets the hub has closed."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What is recorded meanwhile: so many facts at once, a hundred times a second, of so many bytes each."""

    facts: int = 1
    payload: bytes = b"{}"


async def attacked(
    servers: Servers,
    title: str,
    attack: Attack,
    *,
    at_least: int,
    talk: Talk = Talk(),
    memory_bytes_max: int = MEMORY_BYTES_MAX,
) -> Outcome:
    """Healthy screens hear the same with and without the attack, in turns."""
    dice = Random(1)
    async with a_house_on_stage(servers, hubs=1, is_cabled=False) as (stage, house, database):
        hub, room = stage.hubs[0], pass_room(house.id)
        place = Place(hub, room, token_of(house, Role.MANAGER))
        devices = [a_device(stage, house, f"tablet {number}", [room]) for number in range(HEALTHY)]
        await all_there(devices)
        calm, attacked, closed = list[float](), list[float](), 0
        hear = partial(_p99, place, devices, database, restaurant_scope(house.id), talk)
        await hear()
        memory = memory_bytes(hub)
        for _ in range(TIMES):
            calm.append(await hear())
            attacking = asyncio.create_task(attack(place, dice))
            attacked.append(await hear(meanwhile=attacking))
            closed += await attacking
        grown = memory_bytes(hub) - memory
        lines = _garbage_lines(hub)
        verdict = await judged(stage, [glass for device in devices for glass in device.glasses.values()])
        await asyncio.gather(*(device.put_away() for device in devices))
    return of_verdict(
        title,
        verdict,
        Figure("attackers not closed", max(0, at_least * TIMES - closed), 0),
        Figure("others' p99 beside without", slower(calm, attacked), SLOWER_MAX, "×"),
        Figure("memory", grown / 2**20, memory_bytes_max / 2**20, "MiB more"),
        Figure("log lines for a socket in a second", lines, 1),
    )


def slower(calm: Sequence[float], attacked: Sequence[float]) -> float:
    """How many times as late it is under attack, in the middle of all turns.

    What else a machine does changes within minutes, and meets both spells of a turn; so each is held against its own.
    """
    return percentile([one / other for one, other in zip(attacked, calm, strict=True)], 0.5)


async def _p99(
    place: Place,
    devices: list[Device],
    database: Database,
    scope: Scope,
    talk: Talk,
    meanwhile: "asyncio.Task[int] | None" = None,
) -> float:
    """How late the healthy ones hear it; for some seconds, or as long as something goes on meanwhile."""
    began, last = time.time(), 0
    while time.time() < began + LOOK_SECONDS or (meanwhile is not None and not meanwhile.done()):
        last = (await record(database, scope, *[[place.room]] * talk.facts, payload=talk.payload)).entries[-1].seq
        place.says(talk.facts * len(talk.payload))
        await asyncio.sleep(0.01)
    await all_hold(devices, last)
    came = [one for device in devices for glass in device.glasses.values() for one in glass.came if one.at >= began]
    return percentile((one.late_seconds for one in came), 0.99)


def _garbage_lines(hub: HubProcess) -> int:
    """The most lines that one socket got within one second."""
    told = re.findall(r'"socket": ?"([^"]+)".*?"timestamp": ?"([^".]+)', hub.log.read_text(errors="replace"))
    seconds = [(sid, at) for sid, at in told]
    return max((seconds.count(one) for one in set(seconds)), default=0) - 1 if seconds else 0


def memory_bytes(hub: HubProcess) -> int:
    return int(Path(f"/proc/{hub.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
