"""A hub whose clock is wrong: `python -m tests.chaos.off_clock SECONDS serve --port 8080`.

Everything that the hub and PyJWT ask Python about the time of day is so many seconds off. The loop's own clock, which
only measures how long things take, is right, and so is every other process.
"""

import datetime
import sys
import time
from typing import Any

import hub.serving
from hub.__main__ import main

WRONG = ("hub", "rooms", "api", "jwt")
SHIFT_SECONDS = float(sys.argv.pop(1))

true_time, true_datetime = time.time, datetime.datetime


class _AsTheRealOne(type):
    """In all but `now` it is the real class: what it makes is of that, too."""

    def __getattr__(cls, name: str) -> Any:
        return getattr(true_datetime, name)

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        return true_datetime(*arguments, **named)

    def __instancecheck__(cls, thing: object) -> bool:
        return isinstance(thing, true_datetime)


class WrongDatetime(metaclass=_AsTheRealOne):
    @staticmethod
    def now(tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return true_datetime.fromtimestamp(true_time() + SHIFT_SECONDS, tz)


time.time = lambda: true_time() + SHIFT_SECONDS
assert hub.serving, "everything that asks for the time is imported by now"
for name, module in list(sys.modules.items()):
    if name.partition(".")[0] in WRONG and getattr(module, "datetime", None) is true_datetime:
        vars(module)["datetime"] = WrongDatetime
main()
