"""Accounts: for how long what a letter carries is good, and what is refused about it.

An address is proven before there is an account: who registers gets a letter, and the account begins when its link is
followed. So nobody holds an account with somebody else's address. Not its business: what may be a password
(`hub.domain.passwords`), and what somebody may do (`hub.rights`).
"""

import re
from datetime import timedelta
from enum import StrEnum

from hub.domain.refusals import Kind, Refused

EMAIL_LENGTH_MAX = 254

_BLANKS = r"\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""One by one: what `\\s` is, and what cannot be printed, is another thing to each reader of a pattern."""
ONE_ADDRESS = rf'[^{_BLANKS}@,;:<>()\[\]\\"]+@[^{_BLANKS}@,;:<>()\\"]+'
"""What an address looks like, as a pattern."""

_ADDRESS = re.compile(ONE_ADDRESS)

VERIFY_LIFETIME = timedelta(hours=24)
"""How long a registration waits for its letter to be read, and the letter is good."""
RESET_LIFETIME = timedelta(hours=1)


DELETED_NAME = "Deleted account"
"""What whoever has deleted their account is called from then on, wherever they did something."""


def one_address(text: str) -> str:
    """An address that a letter can be sent to. Raises ValueError."""
    if not _ADDRESS.fullmatch(text):
        raise ValueError("must be one address, and nothing else")
    return text


class Purpose(StrEnum):
    """What a letter's token is for. For anything else it is none."""

    VERIFY = "verify"
    RESET = "reset"
    INVITATION = "invitation"


class LetterOver(Refused):
    """This link has been used already, or is too old. Ask for another letter."""

    code = "letter_over"
    kind = Kind.UNFIT


class CurrentPasswordWrong(Refused):
    """That is not your password. Nothing was changed."""

    code = "current_password_wrong"
    kind = Kind.UNFIT
