"""Accounts: for how long what a letter carries is good, and what is refused about it.

An address is proven before there is an account: who registers gets a letter, and the account begins when its link is
followed. So nobody holds an account with somebody else's address. Not its business: what may be a password
(`hub.domain.passwords`), and what somebody may do (`hub.rights`).
"""

from datetime import timedelta
from enum import StrEnum

from hub.domain.refusals import Kind, Refused

VERIFY_LIFETIME = timedelta(hours=24)
"""How long a registration waits for its letter to be read, and the letter is good."""
RESET_LIFETIME = timedelta(hours=1)


DELETED_NAME = "Deleted account"
"""What whoever has deleted their account is called from then on, wherever they did something."""


class Purpose(StrEnum):
    """What a letter's token is for. For anything else it is none."""

    VERIFY = "verify"
    RESET = "reset"


class LetterOver(Refused):
    """This link has been used already, or is too old. Ask for another letter."""

    code = "letter_over"
    kind = Kind.UNFIT


class CurrentPasswordWrong(Refused):
    """That is not your password. Nothing was changed."""

    code = "current_password_wrong"
    kind = Kind.UNFIT
