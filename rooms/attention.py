"""How many connections are listened to in one turn of the loop: a few, however many speak.

When a hub is replaced, a thousand screens come back to another in the same moment, and each asks for its rooms. Without
this one turn would hear them all, and every request and every entry would wait until the last of them is answered; so
they wait for each other instead. Not its business: what they say, and how much of it.
"""

import asyncio
from collections import deque

AT_ONCE = 16
"""What is asked by so many is some milliseconds' work."""


class Attention:
    """One hub's. As long as there is no crowd nobody waits for it."""

    def __init__(self) -> None:
        self._listened_to = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    def ask(self) -> asyncio.Future[None] | None:
        """None where one may be listened to now; otherwise what is done when it is one's turn, in order of asking."""
        loop = asyncio.get_running_loop()
        if self._listened_to == 0:
            loop.call_soon(self._turn)
        if self._listened_to < AT_ONCE and not self._waiting:
            self._listened_to += 1
            return None
        turn = loop.create_future()
        self._waiting.append(turn)
        return turn

    def _turn(self) -> None:
        self._listened_to = 0
        while self._waiting and self._listened_to < AT_ONCE:
            turn = self._waiting.popleft()
            # Whoever has gone meanwhile takes nobody's place.
            if not turn.done():
                turn.set_result(None)
                self._listened_to += 1
        if self._listened_to:
            asyncio.get_running_loop().call_soon(self._turn)
