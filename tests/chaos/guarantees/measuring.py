"""What all rows measure with: the load, and how long things took.

Not its business: what happens meanwhile.
"""

import asyncio
import math
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import asyncpg

from hub.embedded import Servers
from tests.chaos.crew import BROKEN_OFF, Try
from tests.chaos.evening import Evening, Size, an_evening
from tests.chaos.guarantees.houses import of_verdict
from tests.chaos.report import Figure, Outcome
from tests.chaos.stage import Stage, a_stage

FULL = Size(houses=10, cooks=4, waiters=4, pause_seconds=0.55)
"""200 sockets: 40 cooks, 40 waiters, and at 60 tables the table's guest and the order's. About 200 facts a second."""
WARM_UP_SECONDS = 3.0
COOL_DOWN_SECONDS = 3.0
SEED = 20_261_122


@asynccontextmanager
async def loaded(
    servers: Servers, *, hubs: int = 2, size: Size = FULL, is_cabled: bool = True
) -> AsyncIterator[tuple[Stage, Evening]]:
    """An evening in full swing; what happens within is followed by a little more of it, and then all is compared."""
    async with (
        a_stage(servers, hubs=hubs, is_cabled=is_cabled) as stage,
        an_evening(stage, seed=SEED, size=size) as evening,
    ):
        await asyncio.sleep(WARM_UP_SECONDS)
        yield stage, evening
        await asyncio.sleep(COOL_DOWN_SECONDS)


def outcome(title: str, evening: Evening, *figures: Figure) -> Outcome:
    """The figures of a row, after those that hold for every row."""
    return of_verdict(title, evening.verdict, *figures)


def percentile(values: Iterable[float], share: float) -> float:
    """The value that so many of them do not exceed; 0 where there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def lates_between(evening: Evening, begin: float, end: float) -> list[float]:
    """Seconds from a transaction's beginning to each screen, for what was recorded between two moments."""
    return [one.late_seconds for one in evening.came if begin <= one.begun_at <= end]


async def commits(stage: Stage, since: float) -> dict[tuple[int, float], float]:
    """When each entry since then was committed, by its number and its transaction's beginning."""
    line = await asyncpg.connect(stage.database_url)
    try:
        rows = await line.fetch(
            "select seq, at, pg_xact_commit_timestamp(xmin) as committed_at from ledger where at > to_timestamp($1)",
            since,
        )
    finally:
        await line.close()
    return {(row["seq"], row["at"].timestamp()): row["committed_at"].timestamp() for row in rows}


def tries_between(evening: Evening, begin: float, end: float) -> list[Try]:
    return [one for one in evening.book.tries if begin <= one.at <= end]


def slowest_answer(tries: Iterable[Try]) -> Figure:
    return Figure("slowest answer", max((one.seconds for one in tries), default=0.0), 3.0, "s")


def unanswered(tries: Iterable[Try]) -> Figure:
    """Requests by REST that somebody took, and no answer came to."""
    return Figure("unanswered", sum(one.status == BROKEN_OFF and one.hub.startswith("http") for one in tries), 0)
