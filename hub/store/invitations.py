"""Invitations in PostgreSQL until they are answered, and how many letters a restaurant has written.

Whoever invites holds the restaurant's row first (`hold`), so that two who invite the same address do so one after the
other, and letters are counted to the last one. What is over is forgotten when something new comes, some at a time, and
every night. Not its business: what letters carry (`hub.store.accounts`), and whether somebody may invite.
"""

from datetime import timedelta
from typing import Any

from hub.domain.accounts import Purpose
from hub.domain.invitations import Invitation
from hub.ids import InvitationId, RestaurantId
from hub.people import Actor
from hub.rights import Role
from hub.store.connections import connection
from hub.tokens import hash_of

FORGOTTEN_AT_ONCE_MAX = 20
"""How many that are over are forgotten when a new one is kept."""

_COLUMNS = "i.id, i.restaurant_id, i.email, i.roles, i.language, i.invited_by, i.invited_at, i.expires_at"
_INVITATION = f"select {_COLUMNS} from invitation i"


async def hold(restaurant: RestaurantId) -> None:
    """Nobody else invites anybody there until the transaction ends."""
    await connection().execute("select from restaurant where id = $1 for no key update", restaurant)


async def of_restaurant(restaurant: RestaurantId) -> list[tuple[Invitation, frozenset[Role]]]:
    """Those that wait for an answer, the latest first; each with what whoever invited is to the restaurant now."""
    rows = await connection().fetch(
        f"""
        select {_COLUMNS}, coalesce(g.roles, '{{}}') as held
        from invitation i left join role_grant g on g.person_id = i.invited_by and g.restaurant_id = i.restaurant_id
        where i.restaurant_id = $1 and i.expires_at > now() order by i.invited_at desc, i.id desc
        """,
        restaurant,
    )
    return [(_read(row), _known(row["held"])) for row in rows]


async def works_here(email: str, restaurant: RestaurantId) -> bool:
    """Whether somebody with this address has a role in the restaurant, as everybody may see who invites."""
    return bool(
        await connection().fetchval(
            """
            select exists (
                select from role_grant g join person p on p.id = g.person_id
                where p.email = $1 and g.restaurant_id = $2 and cardinality(g.roles) > 0
            )
            """,
            email,
            restaurant,
        )
    )


async def lock(wanted: InvitationId, *, by: Actor) -> Invitation | None:
    """The invitation, if it waits, and is of a restaurant in which `by` is known; which is held, as by who invites."""
    of = "select restaurant_id from invitation where id = $1 and restaurant_id = any($2::uuid[])"
    held = await connection().fetchval(
        f"select id from restaurant where id = ({of}) for no key update", wanted, list(by.grants)
    )
    return None if held is None else await _one("i.id = $1 and i.expires_at > now() for update", wanted)


async def lock_of(email: str, restaurant: RestaurantId) -> Invitation | None:
    """The one of this address that waits for an answer, if there is one. Nobody else changes it."""
    which = "i.email = $1 and i.restaurant_id = $2 and i.expires_at > now() for update"
    return await _one(which, email, restaurant)


async def by_id(wanted: InvitationId) -> Invitation | None:
    """The invitation, while it waits, which nobody takes back until the transaction ends."""
    return await _one("i.id = $1 and i.expires_at > now() for share", wanted)


async def by_token(token: bytes) -> Invitation | None:
    """What the letter with the token of this hash invites to. Nothing is used by that."""
    row = await connection().fetchrow(
        f"""
        {_INVITATION} join one_time_token t on t.invitation_id = i.id
        where t.hash = $1 and t.purpose = $2 and t.expires_at > now() and i.expires_at > now()
        """,
        token,
        Purpose.INVITATION.value,
    )
    return None if row is None else _read(row)


