"""What people say of themselves, in PostgreSQL. Who said nothing yet has no row, and everything as it is for everybody.

Not its business: passwords, and what somebody is to a restaurant (`hub.store.people`).
"""

from collections.abc import Mapping
from typing import Any

import asyncpg
import orjson
from pydantic import ValidationError

from hub.domain.profiles import Preferences, Profile
from hub.ids import UserId
from hub.store.connections import connection

LANGUAGE = "language"
"""Letters are written in it, too, so it stands with the person."""

_PROFILE = """
    select p.name, p.language, f.phone, f.preferences
    from person p left join profile f on f.person_id = p.id where p.id = $1
"""


async def of(user: UserId) -> Profile | None:
    """How this person is described; None where there is no such person."""
    return _profile(await connection().fetchrow(_PROFILE, user))


async def lock(user: UserId) -> Profile | None:
    """The same, and nobody else changes it until the transaction ends."""
    return _profile(await connection().fetchrow(f"{_PROFILE} for no key update of p", user))


async def save(user: UserId, profile: Profile) -> None:
    """Keep a locked profile as it is now."""
    chosen = profile.preferences.model_dump(mode="json", exclude_unset=True)
    await connection().execute(
        """
        with described as (
            update person set name = $2, language = coalesce($3, language) where id = $1
        )
        insert into profile (person_id, phone, preferences) values ($1, $4, $5::jsonb)
        on conflict (person_id) do update
        set phone = excluded.phone, preferences = profile.preferences || excluded.preferences
        """,
        user,
        profile.name,
        chosen.pop(LANGUAGE, None),
        profile.phone,
        orjson.dumps(chosen).decode(),
    )


def _profile(row: asyncpg.Record | None) -> Profile | None:
    if row is None:
        return None
    chosen = {} if row["preferences"] is None else orjson.loads(row["preferences"])
    return Profile(row["name"], row["phone"], _preferences({**chosen, LANGUAGE: row["language"]}))


def _preferences(chosen: Mapping[str, Any]) -> Preferences:
    """What was chosen. A newer hub, beside this one, may offer more: such a choice counts as none here."""
    try:
        return Preferences.model_validate(chosen)
    except ValidationError as error:
        unknown = {one["loc"][0] for one in error.errors()}
        return Preferences.model_validate({name: value for name, value in chosen.items() if name not in unknown})
