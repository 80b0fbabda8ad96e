"""An example of every event and signal, made from its fields alone: what documents show, and where an event's rooms
are read from.

Every optional field is filled, so that an example has all the rooms its event can have.
"""

from dataclasses import is_dataclass
from datetime import UTC, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel

from hub.events import Event

AN_ID = UUID("019a9f3c-7b00-7000-8000-000000000001")
A_MOMENT = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)

Model = TypeVar("Model", bound=BaseModel)


def example(shape: type[Model]) -> Model:
    """One of these, with every field filled."""
    return shape.model_validate({name: _value(field.annotation) for name, field in shape.model_fields.items()})


def rooms_of(event: type[Event]) -> tuple[str, ...]:
    """The kinds of rooms that can hear this event."""
    return tuple(dict.fromkeys(room.kind for room in example(event).audience))


_PLAIN: dict[Any, Any] = {
    UUID: AN_ID,
    str: "soup",
    int: 1,
    float: 1.0,
    bool: False,
    datetime: A_MOMENT,
}


def _value(annotation: Any) -> Any:
    # A NewType stands for what it was made of.
    while hasattr(annotation, "__supertype__"):
        annotation = annotation.__supertype__
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next(iter(annotation))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return example(annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return annotation(**{name: _value(hint) for name, hint in get_type_hints(annotation).items()})
    arguments = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return _value(arguments[0])
        case origin if origin is Literal:
            return arguments[0]
        case origin if origin in (Union, UnionType):
            return _value(next(one for one in arguments if one is not NoneType))
        case origin if origin is tuple:
            return (_value(arguments[0]),)
        case origin if origin is dict:
            return {_value(arguments[0]): _value(arguments[1])}
    raise TypeError(f"No example for {annotation!r}.")
