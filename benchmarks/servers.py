"""Starting, pinning, weighing and ending the processes that are measured.

The server under measurement has one core to itself. Everything else, the generator, Redis, PostgreSQL and whoever
emits, has the others; every side is pinned alike. Processor time and memory are what the operating system says.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS_MAX = 60.0
END_SECONDS_MAX = 8.0
NICENESS_ASIDE = 10
TICKS = os.sysconf("SC_CLK_TCK")
NANOSECONDS = 1e9
ROOT = Path(__file__).parents[1]


class DidNotStart(Exception):
    """A process that was to be measured did not start, in a sentence, with what it said last."""


@dataclass(frozen=True, slots=True)
class Cores:
    """Which core the measured server has, and which ones everybody else shares."""

    server: frozenset[int]
    rest: frozenset[int]


def cores() -> Cores:
    """The last of this process's cores is the server's. Raises DidNotStart where there is but one."""
    ours = sorted(os.sched_getaffinity(0))
    if len(ours) < 2:
        raise DidNotStart("The benchmark needs two cores: one for the server that is measured, one for the rest.")
    return Cores(frozenset(ours[-1:]), frozenset(ours[:-1]))


class Process:
    """A process that was started here. `port` is what it said it listens on."""

    def __init__(
        self, name: str, command: Sequence[str], *, pinned: frozenset[int], log: Path, environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self._log = log
        own = os.sched_getaffinity(0)
        # What is started inherits it, with all its threads.
        os.sched_setaffinity(0, pinned)
        try:
            with log.open("ab") as errors:
                self._child = subprocess.Popen(  # noqa: S603  # our own words
                    command,
                    cwd=ROOT,
                    env={**os.environ, **environment},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                )
        finally:
            os.sched_setaffinity(0, own)
        self.port = 0

    @property
    def pid(self) -> int:
        return self._child.pid

    def says_port(self) -> int:
        """Wait for the line of JSON in which it names its port."""
        self.port = int(self.says()["port"])
        return self.port

    def says(self) -> dict[str, float]:
        """Wait for its next line of JSON."""
        assert self._child.stdout is not None
        if select.select([self._child.stdout], [], [], START_SECONDS_MAX)[0]:
            line = self._child.stdout.readline()
            if line:
                said: dict[str, float] = json.loads(line)
                return said
        raise DidNotStart(f"{self.name} did not say what it was to.\n{self.last_words()}")

    def logs_port(self) -> int:
        """Wait for the hub's own word in its log that the house is open."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self._child.poll() is None:
            for line in self._log.read_text(errors="replace").splitlines():
                if '"The house is open."' in line:
                    self.port = int(json.loads(line)["url"].rpartition(":")[2])
                    return self.port
            time.sleep(0.02)
        raise DidNotStart(f"{self.name} did not start.\n{self.last_words()}")

    def cpu_seconds(self) -> float:
        """Processor time of it and everything it started, so far."""
        return cpu_seconds_of(self.pid)

    def pss_kib(self) -> int:
        """What it holds of the memory, with its share of what it shares."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))

    def last_words(self, lines: int = 15) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:])

    def end(self) -> None:
        """Ask it to end, and see to it. Doing so twice is harmless."""
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGTERM)
            try:
                self._child.wait(END_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
        if self._child.stdout is not None:
            self._child.stdout.close()


@dataclass(slots=True)
class Bystanders:
    """How much of this machine somebody else used while something was measured: then it was not measured alone."""

    seconds: float = 0.0
    processor_seconds: float = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at what is used within."""
        before, began = _used_by_others(), time.monotonic()
        try:
            yield
        finally:
            # What ended meanwhile may be counted late.
            self.processor_seconds += max(0.0, _used_by_others() - before)
            self.seconds += time.monotonic() - began

    @property
    def share(self) -> float:
        """Of one core."""
        return self.processor_seconds / self.seconds if self.seconds else 0.0


def _used_by_others() -> float:
    """Processor time of everything but this process and what it started, since the machine's start."""
    fields = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()[1:9]
    user, nice, system, _idle, _waiting, irq, softirq, steal = map(int, fields)
    return (user + nice + system + irq + softirq + steal) / TICKS - cpu_seconds_of(os.getpid())


def python(module: str, *words: str) -> list[str]:
    return [sys.executable, "-m", module, *words]


def family_of(pid: int) -> list[int]:
    """The process and its descendants."""
    family = [pid]
    for one in family:
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                family += map(int, children.read_text(encoding="ascii").split())
            except OSError:
                continue
    return family


def cpu_seconds_of(pid: int) -> float:
    """Processor time of a process and its descendants so far; of those that ended, as far as they were waited for."""
    return sum(_cpu_seconds(one) for one in family_of(pid))


def step_aside(pid: int) -> None:
    """Let a server and what it starts wait for everybody else on its core."""
    for one in family_of(pid):
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, one, NICENESS_ASIDE)


def _cpu_seconds(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        threads = [one.read_text(encoding="utf-8") for one in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        return 0.0
    # The command's name, in parentheses, may hold spaces.
    fields = stat.rpartition(")")[2].split()
    own, of_children = sum(map(int, fields[11:13])) / TICKS, sum(map(int, fields[13:15])) / TICKS
    # To the nanosecond, where the scheduler tells: a tick is a hundredth of a second, and some costs are less.
    exact = sum(int(one.split()[0]) for one in threads) / NANOSECONDS
    return (exact or own) + of_children
