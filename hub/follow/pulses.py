"""How the pulses of hubs reach each other: what each says of itself once a second. A port, and its twin in memory.

A pulse may be lost, late or doubled; nothing depends on it but what operators see. It never stands in a ring's way, so
it goes other ways than the doorbell. Not its business: what a pulse says, and who is shown it (`rooms.pulse`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from hub.follow.doorbell import Street
from hub.telemetry import Metrics

PULSE_BYTES_MAX = 8 * 1024

HearPulse = Callable[[bytes], None]


class Pulses(Protocol):
    """Say how one's hub is, and hear the others of the house. One hears oneself, too."""

    def send(self, pulse: bytes) -> None:
        """Tell the others. Returns at once and never fails. Only the latest waits to be sent; one that cannot be, or
        is longer than `PULSE_BYTES_MAX`, is counted as lost."""
        ...

    @property
    def is_running(self) -> bool:
        """Whether its tasks live. Being unable to reach anybody is no reason for False; a task that died is."""
        ...

    def running(self, hear: HearPulse) -> AbstractAsyncContextManager[None]:
        """Send and hear inside this context, whenever there is a way. Entering waits for nothing."""
        ...


class InProcessPulses:
    """The twin that needs no Redis: hubs of one process and one loop hear each other over a Street."""

    def __init__(self, street: Street, metrics: Metrics) -> None:
        self._street = street
        self._metrics = metrics
        self._hear: HearPulse | None = None
        self._waiting: bytes | None = None

    def send(self, pulse: bytes) -> None:
        if self._hear is None or not self._street.is_whole or len(pulse) > PULSE_BYTES_MAX:
            self._metrics.pulses_lost.inc()
            return
        if self._waiting is None:
            asyncio.get_running_loop().call_soon(self._carry)
        else:
            self._metrics.pulses_lost.inc()
        self._waiting = pulse

    def _carry(self) -> None:
        pulse, self._waiting = self._waiting, None
        if pulse is None or not self._street.is_whole:
            self._metrics.pulses_lost.inc()
            return
        self._street.carry_pulse(pulse)

    @property
    def is_running(self) -> bool:
        return self._hear is not None

    @asynccontextmanager
    async def running(self, hear: HearPulse) -> AsyncIterator[None]:
        self._hear = hear
        self._street.pulse_ears.append(hear)
        try:
            yield
        finally:
            self._street.pulse_ears.remove(hear)
            self._hear = None
