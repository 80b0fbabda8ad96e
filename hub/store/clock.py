"""The house's clock: PostgreSQL's, as this hub last heard it.

Hubs do not agree on the time, and any of them may be an hour off. What all must agree on, such as when a shift ends and
how old a ticket is, goes by the one clock that every fact is dated by. Not its business: how long things take, which a
clock that never jumps measures better.
"""

import time
from datetime import UTC, datetime, timedelta

UNSURE_SECONDS_MAX = 0.5
"""What took longer to be said than that is no news of the time, unless there is none yet."""


class Clock:
    """What time it is in the house."""

    def __init__(self) -> None:
        self._at: datetime | None = None
        self._heard_at = 0.0

    def hear(self, at: datetime, *, asked_at: float) -> None:
        """PostgreSQL said just now that it was `at`; it was asked then, by `time.monotonic()`."""
        heard_at = time.monotonic()
        if self._at is None or heard_at - asked_at <= UNSURE_SECONDS_MAX:
            self._at, self._heard_at = at, (asked_at + heard_at) / 2

    def now(self) -> datetime:
        """The time, in UTC. Before PostgreSQL was heard for the first time it is this machine's."""
        if self._at is None:
            return datetime.now(UTC)
        return self._at + timedelta(seconds=time.monotonic() - self._heard_at)
