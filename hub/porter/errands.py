"""How each kind of job is done. A kind that stands here and in `hub.jobs.JOBS` is all there is to a new one.

Whatever is done here may be done twice, by two hubs at once in the worst case, and says so itself where that matters.
"""

from collections.abc import Mapping
from types import MappingProxyType

from hub.jobs import (
    AnswerRegistration,
    EraseAccounts,
    ForgetInvitations,
    Job,
    SendInvitation,
    SendMail,
    SendReset,
    TellOfLock,
    TellOfPasskey,
    TidyJobs,
)
from hub.outside import letters
from hub.porter.accounts import answer_registration, erase_accounts, send_reset, tell_of_lock, tell_of_passkey
from hub.porter.invitations import forget_invitations, send_invitation
from hub.porter.means import Do, Errand, Means
from hub.store import jobs


async def tidy_jobs(job: TidyJobs, errand: Errand) -> None:
    async with errand.means.database.transaction():
        await jobs.tidy()


async def send_mail(job: SendMail, errand: Errand) -> None:
    """Once as far as anybody can tell: whoever gets a letter twice sees by its id that it is the same."""
    assert errand.means.post is not None, "Mail is no errand without a way to send it."
    await errand.means.post.send(letters.letter(job), errand.id)


ERRANDS: Mapping[type[Job], Do] = MappingProxyType(
    {
        TidyJobs: tidy_jobs,
        SendMail: send_mail,
        AnswerRegistration: answer_registration,
        SendReset: send_reset,
        TellOfLock: tell_of_lock,
        TellOfPasskey: tell_of_passkey,
        EraseAccounts: erase_accounts,
        SendInvitation: send_invitation,
        ForgetInvitations: forget_invitations,
    }
)


def errands_with(means: Means) -> Mapping[type[Job], Do]:
    """What can be done with these means. Everything else waits for a hub that has more."""
    return {kind: do for kind, do in ERRANDS.items() if means.post is not None or kind is not SendMail}
