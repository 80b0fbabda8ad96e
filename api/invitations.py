"""Invitations over REST: who is waited for, and what whoever got a letter does with it.

Only whoever has the letter is told what it invites to, and whether there is an account with that address. What is done
about them is `hub.actions.invitations`'.
"""

from typing import Annotated

from pydantic import Field

from api.accounts import Language, LetterRead, Token
from api.sessions import Password
from api.showing import Knock, Listed, Look
from api.telling import Known
from hub.actions.invitations import InvitationRead
from hub.commands.command import Asked, Name
from hub.events.event import Shape
from hub.ids import InvitationId, RestaurantId, UserId
from hub.jobs import LANGUAGES
from hub.moments import Moment
from hub.people import Role
from hub.store import invitations


class PendingInvitation(Shape):
    """Who is waited for, and as what they are to come. `isGood` is false where whoever `invitedBy` names may not invite
    them any more: then the letter opens nothing, until somebody who may sends it again."""

    invitation_id: InvitationId
    email: str
    roles: tuple[Role, ...]
    invited_by: UserId
    invited_at: Moment
    expires_at: Moment
    is_good: bool


class PendingInvitations(Listed):
    """Invitations that nobody has answered yet, the latest first."""

    items: tuple[PendingInvitation, ...]


class Joining(Asked):
    """What the link in a letter carries, and how its reader is called and signs in from now on."""

    token: Token
    name: Name
    password: Password
    language: Language = LANGUAGES[0]


class Hired(Shape):
    """Where one works from now on, and all that one is there."""

    restaurant_id: RestaurantId
    roles: tuple[Role, ...]


class Joined(Hired):
    """The account has begun, and its owner is hired. One signs in with this address and the password just chosen.

    `deviceToken` is as in signing in.
    """

    email: str
    device_token: Annotated[str, Field(repr=False)]


async def of_restaurant(look: Look, restaurant_id: RestaurantId) -> PendingInvitations:
    """Who was invited to work in the restaurant and has not answered, and what as."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await invitations.of_restaurant(restaurant_id)
    return PendingInvitations(
        items=tuple(
            PendingInvitation(
                invitation_id=one.id,
                email=one.email,
                roles=tuple(sorted(one.roles)),
                invited_by=one.invited_by,
                invited_at=one.invited_at,
                expires_at=one.expires_at,
                is_good=one.is_answered_for(held),
            )
            for one, held in found
        )
    )


async def read_invitation(knock: Knock, said: LetterRead) -> InvitationRead:
    """Have shown what the letter invites to. It is as good afterwards as before."""
    return await knock.hub.invitations.open_letter(said.token)


async def join_team(knock: Knock, said: Joining) -> Joined:
    """Begin an account and work there, with what the link in the letter carries."""
    invitations = knock.hub.invitations
    joined = await invitations.join_by_letter(said.token, said.password, said.name, said.language, knock.address)
    return Joined(
        restaurant_id=joined.restaurant, roles=joined.roles, email=joined.email, device_token=joined.device_token
    )


async def accept_invitation(known: Known, said: LetterRead) -> Hired:
    """Work there, with the account that has the letter's address."""
    restaurant, roles = await known.hub.invitations.accept(said.token, known.user, known.address)
    return Hired(restaurant_id=restaurant, roles=roles)
