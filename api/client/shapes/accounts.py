"""What travels between a hub and its clients: accounts.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class AccountDeleted(TypedDict):
    """There is no such account any more."""


class Farewell(TypedDict):
    """The password of the account that is to end; and a `code`, as in signing in, where a second factor is on."""

    password: str
    code: NotRequired[str | None]


class Forgotten(TypedDict):
    """Whose password is forgotten."""

    email: str


class LetterRead(TypedDict):
    """What the link in a letter carries."""

    token: str


class LetterSent(TypedDict):
    """A letter is on its way, if there is anybody to write to."""


class LetterWanted(TypedDict):
    """Whose letter did not arrive."""

    registrationId: str


class NewPassword(TypedDict):
    """What the link in a letter carries, and the password from now on."""

    token: str
    password: str


class PasswordChange(TypedDict):
    """The password until now, and from now on; and a `code`, as in signing in, where a second factor is on."""

    current: str
    new: str
    code: NotRequired[str | None]


class PasswordChanged(TypedDict):
    """The sessions that ended with the password until now: all but the one that this was asked in."""

    sessionIds: list[str]


class PasswordReset(TypedDict):
    """Nobody is signed in any more with the password until now. One signs in with this address and the new one.

    `deviceToken` is as in signing in: what strangers tried meanwhile keeps nobody from it who shows this.
    """

    email: str
    deviceToken: str


class Registered(TypedDict):
    """A letter is on its way. Should it not arrive, another one is sent for the `registrationId`."""

    registrationId: str


class Registration(TypedDict):
    """Who wants an account. Letters come in `language`, where the house writes it."""

    email: str
    password: str
    name: str
    language: NotRequired[str]


class Verified(TypedDict):
    """The account has begun. One signs in with this address, and the password that one registered with."""

    email: str
