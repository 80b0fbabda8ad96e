"""Who keeps the hubs: appointed and dismissed by whoever has the database, at the machine itself.

No door leads here: whoever could appoint operators by a request could be one by a stolen session.
"""

from hub.actions.deed import Work, fact_of
from hub.audience import PLATFORM
from hub.domain.refusals import NotYourJob
from hub.events.people import RightsChanged
from hub.rights import Role
from hub.store import audit, ledger, people
from hub.store.audit import Noted
from hub.store.database import Database

APPOINT, DISMISS = "appoint_operator", "dismiss_operator"


def must_be_operator(work: Work) -> None:
    """Raises NotYourJob for anybody else."""
    if not work.by.may(work.needs, None):
        raise NotYourJob(roles="operators of the hub")


class NobodyThere(Exception):
    """Nobody has an account with this address."""


async def emails(database: Database) -> list[str]:
    """The addresses of all operators."""
    async with database.snapshot():
        return await people.emails_of_operators()


async def become(database: Database, email: str, *, is_operator: bool) -> bool:
    """Make whoever has this address an operator, or none any more; whether they were not. Every hub hears of it.

    Raises NobodyThere.
    """
    async with database.transaction():
        person = await people.by_email(email)
        if person is None:
            raise NobodyThere(f"Nobody has an account with the address {email}. It is made at the front door.")
        if not await people.set_operator(person.id, is_operator=is_operator):
            return False
        at, roles = database.clock.now(), (Role.ADMIN,) if is_operator else ()
        await audit.append(
            Noted(
                scope=PLATFORM,
                at=at,
                actor="system",
                action=APPOINT if is_operator else DISMISS,
                entity="person",
                entity_id=str(person.id),
                old={"isOperator": not is_operator},
                new={"isOperator": is_operator},
            )
        )
        fact = RightsChanged(user_id=person.id, restaurant_id=None, roles=roles)
        await ledger.append([fact_of(fact)], actor="system", at=at, command_id="")
    return True
