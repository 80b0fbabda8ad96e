"""The local mailbox in PostgreSQL: the last letters, for a house that sends none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hub.store.accounts import Left
from hub.store.database import connection

LETTERS_KEPT_MAX = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """One letter. `at` is when it was kept, None before."""

    id: str
    to: str = field(repr=False)
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    language: str
    at: datetime | None = None


async def keep(letter: Kept) -> None:
    """Keep a letter, unless one with its id is there; the oldest go when there are too many."""
    await connection().execute(
        """
        insert into mailbox (id, recipient, subject, body, html, language) values ($1, $2, $3, $4, $5, $6)
        on conflict do nothing
        """,
        letter.id,
        letter.to,
        letter.subject,
        letter.text,
        letter.html,
        letter.language,
    )
    await connection().execute(
        "delete from mailbox where id in (select id from mailbox order by at desc, id desc offset $1)",
        LETTERS_KEPT_MAX,
    )


async def forget(to: Sequence[Left]) -> None:
    """Forget the letters to whoever has left; not those to whoever has their address since then."""
    await connection().execute(
        """
        delete from mailbox using unnest($1::text[], $2::timestamptz[]) as gone (email, left_at)
        where lower(recipient) = gone.email and mailbox.at <= gone.left_at
        """,
        [one.email for one in to],
        [one.at for one in to],
    )


async def latest(*, limit: int = LETTERS_KEPT_MAX) -> list[Kept]:
    """The letters, the latest first."""
    rows = await connection().fetch(f"{_SELECT} order by at desc, id desc limit $1", limit)
    return [Kept(**row) for row in rows]


async def by_id(id: str) -> Kept | None:
    row = await connection().fetchrow(f"{_SELECT} where id = $1", id)
    return None if row is None else Kept(**row)


_SELECT = 'select id, recipient as "to", subject, body as "text", html, language, at from mailbox'
