"""What travels between a hub and its clients: invitations.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen
    from api.client.shapes.profiles import Language
    from api.client.shapes.rights import Role


class InvitationAnswer(TypedDict):
    """An invitation as it is now, or was. To whom it is, is no part of an answer that is kept."""

    invitationId: str
    restaurantId: str
    roles: list[Role]
    invitedBy: str
    invitedAt: str
    expiresAt: str


class InvitePerson(TypedDict):
    """Write to somebody that they may work here, as all of this. Another invitation of this address is over by that.

    Nobody is told whether there is an account with it. Whoever has one is written to in their own language.
    """

    seen: NotRequired[Seen | None]
    restaurantId: str
    email: str
    roles: list[Role]
    language: NotRequired[Language]


class SendInvitationAgain(TypedDict):
    """Write to them once more. It is good for as long as a new one, and whoever sends it answers for it."""

    seen: NotRequired[Seen | None]
    invitationId: str


class WithdrawInvitation(TypedDict):
    """What the letter says does not count any more."""

    seen: NotRequired[Seen | None]
    invitationId: str


class Hired(TypedDict):
    """Where one works from now on, and all that one is there."""

    restaurantId: str
    roles: list[Role]


class InvitationRead(TypedDict):
    """What a letter invites to: where, and as what; to which address, and whether there is an account with it.

    Whoever has none chooses a password of at least so many characters. Nothing is accepted by reading it.
    """

    restaurantId: str
    restaurant: str
    roles: list[Role]
    email: str
    hasAccount: bool
    passwordLengthMin: int
    expiresAt: str


class RestInvitePerson(TypedDict):
    """Write to somebody that they may work here, as all of this. Another invitation of this address is over by that.

    Nobody is told whether there is an account with it. Whoever has one is written to in their own language.
    """

    seen: NotRequired[Seen | None]
    email: str
    roles: list[Role]
    language: NotRequired[Language]


class Joined(TypedDict):
    """The account has begun, and its owner is hired. One signs in with this address and the password just chosen.

    `deviceToken` is as in signing in.
    """

    restaurantId: str
    roles: list[Role]
    email: str
    deviceToken: str


class Joining(TypedDict):
    """What the link in a letter carries, and how its reader is called and signs in from now on."""

    token: str
    name: str
    password: str
    language: NotRequired[str]


class PendingInvitation(TypedDict):
    """Who is waited for, and as what they are to come. `isGood` is false where whoever `invitedBy` names may not invite
    them any more: then the letter opens nothing, until somebody who may sends it again.
    """

    invitationId: str
    email: str
    roles: list[Role]
    invitedBy: str
    invitedAt: str
    expiresAt: str
    isGood: bool


class PendingInvitations(TypedDict):
    """Invitations that nobody has answered yet, the latest first."""

    nextCursor: str | None
    items: list[PendingInvitation]


class RestSendInvitationAgain(TypedDict):
    """Write to them once more. It is good for as long as a new one, and whoever sends it answers for it."""

    seen: NotRequired[Seen | None]


class RestWithdrawInvitation(TypedDict):
    """What the letter says does not count any more."""

    seen: NotRequired[Seen | None]
