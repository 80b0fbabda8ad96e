"""What travels between a hub and its clients: second_factors.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TypedDict


class Confirmed(TypedDict):
    """One's password once more: a tablet that somebody left signed in must not be enough."""

    password: str


class Enrolment(TypedDict):
    """A new secret, for a telephone alone: as it is typed, as a URI, and as the picture (SVG) of that."""

    secret: str
    uri: str
    svg: str


class FirstCode(TypedDict):
    """What the telephone shows, once it knows the secret."""

    code: str


class Proven(TypedDict):
    """One's password, and a code of the telephone or a recovery code."""

    password: str
    code: str


class RecoveryCodes(TypedDict):
    """Codes for whoever has lost their telephone, each good once. They are shown this once."""

    recoveryCodes: list[str]


class SecondFactor(TypedDict):
    """Whether somebody's second factor is on, since when, and how many recovery codes they have left."""

    isOn: bool
    isOnSince: str | None
    recoveryCodesLeft: int
