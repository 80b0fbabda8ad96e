"""As whom one may look around the demo: found in its database, and written down for the hubs that stand beside.

Only `hub.up` asks for this, so that no setting of a hub in production can open its restaurant to everybody. Not its
business: signing anybody in (`hub.actions.sessions`).
"""

import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from hub.actions.identity import Demo, Visitor
from hub.config import BadSetting
from hub.demo import house
from hub.demo.seeding import email_of
from hub.people import Role
from hub.store import people, restaurants
from hub.store.database import Database

_DEMO = TypeAdapter(Demo)


async def find(database: Database, *, speed: int) -> Demo:
    """The demo as it was seeded into this database, where `speed` seconds of its dinner pass in one."""
    visitors = []
    owned = set()
    async with database.snapshot():
        for one in house.STAFF:
            person = await people.by_email(email_of(one.role))
            if person is None:
                # Their password is in a file: whoever has that can delete their account.
                continue
            visitors.append(Visitor(Role(one.role), person.name, person.id))
            grants = await people.grants_of(person.id)
            owned |= {restaurant for restaurant, roles in grants.items() if Role.OWNER in roles}
        # Who the owner is may have changed since; that there is one, and that it is one of them, may not.
        (restaurant,) = await restaurants.by_ids(owned)
    return Demo(restaurant.id, restaurant.name, speed, tuple(visitors))


def keep(demo: Demo, file: Path) -> None:
    """Write it down, for its owner alone to read and to change: who is named there needs no password."""
    draft = file.with_name(file.name + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
        new.write(_DEMO.dump_json(demo))
    draft.replace(file)


def kept(file: Path) -> Demo | None:
    """What was written down, if anything was. Raises BadSetting where it is not to be understood."""
    try:
        return _DEMO.validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError):
        raise BadSetting(f"{file} is not as `brigade up` wrote it. Close the restaurant and open it again.") from None
