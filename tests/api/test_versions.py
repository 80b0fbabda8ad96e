"""Which version a request speaks, and what is said where that cannot be told."""

import pytest

from api.routes import ROUTES
from tests.api.conftest import Caller
from tests.support.houses import House

WITHOUT = "/api/restaurants"


def unversioned(path: str) -> str:
    return f"/api{path}"


@pytest.mark.parametrize("said", ["v2", "V2", "2", " v2 "])
async def test_a_version_is_named_by_address_by_header_and_by_query(waiter: Caller, said: str) -> None:
    native = await waiter.gets("/restaurants")
    for answer in (
        await waiter.gets(WITHOUT),
        await waiter.gets(WITHOUT, API_Version=said),
        await waiter.gets(f"{WITHOUT}?version={said}"),
        await waiter.gets(f"{WITHOUT}?version={said}", API_Version="2"),
        await waiter.gets("/api/v2/restaurants", API_Version=said),
        await waiter.gets(f"/api/v2/restaurants?version={said}", API_Version="v2"),
    ):
        assert (answer.status, answer.body) == (200, native.body)


async def test_every_route_is_there_without_a_version(nobody: Caller) -> None:
    for route in ROUTES:
        path = unversioned(route.path.replace("{", "").replace("}", ""))
        answer = await nobody.asks(route.method, path)
        assert answer.json.get("code") not in ("no_such_route", "wrong_method"), route.path


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/api/v2/restaurants", "v1"),
        ("/api/v1/restaurants", "v2"),
        ("/api/v2/restaurants", "v0"),
        ("/api/v2/restaurants?version=v0", None),
        ("/api/v0/restaurants", "v2"),
        (f"{WITHOUT}?version=v0", "v2"),
        (f"{WITHOUT}?version=v2&version=v0", None),
        ("/api/v2/nothing", "v0"),
    ],
)
async def test_whoever_names_two_versions_is_told_to_choose(waiter: Caller, path: str, header: str | None) -> None:
    answer = await waiter.gets(path, **({"API_Version": header} if header else {}))
    assert (answer.status, answer.code) == (400, "version_conflict")
    assert len(answer.json["versions"]) == 2


async def test_two_headers_that_differ_are_a_conflict_too(waiter: Caller) -> None:
    headers = [("API-Version", "v2"), ("API-Version", "v0"), ("Authorization", f"Bearer {waiter.token}")]
    async with waiter.client.get(WITHOUT, headers=headers) as answer:
        assert (answer.status, (await answer.json(content_type=None))["code"]) == (400, "version_conflict")


@pytest.mark.parametrize("said", ["v3", "two", "", "v", "v2.1", "2000", "é"])
async def test_a_version_that_there_is_not_is_named_with_those_that_there_are(waiter: Caller, said: str) -> None:
    answer = await waiter.gets(f"{WITHOUT}?version={said}")
    assert (answer.status, answer.code) == (400, "version_unknown")
    assert "v2" in answer.json["versions"]
    assert (await waiter.gets("/api/v3/restaurants")).code == "no_such_route"


@pytest.mark.parametrize(
    ("path", "header", "successor"),
    [
        ("/api/v0/restaurants", None, "/api/v2/restaurants"),
        ("/api/v0/orders/1%2F2", "v0", "/api/v2/orders/1%2F2"),
        ("/api/v0", None, "/api/v2"),
        (WITHOUT, "v0", "/api/v2/restaurants"),
        (f"{WITHOUT}?version=0", None, "/api/v2/restaurants"),
    ],
)
async def test_what_has_ended_says_where_to_go(nobody: Caller, path: str, header: str | None, successor: str) -> None:
    answer = await nobody.gets(path, **({"API_Version": header} if header else {}))
    assert (answer.status, answer.code) == (410, "version_gone")
    assert answer.json["successor"] == successor
    assert answer.headers["Link"] == f'<{successor}>; rel="successor-version"'
    assert answer.headers["Sunset"] == "Tue, 31 Dec 2024 23:59:59 GMT"


async def test_the_menu_at_the_counter_speaks_the_version_that_is_asked_for(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/menu"
    for _ in range(2):
        menu = await waiter.gets(path)
        assert (await waiter.gets(path, API_Version="v2")).body == menu.body
        assert (await waiter.gets(path, API_Version="v0")).code == "version_conflict"


async def test_a_problem_says_its_requests_id(nobody: Caller) -> None:
    for path in ("/me", "/nothing", f"{WITHOUT}?version=v0"):
        answer = await nobody.gets(path, X_Request_ID="asked.1")
        assert (answer.headers["X-Request-ID"], answer.json["requestId"]) == ("asked.1", "asked.1")
    made = await nobody.gets("/me")
    assert made.json["requestId"] == made.headers["X-Request-ID"]
