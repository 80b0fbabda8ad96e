"""The cable between any two: it can be cut, go dead without a word, grow long or thin, lose one end, and be mended.

    async with a_cable(hub.url) as cable:
        ...                 # somebody uses cable.url in place of the hub's
        cable.cut()

What passes is not looked at. Not its business: who notices.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import unquote, urlsplit

CHUNK_BYTES = 65_536
CHUNKS_ON_THE_WAY_MAX = 64

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Cable:
    """Passes on every connection made at the near end to the far end, for as long as it is whole."""

    def __init__(self, far_end: Callable[[], Coroutine[Any, Any, Ends]]) -> None:
        self.url = ""
        self.port = 0
        self.connections = 0
        """How often somebody was brought to the far end."""
        self._far_end = far_end
        self._is_cut = False
        self._flows_forth, self._flows_back = asyncio.Event(), asyncio.Event()
        self._flows_forth.set()
        self._flows_back.set()
        self._mended = asyncio.Event()
        self._delay_seconds = 0.0
        self._bytes_per_second: float | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._far_ends: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()

    # What may happen to it

    def cut(self) -> None:
        """Everybody is hung up on, and nobody gets through."""
        self._is_cut = True
        self.hang_up()

    def hang_up(self) -> None:
        """Everybody is hung up on, and may come again."""
        for end in self._ends:
            end.transport.abort()

    def go_dead(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._flows_forth.clear()
        self._flows_back.clear()

    def say_nothing_back(self) -> None:
        """What is said at the near end still gets to the far one, and nothing comes back."""
        self._flows_back.clear()

    def grow_long(self, seconds: float) -> None:
        """Everything takes so much longer, each way."""
        self._delay_seconds = seconds
        self._mended.clear()

    def grow_thin(self, bytes_per_second: float) -> None:
        """No more than that passes, each way."""
        self._bytes_per_second = bytes_per_second
        self._mended.clear()

    def close_half(self) -> None:
        """The far end is told that the near one has said its last word. What it says itself still passes."""
        for end in self._far_ends:
            with suppress(OSError, RuntimeError):
                end.write_eof()

    def mend(self) -> None:
        """As at the beginning; what was swallowed comes through now."""
        self._is_cut = False
        self._delay_seconds, self._bytes_per_second = 0.0, None
        self._flows_forth.set()
        self._flows_back.set()
        self._mended.set()

    def lead_to(self, url: str) -> None:
        """Whoever comes from now on gets to somebody else."""
        self._far_end = far_end_of(url)

    # How it works

    async def connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Somebody came in at the near end: bring them to the far one."""
        if self._is_cut:
            back.transport.abort()
            return
        try:
            far, forth = await self._far_end()
        except OSError:
            back.transport.abort()
            return
        self.connections += 1
        self._far_ends.add(forth)
        for reader, writer, flows in ((near, forth, self._flows_forth), (far, back, self._flows_back)):
            task = asyncio.create_task(self._pass(reader, writer, flows))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def close(self) -> None:
        """Hang up on everybody, for good."""
        self.cut()
        for task in list(self._passing):
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, flows: asyncio.Event) -> None:
        # Read and written side by side, or a long cable would be a thin one, too.
        chunks: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(CHUNKS_ON_THE_WAY_MAX)
        writing = asyncio.create_task(self._write(chunks, writer, flows))
        self._ends.add(writer)
        try:
            with suppress(OSError):
                while chunk := await reader.read(CHUNK_BYTES):
                    await chunks.put((asyncio.get_running_loop().time() + self._delay_seconds, chunk))
                await chunks.put((0.0, b""))
                await writing
        finally:
            writing.cancel()
            self._ends.discard(writer)
            self._far_ends.discard(writer)
            writer.close()

    async def _write(
        self, chunks: asyncio.Queue[tuple[float, bytes]], writer: asyncio.StreamWriter, flows: asyncio.Event
    ) -> None:
        is_gone = False
        while True:
            due_at, chunk = await chunks.get()
            if not chunk:
                return
            if not is_gone:
                await flows.wait()
                try:
                    await self._write_one(due_at, chunk, writer)
                except (OSError, RuntimeError):
                    # What still comes for somebody who is gone is thrown away. uvloop calls it a RuntimeError.
                    is_gone = True

    async def _write_one(self, due_at: float, chunk: bytes, writer: asyncio.StreamWriter) -> None:
        await self._take_time(due_at - asyncio.get_running_loop().time())
        for piece in self._pieces(chunk):
            writer.write(piece)
            await writer.drain()
            if self._bytes_per_second is not None:
                await self._take_time(len(piece) / self._bytes_per_second)

    async def _take_time(self, seconds: float) -> None:
        """So long, or until it is mended."""
        if seconds > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._mended.wait()

    def _pieces(self, chunk: bytes) -> list[bytes]:
        if self._bytes_per_second is None:
            return [chunk]
        return [chunk[at : at + 1] for at in range(len(chunk))]


def far_end_of(url: str) -> Callable[[], Coroutine[Any, Any, Ends]]:
    """How to get to where an address leads: http://host:port, or a socket of this machine, unix:///path."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return lambda: asyncio.open_unix_connection(unquote(parts.path))
    return lambda: asyncio.open_connection(parts.hostname, parts.port)


@asynccontextmanager
async def a_cable(url: str, *, port: int = 0) -> AsyncIterator[Cable]:
    """A cable to this address, on a port of its own."""
    cable = Cable(far_end_of(url))
    near_end = await asyncio.start_server(cable.connect, "127.0.0.1", port)
    cable.port = near_end.sockets[0].getsockname()[1]
    cable.url = f"http://127.0.0.1:{cable.port}"
    try:
        yield cable
    finally:
        near_end.close()
        await cable.close()
