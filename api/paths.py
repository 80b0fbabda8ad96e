"""What an address names: the parts in braces, as values. What is written wrongly there names nothing, which is a 404.

Not its business: whether the thing exists, and whose it is.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from hub.domain.refusals import NoSuchThing
from hub.ids import RestaurantId

ANY = "/api"
"""Below this every version is, and what is asked for without one."""
PREFIX = ANY + "/v2"
"""Below this is the hub's own."""

_NAME = re.compile(r"{(\w+)}")

SCHEMAS: Mapping[str, dict[str, Any]] = {"room": {"type": "string", "examples": ["announcements"]}}
"""How the document describes a part that is not an id."""


def names_in(path: str) -> tuple[str, ...]:
    """`("orderId", "course")` of `/orders/{orderId}/courses/{course}/fire`."""
    return tuple(_NAME.findall(path))


def parts_of(command: type[BaseModel], path: str) -> dict[str, TypeAdapter[Any]]:
    """How to read the path's parts for a command: as the fields of that name, and else as the restaurant's id."""
    fields = {to_camel(name): field for name, field in command.model_fields.items()}
    return {name: TypeAdapter(_annotated(fields[name]) if name in fields else RestaurantId) for name in names_in(path)}


def read(request: web.Request, parts: Mapping[str, TypeAdapter[Any]]) -> dict[str, Any]:
    """The values of the parts. Raises NoSuchThing."""
    values = {}
    for name, adapter in parts.items():
        try:
            values[name] = adapter.validate_strings(request.match_info[name])
        except ValidationError:
            raise NoSuchThing(thing=thing_of(name)) from None
    return values


def thing_of(name: str) -> str:
    """`restaurant` for `restaurantId`: how sentences call it."""
    return name.removesuffix("Id")


def _annotated(field: Any) -> Any:
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
