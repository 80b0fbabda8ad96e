"""What must hold when PostgreSQL is stopped at once, or stands still: a no is said soon, and a yes is for ever."""

import asyncio
import time

from hub.embedded import Servers
from tests.chaos import faults
from tests.chaos.evening import Evening
from tests.chaos.faults import Fault, Scene
from tests.chaos.guarantees.measuring import loaded, outcome, slowest_answer, tries_between, unanswered
from tests.chaos.report import Figure, Outcome

STOPPED_SECONDS = 5.0
FROZEN_SECONDS = 20.0


async def postgres_stopped(servers: Servers) -> Outcome:
    """An immediate stop, and five seconds until it may be reached again."""
    return await _away(servers, "PostgreSQL stopped at once for 5 s", faults.postgres_stopped, STOPPED_SECONDS)


async def postgres_frozen(servers: Servers) -> Outcome:
    """Twenty seconds in which it neither answers nor hangs up."""
    return await _away(servers, "PostgreSQL frozen for 20 s", faults.postgres_frozen, FROZEN_SECONDS)


async def _away(servers: Servers, title: str, fault: Fault, seconds: float) -> Outcome:
    async with loaded(servers) as (stage, evening):
        began = time.time()
        async with fault(Scene(stage, evening.devices, evening.dice)):
            await asyncio.sleep(seconds)
        back = time.time()
    tries = tries_between(evening, began, back + 3)
    failed = [one for one in tries if one.status >= 500]
    return outcome(
        title,
        evening,
        slowest_answer(tries),
        unanswered(tries),
        Figure("not 503, or without Retry-After", sum(one.status != 503 or not one.retry_after for one in failed), 0),
        Figure("answers that it cannot be done now", len(failed), 1, is_least=True),
        Figure("first done after", _first_done(evening, back) - back, 1.0, "s"),
    )


def _first_done(evening: Evening, moment: float) -> float:
    """When the first deed was acknowledged after that moment."""
    done = [one.at + one.seconds for one in evening.book.tries if one.status in (200, 201)]
    return min((at for at in done if at >= moment), default=float("inf"))
