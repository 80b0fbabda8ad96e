"""The switchboard between hubs and their Redis: every line looks well, and what is said on it may end anywhere.

    async with a_switchboard(valkey) as board:
        ...                       # let a hub use board.url
        board.ears_hear_nothing()

A hub's ear is known by what it subscribes to. What else passes, its voice and its pulses, is not looked at.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.follow.valkey import FrailValkey

CHUNK_BYTES = 65_536
SUBSCRIBES = b"$9\r\nSUBSCRIBE\r\n"
A_LEDGER = b"ledger:"
MESSAGE = b"*3\r\n$7\r\nmessage\r\n"


class _Line:
    """One hub's connection, and Redis' end of it."""

    def __init__(self, *ends: asyncio.StreamWriter) -> None:
        self.ends = ends
        self.is_ear = False
        self.hears_nothing = False

    def cut(self) -> None:
        for end in self.ends:
            end.transport.abort()


class Switchboard:
    """Passes on what hubs and Redis say to each other, unless it is told otherwise."""

    def __init__(self, redis: Path) -> None:
        self.url = ""
        self._redis = redis
        self._ears_redis: list[Path] = []
        self._all_ears_hear_nothing = False
        self._lines: set[_Line] = set()
        self._passing: set[asyncio.Task[None]] = set()

    def ears_hear_nothing(self, *, for_good: bool = False) -> None:
        """No message reaches an ear any more, while it is answered as ever; `for_good`, by whatever line it comes."""
        self._all_ears_hear_nothing = for_good
        for ear in self._ears:
            ear.hears_nothing = True

    def ears_hear_again(self) -> None:
        self._all_ears_hear_nothing = False
        for ear in self._ears:
            ear.hears_nothing = False

    def an_ear_is_led_to(self, other: FrailValkey) -> None:
        """Cut the ear's line. When it comes back it ends at another Redis, this once."""
        self._ears_redis.append(other.socket)
        for ear in self._ears:
            ear.cut()

    @property
    def _ears(self) -> list[_Line]:
        return [line for line in self._lines if line.is_ear]

    async def connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """A hub has called: bring it to a Redis."""
        with suppress(OSError):
            # An ear that comes back says at once what it wants to hear.
            first_words = await near.read(CHUNK_BYTES)
            redis = self._ears_redis.pop() if _is_an_ears(first_words) and self._ears_redis else self._redis
            far, forth = await asyncio.open_unix_connection(str(redis))
            line = _Line(back, forth)
            self._lines.add(line)
            self._pass_on(line, first_words, forth)
            for passing in (self._ask(line, near, forth), self._answer(line, far, back)):
                task = asyncio.create_task(passing)
                self._passing.add(task)
                task.add_done_callback(self._passing.discard)
            return
        back.transport.abort()

    async def close(self) -> None:
        for line in tuple(self._lines):
            line.cut()
        for task in tuple(self._passing):
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _ask(self, line: _Line, near: asyncio.StreamReader, forth: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while said := await near.read(CHUNK_BYTES):
                    self._pass_on(line, said, forth)
        finally:
            self._end(line)

    async def _answer(self, line: _Line, far: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        held = b""
        try:
            with suppress(OSError):
                while said := await far.read(CHUNK_BYTES):
                    held += said
                    while (length := _length_of_one(held)) is not None:
                        told, held = held[:length], held[length:]
                        if not (line.hears_nothing and told.startswith(MESSAGE)):
                            back.write(told)
        finally:
            self._end(line)

    def _pass_on(self, line: _Line, said: bytes, forth: asyncio.StreamWriter) -> None:
        if _is_an_ears(said) and not line.is_ear:
            line.is_ear, line.hears_nothing = True, self._all_ears_hear_nothing
        forth.write(said)

    def _end(self, line: _Line) -> None:
        self._lines.discard(line)
        line.cut()


def _is_an_ears(said: bytes) -> bool:
    return SUBSCRIBES in said and A_LEDGER in said


def _length_of_one(told: bytes) -> int | None:
    """How long the first thing is that Redis tells, in its protocol; None while it is not all there."""
    end_of_line = told.find(b"\r\n")
    if end_of_line < 0:
        return None
    kind, length = told[:1], end_of_line + 2
    if kind == b"$":
        length += max(0, int(told[1:end_of_line]) + 2)
        return length if len(told) >= length else None
    if kind == b"*":
        for _ in range(int(told[1:end_of_line])):
            more = _length_of_one(told[length:])
            if more is None:
                return None
            length += more
    return length


@asynccontextmanager
async def a_switchboard(redis: FrailValkey | Path) -> AsyncIterator[Switchboard]:
    """A switchboard before this Redis, on a port of its own."""
    board = Switchboard(redis if isinstance(redis, Path) else redis.socket)
    near_end = await asyncio.start_server(board.connect, "127.0.0.1", 0)
    board.url = f"redis://127.0.0.1:{near_end.sockets[0].getsockname()[1]}/0"
    try:
        yield board
    finally:
        near_end.close()
        await board.close()
