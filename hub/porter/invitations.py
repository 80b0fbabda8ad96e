"""What is done about invitations after they are kept: the letter, and the end of those that nobody answers.

That is where it is found out whether there is an account with the address, so that nobody who invites hears it. Done
twice there are two letters, both of them good. Not its business: what a letter says (`hub.outside.letters`).
"""

from datetime import timedelta

from hub.domain.accounts import Purpose
from hub.domain.invitations import LETTERS_COUNTED, LIFETIME
from hub.jobs import MailTemplate, SendMail
from hub.jobs.invitations import ForgetInvitations, SendInvitation
from hub.porter.means import Errand
from hub.store import accounts, invitations, jobs, people, restaurants
from hub.tokens import hash_of, letter_token


async def send_invitation(job: SendInvitation, errand: Errand) -> None:
    async with errand.means.database.transaction():
        invitation = await invitations.by_id(job.invitation_id)
        if invitation is None:
            return
        restaurant = await restaurants.by_id(invitation.restaurant_id)
        person = await people.by_email(invitation.email)
        assert restaurant is not None, "A restaurant that invites is there."
        token = letter_token()
        await accounts.add_token(hash_of(token), Purpose.INVITATION, LIFETIME, invitation=invitation.id)
        facts = {
            "link": f"{errand.means.front_door}/#invitation={token}",
            "restaurant": _one_line(restaurant.name),
            "days": f"{LIFETIME // timedelta(days=1)}",
        }
        language = invitation.language if person is None else person.language
        await jobs.enqueue(
            SendMail(template=MailTemplate.INVITATION, to=invitation.email, language=language, facts=facts)
        )


async def forget_invitations(job: ForgetInvitations, errand: Errand) -> None:
    async with errand.means.database.transaction():
        await invitations.forget_over(LETTERS_COUNTED)


def _one_line(name: str) -> str:
    """A name as a letter can say it."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in name).split()) or "?"
