"""What is told at the door: which hub this is, the way into a demo, and what guests' links open, and until when."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic.alias_generators import to_camel

from hub import __version__
from hub.actions.identity import Demo, Visitor
from hub.actions.sessions import SignedIn
from hub.config import Settings
from hub.ids import OrderId, SeatingId, UserId, new_id
from hub.keys import Hub
from hub.people import Role
from hub.rights import FLOOR_STAFF, STAFF
from hub.tokens import STAFF_LIFETIME
from tests.api.conftest import ORIGIN, Caller, Calls
from tests.support.houses import House, pass_time

Follows = Callable[[OrderId], Caller]


# ------------------------------------------------------------------ the welcome


async def test_everybody_is_told_which_hub_this_is(nobody: Caller, waiter: Caller, hub: Hub) -> None:
    hub.screens = "0123456789ab"
    for caller in (nobody, waiter, Caller(nobody.client, "forged")):
        answer = await caller.gets("/welcome")
        assert (answer.status, answer.json) == (
            200,
            {"version": __version__, "screens": "0123456789ab", "demo": None},
        )


async def test_a_hub_without_screens_says_so(nobody: Caller) -> None:
    assert (await nobody.gets("/welcome")).json["screens"] is None


async def test_a_demo_names_whom_one_may_be_and_not_how_they_sign_in(nobody: Caller, demo: Demo) -> None:
    answer = await nobody.gets("/welcome")
    assert answer.json["demo"] == {
        "restaurantId": str(demo.restaurant_id),
        "restaurant": "The Test Kitchen",
        "speed": 30,
        "people": [{"role": one.role.value, "name": one.name} for one in demo.people],
    }
    assert len(answer.json["demo"]["people"]) == len(STAFF)


async def test_the_welcome_asks_the_database_nothing(nobody: Caller, hub: Hub, demo: Demo) -> None:
    await hub.database.close()
    answer = await nobody.gets("/welcome")
    assert (answer.status, answer.json["demo"]["restaurant"]) == (200, "The Test Kitchen")


# ------------------------------------------------------------------ the way into a demo


@pytest.mark.parametrize("role", sorted(STAFF))
async def test_in_a_demo_a_role_is_enough_for_a_shift(nobody: Caller, demo: Demo, house: House, role: Role) -> None:
    answer = await nobody.posts("/auth/demo", {"role": role})
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(answer.json) == {to_camel(name) for name in SignedIn.model_fields}
    assert answer.json["roles"] == {str(house.id): [role]}
    lasts = datetime.fromisoformat(answer.json["expiresAt"]) - datetime.now(UTC)
    assert STAFF_LIFETIME - timedelta(minutes=1) < lasts <= STAFF_LIFETIME
    me = (await Caller(nobody.client, answer.json["accessToken"]).gets("/me")).json
    assert (me["userId"], me["name"]) == (str(house.user(role)), answer.json["name"])
    assert me["roles"] == {str(house.id): [role]}


@pytest.mark.parametrize("role", sorted(Role))
async def test_in_earnest_no_role_is_enough(nobody: Caller, role: Role) -> None:
    answer = await nobody.posts("/auth/demo", {"role": role})
    assert (answer.status, answer.code) == (404, "not_found")
    assert "accessToken" not in answer.json


def test_no_setting_makes_a_hub_a_demo() -> None:
    assert [name for name in Settings.model_fields if "demo" in name] == []


@pytest.mark.parametrize("role", [Role.GUEST, Role.SYSTEM])
async def test_a_demo_signs_nobody_in_who_does_not_work_there(nobody: Caller, demo: Demo, role: Role) -> None:
    answer = await nobody.posts("/auth/demo", {"role": role})
    assert (answer.status, answer.code) == (404, "not_found")
    assert answer.json["detail"] == "There is no such person."


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "role", "missing"),
        ({"role": "chef"}, "role", "not_one_of"),
        ({"role": None}, "role", "not_one_of"),
        ({"role": "cook", "userId": str(new_id())}, "userId", "unknown_field"),
    ],
)
async def test_whoever_asks_otherwise_than_by_a_role_is_told_what_is_wrong(
    nobody: Caller, demo: Demo, body: dict[str, Any], field: str, code: str
) -> None:
    answer = await nobody.posts("/auth/demo", body)
    assert (answer.status, answer.code) == (400, "invalid")
    assert [(error["field"], error["code"]) for error in answer.json["errors"]] == [(field, code)]


async def test_the_way_in_is_asked_with_json_and_by_post(nobody: Caller, demo: Demo) -> None:
    form = await nobody.asks("POST", "/auth/demo", data=b"role=cook")
    assert (form.status, form.code) == (400, "not_json")
    looked = await nobody.gets("/auth/demo")
    assert (looked.status, looked.code, looked.headers["Allow"]) == (405, "wrong_method", "POST")


async def test_somebody_the_database_does_not_know_is_given_no_token(nobody: Caller, hub: Hub, house: House) -> None:
    hub.demo = Demo(house.id, "Gone", 1, (Visitor(Role.COOK, "Gone", UserId(new_id())),))
    answer = await nobody.posts("/auth/demo", {"role": "cook"})
    assert (answer.status, answer.code) == (401, "token_invalid")


async def test_without_its_database_a_demo_asks_to_try_again(nobody: Caller, hub: Hub, demo: Demo) -> None:
    await hub.database.close()
    answer = await nobody.posts("/auth/demo", {"role": "cook"})
    assert (answer.status, answer.code, answer.json["retry"]) == (503, "database_unavailable", True)


OURS = [
    "127.0.0.1:8080", "localhost:8080", "LOCALHOST", "screens.localhost:5173", "[::1]:8080", "192.168.1.20:8080", "hub",
    "kitchen-mac.local:8080", "kitchen-mac.local.:8080", "pi.home.arpa", "10.0.0.7", "screens.example:8443",
]  # fmt: skip
STRANGERS = [
    "evil.example", "evil.example:8080", "evil.example.", "127.0.0.1.evil.example", "127.0.0.1.nip.io:8080",
    "localhost.evil.example", "local.evil.example", "evillocal.example", "screens.example.evil.example", "[::1", "",
    ":8080",
]  # fmt: skip


@pytest.mark.parametrize("host", OURS)
async def test_a_demo_is_there_for_whoever_calls_it_by_a_name_of_its_own(nobody: Caller, demo: Demo, host: str) -> None:
    assert (await nobody.gets("/welcome", Host=host)).json["demo"] is not None
    assert (await nobody.asks("POST", "/auth/demo", {"role": "cook"}, Host=host)).status == 200


@pytest.mark.parametrize("host", STRANGERS)
async def test_a_page_that_had_its_own_name_lead_here_finds_no_demo(nobody: Caller, demo: Demo, host: str) -> None:
    """Its browser takes the hub for the page's own origin, so it could read the token."""
    assert (await nobody.gets("/welcome", Host=host)).json["demo"] is None
    answer = await nobody.asks("POST", "/auth/demo", {"role": "owner"}, Host=host)
    assert (answer.status, answer.code) == (404, "not_found")


