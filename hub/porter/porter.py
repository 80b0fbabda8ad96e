"""The porter: takes jobs that are due, does each, and says what became of it. PgQueuer keeps the queue.

A job that fails is tried again, later each time and never by all at once; after `TRIES_MAX` tries, or where trying
again would not help, it is held until somebody looks (`brigade jobs`). What is written down of a failure is its kind
and where it happened, never what it was about: jobs carry addresses and links.
"""

import asyncio
import logging
import random
import time
import traceback
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import structlog
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.core.executors import EntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as Queued

from hub.domain.refusals import Refused
from hub.jobs import CannotBeDone, Job, NotDoneYet
from hub.porter.errands import errands_with
from hub.porter.line import Line
from hub.porter.means import Do, Errand, Means
from hub.porter.rounds import look_at_the_clock
from hub.store import jobs
from hub.store.jobs import SETTINGS
from hub.telemetry import Metrics

log = structlog.get_logger("brigade.porter")

DONE_REMEMBERED_MAX = 1_000
"""What was done here, and is offered here once more: the database was away, and that it was done is not written yet."""
LOOK_EVERY_SECONDS = 5.0
"""How often a porter looks for jobs that nobody woke it for: those of hubs that died, or of which it knew nothing."""
CLOCK_EVERY_SECONDS = 15.0
HEARTBEAT_SECONDS_MAX = 30.0
"""After so long without a word from whoever took it, a job is another's. Longer than a hub may stand still."""
JOBS_AT_ONCE_MAX = 8
BATCH_SIZE = 4
JOB_SECONDS_MAX = 25.0
TRIES_MAX = 9
PAUSE_SECONDS_FIRST = 5.0
PAUSE_GROWTH = 3.0
PAUSE_SECONDS_MAX = 3 * 3600.0
"""With these the last try is made after some five hours: mail servers are mended within them."""
FINISHING_SECONDS_MAX = 1.0
"""How long a porter that stops goes on with what it has in hand; then it puts it back for the others."""
LEAVING_SECONDS_MAX = 2.0
AGAIN_SECONDS_MIN = 1.0
AGAIN_SECONDS_MAX = 60.0


class GivenUp(Exception):
    """A job is held. The message says why, and nothing of what it was about."""


