"""Signing in, being told who one is, and a guest's link. What a token is made of is `hub.tokens`' business."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.showing import Knock, Look
from hub.actions.identity import SignedIn
from hub.commands.command import Asked, Text
from hub.events.event import Shape
from hub.ids import OrderId, RestaurantId, SeatingId, TableId, UserId
from hub.people import Role
from hub.store import people

EMAIL_LENGTH_MAX = 254
PASSWORD_LENGTH_MAX = 1024
"""Hashing a longer one would be work for us and none for an attacker."""


class Credentials(Asked):
    """What somebody signs in with."""

    email: Annotated[Text, Field(min_length=3, max_length=EMAIL_LENGTH_MAX)]
    password: Annotated[
        str, Field(min_length=1, max_length=PASSWORD_LENGTH_MAX, json_schema_extra={"format": "password"})
    ]


class Me(Shape):
    """Whoever asks. A guest has no `userId`; what their link opens is named instead."""

    actor: str
    user_id: UserId | None = None
    name: str | None = None
    email: str | None = None
    is_operator: bool = False
    roles: dict[RestaurantId, tuple[Role, ...]]
    table_id: TableId | None = None
    seating_id: SeatingId | None = None
    order_id: OrderId | None = None
    expires_at: datetime | None = None


class GuestLink(Shape):
    """The link that a guest was given with an order, or with a seating."""

    guest_link: str


async def sign_in(knock: Knock, credentials: Credentials) -> SignedIn:
    """A token for one shift, for the right email and password."""
    return await knock.hub.identities.sign_in(credentials.email, credentials.password)


async def me(look: Look) -> Me:
    """Who the token stands for, and what that is to which restaurant."""
    by, person = look.by, None
    if by.user is not None:
        async with look.snapshot():
            person = await people.by_id(by.user)
    return Me(
        actor=by.name,
        user_id=by.user,
        name=None if person is None else person.name,
        email=None if person is None else person.email,
        is_operator=by.is_operator,
        roles={house: tuple(sorted(roles)) for house, roles in by.grants.items()},
        table_id=None if by.seat is None else by.seat.table,
        seating_id=None if by.seat is None else by.seat.seating,
        order_id=by.order,
        expires_at=by.expires_at,
    )
