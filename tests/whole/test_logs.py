"""What the hub logs: one line of JSON for each thing, whoever said it, and never a line lost for what it holds."""

import json
import subprocess
import sys
from typing import Any

import pytest

SAYING = """
import logging, structlog
from hub import logs

logs.open_logs(as_json={as_json}, level="INFO", with_requests=False)
log = structlog.get_logger("brigade.tests")
structlog.contextvars.bind_contextvars(request_id="r1")
{said}
"""
SECONDS_MAX = 60


def logged(said: str, *, as_json: bool = True) -> list[str]:
    script = SAYING.format(as_json=as_json, said=said)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=SECONDS_MAX
    )
    return done.stderr.splitlines()


def read(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logged(said)]


def test_a_line_says_who_when_how_grave_and_in_which_request() -> None:
    (line,) = read('log.info("A ticket was bumped.", ticket=7)')
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "A ticket was bumped.",
        "ticket": 7,
        "level": "info",
        "logger": "brigade.tests",
        "request_id": "r1",
    }


def test_what_a_library_logs_looks_alike() -> None:
    (line,) = read('logging.getLogger("asyncpg").warning("gone: %s", "away")')
    assert (line["event"], line["level"], line["logger"]) == ("gone: away", "warning", "asyncpg")
    assert line["request_id"] == "r1"


@pytest.mark.parametrize("who", ["log.exception", 'logging.getLogger("asyncpg").exception'])
def test_an_exception_comes_with_where_it_was_raised_in_one_line(who: str) -> None:
    (line,) = read(f'try:\n    1 / 0\nexcept ZeroDivisionError:\n    {who}("It broke.")')
    assert line["level"] == "error"
    assert "ZeroDivisionError" in line["exception"]


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("who", ["log.exception", 'logging.getLogger("asyncpg").exception'])
def test_an_exception_does_not_tell_what_was_held_where_it_was_raised(who: str, as_json: bool) -> None:
    said = f'held = "open " + "sesame"\ntry:\n    len(held) / 0\nexcept ZeroDivisionError:\n    {who}("It broke.")'
    lines = "\n".join(logged(said, as_json=as_json))
    assert "ZeroDivisionError" in lines
    assert "open sesame" not in lines


def test_what_strangers_send_that_is_no_http_is_no_error_of_ours() -> None:
    said = """
from aiohttp.http_exceptions import BadHttpMessage
for error in (BadHttpMessage("Invalid header"), KeyError("ours")):
    try:
        raise error
    except Exception:
        logging.getLogger("aiohttp.server").exception("Error handling request")
"""
    (line,) = read(said)
    assert "KeyError" in line["exception"]


def test_what_is_less_grave_than_the_level_is_not_written() -> None:
    assert read('log.debug("never mind"); structlog.get_logger("brigade.http").info("asked")') == []


@pytest.mark.parametrize(
    ("value", "written"),
    [('"half \\ud83d"', "half \ud83d"), ("2**70", 2**70), ("{1, 2}", "{1, 2}"), ("object", "<class 'object'>")],
)
def test_no_line_is_lost_for_what_it_holds(value: str, written: object) -> None:
    (line,) = read(f'log.warning("Odd.", held={value})')
    assert line["held"] == written


def test_a_person_reads_a_sentence() -> None:
    (line,) = logged('log.info("A ticket was bumped.", ticket=7)', as_json=False)
    assert "A ticket was bumped." in line
    assert "ticket" in line


IN_A_LOOP = """
import asyncio, os, sys
class Marked:
    def write(self, text): os.write(2, text.encode() + b"--\\n")
    def flush(self): pass
sys.stderr = Marked()
async def work():
    {said}
asyncio.run(work())
"""


def writes(said: str) -> list[list[str]]:
    """What each write to standard error said, in a program that runs a loop."""
    whole = "\n".join(logged(IN_A_LOOP.format(said=said)))
    return [
        [json.loads(line)["event"] for line in one.strip().splitlines()] for one in whole.split("--") if one.strip()
    ]


def test_what_a_turn_of_the_loop_says_is_one_write_in_its_order() -> None:
    assert writes('log.info("one"); log.info("two"); await asyncio.sleep(0); log.info("three")') == [
        ["one", "two"],
        ["three"],
    ]


@pytest.mark.parametrize("grave", ["log.warning", "log.exception", 'logging.getLogger("asyncpg").error'])
def test_what_is_grave_is_written_at_once_with_what_came_before_it(grave: str) -> None:
    assert writes(f'log.info("one"); {grave}("grave"); os._exit(0)') == [["one", "grave"]]


@pytest.mark.parametrize("failure", ["BrokenPipeError", "ValueError"])
def test_who_says_something_does_not_fail_because_nobody_can_write_it(failure: str) -> None:
    said = f"""
    class Full(Marked):
        def write(self, text): raise {failure}
    sys.stderr = Full()
    log.info("one"); log.warning("two"); logging.getLogger("asyncpg").error("three"); await asyncio.sleep(0)
    sys.stderr = Marked()
    log.warning("four")"""
    assert writes(said) == [["four"]]


def test_the_last_words_of_a_program_are_written() -> None:
    assert writes('asyncio.get_running_loop().stop(); log.info("last")') == [["last"]]
    assert writes('log.info("last"); sys.exit(0)') == [["last"]]
