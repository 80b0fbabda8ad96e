"""Signing in, going on with the next token, and where one is signed in.

What a token is made of is `hub.tokens`' business; that a session ends is a deed (`hub.actions.sessions`).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.showing import Knock, Listed, Look
from hub.actions.sessions import SignedIn
from hub.commands.command import COMMAND_ID_LENGTH_MAX, Asked, Text
from hub.domain.accounts import EMAIL_LENGTH_MAX
from hub.events.event import Shape
from hub.ids import SessionId, UserId
from hub.limits import Charge
from hub.store import sessions
from hub.tokens import TOKEN_LENGTH_MAX

DEVICE_LENGTH_MAX = 100
PASSWORD_LENGTH_MAX = 1024
"""Hashing a longer one would be work for us and none for an attacker."""
CODE_LENGTH_MAX = 40


CommandId = Annotated[Text, Field(min_length=1, max_length=COMMAND_ID_LENGTH_MAX)]
Device = Annotated[Text, Field(min_length=1, max_length=DEVICE_LENGTH_MAX)]
Password = Annotated[
    str, Field(min_length=1, max_length=PASSWORD_LENGTH_MAX, repr=False, json_schema_extra={"format": "password"})
]
Code = Annotated[str, Field(min_length=6, max_length=CODE_LENGTH_MAX, pattern=r"^[0-9A-Za-z \-]+$")]
"""What somebody's telephone shows, or a recovery code, grouped as they like."""


class Credentials(Asked):
    """What somebody signs in with. `device` is how they would know it again, such as *Tablet at the grill*, and
    `deviceToken` what they were given when they last signed in there.

    `code` is what their telephone shows, or a recovery code, where they have a second factor: the hub asks for it.
    """

    email: Annotated[Text, Field(min_length=3, max_length=EMAIL_LENGTH_MAX)]
    password: Password
    device: Device | None = None
    device_token: Annotated[str | None, Field(max_length=TOKEN_LENGTH_MAX, repr=False)] = None
    code: Annotated[Code | None, Field(repr=False)] = None


class RefreshToken(Asked):
    """What a session goes on with. Sent again because no answer came, it must carry the same `commandId`."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=TOKEN_LENGTH_MAX, repr=False)]
    command_id: Annotated[CommandId | None, Field(repr=False)] = None


class Valid(Shape):
    """For whom the token stands, and until when."""

    actor: str
    user_id: UserId | None
    session_id: SessionId | None
    expires_at: datetime | None


class Session(Shape):
    """One of somebody's sessions: since when, last used when, and until when it could go on unused."""

    session_id: SessionId
    device: str | None
    began_at: datetime
    used_at: datetime
    expires_at: datetime
    is_this: bool


class Sessions(Listed):
    """Somebody's sessions."""

    items: tuple[Session, ...]


async def sign_in(knock: Knock, credentials: Credentials) -> SignedIn:
    """Begin a session, with the right email and password, and the second factor's code where there is one."""
    return await knock.hub.sessions.sign_in(
        credentials.email,
        credentials.password,
        credentials.device,
        code=credentials.code,
        address=knock.address,
        device_token=credentials.device_token,
    )


async def tried(knock: Knock, credentials: Credentials) -> Sequence[Charge]:
    """As what it counts where it fails. Raises AccountLocked."""
    locks = knock.hub.sessions.locks
    trying = locks.trying(credentials.email, knock.address, credentials.device_token)
    await locks.must_be_open(trying)
    return trying.charges


async def refresh(knock: Knock, credentials: RefreshToken) -> SignedIn:
    """Let a session go on: the next tokens for a refresh token, which is good once."""
    return await knock.hub.sessions.refresh(credentials.refresh_token, credentials.command_id)


async def validate(look: Look) -> Valid:
    """Whether a token opens anything, and whose it is."""
    by = look.by
    return Valid(actor=by.name, user_id=by.user, session_id=by.session, expires_at=by.expires_at)


async def mine(look: Look) -> Sessions:
    """Where one is signed in, the session used last first. A guest has none."""
    by, under_way = look.by, list[sessions.Session]()
    if by.user is not None:
        async with look.snapshot():
            under_way = await sessions.of_person(by.user)
    if by.device is not None:
        # At a kitchen tablet nobody is shown what else they use.
        under_way = [one for one in under_way if one.id == by.session]
    return Sessions(
        items=tuple(
            Session(
                session_id=one.id,
                device=one.device,
                began_at=one.began_at,
                used_at=one.used_at,
                expires_at=one.expires_at,
                is_this=one.id == by.session,
            )
            for one in under_way
        )
    )
