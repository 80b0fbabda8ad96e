"""Beat and goodbye: what every socket is told by and by, and at the end.

Not its business: what a beat says (`rooms.vitals`), and what operators are shown (`rooms.pulse`).
"""

import asyncio
import random

from rooms.signals import Goodbye
from rooms.sockets import Sockets
from rooms.vitals import Vitals

BEAT_SECONDS = 5.0
RETURN_MILLISECONDS = (500, 5_000)
"""Within which time sockets are told to come back, each at its own moment, so that they do not all come at once."""


async def beat_for_ever(vitals: Vitals, sockets: Sockets) -> None:
    """Let every socket hear that the connection lives, what time it is here, and how far the hub can be trusted."""
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        frame = vitals.beat().frame()
        for socket in sockets:
            socket.link.push(frame)


def say_when_to_return(sockets: Sockets) -> None:
    """Tell everybody that this hub stops, and when to come back."""
    for socket in sockets:
        socket.tell(Goodbye(reason="hub_stops", retry_after_ms=random.randint(*RETURN_MILLISECONDS)))
