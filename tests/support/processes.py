"""Real processes of the command line: started, heard, and ended, whatever a test does."""

import asyncio
import os
import re
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.support.leaks import secrets_in

OPEN_SECONDS_MAX = 45.0
END_SECONDS_MAX = 15.0

REPOSITORY = Path(__file__).parents[2]


class Brigade:
    """One `python -m hub …` under way. `url` is where it listens, once it says so."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said: list[str] = []
        self.errors: list[str] = []
        self._heard = asyncio.Event()
        self._readers = [
            asyncio.create_task(self._read(process.stdout, self.said)),
            asyncio.create_task(self._read(process.stderr, self.errors)),
        ]

    @property
    def pid(self) -> int:
        return self.process.pid

    async def hears(self, pattern: str, *, seconds: float = OPEN_SECONDS_MAX) -> re.Match[str]:
        """Wait until the process says something like this, on either of its outputs. Fails with what it did say."""
        return (await self.hears_often(pattern, 1, seconds=seconds))[0]

    async def hears_often(self, pattern: str, count: int, *, seconds: float = OPEN_SECONDS_MAX) -> list[re.Match[str]]:
        """Wait until so many of its lines are like this."""
        deadline = time.monotonic() + seconds
        while True:
            self._heard.clear()
            found = [re.search(pattern, line) for line in [*self.said, *self.errors]]
            matches = [match for match in found if match is not None]
            if len(matches) >= count:
                return matches
            assert self.process.returncode is None, f"It ended instead: {self.everything()}"
            try:
                await asyncio.wait_for(self._heard.wait(), max(0.01, deadline - time.monotonic()))
            except TimeoutError:
                raise AssertionError(f"Nobody said {pattern!r}: {self.everything()}") from None

    async def url(self) -> str:
        """Where it listens."""
        return (await self.hears(r"\"url\": ?\"(http://[0-9.]+:\d+)\"")).group(1)

    def everything(self) -> str:
        return "\n".join([*self.said, *self.errors])

    def kill(self, number: int = signal.SIGKILL) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def ends(self, *, seconds: float = END_SECONDS_MAX) -> int:
        """Its exit status, once it has ended by itself."""
        try:
            await asyncio.wait_for(self.process.wait(), seconds)
        except TimeoutError:
            raise AssertionError(f"It did not end: {self.everything()}") from None
        for reader in self._readers:
            await reader
        assert self.process.returncode is not None
        return self.process.returncode

    async def _read(self, stream: asyncio.StreamReader | None, into: list[str]) -> None:
        assert stream is not None
        async for line in stream:
            into.append(line.decode(errors="replace").rstrip())
            self._heard.set()
        self._heard.set()


@asynccontextmanager
async def brigade(*arguments: str, environment: Mapping[str, str] | None = None) -> AsyncIterator[Brigade]:
    """Run the command line; whatever is left of it afterwards is ended."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "hub",
        *arguments,
        cwd=REPOSITORY,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "LOG_FORMAT": "json", "COLUMNS": "200", **(environment or {})},
        start_new_session=True,
    )
    running = Brigade(process)
    try:
        yield running
    finally:
        if process.returncode is None:
            running.kill(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), END_SECONDS_MAX)
            except TimeoutError:
                running.kill()
                await process.wait()
    assert not secrets_in("\n".join(running.errors)), "Secrets were logged."


def family_of(pid: int) -> set[int]:
    """The process and everything it started, and what that started (Linux)."""
    children: dict[int, set[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            # The command's name, in parentheses, may hold spaces.
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, set()).add(int(status.parent.name))
    family, to_visit = {pid}, [pid]
    while to_visit:
        for child in children.get(to_visit.pop(), ()):
            family.add(child)
            to_visit.append(child)
    return family


async def are_gone(pids: set[int], *, seconds: float = END_SECONDS_MAX) -> None:
    """Wait until none of these processes lives any more: by their own file descriptors, not by looking again."""
    loop = asyncio.get_running_loop()

    async def is_gone(pid: int) -> None:
        try:
            descriptor = os.pidfd_open(pid)
        except ProcessLookupError:
            return
        gone = loop.create_future()
        loop.add_reader(descriptor, lambda: gone.done() or gone.set_result(None))
        try:
            await gone
        finally:
            loop.remove_reader(descriptor)
            os.close(descriptor)

    async with asyncio.timeout(seconds):
        await asyncio.gather(*(is_gone(pid) for pid in pids))
