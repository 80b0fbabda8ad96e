"""People's passkeys in PostgreSQL: public keys, how far each has counted, and which challenges were used.

That a challenge is good once, and a count goes on only, is decided here, in single statements. Not its business: what a
device says (`hub.domain.authenticators`).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.domain.authenticators import NewKey
from hub.ids import PasskeyId, UserId
from hub.store.connections import connection

FORGOTTEN_AT_ONCE_MAX = 20
"""How many old challenges are forgotten when one is used, so that there are never much more than are waited for."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """One of somebody's, as they know it."""

    id: PasskeyId
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptKey:
    """What a passkey is checked against: whose it is, by which handle their devices know them, and its key."""

    id: PasskeyId
    user: UserId
    handle: bytes
    public_key: bytes = field(repr=False)
    sign_count: int


async def of_person(user: UserId) -> list[Passkey]:
    """The person's passkeys, the newest last."""
    rows = await connection().fetch(
        "select id, name, added_at, used_at from passkey where person_id = $1 order by added_at, id", user
    )
    return [Passkey(*row) for row in rows]


async def handle_of(user: UserId, new: bytes) -> bytes:
    """By which handle the person's devices know them: from now on by the `new` one, where they had none."""
    handle: bytes = await connection().fetchval(
        """
        insert into passkey_owner (person_id, handle) values ($1, $2)
        on conflict (person_id) do update set handle = passkey_owner.handle returning handle
        """,
        user,
        new,
    )
    return handle


async def credential_ids(user: UserId) -> list[bytes]:
    """The ids by which devices know the person's passkeys."""
    rows = await connection().fetch("select credential_id from passkey where person_id = $1 order by added_at", user)
    return [row["credential_id"] for row in rows]


async def count_locked(user: UserId) -> int:
    """How many the person has; nobody adds another until the transaction ends."""
    await connection().execute("select from passkey_owner where person_id = $1 for update", user)
    count: int = await connection().fetchval("select count(*) from passkey where person_id = $1", user)
    return count


async def keep_key(passkey: PasskeyId, user: UserId, name: str, key: NewKey) -> bool:
    """Keep it. False where a passkey with this id is kept already, whosever it is."""
    return await _touches(
        """
        insert into passkey (id, person_id, name, credential_id, public_key, sign_count)
        values ($1, $2, $3, $4, $5, $6) on conflict (credential_id) do nothing returning 1
        """,
        passkey,
        user,
        name,
        key.credential_id,
        key.public_key,
        key.sign_count,
    )


async def by_credential_id(credential_id: bytes) -> KeptKey | None:
    row = await connection().fetchrow(
        """
        select k.id, k.person_id, o.handle, k.public_key, k.sign_count
        from passkey k join passkey_owner o on o.person_id = k.person_id where k.credential_id = $1
        """,
        credential_id,
    )
    return None if row is None else KeptKey(*row)


async def count_on(passkey: PasskeyId, sign_count: int) -> bool:
    """It was used, and has counted so far. False where it is gone, or had counted as far before."""
    return await _touches(
        """
        update passkey set sign_count = $2, used_at = now()
        where id = $1 and (sign_count < $2 or (sign_count = 0 and $2 = 0)) returning 1
        """,
        passkey,
        sign_count,
    )


async def remove(user: UserId, passkey: PasskeyId) -> bool:
    """It opens nothing any more. False where the person has no such passkey."""
    return await _touches("delete from passkey where id = $2 and person_id = $1 returning 1", user, passkey)


async def use_challenge(digest: bytes, lasts: timedelta) -> bool:
    """The challenge of this digest is used. False where it was before, on whichever hub."""
    return await _touches(
        """
        with over as (
            delete from used_challenge where digest in (
                select digest from used_challenge where expires_at < now() order by expires_at limit $3
                for update skip locked
            )
        )
        insert into used_challenge (digest, expires_at) values ($1, now() + $2) on conflict do nothing returning 1
        """,
        digest,
        lasts,
        FORGOTTEN_AT_ONCE_MAX,
    )


async def _touches(sql: str, *arguments: object) -> bool:
    return await connection().fetchval(sql, *arguments) is not None
