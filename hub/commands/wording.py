"""What is wrong with a field, in plain words: pydantic's errors said so that a person could mend them.

Each error names the field as it is on the wire (`lines.0.itemId`), a stable code of few, and a message that follows
the field's name. Both doors say it in these words. Not its business: statuses and bodies, acknowledgements.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from hub.domain.refusals import BadInput

ERRORS_MAX = 20
WHOLE = "body"
"""The field's name where the request as a whole is wrong."""


@dataclass(frozen=True, slots=True)
class FieldError:
    field: str
    code: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"field": self.field, "message": f"{self.message[0].upper()}{self.message[1:]}.", "code": self.code}


Say = Callable[[Mapping[str, Any]], str]


def _fixed(text: str) -> Say:
    return lambda _: text


def _is(text: str) -> Say:
    return lambda facts: text.format(**facts)


def _counted(bound: str, name: str) -> Say:
    def say(facts: Mapping[str, Any]) -> str:
        # Text that another rule looked at first is a Value to pydantic, and is counted like a list.
        is_text = facts.get("field_type", "Value") == "Value"
        one, many = ("character", "characters") if is_text else ("entry", "entries")
        return f"must have {bound} {facts[name]} {one if facts[name] == 1 else many}"

    return say


NUMBER, TEXT, LIST, OBJECT, ID, TRUTH = (
    "must be a whole number",
    "must be text",
    "must be a list",
    "must be an object",
    "must be an id",
    "must be true or false",
)

WORDS: Mapping[str, tuple[str, Say]] = MappingProxyType(
    {
        "missing": ("missing", _fixed("is missing")),
        "extra_forbidden": ("unknown_field", _fixed("is not a field that is known here")),
        "int_type": ("wrong_type", _fixed(NUMBER)),
        "int_parsing": ("wrong_type", _fixed(NUMBER)),
        "int_from_float": ("wrong_type", _fixed(NUMBER)),
        "string_type": ("wrong_type", _fixed(TEXT)),
        "tuple_type": ("wrong_type", _fixed(LIST)),
        "list_type": ("wrong_type", _fixed(LIST)),
        "dict_type": ("wrong_type", _fixed(OBJECT)),
        "model_type": ("wrong_type", _fixed(OBJECT)),
        "uuid_type": ("wrong_type", _fixed(ID)),
        "uuid_parsing": ("wrong_type", _fixed(ID)),
        "bool_type": ("wrong_type", _fixed(TRUTH)),
        "bool_parsing": ("wrong_type", _fixed(TRUTH)),
        "enum": ("not_one_of", _is("must be {expected}")),
        "literal_error": ("not_one_of", _is("must be {expected}")),
        "string_too_long": ("too_long", _counted("at most", "max_length")),
        "string_too_short": ("too_short", _counted("at least", "min_length")),
        "too_long": ("too_long", _counted("at most", "max_length")),
        "too_short": ("too_short", _counted("at least", "min_length")),
        "greater_than_equal": ("too_small", _is("must be at least {ge}")),
        "less_than_equal": ("too_large", _is("must be at most {le}")),
        "value_error": ("not_allowed", _is("{error}")),
    }
)
"""pydantic's type of error → our code, and how to say it with its facts."""

CODES = frozenset(code for code, _ in WORDS.values())


def invalid(*errors: FieldError) -> BadInput:
    """The refusal for fields that are not right."""
    return BadInput(problem=summary(errors), errors=[error.as_json() for error in errors])


def invalid_fields(error: ValidationError) -> BadInput:
    """The refusal for what pydantic found wrong."""
    return invalid(*field_errors(error))


def field_errors(error: ValidationError) -> tuple[FieldError, ...]:
    """What pydantic found, at most ERRORS_MAX of it. Nothing that was sent is repeated: it may be secret."""
    found = error.errors(include_url=False, include_input=False)[:ERRORS_MAX]
    # A list whose entry is wrong is too short to pydantic, which counts only those that are right.
    inside = {one["loc"][:depth] for one in found for depth in range(1, len(one["loc"]))}
    own = [one for one in found if one["loc"] not in inside]
    return tuple(_said(one["type"], one["loc"], one.get("ctx", {}), one["msg"]) for one in own)


def summary(errors: Sequence[FieldError]) -> str:
    """One sentence about all of it."""
    first, *others = errors
    more = f" {len(others)} more to mend." if others else ""
    return f"{first.field} {first.message}.{more}"


def _said(kind: str, path: Sequence[int | str], facts: Mapping[str, Any], otherwise: str) -> FieldError:
    field = ".".join(str(part) for part in path if part != "[key]") or WHOLE
    if kind not in WORDS:
        return FieldError(field, "not_allowed", f"is not right: {otherwise[0].lower()}{otherwise[1:]}")
    code, say = WORDS[kind]
    return FieldError(field, code, say(facts))
