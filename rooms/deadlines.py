"""Deadlines of many at the cost of one timer: everything here is due the same time after it was begun.

A timer of the loop for each of a thousand idle tablets would be most of what they cost. Not its business: what happens
to whoever is late.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Deadline(Generic[T]):
    """One thing's time. It may be called off, and nothing happens then."""

    __slots__ = ("due_at", "of")

    def __init__(self, of: T, due_at: float) -> None:
        self.of: T | None = of
        self.due_at = due_at

    def call_off(self) -> None:
        # The thing itself is let go at once; what is left waits its turn and is dropped.
        self.of = None


class Deadlines(Generic[T]):
    """Calls `then` for each thing that was begun and not called off in time, in the order in which they were begun."""

    def __init__(self, then: Callable[[T], None]) -> None:
        self._then = then
        self._waiting: deque[Deadline[T]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, of: T, seconds: float) -> Deadline[T]:
        """From now on it has so long. `seconds` is the same every time."""
        loop = asyncio.get_running_loop()
        deadline = Deadline(of, loop.time() + seconds)
        self._waiting.append(deadline)
        if self._timer is None:
            self._timer = loop.call_at(deadline.due_at, self._ring)
        return deadline

    def __len__(self) -> int:
        """How many wait, those that were called off among them until their time comes."""
        return len(self._waiting)

    def _ring(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting and self._waiting[0].due_at <= loop.time():
                late = self._waiting.popleft().of
                if late is not None:
                    self._then(late)
        finally:
            # Whatever became of one must not keep the others from their time; and whoever began again is behind them.
            self._timer = loop.call_at(self._waiting[0].due_at, self._ring) if self._waiting else None
