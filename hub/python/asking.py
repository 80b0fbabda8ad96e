"""What can be asked, as functions of Python: at addresses, in a class for each chapter, and over a socket."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hub.nouns import NOUN
from hub.python.shapes import elsewhere_of
from hub.python.writing import STEP, WRITTEN, Schema, called, doc, imported, snake, table, type_of, words_in
from hub.typescript.by_name import commands_of
from hub.typescript.writing import JSON, is_json, name_of

FOLDER = "rest"
PREFIX = "/api/v2"
LIVE = "Everything that can be asked of a hub over a socket, each as a function."


def rest(openapi: Schema, shapes: Mapping[str, Schema], renamed: Mapping[str, str]) -> dict[str, str]:
    """A module for each chapter, and the one in which all of them are."""
    chapters = {one["name"]: one.get("description", "") for one in openapi["tags"]}
    nouns = {name: one[NOUN] for name, one in shapes.items()}
    written = {
        f"{FOLDER}/{chapter}.py": _chapter(chapter, said, _operations(openapi, chapter), nouns, renamed)
        for chapter, said in chapters.items()
    }
    return {f"{FOLDER}/__init__.py": _all_chapters(chapters), **written}


def _operations(openapi: Schema, chapter: str) -> list[tuple[str, str, Schema]]:
    return [
        (method.upper(), path.removeprefix(PREFIX), its)
        for path, methods in openapi["paths"].items()
        for method, its in methods.items()
        if chapter in its["tags"]
    ]


def _all_chapters(chapters: Mapping[str, str]) -> str:
    imports = "\n".join(
        [
            "from api.client.door import Door",
            *(imported(f"api.client.rest.{one}", [_class(one)]) for one in sorted(chapters)),
        ]
    )
    lines = [
        "class Rest:",
        doc("Everything that can be asked of a hub at its addresses, by chapter.", STEP),
        f"{STEP}def __init__(self, door: Door) -> None:",
        *(f"{STEP * 2}self.{one} = {_class(one)}(door)" for one in chapters),
    ]
    head = doc(f"Everything that can be asked of a hub at its addresses.\n\n{WRITTEN}", "").rstrip()
    return f"{head}\n\n{imports}\n\n\n" + "\n".join(lines) + "\n"


def _class(chapter: str) -> str:
    return "Of" + chapter.title()


def _chapter(
    chapter: str,
    said: str,
    operations: list[tuple[str, str, Schema]],
    nouns: Mapping[str, str],
    renamed: Mapping[str, str],
) -> str:
    functions = [_function(*one, renamed) for one in operations]
    used = words_in("\n".join(line for one in functions for line in one.splitlines() if '"""' not in line))
    head = [doc(f"What can be asked of a hub at its addresses: {chapter}.\n\n{WRITTEN}", "").rstrip()]
    head.append("from __future__ import annotations")
    elsewhere = elsewhere_of(used, nouns)
    head.append(imported("typing", {"TYPE_CHECKING", *({"Literal"} & used)}))
    collections = ["    from collections.abc import Sequence\n"] if "Sequence" in used else []
    head.append("if TYPE_CHECKING:\n" + "\n".join([*collections, "    from api.client.door import Door", *elsewhere]))
    lines = [f"class {_class(chapter)}:", doc(said, STEP), f"{STEP}def __init__(self, door: Door) -> None:"]
    lines.append(f"{STEP * 2}self._door = door")
    return "\n\n".join(head) + "\n\n\n" + "\n".join(lines) + "\n\n" + "\n\n".join(functions) + "\n"


def _function(method: str, path: str, its: Schema, renamed: Mapping[str, str]) -> str:
    return _in_json(method, path, its, renamed) if is_json(its) else _of_picture(method, path, its, renamed)


def _of_picture(method: str, path: str, its: Schema, renamed: Mapping[str, str]) -> str:
    """What takes a picture as its body, or answers with one. Neither is asked with anything else."""
    if "requestBody" in its:
        kinds = f"Literal[{', '.join(json.dumps(one) for one in its['requestBody']['content'])}]"
        arguments = ["self", "picture: bytes", f"kind: {kinds}"]
        answer = _shape(_done(its)["content"][JSON]["schema"], renamed)
        sends = called(
            f"answer: {answer} = await self._door.send_picture",
            [f'"{method}"', f'"{path}"', "picture", "kind"],
            "",
            STEP * 2,
        )
        asked = f"{sends}\n{STEP * 2}return answer"
    else:
        arguments, answer = ["self"], "bytes"
        asked = f'{STEP * 2}return await self._door.see_picture("{path}")'
    head = called(f"async def {its['operationId']}", arguments, f" -> {answer}:", STEP)
    return f"{head}\n{doc(its['summary'], STEP * 2)}{asked}"


