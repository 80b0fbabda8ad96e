"""What a command is: an imperative, its fields, and the roles that may ask it. Decoded once, at a door.

Unknown fields and wrong types are refused there, so that inside the house a command can be trusted.
"""

import re
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from hub.events.event import snake_case
from hub.people import Role

NAME_LENGTH_MAX = 120
NOTE_LENGTH_MAX = 280
QUANTITY_MAX = 999
COURSES_MAX = 9
SEATS_MAX = 200
LINES_MAX = 200
MODIFIERS_MAX = 50
PRICE_MAX = 100_000_000
COMMAND_ID_LENGTH_MAX = 200
EPOCH_LENGTH_MAX = 200
TIMES_MAX = 10_000
"""How often one ticket can be bumped, recalled or restored, as far as anybody can count."""
NAMED_MAX = 1_000
"""Lines, or tickets, that one command can name."""

SEQ_MAX = 2**63 - 1
"""How far a ledger can count."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def whole(value: Any) -> Any:
    """JSON knows one kind of number: 72.0 is the integer 72, while "72", true and 72.5 are not."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def printable(text: str) -> str:
    """Text a screen can show and PostgreSQL can keep. Raises ValueError for control characters, and for blanks."""
    if text and text.isspace():
        raise ValueError("must not be blank")
    if _UNPRINTABLE.search(text):
        raise ValueError("must not contain control characters")
    return text


Int = Annotated[int, BeforeValidator(whole)]
Text = Annotated[str, AfterValidator(printable)]
Name = Annotated[Text, Field(min_length=1, max_length=NAME_LENGTH_MAX)]
Note = Annotated[Text, Field(min_length=1, max_length=NOTE_LENGTH_MAX)]
Course = Annotated[Int, Field(ge=1, le=COURSES_MAX)]
Price = Annotated[Int, Field(ge=0, le=PRICE_MAX)]
Portions = Annotated[Int, Field(ge=0, le=1_000_000)]
Times = Annotated[Int, Field(ge=0, le=TIMES_MAX)]


class Asked(BaseModel):
    """Anything that comes in: camelCase on the wire, frozen, and strict about fields and types."""

    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid", strict=True)


class Seen(Asked):
    """Where a board stood when something was asked at it: its number, and the life of the ledger it counts in."""

    epoch: Annotated[str, Field(min_length=1, max_length=EPOCH_LENGTH_MAX)]
    seq: Annotated[Int, Field(ge=0, le=SEQ_MAX)]


class Command(Asked):
    """Something the hub can be asked. `verb` is its wire name; `asked_by` the roles that may ask it.

    `seen` says where the asker's board stood. Of another life of the ledger nothing is done, and the asker is told.
    """

    verb: ClassVar[str]
    asked_by: ClassVar[frozenset[Role]]

    seen: Seen | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.verb = snake_case(cls.__name__)
