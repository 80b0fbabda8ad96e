"""Signals: what sockets are told about the connection and the hub. They are no facts, and carry no number.

`authenticated`, `room_reset` and `room_closed` are told where they happen; here are those that time or an end brings.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from hub import __version__
from hub.audience import OPS
from hub.follow import Followers
from hub.moments import moment
from rooms.members import Members
from rooms.packets import event_packet
from rooms.sockets import Sockets

BEAT_SECONDS = 5.0
PULSE_SECONDS = 1.0
RETURN_MILLISECONDS = (500, 5_000)
"""Within which time sockets are told to come back, each at its own moment, so that they do not all come at once."""

NAMES = frozenset({"authenticated", "beat", "hub_pulse", "room_reset", "room_closed", "goodbye"})
"""Every signal by its name. No event and no command is called so."""


@dataclass(slots=True)
class Pulse:
    """What an operator's screen shows of this hub, once a second."""

    instance: str
    started_at: float
    is_stopping: Callable[[], bool]
    followers: Followers
    members: Members
    sockets: Sockets

    def facts(self) -> dict[str, object]:
        lag = self.followers.lag
        return {
            "instance": self.instance,
            "version": __version__,
            "at": moment(datetime.now(UTC)),
            "uptimeSeconds": round(time.time() - self.started_at, 1),
            "sockets": len(self.sockets),
            "rooms": self.members.rooms,
            "followers": lag.followers,
            "entriesBehind": lag.entries_behind,
            "isHealthy": self.followers.is_healthy,
            "isStopping": self.is_stopping(),
        }

    async def beat_for_ever(self) -> None:
        """Let every socket hear that the connection lives, and what time it is here."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            packet = event_packet("beat", orjson.dumps({"at": moment(datetime.now(UTC))}))
            for socket in self.sockets:
                socket.hand(packet)

    async def pulse_for_ever(self) -> None:
        """Let operators see how this hub is."""
        while True:
            await asyncio.sleep(PULSE_SECONDS)
            watching = self.members.of_room(str(OPS))
            if watching:
                packet = event_packet("hub_pulse", orjson.dumps({"room": str(OPS), **self.facts()}))
                for socket in watching:
                    socket.hand(packet)


def say_when_to_return(sockets: Sockets) -> None:
    """Tell everybody that this hub stops, and when to come back."""
    for socket in sockets:
        socket.tell("goodbye", reason="hub_stops", retryAfterMs=random.randint(*RETURN_MILLISECONDS))
