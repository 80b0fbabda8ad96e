"""A function for each operation of REST, in a module for each chapter: with the parts of its address, its body and its
query, and what is answered.

They are handed what sends: to which hub, and as whom, is a screen's to know.
"""

import json
import re
from collections.abc import Mapping, Sequence

from hub.typescript.writing import JSON, WIDTH_MAX, Part, Schema, doc, is_json, name_of, named_in, type_of

ASKING = "asking"
PREFIX = "/api/v2"

ASK = """/**
 * What sends a request, and answers with what the hub does. A name of the query that has a list of values stands there
 * once for each of them, and one that has none does not stand there.
 */
export type Ask = <T>(
  method: string,
  path: string,
  asked?: { readonly body?: object; readonly query?: object },
) => Promise<T>;"""


def functions(openapi: Schema, renamed: Mapping[str, str]) -> list[Part]:
    """Every operation, by its id. `renamed` are shapes of REST that have another name here."""
    operations = [
        _function(method.upper(), path.removeprefix(PREFIX), its, renamed)
        for path, methods in openapi["paths"].items()
        for method, its in methods.items()
        if is_json(its)
    ]
    return [Part(ASKING, "Ask", ASK, frozenset()), *operations]


def _function(method: str, path: str, its: Schema, renamed: Mapping[str, str]) -> Part:
    done = next(answer for status, answer in its["responses"].items() if status.startswith("2"))
    answer = _shape(done["content"][JSON]["schema"], renamed)
    in_path = [one for one in its["parameters"] if one["in"] == "path"]
    in_query = [one for one in its["parameters"] if one["in"] == "query"]
    parameters = ["ask: Ask", *(f"{one['name']}: {_shape(one['schema'], renamed)}" for one in in_path)]
    asked = []
    if "requestBody" in its:
        body = _shape(its["requestBody"]["content"][JSON]["schema"], renamed)
        parameters.append(f"body: {body}" if its["requestBody"]["required"] else f"body: {body} = {{}}")
        asked.append("body")
    if in_query:
        parameters.append(_query([_field(one, renamed) for one in in_query], any(one["required"] for one in in_query)))
        asked.append("query")
    address = re.sub(r"{(\w+)}", r"${encodeURIComponent(\1)}", path)
    sent = [json.dumps(method), f"`{address}`" if in_path else json.dumps(path)]
    if asked:
        sent.append(f"{{ {', '.join(asked)} }}")
    name = re.sub(r"_(\w)", lambda found: found[1].upper(), its["operationId"])
    code = (
        doc(its["summary"])
        + _called(f"export function {name}", parameters, f": Promise<{answer}> {{", "")
        + "\n"
        + _called("return ask", sent, ";", "  ")
        + "\n}"
    )
    return Part(f"{ASKING}-{its['tags'][0]}", name, code, named_in(" ".join([answer, *parameters])), is_value=True)


def _query(fields: Sequence[str], is_required: bool) -> str:
    usual = "" if is_required else " = {}"
    line = f"query: {{ {'; '.join(fields)} }}{usual}"
    if len(line) + 3 <= WIDTH_MAX:
        return line
    return "query: {\n" + "".join(f"    {one};\n" for one in fields) + f"  }}{usual}"


def _field(one: Schema, renamed: Mapping[str, str]) -> str:
    return f"readonly {one['name']}{'' if one['required'] else '?'}: {_shape(one['schema'], renamed)}"


def _shape(schema: Schema, renamed: Mapping[str, str]) -> str:
    if "$ref" in schema:
        return renamed.get(name_of(schema), name_of(schema))
    return type_of(schema)


def _called(head: str, arguments: Sequence[str], tail: str, indent: str) -> str:
    """A call or a signature, in one line or with each argument on its own."""
    line = f"{indent}{head}({', '.join(arguments)}){tail}"
    if len(line) <= WIDTH_MAX:
        return line
    return f"{indent}{head}(\n" + "".join(f"{indent}  {one},\n" for one in arguments) + f"{indent}){tail}"
