"""Accounts in PostgreSQL: registrations until their letter is read, and what letters carry, by its SHA-256.

What is too old is forgotten when something new comes, some at a time. Not its business: people, once they are there
(`hub.store.people`), and what letters say (`hub.porter.accounts`).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hub.domain.accounts import Purpose
from hub.ids import InvitationId, RegistrationId, UserId, new_id
from hub.store.connections import connection
from hub.store.people import LEFT, Person

FORGOTTEN_AT_ONCE_MAX = 20
"""How many old ones are forgotten when a new one is kept, so that there are never much more than are waited for."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody said who wants an account. The email is in lower case."""

    id: RegistrationId
    email: str
    name: str
    password_hash: str = field(repr=False)
    language: str


async def register(one: Registration, lasts: timedelta) -> None:
    """Keep it until it is too old, whether there is an account with this address or not."""
    await connection().execute(
        """
        with over as (
            delete from registration where id in (
                select id from registration where expires_at < now() order by expires_at limit $7
                for update skip locked
            )
        )
        insert into registration (id, email, name, password_hash, language, expires_at)
        values ($1, $2, $3, $4, $5, now() + $6)
        """,
        one.id,
        one.email,
        one.name,
        one.password_hash,
        one.language,
        lasts,
        FORGOTTEN_AT_ONCE_MAX,
    )


async def registration(id: RegistrationId) -> Registration | None:
    """The registration, while it is waited for."""
    row = await connection().fetchrow(
        """
        select id, email, name, password_hash, language from registration where id = $1 and expires_at > now()
        """,
        id,
    )
    return None if row is None else Registration(*row)


async def add_token(
    token: bytes,
    purpose: Purpose,
    lasts: timedelta,
    *,
    registration: RegistrationId | None = None,
    person: UserId | None = None,
    invitation: InvitationId | None = None,
) -> None:
    """The token of this hash is good once for this, of a registration, a person or an invitation."""
    await connection().execute(
        """
        with over as (
            delete from one_time_token where hash in (
                select hash from one_time_token where expires_at < now() order by expires_at limit $7
                for update skip locked
            )
        )
        insert into one_time_token (hash, purpose, registration_id, person_id, invitation_id, expires_at)
        values ($1, $2, $3, $4, $5, now() + $6)
        """,
        token,
        purpose.value,
        registration,
        person,
        invitation,
        lasts,
        FORGOTTEN_AT_ONCE_MAX,
    )


async def whose(token: bytes, purpose: Purpose) -> Person | None:
    """For whom the token of this hash is still good. It is not used by that."""
    row = await connection().fetchrow(
        """
        select p.id, p.email, p.name, p.password_hash, p.is_operator, p.language
        from one_time_token t join person p on p.id = t.person_id
        where t.hash = $1 and t.purpose = $2 and t.expires_at > now()
        """,
        token,
        purpose.value,
    )
    return None if row is None else Person(*row)


async def change_password(user: UserId, password_hash: str, *, was: str) -> bool:
    """Keep the hash of a new password, after which no letter that was sent is good for another one.

    False, and nothing changed, where the old one is not what it `was` any more.
    """
    outcome = await connection().execute(
        "update person set password_hash = $2 where id = $1 and password_hash = $3", user, password_hash, was
    )
    if outcome != "UPDATE 1":
        return False
    await _forget_resets(user)
    return True


async def reset_password(token: bytes, password_hash: str) -> Person | None:
    """Use the token, and every other that could do the same: keep the hash of its person's new password.

    Who got the letter has that address. Their accounts elsewhere, and their passkeys, open this one no more, since
    nobody knows who linked or added them. None, and nothing changed, where the token is no good.
    """
    row = await connection().fetchrow(
        """
        with token as (
            delete from one_time_token where hash = $1 and purpose = $2 and expires_at > now() returning person_id
        ), unlinked as (
            delete from linked_account where person_id in (select person_id from token)
        )
        update person p set password_hash = $3, email_verified_at = coalesce(email_verified_at, now())
        from token t where p.id = t.person_id
        returning p.id, p.email, p.name, p.password_hash, p.is_operator, p.language
        """,
        token,
        Purpose.RESET.value,
        password_hash,
    )
    if row is None:
        return None
    person = Person(*row)
    await _forget_resets(person.id)
    # By a statement of its own: whoever was adding one in this moment held the person, and is found now.
    await connection().execute("delete from passkey where person_id = $1", person.id)
    return person


