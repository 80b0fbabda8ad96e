"""Hearing: a hub shouts to itself every two seconds, and listens whether it hears.

A hub can go deaf while all its sockets are open and every line answers: a subscription is gone, a follower or its
listeners deliver no more. No such part knows that of itself. So the hub records a word in a ledger of its own, which
takes every ticket's road: commit, own follower, members, a frame; and commit, doorbell, Redis, back. What does not come
back is noticed in less than six seconds. First the doorbell's lines are renewed, then `rooms` send their sockets
elsewhere, and then `hub.serving` ends the process.

Not its business: what is late and when it matters (`hub.follow.shouts`), or how sockets are sent away.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import orjson
import structlog

from hub.audience import hub_scope
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable
from hub.follow.doorbell import Doorbell, Nudge, Ring
from hub.follow.followers import Followers
from hub.follow.seldom import Seldom
from hub.follow.shouts import Shout, Shouts, Stage, Way
from hub.store import ledger
from hub.store.database import Database
from hub.telemetry import Metrics

SHOUT_SECONDS = 2.0
LOOK_SECONDS = 0.25
"""How often it looks whether a shout is late."""
STALLED_SECONDS = 0.5
"""Who wakes up so much too late has slept, and may have slept through what they wait for: they look again first."""
RENEW_SECONDS = 30.0
"""How often the lines of a doorbell that is not heard are renewed."""
TRIM_EVERY = 30
"""Shouts are dropped from the ledger when so many more were made."""
KEEP = 30
"""So many of the last are kept, for a follower that was held up for a moment."""

log = structlog.get_logger(__name__)


class Hearing:
    """Whether this hub hears itself."""

    def __init__(
        self, instance: str, database: Database, followers: Followers, doorbell: Doorbell, metrics: Metrics
    ) -> None:
        self.scope = hub_scope(instance)
        self.stage = Stage.HEARS
        self.gave_up = asyncio.Event()
        """Set when nothing has helped: whoever runs the process should end it."""
        self._database = database
        self._followers = followers
        self._doorbell = doorbell
        self._metrics = metrics
        self._shouts = Shouts()
        self._never_heard = set(Way)
        self._number = 0
        self._is_followed = False
        self._renewed_at = float("-inf")
        self._listeners: list[Callable[[Stage], None]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._seldom = Seldom()
        doorbell.hear_own(self.scope, self._hear_own_ring)

    @property
    def room(self) -> str:
        """The room that hears the shouts, by the name it has in the ledger. Nobody can subscribe to it."""
        return str(self.scope)

    @property
    def is_well(self) -> bool:
        """Whether it hears itself, as far as anybody knows, and goes on finding out."""
        return self.stage is Stage.HEARS and not any(task.done() for task in self._tasks)

    def add_listener(self, listener: Callable[[Stage], None]) -> None:
        """Tell the listener of every new stage. It returns soon, and never waits."""
        self._listeners.append(listener)

    def heard(self, way: Way, number: int) -> None:
        """The shout of this number has come back this way."""
        was_deaf, shout = self._shouts.is_deaf(way), self._shouts.came_back(way, number)
        if shout is None:
            return
        now = asyncio.get_running_loop().time()
        self._metrics.shout_seconds.labels(way).observe(now - shout.began_at)
        self._say_once_that_it_hears(way)
        if was_deaf:
            # At once, since somebody waits for it. That something else is late is for whoever looks at the clock.
            self._judge(now)

    def _say_once_that_it_hears(self, way: Way) -> None:
        if way in self._never_heard:
            self._never_heard.remove(way)
            if not self._never_heard:
                log.info("The hub hears itself.", ways=list(Way))

    def _hear_own_ring(self, ring: Ring) -> None:
        if isinstance(ring, Nudge):
            return
        for entry in ring.entries:
            self.heard(Way.DOORBELL, orjson.loads(entry.payload)["number"])

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Shout and listen inside this context. PostgreSQL and Redis may both be away meanwhile."""
        loop = asyncio.get_running_loop()
        self._tasks = [
            loop.create_task(self._shout_for_ever(), name="hearing shouts"),
            loop.create_task(self._judge_for_ever(), name="hearing judges"),
        ]
        try:
            yield
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._tasks = []
            if self._is_followed:
                self._followers.leave(self.scope)
                self._is_followed = False

    # Shouting

    async def _shout_for_ever(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due_at = loop.time() + SHOUT_SECONDS
            try:
                await self._shout()
            except DatabaseUnavailable:
                # Readiness says so already, and no hub would hear any better.
                self._shouts.cannot_shout()
            except DatabaseBusy:
                pass  # It is there. What was shouted before is awaited as before.
            except Exception:
                # The edge of a task: it must not be a bad shout after which nobody ever listens again.
                if self._seldom.is_due():
                    log.exception("The hub could not shout to itself; it will try again.")
            await asyncio.sleep(max(0.0, due_at - loop.time()))

    async def _shout(self) -> None:
        if not self._is_followed:
            await self._followers.follow(self.scope)
            self._is_followed = True
        loop = asyncio.get_running_loop()
        began_at = loop.time()
        self._number += 1
        async with self._database.transaction():
            recorded = await ledger.shout(self.scope, b'{"number":%d}' % self._number)
        shout = Shout(self._number, began_at, loop.time())
        self._shouts.shouted(shout, is_doorbell_up=self._doorbell.is_up)
        self._database.tell([recorded])
        if self._number % TRIM_EVERY == 0:
            async with self._database.transaction():
                await ledger.trim_shouts(self.scope, upto=recorded.entries[-1].seq - KEEP)

    # Judging

    async def _judge_for_ever(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due_at = loop.time() + LOOK_SECONDS
            await asyncio.sleep(LOOK_SECONDS)
            now = loop.time()
            if now - due_at < STALLED_SECONDS:
                self._judge(now)

    def _judge(self, now: float) -> None:
        stage = self._shouts.judge(now, doorbell_up_since=self._doorbell.up_since)
        for way in Way:
            self._metrics.deaf.labels(way).set(self._shouts.is_deaf(way))
        is_doorbell_deaf = self._shouts.is_deaf(Way.DOORBELL)
        self._followers.doubt_doorbell(is_doorbell_deaf)
        if stage is not self.stage:
            self._become(stage)
        if not is_doorbell_deaf:
            self._renewed_at = float("-inf")
        elif now - self._renewed_at >= RENEW_SECONDS:
            self._renewed_at = now
            log.warning("What this hub rings does not come back; the doorbell's lines are renewed.")
            self._doorbell.renew()

    def _become(self, stage: Stage) -> None:
        self.stage = stage
        deaf = [way.value for way in Way if self._shouts.is_deaf(way)]
        if stage is Stage.HEARS:
            log.info("The hub is not deaf any more.")
        else:
            log.error(_SAID_OF[stage], ways=deaf)
        for tell in self._listeners:
            tell(stage)
        if stage is Stage.GIVES_UP:
            self.gave_up.set()


_SAID_OF = {
    Stage.DEAF: "The hub is deaf: what it records does not come back to it.",
    Stage.SENDS_AWAY: "The hub stays deaf, and sends its sockets elsewhere.",
    Stage.GIVES_UP: "The hub is deaf for good, and gives up.",
}
