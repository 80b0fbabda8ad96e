"""What may be a password: long enough, and nothing that whoever guesses would try first (NIST SP 800-63B, 3.1.1.2).

Nobody is made to use a digit or a sign: that makes passwords harder to remember, and all of them `Password1!`. What is
tried first is not a list here but the rules by which such lists come about: a word of few that everybody uses, with its
letters dressed up and figures around it; a walk along the keys; a few characters again and again. Not its business:
hashing (`hub.actions.passwords`).
"""

import re
from itertools import pairwise

from hub.domain.refusals import Kind, Refused

LENGTH_MIN = 8
LENGTH_MIN_STAFF = 15
"""Where a password alone opens a restaurant (NIST SP 800-63B-4, 3.1.1.2), and the house says nothing else."""
NAME_LENGTH_MIN = 4
"""A shorter name stands in too many words that have nothing to do with it."""
UNIT_LENGTH_MAX = 4
"""So many characters, again and again, are no longer a password than they are once."""
WALK_SHARE_MIN = 0.75
"""So much of it along the keys, and the rest is decoration."""


class PasswordTooShort(Refused):
    """A password has at least {length_min} characters."""

    code = "password_too_short"
    kind = Kind.UNFIT


class StaffPasswordTooShort(Refused):
    """Your password opens a restaurant. Take {length_min} characters or more, or switch on a second factor first."""

    code = "staff_password_too_short"
    kind = Kind.UNFIT


class PasswordTooObvious(Refused):
    """This is among the first passwords that anybody would try. Three words with nothing in common are better."""

    code = "password_too_obvious"
    kind = Kind.UNFIT


class PasswordTellsName(Refused):
    """A password must not contain the name of your email address."""

    code = "password_tells_name"
    kind = Kind.UNFIT


UNFIT_PASSWORDS: tuple[type[Refused], ...] = (
    PasswordTooShort,
    StaffPasswordTooShort,
    PasswordTooObvious,
    PasswordTellsName,
)
"""What is said of a password that somebody chose, before anything else is done with it."""


def must_be_good(password: str, *, email: str, length_min: int = LENGTH_MIN) -> None:
    """Raise PasswordTooShort, PasswordTellsName or PasswordTooObvious for what must not be this person's password.

    A `length_min` of more is asked of whom nothing else keeps out of a restaurant: raises StaffPasswordTooShort.
    """
    if len(password) < LENGTH_MIN:
        raise PasswordTooShort(length_min=LENGTH_MIN)
    name = email.partition("@")[0].lower()
    if len(name) >= NAME_LENGTH_MIN and name in password.lower():
        raise PasswordTellsName
    if is_obvious(password):
        raise PasswordTooObvious
    if len(password) < length_min:
        raise StaffPasswordTooShort(length_min=length_min)


def is_obvious(password: str) -> bool:
    """Whether a guesser's rules come upon it early."""
    plain = password.lower()
    return _repeats(plain) or _walks(plain) or _is_of_few_words(plain)


UNDRESSED = str.maketrans("013457@$!|+", "oieastasiit")
"""How letters are dressed up."""

ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1q2w3e4r5t6y7u8i9o0p",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
)
STEPS = frozenset(pair for row in ROWS for way in (row, row[::-1]) for pair in pairwise(way))

_WORDS = """
    password passwort passwd pass contrasena motdepasse parola senha wachtwoord secret geheim welcome willkommen
    bienvenue hello hallo hola world letmein login logon access admin administrator root user guest test demo temp
    default changeme change master super system service support server computer internet windows android iphone google
    facebook brigade qwerty azerty abc iloveyou loveyou love lovely forever friend friends family mother father baby
    angel princess prince king queen sunshine rainbow flower summer winter spring autumn sommer january february march
    april june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday dragon monkey tiger lion eagle shadow phoenix pony horse dog doggy cat kitty bear wolf football baseball
    basketball hockey soccer liverpool arsenal chelsea barcelona madrid bayern batman superman spiderman pokemon
    starwars ninja pirate hunter killer ranger thunder matrix freedom whatever trustno trust nothing jesus christ god
    heaven blessed michael jordan jennifer jessica ashley daniel thomas robert charlie andrew joshua matthew anthony
    william george harley maggie ginger pepper cookie chocolate cheese banana orange apple coffee purple yellow silver
    golden diamond money dollar london paris berlin america canada england germany france spain restaurant kitchen
    kueche cuisine cocina chef cook waiter waitress manager owner staff team table order menu food pizza burger pasta
    sushi bistro cafe bar grill dinner lunch
"""
WORDS = frozenset(_WORDS.split())
"""What people take for a password, in the languages that they speak in our kitchens."""

_AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def _repeats(plain: str) -> bool:
    return any(plain == (plain[:n] * len(plain))[: len(plain)] for n in range(1, UNIT_LENGTH_MAX + 1))


def _walks(plain: str) -> bool:
    """Along the keys, the alphabet or the figures, forwards or back; a key may be struck twice."""
    steps = sum(pair in STEPS or pair[0] == pair[1] for pair in pairwise(plain))
    return steps >= WALK_SHARE_MIN * (len(plain) - 1)


def _is_of_few_words(plain: str) -> bool:
    """One or two of the words that everybody uses, and figures or signs around and between them; or only those."""
    # A sign at the end is a sign, and in the middle of a word a letter; nobody knows which it is between the two.
    core = _AROUND.sub("", plain)
    return any(
        _are_few_words(_words_in(one), plain) for one in (core, core.translate(UNDRESSED), plain.translate(UNDRESSED))
    )


def _words_in(text: str) -> list[str]:
    return [part for part in re.split(r"[\W\d_]+", text) if part]


def _are_few_words(parts: list[str], plain: str) -> bool:
    return len(parts) <= 2 and all(part in WORDS or _is_two_words(part) for part in parts) and _is_short(plain, parts)


def _is_two_words(part: str) -> bool:
    return any(part[:at] in WORDS and part[at:] in WORDS for at in range(2, len(part) - 1))


def _is_short(plain: str, parts: list[str]) -> bool:
    """Whether what stands around the words is what people put there, such as a year; or is all there is, and a date."""
    return len(plain) - sum(map(len, parts)) <= (6 if parts else 10)
