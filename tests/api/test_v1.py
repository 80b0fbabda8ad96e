"""The first version: every route of the hub, in the envelope, words and pages of the systems before it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from api import openapi
from api.errors import OWN_CODES
from api.pictures import ShowsPicture
from api.routes import CHAPTERS, ROUTES
from api.schemas import answer_of
from api.showing import Shows
from api.v1 import envelope, statuses
from api.v1.aliases import names_of
from api.v1.document import document
from api.v1.formerly import FORMER, SUCCESSORS
from api.v1.speaking import spoken
from hub.actions.passwords import HASHER
from hub.domain.refusals import every_refusal
from hub.events.orders import OrderStatus
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.people import Role
from hub.store import people
from hub.store.people import Person
from tests.api.conftest import ORIGIN, PASSWORD, Answer, Caller, Calls
from tests.support.houses import House

Json = Any


async def asks(caller: Caller, method: str, path: str, body: Json = None, **headers: str) -> Answer:
    return await caller.asks(method, f"/api/v1{path}", body, **headers)


def data_of(answer: Answer) -> Json:
    """What an envelope holds, after a look at the envelope."""
    assert set(answer.json) == {"data", "status", "message", "meta"}, answer.body
    assert answer.json["status"] == "success"
    assert answer.json["message"]
    assert answer.json["meta"]["requestId"] == answer.headers["X-Request-ID"]
    assert datetime.fromisoformat(answer.json["meta"]["timestamp"]).tzinfo is not None
    return answer.json["data"]


def error_of(answer: Answer) -> Json:
    assert answer.headers["Content-Type"].startswith("application/json")
    assert set(answer.json) == {"data", "status", "message", "error", "meta"}, answer.body
    assert (answer.json["data"], answer.json["status"]) == (None, "error")
    assert answer.json["meta"]["requestId"] == answer.headers["X-Request-ID"]
    return answer.json["error"]


# ------------------------------------------------------------------ the envelope


async def test_every_route_is_spoken(nobody: Caller) -> None:
    for route in ROUTES:
        answer = await asks(nobody, route.method, route.path.replace("{", "").replace("}", ""))
        if answer.status == 200:
            data_of(answer)
        else:
            assert error_of(answer)["code"] not in ("NO_SUCH_ROUTE", "WRONG_METHOD"), route.path


async def test_an_answer_holds_what_the_next_version_says(manager: Caller, house: House) -> None:
    menu = f"/restaurants/{house.id}/menu"
    # Whose menu is asked for twice is followed from then on, and has a tag.
    await manager.gets(menu)
    for path in ("/me", f"/restaurants/{house.id}", menu):
        native = await manager.gets(path)
        older = await asks(manager, "GET", path)
        assert data_of(older) == native.json
    # What is said in other words is another version of it: who holds the one has not the other.
    tag, older_tag = native.headers["ETag"], older.headers["ETag"]
    assert tag != older_tag
    assert (await manager.gets(menu, If_None_Match=tag)).status == 304
    assert (await manager.gets(menu, If_None_Match=older_tag)).status == 200
    assert (await asks(manager, "GET", menu, If_None_Match=tag)).status == 200


async def test_it_is_spoken_without_an_address_of_its_own_too(waiter: Caller) -> None:
    by_header = await waiter.gets("/api/me", API_Version="v1")
    by_query = await waiter.gets("/api/me?version=1")
    assert by_header.headers.getall("Vary") == ["API-Version", "Origin"]
    assert data_of(by_header) == data_of(by_query) == (await waiter.gets("/me")).json
    assert (await waiter.gets("/api/v1/me", API_Version="v2")).code == "version_conflict"


async def test_every_answer_says_how_long_it_will_be_spoken(waiter: Caller) -> None:
    for path, status in (("/me", 200), ("/nothing", 404)):
        answer = await asks(waiter, "GET", path, Origin=ORIGIN)
        assert answer.status == status
        assert answer.headers["Deprecation"] == "@1795305600"
        assert answer.headers["Sunset"] == "Fri, 31 Dec 2027 23:59:59 GMT"
        assert answer.headers["Link"] == f'</api/v2{path}>; rel="successor-version"'
        assert {"Deprecation", "Sunset", "Link"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert "Deprecation" not in (await waiter.gets("/me")).headers


async def test_what_is_asked_by_an_older_name_leads_to_the_routes_own(waiter: Caller, house: House) -> None:
    assert data_of(await asks(waiter, "GET", "/users/me")) == (await waiter.gets("/me")).json
    person = house.user(Role.COOK)
    for older, own in {
        "/users/me": "/me",
        "/realtime/connection-status": "/connections",
        f"/realtime/user-connection/{person}": f"/people/{person}/connections",
    }.items():
        answer = await asks(waiter, "GET", older)
        assert answer.status == (200 if own == "/me" else 403)
        assert answer.headers["Link"] == f'</api/v2{own}>; rel="successor-version"'
        assert (await waiter.gets(f"/api/v2{older}")).code == "no_such_route"


async def test_what_somebody_has_already_is_not_sent_again(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/menu"
    await asks(waiter, "GET", path)
    tag = (await asks(waiter, "GET", path)).headers["ETag"]
    again = await asks(waiter, "GET", path, If_None_Match=tag)
    assert (again.status, again.body) == (304, b"")
    assert "Sunset" in again.headers


async def test_a_deed_is_done_once_and_says_where_in_this_version(waiter: Caller, house: House) -> None:
    body = {"kind": "pickup", "customerName": "Ada", "lines": [{"itemId": str(house.items["Soup"].id)}]}
    path = f"/api/v1/restaurants/{house.id}/orders"
    first, again = [await waiter.asks("POST", path, body, key="once") for _ in range(2)]
    assert (first.status, data_of(first)) == (201, data_of(again))
    assert again.headers["Idempotent-Replayed"] == "true"
    location = first.headers["Location"]
    assert location.startswith("/api/v1/orders/")
    assert data_of(await waiter.gets(location))["id"] == data_of(first)["orderId"]


async def test_somebody_signs_in(nobody: Caller) -> None:
    answer = await asks(nobody, "POST", "/auth/login", {"email": "nobody@example.test", "password": PASSWORD})
    assert (answer.status, error_of(answer)["code"]) == (401, "INVALID_CREDENTIALS")
    assert answer.headers["RateLimit-Remaining"] == "4"


async def test_a_password_is_changed_as_it_was_then(nobody: Caller, hub: Hub) -> None:
    email, new = "ann@example.test", "seven tubas at noon"
    async with hub.database.transaction():
        await people.add(Person(UserId(new_id()), email, "Ann", HASHER.hash(PASSWORD), is_operator=False))
    signed_in = data_of(await asks(nobody, "POST", "/auth/login", {"email": email, "password": PASSWORD}))
    ann, path = Caller(nobody.client, signed_in["accessToken"]), "/auth/change-password"
    wrong = await asks(ann, "POST", path, {"currentPassword": "a guess", "newPassword": new})
    assert (wrong.status, error_of(wrong)["code"]) == (422, "INVALID_CURRENT_PASSWORD")
    unsaid = await asks(ann, "POST", path, {"current": PASSWORD, "newPassword": new})
    assert {one["field"] for one in error_of(unsaid)["details"]["errors"]} == {"currentPassword", "current"}
    done = await asks(ann, "POST", path, {"currentPassword": PASSWORD, "newPassword": new})
    assert data_of(done) == {"sessionIds": []}
    assert done.headers["Link"] == '</api/v2/me/password>; rel="successor-version"'
    assert (await nobody.posts("/auth/login", {"email": email, "password": new})).status == 200
    assert (await ann.posts("/auth/change-password", {})).code == "no_such_route", "it is of this version alone"


# ------------------------------------------------------------------ what it says no with


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/me?surprise=1", 200, None),
        ("/nothing", 404, "NO_SUCH_ROUTE"),
        ("/orders/nonsense", 404, "NOT_FOUND"),
        ("/restaurants?page=0", 400, "VALIDATION_ERROR"),
        ("/restaurants?limit=1000", 400, "VALIDATION_ERROR"),
    ],
)
async def test_a_no_has_a_code_in_capitals(waiter: Caller, path: str, status: int, code: str | None) -> None:
    answer = await asks(waiter, "GET", path)
    assert answer.status == status
    if code is not None:
        error = error_of(answer)
        assert error["code"] == code
        if code == "VALIDATION_ERROR":
            assert error["details"]["errors"][0]["field"] in ("page", "limit")


async def test_a_no_keeps_its_facts(calls: Calls, house: House) -> None:
    cook = calls(Role.COOK)
    answer = await asks(cook, "POST", f"/restaurants/{house.id}/stations", {"name": "Fry"})
    assert (answer.status, error_of(answer)["code"]) == (403, "FORBIDDEN")
    assert error_of(answer)["details"]["roles"]
    assert "Ask one of them" in answer.json["message"]


def test_no_two_refusals_have_one_code_in_this_version() -> None:
    codes = [*OWN_CODES, *(one.code for one in every_refusal() if one.__module__.startswith("hub."))]
    older = [envelope.code_of(code) for code in codes]
    assert len(set(older)) == len(older)
    assert all(code == code.upper() for code in older)
    assert set(envelope.CODES) <= set(codes), "None stands for what is not said any more."


# ------------------------------------------------------------------ statuses


def test_every_status_has_an_older_name_and_every_older_name_means_one() -> None:
    assert set(statuses.TOLD) == set(OrderStatus)
    for status, name in statuses.TOLD.items():
        assert status.value in statuses.meant(name)
        assert status.value in statuses.meant(name.lower())
        assert statuses.meant(status.value) == (status.value,)


async def test_an_order_says_how_far_it_is_in_the_older_words(waiter: Caller, cook: Caller, house: House) -> None:
    order = await house.fires("1", house.line("Burger"))
    path = f"/orders/{order.order_id}"
    native, older = await waiter.gets(path), data_of(await asks(waiter, "GET", path))
    assert (native.json["status"], older["status"]) == ("in_kitchen", "PROCESSING")
    assert older["tickets"] == native.json["tickets"], "a ticket's status is its own"
    assert older["lines"] == native.json["lines"]
    assert data_of(await asks(waiter, "GET", f"{path}/track"))["status"] == "PROCESSING"
    ticket = order.tickets[0].ticket_id
    bumped = data_of(await asks(cook, "POST", f"/tickets/{ticket}/bump", {}))
    assert (bumped["status"], bumped["orderStatus"]) == ("bumped", "SHIPPED")


def test_every_answer_with_an_orders_status_is_renamed() -> None:
    """Read from the document, so that nothing is found by the way in which it is looked for."""
    made = openapi.document({chapter: [spoken(one) for one in routes] for chapter, routes in CHAPTERS.items()})
    schemas = made["components"]["schemas"]
    holding = {name for name in schemas if "OrderStatus" in _within(schemas, name)}
    for route in map(spoken, ROUTES):
        if isinstance(route, ShowsPicture):
            continue
        model: type[BaseModel] = answer_of(route)
        renames = statuses.renaming(model) is not None
        assert renames == (model.__name__ in holding), model


def _within(schemas: Json, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    """The names of every schema inside of this one."""
    found: set[str] = set()
    todo: list[Json] = [schemas[name]]
    while todo:
        node = todo.pop()
        if isinstance(node, list):
            todo += node
        elif isinstance(node, dict):
            ref = node.get("$ref")
            if isinstance(ref, str) and (inner := ref.rpartition("/")[2]) not in seen | found:
                found |= {inner} | _within(schemas, inner, seen | found | {name})
            todo += node.values()
    return found


# ------------------------------------------------------------------ pages


async def test_a_list_has_pages_and_totals(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/items"
    whole = (await waiter.gets(path)).json["items"]
    seen: list[Json] = []
    for page in (1, 2):
        answer = await asks(waiter, "GET", f"{path}?page={page}&limit=2")
        seen += data_of(answer)
        assert answer.json["meta"]["pagination"] == {
            "page": page,
            "limit": 2,
            "total": len(whole),
            "totalPages": -(-len(whole) // 2),
            "hasNextPage": page * 2 < len(whole),
            "hasPrevPage": page > 1,
        }
    assert seen == whole[:4]
    beyond = await asks(waiter, "GET", f"{path}?page=99")
    assert (data_of(beyond), beyond.json["meta"]["pagination"]["hasNextPage"]) == ([], False)


async def test_orders_are_numbered_by_page_and_chosen_by_older_names(waiter: Caller, house: House) -> None:
    for table in ("1", "2", "3"):
        await house.orders_at(table, house.line("Soup"))
    await house.fires("4", house.line("Burger"))
    path = f"/restaurants/{house.id}/orders"
    native = [UUID(one["id"]) for one in (await waiter.gets(path)).json["items"]]
    seen: list[UUID] = []
    for page in (1, 2, 3):
        answer = await asks(waiter, "GET", f"{path}?page={page}&limit=2")
        seen += [UUID(one["id"]) for one in data_of(answer)]
        assert answer.json["meta"]["pagination"]["total"] == len(native) == 4
    assert seen == native
    for asked, count in (
        ("status=PENDING", 3),
        ("status=processing", 1),
        ("status=PENDING&status=PROCESSED", 4),
        ("status=placed", 3),
        ("status=DELIVERED", 0),
    ):
        answer = await asks(waiter, "GET", f"{path}?{asked}")
        assert (len(data_of(answer)), answer.json["meta"]["pagination"]["total"]) == (count, count), asked
    assert error_of(await asks(waiter, "GET", f"{path}?status=LOST"))["code"] == "VALIDATION_ERROR"


async def test_the_audit_is_numbered_by_page(calls: Calls, house: House) -> None:
    manager, owner, item = calls(Role.MANAGER), calls(Role.OWNER), house.items["Soup"].id
    for price in (1, 2, 3):
        await (owner if price == 2 else manager).asks("PATCH", f"/items/{item}", {"price": price})
    path = f"/restaurants/{house.id}/audit"
    last = await asks(owner, "GET", f"{path}?page=2&limit=2")
    assert [one["seq"] for one in data_of(last)] == [1]
    assert (last.json["meta"]["pagination"]["total"], last.json["meta"]["pagination"]["hasNextPage"]) == (3, False)
    theirs = await asks(owner, "GET", f"{path}?actor=user:{house.user(Role.MANAGER)}&limit=1")
    assert [one["seq"] for one in data_of(theirs)] == [3]
    assert theirs.json["meta"]["pagination"]["total"] == 2


def test_no_list_of_this_version_goes_on_by_a_cursor() -> None:
    queries = [one.query for one in map(spoken, ROUTES) if isinstance(one, Shows) and one.query is not None]
    assert queries
    assert not any("cursor" in query.model_fields for query in queries)


# ------------------------------------------------------------------ the document


async def test_its_document_is_served_and_says_every_route(nobody: Caller) -> None:
    answer = await nobody.gets("/api/v1/openapi.json")
    assert answer.json == document(CHAPTERS)
    said = {(method.upper(), path) for path, methods in answer.json["paths"].items() for method in methods}
    former = {(route.method, f"/api/v1{route.path}") for routes in FORMER.values() for route in routes}
    assert len(former) == len(SUCCESSORS)
    assert said == {(route.method, f"/api/v1{name}") for route in ROUTES for name in names_of(route.path)} | former
    for methods in answer.json["paths"].values():
        assert all(operation["deprecated"] for operation in methods.values())


def test_making_it_leaves_the_hubs_own_document_as_it_is() -> None:
    before = openapi.document(CHAPTERS)
    document(CHAPTERS)
    assert openapi.document(CHAPTERS) == before


async def test_answers_are_as_its_document_says(waiter: Caller, house: House) -> None:
    await house.fires("1", house.line("Burger"))
    made = document(CHAPTERS)
    for path in ("/me", "/restaurants", "/restaurants/{restaurantId}/orders", "/restaurants/{restaurantId}/items"):
        answer = await asks(waiter, "GET", path.format(restaurantId=house.id))
        schema = made["paths"][f"/api/v1{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator({**schema, "components": made["components"]}).validate(answer.json)
    refused = await asks(waiter, "GET", f"/orders/{house.id}")
    schema = made["components"]["responses"]["Problem404"]["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": made["components"]}).validate(refused.json)
