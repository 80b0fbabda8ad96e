"""What is measured is pinned where it was to be, weighed by the operating system, and ended."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.servers import Bystanders, Cores, DidNotStart, Process, cores, cpu_seconds_of

SPENT_SECONDS = 0.2
PROGRAM = f"""
import json, signal, sys, time
while time.process_time() < {SPENT_SECONDS}:
    pass
print(json.dumps({{"port": 7}}), flush=True)
sys.stdin.read()
signal.alarm(60)
signal.pause()
"""


@pytest.fixture
def one_core() -> frozenset[int]:
    return frozenset(sorted(os.sched_getaffinity(0))[:1])


@pytest.fixture
def process(tmp_path: Path, one_core: frozenset[int]) -> Iterator[Process]:
    started = a_process(PROGRAM, tmp_path, one_core)
    yield started
    started.end()


def a_process(program: str, folder: Path, pinned: frozenset[int]) -> Process:
    command = [sys.executable, "-c", program]
    return Process("a process", command, pinned=pinned, log=folder / "log", environment={})


def test_a_process_runs_where_it_was_pinned_and_nobody_else_is_moved(
    process: Process, one_core: frozenset[int]
) -> None:
    before = os.sched_getaffinity(0)
    assert process.says_port() == 7
    assert os.sched_getaffinity(process.pid) == one_core
    assert os.sched_getaffinity(0) == before


def test_what_it_spent_is_what_the_operating_system_says(process: Process) -> None:
    process.says_port()
    assert SPENT_SECONDS * 0.9 <= process.cpu_seconds() <= SPENT_SECONDS + 2.0
    # It may still have a word to say.
    assert cpu_seconds_of(process.pid) <= process.cpu_seconds() <= cpu_seconds_of(process.pid)
    assert process.pss_kib() > 1_000


def test_a_process_that_was_ended_is_gone(process: Process) -> None:
    process.says_port()
    process.end()
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)
    process.end()


def test_a_process_that_does_not_start_says_why(tmp_path: Path, one_core: frozenset[int]) -> None:
    failing = a_process("raise SystemExit('there is no soup')", tmp_path, one_core)
    with pytest.raises(DidNotStart, match="there is no soup"):
        failing.says_port()
    failing.end()


def test_the_server_shares_its_core_with_nobody() -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("This machine has but one core.")
    found: Cores = cores()
    assert len(found.server) == 1
    assert found.server.isdisjoint(found.rest)
    assert found.rest


def test_what_we_use_ourselves_is_not_a_bystanders() -> None:
    bystanders = Bystanders()
    assert bystanders.share == 0.0
    with bystanders.watched():
        pass
    assert bystanders.processor_seconds >= 0.0
