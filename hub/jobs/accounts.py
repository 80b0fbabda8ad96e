"""What is done about accounts once the answer is given: that is where it is found out whether there is one.

Whoever asks at the door has their answer by then, and it is the same for everybody. Not its business: how these are
done (`hub.porter.accounts`).
"""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from hub.ids import RegistrationId, UserId
from hub.jobs.job import Job
from hub.jobs.mail import MailTemplate


class AnswerRegistration(Job):
    """Write to whoever registered: how the account begins, or that there is one already."""

    registration_id: RegistrationId


class TellOfLock(Job):
    """Write to whoever has the account with this address that it was locked, for whoever tried it from there."""

    email: Annotated[str, Field(repr=False)]
    address: Annotated[str | None, Field(repr=False)]


class TellOfPasskey(Job):
    """Write to somebody what became of a passkey of theirs, by the letter that says so."""

    user_id: UserId
    template: MailTemplate
    at: datetime


class EraseAccounts(Job):
    """Forget what is still known of whoever deleted their account long ago."""


class SendReset(Job):
    """Write to whoever has an account with this address how to choose a new password. To nobody else, nothing."""

    email: Annotated[str, Field(repr=False)]
