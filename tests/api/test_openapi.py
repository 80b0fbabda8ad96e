"""The document says what the routes do: all of it, and nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from api import openapi
from api.asking import Asks
from api.errors import OWN_CODES
from api.paths import PREFIX, names_in
from api.routes import CHAPTERS, ROUTES
from hub.domain.refusals import every_refusal
from hub.nouns import NOUN
from tests.api.conftest import Caller
from tests.support.houses import House

Json = Any


@pytest.fixture(scope="module")
def document() -> Json:
    return openapi.document(CHAPTERS)


def operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def refs(node: Json) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for one in node.values():
            yield from refs(one)
    elif isinstance(node, list):
        for one in node:
            yield from refs(one)


def resolved(document: Json, ref: str) -> Json:
    node = document
    for key in ref.removeprefix("#/").split("/"):
        node = node[key]
    return node


def schemas(node: Json) -> Iterator[Json]:
    """Every schema outside of the components too."""
    if isinstance(node, dict):
        if isinstance(node.get("schema"), dict):
            yield node["schema"]
        for one in node.values():
            yield from schemas(one)
    elif isinstance(node, list):
        for one in node:
            yield from schemas(one)


async def test_it_is_served(nobody: Caller, document: Json) -> None:
    answer = await nobody.gets("/api/v2/openapi.json")
    assert (answer.status, answer.json["openapi"]) == (200, "3.1.0")
    assert answer.json == document


def test_it_has_every_route_and_no_other(document: Json) -> None:
    documented = {(method, path) for method, path, _ in operations(document)}
    assert documented == {(route.method, PREFIX + route.path) for route in ROUTES}


def test_operations_have_names_of_their_own_and_a_sentence(document: Json) -> None:
    names = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(set(names)) == len(names)
    assert all(operation["summary"].endswith(".") for _, _, operation in operations(document))


def test_every_reference_leads_somewhere_and_nothing_is_left_over(document: Json) -> None:
    named = set(refs(document))
    for ref in named:
        assert resolved(document, ref), ref
    for name in document["components"]["schemas"]:
        assert f"#/components/schemas/{name}" in named, name


def test_every_schema_is_one(document: Json) -> None:
    known = {
        "$ref", "additionalProperties", "allOf", "anyOf", "const", "default", "description", "enum", "examples",
        "exclusiveMaximum", "exclusiveMinimum", "format", "items", "maxItems", "maxLength", "maximum", "minItems",
        "minLength", "minimum", "oneOf", "pattern", "properties", "propertyNames", "readOnly", "required", "title",
        "type", "prefixItems", NOUN,
    }  # fmt: skip

    def check(schema: Json) -> None:
        Draft202012Validator.check_schema(schema)
        assert set(schema) <= known, set(schema) - known
        for one in schema.get("properties", {}).values():
            check(one)
        for key in ("items", "additionalProperties", "propertyNames"):
            if isinstance(schema.get(key), dict):
                check(schema[key])
        for key in ("anyOf", "oneOf", "allOf"):
            for one in schema.get(key, ()):
                check(one)

    for schema in [*document["components"]["schemas"].values(), *schemas(document["paths"])]:
        check(schema)


def test_every_shape_says_of_which_noun_it_is(document: Json) -> None:
    nouns = {name: schema[NOUN] for name, schema in document["components"]["schemas"].items()}

    assert (nouns["PlaceOrder"], nouns["Menu"], nouns["Problem"]) == ("orders", "menus", "refusals")


def test_parameters_are_those_of_the_address_and_the_key_of_a_command(document: Json) -> None:
    by_route = {(route.method, PREFIX + route.path): route for route in ROUTES}
    for method, path, operation in operations(document):
        in_path = [one["name"] for one in operation["parameters"] if one["in"] == "path"]
        assert in_path == list(names_in(path))
        in_header = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
        assert (in_header == ["Idempotency-Key"]) == isinstance(by_route[method, path], Asks)


def test_a_body_has_what_the_address_has_not(document: Json) -> None:
    for _, path, operation in operations(document):
        if "requestBody" in operation:
            schema = resolved(document, operation["requestBody"]["content"]["application/json"]["schema"]["$ref"])
            assert schema["additionalProperties"] is False
            assert not set(schema["properties"]) & set(names_in(path)), path
            assert set(schema.get("required", ())) <= set(schema["properties"])
    fire = document["paths"][PREFIX + "/orders/{orderId}/courses/{course}/fire"]["post"]
    assert fire["requestBody"]["required"] is False


def test_every_code_is_documented_under_its_status(document: Json) -> None:
    told = {
        code
        for response in document["components"]["responses"].values()
        for code in response["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"]
    }
    hubs = {refusal.code for refusal in every_refusal() if refusal.__module__.startswith("hub.")}
    assert told == hubs | set(OWN_CODES)


async def test_what_is_answered_is_what_the_document_says(manager: Caller, document: Json, house: House) -> None:
    """Every GET of the table, and a few commands, held against their schemas."""
    order = await house.fires(
        "1", house.line("Steak", modifiers=(house.items["Steak"].modifier_groups[0].modifiers[0].id,))
    )
    things = {
        "restaurantId": house.id,
        "itemId": house.items["Steak"].id,
        "tableId": house.tables["1"],
        "orderId": order.order_id,
        "room": f"kitchen:{house.id}",
    }
    asked: list[tuple[str, str, Json, Json]] = [(m, p, o, None) for m, p, o in operations(document) if m == "GET"]
    paths = document["paths"]
    for path, body in (
        ("/restaurants/{restaurantId}/orders", {"kind": "pickup", "lines": [{"itemId": str(house.items["Soup"].id)}]}),
        ("/orders/{orderId}/serve", None),
        ("/items/{itemId}/eighty-six", None),
        ("/restaurants/{restaurantId}/stations", {"name": "Fry"}),
    ):
        asked.append(("POST", PREFIX + path, paths[PREFIX + path]["post"], body))
    for method, path, operation, body in asked:
        since = "?since=0" if path.endswith("/entries") else ""
        answer = await manager.asks(method, path.format_map(things) + since, body)
        told = operation["responses"][str(answer.status)]
        told = resolved(document, told["$ref"]) if "$ref" in told else told
        (media,) = told["content"].items()
        assert answer.headers["Content-Type"].startswith(media[0])
        validator = Draft202012Validator({**media[1]["schema"], "components": document["components"]})
        problems = [error.message for error in validator.iter_errors(answer.json)]
        assert not problems, (method, path, problems)
