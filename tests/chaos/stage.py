"""What is on stage: PostgreSQL and Valkey, hubs as processes of their own, and a cable between any two of them.

Every hub reaches PostgreSQL and Valkey through cables of its own, and devices reach it through another, so that
anything can be cut off from anything. A hub keeps its address when it is started again. Not its business: what happens
(`faults`), and to whom.
"""

import asyncio
import os
import re
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path

import aiohttp
import asyncpg

from hub.embedded import Servers
from tests.support.cable import Cable, a_cable
from tests.support.databases import a_database, address_by, frozen, open_test_servers, socket_of
from tests.support.houses import SECRET
from tests.support.leaks import secrets_in
from tests.support.ports import a_free_port

REPOSITORY = Path(__file__).parents[2]
OPEN_SECONDS_MAX = 30.0
END_SECONDS_MAX = 15.0
LOOK_EVERY_SECONDS = 0.02
START_AGAIN_SECONDS = 0.2

BALANCED_EVERY_SECONDS = 0.1
LINE_MAX = 1_600
LOOK_PATIENCE = aiohttp.ClientTimeout(total=1.0)

POSTGRES = {
    "synchronous_commit": "on",
    "max_connections": "300",
    "log_min_messages": "fatal",
    "track_commit_timestamp": "on",
}
"""A commit that was answered is in PostgreSQL's log, which its death does not take back. The machine's power is not
switched off here, so nothing is forced to the disk itself."""

IS_OPEN = re.compile(rb'"The house is open\."')
NO_DATABASE = b"The database cannot be used"
IS_WRONG = re.compile(r'"level": ?"(error|critical)"|Traceback|never retrieved|never awaited')


HUB = ("-m", "hub", "serve", "--port")
CONTROL = ("-m", "tests.chaos.control")


class HubProcess:
    """One `brigade serve`, or a control in its place. `door` is what devices and people reach it by."""

    def __init__(
        self,
        name: str,
        folder: Path,
        port: int,
        cables: Mapping[str, Cable],
        database_url: str,
        redis_url: str,
        program: tuple[str, ...] = HUB,
        *,
        is_cabled: bool = True,
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self.port = port
        self.to_postgres, self.to_redis, self.door = cables["postgres"], cables["redis"], cables["door"]
        self.starts = 0
        self.is_cabled = is_cabled
        self.is_balanced = True
        """Whether whoever spreads the requests over the hubs still sends it any."""
        self.is_open = False
        """Whether it takes connections, as far as it was started and not ended from here."""
        self._database_url, self._redis_url = database_url, redis_url
        self.program = program
        self._process: asyncio.subprocess.Process | None = None
        self._starting = asyncio.Lock()

    @property
    def url(self) -> str:
        """Where it is reached."""
        return self.door.url if self.is_cabled else f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} was never started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self, **environment: str) -> None:
        """Start it; at the return it takes connections.

        One that finds no database says so and ends. Whoever keeps it running starts it again, here as anywhere.
        """
        async with asyncio.timeout(OPEN_SECONDS_MAX), self._starting:
            # Two faults may have ended the same hub; the second one finds it open.
            while not (self.is_running and self.is_open):
                self.is_open = await self._opens(environment)
                await asyncio.sleep(0 if self.is_open else START_AGAIN_SECONDS)

    async def _opens(self, environment: Mapping[str, str]) -> bool:
        """Start it once: whether it takes connections, or there is no database."""
        seen = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *self.program,
                str(self.port),
                cwd=REPOSITORY,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**self.environment(), **environment},
                start_new_session=True,
            )
        self.starts += 1
        while not IS_OPEN.search(said := self.log.read_bytes()[seen:]):
            if not self.is_running:
                assert NO_DATABASE in said, f"{self.name} ended instead:\n{self.last_words()}"
                return False
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        return True

    async def kill(self) -> None:
        """As a machine that loses its power."""
        self.signal(signal.SIGKILL)
        await self.ends()

    def signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def ends(self, seconds: float = END_SECONDS_MAX) -> int:
        """Its status, once it has ended."""
        self.is_open = False
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), seconds)

    async def close(self) -> None:
        """Ask it to end, and see to it."""
        if not self.is_running:
            return
        self.signal(signal.SIGCONT)
        self.signal(signal.SIGTERM)
        try:
            await self.ends()
        except TimeoutError:
            await self.kill()

    def mend(self) -> None:
        """All its cables, as at the beginning."""
        for cable in (self.to_postgres, self.to_redis, self.door):
            cable.mend()

    def last_words(self, lines: int = 20) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def wrongs(self) -> list[str]:
        """Lines of its log that should never be there, whatever happens to it."""
        lines = self.log.read_text(errors="replace").splitlines()
        return [line for line in lines if IS_WRONG.search(line) or secrets_in(line)]

    def environment(self) -> dict[str, str]:
        """What it is told at its start."""
        postgres, valkey = self._database_url, self._redis_url
        if self.is_cabled:
            postgres, valkey = address_by(self.to_postgres.port, postgres), f"redis://127.0.0.1:{self.to_redis.port}/0"
        return {
            **os.environ,
            "DATABASE_URL": postgres,
            "REDIS_URL": valkey,
            "BRIGADE_SECRET": SECRET,
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "INFO",
            # One waiter of each house asks for all of them.
            "LIMITS_SCALE": "staff=10000",
        }