async def _forget_resets(user: UserId) -> None:
    await connection().execute(
        "delete from one_time_token where person_id = $1 and purpose = $2", user, Purpose.RESET.value
    )


async def may_tell_of_lock(user: UserId, *, every: timedelta) -> bool:
    """Whether nobody was told for so long that the account was locked. From now on somebody was."""
    outcome = await connection().execute(
        """
        update person set lock_told_at = now()
        where id = $1 and (lock_told_at is null or lock_told_at < now() - $2::interval)
        """,
        user,
        every,
    )
    return outcome == "UPDATE 1"


async def delete_person(user: UserId, *, was: str, called: str) -> bool:
    """From now on nobody can sign in as this person, who is called so, and their address is free again; so are their
    accounts elsewhere. Their second factor, their passkeys and their PIN are forgotten, and where they were invited.

    What they were called, and their address, is kept apart until it is erased. False, and nothing changed, where their
    password's hash is not what it `was` any more.
    """
    outcome = await connection().execute(
        """
        with kept as (
            insert into deleted_person (person_id, email, name)
            select id, email, name from person where id = $1 and password_hash = $2 returning person_id, email
        ), over as (
            delete from one_time_token where person_id in (select person_id from kept)
        ), unlinked as (
            delete from linked_account where person_id in (select person_id from kept)
        ), without_factor as (
            delete from second_factor where person_id in (select person_id from kept)
        ), uninvited as (
            delete from invitation where email in (select email from kept)
        ), without_pin as (
            delete from pin where person_id in (select person_id from kept)
        )
        update person p set email = $4 || p.id, name = $3, password_hash = '', is_operator = false,
                            email_verified_at = null
        from kept where p.id = kept.person_id
        """,
        user,
        was,
        called,
        LEFT,
    )
    if outcome != "UPDATE 1":
        return False
    # As above: whoever was adding one held the person.
    await connection().execute("delete from passkey_owner where person_id = $1", user)
    return True


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody who has deleted their account: when, and the address that it had."""

    email: str = field(repr=False)
    at: datetime


async def erase(older_than: timedelta) -> list[Left]:
    """Forget what is kept of whoever has deleted their account so long ago: these.

    That is who they were, where they were signed in, and all that they said of themselves. Whoever asks sees to what
    else carries their address.
    """
    rows = await connection().fetch(
        """
        with erased as (
                 delete from deleted_person where deleted_at < now() - $1::interval
                 returning person_id, email, deleted_at
             ),
             sessions as (delete from session where person_id in (select person_id from erased)),
             profiles as (delete from profile where person_id in (select person_id from erased)),
             avatars as (delete from avatar where person_id in (select person_id from erased)),
             addresses as (delete from postal_address where person_id in (select person_id from erased)),
             books as (delete from address_book where person_id in (select person_id from erased))
        select email, deleted_at from erased
        """,
        older_than,
    )
    return [Left(*row) for row in rows]


async def make_person(token: bytes) -> tuple[UserId, str] | None:
    """Use the token: whoever registered has an account from now on. They and their address; None if it is no good.

    It is no good either where somebody has an account with that address already.
    """
    row = await connection().fetchrow(
        """
        with token as (
            delete from one_time_token where hash = $1 and purpose = $2 and expires_at > now()
            returning registration_id
        )
        insert into person (id, email, name, password_hash, is_operator, language, email_verified_at)
        select $3, r.email, r.name, r.password_hash, false, r.language, now()
        from registration r join token t on t.registration_id = r.id where r.expires_at > now()
        on conflict (email) do nothing returning id, email
        """,
        token,
        Purpose.VERIFY.value,
        new_id(),
    )
    if row is None:
        return None
    await connection().execute("delete from registration where email = $1", row["email"])
    return UserId(row["id"]), row["email"]


async def begin(email: str, name: str, password_hash: str, language: str) -> UserId | None:
    """Somebody has an account from now on who has this address. None where somebody has one with it already."""
    user = await connection().fetchval(
        """
        insert into person (id, email, name, password_hash, is_operator, language, email_verified_at)
        values ($1, $2, $3, $4, false, $5, now()) on conflict (email) do nothing returning id
        """,
        new_id(),
        email,
        name,
        password_hash,
        language,
    )
    if user is None:
        return None
    await connection().execute("delete from registration where email = $1", email)
    return UserId(user)
