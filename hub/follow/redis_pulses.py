"""Pulses over Redis pub/sub: one sealed channel for the whole house, two lines of its own beside the doorbell's.

Redis may be away, frozen or wiped: pulses are lost then, and both lines come back by themselves. The log is silent
about it, since the doorbell says so already. Not its business: connecting (`hub.follow.redis_line`).
"""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from redis.asyncio.connection import AbstractConnection

from hub.follow.pulses import PULSE_BYTES_MAX, HearPulse
from hub.follow.redis_line import ANSWER_SECONDS_MAX, Line, NoAnswer, dialling, side_by_side
from hub.follow.seal import NotOurs, Seal
from hub.follow.seldom import Seldom
from hub.telemetry import Metrics

CHANNEL_PREFIX = b"pulses:"
SILENCE_SECONDS_MAX = 2.0
"""How long the line that hears may hear nothing, though it asks, before it is made again."""

log = structlog.get_logger(__name__)


class RedisPulses:
    """Hubs with the same Redis and the same key hear each other; other houses on that Redis have channels of their
    own. Raises ValueError for a bad address or a short key."""

    def __init__(self, url: str, *, key: bytes, metrics: Metrics) -> None:
        self._metrics = metrics
        self._seal = Seal(key)
        self._channel = CHANNEL_PREFIX + self._seal.name(b"house")
        dial = dialling(url)
        self._voice = Line(dial, _nothing)
        self._ear = Line(dial, _nothing)
        self._waiting: bytes | None = None
        self._is_wanted = asyncio.Event()
        self._has_heard = False
        self._hear: HearPulse | None = None
        self._seldom = Seldom()
        self._tasks: list[asyncio.Task[None]] = []

    def send(self, pulse: bytes) -> None:
        if not self._voice.is_up or len(pulse) > PULSE_BYTES_MAX:
            self._metrics.pulses_lost.inc()
            return
        if self._waiting is not None:
            self._metrics.pulses_lost.inc()
        self._waiting = pulse
        self._is_wanted.set()

    @property
    def is_running(self) -> bool:
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    @asynccontextmanager
    async def running(self, hear: HearPulse) -> AsyncIterator[None]:
        self._hear = hear
        self._tasks = [
            asyncio.create_task(self._voice.keep(self._speak), name="pulses voice"),
            asyncio.create_task(self._ear.keep(self._listen), name="pulses ear"),
        ]
        try:
            yield
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks = []
            self._hear = None

    # Speaking

    async def _speak(self, connection: AbstractConnection) -> None:
        try:
            await _ask(connection, b"PING")
            self._voice.proven()
            while True:
                # A pulse each second is question enough whether this line still stands.
                await self._is_wanted.wait()
                self._is_wanted.clear()
                await self._publish(connection)
        finally:
            self._lose_waiting()

    async def _publish(self, connection: AbstractConnection) -> None:
        pulse, self._waiting = self._waiting, None
        if pulse is not None:
            try:
                await _ask(connection, b"PUBLISH", self._channel, self._seal.closed(self._channel, pulse))
            except BaseException:
                self._metrics.pulses_lost.inc()
                raise

    def _lose_waiting(self) -> None:
        if self._waiting is not None:
            self._metrics.pulses_lost.inc()
            self._waiting = None

    # Hearing

    async def _listen(self, connection: AbstractConnection) -> None:
        await connection.send_command(b"SUBSCRIBE", self._channel, check_health=False)
        await side_by_side(self._read(connection), self._ask_on_and_on(connection))

    async def _read(self, connection: AbstractConnection) -> None:
        while True:
            match await connection.read_response(timeout=math.inf, disconnect_on_error=False):
                case [b"message", bytes(channel), message]:
                    self._take(channel, message)
            self._has_heard = True
            self._ear.proven()

    async def _ask_on_and_on(self, connection: AbstractConnection) -> None:
        while True:
            self._has_heard = False
            await connection.send_command(b"PING", check_health=False)
            await asyncio.sleep(SILENCE_SECONDS_MAX)
            if not self._has_heard:
                raise NoAnswer("Redis does not answer.")

    def _take(self, channel: bytes, message: object) -> None:
        try:
            pulse = self._seal.opened(channel, message, bytes_max=PULSE_BYTES_MAX)
        except NotOurs as error:
            self._metrics.pulses_refused.inc()
            if self._seldom.is_due():
                log.warning(
                    "A message on our channel is not a pulse of ours.",
                    why=str(error),
                    left_out=self._seldom.left_out,
                )
            return
        if self._hear is not None:
            self._hear(pulse)


async def _ask(connection: AbstractConnection, *words: bytes) -> None:
    async with asyncio.timeout(ANSWER_SECONDS_MAX):
        await connection.send_command(*words, check_health=False)
        await connection.read_response()


def _nothing() -> None:
    """Nobody needs to know when these lines come and go."""
