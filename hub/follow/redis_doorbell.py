"""The doorbell over Redis pub/sub: channel `ledger:<scope>`, two lines, one to speak and one to hear.

Redis may be away from the start, be killed, frozen or wiped, or hang up on us: rings are then lost, `is_up` says so
within two seconds, and both lines come back by themselves.
Not its business: what a message looks like (`hub.follow.rings`), connecting (`hub.follow.redis_line`), or how words
get there and back (`hub.follow.redis_wire`).
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog

from hub.audience import Scope
from hub.follow.doorbell import RINGS_QUEUED_MAX, Hear
from hub.follow.redis_line import CONNECT_SECONDS_MAX, Dial, Line, dialling
from hub.follow.redis_wire import ANSWER_SECONDS_MAX, Wire
from hub.follow.rings import NotARing, Sealer, channel_of, scope_of
from hub.follow.seldom import Seldom
from hub.store.ledger import Recorded
from hub.telemetry import Metrics

CHANNELS_PER_COMMAND_MAX = 500
LISTEN_SECONDS_MAX = 0.25
"""How long a new listener waits for Redis to confirm. Later confirmations cost it a sweep, and nothing else."""
FIRST_TRY_SECONDS_MAX = CONNECT_SECONDS_MAX + ANSWER_SECONDS_MAX

log = structlog.get_logger(__name__)


class RedisDoorbell:
    """Hubs with the same Redis and the same key hear each other. Raises ValueError for a bad address or a short key."""

    def __init__(self, url: str, *, key: bytes, metrics: Metrics, rings_queued_max: int = RINGS_QUEUED_MAX) -> None:
        dial, sealer = dialling(url), Sealer(key)
        self._metrics = metrics
        self._voice = Voice(dial, sealer, metrics, self._line_changed, rings_queued_max=rings_queued_max)
        self._ear = Ear(dial, sealer, metrics, self._line_changed)
        self._on_change: Callable[[], None] | None = None
        self._was_up: bool | None = None
        self._up_since: float | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def ring(self, recorded: Recorded) -> None:
        self._voice.ring(recorded)

    async def listen(self, scope: Scope) -> None:
        await self._ear.listen(scope)

    def mute(self, scope: Scope) -> None:
        self._ear.mute(scope)

    def hear_own(self, scope: Scope, hear: Hear) -> None:
        self._ear.hear_own(scope, hear)

    def renew(self) -> None:
        for line in (self._voice.line, self._ear.line):
            line.hang_up()

    @property
    def is_up(self) -> bool:
        return bool(self._voice.line.is_up and self._ear.line.is_up)

    @property
    def up_since(self) -> float | None:
        return self._up_since if self.is_up else None

    @property
    def why_down(self) -> str:
        lines = (self._voice.line, self._ear.line)
        return next((line.why_down or "It has not answered yet." for line in lines if not line.is_up), "")

    @property
    def is_running(self) -> bool:
        return bool(self._tasks) and not any(task.done() for task in self._tasks)

    @asynccontextmanager
    async def running(self, hear: Hear, on_change: Callable[[], None]) -> AsyncIterator[None]:
        """As the port says. Entering waits until each line was tried once, however that ended."""
        self._on_change = on_change
        self._tasks = [
            asyncio.create_task(self._voice.run(), name="doorbell voice"),
            asyncio.create_task(self._ear.run(hear), name="doorbell ear"),
        ]
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(FIRST_TRY_SECONDS_MAX):
                    await self._voice.line.was_tried.wait()
                    await self._ear.line.was_tried.wait()
            yield
        finally:
            self._on_change = None
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks = []
            self._metrics.doorbell_up.set(0)

    def _line_changed(self) -> None:
        lines = (self._voice.line, self._ear.line)
        if self._ear.line.is_up is False:
            # Most often both are lost at once, but one that was told nothing of late has not been asked, either.
            self._voice.prove()
        if self._on_change is None or any(line.is_up is None for line in lines):
            return
        if self.is_up is self._was_up:
            return
        self._was_up = self.is_up
        self._up_since = asyncio.get_running_loop().time()
        self._metrics.doorbell_up.set(self.is_up)
        if self.is_up:
            log.info("The doorbell rings.")
        else:
            log.warning("The doorbell is silent; the sweep looks more often.", why=self.why_down)
        self._on_change()


class Voice:
    """The line that speaks: a bounded queue, published in one write for each turn of the loop."""

    def __init__(
        self,
        dial: Dial,
        sealer: Sealer,
        metrics: Metrics,
        on_change: Callable[[], None],
        *,
        rings_queued_max: int = RINGS_QUEUED_MAX,
    ) -> None:
        self.line = Line(dial, on_change)
        self._sealer = sealer
        self._metrics = metrics
        self._rings_queued_max = rings_queued_max
        self._waiting: deque[Recorded] = deque()
        self._unanswered: deque[Recorded] = deque()
        self._wire: Wire | None = None

    def ring(self, recorded: Recorded) -> None:
        # What Redis cannot have now is not kept for later: by then the sweep has long brought it.
        queued = len(self._waiting) + len(self._unanswered)
        if self._wire is None or not self.line.is_up or queued >= self._rings_queued_max:
            self._metrics.rings_lost.inc()
            return
        self._waiting.append(recorded)
        self._wire.wake()

    def prove(self) -> None:
        """Ask Redis at once whether this line still stands; the other one does not."""
        if self._wire is not None:
            self._wire.ping()

    async def run(self) -> None:
        await self.line.keep(self)

    def connected(self, wire: Wire) -> None:
        self._wire = wire

    def disconnected(self) -> None:
        self._wire = None
        self._metrics.rings_lost.inc(len(self._waiting) + len(self._unanswered))
        self._waiting.clear()
        self._unanswered.clear()

    def say(self, wire: Wire) -> None:
        while self._waiting and wire.has_room:
            # Rings are counted once, as rung when Redis has answered for them, or as lost with the wire.
            ring = self._waiting[0]
            wire.say(b"PUBLISH", channel_of(ring.scope).encode(), self._sealer.write(ring))
            self._unanswered.append(self._waiting.popleft())

    def answered(self, answer: Any) -> None:
        if type(answer) is int:
            self._metrics.rung.inc(len(self._unanswered.popleft().entries))
        else:
            self.line.proven()

    def heard(self, channel: bytes, message: object) -> None:
        raise AssertionError("This line subscribes to nothing.")


class Ear:
    """The line that hears: subscribed to what is wanted, in parts."""

    def __init__(self, dial: Dial, sealer: Sealer, metrics: Metrics, on_change: Callable[[], None]) -> None:
        self.line = Line(dial, on_change)
        self._sealer = sealer
        self._metrics = metrics
        self._seldom = Seldom()
        self._wanted: set[Scope] = set()
        self._to_tell: set[Scope] = set()
        self._told: set[Scope] = set()
        self._confirmed: set[Scope] = set()
        self._waiting: dict[Scope, asyncio.Future[None]] = {}
        self._wire: Wire | None = None
        self._hear: Hear | None = None
        self._hear_own: dict[bytes, Hear] = {}

    def hear_own(self, scope: Scope, hear: Hear) -> None:
        self._hear_own = {channel_of(scope).encode(): hear}

    async def listen(self, scope: Scope) -> None:
        self._wish(scope, is_wanted=True)
        if not self.line.is_up or scope in self._confirmed:
            return
        if scope not in self._waiting:
            self._waiting[scope] = asyncio.get_running_loop().create_future()
        with suppress(TimeoutError):
            async with asyncio.timeout(LISTEN_SECONDS_MAX):
                await asyncio.shield(self._waiting[scope])

    def mute(self, scope: Scope) -> None:
        self._wish(scope, is_wanted=False)

    def _wish(self, scope: Scope, *, is_wanted: bool) -> None:
        if is_wanted:
            self._wanted.add(scope)
        else:
            self._wanted.discard(scope)
        self._to_tell.add(scope)
        if self._wire is not None:
            self._wire.wake()

    async def run(self, hear: Hear) -> None:
        self._hear = hear
        await self.line.keep(self)

    def connected(self, wire: Wire) -> None:
        self._wire = wire
        self._to_tell = set(self._wanted)

    def disconnected(self) -> None:
        self._wire = None
        self._told.clear()
        self._confirmed.clear()
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    def say(self, wire: Wire) -> None:
        while self._to_tell and wire.has_room:
            self._tell_some(wire)

    def _tell_some(self, wire: Wire) -> None:
        scopes = [self._to_tell.pop() for _ in range(min(len(self._to_tell), CHANNELS_PER_COMMAND_MAX))]
        new = [scope for scope in scopes if scope in self._wanted and scope not in self._told]
        gone = [scope for scope in scopes if scope not in self._wanted and scope in self._told]
        self._told.update(new)
        self._told.difference_update(gone)
        self._confirmed.difference_update(gone)
        for command, channels in ((b"SUBSCRIBE", new), (b"UNSUBSCRIBE", gone)):
            if channels:
                wire.say(command, *[channel_of(scope).encode() for scope in channels], answers=len(channels))

    def answered(self, answer: Any) -> None:
        match answer:
            case [b"subscribe", bytes(channel), _]:
                self._confirm(scope_of(channel.decode()))
            case [b"pong", *_] | b"PONG":
                # Redis answers in order: whatever was wanted before this question is subscribed.
                self.line.proven()

    def _confirm(self, scope: Scope) -> None:
        if scope not in self._told:
            return  # It was muted meanwhile: Redis has only not come to that yet.
        self._confirmed.add(scope)
        waiting = self._waiting.pop(scope, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def heard(self, channel: bytes, message: object) -> None:
        is_own = self._sealer.is_own(message)
        if is_own and channel not in self._hear_own:
            return
        try:
            ring = self._sealer.read(channel, message)
        except NotARing as error:
            self._refuse(error)
            return
        if is_own:
            self._hear_own[channel](ring)
        elif self._hear is not None and ring.scope in self._wanted:
            self._hear(ring)

    def _refuse(self, error: NotARing) -> None:
        self._metrics.rings_refused.inc()
        if self._seldom.is_due():
            log.warning(
                "A message on our channel is not a ring of ours.",
                why=str(error),
                left_out=self._seldom.left_out,
            )
