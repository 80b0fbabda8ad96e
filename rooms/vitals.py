"""The hub's vital signs: what is told of it with every beat and every pulse, read from what it counts anyway.

Nothing is asked of PostgreSQL or Redis for this, so that it may be told every second. Not its business: whom to tell
(`rooms.beating`, `rooms.pulse`).
"""

import asyncio
import os
import socket
import time
from pathlib import Path

from hub import __version__
from hub.audience import RoomKind
from hub.keys import Hub
from hub.telemetry import total
from rooms.members import Members
from rooms.signals import Beat, BusyRoom, DatabaseState, HubPulse, LastRefusal, RedisState
from rooms.sockets import Sockets

BUSIEST_ROOMS_MAX = 20
WHY_LENGTH_MAX = 200
HOST_LENGTH_MAX = 100
STATM = Path("/proc/self/statm")
"""Where Linux says how many pages of memory this process holds: the second number."""


class Vitals:
    """How this hub is now."""

    def __init__(self, hub: Hub, members: Members, sockets: Sockets) -> None:
        self._hub = hub
        self._members = members
        self._sockets = sockets
        self._host = socket.gethostname()[:HOST_LENGTH_MAX]

    def beat(self) -> Beat:
        """What every socket may know."""
        return Beat(
            at=self._hub.database.clock.now(),
            screens=self._hub.screens,
            behind_seconds=round(self._hub.followers.lag.behind_seconds, 2),
        )

    def pulse(self, *, loop_lag_seconds: float = 0.0) -> HubPulse:
        """What operators may know."""
        hub, lag, metrics = self._hub, self._hub.followers.lag, self._hub.metrics
        return HubPulse(
            instance=hub.instance,
            host=self._host,
            pid=os.getpid(),
            version=__version__,
            at=hub.database.clock.now(),
            uptime_seconds=round(time.time() - hub.started_at, 1),
            is_healthy=hub.followers.is_healthy and hub.hearing.is_well,
            is_stopping=hub.is_stopping,
            sockets=len(self._sockets),
            rooms=self._members.rooms,
            places={kind: self._members.places_by_kind[kind] for kind in RoomKind},
            busiest_rooms=self._busiest_rooms(),
            followers=lag.followers,
            entries_behind=lag.entries_behind,
            behind_seconds=round(lag.behind_seconds, 2),
            entries_recorded=total(metrics.recorded),
            entries_delivered=total(metrics.delivered),
            deeds=metrics.deeds_done,
            refusals=metrics.refused.count,
            last_refusals=tuple(
                LastRefusal(at=one.at, code=one.code, door=one.door, asked=one.asked) for one in metrics.refused.last
            ),
            redis=self._redis(),
            database=self._database(),
            event_loop_lag_seconds=round(loop_lag_seconds, 4),
            memory_bytes=_memory_bytes(),
            cpu_seconds=round(time.process_time(), 2),
        )

    def _busiest_rooms(self) -> tuple[BusyRoom, ...]:
        rooms = []
        for place, members in self._members.busiest(BUSIEST_ROOMS_MAX):
            assert place.scope is not None, "rooms that no ledger feeds are not among the busiest"
            follower = self._hub.followers.get(place.scope)
            if follower is not None:
                rooms.append(
                    BusyRoom(
                        room=place.name,
                        members=members,
                        seq=follower.chain(place.name),
                        head=follower.head,
                        entries_behind=follower.entries_behind,
                    )
                )
        return tuple(rooms)

    def _redis(self) -> RedisState:
        why = self._hub.followers.why_doorbell_is_down
        return RedisState(is_up=why is None, why=None if why is None else why[:WHY_LENGTH_MAX])

    def _database(self) -> DatabaseState:
        use = self._hub.database.use
        ago = use.seconds_since_answer
        return DatabaseState(
            is_answering=use.is_answering,
            seconds_since_answer=None if ago is None else round(ago, 2),
            pool_size=use.pool_size,
            pool_size_max=use.pool_size_max,
            pool_in_use=use.pool_in_use,
        )


class LoopWatch:
    """How late the event loop was at worst, while somebody waited here."""

    def __init__(self) -> None:
        self._worst_seconds = 0.0

    async def wait(self, seconds: float, *, looks: int = 10) -> None:
        """Wait, and look on the way how late one wakes."""
        loop = asyncio.get_running_loop()
        for _ in range(looks):
            due_at = loop.time() + seconds / looks
            await asyncio.sleep(seconds / looks)
            self._worst_seconds = max(self._worst_seconds, loop.time() - due_at)

    def worst_seconds(self) -> float:
        """The worst since this was asked last."""
        worst, self._worst_seconds = self._worst_seconds, 0.0
        return worst


def _memory_bytes() -> int | None:
    try:
        return int(STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return None
