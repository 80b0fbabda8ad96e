"""Keeps one server running: starts it, waits for its end, and starts it again.

A thread does this for each server, not a task: it mostly waits for a process, it must not be held up by a busy event
loop, and tests without a loop can use it as well.

Not its business: what a server is (postgres.py, valkey.py).
"""

import contextlib
import logging
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from signal import Signals
from typing import Protocol

from hub.embedded.children import Child, Nursery, end_left_behind, kill_remains
from hub.embedded.errors import Closing, DidNotStart, EmbeddedError

# Long, because a server that recovers from a crash must be let.
START_SECONDS_MAX = 120.0
READY_POLL_SECONDS = 0.005
BACK_OFF_SECONDS = 0.1
BACK_OFF_SECONDS_MAX = 5.0
JOIN_SECONDS_MAX = 15.0

logger = logging.getLogger("brigade.embedded")


class Server(Protocol):
    """A kind of server, as far as keeping it running goes."""

    @property
    def name(self) -> str: ...
    @property
    def signals(self) -> Sequence[Signals]: ...
    @property
    def home(self) -> Path: ...
    @property
    def log(self) -> Path: ...
    @property
    def pid_file(self) -> Path: ...
    @property
    def stale(self) -> Sequence[Path]: ...
    def prepare(self, nursery: Nursery) -> None: ...
    def command(self) -> list[str]: ...
    def is_ready(self, pid: int) -> bool: ...
    def is_left_in(self, command_line: str) -> bool: ...


class Supervised:
    """One server that is kept running between `start()` and `stop()`."""

    def __init__(self, server: Server, nursery: Nursery) -> None:
        self.server = server
        self.restarts = 0
        self._nursery = nursery
        self._closing = threading.Event()
        self._child: Child | None = None
        self._keeper: threading.Thread | None = None

    @property
    def pid(self) -> int | None:
        child = self._child
        return child.pid if child else None

    def clear(self) -> None:
        """End whatever an earlier hub left running for this server's folder."""
        if end_left_behind(self.server.pid_file, self.server.home, self.server.signals):
            logger.warning("%s was still running from before, and was stopped.", self.server.name)
        kill_remains(self.server.is_left_in)

    def start(self) -> None:
        """Start the server; when this returns it is ready, and is kept running from now on."""
        self.server.prepare(self._nursery)
        child = self._start_once()
        self._keeper = threading.Thread(
            target=self._keep, args=(child,), name=f"keeper of {self.server.name}", daemon=True
        )
        self._keeper.start()

    def close(self) -> None:
        """Say that its end, from now on, is meant. Also gives up a start that is under way."""
        self._closing.set()

    def stop(self) -> None:
        """End the server, gently if it lets us; bounded in time."""
        self.close()
        if self._child is not None:
            self._child.end()
        if self._keeper is not None:
            self._keeper.join(JOIN_SECONDS_MAX)
        kill_remains(self.server.is_left_in)

    def _keep(self, child: Child) -> None:
        while True:
            code = child.process.wait()
            self._nursery.reaper.forget(child.pid)
            if self._closing.is_set():
                return
            logger.warning("%s ended unexpectedly (%s); starting it again.", self.server.name, _reason(code))
            try:
                child = self._start_again()
            except Closing:
                return

    def _start_again(self) -> Child:
        began = time.monotonic()
        pause = BACK_OFF_SECONDS
        while True:
            try:
                kill_remains(self.server.is_left_in)
                child = self._start_once()
            except (DidNotStart, OSError) as error:
                logger.error("%s Trying again in %.1f s.", error, pause)
                if self._closing.wait(pause):
                    raise Closing from error
                pause = min(pause * 2, BACK_OFF_SECONDS_MAX)
            else:
                self.restarts += 1
                logger.warning("%s is back after %.2f s.", self.server.name, time.monotonic() - began)
                return child

    def _start_once(self) -> Child:
        server = self.server
        child = self._child = self._nursery.start(
            server.command(), home=server.home, log=server.log, signals=server.signals, stale=server.stale
        )
        try:
            self._wait_until_ready(child)
        except EmbeddedError:
            child.end()
            self._nursery.reaper.forget(child.pid)
            raise
        return child

    def _wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_SECONDS_MAX
        while not self.server.is_ready(child.pid):
            if self._closing.is_set():
                raise Closing
            if child.watched.ends_within(READY_POLL_SECONDS):
                raise DidNotStart(self.server.name, _last_words(self.server.log), self.server.log)
            if time.monotonic() > deadline:
                reason = f"it was not ready after {START_SECONDS_MAX:.0f} s"
                raise DidNotStart(self.server.name, reason, self.server.log)


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return Signals(-code).name
    return f"signal {-code}"


def _last_words(log: Path) -> str:
    """The line of the log that says why: PostgreSQL's FATAL one, or the last."""
    with contextlib.suppress(OSError):
        lines = [line.strip() for line in log.read_text(errors="replace").splitlines()[-20:] if line.strip()]
        fatal = [line for line in lines if "FATAL" in line]
        if lines:
            return (fatal or lines)[-1]
    return "it said nothing"
