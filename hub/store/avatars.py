"""Pictures of people in PostgreSQL: with the person, in their backups, and gone with them. Each is some kilobytes."""

from dataclasses import dataclass, field

from hub.ids import UserId
from hub.store.connections import connection


@dataclass(frozen=True, slots=True)
class Avatar:
    """A picture as it was drawn, and what tells it from any other."""

    picture: bytes = field(repr=False)
    digest: str


async def of(user: UserId) -> Avatar | None:
    row = await connection().fetchrow("select picture, digest from avatar where person_id = $1", user)
    return None if row is None else Avatar(*row)


async def is_there(user: UserId) -> bool:
    return bool(await connection().fetchval("select exists (select from avatar where person_id = $1)", user))


async def save(user: UserId, avatar: Avatar) -> None:
    """From now on this is the person's picture."""
    await connection().execute(
        """
        insert into avatar (person_id, picture, digest) values ($1, $2, $3)
        on conflict (person_id) do update
        set picture = excluded.picture, digest = excluded.digest, drawn_at = excluded.drawn_at
        """,
        user,
        avatar.picture,
        avatar.digest,
    )


async def remove(user: UserId) -> bool:
    """The person has no picture any more. Whether there was one."""
    return bool(await connection().fetchval("delete from avatar where person_id = $1 returning true", user))
