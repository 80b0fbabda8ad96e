"""A turn of the loop: what was said to a connection within it is sent with one write.

The kernel takes as long for one frame as for ten in a row, and sending is most of what delivery costs. Nothing here is
a task, a queue or a timer for a recipient. Not its business: how much may wait for whom (`rooms.link`), and what a
room's members are told alike (`rooms.members`).
"""

import asyncio
from collections.abc import Callable
from typing import Protocol


class Teller(Protocol):
    """Whoever has something to send at the end of the turn."""

    frames: list[bytes]

    def send(self, joined: bytes) -> None:
        """All of `frames`, which are forgotten then."""
        ...


class Turn:
    """Collects who has something to send, and lets them send it when the turn is over."""

    def __init__(self) -> None:
        self._tellers: list[Teller] = []
        self._last_words: list[Callable[[], None]] = []
        self._has_begun = False

    def join(self, teller: Teller) -> None:
        """Call it once in a turn, with the first frame."""
        self._tellers.append(teller)
        self._begin()

    def before_end(self, say: Callable[[], None]) -> None:
        """Let somebody say what they have, once, before what was said in this turn is sent."""
        self._last_words.append(say)
        self._begin()

    def end(self) -> None:
        said, self._last_words = self._last_words, []
        try:
            for say in said:
                say()
        finally:
            # Whatever became of one, all the others are sent what they were told.
            tellers, self._tellers, self._has_begun = self._tellers, [], False
            for teller in tellers:
                if teller.frames:
                    teller.send(b"".join(teller.frames))

    def _begin(self) -> None:
        if not self._has_begun:
            self._has_begun = True
            asyncio.get_running_loop().call_soon(self.end)
