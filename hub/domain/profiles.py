"""What people say of themselves: name, telephone, and how they like their screens. Rules only.

Not its business: how they sign in, and what they may do.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from hub.domain.refusals import Kind, Refused
from hub.events.event import Shape

NUMBER_LENGTH_MAX = 40
"""As somebody may write it; cleaned it is at most sixteen characters long."""

_BETWEEN = re.compile(r"[\s()./\u2010-\u2015-]")
_TRUNK = re.compile(r"\(\s*0\s*\)")
_NUMBER = re.compile(r"\+[1-9][0-9]{6,14}")


class NoSuchNumber(Refused):
    """This is no telephone number. Write it with its country, such as +44 20 7946 0958."""

    code = "no_such_number"
    kind = Kind.UNFIT


class Theme(StrEnum):
    """How a screen looks. `auto` is as the device does."""

    LIGHT = "light"
    DARK = "dark"
    AUTO = "auto"


class Language(StrEnum):
    """In what the screens and letters of this hub speak (ISO 639-1)."""

    EN = "en"
    ES = "es"


class Preferences(Shape):
    """What somebody likes. What they never chose is as it is for everybody.

    `notifications` and `emailNotifications` are about what one may do without: of the account itself one is told
    anyway. In `currency` (ISO 4217) somebody likes to count; no price is converted.
    """

    theme: Theme = Theme.LIGHT
    notifications: bool = True
    email_notifications: bool = True
    currency: str = "USD"
    language: Language = Language.EN


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody as they describe themselves. Of `preferences`, those fields are set that they chose."""

    name: str
    phone: str | None = field(default=None, repr=False)
    preferences: Preferences = field(default_factory=Preferences)


def cleaned_number(text: str) -> str:
    """A telephone's number as it is dialled from anywhere (E.164): `+442079460958` for `0044 (0)20 7946-0958`.

    Raises NoSuchNumber where the country is not said, or it is no number.
    """
    number = _BETWEEN.sub("", _TRUNK.sub("", text))
    if number.startswith("00"):
        number = f"+{number[2:]}"
    if not _NUMBER.fullmatch(number):
        raise NoSuchNumber
    return number