async def test_a_page_of_another_origin_cannot_read_the_token(nobody: Caller, demo: Demo) -> None:
    """It can have a browser send the request, as text, without asking first; it is not let at the answer."""
    sent = {"Origin": "https://evil.example", "Content_Type": "text/plain"}
    answer = await nobody.asks("POST", "/auth/demo", data=b'{"role":"owner"}', **sent)
    assert "Access-Control-Allow-Origin" not in answer.headers
    asked = {"Origin": "https://evil.example", "Access_Control_Request_Method": "POST"}
    assert (await nobody.asks("OPTIONS", "/auth/demo", **asked)).status == 405
    allowed = await nobody.asks("POST", "/auth/demo", {"role": "owner"}, Origin=ORIGIN)
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN


# ------------------------------------------------------------------ the links of guests


async def _ordered(waiter: Caller, house: House) -> Any:
    line = {"itemId": str(house.items["Soup"].id)}
    placed = await waiter.posts(f"/restaurants/{house.id}/orders", {"kind": "pickup", "lines": [line]})
    assert placed.status == 201
    return placed.json


async def _seated(waiter: Caller, house: House, table: str = "1") -> Any:
    seated = await waiter.posts(f"/tables/{house.tables[table]}/seatings", {"covers": 2})
    assert seated.status == 201
    return seated.json


