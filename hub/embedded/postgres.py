"""How PostgreSQL is made, started and known to be ready.

Not its business: databases, roles and tables. There is the superuser `owner` and the database `postgres`; whoever can
open the socket is trusted, and only the hub's user can.
"""

import os
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from hub.embedded.binaries import postgres_programs
from hub.embedded.children import Nursery
from hub.embedded.errors import DidNotStart, FolderRefused
from hub.embedded.folder import DataFolder

SUPERUSER = "owner"
# No TCP port: the number is a part of the socket's name.
PORT = 5432
INITDB_SECONDS_MAX = 120.0

DEFAULT_SETTINGS: Mapping[str, str] = {
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class Postgres:
    """PostgreSQL in `<data>/pg`."""

    name = "PostgreSQL"

    def __init__(self, folder: DataFolder, settings: Mapping[str, str]) -> None:
        self._folder = folder
        self._settings = {**DEFAULT_SETTINGS, **settings}

    @property
    def signals(self) -> tuple[signal.Signals, ...]:
        # Fast shutdown (roll back and go), then immediate (recover at the next start).
        return (signal.SIGINT, signal.SIGQUIT)

    @property
    def home(self) -> Path:
        return self._folder.path / "pg"

    @property
    def log(self) -> Path:
        return self._folder.path / "postgres.log"

    @property
    def pid_file(self) -> Path:
        return self.home / "postmaster.pid"

    @property
    def stale(self) -> tuple[Path, ...]:
        return (self.pid_file, self._folder.run / f".s.PGSQL.{PORT}.lock")

    @property
    def url(self) -> str:
        return f"postgresql://{SUPERUSER}@/postgres?host={quote(str(self._folder.run))}&port={PORT}"

    def prepare(self, nursery: Nursery) -> None:
        """Make the cluster, unless there is one. One that was not finished is never taken for one that was."""
        if self.home.exists():
            self._refuse_another_users()
            if not (self.home / "PG_VERSION").exists():
                raise FolderRefused(self.home, "it exists but holds no database")
            return
        draft = self.home.with_name("pg.init")
        shutil.rmtree(draft, ignore_errors=True)
        self._folder.make(draft.name)
        self._run_initdb(draft, nursery)
        draft.rename(self.home)

    def command(self) -> list[str]:
        program = postgres_programs(self._folder.identity) / "postgres"
        settings = {
            **self._settings,
            # Not for a caller to change: the server is reached through the private folder alone.
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder.run),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "logging_collector": "off",
            # Stands in the title of each of its processes, by which they are known when their master is gone.
            "cluster_name": self._folder.run.name,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(program), "-D", str(self.home), *options]

    def is_ready(self, pid: int) -> bool:
        try:
            lines = self.pid_file.read_text().splitlines()
        except FileNotFoundError:
            return False
        # The file of a killed server says "ready" too; only our own child's word counts.
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def is_left_in(self, command_line: str) -> bool:
        """Whether a command line is that of one of this cluster's lesser processes."""
        return command_line.startswith(f"postgres: {self._folder.run.name}: ")

    def _run_initdb(self, draft: Path, nursery: Nursery) -> None:
        program = postgres_programs(self._folder.identity) / "initdb"
        command = [str(program), "-D", str(draft), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8"]
        # By code point everywhere; macOS has no C.UTF-8.
        command += ["--locale=C" if sys.platform == "darwin" else "--locale=C.UTF-8"]
        if self._settings.get("fsync") == "off":
            command += ["--no-sync"]
        child = nursery.start(command, home=self.home, log=self.log, signals=(signal.SIGTERM,))
        if not child.watched.ends_within(INITDB_SECONDS_MAX):
            child.end()
        code = child.process.wait()
        nursery.reaper.forget(child.pid)
        if code != 0:
            raise DidNotStart(self.name, "initdb could not make its folder", self.log)

    def _refuse_another_users(self) -> None:
        owner = self.home.stat().st_uid
        runs_as = self._folder.identity.uid if self._folder.identity else os.geteuid()
        if owner != runs_as:
            raise FolderRefused(self.home, f"it belongs to user {owner}, and the servers would run as user {runs_as}")
