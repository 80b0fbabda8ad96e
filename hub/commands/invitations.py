"""What can be asked about invitations: that a letter hires somebody, goes out again, or does not count any more."""

from typing import Annotated, ClassVar

from pydantic import Field

from hub.commands.command import Command, Email
from hub.domain.profiles import Language
from hub.ids import InvitationId, RestaurantId
from hub.rights import STAFF, Permission, Role

Roles = Annotated[tuple[Role, ...], Field(min_length=1, max_length=len(STAFF), examples=[["cook"]])]


class InvitePerson(Command):
    """Write to somebody that they may work here, as all of this. Another invitation of this address is over by that.

    Nobody is told whether there is an account with it. Whoever has one is written to in their own language.
    """

    needs: ClassVar = Permission.PEOPLE_MANAGE

    restaurant_id: RestaurantId
    email: Annotated[Email, Field(repr=False)]
    roles: Roles
    language: Language = Language.EN


class InvitationCommand(Command):
    """What the others share: the invitation, by its id."""

    needs: ClassVar = Permission.PEOPLE_MANAGE

    invitation_id: InvitationId


class SendInvitationAgain(InvitationCommand):
    """Write to them once more. It is good for as long as a new one, and whoever sends it answers for it."""


class WithdrawInvitation(InvitationCommand):
    """What the letter says does not count any more."""
