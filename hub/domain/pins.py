"""PINs: with them people say who they are at a kitchen tablet, and nowhere else. Rules only.

A PIN is short, since it is tapped fifty times an evening with wet hands. It is good enough because it opens nothing
without the tablet, and because nobody gets many tries. Not its business: how it is kept, and counting tries.
"""

from datetime import timedelta
from itertools import pairwise

from hub.domain.refusals import Kind, Refused

LENGTH_MIN, LENGTH_MAX = 4, 8
TRIES_MAX = 5
LOCKED_FOR = timedelta(minutes=15)

OFTEN_CHOSEN = frozenset({"2580", "0852", "1004", "5683", "1122", "1221", "2112", "4321", "6969"})
"""Lines on the keypad, and what leads the lists of PINs that were found out, beyond what the rule below refuses."""
YEARS = range(1940, 2040)
"""What four digits mostly are that are somebody's birthday, or their child's."""


class EasyPin(Refused):
    """This PIN is among the first that somebody would try. Choose another."""

    code = "easy_pin"
    kind = Kind.UNFIT


class WrongPin(Refused):
    """This PIN is not right."""

    code = "wrong_pin"
    kind = Kind.UNAUTHORIZED


class PinLocked(Refused):
    """There were too many wrong PINs. Try again in {retry_after_seconds} seconds, or sign in with your password."""

    code = "pin_locked"
    kind = Kind.LOCKED


def must_be_hard_to_guess(pin: str) -> None:
    """Raise EasyPin for what is a row of digits, repeats itself, is a year, or is chosen by everybody."""
    if _is_row(pin) or _repeats_itself(pin) or pin in OFTEN_CHOSEN or (len(pin) == LENGTH_MIN and int(pin) in YEARS):
        raise EasyPin


def _is_row(pin: str) -> bool:
    """Digits one after the other, up or down: 1234, 7890, 98765."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return steps in ({1}, {9})


def _repeats_itself(pin: str) -> bool:
    """The same over and over: 0000, 1212, 123123."""
    return pin in (pin + pin)[1:-1]
