"""An example of whatever a document describes, made from its schema alone: each time the same, and always fitting.

Not its business: examples of events and signals, which are made from their classes (`rooms.examples`).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

Schema = Mapping[str, Any]

AN_ID = "019a9f3c-7b00-7000-8000-000000000001"
A_MOMENT = "2026-11-22T19:30:00.000000Z"

FORMATS: Mapping[str, str] = MappingProxyType({"uuid": AN_ID, "date-time": A_MOMENT, "password": "a long sentence"})
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "accessToken": "eyJhbGciOiJIUzI1NiJ9…",
        "action": "change_item",
        "actor": f"user:{AN_ID}",
        "address": "192.0.2.7",
        "allergens": "celery",
        "beginsWith": "brk_3f9a",
        "challenge": "kZr0qN3vT1mYbK7xWc2LpA",
        "code": "K7M4X2PQ",
        "currency": "GBP",
        "customerName": "Ada",
        "description": "With bread and butter",
        "device": "Tablet at the grill",
        "displayName": "Ada",
        "dietTags": "vegan",
        "email": "cook@example.com",
        "entity": "item",
        "epoch": "6f1c2a9d",
        "guestLink": "eyJhbGciOiJIUzI1NiJ9…",
        "message": "The walk-in is at nine degrees.",
        "networks": "192.0.2.0/24",
        "note": "No croutons",
        "ownerEmail": "owner@example.com",
        "origin": "https://brigade.example",
        "pin": "2739",
        "reason": "Sent back",
        "restaurant": "The Test Kitchen",
        "room": "announcements",
        "rpId": "brigade.example",
        "tableName": "7",
        "timeZone": "Europe/London",
        "title": "Walk-in",
        "tokenType": "Bearer",
    }
)
"""What stands in a field of this name, where any text may."""
A_WORD = "Soup"


def example(schema: Schema, schemas: Mapping[str, Schema], field: str = "") -> Any:
    """Something that fits the schema; `schemas` are those it may name. What need not be there is left out."""
    its = _followed(schema, schemas)
    if its.get("examples"):
        return its["examples"][0]
    if "const" in its or "enum" in its:
        return its["const"] if "const" in its else its["enum"][0]
    if "allOf" in its:
        return {name: value for part in its["allOf"] for name, value in example(part, schemas, field).items()}
    either = [one for one in its.get("anyOf", its.get("oneOf", ())) if one.get("type") != "null"]
    if either:
        return example(either[0], schemas, field)
    match its.get("type"):
        case "object":
            return _object(its, schemas)
        case "array":
            fewest = 1 if field in WORDS or its.get("minItems") or "$ref" in its["items"] else 0
            return [example(its["items"], schemas, field)] * max(fewest, its.get("minItems", 0))
        case "integer" | "number":
            return its.get("default") or max(its.get("minimum", 1), 1)
        case "boolean":
            return its.get("default") or False
        case "null":
            return None
    return _text(its, field)


def _object(its: Schema, schemas: Mapping[str, Schema]) -> dict[str, Any]:
    fields: Mapping[str, Schema] = its.get("properties", {})
    named = its.get("required") or [name for name in fields if name != "seen"][:1]
    if fields:
        return {name: example(fields[name], schemas, name) for name in named if name in fields}
    values, keys = its.get("additionalProperties"), its.get("propertyNames", {"format": "uuid"})
    return {str(example(keys, schemas)): example(values, schemas)} if isinstance(values, Mapping) else {}


def _text(its: Schema, field: str) -> str:
    if its.get("format") in FORMATS:
        return FORMATS[its["format"]]
    return WORDS.get(field, A_WORD)


def _followed(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return schema
