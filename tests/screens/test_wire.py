"""The types of the wire say what the documents say, each in its noun's module, and a compiler understands them.

Not its business: whether the files that are kept are fresh (`tests.whole.test_papers`).
"""

from pathlib import Path
from typing import Any

import pytest

from hub.nouns import NOUN
from hub.reference import wire_types
from hub.typescript import wire
from tests.support.node import runs_module

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
LINES_MAX = 450
"""What anybody reads in one go."""


def shape(required: tuple[str, ...] = (), noun: str = "soups", **fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(required), NOUN: noun}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def modules(rooms: dict[str, Any], rest: dict[str, Any] | None = None) -> dict[str, str]:
    """The modules of a house in which soup is served, and of these shapes, by their paths."""
    served = {"x-caused-by": ["waiter"], "payload": {"allOf": [ref("SoupServed"), shape(("seq",), seq=WHOLE)]}}
    components = {"messages": {"soup_served": served}, "schemas": {"SoupServed": shape(), **rooms}}
    return wire({"components": components, "channels": {}}, {"components": {"schemas": rest or {}}, "paths": {}})


def written(rooms: dict[str, Any], rest: dict[str, Any] | None = None) -> str:
    """All of it."""
    return "\n".join(modules(rooms, rest).values())


def test_a_shape_that_both_doors_mean_alike_is_written_once() -> None:
    station = shape(("name",), name={**TEXT, "maxLength": 80})

    types = written({"Station": station}, {"Station": shape(("name",), name=TEXT)})

    assert types.count("interface Station {") == 1
    assert "RestStation" not in types


def test_a_name_that_means_two_things_is_two_names_and_so_is_whatever_is_made_of_it() -> None:
    kitchen = shape(("stations",), stations={"type": "array", "items": ref("Station")})

    types = written(
        {"Station": shape(("stationId",), stationId=TEXT), "Kitchen": kitchen},
        {"Station": shape(("id",), id=TEXT), "Kitchen": kitchen},
    )

    assert "interface Station {\n  readonly stationId: string;\n}" in types
    assert "interface RestStation {\n  readonly id: string;\n}" in types
    assert "interface Kitchen {\n  readonly stations: readonly Station[];\n}" in types
    assert "interface RestKitchen {\n  readonly stations: readonly RestStation[];\n}" in types


def test_a_field_that_is_not_required_may_be_missing() -> None:
    assert "readonly retry?: boolean;" in written({"Problem": shape(retry={"type": "boolean"})})


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"anyOf": [TEXT, {"type": "null"}]}, "string | null"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"enum": ["fired", "started"]}, '"fired" | "started"'),
        ({"const": False}, "false"),
        ({"type": "array", "items": {"anyOf": [TEXT, {"type": "null"}]}}, "readonly (string | null)[]"),
        ({"type": "array", "items": {"type": "array", "items": TEXT}}, "readonly (readonly string[])[]"),
        ({"type": "object", "additionalProperties": WHOLE}, "Readonly<Record<string, number>>"),
        (
            {"type": "object", "additionalProperties": WHOLE, "propertyNames": ref("Kind")},
            "Readonly<Partial<Record<Kind, number>>>",
        ),
        ({"type": "object"}, "Readonly<Record<string, unknown>>"),
    ],
)
def test_a_value_has_the_type_that_its_schema_has(schema: dict[str, Any], kind: str) -> None:
    assert f"  readonly value: {kind};" in written({"Held": shape(("value",), value=schema)})


def test_what_is_said_of_a_shape_does_not_end_its_comment() -> None:
    types = written({"Held": {**shape(value=TEXT), "description": "Anything, */* as well."}})

    assert "/** Anything, * /* as well. */" in types


def test_a_shape_stands_in_the_module_of_its_noun_whichever_door_it_comes_by() -> None:
    wired = modules({"Spoon": shape(noun="cutlery")}, {"Bread": shape(noun="sides"), "Spoon": shape(noun="cutlery")})

    assert "export interface Spoon {" in wired["wire/cutlery.ts"]
    assert "export interface Bread {" in wired["wire/sides.ts"]
    assert "".join(wired.values()).count("interface Spoon {") == 1


def test_a_module_names_what_it_needs_of_others_and_nothing_else() -> None:
    spoons = {"type": "array", "items": ref("Spoon")}
    laid = shape(("spoons", "other"), "places", spoons=spoons, other=ref("Laid"), bread=ref("Bread"))

    wired = modules({"Spoon": shape(noun="cutlery"), "Fork": shape(noun="cutlery"), "Laid": laid}, {"Bread": shape()})

    imports = [line for line in wired["wire/places.ts"].splitlines() if line.startswith("import")]
    assert imports == ['import type { Spoon } from "./cutlery.ts";', 'import type { Bread } from "./soups.ts";']


def test_everything_is_passed_on_and_what_only_the_compiler_needs_is_nothing_to_fetch() -> None:
    wired = modules({})

    passed_on = [line for line in wired["wire.ts"].splitlines() if line.startswith("export")]
    assert len(passed_on) == len(wired) - 1
    assert 'export * from "./wire/events.ts";' in passed_on
    assert 'export type * from "./wire/soups.ts";' in passed_on


def test_an_operation_is_a_function_that_asks_at_its_address() -> None:
    asked = wire_types()["wire/asking-orders.ts"]

    signature = (
        "export function placeOrder(ask: Ask, restaurantId: string, body: RestPlaceOrder): Promise<PlacedAnswer> {"
    )
    assert signature in asked
    assert 'return ask("POST", `/restaurants/${encodeURIComponent(restaurantId)}/orders`, { body });' in asked
    assert "body: RestServeOrder = {}" in asked, "A body with nothing that has to be said need not be there."
    assert "readonly status?: readonly OrderStatus[]" in asked


def test_no_module_is_too_long_to_be_read() -> None:
    long = {path: text.count("\n") for path, text in wire_types().items() if text.count("\n") > LINES_MAX}

    assert not long, "A noun has grown too big: part it where its shapes are defined."


def test_a_compiler_understands_the_types_and_finds_nothing_needless(tmp_path: Path) -> None:
    for path, text in wire_types().items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    strict = ("--noEmit", "--strict", "--noUnusedLocals", "--isolatedModules", "--verbatimModuleSyntax")
    whole = ("--allowImportingTsExtensions", "--module", "esnext", "--moduleResolution", "bundler")
    options = (*strict, *whole, "--ignoreConfig", "--target", "es2023", "--types", "")

    compiled = runs_module("typescript/bin/tsc", *options, str(tmp_path / "wire.ts"))

    assert compiled.returncode == 0, compiled.stdout
