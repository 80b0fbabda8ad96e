"""Modules of TypeScript: parts of one noun stand together, and each module names what it needs of the others."""

from collections.abc import Iterable, Mapping

from hub.typescript.writing import WIDTH_MAX, Part, doc

WIRE = "wire"

EVERYTHING = "Everything that travels between a hub and its screens, as types: a module for each noun."
OF_A_NOUN = "What travels between a hub and its screens: {noun}."
WRITTEN = "Written by `brigade schema` from the code of the hub. Change the code, not this page."


def modules(parts: Iterable[Part]) -> dict[str, str]:
    """The module of each noun, and the one that passes all of them on, by their paths."""
    by_noun: dict[str, list[Part]] = {}
    for part in parts:
        by_noun.setdefault(part.noun, []).append(part)
    nouns = {part.name: noun for noun, its in by_noun.items() for part in its}
    by_noun = dict(sorted(by_noun.items()))
    return {
        f"{WIRE}.ts": _page(EVERYTHING, "\n".join(_passed_on(noun, its) for noun, its in by_noun.items())),
        **{f"{WIRE}/{noun}.ts": _module(noun, its, nouns) for noun, its in by_noun.items()},
    }


def _passed_on(noun: str, parts: Iterable[Part]) -> str:
    """A module that holds nothing but types is nothing to fetch while a screen runs."""
    kind = "" if any(part.is_value for part in parts) else "type "
    return f'export {kind}* from "./{WIRE}/{noun}.ts";'


def _module(noun: str, parts: Iterable[Part], nouns: Mapping[str, str]) -> str:
    needed = {name for part in parts for name in part.needs if nouns.get(name, noun) != noun}
    elsewhere = sorted({nouns[name] for name in needed})
    imports = [_import(sorted(name for name in needed if nouns[name] == other), other) for other in elsewhere]
    return _page(OF_A_NOUN.format(noun=noun), "\n".join(imports), *(part.code for part in parts))


def _import(names: Iterable[str], noun: str) -> str:
    line = f'import type {{ {", ".join(names)} }} from "./{noun}.ts";'
    if len(line) <= WIDTH_MAX:
        return line
    return "import type {\n" + "".join(f"  {name},\n" for name in names) + f'}} from "./{noun}.ts";'


def _page(sentence: str, *blocks: str) -> str:
    return "\n\n".join(block for block in (doc(f"{sentence}\n\n{WRITTEN}").rstrip(), *blocks) if block) + "\n"
