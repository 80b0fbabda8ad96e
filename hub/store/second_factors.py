"""People's second factors in PostgreSQL: each secret as it was locked, and recovery codes by their SHA-256.

That a code is good once is decided here, in single statements: of two that race, the second finds it used. Not its
business: which code is right (`hub.domain.second_factors`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.ids import UserId
from hub.store.connections import connection


@dataclass(frozen=True, slots=True)
class KeptFactor:
    """Somebody's second factor. One that is not on since any time was begun, and asks nobody for anything."""

    secret: bytes = field(repr=False)
    is_on_since: datetime | None
    recovery_codes_left: int

    @property
    def is_on(self) -> bool:
        return self.is_on_since is not None


async def of_person(user: UserId) -> KeptFactor | None:
    row = await connection().fetchrow(
        """
        select f.secret, f.is_on_since,
               (select count(*) from recovery_code c where c.person_id = f.person_id and c.used_at is null)
        from second_factor f where f.person_id = $1
        """,
        user,
    )
    return None if row is None else KeptFactor(*row)


async def begin(user: UserId, secret: bytes) -> bool:
    """Keep a new secret, in place of any that was only begun. False where one is on."""
    return await _touches(
        """
        insert into second_factor as f (person_id, secret) values ($1, $2)
        on conflict (person_id) do update set secret = excluded.secret, begun_at = now(), last_step = null
        where f.is_on_since is null
        returning 1
        """,
        user,
        secret,
    )


async def switch_on(user: UserId, secret: bytes, step: int, within: timedelta) -> bool:
    """From now on it is asked for; the code of this step is used thereby.

    False where it is on, or begun too long ago, or where another secret was begun meanwhile.
    """
    return await _touches(
        """
        update second_factor set is_on_since = now(), last_step = $3
        where person_id = $1 and secret = $2 and is_on_since is null and begun_at > now() - $4::interval
        returning 1
        """,
        user,
        secret,
        step,
        within,
    )


async def use_step(user: UserId, step: int) -> bool:
    """Use the code of this step. False where that, or a later one, was used before."""
    return await _touches(
        """
        update second_factor set last_step = $2
        where person_id = $1 and is_on_since is not null and (last_step is null or last_step < $2)
        returning 1
        """,
        user,
        step,
    )


async def use_recovery_code(user: UserId, code: bytes) -> bool:
    """Use the recovery code of this hash. False where there is none, or it was used before."""
    return await _touches(
        "update recovery_code set used_at = now() where person_id = $1 and hash = $2 and used_at is null returning 1",
        user,
        code,
    )


async def replace_recovery_codes(user: UserId, codes: Sequence[bytes]) -> None:
    """From now on these are the recovery codes, by their hashes, and no others."""
    # Two that do so at once would leave twice as many.
    await connection().execute("select from second_factor where person_id = $1 for no key update", user)
    await connection().execute("delete from recovery_code where person_id = $1", user)
    await connection().execute(
        "insert into recovery_code (person_id, hash) select $1, unnest($2::bytea[])", user, list(codes)
    )


async def switch_off(user: UserId) -> bool:
    """Forget it, with its recovery codes. False where none was on."""
    return await _touches(
        "delete from second_factor where person_id = $1 and is_on_since is not null returning 1", user
    )


async def _touches(sql: str, *arguments: object) -> bool:
    return await connection().fetchval(sql, *arguments) is not None
