"""What must hold when hubs are killed, asked to end, or replaced one by one."""

import asyncio
import signal
import time

from hub.embedded import Servers
from tests.chaos.crew import BROKEN_OFF
from tests.chaos.evening import Evening
from tests.chaos.guarantees.measuring import loaded, outcome, percentile, tries_between, unanswered
from tests.chaos.report import Figure, Outcome

KILLS = 10
BETWEEN_SECONDS = 1.5
REPLACEMENTS = 5


async def hubs_killed(servers: Servers) -> Outcome:
    """kill -9 of one of two, ten times: whoever was there comes back to the other with what they missed."""
    async with loaded(servers) as (stage, evening):
        for number in range(KILLS):
            hub = stage.hubs[number % 2]
            await hub.kill()
            await asyncio.sleep(BETWEEN_SECONDS)
            await hub.start()
            await asyncio.sleep(BETWEEN_SECONDS)
        aways = _aways(evening)
    return outcome(
        "one hub kill -9, ten times under load",
        evening,
        Figure("back with all of it, p99", percentile(aways, 0.99), 5.0, "s"),
        Figure("fresh boards in place of entries", _boards_instead(evening), 0),
    )


async def hubs_asked_to_end(servers: Servers) -> Outcome:
    """SIGTERM with a hundred sockets and requests under way: told at once, finished, gone."""
    async with loaded(servers, is_cabled=False) as (stage, evening):
        hub = stage.hubs[0]
        began = time.time()
        hub.signal(signal.SIGTERM)
        await hub.ends()
        seconds = time.time() - began
        await asyncio.sleep(BETWEEN_SECONDS)
        await hub.start()
        told = [at - began for device in evening.devices for at, _ in device.goodbyes]
        returns = [after for device in evening.devices for _, after in device.goodbyes]
        tries = tries_between(evening, began - 1, time.time())
    return outcome(
        "SIGTERM with 100 sockets and requests in flight",
        evening,
        Figure("sockets that were not told", len(evening.devices) / 2 - len(told) > len(evening.devices) / 4, 0),
        Figure("last one told after", max(told, default=9.0), 0.1, "s"),
        Figure("same time to return", max(map(returns.count, returns), default=9) / max(1, len(returns)), 0.2),
        unanswered(tries),
        Figure("exit after", seconds, 5.0, "s"),
    )


async def hubs_replaced(servers: Servers) -> Outcome:
    """Five times a hub is asked to end, and another is opened in its place while the second one serves."""
    async with loaded(servers, is_cabled=False) as (stage, evening), stage.balanced():
        began = time.time()
        for number in range(REPLACEMENTS):
            hub = stage.hubs[number % 2]
            hub.signal(signal.SIGTERM)
            await hub.ends()
            await hub.start()
            await asyncio.sleep(BETWEEN_SECONDS)
        tries = tries_between(evening, began, time.time())
    broken = [one for one in tries if one.status == BROKEN_OFF and one.hub.startswith("http")]
    evening.verdict.wrongs += map(str, broken[:5])
    return outcome(
        "five rolling replacements under load",
        evening,
        unanswered(tries),
        Figure("fresh boards in place of entries", _boards_instead(evening), 0),
    )


def _aways(evening: Evening) -> list[float]:
    return [seconds for device in (*evening.devices, *evening.guests) for seconds in device.aways]


def _boards_instead(evening: Evening) -> int:
    return sum(recovered is False for glass in evening.glasses for recovered, _, _ in glass.returns)
