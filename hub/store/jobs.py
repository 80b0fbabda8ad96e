"""Jobs in PostgreSQL: PgQueuer's tables under our names, made by our migrations, without a trigger that notifies.

A job is inserted by the transaction that asks for it. Nobody is notified through PostgreSQL, where every commit that
does so waits for every other; the hub that committed wakes its own worker, and the others look now and then.

Not its business: what jobs there are (`hub.jobs`), and doing them (`hub.porter`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel

from hub.jobs import Job
from hub.store.accounts import Left
from hub.store.connections import connection, leave_jobs

PRIORITY = 0
AT_ONCE = timedelta()
OVERDUE = timedelta(minutes=1)
LOG_KEPT = timedelta(days=7)
HELD_KEPT = timedelta(days=30)
HELD_SHOWN_MAX = 100
ASKED_FOR_MEANWHILE = timedelta(minutes=1)
"""For so long after somebody has left, what was under way may still ask for a letter to them."""

# Every name is given, so that none is read from the environment, where PgQueuer would look for it.
SETTINGS = DBSettings(
    prefix="",
    db_schema=None,
    channel=Channel("job"),
    queue_table="job",
    queue_table_log="job_log",
    queue_status_type="job_status",
    statistics_table="job_statistics",
    schedules_table="job_schedule",
    function="job_changed",
    trigger="job_changed",
    durability=Durability.durable,
    widen_id=False,
)

_QUERIES = QueryQueueBuilder(SETTINGS)
_ENQUEUE = _QUERIES.build_enqueue_query("skip")


async def enqueue(job: Job, *, key: str | None = None, after: timedelta = AT_ONCE) -> None:
    """Have this done once the transaction under way is committed; not at all where it is not.

    With a `key`, nothing is added while another job with that key waits or is being done. It costs one round trip.
    """
    payload = job.model_dump_json().encode()
    await connection().fetch(_ENQUEUE, [PRIORITY], [job.kind], [payload], [after], [key], [None])
    leave_jobs()


async def is_due(name: str, *, every: timedelta, past: timedelta) -> bool:
    """Whether a round is due; then it is this transaction's, and due again at its next time. A new one is not yet due.

    Times are so long `past` midnight UTC, and `every` so often from then.
    """
    next_time = "date_bin($2::interval, now() - $3::interval, timestamptz '2000-01-01 00:00+00') + $2 + $3"
    row = await connection().fetchrow(
        f"""
        with moved as (update recurring_job set due_at = {next_time} where name = $1 and due_at <= now() returning 1),
             begun as (insert into recurring_job (name, due_at) values ($1, {next_time}) on conflict do nothing)
        select exists (select from moved) as is_due
        """,
        name,
        every,
        past,
    )
    assert row is not None
    is_due: bool = row["is_due"]
    return is_due


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs there are to be done, of those should have been long ago, and are held until somebody looks."""

    waiting: int
    overdue: int
    held: int


async def counts() -> Counts:
    """The counts over all hubs. Overdue is what nobody has begun, or whoever did has been silent, for too long."""
    row = await connection().fetchrow(
        """
        select count(*) filter (where status in ('queued', 'picked')) as waiting,
               count(*) filter (where (status = 'queued' and execute_after < now() - $1::interval)
                                   or (status = 'picked' and heartbeat < now() - $1::interval)) as overdue,
               count(*) filter (where status = 'failed') as held
        from job
        """,
        OVERDUE,
    )
    assert row is not None
    return Counts(row["waiting"], row["overdue"], row["held"])


@dataclass(frozen=True, slots=True)
class Held:
    """A job that is held: how often it was tried, and why it failed the last time. What it was about is not said."""

    id: int
    kind: str
    since: datetime
    tries: int
    why: str


async def held(*, limit: int = HELD_SHOWN_MAX) -> list[Held]:
    """The jobs that are held, the latest first."""
    rows = await connection().fetch(
        """
        select job.id, job.entrypoint, job.updated, job.attempts + 1 as tries, coalesce(last.why, '') as why
        from job left join lateral (
            select l.traceback ->> 'exception_message' as why from job_log l
            where l.job_id = job.id and l.status = 'failed' order by l.created desc, l.id desc limit 1
        ) last on true
        where job.status = 'failed' order by job.updated desc, job.id desc limit $1
        """,
        limit,
    )
    return [Held(row["id"], row["entrypoint"], row["updated"], row["tries"], row["why"]) for row in rows]


async def try_again(job: int) -> bool:
    """Have a held job tried again, as if it were new; False where none is held by that number."""
    is_held = await connection().fetchval("select exists (select from job where id = $1 and status = 'failed')", job)
    if is_held:
        await connection().execute(_QUERIES.build_requeue_jobs_query(), [job])
        leave_jobs()
    return bool(is_held)


async def drop(job: int) -> bool:
    """Forget a held job; False where none is held by that number."""
    outcome = await connection().execute("delete from job where id = $1 and status = 'failed'", job)
    return outcome == "DELETE 1"


async def forget_letters(to: Sequence[Left]) -> None:
    """Forget what is still to be done for whoever has left, or is held: it carries their address.

    Whoever has that address since then gets what they asked for. Of what was done there is nothing to forget.
    """
    await connection().execute(
        """
        with asked as (
            select id, created, convert_from(payload, 'UTF8')::json as said from job
        )
        delete from job using asked, unnest($1::text[], $2::timestamptz[]) as gone (email, at)
        where job.id = asked.id and asked.created <= gone.at + $3::interval
            and gone.email in (lower(btrim(asked.said ->> 'to')), lower(btrim(asked.said ->> 'email')))
        """,
        [one.email for one in to],
        [one.at for one in to],
        ASKED_FOR_MEANWHILE,
    )


async def tidy() -> None:
    """Forget what became of jobs after `LOG_KEPT`, and held jobs after `HELD_KEPT`: they carry people's addresses."""
    await connection().execute("delete from job_log where created < now() - $1::interval", LOG_KEPT)
    await connection().execute("delete from job where status = 'failed' and updated < now() - $1::interval", HELD_KEPT)
