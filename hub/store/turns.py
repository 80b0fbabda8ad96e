"""Turns: so many may have something at once; whoever else comes waits, and is served in the order of coming.

Not its business: what the turn is for (`hub.store.pool`).
"""

import asyncio
from collections import deque


class Turns:
    """`size` turns, each taken by one and given back by the same."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._waiting: deque[asyncio.Future[bool]] = deque()

    async def take(self, seconds_max: float) -> bool:
        """Take a turn, at once where one is free. False where none came free in time."""
        if self._free:
            self._free -= 1
            return True
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._waiting.append(turn)
        too_late = loop.call_later(seconds_max, _give_up, turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and turn.result():
                # It came in the same moment in which nobody wanted it any more.
                self.give_back()
            raise
        finally:
            too_late.cancel()

    def give_back(self) -> None:
        """Let the next one have the turn."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(True)
                return
        self._free += 1


def _give_up(turn: "asyncio.Future[bool]") -> None:
    if not turn.done():
        turn.set_result(False)
