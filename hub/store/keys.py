"""Keys of restaurants, as PostgreSQL has them: each by its hash alone, which nobody comes in with."""

from collections.abc import Iterable
from datetime import datetime
from ipaddress import ip_network

import asyncpg

from hub.domain.keys import Key
from hub.ids import KeyId, RestaurantId
from hub.people import Actor
from hub.rights import Permission
from hub.store.connections import connection

_KEY = """
    select id, restaurant_id, name, begins_with, scopes, networks,
           made_at, made_by, expires_at, last_used_at, revoked_at
    from api_key
"""


async def of_restaurant(restaurant: RestaurantId) -> list[Key]:
    """Every key there ever was, in the order in which they were made."""
    return [_key(row) for row in await connection().fetch(f"{_KEY} where restaurant_id = $1 order by id", restaurant)]


async def by_id(wanted: KeyId, *, by: Actor) -> Key | None:
    """The key, if it is of a restaurant in which `by` is known."""
    return await _one("id = $1 and restaurant_id = any($2::uuid[])", wanted, list(by.grants))


async def lock(wanted: KeyId, *, by: Actor) -> Key | None:
    """The same, and nobody else changes it until the end."""
    return await _one("id = $1 and restaurant_id = any($2::uuid[]) for no key update", wanted, list(by.grants))


async def by_hash(key_hash: bytes) -> Key | None:
    """The key that somebody came in with."""
    return await _one("hash = $1", key_hash)


async def add(key: Key, key_hash: bytes) -> None:
    await connection().execute(
        """
        insert into api_key (id, restaurant_id, name, hash, begins_with, scopes, networks, made_at, made_by, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        key.id,
        key.restaurant_id,
        key.name,
        key_hash,
        key.begins_with,
        _texts(key.scopes),
        [str(one) for one in key.networks],
        key.made_at,
        key.made_by,
        key.expires_at,
    )


async def save(changed: Key) -> None:
    """Keep a locked key as it is now."""
    await connection().execute(
        "update api_key set name = $2, scopes = $3, networks = $4, revoked_at = $5 where id = $1",
        changed.id,
        changed.name,
        _texts(changed.scopes),
        [str(one) for one in changed.networks],
        changed.revoked_at,
    )


async def put_in_place(rotated: Key, key_hash: bytes) -> None:
    """From now on another secret is this key."""
    await connection().execute(
        "update api_key set hash = $2, begins_with = $3 where id = $1", rotated.id, key_hash, rotated.begins_with
    )


async def used(key: KeyId, *, at: datetime) -> None:
    """Somebody came in with it. Of several hubs that say so the latest is believed."""
    await connection().execute(
        "update api_key set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)", key, at
    )


async def _one(which: str, *arguments: object) -> Key | None:
    row = await connection().fetchrow(f"{_KEY} where {which}", *arguments)
    return None if row is None else _key(row)


def _key(row: asyncpg.Record) -> Key:
    # A newer hub may know permissions that this one does not; here they open nothing.
    known = frozenset(Permission)
    return Key(
        id=row["id"],
        restaurant_id=row["restaurant_id"],
        name=row["name"],
        begins_with=row["begins_with"],
        scopes=frozenset(Permission(one) for one in row["scopes"] if one in known),
        networks=tuple(ip_network(one) for one in row["networks"]),
        made_at=row["made_at"],
        made_by=row["made_by"],
        expires_at=row["expires_at"],
        last_used_at=row["last_used_at"],
        revoked_at=row["revoked_at"],
    )


def _texts(scopes: Iterable[Permission]) -> list[str]:
    return sorted(scope.value for scope in scopes)
