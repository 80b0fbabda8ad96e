"""The shapes of both doors, each written once and as it is sent. Its noun is the document's word, and its module."""

from collections.abc import Mapping
from typing import Any

from hub.nouns import NOUN
from hub.typescript.writing import Part, Schema, declaration, name_of, references, type_of

REST = "Rest"
"""Before the name of a shape of REST that means something else in the rooms: a body there lacks what its path says."""


def shapes(found: Mapping[str, Schema]) -> list[Part]:
    """Every shape, as TypeScript."""
    return [declaration(one[NOUN], name, one) for name, one in found.items()]


def of_both_doors(rooms: Mapping[str, Schema], rest: Mapping[str, Schema]) -> tuple[dict[str, Schema], dict[str, str]]:
    """The schema of every shape once, and how those of REST are called that have another name here.

    Where a name means two things, the rooms have it, and REST's carries a prefix.
    """
    ours, theirs = _as_sent(rooms), _as_sent(rest)
    renamed = _renamed(ours, theirs)
    others = {
        renamed.get(name, name): _rereferred(one, renamed)
        for name, one in theirs.items()
        if name in renamed or name not in ours
    }
    return {**ours, **others}, renamed


def _as_sent(shapes: Mapping[str, Schema]) -> dict[str, Schema]:
    """What clients send may leave out a field with a default; the hub never does."""
    asked = _asked(shapes)
    return {name: one if name in asked else _with_defaults(one) for name, one in shapes.items()}


def _asked(shapes: Mapping[str, Schema]) -> set[str]:
    """Those that clients send: commands, which know no further fields, and what stands within them."""
    sent: set[str] = set()
    waiting = [name for name, one in shapes.items() if one.get("additionalProperties") is False]
    while waiting:
        name = waiting.pop()
        if name not in sent:
            sent.add(name)
            waiting += references(shapes[name])
    return sent


def _renamed(rooms: Mapping[str, Schema], rest: Mapping[str, Schema]) -> dict[str, str]:
    """REST's names that mean something else in the rooms, directly or by what they are made of."""
    renamed: dict[str, str] = {}
    while True:
        other = {
            name: REST + name
            for name in rest
            if name in rooms and type_of(_rereferred(rest[name], renamed)) != type_of(rooms[name])
        }
        if other == renamed:
            return renamed
        renamed = other


def _rereferred(schema: Any, renamed: Mapping[str, str]) -> Any:
    """The schema with other names in its references."""
    if isinstance(schema, list):
        return [_rereferred(part, renamed) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return {**schema, "$ref": renamed.get(name_of(schema), name_of(schema))}
    return {key: _rereferred(part, renamed) for key, part in schema.items()}


def _with_defaults(schema: Schema) -> Schema:
    defaults = [name for name, one in schema.get("properties", {}).items() if "default" in one]
    return {**schema, "required": [*schema.get("required", ()), *defaults]}
