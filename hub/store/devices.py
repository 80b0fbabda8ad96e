"""Kitchen tablets in PostgreSQL, each by the hash of its token, and the codes by which they come in.

Whoever begins a session at a tablet, or ends those there, locks its row first. Not its business: what a code looks like
(`hub.domain.devices`), and PINs (`hub.store.pins`).
"""

from dataclasses import dataclass
from datetime import timedelta

from hub.domain.devices import Device
from hub.ids import DeviceId, RestaurantId, UserId
from hub.people import Actor
from hub.store.connections import connection

FORGOTTEN_AT_ONCE_MAX = 20
"""How many codes that ran out are forgotten when another is made, so that there are never much more than are used."""

_DEVICE = """
    select id, restaurant_id, name, enrolled_at, enrolled_by, last_used_at, revoked_at from device
"""


@dataclass(frozen=True, slots=True)
class Invitation:
    """For what a code was good: who made it, for which restaurant, and which tablet comes in anew by it, if any."""

    restaurant_id: RestaurantId
    device_id: DeviceId | None
    made_by: UserId


async def of_restaurant(restaurant: RestaurantId) -> list[Device]:
    """Every tablet there ever was, in the order in which they came in."""
    rows = await connection().fetch(f"{_DEVICE} where restaurant_id = $1 order by id", restaurant)
    return [Device(*row) for row in rows]


async def lock(wanted: DeviceId, *, by: Actor) -> Device | None:
    """The tablet, if it is of a restaurant in which `by` is known. Nobody else changes it until the end."""
    return await _one("id = $1 and restaurant_id = any($2::uuid[]) for no key update", wanted, list(by.grants))


async def lock_any(wanted: DeviceId) -> Device | None:
    """The same, whoever asks."""
    return await _one("id = $1 for no key update", wanted)


async def lock_by_hash(token: bytes) -> Device | None:
    """The tablet whose token this is, unless it was revoked or has another. Nobody else changes it until the end."""
    return await _one("hash = $1 and revoked_at is null for no key update", token)


async def by_id(wanted: DeviceId) -> Device | None:
    return await _one("id = $1", wanted)


async def by_hash(token: bytes) -> Device | None:
    """The tablet whose token this is; a revoked one keeps its last."""
    return await _one("hash = $1", token)


async def add(device: Device, token: bytes) -> None:
    await connection().execute(
        "insert into device (id, restaurant_id, name, hash, enrolled_at, enrolled_by) values ($1, $2, $3, $4, $5, $6)",
        device.id,
        device.restaurant_id,
        device.name,
        token,
        device.enrolled_at,
        device.enrolled_by,
    )


async def save(changed: Device) -> None:
    """Keep a locked tablet as it is now."""
    await connection().execute(
        "update device set name = $2, last_used_at = $3, revoked_at = $4 where id = $1",
        changed.id,
        changed.name,
        changed.last_used_at,
        changed.revoked_at,
    )


async def give_token(device: DeviceId, token: bytes | None) -> None:
    """From now on the token of this hash is a locked tablet's; with None, no token is."""
    await connection().execute("update device set hash = $2 where id = $1", device, token)


async def used(device: DeviceId) -> None:
    """Somebody tapped a PIN at a locked tablet."""
    await connection().execute("update device set last_used_at = now() where id = $1", device)


async def invite(code: bytes, invitation: Invitation, lasts: timedelta) -> None:
    """Keep a code by its hash. For a tablet that comes in anew it takes the place of any other."""
    await connection().execute(
        """
        delete from device_code where device_id = $1 or hash in (
            select hash from device_code where expires_at < now() order by expires_at limit $2 for update skip locked
        )
        """,
        invitation.device_id,
        FORGOTTEN_AT_ONCE_MAX,
    )
    await connection().execute(
        """
        insert into device_code (hash, restaurant_id, device_id, made_by, expires_at)
        values ($1, $2, $3, $4, now() + $5)
        """,
        code,
        invitation.restaurant_id,
        invitation.device_id,
        invitation.made_by,
        lasts,
    )


async def invitation(code: bytes) -> Invitation | None:
    """For what the code of this hash is good. None where there is none, or it has run out."""
    row = await connection().fetchrow(
        "select restaurant_id, device_id, made_by from device_code where hash = $1 and expires_at > now()", code
    )
    return None if row is None else Invitation(*row)


async def use_up(code: bytes) -> bool:
    """From now on the code is good for nothing. False where it was used meanwhile: of two that race one has it.

    Whoever lets in a tablet that was there has locked that before, as whoever makes codes for it.
    """
    sql = "delete from device_code where hash = $1 returning 1"
    return await connection().fetchval(sql, code) is not None


async def _one(which: str, *arguments: object) -> Device | None:
    row = await connection().fetchrow(f"{_DEVICE} where {which}", *arguments)
    return None if row is None else Device(*row)
