"""What travels between a hub and its clients: sessions.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen
    from api.client.shapes.rights import Role

SessionEnd = Literal[
    "logged_out",
    "device_revoked",
    "pin_changed",
    "token_reused",
    "password_changed",
    "account_deleted",
]


class EndSession(TypedDict):
    """End one of one's own sessions, such as that of a telephone that was lost."""

    seen: NotRequired[Seen | None]
    sessionId: str


class LogOut(TypedDict):
    """End the session that this is asked in. Its tokens open nothing any more, and its sockets close.

    Asked over one of those, the goodbye is the answer.
    """

    seen: NotRequired[Seen | None]


class LogOutEverywhere(TypedDict):
    """End all of one's sessions, this one too."""

    seen: NotRequired[Seen | None]


class SessionEnded(TypedDict):
    """A person's session is over, or all that they had where none is named. Every hub closes its sockets."""

    userId: str
    sessionId: str | None
    reason: SessionEnd


class Credentials(TypedDict):
    """What somebody signs in with. `device` is how they would know it again, such as *Tablet at the grill*, and
    `deviceToken` what they were given when they last signed in there.

    `code` is what their telephone shows, or a recovery code, where they have a second factor: the hub asks for it.
    """

    email: str
    password: str
    device: NotRequired[str | None]
    deviceToken: NotRequired[str | None]
    code: NotRequired[str | None]


class RestEndSession(TypedDict):
    """End one of one's own sessions, such as that of a telephone that was lost."""

    seen: NotRequired[Seen | None]


class RefreshToken(TypedDict):
    """What a session goes on with. Sent again because no answer came, it must carry the same `commandId`."""

    refreshToken: str
    commandId: NotRequired[str | None]


class Session(TypedDict):
    """One of somebody's sessions: since when, last used when, and until when it could go on unused."""

    sessionId: str
    device: str | None
    beganAt: str
    usedAt: str
    expiresAt: str
    isThis: bool


class Sessions(TypedDict):
    """Somebody's sessions."""

    nextCursor: str | None
    items: list[Session]


class SignedIn(TypedDict):
    """Who signed in, and with what they go on.

    `accessToken` opens what they may see until `expiresAt`, which is `expiresInSeconds` from now. `refreshToken` is
    good for one more of this, once, until `refreshExpiresAt`. Shown at the next sign-in to the same account,
    `deviceToken` says that it is tried at this device, which no stranger's failures lock out; it opens nothing.
    """

    accessToken: str
    tokenType: str
    expiresAt: str
    expiresInSeconds: int
    refreshToken: str
    refreshExpiresAt: str
    deviceToken: str | None
    sessionId: str
    userId: str
    name: str
    roles: dict[str, list[Role]]


class Valid(TypedDict):
    """For whom the token stands, and until when."""

    actor: str
    userId: str | None
    sessionId: str | None
    expiresAt: str | None
