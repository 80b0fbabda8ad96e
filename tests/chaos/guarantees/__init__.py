"""The guarantees, one function each: what happens, what must hold, and what was seen of it.

The load, unless a row says otherwise: two hubs, 200 sockets in four roles, 200 facts a second.
"""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from hub.embedded import Servers
from tests.chaos.guarantees import (
    control,
    deeds,
    forgers,
    hubs,
    postgres,
    redis,
    screens,
    soak,
    stalled,
    strangers,
    times,
)
from tests.chaos.report import Outcome

Guarantee = Callable[[Servers], Awaitable[Outcome]]

GUARANTEES: Mapping[str, Guarantee] = MappingProxyType(
    {
        one.__name__: one
        for one in (
            redis.redis_killed,
            redis.redis_deafened,
            redis.redis_frozen,
            redis.redis_wiped,
            redis.redis_absent,
            hubs.hubs_killed,
            hubs.hubs_asked_to_end,
            hubs.hubs_replaced,
            postgres.postgres_stopped,
            postgres.postgres_frozen,
            screens.screens_away,
            screens.screens_away_for_hours,
            screens.screens_in_order,
            screens.screens_at_once,
            screens.screens_return_together,
            stalled.screens_stalled,
            deeds.one_key,
            deeds.killed_before_answering,
            deeds.racers,
            strangers.garbage,
            strangers.attachments,
            strangers.too_large,
            strangers.never_connecting,
            strangers.slow_requests,
            forgers.forgers,
            forgers.origins,
            times.clocks_off,
            times.database_restored,
            times.database_put_back,
            soak.soak,
            control.control,
        )
    }
)
