"""Pulses over Redis pub/sub: one sealed channel for the whole house, two lines of its own beside the doorbell's.

Redis may be away, frozen or wiped: pulses are lost then, and both lines come back by themselves. The log is silent
about it, since the doorbell says so already. Not its business: connecting (`hub.follow.redis_line`).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import structlog

from hub.follow.pulses import PULSE_BYTES_MAX, HearPulse
from hub.follow.redis_line import Dial, Line, dialling
from hub.follow.redis_wire import Wire
from hub.follow.seal import NotOurs, Seal
from hub.follow.seldom import Seldom
from hub.telemetry import Metrics

CHANNEL_PREFIX = b"pulses:"

log = structlog.get_logger(__name__)


class RedisPulses:
    """Hubs with the same Redis and the same key hear each other; other houses on that Redis have channels of their
    own. Raises ValueError for a bad address or a short key."""

    def __init__(self, url: str, *, key: bytes, metrics: Metrics) -> None:
        seal, dial = Seal(key), dialling(url)
        channel = CHANNEL_PREFIX + seal.name(b"house")
        self._voice = _Voice(dial, seal, channel, metrics)
        self._ear = _Ear(dial, seal, channel, metrics)
        self._tasks: list[asyncio.Task[None]] = []

    def send(self, pulse: bytes) -> None:
        self._voice.send(pulse)

    @property
    def is_running(self) -> bool:
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    @asynccontextmanager
    async def running(self, hear: HearPulse) -> AsyncIterator[None]:
        self._tasks = [
            asyncio.create_task(self._voice.line.keep(self._voice), name="pulses voice"),
            asyncio.create_task(self._ear.run(hear), name="pulses ear"),
        ]
        try:
            yield
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks = []


class _Voice:
    """The line that speaks: one pulse at a time. Of those that wait meanwhile, only the latest is wanted."""

    def __init__(self, dial: Dial, seal: Seal, channel: bytes, metrics: Metrics) -> None:
        self.line = Line(dial, _nothing)
        self._seal = seal
        self._channel = channel
        self._metrics = metrics
        self._waiting: bytes | None = None
        self._is_on_its_way = False
        self._wire: Wire | None = None

    def send(self, pulse: bytes) -> None:
        if self._wire is None or not self.line.is_up or len(pulse) > PULSE_BYTES_MAX:
            self._metrics.pulses_lost.inc()
            return
        if self._waiting is not None:
            self._metrics.pulses_lost.inc()
        self._waiting = pulse
        self._wire.wake()

    def connected(self, wire: Wire) -> None:
        self._wire = wire

    def disconnected(self) -> None:
        self._metrics.pulses_lost.inc((self._waiting is not None) + self._is_on_its_way)
        self._wire, self._waiting, self._is_on_its_way = None, None, False

    def say(self, wire: Wire) -> None:
        if self._waiting is not None and not self._is_on_its_way:
            wire.say(b"PUBLISH", self._channel, self._seal.closed(self._channel, self._waiting))
            self._waiting, self._is_on_its_way = None, True

    def answered(self, answer: Any) -> None:
        if type(answer) is not int:
            self.line.proven()
            return
        self._is_on_its_way = False
        if self._waiting is not None and self._wire is not None:
            self._wire.wake()

    def heard(self, channel: bytes, message: object) -> None:
        raise AssertionError("This line subscribes to nothing.")


class _Ear:
    """The line that hears the house."""

    def __init__(self, dial: Dial, seal: Seal, channel: bytes, metrics: Metrics) -> None:
        self._line = Line(dial, _nothing)
        self._seal = seal
        self._channel = channel
        self._metrics = metrics
        self._seldom = Seldom()
        self._must_subscribe = True
        self._hear: HearPulse | None = None

    async def run(self, hear: HearPulse) -> None:
        self._hear = hear
        await self._line.keep(self)

    def connected(self, wire: Wire) -> None:
        self._must_subscribe = True

    def disconnected(self) -> None:
        """Nothing is kept of a wire that heard."""

    def say(self, wire: Wire) -> None:
        if self._must_subscribe:
            self._must_subscribe = False
            wire.say(b"SUBSCRIBE", self._channel)

    def answered(self, answer: Any) -> None:
        self._line.proven()

    def heard(self, channel: bytes, message: object) -> None:
        try:
            pulse = self._seal.opened(channel, message, bytes_max=PULSE_BYTES_MAX)
        except NotOurs as error:
            self._refuse(error)
            return
        if self._hear is not None:
            self._hear(pulse)

    def _refuse(self, error: NotOurs) -> None:
        self._metrics.pulses_refused.inc()
        if self._seldom.is_due():
            log.warning(
                "A message on our channel is not a pulse of ours.",
                why=str(error),
                left_out=self._seldom.left_out,
            )


def _nothing() -> None:
    """Nobody needs to know when these lines come and go."""
