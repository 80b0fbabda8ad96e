"""A porter does what is left to be done: once if nobody dies, until it is done, and never twice at once."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from pgqueuer.core.qm import QueueManager

from hub.jobs import JOBS, CannotBeDone, Job, NotDoneYet
from hub.porter import ERRANDS, Errand, Means, Porter
from hub.porter.rounds import Round, look_at_the_clock
from hub.store import jobs
from hub.store.database import Database, connection
from hub.store.jobs import Counts, Held
from hub.telemetry import Metrics
from tests.support.cable import a_cable
from tests.support.databases import address_by, open_database, socket_of

DONE_SECONDS_MAX = 10.0
MISSED_SECONDS = 0.4
SECRET = "swordfish"


class Wash(Job):
    """Wash something."""

    what: str


class Dry(Job):
    """Dry something."""


class Sink:
    """Where things are washed: what was washed how often, and whether it goes well."""

    def __init__(self) -> None:
        self.washed: Counter[str] = Counter()
        self.ids: list[str] = []
        self.goes_wrong: list[Exception] = []
        self.begun, self.may_finish, self.finished = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.may_finish.set()

    async def wash(self, job: Wash, errand: Errand) -> None:
        self.begun.set()
        self.ids.append(errand.id)
        if self.goes_wrong:
            raise self.goes_wrong.pop(0)
        await self.may_finish.wait()
        self.washed[job.what] += 1
        self.finished.set()


async def ask(database: Database, *what: str) -> None:
    async with database.transaction():
        for one in what:
            await jobs.enqueue(Wash(what=one))


@asynccontextmanager
async def a_porter(
    database: Database, sink: Sink, *, look_every_seconds: float = 60.0, heartbeat_seconds_max: float = 60.0
) -> AsyncIterator[Metrics]:
    """A porter who looks by itself once a minute: whatever is done sooner, somebody woke it for."""
    metrics = Metrics()
    porter = Porter(
        Means(database),
        metrics,
        {Wash: sink.wash},
        look_every_seconds=look_every_seconds,
        heartbeat_seconds_max=heartbeat_seconds_max,
        pause_seconds_first=0.05,
    )
    async with porter.working():
        yield metrics


async def until(database: Database, is_so: Callable[[Counts], bool]) -> Counts:
    async with asyncio.timeout(DONE_SECONDS_MAX):
        while True:
            counts = await database.glance(jobs.counts)
            if is_so(counts):
                return counts
            await asyncio.sleep(0.02)


async def nothing_is_left(database: Database) -> None:
    await until(database, lambda counts: counts.waiting == 0)


async def held(database: Database) -> list[Held]:
    await until(database, lambda counts: counts.held > 0)
    return await database.glance(jobs.held)


async def log_of(database: Database) -> str:
    """Everything that is written down of what became of jobs."""
    return await database.glance(
        lambda: connection().fetchval("select coalesce(string_agg(job_log::text, ' '), '') from job_log")
    )


def test_every_kind_of_job_is_listed_and_somebody_knows_how_it_is_done() -> None:
    assert {one for one in Job.__subclasses__() if one.__module__.startswith("hub.")} == set(JOBS) == set(ERRANDS)
    assert len({one.kind for one in JOBS}) == len(JOBS)


async def test_what_is_asked_for_here_is_done_at_once(database: Database) -> None:
    sink = Sink()
    async with a_porter(database, sink) as metrics:
        await nothing_is_left(database)
        await ask(database, "a pan", "a pot")
        await nothing_is_left(database)
    assert sink.washed == {"a pan": 1, "a pot": 1}
    assert metrics.registry.get_sample_value("brigade_jobs_total", {"job": "wash", "outcome": "done"}) == 2


async def test_what_was_left_before_is_done_when_a_porter_comes(database: Database) -> None:
    sink = Sink()
    await ask(database, "a pan")
    async with a_porter(database, sink):
        await nothing_is_left(database)
    assert sink.washed == {"a pan": 1}


async def test_what_nobody_here_was_woken_for_is_found_by_looking(database: Database, database_url: str) -> None:
    sink, other = Sink(), await open_database(database_url)
    async with a_porter(database, sink, look_every_seconds=0.1):
        await nothing_is_left(database)
        await ask(other, "a pan")
        await nothing_is_left(database)
    assert sink.washed == {"a pan": 1}
    await other.close()


async def test_two_porters_do_everything_once(database: Database, database_url: str) -> None:
    sink, other = Sink(), await open_database(database_url)
    what = [f"plate {number}" for number in range(40)]
    async with a_porter(database, sink), a_porter(other, sink):
        await asyncio.gather(ask(database, *what[:20]), ask(other, *what[20:]))
        await nothing_is_left(database)
    assert sink.washed == dict.fromkeys(what, 1)
    await other.close()


async def test_what_goes_wrong_is_tried_again_under_the_same_name(database: Database) -> None:
    sink = Sink()
    sink.goes_wrong = [NotDoneYet("No water."), OSError()]
    async with a_porter(database, sink) as metrics:
        await ask(database, "a pan")
        await nothing_is_left(database)
    assert sink.washed == {"a pan": 1}
    assert len(sink.ids) == 3
    assert len(set(sink.ids)) == 1
    assert metrics.registry.get_sample_value("brigade_jobs_total", {"job": "wash", "outcome": "again"}) == 2


async def test_what_will_never_do_is_held_until_somebody_has_it_tried_again(database: Database) -> None:
    sink = Sink()
    sink.goes_wrong = [CannotBeDone("It is not a pan.")]
    async with a_porter(database, sink):
        await ask(database, "a pan")
        (one,) = await held(database)
        assert (one.kind, one.tries, one.why) == ("wash", 1, "It is not a pan.")
        async with database.transaction():
            assert await jobs.try_again(one.id)
            assert not await jobs.try_again(one.id + 1)
        await nothing_is_left(database)
    assert sink.washed == {"a pan": 1}


async def test_what_is_held_can_be_forgotten(database: Database) -> None:
    sink = Sink()
    sink.goes_wrong = [CannotBeDone("It is not a pan.")]
    async with a_porter(database, sink):
        await ask(database, "a pan")
        (one,) = await held(database)
    async with database.transaction():
        assert await jobs.drop(one.id)
        assert not await jobs.drop(one.id)
    assert await database.glance(jobs.counts) == Counts(waiting=0, overdue=0, held=0)


async def test_what_is_tried_too_often_is_held(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.porter.porter.TRIES_MAX", 3)
    sink = Sink()
    sink.goes_wrong = [NotDoneYet("No water.")] * 3
    async with a_porter(database, sink):
        await ask(database, "a pan")
        (one,) = await held(database)
    assert (one.tries, one.why) == (3, "No water.")
    assert sink.washed == {}


async def test_nothing_of_what_a_job_was_about_is_told_when_it_fails(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("hub.porter.porter.TRIES_MAX", 2)
    caplog.set_level(logging.DEBUG)
    sink = Sink()
    sink.goes_wrong = [ValueError(SECRET), ValueError(SECRET)]
    async with a_porter(database, sink):
        await ask(database, SECRET)
        (one,) = await held(database)
    assert one.why.startswith("ValueError in wash, test_porter.py:")
    said = capsys.readouterr()
    for told in (await log_of(database), caplog.text, said.out, said.err):
        assert SECRET not in told


async def test_what_a_porter_does_not_know_waits_for_one_who_does(database: Database) -> None:
    sink = Sink()
    async with a_porter(database, sink):
        async with database.transaction():
            await jobs.enqueue(Dry())
        await ask(database, "a pan")
        await until(database, lambda counts: counts.waiting == 1)
    assert sink.washed == {"a pan": 1}


async def test_a_porter_who_leaves_finishes_what_is_in_hand(database: Database) -> None:
    sink = Sink()
    sink.may_finish.clear()
    async with a_porter(database, sink):
        await ask(database, "a pan")
        await sink.begun.wait()
        asyncio.get_running_loop().call_later(0.05, sink.may_finish.set)
    assert sink.washed == {"a pan": 1}
    assert await database.glance(jobs.counts) == Counts(waiting=0, overdue=0, held=0)


async def test_a_porter_who_leaves_puts_back_what_takes_long(database: Database) -> None:
    sink = Sink()
    sink.may_finish.clear()
    async with asyncio.timeout(DONE_SECONDS_MAX):
        async with a_porter(database, sink):
            await ask(database, "a pan")
            await sink.begun.wait()
        sink.may_finish.set()
        async with a_porter(database, sink):
            await nothing_is_left(database)
    assert sink.washed == {"a pan": 1}


async def test_what_a_dead_porter_had_in_hand_is_done_by_another(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub.porter.porter.LEAVING_SECONDS_MAX", 0.1)
    monkeypatch.setattr("hub.porter.porter.FINISHING_SECONDS_MAX", 0.1)
    dying, sink, other = Sink(), Sink(), await open_database(database_url)
    dying.may_finish.clear()
    leaving = a_porter(other, dying)
    await leaving.__aenter__()
    await ask(other, "a pan")
    await dying.begun.wait()
    # Nothing that it says from here on reaches anybody: that is what the others see of a process that was killed.
    await other.close()
    async with a_porter(database, sink, look_every_seconds=0.1, heartbeat_seconds_max=MISSED_SECONDS):
        await nothing_is_left(database)
    assert sink.washed == {"a pan": 1}
    assert dying.ids == sink.ids
    assert not dying.washed
    await leaving.__aexit__(None, None, None)


async def test_what_was_done_while_the_database_was_away_is_not_done_again(
    database: Database, database_url: str
) -> None:
    sink = Sink()
    sink.may_finish.clear()
    async with a_cable(socket_of(database_url)) as cable:
        far = await open_database(address_by(cable.port, database_url), pool_size_max=4)
        async with a_porter(far, sink, heartbeat_seconds_max=MISSED_SECONDS):
            await ask(far, "a pan")
            await sink.begun.wait()
            cable.cut()
            sink.may_finish.set()
            await sink.finished.wait()
            cable.mend()
            await nothing_is_left(database)
            await ask(far, "a pot")
            await nothing_is_left(database)
        await far.close()
    assert sink.washed == {"a pan": 1, "a pot": 1}


async def test_a_porter_that_stumbles_gets_up(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.porter.porter.AGAIN_SECONDS_MIN", 0.01)
    stumbled = asyncio.Event()

    async def stumble_once(queue: QueueManager) -> None:
        if not stumbled.is_set():
            stumbled.set()
            raise RuntimeError

    monkeypatch.setattr(QueueManager, "verify_structure", stumble_once)
    sink = Sink()
    await ask(database, "a pan")
    async with a_porter(database, sink):
        await stumbled.wait()
        await nothing_is_left(database)
        await ask(database, "a pot")
        await nothing_is_left(database)
    assert sink.washed == {"a pan": 1, "a pot": 1}


# ------------------------------------------------------------------ rounds

AT_NIGHT = Round(Dry(), every=timedelta(days=1), past=timedelta(hours=3, minutes=17))


async def times_asked(database: Database) -> int:
    return await database.glance(lambda: connection().fetchval("select count(*) from job_log where status = 'queued'"))


async def make_due(database: Database) -> None:
    async with database.transaction() as line:
        await line.execute("update recurring_job set due_at = now() - interval '3 days'")


async def test_a_round_is_made_at_its_time_and_not_before(database: Database) -> None:
    await look_at_the_clock(database, [AT_NIGHT])
    await look_at_the_clock(database, [AT_NIGHT])
    assert await times_asked(database) == 0
    due = await database.glance(lambda: connection().fetchrow("select due_at, now() from recurring_job"))
    assert due is not None
    assert (due["due_at"].hour, due["due_at"].minute, due["due_at"].second) == (3, 17, 0)
    assert timedelta() < due["due_at"] - due["now"] <= timedelta(days=1)


async def test_of_many_hubs_one_makes_a_round_however_often_it_was_missed(
    database: Database, database_url: str
) -> None:
    other = await open_database(database_url)
    await look_at_the_clock(database, [AT_NIGHT])
    await make_due(database)
    await asyncio.gather(*(look_at_the_clock(one, [AT_NIGHT]) for one in (database, other) * 4))
    assert await times_asked(database) == 1
    await other.close()


async def test_a_round_whose_job_could_not_be_asked_for_is_still_due(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await look_at_the_clock(database, [AT_NIGHT])
    await make_due(database)

    async def fail(job: Job, **how: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "enqueue", fail)
        with pytest.raises(RuntimeError):
            await look_at_the_clock(database, [AT_NIGHT])
    await look_at_the_clock(database, [AT_NIGHT])
    assert await times_asked(database) == 1


async def test_what_became_of_jobs_long_ago_is_forgotten(database: Database) -> None:
    await ask(database, "a pan", "a pot")
    async with database.transaction() as line:
        first, last = await line.fetchrow("select min(id), max(id) from job")
        await line.execute("update job_log set created = now() - interval '8 days' where job_id = $1", first)
        await line.execute("update job set status = 'failed', updated = now() - interval '31 days' where id = $1", last)
        await jobs.tidy()
    assert await times_asked(database) == 1
    assert (await database.glance(jobs.counts)) == Counts(waiting=1, overdue=0, held=0)
