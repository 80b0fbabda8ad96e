"""Everything this hub follows: a follower for each scope that somebody here listens to, and the platform's, always.

Not its business: the rule of delivery (`hub.follow.follower`), who may listen, or what listeners do.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog

from hub.audience import PLATFORM, Scope, is_hub_scope, is_user_scope
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable
from hub.follow.doorbell import Doorbell, Ring
from hub.follow.follower import Follower, Listener
from hub.follow.memory import Limits
from hub.follow.pages import Pages
from hub.follow.seldom import Seldom
from hub.follow.sweep import Sweep
from hub.store.ledger import Entry
from hub.telemetry import Metrics

LINGER_SECONDS = 120.0
"""How long a ledger is still followed when nobody listens: long enough for a restaurant's network to come back."""
SHOUTS_REMEMBERED = Limits(entries_max=60)
"""What is remembered of a ledger that nobody ever asks for anything: this hub's own."""
NOTICES_REMEMBERED = Limits(entries_max=200)
"""What is remembered of one person's ledger. There are as many as people on shift, and each is asked for by one."""
READERS_MAX = 8
"""Followers that read by themselves at once. A thousand of them behind must leave connections to those who ask."""

UNHEARD = "It answers, but this hub does not hear what it rings itself."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Lag:
    """How far behind this hub was when the heads were last compared. `swept_seconds_ago` is None before that.

    Whatever was recorded more than `behind_seconds` ago is delivered, as far as this hub follows it. It is about a
    second at most while all is well, and grows by itself while that cannot be said: because PostgreSQL does not answer,
    because nobody compares heads, or because some follower does not get to where its ledger was.
    """

    followers: int
    entries_behind: int
    swept_seconds_ago: float | None
    behind_seconds: float


@dataclass(slots=True)
class _Post:
    """A follower and how many listen to it."""

    follower: Follower
    listeners: int = 0
    leaving: asyncio.TimerHandle | None = None


