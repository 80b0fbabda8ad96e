"""People's PINs in PostgreSQL, and how often wrong ones were tapped for whom at which tablet.

A try is counted before it is tried, in one statement: of many at once no more are tried than may be. Not its business:
how a PIN is hashed (`hub.actions.pins`), and what one may be (`hub.domain.pins`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.ids import DeviceId, RestaurantId, UserId
from hub.people import Role
from hub.store.connections import connection


@dataclass(frozen=True, slots=True)
class KeptPin:
    """Somebody who may tap a PIN in a restaurant."""

    user: UserId
    name: str
    hash: str = field(repr=False)


_WHO_MAY_TAP = """
    select p.id, p.name, pin.hash
    from pin join person p on p.id = pin.person_id
             join role_grant g on g.person_id = p.id and g.restaurant_id = $1 and g.roles && $2::varchar[]
"""


async def put(user: UserId, pin_hash: str) -> None:
    """From now on this is their PIN."""
    await connection().execute(
        """
        insert into pin (person_id, hash) values ($1, $2)
        on conflict (person_id) do update set hash = excluded.hash, set_at = now()
        """,
        user,
        pin_hash,
    )


async def remove(user: UserId) -> bool:
    """The person has no PIN any more. Whether they had one."""
    return bool(await connection().fetchval("delete from pin where person_id = $1 returning true", user))


async def hold(user: UserId) -> str | None:
    """The hash of the person's PIN, which nobody changes until the transaction ends; None where they have none."""
    kept: str | None = await connection().fetchval("select hash from pin where person_id = $1 for share", user)
    return kept


async def set_at(user: UserId) -> datetime | None:
    """Since when the person has the PIN that they have."""
    at: datetime | None = await connection().fetchval("select set_at from pin where person_id = $1", user)
    return at


async def of(user: UserId, restaurant: RestaurantId, roles: Iterable[Role]) -> KeptPin | None:
    """Their PIN, if they have one and one of these roles there."""
    row = await connection().fetchrow(f"{_WHO_MAY_TAP} where p.id = $3", restaurant, sorted(roles), user)
    return None if row is None else KeptPin(*row)


async def of_restaurant(restaurant: RestaurantId, roles: Iterable[Role]) -> list[KeptPin]:
    """Everybody with a PIN who has one of these roles there, by their names."""
    rows = await connection().fetch(f"{_WHO_MAY_TAP} order by p.name, p.id", restaurant, sorted(roles))
    return [KeptPin(*row) for row in rows]


async def count_try(device: DeviceId, user: UserId, tries_max: int, locked_for: timedelta) -> int | None:
    """Count one more try; how many there were with it since the last that was right. None where it is locked.

    Tries are forgotten once there was none for as long as it would be locked.
    """
    tries: int | None = await connection().fetchval(
        """
        insert into pin_try as t (device_id, person_id, tries) values ($1, $2, 1)
        on conflict (device_id, person_id) do update set
            tries = case when t.last_at < now() - $4::interval then 1 else t.tries + 1 end, last_at = now()
        where t.tries < $3 or t.last_at < now() - $4::interval
        returning tries
        """,
        device,
        user,
        tries_max,
        locked_for,
    )
    return tries


async def locked_seconds(device: DeviceId, user: UserId, locked_for: timedelta) -> float:
    """For how many seconds more it is locked."""
    seconds: float | None = await connection().fetchval(
        """
        select extract(epoch from last_at + $3::interval - now())::float from pin_try
        where device_id = $1 and person_id = $2
        """,
        device,
        user,
        locked_for,
    )
    return seconds or 0.0


async def take_back_try(device: DeviceId, user: UserId) -> None:
    """One that was counted was not tried."""
    await connection().execute(
        "update pin_try set tries = tries - 1 where device_id = $1 and person_id = $2 and tries > 0", device, user
    )


async def forget_tries(device: DeviceId, user: UserId) -> None:
    """The right one was tapped."""
    await connection().execute("delete from pin_try where device_id = $1 and person_id = $2", device, user)