async def use_up(token: bytes) -> Invitation | None:
    """What the letter invited to, which from now on nobody can accept again. None where that is so already."""
    row = await connection().fetchrow(
        f"""
        delete from invitation i using one_time_token t
        where t.hash = $1 and t.purpose = $2 and t.expires_at > now() and i.id = t.invitation_id
            and i.expires_at > now()
        returning {_COLUMNS}
        """,
        token,
        Purpose.INVITATION.value,
    )
    return None if row is None else _read(row)


async def seconds_to_wait(
    restaurant: RestaurantId, email: str, *, of_all: tuple[int, timedelta], to_one: tuple[int, timedelta]
) -> float:
    """For how long the restaurant may not write to this address; 0 where it may, and has done so from now on.

    Each limit is how many letters in how much time. The restaurant is held.
    """
    wait = await connection().fetchval(
        """
        select greatest(
            (select at + $4::interval from invitation_letter
             where restaurant_id = $1 and at > now() - $4::interval order by at desc offset $3 limit 1),
            (select at + $6::interval from invitation_letter
             where restaurant_id = $1 and address = $2 and at > now() - $6::interval
             order by at desc offset $5 limit 1)
        ) - now()
        """,
        restaurant,
        hash_of(email),
        of_all[0] - 1,
        of_all[1],
        to_one[0] - 1,
        to_one[1],
    )
    if wait is not None:
        seconds: float = wait.total_seconds()
        return seconds
    await connection().execute(
        """
        with over as (
            delete from invitation_letter where ctid in (
                select ctid from invitation_letter where at < now() - $3::interval order by at limit $4
                for update skip locked
            )
        )
        insert into invitation_letter (restaurant_id, address, at) values ($1, $2, now())
        """,
        restaurant,
        hash_of(email),
        max(of_all[1], to_one[1]),
        FORGOTTEN_AT_ONCE_MAX,
    )
    return 0.0


async def add(new: Invitation) -> None:
    """Keep an invitation in the place of any other of its address there. The restaurant is held."""
    await connection().execute(
        """
        delete from invitation where (restaurant_id = $1 and email = $2) or id in (
            select id from invitation where expires_at < now() order by expires_at limit $3 for update skip locked
        )
        """,
        new.restaurant_id,
        new.email,
        FORGOTTEN_AT_ONCE_MAX,
    )
    await connection().execute(
        """
        insert into invitation (id, restaurant_id, email, roles, language, invited_by, invited_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        new.id,
        new.restaurant_id,
        new.email,
        sorted(new.roles),
        new.language,
        new.invited_by,
        new.invited_at,
        new.expires_at,
    )


async def save(changed: Invitation) -> None:
    """Keep a locked invitation as it is now: by whom, and until when."""
    await connection().execute(
        "update invitation set invited_by = $2, invited_at = $3, expires_at = $4 where id = $1",
        changed.id,
        changed.invited_by,
        changed.invited_at,
        changed.expires_at,
    )


async def forget(locked: InvitationId) -> None:
    """What the letters of a locked invitation carry is good for nothing any more."""
    await connection().execute("delete from invitation where id = $1", locked)


async def forget_over(letters_counted: timedelta) -> None:
    """Forget every invitation that is over, and which letters went out longer ago than they count."""
    await connection().execute("delete from invitation where expires_at < now()")
    await connection().execute("delete from invitation_letter where at < now() - $1::interval", letters_counted)


async def _one(which: str, *arguments: object) -> Invitation | None:
    row = await connection().fetchrow(f"{_INVITATION} where {which}", *arguments)
    return None if row is None else _read(row)


def _read(row: Any) -> Invitation:
    return Invitation(
        row["id"],
        row["restaurant_id"],
        row["email"],
        _known(row["roles"]),
        row["language"],
        row["invited_by"],
        row["invited_at"],
        row["expires_at"],
    )


def _known(roles: list[str]) -> frozenset[Role]:
    """A newer hub may know roles that this one does not; here they are none."""
    known = frozenset(Role)
    return frozenset(Role(one) for one in roles if one in known)
