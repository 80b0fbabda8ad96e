"""Sessions in PostgreSQL, and the refresh tokens that each has had, of which nothing is kept but their SHA-256.

Whoever changes a session, or what hangs below it, locks its row first. A session is forgotten some time after the last
of its tokens ran out. Not its business: what a token is (`hub.tokens`), and what is given for one (`hub.domain`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.events.sessions import SessionEnd
from hub.ids import DeviceId, RestaurantId, SessionId, UserId
from hub.store.changes import Change
from hub.store.connections import connection

FORGOTTEN_AT_ONCE_MAX = 20
"""How many old sessions are forgotten when a new one begins, so that there are never much more than are used."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session under way. `device` is what the device is called, by itself."""

    id: SessionId
    device: str | None
    began_at: datetime
    used_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Whose session it is that has not ended; and, where it began with a PIN, at which tablet of which restaurant."""

    user: UserId
    device: DeviceId | None = None
    restaurant: RestaurantId | None = None


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A refresh token that was found, and its session, which is locked. `at` is the transaction's time.

    Where the session began with a PIN, `restaurant_id` is that of its tablet.
    """

    session_id: SessionId
    user_id: UserId
    session_expires_at: datetime
    session_ended_at: datetime | None
    expires_at: datetime
    used_at: datetime | None
    used_by: bytes | None
    at: datetime
    restaurant_id: RestaurantId | None


async def begin(
    session: SessionId,
    user: UserId,
    device: str | None,
    token: bytes,
    lasts: timedelta,
    at_device: DeviceId | None = None,
) -> datetime:
    """A new session, with the hash of its first refresh token; when that runs out."""
    await _forget_old()
    expires_at: datetime = await connection().fetchval(
        """
        with session as (
            insert into session (id, person_id, device, expires_at, device_id) values ($1, $2, $3, now() + $5, $6)
            returning id, expires_at
        )
        insert into refresh_token (hash, session_id, expires_at) select $4, id, expires_at from session
        returning expires_at
        """,
        session,
        user,
        device,
        token,
        lasts,
        at_device,
    )
    return expires_at


async def take_token(token: bytes) -> KeptToken | None:
    """The refresh token of this hash. Until the transaction ends, nobody else changes its session."""
    row = await connection().fetchrow(
        """
        select s.id, s.person_id, s.expires_at as session_expires_at, s.ended_at, t.expires_at, t.used_at, t.used_by,
               now() as at, (select restaurant_id from device where id = s.device_id)
        from refresh_token t join session s on s.id = t.session_id where t.hash = $1
        for no key update
        """,
        token,
    )
    return None if row is None else KeptToken(*row)


async def is_used(token: bytes) -> bool:
    """Whether the token of this hash was exchanged already."""
    return bool(await connection().fetchval("select used_at is not null from refresh_token where hash = $1", token))


async def exchange(session: SessionId, token: bytes, following: bytes, by: bytes | None, lasts: timedelta) -> datetime:
    """This token is used, by the request of this digest, and the following one takes its place; when that runs out."""
    expires_at: datetime = await connection().fetchval(
        """
        with session as (
            update session set used_at = now(), expires_at = now() + $5 where id = $1 returning id, expires_at
        ), used as (
            update refresh_token set used_at = now(), used_by = $4 where hash = $2
        ), over as (
            delete from refresh_token where session_id = $1 and expires_at < now()
        )
        insert into refresh_token (hash, session_id, expires_at) select $3, id, expires_at from session
        returning expires_at
        """,
        session,
        token,
        following,
        by,
        lasts,
    )
    return expires_at


async def under_way(session: SessionId, user: UserId) -> UnderWay | None:
    """The session, if it is this person's and has not ended."""
    row = await connection().fetchrow(
        """
        select s.person_id, s.device_id, d.restaurant_id from session s left join device d on d.id = s.device_id
        where s.id = $1 and s.person_id = $2 and s.ended_at is null
        """,
        session,
        user,
    )
    return None if row is None else UnderWay(*row)


async def of_person(user: UserId) -> list[Session]:
    """The person's sessions that are under way, the one used last first."""
    rows = await connection().fetch(
        """
        select id, device, began_at, used_at, expires_at from session
        where person_id = $1 and ended_at is null and expires_at > now() order by used_at desc, id
        """,
        user,
    )
    return [Session(*row) for row in rows]


async def lock(user: UserId, only: SessionId | None = None) -> list[SessionId]:
    """The person's sessions that have not ended, or the one named of them. Nobody else changes those meanwhile."""
    rows = await connection().fetch(
        """
        select id from session where person_id = $1 and ended_at is null and ($2::uuid is null or id = $2)
        order by id for no key update
        """,
        user,
        only,
    )
    return [row["id"] for row in rows]


async def lock_at_device(device: DeviceId) -> dict[SessionId, UserId]:
    """The sessions that began at a tablet and have not ended, each with whose it is. Nobody else changes those."""
    rows = await connection().fetch(
        "select id, person_id from session where device_id = $1 and ended_at is null order by id for no key update",
        device,
    )
    return {row["id"]: row["person_id"] for row in rows}


async def lock_with_pin(user: UserId) -> list[SessionId]:
    """The person's sessions that began with a PIN and have not ended. Nobody else changes those meanwhile."""
    rows = await connection().fetch(
        """
        select id from session where person_id = $1 and device_id is not null and ended_at is null
        order by id for no key update
        """,
        user,
    )
    return [row["id"] for row in rows]


def ended(sessions: Sequence[SessionId], why: SessionEnd) -> Change:
    """These sessions, which are locked, end."""
    return Change(
        "ended",
        "update session set ended_at = now(), ended_because = $2 where id = any($1::uuid[])",
        (list(sessions), why.value),
        rows=len(sessions),
    )


async def _forget_old() -> None:
    await connection().execute(
        """
        delete from session where id in (
            select id from session where expires_at < now() order by expires_at limit $1 for update skip locked
        )
        """,
        FORGOTTEN_AT_ONCE_MAX,
    )