class Porter:
    """One hub's porter. Nothing is done before `working` is entered, nor after it is left."""

    def __init__(
        self,
        means: Means,
        metrics: Metrics,
        errands: Mapping[type[Job], Do] | None = None,
        *,
        look_every_seconds: float = LOOK_EVERY_SECONDS,
        heartbeat_seconds_max: float = HEARTBEAT_SECONDS_MAX,
        pause_seconds_first: float = PAUSE_SECONDS_FIRST,
    ) -> None:
        self._means = means
        self._metrics = metrics
        self._errands = errands_with(means) if errands is None else errands
        self._look_every = timedelta(seconds=look_every_seconds)
        self._heartbeat_max = timedelta(seconds=heartbeat_seconds_max)
        self._pause_seconds_first = pause_seconds_first
        self._line = Line(means.database)
        self._queue = self._new_queue()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._done: deque[int] = deque(maxlen=DONE_REMEMBERED_MAX)
        self._is_leaving = False
        means.database.when_jobs_are_left(self._line.wake)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Do jobs for as long as the context lasts. At its end what is in hand is finished, or put back."""
        working = asyncio.create_task(self._work(), name="porter")
        looking = asyncio.create_task(self._look_at_clocks(), name="porter's clock")
        try:
            yield
        finally:
            looking.cancel()
            await self._leave(working)
            with suppress(asyncio.CancelledError):
                await looking

    async def _leave(self, working: asyncio.Task[None]) -> None:
        self._is_leaving = True
        self._queue.shutdown.set()
        await asyncio.wait({working}, timeout=FINISHING_SECONDS_MAX)
        for one in self._in_hand:
            one.cancel()
        await asyncio.wait({working}, timeout=LEAVING_SECONDS_MAX)
        # Where the database is away nothing can be put back. Others take it when they miss us.
        self._line.cut()
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working

    async def _work(self) -> None:
        pause = AGAIN_SECONDS_MIN
        while not self._is_leaving:
            try:
                await self._queue.run(
                    dequeue_timeout=self._look_every,
                    batch_size=BATCH_SIZE,
                    max_concurrent_tasks=JOBS_AT_ONCE_MAX,
                    heartbeat_timeout=self._heartbeat_max,
                    log_aggregation_interval=timedelta(),
                )
            except Exception:
                if self._is_leaving:
                    return
                # The jobs that it took are finished by now. A queue is run once.
                log.exception("The porter stumbled, and begins again.", in_seconds=pause)
                self._queue = self._new_queue()
                await asyncio.sleep(pause)
                pause = min(2 * pause, AGAIN_SECONDS_MAX)

    def _new_queue(self) -> QueueManager:
        queries = Queries(
            self._line,
            QueryBuilderEnvironment(SETTINGS),
            QueryQueueBuilder(SETTINGS),
            QuerySchedulerBuilder(SETTINGS),
        )
        queue = QueueManager(queries, SETTINGS.channel)
        for kind, do in self._errands.items():
            queue.register_executor(kind.kind, _Trying(self, kind, do))
        return queue

    async def _look_at_clocks(self) -> None:
        while True:
            try:
                await look_at_the_clock(self._means.database)
                self._count(await self._means.database.glance(jobs.counts))
            except Refused:
                # The database is away, and says so itself, once.
                pass
            except Exception:
                log.exception("A look at the clock failed.")
            await asyncio.sleep(CLOCK_EVERY_SECONDS)

    def _count(self, counts: jobs.Counts) -> None:
        self._metrics.jobs_waiting.set(counts.waiting)
        self._metrics.jobs_overdue.set(counts.overdue)
        self._metrics.jobs_held.set(counts.held)

    async def do(self, kind: type[Job], do: Do, queued: Queued) -> None:
        """Try once. Raises RetryRequested or GivenUp, each with what may be known of why."""
        if queued.id in self._done:
            return
        began, outcome = time.perf_counter(), "again"
        try:
            await self._try(kind, do, queued)
            self._done.append(queued.id)
            outcome = "done"
        except GivenUp as error:
            outcome = "held"
            log.error("A job is held until somebody looks.", job=kind.kind, id=queued.id, why=str(error))
            raise
        finally:
            self._metrics.jobs.labels(kind.kind, outcome).inc()
            self._metrics.job_seconds.labels(kind.kind).observe(time.perf_counter() - began)

    async def _try(self, kind: type[Job], do: Do, queued: Queued) -> None:
        doing = asyncio.create_task(self._once(kind, do, queued), name=f"job {queued.id}")
        self._in_hand.add(doing)
        try:
            await asyncio.wait({doing}, timeout=JOB_SECONDS_MAX)
        finally:
            self._in_hand.discard(doing)
            doing.cancel()
        await asyncio.wait({doing})
        if doing.cancelled():
            if self._is_leaving:
                raise RetryRequested(timedelta(), "The hub closes.")
            raise self._again(queued, f"It took longer than {JOB_SECONDS_MAX:.0f} seconds.")
        error = doing.exception()
        if isinstance(error, CannotBeDone):
            raise GivenUp(str(error)) from None
        if error is not None:
            raise self._again(queued, _why(error)) from None

    async def _once(self, kind: type[Job], do: Do, queued: Queued) -> None:
        job = kind.model_validate_json(queued.payload or b"{}")
        await do(job, Errand(f"{queued.id}.{queued.created:%Y%m%d%H%M%S%f}", self._means))

    def _again(self, queued: Queued, why: str) -> RetryRequested | GivenUp:
        if queued.attempts + 1 >= TRIES_MAX:
            return GivenUp(why)
        pause = min(self._pause_seconds_first * PAUSE_GROWTH**queued.attempts, PAUSE_SECONDS_MAX)
        log.warning("A job is tried again later.", job=queued.entrypoint, id=queued.id, why=why)
        return RetryRequested(timedelta(seconds=pause * random.uniform(0.75, 1.25)), why)


class _Trying(EntrypointExecutor):
    """What PgQueuer calls with a job of one kind."""

    def __init__(self, porter: Porter, kind: type[Job], do: Do) -> None:
        async def try_once(queued: Queued) -> None:
            await porter.do(kind, do, queued)

        super().__init__(EntrypointExecutorParameters(concurrency_limit=0, func=try_once, on_failure="hold"))


def _is_news(record: logging.LogRecord) -> bool:
    """PgQueuer tells once more, with a page of where it happened, what the porter has told."""
    return not (record.exc_info and isinstance(record.exc_info[1], GivenUp))


logging.getLogger("pgqueuer").addFilter(_is_news)


def _why(error: BaseException) -> str:
    """What may be known: our own words where it is ours; else its kind and the last place of ours, not what it says."""
    if isinstance(error, NotDoneYet):
        return str(error)
    if isinstance(error, Refused):
        return error.code
    ours = [one for one in traceback.extract_tb(error.__traceback__) if "site-packages" not in one.filename]
    where = "".join(f" in {one.name}, {one.filename.rpartition('/')[2]}:{one.lineno}" for one in ours[-1:])
    return f"{type(error).__name__}{where}"