def _done(its: Schema) -> Schema:
    done: Schema = next(answer for status, answer in its["responses"].items() if status.startswith("2"))
    return done


def _in_json(method: str, path: str, its: Schema, renamed: Mapping[str, str]) -> str:
    by_place: dict[str, list[Schema]] = {"path": [], "query": [], "header": []}
    for one in its["parameters"]:
        by_place[one["in"]].append(one)
    answer = _shape(_done(its)["content"][JSON]["schema"], renamed)
    needed = [f"{snake(one['name'])}: {_shape(one['schema'], renamed)}" for one in by_place["path"]]
    chosen = [_asked_for(one, renamed) for one in by_place["query"]]
    sent = [f'"{method}"', f'"{path}"']
    if by_place["path"]:
        sent.append(table(_named(by_place["path"]), "", STEP * 2))
    if by_place["query"]:
        sent.append(table(_named(by_place["query"]), "query=", STEP * 2))
    if "requestBody" in its:
        kind = _shape(its["requestBody"]["content"][JSON]["schema"], renamed)
        needed.append(f"body: {kind}" if its["requestBody"]["required"] else f"body: {kind} | None = None")
        sent.append("body=body")
    if by_place["header"]:
        chosen.append("key: str | None = None")
        sent.append("key=key")
    arguments = ["self", *needed, *(["*", *chosen] if chosen else [])]
    return (
        called(f"async def {its['operationId']}", arguments, f" -> {answer}:", STEP)
        + "\n"
        + doc(its["summary"], STEP * 2)
        + called(f"answer: {answer} = await self._door.send", sent, "", STEP * 2)
        + f"\n{STEP * 2}return answer"
    )


def _shape(schema: Schema, renamed: Mapping[str, str]) -> str:
    """The type, by the name that the shape has here."""
    if "$ref" in schema:
        return renamed.get(name_of(schema), name_of(schema))
    return type_of(schema)


def _asked_for(one: Schema, renamed: Mapping[str, str]) -> str:
    schema: Mapping[str, Any] = one["schema"]
    if schema.get("type") == "array":
        return f"{snake(one['name'])}: Sequence[{_shape(schema['items'], renamed)}] = ()"
    kind = _shape(schema, renamed)
    if one["required"]:
        return f"{snake(one['name'])}: {kind}"
    return f"{snake(one['name'])}: {kind} = None" if "None" in kind else f"{snake(one['name'])}: {kind} | None = None"


def _named(parameters: Iterable[Schema]) -> dict[str, str]:
    """The function's parameters by their names on the wire."""
    return {one["name"]: snake(one["name"]) for one in parameters}


def live(rooms: Schema, shapes: Mapping[str, Schema]) -> str:
    """The module of what can be asked over a socket."""
    nouns = {name: one[NOUN] for name, one in shapes.items()}
    functions = [_said(verb, one) for verb, one in commands_of(rooms).items()]
    used = words_in("\n".join(line for one in functions for line in one.splitlines() if '"""' not in line))
    head = [
        doc(f"{LIVE}\n\n{WRITTEN}", "").rstrip(),
        "from __future__ import annotations",
        "from typing import TYPE_CHECKING",
        "from api.client.line import Line",
        "if TYPE_CHECKING:\n" + "\n".join(elsewhere_of(used, nouns)),
    ]
    said = "A line to a hub on which every command is a function. One that is asked again under its id is done once."
    return "\n\n".join(head) + "\n\n\nclass Live(Line):\n" + doc(said, STEP) + "\n" + "\n\n".join(functions) + "\n"


def _said(verb: str, message: Schema) -> str:
    asked = type_of(message["payload"]["allOf"][0])
    answer = type_of(message["x-ack"]["oneOf"][0]["allOf"][1])
    arguments = ["self", f"asked: {asked}", "*", "command_id: str | None = None"]
    return (
        called(f"async def {verb}", arguments, f" -> {answer}:", STEP)
        + "\n"
        + doc(message["summary"], STEP * 2)
        + called(f"answer: {answer} = await self.asks", [f'"{verb}"', "asked", "command_id"], "", STEP * 2)
        + f"\n{STEP * 2}return answer"
    )
