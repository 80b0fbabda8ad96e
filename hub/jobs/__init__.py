"""Jobs: work that is committed with the change that asked for it, and done afterwards by some hub of the house.

`hub.store.jobs.enqueue` asks for one, inside the transaction of the change: where that is rolled back there is no job,
and where it is committed the job is done, whatever becomes of the hub that asked. It may be done twice, when whoever
did it could not say so any more.

Not its business: keeping jobs (`hub.store.jobs`), and doing them (`hub.porter`).
"""

from hub.jobs.accounts import AnswerRegistration, EraseAccounts, SendReset, TellOfLock, TellOfPasskey
from hub.jobs.house import TidyJobs
from hub.jobs.invitations import ForgetInvitations, SendInvitation
from hub.jobs.job import CannotBeDone, Job, NotDoneYet
from hub.jobs.mail import LANGUAGES, MailTemplate, SendMail

__all__ = [
    "JOBS",
    "LANGUAGES",
    "AnswerRegistration",
    "CannotBeDone",
    "EraseAccounts",
    "ForgetInvitations",
    "Job",
    "MailTemplate",
    "NotDoneYet",
    "SendInvitation",
    "SendMail",
    "SendReset",
    "TellOfLock",
    "TellOfPasskey",
    "TidyJobs",
]

JOBS: tuple[type[Job], ...] = (
    SendMail,
    TidyJobs,
    AnswerRegistration,
    SendReset,
    TellOfLock,
    TellOfPasskey,
    EraseAccounts,
    SendInvitation,
    ForgetInvitations,
)
"""Every kind of job there is."""
