"""Beat and goodbye: what every socket is told by and by, and at the end.

Not its business: what a beat says (`rooms.vitals`), and what operators are shown (`rooms.pulse`).
"""

import asyncio
import random

from rooms.deadlines import Deadlines
from rooms.signals import Goodbye
from rooms.sockets import Socket, Sockets
from rooms.vitals import Vitals

BEAT_SECONDS = 5.0
BEAT_SAME_SECONDS = 0.1
"""Sockets whose time comes within this of each other hear the same."""
RETURN_MILLISECONDS = (500, 5_000)
"""Within which time sockets are told to come back, each at its own moment, so that they do not all come at once."""


class Beats:
    """Lets every socket hear that the connection lives, what time it is here, and how far the hub can be trusted.

    Each at its own time, counted from when it came: a thousand told at once would let every event of that moment wait.
    """

    def __init__(self, vitals: Vitals) -> None:
        self._vitals = vitals
        self._due: Deadlines[Socket] = Deadlines(self._beat)
        self._frame = b""
        self._made_at = float("-inf")

    def begin(self, socket: Socket) -> None:
        """From now on, until it closes."""
        self._due.begin(socket, BEAT_SECONDS)

    def _beat(self, socket: Socket) -> None:
        if socket.is_open:
            socket.link.push(self._now())
            self.begin(socket)

    def _now(self) -> bytes:
        now = asyncio.get_running_loop().time()
        if now > self._made_at + BEAT_SAME_SECONDS:
            self._frame, self._made_at = self._vitals.beat().frame(), now
        return self._frame


def say_when_to_return(sockets: Sockets) -> None:
    """Tell everybody that this hub stops, and when to come back."""
    for socket in sockets:
        socket.tell(Goodbye(reason="hub_stops", retry_after_ms=random.randint(*RETURN_MILLISECONDS)))
