"""How TypeScript is written: a schema as a type, what is said of it as a comment, a part of a module as code."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

Schema = Mapping[str, Any]

WIDTH_MAX = 120

PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}


@dataclass(frozen=True, slots=True)
class Part:
    """Something that a module exports: its noun, its name, its code, and the names of what its types are made of."""

    noun: str
    name: str
    code: str
    needs: frozenset[str]
    is_value: bool = False
    """Whether it is there while a screen runs; a type is not."""


def declaration(noun: str, name: str, schema: Schema) -> Part:
    """A shape: with fields an interface, else another name for what it is."""
    sentence = schema.get("description", "")
    if "properties" in schema:
        return interface(noun, name, sentence, schema)
    code = doc(sentence) + assigned(f"export type {name} =", type_of(schema))
    return Part(noun, name, code, frozenset(references(schema)))


def interface(noun: str, name: str, sentence: str, schema: Schema) -> Part:
    code = f"{doc(sentence)}export interface {name} {_block(schema)}"
    return Part(noun, name, code, frozenset(references(schema)))


def index(noun: str, name: str, sentence: str, schemas: Mapping[str, Schema]) -> Part:
    """A table by name, of types."""
    return interface(noun, name, sentence, {"properties": schemas, "required": list(schemas)})


# ------------------------------------------------------------------ types


def type_of(schema: Schema, indent: str = "") -> str:
    """The type of a value as its schema has it. Bounds, formats and defaults are the hub's to mind."""
    if "$ref" in schema:
        return name_of(schema)
    if "const" in schema or "enum" in schema:
        return " | ".join(json.dumps(one) for one in schema.get("enum", [schema.get("const")]))
    if "allOf" in schema:
        return " & ".join(type_of(one, indent) for one in schema["allOf"])
    either = schema.get("anyOf") or schema.get("oneOf")
    if either:
        return " | ".join(type_of(one, indent) for one in either)
    match schema.get("type"):
        case list(kinds):
            return " | ".join(PLAIN[one] for one in kinds)
        case "array":
            return _array(type_of(schema["items"], indent))
        case "object":
            return _object(schema, indent)
        case kind:
            return PLAIN.get(kind or "", "unknown")


def _array(item: str) -> str:
    is_simple = not (" | " in item or " & " in item or item.startswith("readonly "))
    return f"readonly {item}[]" if is_simple else f"readonly ({item})[]"


def _object(schema: Schema, indent: str) -> str:
    if "properties" in schema:
        return _block(schema, indent)
    values = schema.get("additionalProperties")
    value = type_of(values, indent) if isinstance(values, Mapping) else "unknown"
    keys = schema.get("propertyNames", {})
    if "$ref" in keys:
        return f"Readonly<Partial<Record<{name_of(keys)}, {value}>>>"
    return f"Readonly<Record<string, {value}>>"


def _block(schema: Schema, indent: str = "") -> str:
    """Every field on a line of its own, and what is said of it above."""
    inner = indent + "  "
    fields = schema["properties"].items()
    lines = (doc(one.get("description", ""), inner) + _field(name, one, schema, inner) for name, one in fields)
    return "{\n" + "".join(lines) + indent + "}"


def _field(name: str, schema: Schema, within: Schema, indent: str) -> str:
    mark = "" if name in within.get("required", ()) else "?"
    kind = type_of(schema, indent)
    return f"{assigned(f'{indent}readonly {name}{mark}:', kind, indent)}\n"


JSON = "application/json"


def is_json(operation: Schema) -> bool:
    """Whether an operation is asked and answered in JSON alone. Pictures are sent and shown as they are."""
    done = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
    return all(JSON in one["content"] for one in (done, operation.get("requestBody", done)))


# ------------------------------------------------------------------ names


def references(schema: object) -> list[str]:
    """The names of the shapes that a schema is made of."""
    if isinstance(schema, Mapping):
        own = [name_of(schema)] if "$ref" in schema else []
        return own + [name for part in schema.values() for name in references(part)]
    return [name for part in schema for name in references(part)] if isinstance(schema, list) else []


def named_in(kind: str) -> frozenset[str]:
    """The names that a type is made of, TypeScript's own among them."""
    return frozenset(re.findall(r"\b[A-Z]\w*", kind))


def name_of(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


# ------------------------------------------------------------------ lines


def assigned(left: str, kind: str, indent: str = "") -> str:
    """One line, or of a long union of words one line for each of them."""
    line = f"{left} {kind};"
    if len(line) <= WIDTH_MAX or any(one in kind for one in "<({"):
        return line
    return left + "".join(f"\n{indent}  | {one}" for one in kind.split(" | ")) + ";"


def listed(names: Iterable[str], indent: str = "") -> str:
    """A list of words, one below the other."""
    words = [json.dumps(one) for one in names]
    if len(words) == 1:
        return f"[{words[0]}]"
    return "[\n" + "".join(f"{indent}  {word},\n" for word in words) + f"{indent}]"


def doc(text: str, indent: str = "") -> str:
    """A comment above what follows, or nothing where there is nothing to say."""
    if not text:
        return ""
    text = text.replace("*/", "* /")
    if "\n" not in text and len(f"{indent}/** {text} */") <= WIDTH_MAX:
        return f"{indent}/** {text} */\n"
    paragraphs = text.split("\n\n")
    lines = [line for one in paragraphs for line in ("", *wrap(one, WIDTH_MAX - len(indent) - 3))][1:]
    return "".join(f"{line}\n" for line in (f"{indent}/**", *_starred(lines, indent), f"{indent} */"))


def _starred(lines: Iterable[str], indent: str) -> list[str]:
    return [f"{indent} * {line}".rstrip() for line in lines]
