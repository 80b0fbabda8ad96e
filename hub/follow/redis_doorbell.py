"""The doorbell over Redis pub/sub: channel `ledger:<scope>`, two lines, one to speak and one to hear.

Redis may be away from the start, be killed, frozen or wiped, or hang up on us: rings are then lost, `is_up` says so
within two seconds, and both lines come back by themselves.
Not its business: what a message looks like (`hub.follow.seal`), or connecting (`hub.follow.redis_line`).
"""

import asyncio
import math
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio.connection import AbstractConnection

from hub.audience import Scope
from hub.follow.doorbell import RINGS_QUEUED_MAX, Hear
from hub.follow.redis_line import ANSWER_SECONDS_MAX, CONNECT_SECONDS_MAX, Dial, Line, NoAnswer, dialling, side_by_side
from hub.follow.seal import NotARing, Sealer, channel_of, scope_of
from hub.follow.seldom import Seldom
from hub.store.ledger import Recorded
from hub.telemetry import Metrics

PING_SECONDS = 0.9
"""With ANSWER_SECONDS_MAX, a frozen Redis is noticed in less than two seconds."""
RINGS_PER_PIPELINE_MAX = 128
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
        self._tasks: list[asyncio.Task[None]] = []

    def ring(self, recorded: Recorded) -> None:
        self._voice.ring(recorded)

    async def listen(self, scope: Scope) -> None:
        await self._ear.listen(scope)

    def mute(self, scope: Scope) -> None:
        self._ear.mute(scope)

    @property
    def is_up(self) -> bool:
        return bool(self._voice.line.is_up and self._ear.line.is_up)

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
            # Most often both are lost at once, but a line that has nothing to say does not notice.
            self._voice.prove()
        if self._on_change is None or any(line.is_up is None for line in lines):
            return
        if self.is_up is self._was_up:
            return
        self._was_up = self.is_up
        self._metrics.doorbell_up.set(self.is_up)
        if self.is_up:
            log.info("The doorbell rings.")
        else:
            log.warning("The doorbell is silent; the sweep looks more often.", why=self.why_down)
        self._on_change()


class Voice:
    """The line that speaks: a bounded queue, published in pipelines."""

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
        self._queue: deque[Recorded] = deque()
        self._is_wanted = asyncio.Event()
        self._must_prove = False

    def ring(self, recorded: Recorded) -> None:
        # What Redis cannot have now is not kept for later: by then the sweep has long brought it.
        if not self.line.is_up or len(self._queue) >= self._rings_queued_max:
            self._metrics.rings_lost.inc()
            return
        self._queue.append(recorded)
        self._is_wanted.set()

    def prove(self) -> None:
        """Ask Redis at once whether this line still stands; the other one does not."""
        self._must_prove = True
        self._is_wanted.set()

    async def run(self) -> None:
        await self.line.keep(self._speak)

    async def _speak(self, connection: AbstractConnection) -> None:
        try:
            while True:
                # First of all, and then whenever there was nothing to say for a while.
                await self._ping(connection)
                self.line.proven()
                while await self._has_something_to_say():
                    while self._queue:
                        await self._publish(connection)
        finally:
            self._metrics.rings_lost.inc(len(self._queue))
            self._queue.clear()

    async def _has_something_to_say(self) -> bool:
        """Wait for rings; False when there are none for PING_SECONDS, or when the line is to prove itself."""
        if not self._queue and not self._must_prove:
            with suppress(TimeoutError):
                async with asyncio.timeout(PING_SECONDS):
                    await self._is_wanted.wait()
        self._is_wanted.clear()
        must_prove, self._must_prove = self._must_prove, False
        return bool(self._queue) and not must_prove

    async def _ping(self, connection: AbstractConnection) -> None:
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            await connection.send_command("PING", check_health=False)
            await connection.read_response()

    async def _publish(self, connection: AbstractConnection) -> None:
        # Rings stay in the queue until Redis has answered for them, so that they are counted once, as rung or as lost.
        rings = [self._queue[place] for place in range(min(len(self._queue), RINGS_PER_PIPELINE_MAX))]
        commands = [("PUBLISH", channel_of(ring.scope), self._sealer.write(ring)) for ring in rings]
        async with asyncio.timeout(ANSWER_SECONDS_MAX):
            await connection.send_packed_command(connection.pack_commands(commands), check_health=False)
            for ring in rings:
                await connection.read_response()
                self._queue.popleft()
                self._metrics.rung.inc(len(ring.entries))


