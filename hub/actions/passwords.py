"""Passwords: whether one is right, found out beside the event loop, and never for more people at once than is sensible.

Hashes are Argon2id's. Those that an older system brought along are bcrypt's: they are believed, and replaced at the
first sign-in. Not its business: whose password it is, and how often somebody may guess.
"""

import asyncio
import os
import secrets
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

import bcrypt
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hub.domain.refusals import Kind, Refused

T = TypeVar("T")

HASHING_THREADS = 2
HASHINGS_WAITING_MAX = 50
HASHING_NICENESS = 10
"""By so much hashing steps aside for the loop, where each thread has a niceness (Linux): a kitchen hears its tickets
while two hundred people sign in."""

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""Argon2id with OWASP's parameters: 19 MiB, two passes. With the library's own, two cores log in ten a second."""

BCRYPT = ("$2a$", "$2b$", "$2y$")
BCRYPT_BYTES_MAX = 72
"""Whatever made those hashes looked at no more of a password than that."""


class TooManySignIns(Refused):
    """Too many people are signing in at once. Try again in a moment."""

    code = "too_many_sign_ins"
    kind = Kind.TOO_MANY


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password was right, and what to keep of it where its hash is not what we would make today."""

    is_right: bool
    better_hash: str | None = field(default=None, repr=False)


WRONG = Checked(is_right=False)


@cache
def _nobodys_hash() -> str:
    """Checked against where there is no such person, so that both answers take as long. Nobody has the password."""
    return HASHER.hash(secrets.token_urlsafe())


class Passwords:
    """The threads that hash. One per hub; `close` it at its end."""

    def __init__(self) -> None:
        self._hashing = ThreadPoolExecutor(HASHING_THREADS, "password", _step_aside)
        self._hashings = 0
        self._nobodys_hash = _nobodys_hash()

    @property
    def nobodys_hash(self) -> str:
        """The hash of a password that nobody has: for whoever signs in without one, and may choose one later.

        It takes as long as any other to be told that a password is wrong.
        """
        return self._nobodys_hash

    async def check(self, password_hash: str | None, password: str) -> Checked:
        """Whether this password made this hash. Without one it did not, which takes as long to find out.

        Raises TooManySignIns where so many wait already that nobody would wait for the answer.
        """
        against = self._nobodys_hash if password_hash is None else password_hash
        return await self._in_turn(_check, against, password)

    async def make(self, password: str) -> str:
        """The hash to keep of a new password. Raises TooManySignIns as `check` does."""
        return await self._in_turn(HASHER.hash, password)

    async def _in_turn(self, hashing: Callable[..., T], *of: str) -> T:
        if self._hashings >= HASHINGS_WAITING_MAX:
            raise TooManySignIns
        self._hashings += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hashing, hashing, *of)
        finally:
            self._hashings -= 1

    def close(self) -> None:
        self._hashing.shutdown(wait=False, cancel_futures=True)


def _step_aside() -> None:
    """Let every other thread of this hub go first."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + HASHING_NICENESS)


def _check(password_hash: str, password: str) -> Checked:
    is_old = password_hash.startswith(BCRYPT)
    if not (_made_by_bcrypt if is_old else _made_by_us)(password_hash, password):
        return WRONG
    is_outdated = is_old or HASHER.check_needs_rehash(password_hash)
    return Checked(is_right=True, better_hash=HASHER.hash(password) if is_outdated else None)


def _made_by_us(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _made_by_bcrypt(password_hash: str, password: str) -> bool:
    try:
        return bcrypt.checkpw(password.encode()[:BCRYPT_BYTES_MAX], password_hash.encode())
    except ValueError:
        return False
