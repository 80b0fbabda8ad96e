"""Which accounts elsewhere are linked to which people here, and which sign-ins were finished already.

Not its business: who may be linked to whom (`hub.domain.vouching`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hub.domain.vouching import Found, ProviderName
from hub.ids import UserId
from hub.store.connections import connection

FORGOTTEN_AT_ONCE_MAX = 20
"""How many old ones are forgotten when one is finished, so that there are never much more than are waited for."""


@dataclass(frozen=True, slots=True)
class Linked:
    """An account elsewhere that opens one here."""

    provider: ProviderName
    linked_at: datetime


async def finish(handle: bytes, lasts: timedelta) -> bool:
    """A sign-in with the handle of this hash is finished. False where it was before: nothing is finished twice."""
    return bool(
        await connection().fetchval(
            """
            with over as (
                delete from finished_sign_in where handle in (
                    select handle from finished_sign_in where expires_at < now() order by expires_at limit $3
                    for update skip locked
                )
            )
            insert into finished_sign_in (handle, expires_at) values ($1, now() + $2)
            on conflict do nothing returning true
            """,
            handle,
            lasts,
            FORGOTTEN_AT_ONCE_MAX,
        )
    )


async def person_of(provider: ProviderName, subject: str) -> UserId | None:
    """Who is signed in by this account elsewhere."""
    user: UserId | None = await connection().fetchval(
        "select person_id from linked_account where provider = $1 and subject = $2", provider.value, subject
    )
    return user


async def find(provider: ProviderName, email: str) -> tuple[UserId, Found] | None:
    """The account with this address, whatever its case, locked; and what there is to know before it is linked."""
    row = await connection().fetchrow(
        """
        select p.id, p.email_verified_at is not null,
               exists (select from linked_account l where l.person_id = p.id and l.provider = $2)
        from person p where p.email = $1 for no key update
        """,
        email.strip().lower(),
        provider.value,
    )
    return None if row is None else (row[0], Found(is_email_verified=row[1], is_linked=row[2]))


async def link(provider: ProviderName, subject: str, user: UserId) -> bool:
    """From now on this account elsewhere opens this one. False where one of them is linked to another already."""
    return bool(
        await connection().fetchval(
            """
            insert into linked_account (provider, subject, person_id) values ($1, $2, $3)
            on conflict do nothing returning true
            """,
            provider.value,
            subject,
            user,
        )
    )


async def unlink(user: UserId, provider: ProviderName) -> bool:
    """The person's account there opens nothing here any more. Whether there was one."""
    return bool(
        await connection().fetchval(
            "delete from linked_account where person_id = $1 and provider = $2 returning true", user, provider.value
        )
    )


async def of(user: UserId) -> list[Linked]:
    """The person's accounts elsewhere, by provider. One of a provider that a newer hub knows is left out."""
    known = [one.value for one in ProviderName]
    rows = await connection().fetch(
        """
        select provider, linked_at from linked_account
        where person_id = $1 and provider = any($2::text[]) order by provider
        """,
        user,
        known,
    )
    return [Linked(ProviderName(row["provider"]), row["linked_at"]) for row in rows]


async def email_is_verified(user: UserId) -> None:
    """The address of this person, who is new, was vouched for."""
    await connection().execute("update person set email_verified_at = now() where id = $1", user)
