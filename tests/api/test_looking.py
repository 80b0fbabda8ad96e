"""What is shown: people, restaurants, the menu, the floor, orders, and rooms without a socket."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from hub.actions.passwords import HASHER
from hub.ids import OrderId, UserId, new_id
from hub.keys import Hub
from hub.people import Role
from hub.store import people
from hub.store.people import Person
from tests.api.conftest import PASSWORD, Caller, Calls
from tests.support.houses import House


async def test_signing_in_gives_a_token_for_a_shift(nobody: Caller, hub: Hub, house: House) -> None:
    user = UserId(new_id())
    async with hub.database.transaction():
        await people.add(Person(user, "ann@example.test", "Ann", HASHER.hash(PASSWORD), is_operator=False))
        await people.set_roles(user, house.id, frozenset({Role.WAITER}))
    answer = await nobody.posts("/auth/login", {"email": "Ann@Example.test", "password": PASSWORD})
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert (answer.json["name"], answer.json["roles"]) == ("Ann", {str(house.id): ["waiter"]})
    assert datetime.fromisoformat(answer.json["expiresAt"]).tzinfo is not None
    nobody.token = answer.json["accessToken"]
    me = await nobody.gets("/me")
    assert me.json["userId"] == str(user)
    assert me.json["email"] == "ann@example.test"
    assert me.json["roles"] == {str(house.id): ["waiter"]}


@pytest.mark.parametrize("email", ["ann@example.test", "nobody@example.test"])
async def test_a_wrong_password_and_an_unknown_email_are_answered_alike(nobody: Caller, hub: Hub, email: str) -> None:
    async with hub.database.transaction():
        await people.add(Person(UserId(new_id()), "ann@example.test", "Ann", HASHER.hash(PASSWORD), is_operator=False))
    answer = await nobody.posts("/auth/login", {"email": email, "password": "guess"})
    assert (answer.status, answer.code) == (401, "wrong_credentials")
    assert answer.json["detail"] == "The email or the password is wrong."


async def test_one_sees_the_restaurants_one_works_in(waiter: Caller, stranger: Caller, house: House) -> None:
    answer = await waiter.gets("/restaurants")
    assert answer.json == {
        "items": [
            {
                "id": str(house.id),
                "name": "The Test Kitchen",
                "currency": "GBP",
                "timeZone": "Europe/London",
                "roles": ["waiter"],
            }
        ],
        "nextCursor": None,
    }
    assert (await stranger.gets("/restaurants")).json["items"] == []


async def test_the_menu_shows_what_may_be_ordered(waiter: Caller, house: House) -> None:
    menu = (await waiter.gets(f"/restaurants/{house.id}/menu")).json
    (section,) = menu["sections"]
    items = {item["name"]: item for item in section["items"]}
    assert (section["name"], len(items)) == ("Food", 6)
    assert items["Soup"]["price"] == {"amount": 650, "currency": "GBP"}
    assert items["Soup"]["station"] == str(house.stations["Cold"])
    assert items["Soup"]["available"] is True
    (group,) = items["Steak"]["modifierGroups"]
    assert (group["min"], group["max"]) == (1, 2)
    assert group["modifiers"][1]["priceDelta"] == {"amount": 250, "currency": "GBP"}
    assert items["Wine"]["stationsByKind"] == {"delivery": str(house.stations["Cold"])}


async def test_a_menu_one_has_already_is_not_sent_again(waiter: Caller, manager: Caller, house: House) -> None:
    path, item = f"/restaurants/{house.id}/menu", f"/items/{house.items['Soup'].id}"
    await manager.posts(item + "/eighty-six")
    first = await waiter.gets(path)
    again = await waiter.gets(path, If_None_Match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    await manager.posts(item + "/restore")
    changed = await waiter.gets(path, If_None_Match=first.headers["ETag"])
    assert (changed.status, changed.headers["Cache-Control"]) == (200, "private, no-cache")
    assert changed.headers["ETag"] != first.headers["ETag"]


async def test_what_was_made_is_where_its_location_says(manager: Caller, house: House) -> None:
    at = f"/restaurants/{house.id}"
    bodies: dict[str, dict[str, Any]] = {
        "/menu/sections": {"name": "Drinks"},
        "/stations": {"name": "Fry"},
        "/sections": {"name": "Terrace"},
        "/items": {
            "sectionId": str(house.menu_section),
            "name": "Pie",
            "price": 500,
            "station": str(house.stations["Grill"]),
        },
        "/tables": {"sectionId": str(house.section), "name": "7", "seats": 2},
        "/orders": {"kind": "pickup", "lines": [{"itemId": str(house.items["Soup"].id)}]},
    }
    for path, body in bodies.items():
        made = await manager.posts(at + path, body)
        assert made.status == 201, made.body
        shown = await manager.gets(made.headers["Location"])
        assert shown.status == 200, path
        assert str(body.get("name", "")) in shown.body.decode()
    seated = await manager.posts(f"/tables/{house.tables['1']}/seatings", {"covers": 3})
    assert seated.status == 201
    assert (await manager.gets(seated.headers["Location"])).json["seating"]["covers"] == 3


async def test_tables_show_their_state_and_who_sits_there(waiter: Caller, house: House) -> None:
    await waiter.posts(f"/tables/{house.tables['2']}/seatings", {"covers": 3})
    tables = {one["name"]: one for one in (await waiter.gets(f"/restaurants/{house.id}/tables")).json["items"]}
    assert len(tables) == 6
    assert (tables["1"]["status"], tables["1"]["seating"]) == ("free", None)
    assert (tables["2"]["status"], tables["2"]["seating"]["covers"]) == ("seated", 3)
    answer = await waiter.asks("PATCH", f"/tables/{house.tables['2']}", {"status": "dirty"})
    assert answer.status == 200
    assert (await waiter.gets(f"/tables/{house.tables['2']}")).json["status"] == "dirty"


async def test_orders_come_page_by_page_the_newest_first(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/orders"
    line = {"itemId": str(house.items["Soup"].id)}
    placed = [(await waiter.posts(path, {"kind": "pickup", "lines": [line]})).json["orderId"] for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = (await waiter.gets(f"{path}?limit=2{cursor}")).json
        seen += [order["orderId"] for order in page["items"]]
        if page["nextCursor"] is None:
            break
        cursor = f"&cursor={page['nextCursor']}"
    assert seen == placed[::-1]
    assert (await waiter.gets(f"{path}?limit=5")).json["nextCursor"] is None


async def test_orders_may_be_asked_for_by_status(waiter: Caller, house: House) -> None:
    path = f"/restaurants/{house.id}/orders"
    held = await house.orders_at("1", house.line("Soup"))
    fired = await house.fires("2", house.line("Soup"))
    assert [one["id"] for one in (await waiter.gets(path + "?status=placed")).json["items"]] == [str(held.order_id)]
    both = (await waiter.gets(path + "?status=placed&status=in_kitchen")).json["items"]
    assert {one["id"] for one in both} == {str(held.order_id), str(fired.order_id)}


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("limit=0", "limit", "too_small"),
        ("limit=201", "limit", "too_large"),
        ("limit=many", "limit", "wrong_type"),
        ("limit=1&limit=2", "limit", "wrong_type"),
        ("status=burnt", "status.0", "not_one_of"),
        ("cursor=soup", "cursor", "wrong_type"),
        ("page=2", "page", "unknown_field"),
    ],
)
async def test_a_wrong_query_is_refused(waiter: Caller, house: House, query: str, field: str, code: str) -> None:
    answer = await waiter.gets(f"/restaurants/{house.id}/orders?{query}")
    assert (answer.status, answer.code) == (400, "invalid")
    assert answer.json["errors"][0] | {"field": field, "code": code} == answer.json["errors"][0]


async def test_a_dinner_by_rest_alone(calls: Calls, house: House, follower_of: Callable[[OrderId], Caller]) -> None:
    waiter, cook = calls(Role.WAITER), calls(Role.COOK)
    await waiter.posts(f"/tables/{house.tables['1']}/seatings", {"covers": 2})
    lines = [{"itemId": str(house.items[name].id), "quantity": 2} for name in ("Soup", "Burger")]
    placed = await waiter.posts(
        f"/restaurants/{house.id}/orders",
        {"kind": "dine_in", "tableId": str(house.tables["1"]), "lines": lines},
    )
    order = f"/orders/{placed.json['orderId']}"
    guest = Caller(waiter.client, placed.json["guestLink"])
    assert (await guest.gets(order + "/track")).json["status"] == "placed"
    fired = await waiter.posts(order + "/courses/1/fire")
    for ticket in fired.json["tickets"]:
        assert (await cook.posts(f"/tickets/{ticket['ticketId']}/start")).status == 200
        assert (await cook.posts(f"/tickets/{ticket['ticketId']}/bump")).status == 200
    assert (await guest.gets(order + "/track")).json["status"] == "ready"
    assert (await waiter.posts(order + "/serve")).json["status"] == "served"
    assert (await waiter.posts(order + "/close")).json["status"] == "closed"
    again = await waiter.posts(order + "/close")
    assert (again.status, again.code, again.json["itsStatus"]) == (409, "order_is_over", "closed")
    assert (await guest.gets(order + "/track")).json["status"] == "closed"


async def test_a_room_can_be_followed_without_a_socket(cook: Caller, house: House) -> None:
    room = f"/rooms/kitchen:{house.id}"
    await house.fires("1", house.line("Burger"))
    opened = (await cook.gets(room)).json
    assert (opened["room"], opened["entries"]) == (f"kitchen:{house.id}", [])
    assert len(opened["board"]["tickets"]) == 1
    await house.fires("2", house.line("Soup"))
    missed = (await cook.gets(f"{room}/entries?since={opened['seq']}&epoch={opened['epoch']}")).json
    assert (missed["recovered"], missed["more"]) == (True, False)
    assert "ticket_fired" in [entry["event"] for entry in missed["entries"]]
    assert missed["entries"][0]["prev"] <= opened["seq"] < missed["entries"][0]["seq"]
    assert missed["seq"] >= missed["entries"][-1]["seq"]
    assert (await cook.gets(f"{room}/entries?since=-1")).code == "invalid"
    assert (await cook.gets(f"{room}/entries")).json["errors"][0]["code"] == "missing"


async def test_a_role_is_given_and_taken(calls: Calls, house: House) -> None:
    owner, path = calls(Role.OWNER), f"/restaurants/{house.id}/people/{house.cook.user}/roles/expo"
    assert (await owner.asks("PUT", path)).json["roles"] == ["cook", "expo"]
    assert (await owner.asks("DELETE", path)).json["roles"] == ["cook"]
    assert (await owner.asks("PUT", path.replace("expo", "chef"))).code == "not_found"


async def test_whoever_manages_people_sees_who_works_here_and_who_did(calls: Calls, house: House) -> None:
    manager, path = calls(Role.MANAGER), f"/restaurants/{house.id}/people"
    await manager.asks("PUT", f"{path}/{house.cook.user}/roles/expo")
    await manager.asks("DELETE", f"{path}/{house.waiter.user}/roles/waiter")
    shown = (await manager.gets(path)).json["items"]
    roles = {one["userId"]: one["roles"] for one in shown}
    assert (roles[str(house.cook.user)], roles[str(house.waiter.user)]) == (["cook", "expo"], [])
    assert [one["name"] for one in shown] == sorted(one["name"] for one in shown)
    assert all("@" in one["email"] for one in shown)
    assert set(shown[0]) == {"userId", "name", "email", "roles"}