async def test_the_link_of_an_order_is_the_one_that_was_given_with_it(
    calls: Calls, nobody: Caller, house: House
) -> None:
    placed = await _ordered(calls(Role.WAITER), house)
    for role in sorted(FLOOR_STAFF):
        answer = await calls(role).gets(f"/orders/{placed['orderId']}/link")
        assert (answer.status, answer.json) == (200, {"guestLink": placed["guestLink"]})
    guest = Caller(nobody.client, answer.json["guestLink"])
    assert (await guest.gets(f"/orders/{placed['orderId']}/track")).status == 200


async def test_the_link_of_a_table_is_the_one_that_was_given_to_its_party(
    calls: Calls, nobody: Caller, house: House
) -> None:
    seated = await _seated(calls(Role.HOST), house)
    await pass_time(house, 100)
    for role in sorted(FLOOR_STAFF):
        answer = await calls(role).gets(f"/tables/{house.tables['1']}/link")
        assert (answer.status, answer.json) == (200, {"guestLink": seated["guestLink"]})
    guest = Caller(nobody.client, answer.json["guestLink"])
    assert (await guest.gets(f"/rooms/table:{house.tables['1']}")).status == 200


async def test_a_table_without_a_party_has_no_link(waiter: Caller, house: House) -> None:
    path = f"/tables/{house.tables['1']}"
    free = await waiter.gets(path + "/link")
    assert (free.status, free.code, free.json["detail"]) == (404, "not_found", "There is no such party.")
    before = await _seated(waiter, house)
    for status in ("dirty", "free"):
        assert (await waiter.asks("PATCH", path, {"status": status})).status == 200
        assert (await waiter.gets(path + "/link")).status == 404
    after = await _seated(waiter, house)
    link = (await waiter.gets(path + "/link")).json["guestLink"]
    assert link == after["guestLink"]
    assert link != before["guestLink"]


async def test_links_are_the_floors_of_that_restaurant_to_give(
    cook: Caller,
    nobody: Caller,
    stranger: Caller,
    owner_elsewhere: Caller,
    waiter: Caller,
    follower_of: Follows,
    house: House,
) -> None:
    seated, placed = await _seated(waiter, house), await _ordered(waiter, house)
    guest, follower = Caller(nobody.client, seated["guestLink"]), follower_of(placed["orderId"])
    for path in (f"/tables/{house.tables['1']}/link", f"/orders/{placed['orderId']}/link"):
        for caller, status, code in (
            (cook, 403, "not_your_job"),
            (guest, 403, "not_your_job"),
            (nobody, 401, "not_signed_in"),
            (stranger, 404, "not_found"),
            (owner_elsewhere, 404, "not_found"),
            (follower, 404, "not_found"),
        ):
            answer = await caller.gets(path)
            assert (answer.status, answer.code) == (status, code), path


@pytest.mark.parametrize("path", ["/orders/{}/link", "/tables/{}/link"])
async def test_what_is_not_there_has_no_link(waiter: Caller, path: str) -> None:
    for name in (new_id(), "soup"):
        answer = await waiter.gets(path.format(name))
        assert (answer.status, answer.code) == (404, "not_found")


# ------------------------------------------------------------------ who a link makes of somebody, and until when


async def test_a_party_is_told_where_it_sits(nobody: Caller, waiter: Caller, house: House) -> None:
    seated = await _seated(waiter, house)
    me = await Caller(nobody.client, seated["guestLink"]).gets("/me")
    assert me.status == 200
    assert datetime.fromisoformat(me.json.pop("expiresAt")) > datetime.now(UTC)
    assert me.json == {
        "actor": f"seating:{seated['seatingId']}",
        "userId": None,
        "name": None,
        "email": None,
        "phone": None,
        "language": None,
        "theme": None,
        "hasAvatar": False,
        "sessionId": None,
        "isOperator": False,
        "roles": {str(house.id): ["guest"]},
        "tableId": str(house.tables["1"]),
        "seatingId": seated["seatingId"],
        "orderId": None,
    }


