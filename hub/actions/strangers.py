"""Sign-ins from somewhere new: whoever has the account is told by letter, and can shut everybody out.

Known is a device that shows what it was given here before (`hub.tokens`), and whoever comes from the same household as
lately, under the same name of a device, so that a program which keeps nothing is told of once. What was lately is read
from the audit. Not its business: what is known of a device (`hub.actions.locks`), and the rule (`hub.domain.sessions`).
"""

from datetime import datetime
from ipaddress import ip_address

import orjson

from hub.audience import PLATFORM
from hub.domain.sessions import Origin, is_strange
from hub.jobs import MailTemplate, SendMail
from hub.limits import household
from hub.proxies import Address
from hub.store import audit, jobs
from hub.store.audit import Entry, Sought
from hub.store.people import Person

SIGN_IN = "sign_in"
LOOKED_BACK_MAX = 100
"""How many sign-ins back an account remembers where it was signed in to."""


async def tell_if_strange(
    person: Person, device: str | None, address: Address | None, at: datetime, front_door: str
) -> None:
    """Have a letter sent, in the transaction under way and before this sign-in is noted."""
    sought = Sought(action=SIGN_IN, entity="person", entity_id=str(person.id))
    before = map(_origin, await audit.entries(PLATFORM, sought, limit=LOOKED_BACK_MAX))
    if is_strange(Origin(household(address), device, at), before):
        await tell_of_new_device(person, device or "?", address, at, front_door)


async def tell_of_new_device(
    person: Person, device: str, address: Address | None, at: datetime, front_door: str
) -> None:
    """Have a letter sent to whoever has the account, by which they can shut everybody out if it was not them."""
    facts = {
        "device": device,
        "address": "?" if address is None else str(address),
        "at": at.isoformat(),
        "link": f"{front_door}/#forgot",
    }
    letter = SendMail(template=MailTemplate.NEW_DEVICE, to=person.email, language=person.language, facts=facts)
    await jobs.enqueue(letter)


def _origin(entry: Entry) -> Origin:
    new = orjson.loads(entry.new or "{}")
    address = None if entry.address is None else ip_address(entry.address)
    return Origin(household(address), new.get("device"), entry.at)
