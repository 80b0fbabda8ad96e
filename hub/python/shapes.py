"""What travels, as types of Python: a module for each noun, and in it what the documents call by a name."""

from collections.abc import Mapping

from hub.nouns import NOUN
from hub.python.writing import STEP, WRITTEN, Schema, assigned, doc, imported, type_of, words_in

PACKAGE = "api.client.shapes"
FOLDER = "shapes"
SENTENCE = "What travels between a hub and its clients: {noun}."
EVERYTHING = "What travels between a hub and its clients, as types: a module for each noun."


def modules(shapes: Mapping[str, Schema]) -> dict[str, str]:
    """The module of each noun, by its path."""
    by_noun: dict[str, dict[str, Schema]] = {}
    for name, one in shapes.items():
        by_noun.setdefault(one[NOUN], {})[name] = one
    nouns = {name: one[NOUN] for name, one in shapes.items()}
    written = {f"{FOLDER}/{noun}.py": _module(noun, its, nouns) for noun, its in sorted(by_noun.items())}
    return {f"{FOLDER}/__init__.py": doc(f"{EVERYTHING}\n\n{WRITTEN}", ""), **written}


def _module(noun: str, its: Mapping[str, Schema], nouns: Mapping[str, str]) -> str:
    # What others are made of stands first: it is there while a program runs.
    aliases = [assigned(f"{name} = ", type_of(one)) for name, one in its.items() if "properties" not in one]
    classes = [_class(name, one) for name, one in its.items() if "properties" in one]
    used = words_in("\n".join([*aliases, *(_types(one) for one in its.values())]))
    typing = {"Literal", "NotRequired", "TypedDict"} & used
    elsewhere = elsewhere_of(used - set(its), nouns)
    head = [doc(f"{SENTENCE.format(noun=noun)}\n\n{WRITTEN}", "").rstrip(), "from __future__ import annotations"]
    if typing or elsewhere:
        head.append(imported("typing", {*typing, *({"TYPE_CHECKING"} if elsewhere else ())}))
    if elsewhere:
        head.append("if TYPE_CHECKING:\n" + "\n".join(elsewhere))
    body = "\n\n\n".join([*(["\n".join(aliases)] if aliases else []), *classes])
    return "\n\n".join(head) + ("\n\n" if aliases else "\n\n\n") + body + "\n"


def elsewhere_of(names: frozenset[str] | set[str], nouns: Mapping[str, str]) -> list[str]:
    """How a module comes by shapes of others, for whoever looks at types alone: they may know each other in circles."""
    by_noun: dict[str, set[str]] = {}
    for name in names & nouns.keys():
        by_noun.setdefault(nouns[name], set()).add(name)
    return [imported(f"{PACKAGE}.{noun}", its, STEP) for noun, its in sorted(by_noun.items())]


def _types(one: Schema) -> str:
    if "properties" not in one:
        return ""
    lacks = {"NotRequired"} if set(one["properties"]) - set(one.get("required", ())) else set()
    return " ".join(["TypedDict", *lacks, *(type_of(field) for field in one["properties"].values())])


def _class(name: str, one: Schema) -> str:
    required = one.get("required", ())
    lines = [f"class {name}(TypedDict):"]
    if one.get("description"):
        lines.append(doc(one["description"], STEP))
    for field, its in one["properties"].items():
        kind = type_of(its) if field in required else f"NotRequired[{type_of(its)}]"
        lines.append(assigned(f"{field}: ", kind, STEP))
    return "\n".join(lines if one["properties"] else [*lines[:-1], lines[-1].rstrip("\n")])
