"""Passwords that are hashed at once: hundreds of tests sign somebody in, and hardly one is about how long that takes.

Where attacks are tried in full, and by hubs in processes of their own, passwords are hashed in earnest.
"""

import os

from argon2 import PasswordHasher

from hub.actions import passwords
from tests.security.__main__ import IN_FULL

EARNEST = passwords.HASHER
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def hurry() -> None:
    """From now on hash quickly in this process. Whoever takes the hasher by its name has to come later."""
    if IN_FULL not in os.environ:
        passwords.HASHER = QUICK
