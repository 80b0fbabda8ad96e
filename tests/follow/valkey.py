"""A Valkey that things happen to."""

import asyncio
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from hub.embedded.binaries import valkey_program


class FrailValkey:
    """Listens on a socket in a folder of its own, keeps nothing, and may be started again after its death."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._process: asyncio.subprocess.Process | None = None
        self.url = f"unix://{socket}?db=0"

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            valkey_program(None),
            *("--port", "0", "--unixsocket", str(self._socket), "--save", "", "--dir", str(self._socket.parent)),
            stdout=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            if b"Ready to accept connections" in line:
                return
        raise AssertionError("Valkey did not start.")

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def freeze(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    async def told(self, *command: str | bytes) -> object:
        """What it answers to a command from somebody who is not a hub."""
        async with Redis.from_url(self.url) as stranger:
            return await stranger.execute_command(*command)


@asynccontextmanager
async def a_frail_valkey() -> AsyncIterator[FrailValkey]:
    # Not in pytest's folder: a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="hub-") as folder:
        valkey = FrailValkey(Path(folder) / "valkey.sock")
        await valkey.start()
        try:
            yield valkey
        finally:
            await valkey.kill()
