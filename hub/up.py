"""Everything on one machine: the embedded servers, the demo restaurant, a hub, and a dinner under way.

The path is production's: the same migrations, the same hub, real PostgreSQL and Valkey. Only who starts them differs.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import structlog

from hub import demo, embedded
from hub.actions.identity import Demo
from hub.app import House
from hub.config import Settings, new_secret, settings_from
from hub.serving import StayedDeaf, keep_open, take_port
from hub.store.database import Database
from hub.store.migrations import migrate

log = structlog.get_logger("brigade.up")

ACCOUNTS = "demo-accounts.json"
DEMO = "demo.json"
SECRET = "secret"
DINNER_SPEED = 30
QUIET_SPEED = 1
DINNER_AGAIN_SECONDS_MIN = 1.0
DINNER_AGAIN_SECONDS_MAX = 30.0
THE_DINNER = "the simulated dinner"

Say = Callable[[str], None]


async def up(
    *,
    data: Path,
    port: int,
    host: str,
    is_quiet: bool,
    say: Say,
    say_open: Callable[[str, Path], None],
    say_dinner: Say,
) -> None:
    """Open the whole restaurant, and keep it open until SIGTERM or SIGINT.

    Raises EmbeddedError and BadSetting with one sentence each. `say` is told what is being done, `say_open` the
    address and the file of the demo's accounts once the doors are open, `say_dinner` now and then how the dinner goes.
    """
    accounts = data / ACCOUNTS
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    listener = take_port(host, port)
    say("Starting PostgreSQL and Valkey")
    async with embedded.open_servers(data) as servers:
        settings = settings_from(
            database_url=servers.postgres_url,
            redis_url=servers.redis_url,
            brigade_secret=_secret(data / SECRET),
            host=host,
            port=listener.getsockname()[1],
        )
        say("Migrating the database")
        await migrate(servers.postgres_url)
        opened = await _seed(settings, accounts, say, speed=QUIET_SPEED if is_quiet else DINNER_SPEED)
        demo.keep(opened, data / DEMO)

        async def once_open(house: House, port: int) -> None:
            url = f"http://{host}:{port}"
            say_open(url, accounts)
            if not is_quiet:
                dinners.append(asyncio.create_task(_dine(house, servers, url, accounts, say_dinner), name="dinner"))

        dinners: list[asyncio.Task[None]] = []
        try:
            if not stop.is_set():
                waits = () if is_quiet else (THE_DINNER,)
                await _keep_opening(settings, listener, demo=opened, stop=stop, waits=waits, once_open=once_open)
        finally:
            for dinner in dinners:
                dinner.cancel()
                with suppress(asyncio.CancelledError):
                    await dinner


async def _keep_opening(
    settings: Settings,
    listener: socket.socket,
    *,
    demo: Demo,
    stop: asyncio.Event,
    waits: Sequence[str],
    once_open: Callable[[House, int], Awaitable[None]],
) -> None:
    """Keep a hub open; another on the same port where one goes deaf, since nobody else would open it.

    The servers and the dinner stay as they are. Nothing is left of the old hub but the process.
    """
    port = listener.getsockname()[1]
    opening = keep_open(settings, listener, demo=demo, stop=stop, waits=waits, once_open=once_open)
    while True:
        try:
            await opening
            return
        except StayedDeaf:
            log.warning("The hub stayed deaf; another is opened in its place.")
            opening = keep_open(settings, take_port(settings.host, port), demo=demo, stop=stop)


def settings_beside(data: Path, **chosen: Any) -> Settings:
    """What a second hub needs to stand beside the one that has this folder open. Raises EmbeddedError, BadSetting."""
    addresses = embedded.addresses_of(data)
    return settings_from(
        database_url=addresses.postgres_url,
        redis_url=addresses.redis_url,
        brigade_secret=_secret(data / SECRET),
        **chosen,
    )


def demo_beside(data: Path) -> Demo | None:
    """The demo that the hub which has this folder open is, for another hub of it to be as well. Raises BadSetting."""
    return demo.kept(data / DEMO)


def _secret(file: Path) -> str:
    """The secret of this folder's house, made at its first start and readable by its owner alone."""
    with suppress(FileNotFoundError):
        return file.read_text().strip()
    secret = new_secret()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(secret)
    return secret


async def _seed(settings: Settings, accounts: Path, say: Say, *, speed: int) -> Demo:
    database = await Database.open(settings.database_url, pool_size_max=2)
    try:
        await demo.seed(database, accounts, say)
        return await demo.find(database, speed=speed)
    finally:
        await database.close()


async def _dine(house: House, servers: embedded.Servers, url: str, accounts: Path, say_dinner: Say) -> None:
    """Keep a dinner going, in a process of its own that uses the public doors alone; another one if it dies."""
    pause = DINNER_AGAIN_SECONDS_MIN
    while True:
        async with _dinner(servers, url, accounts) as dinner:
            assert dinner.stdout is not None
            async for line in dinner.stdout:
                if line.startswith(b"under way") and THE_DINNER in house.hub.waits:
                    house.hub.waits.remove(THE_DINNER)
                say_dinner(line.decode(errors="replace").rstrip())
            status = await dinner.wait()
        log.warning("The simulated dinner ended and is begun again.", status=status, in_seconds=pause)
        await asyncio.sleep(pause)
        pause = min(2 * pause, DINNER_AGAIN_SECONDS_MAX)


@asynccontextmanager
async def _dinner(servers: embedded.Servers, url: str, accounts: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    arguments = ["simulate", "--hub", url, "--accounts", str(accounts), "--speed", str(DINNER_SPEED), "--endless"]
    dinner = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "hub",
        *arguments,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "COLUMNS": "200"},
        start_new_session=True,
    )
    servers.adopt(dinner.pid, signal.SIGTERM)
    try:
        yield dinner
    finally:
        if dinner.returncode is None:
            dinner.terminate()
            try:
                await asyncio.wait_for(dinner.wait(), 1.0)
            except TimeoutError:
                dinner.kill()
                await dinner.wait()