class Followers:
    """The table of followers. Feed `hear` with this instance's own commits; the doorbell feeds it the others'."""

    def __init__(
        self,
        pages: Pages,
        doorbell: Doorbell,
        metrics: Metrics,
        *,
        linger_seconds: float = LINGER_SECONDS,
        limits: Limits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._pages = pages
        self._doorbell = doorbell
        self._metrics = metrics
        self._linger_seconds = linger_seconds
        self._limits = limits
        self._now = now
        self._readers = asyncio.Semaphore(READERS_MAX)
        self._listeners: list[Listener] = []
        self._posts: dict[Scope, _Post] = {}
        self._sweep = Sweep(pages, self._followed, lambda: self.why_doorbell_is_down is None, metrics)
        self._is_doorbell_doubted = False
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping: set[asyncio.Task[None]] = set()
        self._seldom = Seldom()
        self.listener_failures = 0
        """How often a listener raised. Entries are delivered to the others all the same."""

    # Who is told

    def add_listener(self, listener: Listener) -> None:
        """Tell this listener of every delivery and reset from now on, in the order of adding."""
        self._listeners.append(listener)

    def remove_listener(self, listener: Listener) -> None:
        self._listeners.remove(listener)

    def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
        """As every listener's: called by a follower, passed on to each listener."""
        for listener in tuple(self._listeners):
            try:
                listener.delivered(follower, entry, prevs)
            except Exception:
                self._listener_failed(follower)

    def reset(self, follower: Follower) -> None:
        """As every listener's: called by a follower, passed on to each listener."""
        for listener in tuple(self._listeners):
            try:
                listener.reset(follower)
            except Exception:
                self._listener_failed(follower)

    def _listener_failed(self, follower: Follower) -> None:
        # One deaf ear must not stop a ledger for everybody else.
        self.listener_failures += 1
        if self._seldom.is_due():
            log.exception("A listener failed; the others heard.", scope=follower.scope, left_out=self._seldom.left_out)

    # What is followed

    def hear(self, ring: Ring) -> None:
        """A ring from anywhere. Synchronous; scopes that nobody here follows are passed over."""
        post = self._posts.get(ring.scope)
        if post is not None:
            post.follower.hear(ring)

    def get(self, scope: Scope) -> Follower | None:
        """The follower of this scope, if there is one, without starting or keeping it."""
        post = self._posts.get(scope)
        return post.follower if post is not None else None

    async def follow(self, scope: Scope) -> Follower:
        """The scope's follower, open: from here on the caller listens, until it says `leave`.

        Whatever is recorded from now on is delivered. Raises DatabaseUnavailable or DatabaseBusy, and then the caller
        does not listen.
        """
        post = self._posts.get(scope) or self._start(scope)
        _join(post)
        try:
            if not post.follower.is_open:
                # First the ear, then the eyes: what is recorded in between is heard, or else it is read.
                await self._doorbell.listen(scope)
                await post.follower.open()
        except BaseException:
            self.leave(scope)
            raise
        return post.follower

    def follow_at_sight(self, scope: Scope) -> Follower | None:
        """As `follow`, in this very step, where the scope's follower is open already; else None, and nobody listens."""
        post = self._posts.get(scope)
        if post is None or not post.follower.is_open:
            return None
        _join(post)
        return post.follower

    def leave(self, scope: Scope) -> None:
        """One listener less. The follower stays for a while, in case it comes back."""
        post = self._posts.get(scope)
        if post is None:
            return  # The hub stopped following before its sockets were gone.
        assert post.listeners > 0, "leave what you follow, once"
        post.listeners -= 1
        if post.listeners == 0:
            loop = asyncio.get_running_loop()
            post.leaving = loop.call_later(self._linger_seconds, self._stop, scope)

    def _start(self, scope: Scope) -> _Post:
        follower = Follower(
            scope,
            self._pages,
            self,
            self._metrics,
            readers=self._readers,
            limits=self._limits_of(scope),
            now=self._now,
        )
        post = self._posts[scope] = _Post(follower)
        self._metrics.followers.set(len(self._posts))
        return post

    def _limits_of(self, scope: Scope) -> Limits | None:
        if is_hub_scope(scope):
            return SHOUTS_REMEMBERED
        return NOTICES_REMEMBERED if is_user_scope(scope) else self._limits

    def _stop(self, scope: Scope) -> None:
        post = self._posts.pop(scope)
        self._doorbell.mute(scope)
        self._metrics.followers.set(len(self._posts))
        stopping = asyncio.get_running_loop().create_task(post.follower.stop(), name=f"follower of {scope} stops")
        self._stopping.add(stopping)
        stopping.add_done_callback(self._stopping.discard)

    def _followed(self) -> dict[Scope, Follower]:
        return {scope: post.follower for scope, post in self._posts.items()}

    # While it runs

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Followers"]:
        """Ring, sweep and follow the platform inside this context. PostgreSQL and Redis may both be away meanwhile."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._stop_all)
            self._sweep.watermark.begin(asyncio.get_running_loop().time())
            await stack.enter_async_context(self._doorbell.running(self.hear, self._sweep.wake))
            await self._follow_platform()
            self._tasks = [asyncio.create_task(self._sweep.run(), name="follow sweep")]
            for task in self._tasks:
                task.add_done_callback(_say_how_it_ended)
            stack.push_async_callback(self._end_tasks)
            yield self

    async def settle(self) -> None:
        """Bring every follower to its ledger's head, once. One that cannot be read now is left where it is."""

        async def settle(follower: Follower) -> None:
            with suppress(DatabaseUnavailable, DatabaseBusy):
                async with self._readers:
                    await follower.catch_up()

        await asyncio.gather(*(settle(follower) for follower in self._followed().values()))

    @property
    def is_healthy(self) -> bool:
        """Whether this hub can be trusted to deliver: every task lives, and the platform's ledger was read."""
        platform = self.get(PLATFORM)
        return (
            bool(self._tasks)
            and not any(task.done() for task in self._tasks)
            and self._doorbell.is_running
            and platform is not None
            and platform.is_open
        )

    @property
    def lag(self) -> Lag:
        now, swept_at = asyncio.get_running_loop().time(), self._sweep.swept_at
        ago = None if swept_at is None else now - swept_at
        return Lag(len(self._posts), self._sweep.entries_behind, ago, now - self._sweep.watermark.at())

    @property
    def why_doorbell_is_down(self) -> str | None:
        """Why no ring comes or goes just now; None while they do."""
        if not self._doorbell.is_up:
            return self._doorbell.why_down
        return UNHEARD if self._is_doorbell_doubted else None

    def doubt_doorbell(self, is_doubted: bool) -> None:
        """Look as often as if it were down, whatever it says of itself, while nothing that it is told comes back."""
        if is_doubted and not self._is_doorbell_doubted:
            self._sweep.wake()
        self._is_doorbell_doubted = is_doubted

    async def _follow_platform(self) -> None:
        post = self._posts.get(PLATFORM) or self._start(PLATFORM)
        post.listeners += 1
        await self._doorbell.listen(PLATFORM)
        # Without PostgreSQL it is not open yet, which is not healthy; the sweep sees to it.
        with suppress(DatabaseUnavailable, DatabaseBusy):
            await post.follower.open()

    async def _end_tasks(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def _stop_all(self) -> None:
        for scope, post in list(self._posts.items()):
            if post.leaving is not None:
                post.leaving.cancel()
            self._stop(scope)
        await asyncio.gather(*self._stopping, return_exceptions=True)


def _join(post: _Post) -> None:
    post.listeners += 1
    if post.leaving is not None:
        post.leaving.cancel()
        post.leaving = None


def _say_how_it_ended(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (failure := task.exception()) is not None:
        log.error("A task that should never end has ended.", task=task.get_name(), exc_info=failure)
