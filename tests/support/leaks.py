"""Secrets that were written where they never may be: whatever a hub logs while it is tried is searched for them.

Passwords are remembered as they are hashed or checked, and tokens as they are drawn; signed tokens and keys are known
by their looks, so those of hubs in other processes are found, too. Not its business: what a hub says to whom it may.
"""

import functools
import re
from collections.abc import Callable
from typing import Any

import argon2
import bcrypt

from hub import tokens
from hub.domain import second_factors

SIGNED = re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{16,}")
"""A JSON Web Token: staff's, or a guest's link."""
KEY = re.compile(re.escape(tokens.KEY) + r"[\w-]{24,}")
"""A restaurant's key. Of its beginning alone an owner recognises it, and nobody can do anything with that."""
LONG = re.compile(r"[\w-]{24,}")
PASSWORD_LENGTH_MIN = 8
"""A shorter one may stand anywhere, as a word."""

_drawn, _passwords = set[str](), set[str]()


def remember() -> None:
    """From now on, remember every secret that is made or shown in this process."""
    for made_by in ("_as_text", "restaurants_key", "tablet_token"):
        setattr(tokens, made_by, _remembering(getattr(tokens, made_by)))
    its: Any = second_factors
    its.new_secret = _remembering(its.new_secret)
    hasher: Any = argon2.PasswordHasher
    hasher.hash = _hearing(hasher.hash, at=1)
    hasher.verify = _hearing(hasher.verify, at=2)
    older: Any = bcrypt
    older.checkpw = _hearing(older.checkpw, at=0)


def secrets_in(text: str) -> list[str]:
    """What of it is secret, shortened so that it can be shown."""
    long = set(LONG.findall(text)) & _drawn
    found = {*SIGNED.findall(text), *KEY.findall(text), *long, *(one for one in _passwords if one in text)}
    return sorted(f"{one[:6]}… ({len(one)} characters)" for one in found)


def _remembering(make: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(make)
    def made(*args: Any) -> str:
        token = make(*args)
        _drawn.add(token)
        return token

    return made


def _hearing(use: Callable[..., Any], *, at: int) -> Callable[..., Any]:
    @functools.wraps(use)
    def used(*args: Any, **more: Any) -> Any:
        password = args[at] if isinstance(args[at], str) else bytes(args[at]).decode(errors="replace")
        if len(password) >= PASSWORD_LENGTH_MIN:
            _passwords.add(password)
        return use(*args, **more)

    return used
