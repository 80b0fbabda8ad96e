"""Saying something seldom: what happens a thousand times a second is counted, and logged once a second."""

import time
from collections.abc import Callable


class Seldom:
    """`is_due()` is True at most once in `seconds`; `left_out` counts the times it was not, since it last was."""

    def __init__(self, seconds: float = 1.0, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._due_at = 0.0
        self._kept_quiet = 0
        self.left_out = 0

    def is_due(self) -> bool:
        now = self._clock()
        if now < self._due_at:
            self._kept_quiet += 1
            return False
        self._due_at = now + self._seconds
        self.left_out, self._kept_quiet = self._kept_quiet, 0
        return True