class Ear:
    """The line that hears: subscribed to what is wanted, and asked every second whether it is still there."""

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
        self._has_wishes = asyncio.Event()
        self._asked_at: float | None = None
        self._hear: Hear | None = None

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
        self._has_wishes.set()

    async def run(self, hear: Hear) -> None:
        self._hear = hear
        await self.line.keep(self._listen)

    async def _listen(self, connection: AbstractConnection) -> None:
        self._to_tell = set(self._wanted)
        self._asked_at = None
        try:
            await side_by_side(self._read(connection), self._ask(connection))
        finally:
            self._told.clear()
            self._confirmed.clear()
            for waiting in self._waiting.values():
                if not waiting.done():
                    waiting.set_result(None)
            self._waiting.clear()

    async def _ask(self, connection: AbstractConnection) -> None:
        """Say what is wanted, and ask whether Redis is there. Everything this connection says is said here."""
        loop = asyncio.get_running_loop()
        ping_at = loop.time()
        while True:
            self._has_wishes.clear()
            await self._tell_wishes(connection)
            if loop.time() >= ping_at:
                await connection.send_command("PING", check_health=False)
                ping_at = loop.time() + PING_SECONDS
                self._asked_at = self._asked_at or loop.time()
            silent_at = self._asked_at + ANSWER_SECONDS_MAX if self._asked_at else math.inf
            with suppress(TimeoutError):
                async with asyncio.timeout_at(min(ping_at, silent_at)):
                    await self._has_wishes.wait()
            if self._asked_at is not None and loop.time() >= self._asked_at + ANSWER_SECONDS_MAX:
                raise NoAnswer("Redis does not answer.")

    async def _tell_wishes(self, connection: AbstractConnection) -> None:
        scopes, self._to_tell = self._to_tell, set()
        new = [scope for scope in scopes if scope in self._wanted and scope not in self._told]
        gone = [scope for scope in scopes if scope not in self._wanted and scope in self._told]
        self._told.update(new)
        self._told.difference_update(gone)
        self._confirmed.difference_update(gone)
        commands = [("SUBSCRIBE", *channels) for channels in _channels_in_parts(new)]
        commands += [("UNSUBSCRIBE", *channels) for channels in _channels_in_parts(gone)]
        if commands:
            await connection.send_packed_command(connection.pack_commands(commands), check_health=False)

    async def _read(self, connection: AbstractConnection) -> None:
        while True:
            match await connection.read_response(timeout=math.inf, disconnect_on_error=False):
                case [b"message", bytes(channel), message]:
                    self._take(channel, message)
                case [b"subscribe", bytes(channel), _]:
                    self._confirm(scope_of(channel.decode()))
                case [b"pong", *_] | b"PONG":
                    # Redis answers in order: whatever was wanted before this question is subscribed.
                    self.line.proven()
            self._asked_at = None

    def _confirm(self, scope: Scope) -> None:
        self._confirmed.add(scope)
        waiting = self._waiting.pop(scope, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def _take(self, channel: bytes, message: object) -> None:
        try:
            ring = self._sealer.read(channel, message)
        except NotARing as error:
            self._metrics.rings_refused.inc()
            if self._seldom.is_due():
                log.warning(
                    "A message on our channel is not a ring of ours.",
                    why=str(error),
                    left_out=self._seldom.left_out,
                )
            return
        if self._hear is not None and ring.scope in self._wanted:
            self._hear(ring)


def _channels_in_parts(scopes: list[Scope]) -> Iterable[list[str]]:
    channels = [channel_of(scope) for scope in scopes]
    for start in range(0, len(channels), CHANNELS_PER_COMMAND_MAX):
        yield channels[start : start + CHANNELS_PER_COMMAND_MAX]
