"""Ends the hub's children when the hub is gone.

The reaper is a process of its own that waits at a pipe of which the hub holds the other end. The hub cannot fail to
close it: the kernel does so, even after kill -9. Then the reaper ends every child that it was told of, gently first,
by force after a bounded time, and itself. A clean stop takes the same path, and finds nobody left.

One line of the pipe, or one argument of the program, is one child: its number, and the signals that ask it to end,
in the order to try them.

This file is both ends: `Reaper` is the hub's, and run by its path it is the program (so it must import nothing but
the standard library). The pipe closes on exec; a caller that forks without exec would keep it open.
"""

import contextlib
import itertools
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence

# How long each signal is given before the next, stronger one.
PATIENCE_SECONDS = 4.0
KILLED_WITHIN_SECONDS = 5.0
REAPED_WITHIN_SECONDS = 15.0
POLL_SECONDS = 0.02


class Watched:
    """A process that cannot be mistaken for a later one that got the same number."""

    def __init__(self, pid: int, signals: Sequence[int]) -> None:
        self.pid = pid
        self.signals = tuple(signals)
        self._handle: int | None = None
        self._birth: str | None = None
        if sys.platform == "linux":
            with contextlib.suppress(ProcessLookupError):
                self._handle = os.pidfd_open(pid)
        else:
            self._birth = _birth(pid)

    def has_ended(self) -> bool:
        return self.ends_within(0)

    def ends_within(self, seconds: float) -> bool:
        """Wait for the end, at most so long; True when the process has ended."""
        if self._handle is not None:
            wait = select.poll()
            wait.register(self._handle, select.POLLIN)
            return bool(wait.poll(seconds * 1000))
        deadline = time.monotonic() + seconds
        while self._birth is not None and _birth(self.pid) == self._birth:
            if time.monotonic() >= deadline:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def send(self, number: int) -> None:
        """Send a signal, if the process is still there."""
        with contextlib.suppress(ProcessLookupError):
            if sys.platform == "linux":
                if self._handle is not None:
                    signal.pidfd_send_signal(self._handle, number)
            elif not self.has_ended():
                os.kill(self.pid, number)

    def __del__(self) -> None:
        if self._handle is not None:
            os.close(self._handle)


def _birth(pid: int) -> str | None:
    """When the process was born, as `ps` says it; None when there is none (or only what is left of it)."""
    found = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    state, _, birth = found.stdout.strip().partition(" ")
    return None if not birth or state.startswith("Z") else birth


def end_all(watched: Sequence[Watched], patience_seconds: float = PATIENCE_SECONDS) -> None:
    """End the processes: ask, ask harder, and at last kill. When this returns they have ended.

    (A process that not even SIGKILL ends, because the kernel holds it, is left after a bounded time.)
    """
    for turn in range(max((len(each.signals) for each in watched), default=0)):
        for each in watched:
            if turn < len(each.signals):
                each.send(each.signals[turn])
        deadline = time.monotonic() + patience_seconds
        watched = [each for each in watched if not each.ends_within(max(0.0, deadline - time.monotonic()))]
    for each in watched:
        each.send(signal.SIGKILL)
    deadline = time.monotonic() + KILLED_WITHIN_SECONDS
    for each in watched:
        each.ends_within(max(0.0, deadline - time.monotonic()))


class Reaper:
    """The hub's end of the pipe. A reaper that dies is replaced, and told everything again."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._told: dict[int, Watched] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        process = self._process
        return process.pid if process else None

    def start(self) -> None:
        self._hire()
        self._keeper = threading.Thread(target=self._replace_when_gone, name="reaper", daemon=True)
        self._keeper.start()

    def watch(self, pid: int, signals: Sequence[int]) -> Watched:
        """From now on the process ends with the hub."""
        with self._lock:
            watched = self._told[pid] = Watched(pid, signals)
            self._tell(watched)
        return watched

    def forget(self, pid: int) -> None:
        """The process has ended; a reaper hired later need not know of it."""
        with self._lock:
            self._told.pop(pid, None)

    @contextlib.contextmanager
    def pipe(self) -> Iterator[int]:
        """The pipe, for a launcher to announce itself. While it is held, no reaper is replaced."""
        with self._lock:
            if self._process is None or self._process.stdin is None:
                raise RuntimeError("The reaper has not been started.")
            yield self._process.stdin.fileno()

    def stop(self) -> None:
        """Let the reaper go. It ends whoever is still there first; when this returns, they and it have ended."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        if self._keeper is not None:
            self._keeper.join(REAPED_WITHIN_SECONDS)
        # One that was frozen from outside would never go by itself.
        process.kill()
        process.wait()
        with self._lock:
            self._told.clear()

    def _hire(self) -> None:
        with self._lock:
            # Who is already there is told with the command: the hub may not live to write it down the pipe.
            known = [_line(each) for each in self._told.values() if not each.has_ended()]
            # A session of its own: Ctrl-C in the terminal is for the hub.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-S", __file__, *known],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                cwd="/",
                start_new_session=True,
            )

    def _tell(self, watched: Watched) -> None:
        if self._process is None or self._process.stdin is None:
            return
        # If this reaper has just died, the next one is told.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{_line(watched)}\n".encode())

    def _replace_when_gone(self) -> None:
        while True:
            process = self._process
            if process is None:
                return
            process.wait()
            with self._lock:
                if self._process is None:
                    return
                if process.stdin is not None:
                    process.stdin.close()
                self._hire()


def _line(watched: Watched) -> str:
    return f"{watched.pid} {','.join(str(int(number)) for number in watched.signals)}"


def main() -> None:
    """The program: listen until the hub is gone, then end whoever is left."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    watched: dict[int, Watched] = {}
    for line in itertools.chain(sys.argv[1:], sys.stdin):
        watched = {pid: each for pid, each in watched.items() if not each.has_ended()}
        number, _, signals = line.partition(" ")
        pid = int(number)
        watched[pid] = Watched(pid, [int(each) for each in signals.split(",")])
    end_all([each for each in watched.values() if not each.has_ended()])


if __name__ == "__main__":
    main()
