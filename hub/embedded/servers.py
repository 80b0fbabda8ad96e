"""What a caller opens: PostgreSQL and Valkey together, or PostgreSQL alone.

`open_servers` and `open_postgres` are for a hub with an event loop; `Servers` and `LonePostgres` have the same
`start()` and `stop()` for callers without one, such as a test session.
"""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hub.embedded.binaries import refuse_unsupported_systems
from hub.embedded.children import Nursery
from hub.embedded.errors import NothingOpen
from hub.embedded.folder import DataFolder
from hub.embedded.postgres import Postgres
from hub.embedded.reaper import Reaper
from hub.embedded.supervision import Server, Supervised
from hub.embedded.valkey import Valkey

NO_SETTINGS: Mapping[str, str] = {}


class _House:
    """One data folder, its reaper, and the servers kept running on it."""

    def __init__(self, folder: DataFolder, servers: Sequence[Server]) -> None:
        self._folder = folder
        self._reaper = Reaper()
        nursery = Nursery(folder, self._reaper)
        self._kept = [Supervised(server, nursery) for server in servers]
        self._is_open = False

    @property
    def restarts(self) -> Mapping[str, int]:
        """How often each server had to be started again, by its name: `PostgreSQL`, `Valkey`."""
        return {kept.server.name: kept.restarts for kept in self._kept}

    @property
    def pids(self) -> Mapping[str, int]:
        """The process of each server that has one now, by its name; and that of the `reaper`."""
        pids = {kept.server.name: kept.pid for kept in self._kept} | {"reaper": self._reaper.pid}
        return {name: pid for name, pid in pids.items() if pid is not None}

    def adopt(self, pid: int, number: int = signal.SIGTERM) -> None:
        """Let another child process end with the hub, too: by this signal, or else by force."""
        self._reaper.watch(pid, [number])

    def start(self) -> None:
        """Start everything; when this returns the servers are ready. If it raises, nothing is left running."""
        refuse_unsupported_systems()
        self._folder.open()
        self._is_open = True
        try:
            # What an earlier hub left must be gone before its folders are touched.
            for kept in self._kept:
                kept.clear()
            self._folder.make_run_folder()
            # Before the first child, so that no child is ever without it.
            self._reaper.start()
            _all_at_once([kept.start for kept in self._kept])
        except BaseException:
            self.stop()
            raise

    def close(self) -> None:
        """Give up a `start()` that is under way in another thread."""
        for kept in self._kept:
            kept.close()

    def stop(self) -> None:
        """Stop everything, gently if it lets us; bounded in time. Doing so twice is harmless."""
        if not self._is_open:
            return
        self._is_open = False
        self.close()
        try:
            _all_at_once([kept.stop for kept in self._kept])
        finally:
            self._reaper.stop()
            self._folder.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Servers(_House):
    """PostgreSQL and Valkey on one data folder. Once stopped, it is not started again: open another."""

    def __init__(self, data: Path, *, postgres_settings: Mapping[str, str] = NO_SETTINGS) -> None:
        folder = DataFolder(data)
        self._postgres = Postgres(folder, postgres_settings)
        self._valkey = Valkey(folder)
        super().__init__(folder, [self._postgres, self._valkey])

    @property
    def postgres_url(self) -> str:
        """For asyncpg. The address stays the same for as long as the data folder does."""
        return self._postgres.url

    @property
    def redis_url(self) -> str:
        """For redis.asyncio. The address stays the same for as long as the data folder does."""
        return self._valkey.url


class LonePostgres(_House):
    """PostgreSQL alone on a data folder, for tests. Once stopped, it is not started again: open another."""

    def __init__(self, data: Path, *, settings: Mapping[str, str] = NO_SETTINGS) -> None:
        folder = DataFolder(data)
        self._postgres = Postgres(folder, settings)
        super().__init__(folder, [self._postgres])

    @property
    def postgres_url(self) -> str:
        """For asyncpg."""
        return self._postgres.url


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers of a data folder that another hub has open can be reached."""

    postgres_url: str
    redis_url: str


def addresses_of(data: Path) -> Addresses:
    """The servers' addresses, for a second hub beside the one that opened the folder. Raises NothingOpen."""
    folder = DataFolder(data.resolve())
    servers = Postgres(folder, NO_SETTINGS), Valkey(folder)
    if not any(folder.run.glob(".s.PGSQL.*")):
        raise NothingOpen(folder.path)
    return Addresses(*(server.url for server in servers))


@contextlib.asynccontextmanager
async def open_servers(data: Path, *, postgres_settings: Mapping[str, str] = NO_SETTINGS) -> AsyncIterator[Servers]:
    """PostgreSQL and Valkey, kept running until the context is left."""
    servers = Servers(data, postgres_settings=postgres_settings)
    async with _opened(servers):
        yield servers


@contextlib.asynccontextmanager
async def open_postgres(data: Path, *, settings: Mapping[str, str] = NO_SETTINGS) -> AsyncIterator[LonePostgres]:
    """PostgreSQL alone, kept running until the context is left."""
    postgres = LonePostgres(data, settings=settings)
    async with _opened(postgres):
        yield postgres


@contextlib.asynccontextmanager
async def _opened(house: _House) -> AsyncIterator[None]:
    try:
        await _to_the_end(house.start, when_cancelled=house.close)
        yield
    finally:
        await _to_the_end(house.stop)


async def _to_the_end(step: Callable[[], None], when_cancelled: Callable[[], None] = lambda: None) -> None:
    """Do a blocking step in a thread. Even a cancelled caller waits until it is done: none is left half-way."""
    # Not a task: the loop cancels all tasks at its end, but cannot stop the thread.
    work = asyncio.get_running_loop().run_in_executor(None, step)
    cancelled: asyncio.CancelledError | None = None
    while not work.done():
        try:
            await asyncio.wait([work])
        except asyncio.CancelledError as error:
            cancelled = error
            when_cancelled()
    if cancelled is not None:
        # The step's own error, if any, is of no more interest.
        work.exception()
        raise cancelled
    work.result()


def _all_at_once(steps: Sequence[Callable[[], None]]) -> None:
    """Do the steps side by side; when this returns, or raises the first one's error, all are done."""
    with ThreadPoolExecutor(max_workers=len(steps)) as threads:
        futures = [threads.submit(step) for step in steps]
    for future in futures:
        future.result()
