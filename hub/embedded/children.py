"""Starts the servers' processes, and ends those that an earlier hub left behind.

Not its business: when to start one again (supervision.py), and ending them when the hub is gone (reaper.py).
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hub.embedded import launcher
from hub.embedded.folder import DataFolder
from hub.embedded.reaper import Reaper, Watched, end_all

# The servers see nothing of the hub's environment, which may hold secrets.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class Child:
    """A process that was started here, and ends with the hub."""

    process: subprocess.Popen[bytes]
    watched: Watched

    @property
    def pid(self) -> int:
        return self.process.pid

    def end(self) -> None:
        end_all([self.watched])
        self.process.wait()


class Nursery:
    """Starts children, all of one hub and for one data folder."""

    def __init__(self, folder: DataFolder, reaper: Reaper) -> None:
        self.folder = folder
        self.reaper = reaper

    def start(
        self,
        command: Sequence[str],
        *,
        home: Path,
        log: Path,
        signals: Sequence[signal.Signals],
        stale: Sequence[Path] = (),
    ) -> Child:
        """Start a program for the folder `home`, of which no two run at once.

        It waits for what is left of an earlier one, removes the `stale` files of that one, and then runs.
        """
        with self.reaper.pipe() as pipe, self._opened_log(log) as output:
            orders = self._orders(pipe, home, signals, stale)
            process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-S", launcher.__file__, json.dumps(orders), *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=ENVIRONMENT,
                cwd="/",
                pass_fds=(pipe,),
                # Ctrl-C in the terminal is for the hub, which ends them in its own time.
                start_new_session=True,
            )
            return Child(process, self.reaper.watch(process.pid, signals))

    def _orders(
        self, pipe: int, home: Path, signals: Sequence[signal.Signals], stale: Sequence[Path]
    ) -> launcher.Orders:
        identity = self.folder.identity
        bars = [path for path in (self.folder.path, self.folder.run) if identity and not identity.may_reach(path)]
        return {
            "reaper": pipe,
            "signals": [int(number) for number in signals],
            "lock": f"{home}.lock",
            "stale": [str(path) for path in stale],
            "uid": identity.uid if identity else None,
            "gid": identity.gid if identity else None,
            "keeps_reach": bool(bars),
        }

    @contextlib.contextmanager
    def _opened_log(self, path: Path) -> Iterator[int]:
        log = self.folder.open_log(path)
        try:
            yield log
        finally:
            os.close(log)


def end_left_behind(pid_file: Path, home: Path, signals: Sequence[signal.Signals]) -> bool:
    """End the server that an earlier hub left running for this folder, if there is one; True if there was."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return False
    watched = Watched(pid, signals)
    # The number may have gone to another process since; the folder's name in its command line tells.
    if str(home) not in _command_line(pid):
        return False
    end_all([watched])
    return True


def kill_remains(is_of_server: Callable[[str], bool]) -> None:
    """Kill what the killed main process of a server left behind; the server tells it by its command line.

    Most of it goes by itself at once, but a process that computes does not look up until it is done.
    """
    remains = [Watched(pid, ()) for pid in _pids() if is_of_server(_command_line(pid))]
    # Asked again, now that the numbers cannot change hands any more.
    end_all([each for each in remains if is_of_server(_command_line(each.pid))])


def _pids() -> list[int]:
    proc = Path("/proc")
    return [int(entry.name) for entry in proc.iterdir() if entry.name.isdigit()] if proc.is_dir() else []


def _command_line(pid: int) -> str:
    """The words of a process's command line, or the title it gave itself. Anyone may read that of any process."""
    if Path("/proc/self/cmdline").exists():
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
        return ""
    found = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    return found.stdout
