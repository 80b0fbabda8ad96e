"""kill -9 of anything leaves no orphan and loses nothing committed."""

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio as redis

from hub import embedded
from hub.embedded.reaper import Watched

QUICK = {"fsync": "off"}
CHILDREN = ("PostgreSQL", "Valkey", "reaper", "dinner")


async def what_is_kept(data: Path) -> tuple[int, int]:
    """How many plates PostgreSQL and Valkey remember, read by a new hub."""
    async with embedded.open_servers(data, postgres_settings=QUICK) as servers:
        line = await asyncpg.connect(servers.postgres_url)
        rows = await line.fetchval("select count(*) from plates")
        await line.close()
        async with redis.from_url(servers.redis_url) as keys:
            return rows, await keys.llen("plates")


@pytest.mark.usefixtures("opened_before")
async def test_a_killed_hub_leaves_nobody_behind_and_loses_nothing(data: Path, start_hub: Callable) -> None:
    hub = start_hub().becomes_ready()
    hub.kill()
    hub.leaves_nobody(CHILDREN)
    assert await what_is_kept(data) == (1, 1)


@pytest.mark.usefixtures("opened_before")
async def test_a_hub_may_start_while_a_killed_one_is_still_being_cleared_away(data: Path, start_hub: Callable) -> None:
    for _ in range(3):
        hub = start_hub().becomes_ready()
        hub.kill()
    assert await what_is_kept(data) == (3, 3)
    hub.leaves_nobody(CHILDREN)


@pytest.mark.usefixtures("opened_before")
async def test_what_a_killed_hub_and_reaper_leave_is_ended_by_the_next_start(data: Path, start_hub: Callable) -> None:
    hub = start_hub().becomes_ready()
    hub.kill("reaper", "dinner")
    assert not hub.is_gone("PostgreSQL")
    assert not hub.is_gone("Valkey")
    assert await what_is_kept(data) == (1, 1)
    hub.leaves_nobody(CHILDREN)


@pytest.mark.usefixtures("opened_before")
async def test_everything_killed_at_once_loses_nothing(data: Path, start_hub: Callable) -> None:
    hub = start_hub().becomes_ready()
    hub.kill(*CHILDREN)
    assert await what_is_kept(data) == (1, 1)


def test_a_hub_killed_while_it_makes_its_folder_leaves_nobody(
    data: Path, start_hub: Callable, until: Callable[..., None]
) -> None:
    hub = start_hub()
    until((data / "pg.init" / "base").exists, "initdb is under way")
    hub.kill()
    until(lambda: not running_at(data), "nobody works in the data folder")
    start_hub().becomes_ready()


def running_at(data: Path) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if not entry.name.isdigit():
                continue
            if (entry / "cwd").readlink().is_relative_to(data) or str(data) in (entry / "cmdline").read_text():
                found.append(entry.name)
        except OSError:
            continue
    return found


@pytest.mark.usefixtures("opened_before")
def test_a_hub_that_is_told_to_stop_leaves_nobody(start_hub: Callable) -> None:
    hub = start_hub().becomes_ready()
    hub.process.stdin.close()
    assert hub.process.wait() == 0
    hub.leaves_nobody(CHILDREN)


@pytest.mark.usefixtures("opened_before")
def test_a_killed_reaper_is_replaced_by_one_that_knows_everybody(data: Path, until: Callable[..., None]) -> None:
    with embedded.Servers(data, postgres_settings=QUICK) as servers:
        first = dict(servers.pids)
        os.kill(first["reaper"], signal.SIGKILL)
        until(lambda: servers.pids["reaper"] != first["reaper"], "another reaper is there")
        assert {**servers.pids, "reaper": 0} == {**first, "reaper": 0}
        assert servers.restarts == {"PostgreSQL": 0, "Valkey": 0}


@pytest.mark.usefixtures("opened_before")
def test_the_replaced_reaper_still_ends_everybody(start_hub: Callable, until: Callable[..., None]) -> None:
    hub = start_hub().becomes_ready()
    signal.pidfd_send_signal(hub._pidfds["reaper"], signal.SIGKILL)
    until(lambda: reapers_of(hub.process.pid) - {hub.pids["reaper"]} != set(), "another reaper is there")
    hub.kill()
    hub.leaves_nobody(CHILDREN)


def reapers_of(pid: int) -> set[int]:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    pids = {int(number) for entry in children for number in entry.read_text().split()}
    return {each for each in pids if is_reaper(each)}


