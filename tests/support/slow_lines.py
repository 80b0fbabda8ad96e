"""A line to PostgreSQL that becomes slow: whatever is asked, and whatever is answered, is a while on its way.

    async with a_slow_line(database_url) as line:
        ...                     # open what is at `line.url`
        line.seconds = 0.05     # from now on every round trip takes a tenth of a second

Not its business: what passes, and who waits for it.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import parse_qs, urlencode, urlsplit

CHUNK_BYTES = 65_536
SOCKET = "{host}/.s.PGSQL.{port}"


class SlowLine:
    """Passes on every connection to a server's socket, `seconds` late in each direction."""

    def __init__(self, server: str, url: str) -> None:
        self.url = url
        self.seconds = 0.0
        self._server = server
        self._passing: set[asyncio.Task[None]] = set()

    async def connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, forth = await asyncio.open_unix_connection(self._server)
        for reader, writer in ((near, forth), (far, back)):
            task = asyncio.create_task(self._pass(reader, writer))
            self._passing.add(task)
            task.add_done_callback(self._passing.discard)

    async def close(self) -> None:
        for task in list(self._passing):
            task.cancel()
        await asyncio.gather(*self._passing, return_exceptions=True)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError):
                while chunk := await reader.read(CHUNK_BYTES):
                    await asyncio.sleep(self.seconds)
                    writer.write(chunk)
                    await writer.drain()
        finally:
            writer.close()


@asynccontextmanager
async def a_slow_line(database_url: str) -> AsyncIterator[SlowLine]:
    """A line to the same database, as quick as any until it is told otherwise."""
    parts = urlsplit(database_url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    with tempfile.TemporaryDirectory(prefix="brigade-slow-") as folder:
        url = parts._replace(query=urlencode({**query, "host": folder})).geturl()
        line = SlowLine(SOCKET.format(**query), url)
        near_end = await asyncio.start_unix_server(line.connect, SOCKET.format(host=folder, port=query["port"]))
        try:
            yield line
        finally:
            near_end.close()
            await line.close()
