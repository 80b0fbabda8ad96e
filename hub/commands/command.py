"""What a command is: an imperative, its fields, and the permission it needs. Decoded once, at a door.

Unknown fields and wrong types are refused there, so that inside the house a command can be trusted.
"""

import re
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel

from hub.domain.accounts import EMAIL_LENGTH_MAX, ONE_ADDRESS, one_address
from hub.events.event import snake_case
from hub.rights import Permission

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

CONTROLS = r"\x00-\x08\x0b-\x1f\x7f"
BLANKS = r"\t\n \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
PRINTABLE = f"^[^{CONTROLS}]*[^{CONTROLS}{BLANKS}][^{CONTROLS}]*$"
"""What `printable` lets through, for documents: no control characters, and something that is to be seen."""

_UNPRINTABLE = re.compile(rf"[{CONTROLS}\ud800-\udfff]")


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
Text = Annotated[str, AfterValidator(printable), Field(json_schema_extra={"pattern": PRINTABLE})]
Name = Annotated[Text, Field(min_length=1, max_length=NAME_LENGTH_MAX)]
Note = Annotated[Text, Field(min_length=1, max_length=NOTE_LENGTH_MAX)]
Email = Annotated[
    Text,
    Field(min_length=3, max_length=EMAIL_LENGTH_MAX, json_schema_extra={"pattern": f"^ *{ONE_ADDRESS} *$"}),
    AfterValidator(str.strip),
    AfterValidator(one_address),
]
"""An address that a letter can be sent to, as somebody may write it."""
Course = Annotated[Int, Field(ge=1, le=COURSES_MAX)]
Price = Annotated[Int, Field(ge=0, le=PRICE_MAX)]
Portions = Annotated[Int, Field(ge=0, le=1_000_000)]
Times = Annotated[Int, Field(ge=0, le=TIMES_MAX)]


class Asked(BaseModel):
    """Anything that comes in: camelCase on the wire, frozen, and strict about fields and types.

    What is wrong with it says where, and not what stood there: that may be a password at the wrong place.
    """

    model_config = ConfigDict(
        frozen=True,
        alias_generator=to_camel,
        populate_by_name=True,
        extra="forbid",
        strict=True,
        hide_input_in_errors=True,
    )


class Seen(Asked):
    """Where a board stood when something was asked at it: its number, and the life of the ledger it counts in."""

    epoch: Annotated[str, Field(min_length=1, max_length=EPOCH_LENGTH_MAX)]
    seq: Annotated[Int, Field(ge=0, le=SEQ_MAX)]


class Command(Asked):
    """Something the hub can be asked. `verb` is its wire name; `needs` what one must be allowed to ask it.

    `seen` says where the asker's board stood. Of another life of the ledger nothing is done, and the asker is told.
    """

    verb: ClassVar[str]
    needs: ClassVar[Permission]

    seen: Seen | None = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.verb = snake_case(cls.__name__)
