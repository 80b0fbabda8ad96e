"""How the hub logs: one line for each thing, on standard error, whoever said it; JSON for machines, colour for people.

What is said within a turn of the loop is written at its end, with one write, in the order in which it was said; what is
grave is written at once, with all that came before it. So a busy hub spends its time on what it logs about.

Not its business: metrics (`hub.telemetry`), and what is worth a line.
"""

import asyncio
import atexit
import json
import logging
import sys
import time
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

import orjson
import structlog

NO_HTTP = "aiohttp.http_exceptions"
"""Where the exceptions stand that say of what was sent that it is no HTTP."""


class _Sheet:
    """What this turn has said and is not written yet. A stream, for the standard library's handlers."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def write(self, line: str) -> None:
        self._lines.append(line)
        if len(self._lines) > 1:
            return
        try:
            asyncio.get_running_loop().call_soon(self.flush)
        except RuntimeError:
            # No loop runs here, so no turn ends.
            self.flush()

    def flush(self) -> None:
        lines, self._lines = self._lines, []
        # A full disk, or nobody who reads any more, is no reason for whoever said it to fail.
        with suppress(OSError, ValueError):
            if lines:
                sys.stderr.write("".join(lines))
                sys.stderr.flush()


_SHEET = _Sheet()


class _Lines:
    """Writes finished lines, at the level that the standard library's logger of this name has.

    A record of the standard library costs three times what the line itself does, and there is a line for each request.
    """

    disabled = False

    def __init__(self, name: str = "") -> None:
        self.name = name
        self.getEffectiveLevel = logging.getLogger(name).getEffectiveLevel

    def info(self, line: str) -> None:
        _SHEET.write(line + "\n")

    debug = info

    def error(self, line: str) -> None:
        _SHEET.write(line + "\n")
        _SHEET.flush()

    warning = critical = msg = error


class _FromLibraries(logging.StreamHandler[_Sheet]):
    """Writes what libraries log among the hub's own lines."""

    def __init__(self) -> None:
        super().__init__(_SHEET)

    def flush(self) -> None:
        """Libraries say little, and what they say may be the last that is heard."""
        _SHEET.flush()


def _json(line: Mapping[str, Any], default: Callable[[Any], Any]) -> str:
    try:
        return orjson.dumps(line, default=default).decode()
    except orjson.JSONEncodeError:
        # Half a character, or a number of more than 64 bits: rare, and no reason to lose the line.
        return json.dumps(line, default=default)


def _with_who_and_when(logger: Any, method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """What structlog has a processor each for, at a third of their time: there is a line for each request."""
    record = line.get("_record")
    line["logger"] = logger.name if record is None else record.name
    line["level"] = "error" if method == "exception" else method
    second, microsecond = divmod(time.time_ns() // 1_000, 1_000_000)
    line["timestamp"] = f"{_second(second)}.{microsecond:06d}Z"
    if line.get("stack_info"):
        return structlog.processors.StackInfoRenderer()(logger, method, line)
    return line


@lru_cache(1)
def _second(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second))


def open_logs(*, as_json: bool, level: str = "INFO", with_requests: bool = True) -> None:
    """Point structlog and the standard library's logging at standard error.

    Where something was raised is told by its lines, never with what its variables held: those may be secrets.
    Context bound with `structlog.contextvars` (request id, socket id) is on every line of its task.
    """
    shared: list[structlog.typing.Processor] = [structlog.contextvars.merge_contextvars, _with_who_and_when]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(serializer=_json)
        if as_json
        else structlog.dev.ConsoleRenderer(pad_event_to=0, exception_formatter=structlog.dev.plain_traceback)
    )
    exceptions: list[structlog.typing.Processor] = [structlog.processors.format_exc_info] if as_json else []
    # Our own lines are written as they are; the records that libraries log are formatted alike by the handler.
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, *exceptions, renderer],
        logger_factory=_Lines,
        cache_logger_on_first_use=True,
    )
    handler = _FromLibraries()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *exceptions, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    noisy = ["socketio", "engineio", "aiohttp.access"]
    for name in noisy if with_requests else [*noisy, "brigade.http"]:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("aiohttp.server").addFilter(_is_ours_to_mend)
    atexit.register(_SHEET.flush)


def _is_ours_to_mend(record: logging.LogRecord) -> bool:
    """Not that somebody sent what is no HTTP. They were told so, and could have a traceback written for each byte."""
    return not (record.exc_info and record.exc_info[0] is not None and record.exc_info[0].__module__ == NO_HTTP)
