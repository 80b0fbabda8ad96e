"""A turn of the loop: what was said to a connection within it is sent with one write.

The kernel takes as long for one frame as for ten in a row, and sending is most of what delivery costs. A room's members
are told the same, so their frames are joined once. Nothing here is a task, a queue or a timer for a recipient.
Not its business: how much may wait for whom (`rooms.link`).
"""

import asyncio
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

    def join(self, teller: Teller) -> None:
        """Call it once in a turn, with the first frame."""
        if not self._tellers:
            asyncio.get_running_loop().call_soon(self.end)
        self._tellers.append(teller)

    def end(self) -> None:
        tellers, self._tellers = self._tellers, []
        last: list[bytes] = []
        joined = b""
        for teller in tellers:
            frames = teller.frames
            if len(frames) == 1:
                teller.send(frames[0])
            elif frames:
                # The same frames, one by one, as the one before was told: most members of a room are told alike.
                if frames != last:
                    last, joined = frames.copy(), b"".join(frames)
                teller.send(joined)
