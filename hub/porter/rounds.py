"""What is done again and again, such as every night: once over all hubs, however many of them look at the clock.

A round is due at a time that PostgreSQL keeps. Whoever finds it due moves that time on and asks for the job in one
transaction, so of many hubs one does, and a hub that dies then has either done both or nothing. A round that was
missed, with no hub open, is made once when the next one opens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from hub.jobs import EraseAccounts, ForgetInvitations, Job, TidyJobs
from hub.store import jobs
from hub.store.database import Database


@dataclass(frozen=True, slots=True)
class Round:
    """A job that is asked for again and again: `every` so often, and so long `past` midnight UTC."""

    job: Job
    every: timedelta
    past: timedelta = timedelta()

    @property
    def name(self) -> str:
        return self.job.kind


ROUNDS: tuple[Round, ...] = (
    Round(TidyJobs(), every=timedelta(days=1), past=timedelta(hours=3, minutes=17)),
    Round(EraseAccounts(), every=timedelta(days=1), past=timedelta(hours=3, minutes=37)),
    Round(ForgetInvitations(), every=timedelta(days=1), past=timedelta(hours=3, minutes=57)),
)


async def look_at_the_clock(database: Database, rounds: Sequence[Round] = ROUNDS) -> None:
    """Ask for whatever is due. Raises what the database raises."""
    for one in rounds:
        async with database.transaction():
            if await jobs.is_due(one.name, every=one.every, past=one.past):
                await jobs.enqueue(one.job, key=f"round:{one.name}")
