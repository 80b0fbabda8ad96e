"""Real servers for the tests, and a database of its own for every test that asks for one.

One PostgreSQL and one Valkey serve a whole test session (under xdist: each worker has its own pair; starting one takes
about half a second). Migrations run once, into a template; a test's database is a copy, which other tests had before
and have after it (`tests.support.copies`). Copying through the log is faster here than by files: that way PostgreSQL
makes two checkpoints for each copy.

They live in memory, where there is room. A database is four hundred files, and where so many were deleted a moment ago
ext4 searches long for a number that a new one may have: on such a disk a copy took up to 300 ms.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import asyncpg

from hub.embedded import Servers
from hub.store.database import POOL_SIZE_MAX, Database
from hub.store.migrations import migrate
from tests.support.copies import Copies

TEMPLATE = "template_of_tests"

_copies: dict[str, Copies] = {}
"""By the address of their server."""

PATIENCE = 20.0
"""How many times longer than usual a hub of a test waits. A machine that tries everything at once stands still at
times, for longer than anybody may be kept waiting. Where deadlines are tried, the patience is the usual one."""

# Nothing here has to survive a power cut.
QUICK_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "300",
    "max_wal_size": "128MB",
    "autovacuum": "off",
    "jit": "off",
}

MEMORY = Path("/dev/shm")
MEMORY_BYTES_MIN = 2 * 1024**3


@contextlib.contextmanager
def a_quick_folder() -> Iterator[Path]:
    """A folder for servers whose databases come and go, in memory if this machine has a place for that."""
    has_room = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > MEMORY_BYTES_MIN
    with tempfile.TemporaryDirectory(prefix="brigade-", dir=MEMORY if has_room else None) as folder:
        yield Path(folder)


@contextlib.contextmanager
def open_test_servers(folder: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[Servers]:
    """Servers whose PostgreSQL holds the template. `settings` change how quick, and how careful, it is."""
    with Servers(folder, postgres_settings={**QUICK_SETTINGS, **(settings or {})}) as servers:
        asyncio.run(_make_template(servers.postgres_url))
        copies = Copies(servers.postgres_url, TEMPLATE)
        with copies.kept():
            _copies[servers.postgres_url] = copies
            yield servers


@contextlib.asynccontextmanager
async def a_database(servers_url: str, *, template: str | None = TEMPLATE) -> AsyncIterator[str]:
    """The address of a fresh database, a copy of `template` if there is one. Afterwards whoever is connected is cut."""
    copies = _copies[servers_url]
    if template == TEMPLATE:
        async with copies.one() as name:
            yield address_of(servers_url, name)
        return
    if template is not None:
        await copies.leaves_alone(template)
    name = f"test_{uuid4().hex}"
    copied = "" if template is None else f"template {template} strategy wal_log"
    await run_as_owner(servers_url, f"create database {name} {copied}")
    try:
        yield address_of(servers_url, name)
    finally:
        await run_as_owner(servers_url, f"drop database {name} with (force)")


async def open_database(
    url: str, *, pool_size_max: int = POOL_SIZE_MAX, as_owner: bool = False, patience: float = PATIENCE
) -> Database:
    """The database at this address, and patience with it."""
    return await Database.open(url, pool_size_max=pool_size_max, as_owner=as_owner, patience=patience)


async def run_as_owner(url: str, *statements: str) -> None:
    """Run SQL with all rights, each statement outside of any transaction, on a connection of its own."""
    line = await asyncpg.connect(url)
    try:
        for statement in statements:
            await line.execute(statement)
    finally:
        await line.close()


def address_of(servers_url: str, database: str) -> str:
    """The same server's address, for another of its databases."""
    parts = urlsplit(servers_url)
    return f"{parts.scheme}://{parts.netloc}/{database}?{parts.query}"


def socket_of(url: str) -> str:
    """The socket an address leads to, as unix:///path: the far end of a cable."""
    asked = parse_qs(urlsplit(url).query)
    return f"unix://{asked['host'][0]}/.s.PGSQL.{asked['port'][0]}"


def address_by(port: int, url: str) -> str:
    """The same database's address, by whatever listens on that port of this machine."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.username}@127.0.0.1:{port}{parts.path}"


def name_of(url: str) -> str:
    """The name of the database an address leads to."""
    return urlsplit(url).path.removeprefix("/")


async def _make_template(servers_url: str) -> None:
    await run_as_owner(servers_url, f"create database {TEMPLATE}")
    await migrate(address_of(servers_url, TEMPLATE))


@contextlib.contextmanager
def frozen(postmaster_pid: int) -> Iterator[None]:
    """PostgreSQL with all its processes, stopped in the middle of whatever they do; afterwards they go on."""
    stopped: list[int] = []
    try:
        # The postmaster first: it could start another child meanwhile.
        for find in (lambda: [postmaster_pid], lambda: _children(postmaster_pid)):
            for pid in find():
                try:
                    os.kill(pid, signal.SIGSTOP)
                except ProcessLookupError:
                    # A backend that has just ended. The postmaster itself must be there.
                    if pid == postmaster_pid:
                        raise
                else:
                    stopped.append(pid)
        yield
    finally:
        for pid in stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in tasks.read_text().split()]