def is_reaper(pid: int) -> bool:
    try:
        return "reaper.py" in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        # It ended between being listed and being looked at.
        return False


@pytest.mark.usefixtures("opened_before")
async def test_a_killed_postgres_comes_back_with_every_committed_row(data: Path, until: Callable[..., None]) -> None:
    async with embedded.open_servers(data, postgres_settings=QUICK) as servers:
        line = await asyncpg.connect(servers.postgres_url)
        await line.execute("create table plates as select generate_series(1, 1000)")
        for killed in (1, 2):
            os.kill(servers.pids["PostgreSQL"], signal.SIGKILL)
            await asyncio.to_thread(until, lambda n=killed: servers.restarts["PostgreSQL"] == n, "PostgreSQL is back")
            line.terminate()
            line = await asyncpg.connect(servers.postgres_url)
            assert await line.fetchval("select count(*) from plates") == 1000
        await line.close()
        assert servers.restarts == {"PostgreSQL": 2, "Valkey": 0}


@pytest.mark.usefixtures("opened_before")
async def test_a_query_that_computes_does_not_hold_up_a_killed_postgres(data: Path, until: Callable[..., None]) -> None:
    async with embedded.open_postgres(data, settings=QUICK) as postgres:
        line, other = [await asyncpg.connect(postgres.postgres_url) for _ in range(2)]
        computing = asyncio.ensure_future(line.execute("do $$ begin loop end loop; end $$"))
        active = "select count(*) from pg_stat_activity where state = 'active' and query like 'do %'"
        while not await other.fetchval(active):
            pass
        os.kill(postgres.pids["PostgreSQL"], signal.SIGKILL)
        await asyncio.to_thread(until, lambda: postgres.restarts["PostgreSQL"] == 1, "PostgreSQL is back", 5)
        with pytest.raises((asyncpg.PostgresError, ConnectionError, asyncpg.InterfaceError)):
            await computing
        other.terminate()


@pytest.mark.usefixtures("opened_before")
async def test_a_killed_valkey_comes_back_with_its_keys(data: Path, until: Callable[..., None]) -> None:
    async with embedded.open_servers(data, postgres_settings=QUICK) as servers:
        async with redis.from_url(servers.redis_url, decode_responses=True) as keys:
            await keys.set("plate", "soup")
            os.kill(servers.pids["Valkey"], signal.SIGKILL)
            await asyncio.to_thread(until, lambda: servers.restarts["Valkey"] == 1, "Valkey is back")
        async with redis.from_url(servers.redis_url, decode_responses=True) as keys:
            assert await keys.get("plate") == "soup"


@pytest.mark.usefixtures("opened_before")
def test_a_restart_is_logged_and_no_thread_stays(
    data: Path, until: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    before = set(threading.enumerate())
    with embedded.Servers(data, postgres_settings=QUICK) as servers:
        os.kill(servers.pids["Valkey"], signal.SIGKILL)
        until(lambda: servers.restarts["Valkey"] == 1, "Valkey is back")
    assert "Valkey ended unexpectedly (SIGKILL); starting it again." in caplog.messages
    assert set(threading.enumerate()) == before


@pytest.mark.usefixtures("opened_before")
async def test_a_query_that_computes_is_not_left_behind_by_a_stop(data: Path) -> None:
    async with embedded.open_postgres(data, settings=QUICK) as postgres:
        line, other = [await asyncpg.connect(postgres.postgres_url) for _ in range(2)]
        backend = Watched(await line.fetchval("select pg_backend_pid()"), ())
        computing = asyncio.ensure_future(line.execute("do $$ begin loop end loop; end $$"))
        active = "select count(*) from pg_stat_activity where state = 'active' and query like 'do %'"
        while not await other.fetchval(active):
            pass
        postgres.close()
        os.kill(postgres.pids["PostgreSQL"], signal.SIGKILL)
    with pytest.raises((asyncpg.PostgresError, ConnectionError, asyncpg.InterfaceError)):
        await computing
    other.terminate()
    assert backend.has_ended()


@pytest.mark.usefixtures("opened_before")
def test_a_server_that_was_stopped_on_purpose_is_not_started_again(data: Path) -> None:
    servers = embedded.Servers(data, postgres_settings=QUICK)
    servers.start()
    os.kill(servers.pids["Valkey"], signal.SIGKILL)
    servers.stop()
    assert not running_at(data)
