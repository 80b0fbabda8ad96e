"""How Python is written: a schema as a type, what is said of it as a docstring, a call in as many lines as it takes."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import indent, wrap
from typing import Any

from hub.typescript.writing import name_of

Schema = Mapping[str, Any]

WIDTH_MAX = 120
STEP = "    "
WRITTEN = "Written by `brigade schema` from the code of the hub. Change the code, not this module."

PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def type_of(schema: Schema) -> str:
    """The type of a value as its schema has it. Bounds, formats and defaults are the hub's to mind."""
    if "$ref" in schema:
        return name_of(schema)
    if "const" in schema or "enum" in schema:
        return f"Literal[{', '.join(map(_literal, schema.get('enum', [schema.get('const')])))}]"
    either = schema.get("anyOf") or schema.get("oneOf")
    if either:
        return " | ".join(type_of(one) for one in either)
    match schema.get("type"):
        case "array":
            return f"list[{type_of(schema['items'])}]"
        case "object":
            values, keys = schema.get("additionalProperties"), schema.get("propertyNames", {})
            value = type_of(values) if isinstance(values, Mapping) else "object"
            return f"dict[{type_of(keys) if '$ref' in keys else 'str'}, {value}]"
        case kind:
            return PLAIN.get(kind or "", "object")


def _literal(value: object) -> str:
    return json.dumps(value) if isinstance(value, str) else repr(value)


def assigned(left: str, kind: str, pad: str = "") -> str:
    """One line, or a line for each word of a long list of words."""
    line = f"{pad}{left}{kind}"
    if len(line) <= WIDTH_MAX:
        return line
    head, words = kind.removesuffix("]").split("[", 1)
    lines = "".join(f"{pad}{STEP}{word},\n" for word in words.split(", "))
    return f"{pad}{left}{head}[\n{lines}{pad}]"


def called(head: str, arguments: Sequence[str], tail: str, pad: str) -> str:
    """A call or a signature: in one line, or with each argument on its own."""
    line = f"{pad}{head}({', '.join(arguments)}){tail}"
    if len(line) <= WIDTH_MAX:
        return line
    inside = f"{pad}{STEP}{', '.join(arguments)}"
    if len(inside) <= WIDTH_MAX:
        return f"{pad}{head}(\n{inside}\n{pad}){tail}"
    return f"{pad}{head}(\n" + "".join(f"{pad}{STEP}{one},\n" for one in arguments) + f"{pad}){tail}"


def table(pairs: Mapping[str, str], left: str, pad: str) -> str:
    """A table of values by name: in one line, or with each pair on its own. It is an argument, and stands below one."""
    items = [f'"{name}": {value}' for name, value in pairs.items()]
    line = f"{left}{{{', '.join(items)}}}"
    if len(pad) + len(STEP) + len(line) + 1 <= WIDTH_MAX:
        return line
    return f"{left}{{\n" + "".join(f"{pad}{STEP * 2}{one},\n" for one in items) + f"{pad}{STEP}}}"


def doc(text: str, pad: str) -> str:
    """A docstring, in lines that fit."""
    text = text.replace("\\", "\\\\").strip()
    if "\n" not in text and len(pad) + len(text) + 6 <= WIDTH_MAX:
        return f'{pad}"""{text}"""\n'
    width = WIDTH_MAX - len(pad) - 3
    lines = "\n\n".join("\n".join(wrap(one, width)) for one in text.split("\n\n"))
    if "\n" not in lines:
        # It would fit, but for the marks at its end.
        lines = "\n".join(wrap(text, width - 3))
    return indent(f'"""{lines}\n"""', pad) + "\n"


def snake(name: str) -> str:
    """`restaurant_id` for `restaurantId`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def words_in(kind: str) -> frozenset[str]:
    """The names that a type is made of, without what stands in quotation marks."""
    return frozenset(re.findall(r"\b[A-Za-z]\w*", re.sub(r'"[^"]*"', "", kind)))


def imported(module: str, names: Iterable[str], pad: str = "") -> str:
    """What a module needs of another one."""
    those = sorted(names, key=lambda name: (name.upper() != name, not name[0].isupper(), name.lower()))
    line = f"{pad}from {module} import {', '.join(those)}"
    if len(line) <= WIDTH_MAX:
        return line
    return f"{pad}from {module} import (\n" + "".join(f"{pad}{STEP}{one},\n" for one in those) + f"{pad})"
