"""What the audit of a restaurant says, and to whom."""

from typing import Any

from hub.actions.passwords import HASHER
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.people import Role
from hub.store import people
from hub.store.people import Person
from tests.api.conftest import PASSWORD, Caller, Calls
from tests.support.databases import run_as_owner
from tests.support.houses import House


async def test_who_changed_what_and_what_it_was(calls: Calls, house: House) -> None:
    manager, item, cook = calls(Role.MANAGER), str(house.items["Soup"].id), str(house.user(Role.COOK))
    await manager.asks("PATCH", f"/items/{item}", {"price": 700})
    await manager.asks("PUT", f"/restaurants/{house.id}/people/{cook}/roles/expo")
    made = await manager.posts(f"/restaurants/{house.id}/keys", {"name": "Till", "scopes": ["orders:read"]})
    await manager.asks("DELETE", f"/items/{item}")
    entries = (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"]
    gone, key, roles, price = entries
    assert (price["action"], price["entity"], price["entityId"]) == ("change_item", "item", item)
    assert price["old"] == {"name": "Soup", "price": {"amount": 650, "currency": "GBP"}}
    assert price["new"] == {"name": "Soup", "price": {"amount": 700, "currency": "GBP"}}
    assert (roles["entityId"], roles["old"], roles["new"]) == (cook, {"roles": ["cook"]}, {"roles": ["cook", "expo"]})
    assert (key["action"], key["old"], key["new"]["scopes"]) == ("make_key", None, ["orders:read"])
    assert made.json["key"] not in str(entries)
    assert (gone["action"], gone["old"]["name"], gone["new"]) == ("remove_item", "Soup", None)
    assert {one["actor"] for one in entries} == {f"user:{house.user(Role.MANAGER)}"}
    assert {one["address"] for one in entries} == {"127.0.0.1"}
    assert [one["seq"] for one in entries] == [4, 3, 2, 1]


async def test_whatever_is_changed_about_the_house_itself_is_noted(calls: Calls, house: House) -> None:
    manager, about = calls(Role.MANAGER), f"/restaurants/{house.id}"
    menu_section = (await manager.posts(f"{about}/menu/sections", {"name": "Desserts"})).json
    station = (await manager.posts(f"{about}/stations", {"name": "Pastry"})).json
    backup = str(house.stations["Grill"])
    await manager.asks("PUT", f"/stations/{station['id']}/backup", {"backupStationId": backup})
    section = (await manager.posts(f"{about}/sections", {"name": "Garden"})).json
    plan = {"sectionId": section["id"], "name": "31", "seats": 4, "x": 1, "y": 2}
    table = (await manager.posts(f"{about}/tables", plan)).json
    await manager.asks("PATCH", f"/tables/{table['id']}/plan", {"seats": 6})
    await manager.asks("PATCH", f"/tables/{table['id']}/plan", {"seats": 6})
    entries = (await calls(Role.OWNER).gets(f"{about}/audit")).json["items"]
    said = [(one["action"], one["entity"], one["entityId"], one["old"], one["new"]) for one in reversed(entries)]
    standing = {"name": "Pastry", "backupStationId": None}
    assert said == [
        ("add_menu_section", "menu_section", menu_section["id"], None, menu_section),
        ("add_station", "station", station["id"], None, {"id": station["id"], **standing}),
        ("set_station_backup", "station", station["id"], standing, {**standing, "backupStationId": backup}),
        ("add_section", "section", section["id"], None, section),
        ("add_table", "table", table["id"], None, {"tableId": table["id"], **plan}),
        ("change_table", "table", table["id"], {"name": "31", "seats": 4}, {"name": "31", "seats": 6}),
    ]


async def test_nothing_is_noted_of_what_was_refused_or_changed_nothing(calls: Calls, house: House) -> None:
    item, cook = house.items["Soup"].id, house.user(Role.COOK)
    manager = calls(Role.MANAGER)
    assert (await calls(Role.WAITER).asks("PATCH", f"/items/{item}", {"price": 1})).status == 403
    assert (await manager.asks("PATCH", f"/items/{item}", {"price": 650})).status == 200
    assert (await manager.asks("PUT", f"/restaurants/{house.id}/people/{cook}/roles/cook")).status == 200
    assert (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"] == []


async def test_food_that_is_thrown_away_is_noted_and_what_was_held_is_not(calls: Calls, house: House) -> None:
    fired = await house.fires("1", house.line("Soup"))
    held = await house.orders_at("2", house.line("Soup"))
    manager = calls(Role.MANAGER)
    for order in (fired, held):
        line = order.lines[0].line_id
        assert (await manager.posts(f"/orders/{order.order_id}/lines/{line}/void", {"reason": "Cold"})).status == 200
    (entry,) = (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"]
    assert (entry["action"], entry["entity"], entry["entityId"]) == ("void_line", "line", str(fired.lines[0].line_id))
    which = {
        "name": "Soup",
        "quantity": 1,
        "modifiers": [],
        "amount": {"amount": 650, "currency": "GBP"},
        "orderNumber": fired.number,
        "tableName": "1",
    }
    assert entry["old"] == which | {"status": "fired", "reason": None}
    assert entry["new"] == which | {"status": "voided", "reason": "Cold"}


async def test_what_was_said_at_the_pass_of_a_void_that_crossed_a_bump_is_noted(calls: Calls, house: House) -> None:
    order = await house.fires("1", house.line("Burger", quantity=2))
    line, ticket = order.lines[0].line_id, order.tickets[0].ticket_id
    path, manager = f"/orders/{order.order_id}/lines/{line}", calls(Role.MANAGER)
    assert (await calls(Role.COOK).posts(f"/tickets/{ticket}/bump")).status == 200
    assert (await manager.posts(f"{path}/void", {"bumps": 0, "restores": 0})).status == 200
    assert (await manager.posts(f"{path}/decide", {"stands": False, "restores": 0})).status == 200
    assert (await manager.posts(f"{path}/decide", {"stands": False, "restores": 0})).status == 200, "once more"
    decided, voided = (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"]
    assert (voided["action"], decided["action"]) == ("void_line", "decide_void")
    assert (decided["new"]["name"], decided["new"]["quantity"]) == ("Burger", 2)
    assert (decided["old"]["status"], decided["new"]["status"]) == ("voided", "fired")


async def test_the_customer_of_an_order_is_not_named_in_what_nobody_can_take_back(
    calls: Calls, house: House, manager: Caller
) -> None:
    line = {"itemId": str(house.items["Soup"].id)}
    asked = {"kind": "pickup", "customerName": "Ada", "lines": [line]}
    order = (await manager.posts(f"/restaurants/{house.id}/orders", asked)).json
    assert (await manager.posts(f"/orders/{order['orderId']}/cancel", {"reason": "Nobody came"})).status == 200
    (entry,) = (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"]
    assert (entry["action"], entry["new"]["name"], entry["new"]["reason"]) == ("cancel_order", "Soup", "Nobody came")
    assert "Ada" not in str(entry)


async def test_it_is_looked_through_by_who_what_and_when_page_by_page(calls: Calls, house: House) -> None:
    manager, owner, item = calls(Role.MANAGER), calls(Role.OWNER), house.items["Soup"].id
    for price in range(1, 6):
        await (manager if price % 2 else owner).asks("PATCH", f"/items/{item}", {"price": price})

    async def found(query: str = "") -> list[Any]:
        answer = await owner.gets(f"/restaurants/{house.id}/audit?{query}")
        assert answer.status == 200, answer.body
        return [one["seq"] for one in answer.json["items"]]

    assert await found() == [5, 4, 3, 2, 1]
    assert await found(f"actor=user:{house.user(Role.OWNER)}") == [4, 2]
    assert await found(f"action=change_item&entity=item&entityId={item}&limit=2") == [5, 4]
    assert await found("action=remove_item") == []
    assert await found("since=2999-01-01T00:00:00Z") == await found("until=0001-01-01T00:00:00%2B23:59") == []
    assert await found("since=0001-01-01T00:00:00%2B23:59") == await found("until=9999-12-31T23:59:59-23:59")
    first = (await owner.gets(f"/restaurants/{house.id}/audit?limit=3")).json
    assert await found(f"limit=3&cursor={first['nextCursor']}") == [2, 1]
    for wrong in ("since=0", "since=2026-11-22", "since=2026-11-22T10:00:00", "cursor=0", "who=me"):
        assert (await owner.gets(f"/restaurants/{house.id}/audit?{wrong}")).status == 400, wrong


async def test_owners_alone_see_it_and_nobody_elses(calls: Calls, house: House, owner_elsewhere: Caller) -> None:
    path = f"/restaurants/{house.id}/audit"
    assert (await calls(Role.OWNER).gets(path)).status == 200
    assert (await calls(Role.MANAGER).gets(path)).code == "not_your_job"
    assert (await owner_elsewhere.gets(path)).code == "not_found"


async def test_owners_ask_whether_their_audit_is_whole_some_entries_at_a_time(
    calls: Calls, house: House, database_url: str, owner_elsewhere: Caller
) -> None:
    owner, manager, item = calls(Role.OWNER), calls(Role.MANAGER), house.items["Soup"].id
    path = f"/restaurants/{house.id}/audit/wholeness"

    async def looks(query: str = "") -> Any:
        answer = await owner.gets(f"{path}{query}")
        assert answer.status == 200, answer.body
        return answer.json

    none = {"entries": 0, "firstHash": None, "lastHash": None, "upTo": 0, "isWhole": True, "brokenAt": None}
    assert await looks() == none
    for price in range(1, 6):
        await manager.asks("PATCH", f"/items/{item}", {"price": price})
    newest, *_, first = (await owner.gets(f"/restaurants/{house.id}/audit")).json["items"]
    whole = {"entries": 5, "firstHash": first["hash"], "lastHash": newest["hash"], "brokenAt": None}
    assert await looks() == whole | {"isWhole": True, "upTo": 5}
    seen = [await looks("?limit=2"), await looks("?limit=2&after=2"), await looks("?limit=2&after=4")]
    assert [(one["isWhole"], one["upTo"]) for one in seen] == [(None, 2), (None, 4), (True, 5)]
    assert (await looks("?limit=5"))["isWhole"] is None, "what was put in behind the end is looked for"
    assert (await looks("?limit=5&after=5"))["isWhole"] is True
    assert (await owner.gets(f"{path}?after=6")).code == "not_found"
    assert (await manager.gets(path)).code == "not_your_job"
    assert (await owner_elsewhere.gets(path)).code == "not_found"

    await run_as_owner(database_url, "update audit set actor = 'user:2' where seq = 4")
    seen = [await looks(), await looks("?limit=2"), await looks("?limit=2&after=2"), await looks("?after=4")]
    assert [(one["isWhole"], one["brokenAt"]) for one in seen] == [(False, 4), (None, None), (False, 4), (True, None)]


async def test_operators_ask_the_same_of_the_platforms(hub: Hub, nobody: Caller, stranger: Caller) -> None:
    user = UserId(new_id())
    async with hub.database.transaction():
        await people.add(Person(user, "ops@example.test", "Ops", HASHER.hash(PASSWORD), is_operator=True))
    signed_in = await nobody.posts("/auth/login", {"email": "ops@example.test", "password": PASSWORD})
    operator = Caller(nobody.client, signed_in.json["accessToken"])
    answer = await operator.gets("/audit/wholeness")
    assert (answer.json["entries"], answer.json["isWhole"]) == (1, True)
    assert (await operator.gets("/audit/wholeness?after=6")).code == "not_found"
    (entry,) = (await operator.gets(f"/audit?action=sign_in&entityId={user}")).json["items"]
    assert (entry["actor"], entry["entity"], entry["address"]) == (f"user:{user}", "person", "127.0.0.1")
    assert (await operator.gets("/audit?action=lock_account")).json["items"] == []
    assert (await operator.gets("/api/v1/audit?page=1")).json["meta"]["pagination"]["total"] == 1
    assert (await stranger.gets("/audit")).code == "not_your_job"
    assert (await stranger.gets("/audit/wholeness")).code == "not_your_job"


async def test_nobody_gives_a_program_what_they_may_not_do(calls: Calls, house: House) -> None:
    body = {"name": "Archive", "scopes": ["audit:read"]}
    refused = await calls(Role.MANAGER).posts(f"/restaurants/{house.id}/keys", body)
    assert (refused.status, refused.code) == (403, "scope_not_yours")
    made = await calls(Role.OWNER).posts(f"/restaurants/{house.id}/keys", body)
    archive = Caller(calls(Role.OWNER).client, made.json["key"])
    assert (await archive.gets(f"/restaurants/{house.id}/audit")).status == 200
