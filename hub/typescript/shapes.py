"""The shapes of both doors, each written once and as it is sent. Its noun is the document's word, and its module."""

from collections.abc import Mapping
from typing import Any

from hub.nouns import NOUN
from hub.typescript.writing import Part, Schema, declaration, name_of, type_of

REST = "Rest"
"""Before the name of a shape of REST that means something else in the rooms: a body there lacks what its path says."""


def shapes(found: Mapping[str, Schema]) -> list[Part]:
    """Every shape, as TypeScript."""
    return [declaration(one[NOUN], name, one) for name, one in found.items()]


def of_both_doors(rooms: Mapping[str, Schema], rest: Mapping[str, Schema]) -> tuple[dict[str, Schema], dict[str, str]]:
    """The schema of every shape once, and how those of REST are called that have another name here.

    Where a name means two things, the rooms have it, and REST's carries a prefix.
    """
    renamed = _renamed(rooms, rest)
    others = {
        renamed.get(name, name): _rereferred(one, renamed)
        for name, one in rest.items()
        if name in renamed or name not in rooms
    }
    return {**rooms, **others}, renamed


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