async def test_whoever_follows_an_order_is_told_which(nobody: Caller, waiter: Caller, house: House) -> None:
    placed = await _ordered(waiter, house)
    me = await Caller(nobody.client, placed["guestLink"]).gets("/me")
    assert me.status == 200
    assert datetime.fromisoformat(me.json.pop("expiresAt")) > datetime.now(UTC)
    assert me.json == {
        "actor": f"order:{placed['orderId']}",
        "userId": None,
        "name": None,
        "email": None,
        "phone": None,
        "language": None,
        "theme": None,
        "hasAvatar": False,
        "sessionId": None,
        "isOperator": False,
        "roles": {},
        "tableId": None,
        "seatingId": None,
        "orderId": placed["orderId"],
    }


async def test_the_link_of_a_party_that_left_is_over_wherever_it_is_shown(
    nobody: Caller, waiter: Caller, house: House
) -> None:
    guest = Caller(nobody.client, (await _seated(waiter, house))["guestLink"])
    table = f"/tables/{house.tables['1']}"
    await waiter.asks("PATCH", table, {"status": "dirty"})
    await waiter.asks("PATCH", table, {"status": "free"})
    await _seated(waiter, house)
    for path in ("/me", f"/rooms/table:{house.tables['1']}", f"/restaurants/{house.id}/menu"):
        answer = await guest.gets(path)
        assert (answer.status, answer.code, answer.json["retry"]) == (401, "link_over", False)


async def test_the_link_of_an_order_outlives_the_order(
    nobody: Caller, waiter: Caller, manager: Caller, house: House
) -> None:
    placed = await _ordered(waiter, house)
    assert (await manager.posts(f"/orders/{placed['orderId']}/cancel", {"reason": "gone"})).status == 200
    guest = Caller(nobody.client, placed["guestLink"])
    assert (await guest.gets("/me")).json["orderId"] == placed["orderId"]
    assert (await guest.gets(f"/orders/{placed['orderId']}/track")).json["status"] == "cancelled"
    assert (await waiter.gets(f"/orders/{placed['orderId']}/link")).json["guestLink"] == placed["guestLink"]


@pytest.mark.parametrize(("hours", "code"), [(11, None), (13, "token_expired")])
async def test_a_partys_link_runs_out_after_an_evening(
    nobody: Caller, waiter: Caller, house: House, hours: int, code: str | None
) -> None:
    seated = await _seated(waiter, house)
    began = datetime.now(UTC) - timedelta(hours=hours)
    link = house.tokens.seating_link(house.id, house.tables["1"], SeatingId(seated["seatingId"]), began)
    await _is_answered(Caller(nobody.client, link), code)


@pytest.mark.parametrize(("hours", "code"), [(47, None), (49, "token_expired")])
async def test_an_orders_link_runs_out_after_two_days(
    nobody: Caller, waiter: Caller, house: House, hours: int, code: str | None
) -> None:
    placed = await _ordered(waiter, house)
    began = datetime.now(UTC) - timedelta(hours=hours)
    await _is_answered(Caller(nobody.client, house.tokens.order_link(house.id, placed["orderId"], began)), code)


async def _is_answered(guest: Caller, code: str | None) -> None:
    answer = await guest.gets("/me")
    if code is None:
        assert answer.status == 200
    else:
        assert (answer.status, answer.code, answer.json["retry"]) == (401, code, False)


async def test_a_link_that_is_both_old_and_over_has_run_out(nobody: Caller, waiter: Caller, house: House) -> None:
    seated = await _seated(waiter, house)
    await waiter.asks("PATCH", f"/tables/{house.tables['1']}", {"status": "dirty"})
    began = datetime.now(UTC) - timedelta(hours=13)
    link = house.tokens.seating_link(house.id, house.tables["1"], SeatingId(seated["seatingId"]), began)
    await _is_answered(Caller(nobody.client, link), "token_expired")


async def test_a_link_that_lost_a_letter_is_none(nobody: Caller, waiter: Caller, house: House) -> None:
    placed = await _ordered(waiter, house)
    await _is_answered(Caller(nobody.client, placed["guestLink"][:-1]), "token_invalid")
