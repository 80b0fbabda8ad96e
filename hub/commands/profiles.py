"""What people can ask about how they are described: their name, their telephone, what they like, their picture."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from hub.commands.command import BLANKS, CONTROLS, Command, Text, printable
from hub.domain.profiles import NUMBER_LENGTH_MAX, Language, Theme
from hub.rights import Permission

PERSON_NAME_LENGTH_MIN, PERSON_NAME_LENGTH_MAX = 2, 50

_SEEN = f"[^{CONTROLS}{BLANKS}]"
_ANY = f"[^{CONTROLS}]*"


def called(name: str) -> str:
    """A name without blanks around it. Raises ValueError where hardly anything is left."""
    name = name.strip()
    if len(name) < PERSON_NAME_LENGTH_MIN:
        raise ValueError(f"must have at least {PERSON_NAME_LENGTH_MIN} characters")
    return name


PersonName = Annotated[
    str,
    Field(
        min_length=PERSON_NAME_LENGTH_MIN,
        max_length=PERSON_NAME_LENGTH_MAX,
        json_schema_extra={"pattern": f"^{_ANY}{_SEEN}{_ANY}{_SEEN}{_ANY}$"},
    ),
    AfterValidator(printable),
    AfterValidator(called),
]
Phone = Annotated[Text, Field(min_length=1, max_length=NUMBER_LENGTH_MAX)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class ChangeProfile(Command):
    """Change how one is described. What is not named stays as it is; a `phone` of null is forgotten."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

    name: PersonName | None = None
    phone: Annotated[Phone | None, Field(repr=False)] = None
    language: Language | None = None


class RemoveAvatar(Command):
    """Have no picture any more."""

    needs: ClassVar = Permission.ACCOUNT_KEEP


class ChangePreferences(Command):
    """Change what one likes. What is not named stays as it is."""

    needs: ClassVar = Permission.ACCOUNT_KEEP

    theme: Theme | None = None
    notifications: bool | None = None
    email_notifications: bool | None = None
    currency: Currency | None = None
    language: Language | None = None
