"""Sign-ins that failed, in PostgreSQL: when the last few did, of which nobody can tell for whom or from where.

Not its business: what follows from them (`hub.domain.locks`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.domain.locks import FAILURES_KEPT, FAILURES_WITHIN, LOCKED_FOR
from hub.store.connections import connection

FORGOTTEN_AT_ONCE_MAX = 20


@dataclass(frozen=True, slots=True)
class Failures:
    """When sign-ins failed, the latest first, and what time it is now."""

    at: Sequence[datetime]
    now: datetime


async def failures(who: bytes) -> Failures | None:
    """Those that are kept of whoever has this digest."""
    row = await connection().fetchrow("select at, now() as now from failed_sign_in where who = $1", who)
    return None if row is None else Failures(row["at"], row["now"])


async def fail(who: bytes) -> Sequence[datetime]:
    """Keep one more, and tell them all. Who else fails by the same digest waits until the transaction ends."""
    at: Sequence[datetime] = await connection().fetchval(
        """
        with over as (
            delete from failed_sign_in where who in (
                select who from failed_sign_in where forget_at < now() and who <> $1 order by forget_at limit $4
                for update skip locked
            )
        )
        insert into failed_sign_in as kept (who, at, forget_at) values ($1, array[clock_timestamp()], now() + $3)
        on conflict (who) do update set
            at = (array[clock_timestamp()] || kept.at)[1:$2::integer], forget_at = excluded.forget_at
        returning at
        """,
        who,
        FAILURES_KEPT,
        FAILURES_WITHIN + LOCKED_FOR,
        FORGOTTEN_AT_ONCE_MAX,
    )
    return at


async def forgive(who: bytes) -> Failures | None:
    """Forget those of this digest, since it was them; what there was to forget."""
    row = await connection().fetchrow("delete from failed_sign_in where who = $1 returning at, now() as now", who)
    return None if row is None else Failures(row["at"], row["now"])