class Stage:
    """Servers, one database on them, and its hubs."""

    def __init__(self, servers: Servers, database_url: str, hubs: list[HubProcess]) -> None:
        self.servers = servers
        self.database_url = database_url
        """PostgreSQL by the shortest way, for whoever looks on."""
        self.hubs = hubs
        self.web: aiohttp.ClientSession
        self.counter: aiohttp.ClientSession
        """For requests, each on a connection of its own: one that is kept may be closed just as it is used again, which
        is nobody's fault, and which every client must be ready for."""

    @property
    def postgres_pid(self) -> int:
        return self.servers.pids["PostgreSQL"]

    @property
    def valkey_pid(self) -> int:
        return self.servers.pids["Valkey"]

    @contextmanager
    def frozen_postgres(self) -> Iterator[None]:
        with frozen(self.postgres_pid):
            yield

    @contextmanager
    def frozen_valkey(self) -> Iterator[None]:
        with stopped(self.valkey_pid):
            yield

    def doors(self) -> list[str]:
        """Where devices find the hubs, whether or not anybody is there."""
        return [hub.url for hub in self.hubs]

    def addresses(self) -> list[str]:
        """Where a request may go now."""
        return [hub.url for hub in self.hubs if hub.is_balanced] or self.doors()

    @asynccontextmanager
    async def balanced(self) -> AsyncIterator[None]:
        """Send requests to those hubs alone that say they are ready, as any balancer does."""

        async def look(hub: HubProcess) -> None:
            while True:
                with suppress(aiohttp.ClientError, OSError, TimeoutError):
                    async with self.counter.get(hub.url + "/health/ready", timeout=LOOK_PATIENCE) as answer:
                        hub.is_balanced = answer.status == 200
                await asyncio.sleep(BALANCED_EVERY_SECONDS)

        looking = [asyncio.create_task(look(hub)) for hub in self.hubs]
        try:
            yield
        finally:
            for task in looking:
                task.cancel()
            await asyncio.gather(*looking, return_exceptions=True)

    async def open_hubs(self) -> None:
        await asyncio.gather(*(hub.start() for hub in self.hubs if not hub.is_running))

    async def mend(self) -> None:
        """Everything is as it should be again: cables whole, every hub running."""
        for hub in self.hubs:
            hub.mend()
            if hub.is_running:
                hub.signal(signal.SIGCONT)
        await self.open_hubs()

    def wrongs(self) -> list[str]:
        return [f"{hub.name}: {line}" for hub in self.hubs for line in hub.wrongs()]


def shortened(line: str) -> str:
    """A line of a log as far as somebody reads it: how it begins, and how what went wrong ends."""
    return line if len(line) <= LINE_MAX else f"{line[: LINE_MAX // 4]} … {line[-LINE_MAX * 3 // 4 :]}"


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """A process that neither answers nor ends."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


async def pass_time(stage: Stage, seconds: float) -> None:
    """So much time passes in which nobody does anything: all that is on record becomes as much older.

    What hubs have in memory stays as it is; to whoever wants that older, too, they are to be started again.
    """
    line = await asyncpg.connect(stage.database_url)
    try:
        async with line.transaction():
            for row in await line.fetch(_MOMENTS):
                shifted = ", ".join(f"{one} = {one} - make_interval(secs => {seconds})" for one in row["columns"])
                await line.execute(f"update {row['name']} set {shifted}")
    finally:
        await line.close()


_MOMENTS = """
    select table_name as name, array_agg(column_name::text) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and data_type = 'timestamp with time zone'
      and is_generated = 'NEVER'
    group by table_name
"""


@contextmanager
def some_servers() -> Iterator[Servers]:
    """PostgreSQL and Valkey for any number of stages, one after the other."""
    with (
        tempfile.TemporaryDirectory(prefix="brigade-chaos-") as folder,
        open_test_servers(Path(folder) / "data", settings=POSTGRES) as servers,
    ):
        yield servers


@asynccontextmanager
async def a_stage(
    servers: Servers,
    *,
    hubs: int = 2,
    are_open: bool = True,
    program: tuple[str, ...] = HUB,
    is_cabled: bool = True,
) -> AsyncIterator[Stage]:
    """A fresh database, and hubs on it.

    Cables are this very process: what goes through them takes turns with all its devices, and hides whether anybody is
    at the other end. Where that matters nothing is cabled, and nothing can be cut.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="brigade-stage-")))
        database_url = await stack.enter_async_context(a_database(servers.postgres_url))
        processes = list[HubProcess]()
        for number in range(1, hubs + 1):
            port = a_free_port()
            cables = {
                "postgres": await stack.enter_async_context(a_cable(socket_of(servers.postgres_url))),
                "redis": await stack.enter_async_context(a_cable(servers.redis_url)),
                "door": await stack.enter_async_context(a_cable(f"http://127.0.0.1:{port}")),
            }
            hub = HubProcess(
                f"hub-{number}", folder, port, cables, database_url, servers.redis_url, program, is_cabled=is_cabled
            )
            stack.push_async_callback(hub.close)
            processes.append(hub)
        stage = Stage(servers, database_url, processes)
        stage.web = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
        stage.counter = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, force_close=True))
        )
        if are_open:
            await stage.open_hubs()
        yield stage
