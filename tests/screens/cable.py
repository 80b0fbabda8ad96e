"""The cable between a browser and a hub: it can be pulled out, go dead without a word, and be plugged in again.

    async with a_cable(hub.url) as cable:
        ...                 # browse cable.url
        cable.cut()

What passes is not looked at. Not its business: who notices.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

CHUNK_BYTES = 65_536


class Cable:
    """Passes on every connection made to `url` to a hub, for as long as it is whole."""

    def __init__(self, hub_url: str) -> None:
        self.url = ""
        self._hub = urlsplit(hub_url)
        self._is_cut = False
        self._flows = asyncio.Event()
        self._flows.set()
        self._ends: set[asyncio.StreamWriter] = set()
        self._passing: set[asyncio.Task[None]] = set()

    def cut(self) -> None:
        """Everybody is hung up on, and nobody gets through."""
        self._is_cut = True
        for end in self._ends:
            end.transport.abort()

    def go_dead(self) -> None:
        """Nothing passes any more, and nobody is told."""
        self._flows.clear()

    def mend(self) -> None:
        """As at the beginning; what was swallowed comes through now."""
        self._is_cut = False
        self._flows.set()

    def lead_to(self, hub_url: str) -> None:
        """Whoever comes from now on gets to another hub."""
        self._hub = urlsplit(hub_url)

    async def connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        """Somebody came in at the near end: bring them to the hub."""
        if self._is_cut:
            back.transport.abort()
            return
        try:
            far, forth = await asyncio.open_connection(self._hub.hostname, self._hub.port)
        except OSError:
            back.transport.abort()
            return
        for reader, writer in ((near, forth), (far, back)):
            task = asyncio.create_task(self._pass(reader, writer))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def close(self) -> None:
        """Hang up on everybody, for good."""
        self.cut()
        for task in list(self._passing):
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        try:
            with suppress(OSError):
                while chunk := await reader.read(CHUNK_BYTES):
                    await self._flows.wait()
                    writer.write(chunk)
                    await writer.drain()
        finally:
            self._ends.discard(writer)
            writer.close()


@asynccontextmanager
async def a_cable(hub_url: str) -> AsyncIterator[Cable]:
    """A cable to this hub, on a port of its own."""
    cable = Cable(hub_url)
    near_end = await asyncio.start_server(cable.connect, "127.0.0.1", 0)
    cable.url = f"http://127.0.0.1:{near_end.sockets[0].getsockname()[1]}"
    try:
        yield cable
    finally:
        near_end.close()
        await cable.close()
