"""The document says what the routes do: all of it, and nothing else."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from schemathesis.specs.openapi.definitions import OPENAPI_31

from api import openapi
from api.asking import Asks
from api.errors import OWN_CODES
from api.paths import PREFIX, names_in
from api.routes import CHAPTERS, ROUTES
from api.v1 import document as older
from hub.commands.keys import MakeKey
from hub.domain.refusals import every_refusal
from hub.nouns import NOUN
from hub.papers import the_refusals
from hub.people import Role
from hub.rights import Permission
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


@pytest.mark.parametrize("made", [openapi.document, older.document], ids=["v2", "v1"])
def test_it_is_what_its_specification_calls_a_document(made: Callable[[Any], Json]) -> None:
    whole, validator = made(CHAPTERS), Draft202012Validator(OPENAPI_31)
    validator.validate(whole)
    path, methods = next(iter(whole["paths"].items()))
    broken = whole | {"paths": {path: {name: one | {"parameters": {}} for name, one in methods.items()}}}
    assert not validator.is_valid(broken), "a look that finds nothing wrong is none"


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


def test_an_answer_has_all_of_its_fields_and_whoever_asks_need_not_name_what_may_be_null(document: Json) -> None:
    """As a client that somebody else generates takes it: what is not required may lack."""
    for _, path, operation in operations(document):
        done = next(one for status, one in operation["responses"].items() if status < "300")
        for schema in whole_of(document, done["content"].get("application/json", {})):
            lacks = set(schema.get("properties", ())) - set(schema.get("required", ()))
            # Of a room there is either its board, or what happened since.
            assert lacks <= ({"board", "recovered"} if schema["title"] == "RoomAnswer" else set()), (path, schema)
        asked = whole_of(document, operation.get("requestBody", {}).get("content", {}).get("application/json", {}))
        fields = [one for schema in asked for one in schema.get("properties", {}).values()]
        fields += [one["schema"] for one in operation["parameters"]]
        assert all(one.get("default", "none") is not None for one in fields), path


def whole_of(document: Json, media: Json) -> list[Json]:
    """The schema of a body, and every one that it is made of."""
    found: dict[str, Json] = {}
    waiting = list(refs(media.get("schema", {})))
    while waiting:
        ref = waiting.pop()
        if ref not in found:
            found[ref] = resolved(document, ref)
            waiting += refs(found[ref])
    return list(found.values())


def test_whoever_writes_a_client_is_told_the_type_of_all_that_comes_and_goes(document: Json) -> None:
    """What generators of clients leave out: bodies without a schema, and parts of one that say less than the whole."""
    for _, path, operation in operations(document):
        answers = [resolved(document, one["$ref"]) if "$ref" in one else one for one in operation["responses"].values()]
        for body in (*answers, *([operation["requestBody"]] if "requestBody" in operation else [])):
            assert all("schema" in media for media in body["content"].values()), path
    for name, response in document["components"]["responses"].items():
        whole, part = response["content"]["application/problem+json"]["schema"]["allOf"]
        its = resolved(document, whole["$ref"])
        for field, said in part["properties"].items():
            assert said["type"] == its["properties"][field]["type"], (name, field)
            assert isinstance(said["enum"], list), (name, field)
    headers = {name: one["schema"]["type"] for name, one in document["components"]["headers"].items()}
    whole_numbers = {name for name, kind in headers.items() if kind == "integer"}
    assert whole_numbers == {"Retry-After", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"}


def test_a_list_goes_on_with_what_it_says_itself(document: Json) -> None:
    """Its `nextCursor` is text, and so is the `cursor` with which it is asked again, without a change of type."""
    cursors = [
        [kind["type"] for kind in one["schema"]["anyOf"]]
        for _, _, operation in operations(document)
        for one in operation["parameters"]
        if one["name"] == "cursor"
    ]
    assert len(cursors) >= 2
    assert all(one == ["string", "null"] for one in cursors), cursors


def test_sentences_name_their_facts_as_they_travel(document: Json) -> None:
    told = "\n".join(one["description"] for one in document["components"]["responses"].values())
    assert "{retryAfterSeconds}" in told
    assert not re.findall(r"\{\w*_\w*\}", told + the_refusals(every_refusal()))


def test_parameters_are_those_of_the_address_and_the_key_of_a_command(document: Json) -> None:
    by_route = {(route.method, PREFIX + route.path): route for route in ROUTES}
    for method, path, operation in operations(document):
        in_path = [one["name"] for one in operation["parameters"] if one["in"] == "path"]
        assert in_path == list(names_in(path))
        in_header = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
        assert (in_header == ["Idempotency-Key"]) == isinstance(by_route[method, path], Asks)


def test_a_body_has_what_the_address_has_not(document: Json) -> None:
    for _, path, operation in operations(document):
        # A picture is sent as it is.
        if "requestBody" in operation and path != PREFIX + "/me/avatar":
            schema = resolved(document, operation["requestBody"]["content"]["application/json"]["schema"]["$ref"])
            assert schema["additionalProperties"] is False
            assert not set(schema["properties"]) & set(names_in(path)), path
            assert set(schema.get("required", ())) <= set(schema["properties"])
    fire = document["paths"][PREFIX + "/orders/{orderId}/courses/{course}/fire"]["post"]
    assert fire["requestBody"]["required"] is False


def codes_at(document: Json, status: int, operation: Json) -> set[str]:
    response = resolved(document, operation["responses"][str(status)]["$ref"])
    return set(response["content"]["application/problem+json"]["schema"]["allOf"][1]["properties"]["code"]["enum"])


def test_every_code_there_is_is_told_where_it_may_come(document: Json) -> None:
    told = {
        code
        for _, _, operation in operations(document)
        for status in operation["responses"]
        if status >= "400"
        for code in codes_at(document, int(status), operation)
    }
    hubs = {refusal.code for refusal in every_refusal() if refusal.__module__.startswith("hub.")}
    elsewhere = {"no_such_route", "wrong_method", "version_gone"}
    assert told - hubs == set(OWN_CODES) - elsewhere
    assert hubs - told == set()


@pytest.mark.parametrize(
    ("method", "path", "status", "codes"),
    [
        ("POST", "/tickets/{ticketId}/bump", 409, {"illegal_ticket_step", "not_as_seen"}),
        ("POST", "/tables/{tableId}/seatings", 409, {"illegal_table_step"}),
        ("POST", "/restaurants/{restaurantId}/orders", 409, {"item_eighty_sixed", "item_sold_out", "nobody_seated"}),
        ("POST", "/restaurants/{restaurantId}/orders", 422, {"wrong_modifiers", "table_needed", "key_reused"}),
        ("POST", "/auth/login", 401, {"wrong_credentials"}),
        ("GET", "/restaurants/{restaurantId}/menu", 401, {"token_expired", "session_over", "key_over"}),
        ("GET", "/restaurants/{restaurantId}/orders", 400, {"invalid", "version_conflict"}),
        ("GET", "/audit/wholeness", 404, {"not_found"}),
    ],
)
def test_an_operation_names_the_rules_that_may_refuse_it(
    document: Json, method: str, path: str, status: int, codes: set[str]
) -> None:
    operation = document["paths"][PREFIX + path][method.lower()]
    assert codes <= codes_at(document, status, operation)


def test_an_operation_does_not_name_the_rules_of_others(document: Json) -> None:
    bump = document["paths"][PREFIX + "/tickets/{ticketId}/bump"]["post"]
    assert not {"item_sold_out", "table_in_use", "own_backup", "last_owner"} & {
        code for status in bump["responses"] if status >= "400" for code in codes_at(document, int(status), bump)
    }


def test_no_address_is_another_one_with_something_filled_in(document: Json) -> None:
    """What is asked there by a method that the one does not know would be answered by the other."""
    filled = {path: re.sub(r"{\w+}", "x", path) for path in document["paths"]}
    for path in document["paths"]:
        pattern = re.compile(re.sub(r"{\w+}", "[^/]+", path))
        assert [one for one, address in filled.items() if one != path and pattern.fullmatch(address)] == [], path


@pytest.mark.parametrize("make", [openapi.document, older.document], ids=["v2", "v1"])
def test_every_example_is_what_its_schema_says(make: Callable[[Any], Json]) -> None:
    document = make(CHAPTERS)
    looked_at = 0
    for media in [*media_in(document["paths"]), *media_in(document["components"]["responses"])]:
        validator = Draft202012Validator(
            {**media["schema"], "components": document["components"]}, format_checker=FormatChecker()
        )
        assert [error.message for error in validator.iter_errors(media["example"])] == [], media["schema"]
        looked_at += 1
    assert looked_at > len(ROUTES)


def media_in(node: Json) -> Iterator[Json]:
    if isinstance(node, dict):
        # A picture is no JSON.
        yield from (one for one in node.get("content", {}).values() if one["schema"].get("format") != "binary")
        for one in node.values():
            yield from media_in(one)


def test_every_operation_says_all_that_somebody_asks_about_it(document: Json) -> None:
    for method, path, operation in operations(document):
        where = f"{method} {path}"
        assert operation["summary"], where
        assert "It is " in operation["description"], where
        assert operation["tags"], where
        assert "security" in operation, where
        done = next(one for status, one in operation["responses"].items() if status < "300")
        assert "X-Request-ID" in done["headers"], where
    for tag in document["tags"]:
        assert tag["description"], f"`api.openapi.CHAPTERS` does not say what {tag['name']} is about."


def test_the_documents_are_what_openapi_says_they_have_to_be(document: Json) -> None:
    """By the structure that the specification has for it; schemas in it are looked at by themselves."""
    for made in (document, older.document(CHAPTERS)):
        for one in operations(made):
            assert set(one[2]) <= OPERATION_FIELDS
        for name, response in made["components"]["responses"].items():
            assert response["description"], name
            assert all(resolved(made, header["$ref"]) for header in response.get("headers", {}).values())


OPERATION_FIELDS = {
    "operationId", "tags", "summary", "description", "parameters", "requestBody", "responses", "security", "deprecated",
}  # fmt: skip


async def test_what_is_answered_is_what_the_document_says(manager: Caller, document: Json, house: House) -> None:
    """Every GET of the table, and a few commands, held against their schemas."""
    order = await house.fires(
        "1", house.line("Steak", modifiers=(house.items["Steak"].modifier_groups[0].modifiers[0].id,))
    )
    till = MakeKey(restaurant_id=house.id, name="Till", scopes=(Permission.MENU_READ,))
    key = await house.does(till, by=house.manager)
    things = {
        "restaurantId": house.id,
        "itemId": house.items["Steak"].id,
        "tableId": house.tables["1"],
        "orderId": order.order_id,
        "keyId": key.key_id,
        "userId": house.user(Role.COOK),
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
