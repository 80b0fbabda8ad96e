"""How the generator tells an emitter what to emit: lines of JSON on a Unix socket, and one way to say them.

    control.tell("rooms", [{"room": "item:…", "productId": "…"}, …])   # all counters begin anew
    control.tell("emit", 50)                   # fifty more, over the rooms in turn; not answered
    control.ask("pace", 300, 5)                # answered with when each one was emitted, in nanoseconds
    control.ask("gc")                          # answered when there is no garbage left

An emitter is the socket.io peer, the stock peer, or the feeder of the hub. All three keep the same rules: `emit` is
done at once and in one turn, `pace` on timers of a millisecond, and times are CLOCK_MONOTONIC.
"""

import asyncio
import gc
import json
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ANSWER_SECONDS_MAX = 60.0
LINE_BYTES_MAX = 64 * 1024 * 1024
TICK_SECONDS = 0.001


class Control:
    """The generator's end."""

    def __init__(self, path: Path) -> None:
        self._line = socket.socket(socket.AF_UNIX)
        self._line.settimeout(ANSWER_SECONDS_MAX)
        self._line.connect(str(path))
        self._answers = self._line.makefile("rb")

    def tell(self, verb: str, *words: Any) -> None:
        self._line.sendall(json.dumps([verb, *words]).encode() + b"\n")

    def ask(self, verb: str, *words: Any) -> Any:
        """What it answers. Raises TimeoutError when that takes too long."""
        self.tell(verb, *words)
        return self.answer()

    def answer(self) -> Any:
        """The answer to what was told before and is answered later."""
        return json.loads(self._answers.readline())

    def close(self) -> None:
        self._answers.close()
        self._line.close()


@dataclass(frozen=True, slots=True)
class Place:
    """A room, and the item it is about."""

    room: str
    product: str


Emit = Callable[[Sequence[tuple[Place, int]], list[int]], Awaitable[None]]
"""Emit these, each to its room and with its number in it, and note when."""


class Emitter:
    """A Python emitter's end: it keeps the turn of the rooms, and leaves it to `emit` to speak."""

    def __init__(self, emit: Emit, ask: Callable[[str], Any] = lambda verb: None) -> None:
        self._emit = emit
        self._ask = ask
        self._places: list[Place] = []
        self._number = 0
        self._times: list[int] = []

    async def serve(self, path: str) -> None:
        """Take orders until cancelled."""
        server = await asyncio.start_unix_server(self._hear, path, limit=LINE_BYTES_MAX)
        async with server:
            await server.serve_forever()

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            verb, *words = json.loads(line)
            if verb == "rooms":
                self._places, self._number, self._times = [Place(*place) for place in words[0]], 0, []
            elif verb == "emit":
                await self._emit(self._next(words[0]), [])
            else:
                answer = await self._pace(*words) if verb == "pace" else self._answer(verb)
                writer.write(json.dumps(answer).encode() + b"\n")

    def _answer(self, verb: str) -> Any:
        return gc.collect() if verb == "gc" else self._ask(verb)

    def _next(self, count: int) -> list[tuple[Place, int]]:
        first, rooms = self._number, len(self._places)
        self._number += count
        return [(self._places[n % rooms], n // rooms + 1) for n in range(first, first + count)]

    async def _pace(self, rate: int, seconds: float) -> list[int]:
        """So many a second. When an emitter is late it makes up for it, and the time it notes is the true one."""
        began, emitted, wanted = time.monotonic(), 0, int(rate * seconds)
        while emitted < wanted:
            due = min(wanted, int((time.monotonic() - began) * rate) + 1)
            if due > emitted:
                await self._emit(self._next(due - emitted), self._times)
                emitted = due
            await asyncio.sleep(TICK_SECONDS)
        return self._times
