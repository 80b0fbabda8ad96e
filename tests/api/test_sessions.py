"""Signing in, going on, and seeing where one is signed in, over REST."""

from typing import Any

import pytest

from hub.actions.passwords import HASHER
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.store import people
from hub.store.people import Person
from tests.api.conftest import PASSWORD, Caller
from tests.support.houses import House

EMAIL = "ann@example.test"


@pytest.fixture
async def ann(nobody: Caller, hub: Hub) -> dict[str, Any]:
    """What Ann was answered when she signed in at her tablet."""
    async with hub.database.transaction():
        await people.add(Person(UserId(new_id()), EMAIL, "Ann", HASHER.hash(PASSWORD), is_operator=False))
    return await signs_in(nobody, device="Ann's tablet")


async def signs_in(nobody: Caller, **more: str) -> dict[str, Any]:
    answer = await nobody.posts("/auth/login", {"email": EMAIL, "password": PASSWORD, **more})
    assert answer.status == 200, answer.body
    assert answer.headers["Cache-Control"] == "no-store"
    said: dict[str, Any] = answer.json
    return said


async def test_a_session_goes_on_with_its_refresh_token(nobody: Caller, ann: dict[str, Any]) -> None:
    answer = await nobody.posts("/auth/refresh", {"refreshToken": ann["refreshToken"]})
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json) == set(ann)
    assert answer.json["sessionId"] == ann["sessionId"]
    valid = await Caller(nobody.client, answer.json["accessToken"]).gets("/auth/validate")
    assert valid.json == {
        "actor": f"user:{ann['userId']}",
        "userId": ann["userId"],
        "sessionId": ann["sessionId"],
        "expiresAt": answer.json["expiresAt"],
    }


async def test_the_same_id_is_the_same_exchange(nobody: Caller, ann: dict[str, Any]) -> None:
    body = {"refreshToken": ann["refreshToken"], "commandId": "once"}
    first, again = await nobody.posts("/auth/refresh", body), await nobody.posts("/auth/refresh", body)
    assert first.json["refreshToken"] == again.json["refreshToken"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"refreshToken": "made up"}, 401, "token_invalid"),
        ({"refreshToken": ""}, 400, "invalid"),
        ({"refreshToken": 7}, 400, "invalid"),
        ({"refreshToken": "x" * 5_000}, 400, "invalid"),
        ({"refreshToken": "x", "userId": "somebody else's"}, 400, "invalid"),
        ({}, 400, "invalid"),
    ],
)
async def test_what_is_no_refresh_token_opens_nothing(
    nobody: Caller, ann: dict[str, Any], body: dict[str, Any], status: int, code: str
) -> None:
    answer = await nobody.posts("/auth/refresh", body)
    assert (answer.status, answer.code) == (status, code)


async def test_one_sees_where_one_is_signed_in_and_ends_what_one_does_not_know(
    nobody: Caller, ann: dict[str, Any], stranger: Caller
) -> None:
    telephone = await signs_in(nobody, device="A telephone")
    here = Caller(nobody.client, telephone["accessToken"])
    items = (await here.gets("/me/sessions")).json["items"]
    assert [(one["device"], one["isThis"]) for one in items] == [("A telephone", True), ("Ann's tablet", False)]
    assert (await stranger.asks("DELETE", f"/me/sessions/{ann['sessionId']}")).code == "not_found"
    ended = await here.asks("DELETE", f"/me/sessions/{ann['sessionId']}")
    assert ended.json == {"sessionIds": [ann["sessionId"]]}
    assert [one["device"] for one in (await here.gets("/me/sessions")).json["items"]] == ["A telephone"]
    there = await Caller(nobody.client, ann["accessToken"]).gets("/me")
    assert (there.status, there.code, there.json["retry"]) == (401, "session_over", False)


async def test_who_has_logged_out_is_nobody(nobody: Caller, ann: dict[str, Any]) -> None:
    caller = Caller(nobody.client, ann["accessToken"])
    assert (await caller.posts("/auth/logout", {})).status == 200
    assert (await caller.gets("/auth/validate")).code == "session_over"
    answer = await nobody.posts("/auth/refresh", {"refreshToken": ann["refreshToken"]})
    assert (answer.status, answer.code) == (401, "session_over")


async def test_a_guests_link_is_valid_and_has_no_session(nobody: Caller, waiter: Caller, house: House) -> None:
    seated = await waiter.posts(f"/tables/{house.tables['1']}/seatings", {"covers": 2})
    guest = Caller(nobody.client, seated.json["guestLink"])
    valid = (await guest.gets("/auth/validate")).json
    assert (valid["userId"], valid["sessionId"]) == (None, None)
    assert (await guest.gets("/me/sessions")).json["items"] == []
    assert (await guest.posts("/auth/logout", {})).code == "not_your_job"
