"""What the tests of the embedded servers share: a hub that can be killed, and waiting for what must become so."""

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from hub.embedded import Servers
from hub.embedded.folder import DataFolder

DEADLINE_SECONDS = 20.0

# Commits a row and a key, says who is who, and then lives until it is killed or its input is closed.
HUB = """
import asyncio, json, subprocess, sys
from pathlib import Path
import asyncpg
import redis.asyncio as redis
from hub import embedded

async def main():
    async with embedded.open_servers(Path(sys.argv[1]), postgres_settings={"fsync": "off"}) as servers:
        dinner = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
        servers.adopt(dinner.pid)
        line = await asyncpg.connect(servers.postgres_url)
        await line.execute("create table if not exists plates (name text); insert into plates values ('soup')")
        keys = redis.from_url(servers.redis_url)
        await keys.rpush("plates", "soup")
        print(json.dumps(dict(servers.pids) | {"dinner": dinner.pid}), flush=True)
        await asyncio.to_thread(sys.stdin.read)
        dinner.kill()

asyncio.run(main())
"""


def wait_until(condition: Callable[[], bool], what: str, seconds: float = DEADLINE_SECONDS) -> None:
    """Wait for a condition that no event announces; fail with a sentence after the deadline."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"Not so after {seconds:.0f} s: {what}")
        time.sleep(0.01)


class HubProcess:
    """A hub with embedded servers, in a process of its own."""

    def __init__(self, data: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HUB, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        )
        self._pidfds: dict[str, int] = {}
        self.pids: dict[str, int] = {}

    def becomes_ready(self) -> "HubProcess":
        assert self.process.stdout is not None
        self.pids = json.loads(self.process.stdout.readline())
        self._pidfds = {name: os.pidfd_open(pid) for name, pid in self.pids.items()}
        return self

    def kill(self, *names: str) -> None:
        """kill -9 the hub, and those of its processes that are named, before anyone can do anything about it."""
        self.process.send_signal(signal.SIGSTOP)
        for name in names:
            signal.pidfd_send_signal(self._pidfds[name], signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def is_gone(self, name: str, seconds: float = 0) -> bool:
        wait = select.poll()
        wait.register(self._pidfds[name], select.POLLIN)
        return bool(wait.poll(seconds * 1000))

    def leaves_nobody(self, names: Iterable[str]) -> None:
        left = [name for name in names if not self.is_gone(name, DEADLINE_SECONDS)]
        assert not left, f"still running: {left}"

    def close(self) -> None:
        for pidfd in self._pidfds.values():
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            os.close(pidfd)
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


@pytest.fixture
def until() -> Callable[..., None]:
    return wait_until


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture(scope="session")
def closed_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was opened and closed once, to be copied."""
    folder = tmp_path_factory.mktemp("closed") / "data"
    with Servers(folder, postgres_settings={"fsync": "off"}):
        pass
    return folder


@pytest.fixture
def opened_before(data: Path, closed_house: Path) -> None:
    """The data folder is not new. Making a cluster takes ten times as long as copying one."""
    subprocess.run(["cp", "-a", str(closed_house), str(data)], check=True)


@pytest.fixture
def start_hub(data: Path) -> Iterator[Callable[[], HubProcess]]:
    hubs: list[HubProcess] = []

    def start() -> HubProcess:
        hubs.append(HubProcess(data))
        return hubs[-1]

    yield start
    for hub in hubs:
        hub.close()
    # A killed hub leaves its empty folder of sockets until the next start.
    shutil.rmtree(DataFolder(data).run, ignore_errors=True)
