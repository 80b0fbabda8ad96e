"""The clock of a simulated service: as many of its seconds in one of ours as the speed says.

Not its business: what time it is in the restaurant's ledger, which is PostgreSQL's clock and never runs faster.
"""

import asyncio
import time

SPEED_MIN = 1.0
SPEED_MAX = 120.0

MINUTE = 60.0
HOUR = 3600.0
DAY = 24 * HOUR


class Clock:
    """Simulated seconds since midnight. Each evening begins with its own opening time."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.opens(0.0)

    def opens(self, at: float) -> None:
        """It is this time now."""
        self._opens_at = at
        self._began = time.monotonic()

    @property
    def now(self) -> float:
        return self._opens_at + (time.monotonic() - self._began) * self.speed

    async def sleep(self, seconds: float) -> None:
        """Let so many simulated seconds pass."""
        await asyncio.sleep(max(0.0, seconds) / self.speed)

    async def until(self, moment: float) -> None:
        """Wait for a time of the evening; one that is past is not waited for."""
        await self.sleep(moment - self.now)

    def __str__(self) -> str:
        return time_of_day(self.now)


def time_of_day(seconds: float) -> str:
    """`19:05` for 68,700 seconds since midnight."""
    minutes = int(seconds % DAY // MINUTE)
    return f"{minutes // 60:02}:{minutes % 60:02}"
