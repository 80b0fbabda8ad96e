"""What is done about accounts after the answer: finding out whether there is one, and writing to whoever it is.

Each of these may be done twice, and then there are two letters, both of them good. Not its business: what letters say
(`hub.outside.letters`).
"""

from datetime import timedelta
from ipaddress import ip_address

import structlog

from hub.audience import PLATFORM
from hub.domain.accounts import RESET_LIFETIME, VERIFY_LIFETIME, Purpose
from hub.domain.locks import LOCKED_FOR
from hub.jobs import MailTemplate, SendMail
from hub.jobs.accounts import AnswerRegistration, EraseAccounts, SendReset, TellOfLock, TellOfPasskey
from hub.porter.means import Errand
from hub.store import accounts, audit, jobs, mailbox, people
from hub.store.accounts import Registration
from hub.store.audit import Noted
from hub.tokens import hash_of, letter_token

log = structlog.get_logger("brigade.accounts")

LOCK_TOLD_EVERY = timedelta(hours=1)


async def answer_registration(job: AnswerRegistration, errand: Errand) -> None:
    async with errand.means.database.transaction():
        registered = await accounts.registration(job.registration_id)
        if registered is None:
            return
        person = await people.by_email(registered.email)
        if person is None:
            await jobs.enqueue(await _verifying(registered, errand.means.front_door))
        else:
            await jobs.enqueue(
                SendMail(
                    template=MailTemplate.ALREADY_REGISTERED,
                    to=person.email,
                    language=person.language,
                    facts={"link": f"{errand.means.front_door}/"},
                )
            )


async def send_reset(job: SendReset, errand: Errand) -> None:
    async with errand.means.database.transaction():
        person = await people.by_email(job.email)
        if person is None:
            return
        token = letter_token()
        await accounts.add_token(hash_of(token), Purpose.RESET, RESET_LIFETIME, person=person.id)
        facts = {
            "link": f"{errand.means.front_door}/#reset={token}",
            "minutes": f"{RESET_LIFETIME // timedelta(minutes=1)}",
        }
        await jobs.enqueue(
            SendMail(template=MailTemplate.RESET, to=person.email, language=person.language, facts=facts)
        )


async def tell_of_lock(job: TellOfLock, errand: Errand) -> None:
    """The audit has every lock. A letter comes once an hour, however many strangers there are."""
    database = errand.means.database
    async with database.transaction():
        person = await people.by_email(job.email)
        if person is None:
            return
        address = None if job.address is None else ip_address(job.address)
        await audit.append(
            Noted(PLATFORM, database.clock.now(), "system", "lock_account", "person", str(person.id), address=address)
        )
        if await accounts.may_tell_of_lock(person.id, every=LOCK_TOLD_EVERY):
            facts = {
                "minutes": f"{LOCKED_FOR // timedelta(minutes=1)}",
                "link": f"{errand.means.front_door}/#forgot",
            }
            await jobs.enqueue(
                SendMail(template=MailTemplate.LOCKED, to=person.email, language=person.language, facts=facts)
            )


async def tell_of_passkey(job: TellOfPasskey, errand: Errand) -> None:
    """Its link leads to another password by letter, which shuts every passkey out."""
    async with errand.means.database.transaction():
        person = await people.by_id(job.user_id)
        if person is None or person.has_left:
            return
        facts = {"at": job.at.isoformat(), "link": f"{errand.means.front_door}/#forgot"}
        await jobs.enqueue(SendMail(template=job.template, to=person.email, language=person.language, facts=facts))


async def erase_accounts(job: EraseAccounts, errand: Errand) -> None:
    async with errand.means.database.transaction():
        erased = await accounts.erase(errand.means.erase_after)
        if erased:
            await jobs.forget_letters(erased)
            await mailbox.forget(erased)
    if erased:
        log.info("Accounts that were deleted are erased.", accounts=len(erased))


async def _verifying(registered: Registration, front_door: str) -> SendMail:
    token = letter_token()
    await accounts.add_token(hash_of(token), Purpose.VERIFY, VERIFY_LIFETIME, registration=registered.id)
    return SendMail(
        template=MailTemplate.VERIFY,
        to=registered.email,
        language=registered.language,
        facts={"link": f"{front_door}/#verify={token}", "hours": f"{VERIFY_LIFETIME // timedelta(hours=1)}"},
    )
