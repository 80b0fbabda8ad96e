"""Invitations: how somebody is hired by a letter, for how long it is good, and what is refused about it. Rules only.

Whoever answers for the house says an address, and what somebody is to be there. Whoever reads the letter has that
address; so they are hired, with an account if they had none, as soon as they say yes. Not its business: letters
(`hub.porter.invitations`), and what somebody may do (`hub.rights`).
"""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from hub.domain.refusals import Kind, Refused
from hub.ids import InvitationId, RestaurantId, UserId
from hub.rights import RIGHTS, Permission, Role

LIFETIME = timedelta(days=7)
"""How long an invitation waits for an answer, and its letter is good."""
LETTERS_MAX, LETTERS_COUNTED = 50, timedelta(days=1)
"""How many letters one restaurant has written in so much time at most, to whomever."""
LETTERS_TO_ONE_MAX, LETTERS_TO_ONE_COUNTED = 3, timedelta(hours=1)
"""The same to one address, whether it was invited anew or written to again."""


class InvitationOver(Refused):
    """This invitation was accepted already, was taken back, or is too old. Ask whoever invited you for another."""

    code = "invitation_over"
    kind = Kind.UNFIT


class InvitationForAnother(Refused):
    """This invitation is for another account than yours. Sign in with the address that the letter came to."""

    code = "invitation_for_another"
    kind = Kind.FORBIDDEN


class HasAccountAlready(Refused):
    """There is an account with this address already. Sign in with it, and accept the invitation then."""

    code = "has_account_already"


class WorksHereAlready(Refused):
    """Somebody with this address works here already. Give them the role in the list of people."""

    code = "works_here_already"


class TooManyInvitations(Refused):
    """So many letters have been written that this one has to wait. Try again in {retry_after_seconds} seconds."""

    code = "too_many_invitations"
    kind = Kind.TOO_MANY


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that nobody has answered yet. The email is in lower case."""

    id: InvitationId
    restaurant_id: RestaurantId
    email: str = field(repr=False)
    roles: frozenset[Role]
    language: str
    invited_by: UserId
    invited_at: datetime
    expires_at: datetime

    def again(self, by: UserId, at: datetime) -> Self:
        """The same, as whoever sends it now answers for it, for as long as a new one."""
        return replace(self, invited_by=by, invited_at=at, expires_at=at + LIFETIME)

    def is_answered_for(self, held: Collection[Role]) -> bool:
        """Whether whoever invited could still do so, with the roles that they have `held` until now.

        Whoever is dismissed must not have let anybody in behind them: neither a friend, nor themselves.
        """
        return all(not RIGHTS[permission].isdisjoint(held) for permission in needs_to_give(self.roles))


def needs_to_give(roles: Collection[Role]) -> tuple[Permission, ...]:
    """What one must be allowed to, to make somebody all of that. Only an owner makes and unmakes owners."""
    return (Permission.PEOPLE_MANAGE, *((Permission.OWNERS_MAKE,) if Role.OWNER in roles else ()))
