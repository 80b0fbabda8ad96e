"""Kitchen tablets: a manager lets one in by a code and out again, and whoever tapped a PIN there goes with it."""

import asyncio
from typing import Any

import pytest

from hub.commands.devices import InviteDevice, RevokeDevice, RotateDevice
from hub.commands.people import TakeRole
from hub.domain.devices import CODE_LENGTH, CODE_LETTERS
from hub.events.devices import DeviceEnrolled, DeviceRevoked
from hub.events.sessions import SessionEnded
from hub.keys import Hub
from hub.people import Role
from hub.store.connections import connection
from tests.api.conftest import Caller, Calls
from tests.support.houses import House, a_house
from tests.support.tablets import PIN, Tablet, a_code, a_tablet, has_pin


@pytest.fixture
async def tablet(hub: Hub, house: House) -> Tablet:
    return await a_tablet(hub, house)


async def enrolls(nobody: Caller, code: str, name: str = "Grill") -> Any:
    return await nobody.posts("/auth/enroll", {"code": code, "name": name})


async def names_in(house: House, scope: str) -> list[str]:
    async with house.database.snapshot():
        rows = await connection().fetch("select name from ledger where scope = $1 order by seq", scope)
    return [row["name"] for row in rows]


# ------------------------------------------------------------------ in


async def test_a_tablet_comes_in_with_a_code_that_a_manager_was_given(
    nobody: Caller, manager: Caller, house: House
) -> None:
    made = await manager.posts(f"/restaurants/{house.id}/devices")
    assert made.status == 201
    code = made.json["code"]
    assert len(code) == CODE_LENGTH
    assert set(code) <= set(CODE_LETTERS)
    enrolled = await enrolls(nobody, f"{code[:4]}-{code[4:]}".lower())
    assert (enrolled.status, enrolled.headers["Cache-Control"]) == (200, "no-store")
    assert (enrolled.json["name"], enrolled.json["restaurantId"]) == ("Grill", str(house.id))
    (listed,) = (await manager.gets(f"/restaurants/{house.id}/devices")).json["items"]
    assert (listed["deviceId"], listed["name"]) == (enrolled.json["deviceId"], "Grill")
    assert listed["enrolledBy"] == str(house.user(Role.MANAGER))
    assert "tabletToken" not in listed
    assert DeviceEnrolled.name in await names_in(house, f"restaurant:{house.id}")


async def test_a_code_is_good_once_however_many_race(nobody: Caller, house: House) -> None:
    code = await a_code(house)
    answers = await asyncio.gather(*(enrolls(nobody, code) for _ in range(4)))
    assert sorted(answer.status for answer in answers) == [200, 401, 401, 401]
    assert {answer.code for answer in answers if answer.status == 401} == {"wrong_device_code"}


async def test_a_code_runs_out_after_ten_minutes(nobody: Caller, house: House) -> None:
    code = await a_code(house)
    async with house.database.transaction():
        await connection().execute("update device_code set expires_at = expires_at - interval '10 minutes'")
    assert (await enrolls(nobody, code)).code == "wrong_device_code"


async def test_a_code_is_worth_as_much_as_whoever_made_it_may_do_now(nobody: Caller, house: House) -> None:
    code = await a_code(house)
    manager = house.user(Role.MANAGER)
    await house.does(TakeRole(restaurant_id=house.id, user_id=manager, role=Role.MANAGER), by=house.owner)
    assert (await enrolls(nobody, code)).code == "wrong_device_code"


async def test_a_code_is_shown_once_and_kept_as_nothing_that_could_be_tried_out(manager: Caller, house: House) -> None:
    first, again = [(await manager.posts(f"/restaurants/{house.id}/devices", key="once")).json for _ in range(2)]
    assert again == {**first, "code": None}
    async with house.database.snapshot():
        for table in ("device_code", "command", "audit", "ledger"):
            for row in await connection().fetch(f"select t::text as row from {table} t"):
                assert first["code"] not in row["row"]
        kept = await connection().fetchval("select hash from device_code")
    assert kept == house.tokens.hash_of_device_code(first["code"])


async def test_of_wrong_codes_from_an_address_five_are_tried(nobody: Caller, house: House) -> None:
    code = await a_code(house)
    assert [(await enrolls(nobody, "AAAAAAAA")).status for _ in range(6)] == [401] * 5 + [429]
    assert (await enrolls(nobody, code)).code == "auth_rate_limited"


# ------------------------------------------------------------------ at work


async def test_a_tablet_shows_who_may_tap_a_pin_there_and_nothing_else_of_them(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet
) -> None:
    elsewhere = await a_house(hub.database, name="Elsewhere")
    await has_pin(hub, house, Role.COOK, Role.WAITER)
    await has_pin(hub, elsewhere, Role.COOK)
    nobody.token = tablet.token
    items = (await nobody.gets("/devices/me/people")).json["items"]
    assert items == [
        {"userId": str(house.user(Role.COOK)), "name": "Cook"},
        {"userId": str(house.user(Role.WAITER)), "name": "Waiter"},
    ]
    assert (await nobody.gets(f"/restaurants/{house.id}/menu")).code == "not_found"
    assert (await nobody.gets("/restaurants")).json["items"] == []


async def test_nobody_else_is_told_who_has_a_pin(manager: Caller, stranger: Caller, nobody: Caller) -> None:
    for caller in (manager, stranger):
        assert (await caller.gets("/devices/me/people")).code == "not_your_job"
    assert (await nobody.gets("/devices/me/people")).code == "not_signed_in"


async def test_a_tablet_is_called_something_else(manager: Caller, house: House, tablet: Tablet) -> None:
    renamed = await manager.asks("PATCH", f"/devices/{tablet.id}", {"name": "Pass"})
    assert (renamed.status, renamed.json["name"]) == (200, "Pass")


# ------------------------------------------------------------------ out


async def test_a_revoked_tablet_is_out_and_everybody_who_tapped_a_pin_there(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet, calls: Calls
) -> None:
    await has_pin(hub, house, Role.COOK)
    here = Caller(nobody.client, (await tablet.is_tapped(house.user(Role.COOK))).access_token)
    elsewhere = calls(Role.COOK)
    assert (await here.gets("/me")).status == 200
    revoked = await calls(Role.MANAGER).asks("DELETE", f"/devices/{tablet.id}")
    assert revoked.json["revokedAt"] is not None
    assert (await here.gets("/me")).code == "session_over"
    assert (await elsewhere.gets("/me")).status == 200
    answer = await nobody.posts(
        "/auth/pin", {"tabletToken": tablet.token, "userId": str(house.user(Role.COOK)), "pin": PIN}
    )
    assert (answer.status, answer.code) == (401, "device_over")
    nobody.token = tablet.token
    over = await nobody.gets("/devices/me/people")
    assert (over.code, over.json["isRevoked"]) == ("device_over", True)
    assert (await calls(Role.MANAGER).asks("DELETE", f"/devices/{tablet.id}")).code == "device_revoked"
    assert DeviceRevoked.name in await names_in(house, f"restaurant:{house.id}")
    assert (await names_in(house, "platform")).count(SessionEnded.name) == 1


async def test_a_tablet_whose_token_was_copied_comes_in_anew_as_the_same_one(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet, manager: Caller
) -> None:
    await has_pin(hub, house, Role.COOK)
    here = Caller(nobody.client, (await tablet.is_tapped(house.user(Role.COOK))).access_token)
    code = (await manager.posts(f"/devices/{tablet.id}/rotate")).json["code"]
    assert (await here.gets("/me")).code == "session_over"
    nobody.token = tablet.token
    over = await nobody.gets("/devices/me/people")
    assert (over.code, over.json["isRevoked"]) == ("device_over", False)
    nobody.token = None
    again = (await enrolls(nobody, code, "Another name")).json
    assert (again["deviceId"], again["name"]) == (str(tablet.id), "Grill")
    assert again["tabletToken"] != tablet.token
    await Tablet(hub, tablet.id, again["tabletToken"]).is_tapped(house.user(Role.COOK))


async def test_the_code_of_a_tablet_that_was_revoked_since_lets_nothing_in(
    nobody: Caller, house: House, tablet: Tablet
) -> None:
    code = (await house.does(RotateDevice(device_id=tablet.id), by=house.manager)).code
    await house.does(RevokeDevice(device_id=tablet.id), by=house.manager)
    assert (await enrolls(nobody, code)).code == "wrong_device_code"


async def test_a_newer_code_of_a_tablet_takes_the_place_of_the_one_before(
    nobody: Caller, house: House, tablet: Tablet
) -> None:
    codes = [(await house.does(RotateDevice(device_id=tablet.id), by=house.manager)).code for _ in range(2)]
    assert [(await enrolls(nobody, code)).status for code in codes] == [401, 200]


async def test_the_audit_says_which_tablets_came_and_went(house: House, tablet: Tablet, calls: Calls) -> None:
    manager = calls(Role.MANAGER)
    await manager.asks("PATCH", f"/devices/{tablet.id}", {"name": "Pass"})
    await manager.posts(f"/devices/{tablet.id}/rotate")
    await manager.asks("DELETE", f"/devices/{tablet.id}")
    entries = (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"]
    said = [(one["action"], one["actor"].partition(":")[0], one["entityId"]) for one in entries]
    assert said == [
        ("revoke_device", "user", str(tablet.id)),
        ("rotate_device", "user", str(tablet.id)),
        ("rename_device", "user", str(tablet.id)),
        ("enroll_device", "device", str(tablet.id)),
    ]
    assert (entries[2]["old"], entries[2]["new"]) == ({"name": "Grill"}, {"name": "Pass"})
    assert [one["new"]["name"] for one in entries] == ["Pass", "Pass", "Pass", "Grill"]


async def test_nobody_manages_the_tablets_of_another_house(hub: Hub, house: House, tablet: Tablet, client: Any) -> None:
    elsewhere = await a_house(hub.database, name="Elsewhere")
    owner = Caller(client, elsewhere.token(Role.OWNER))
    for method, path in (
        ("GET", f"/restaurants/{house.id}/devices"),
        ("POST", f"/restaurants/{house.id}/devices"),
        ("DELETE", f"/devices/{tablet.id}"),
        ("POST", f"/devices/{tablet.id}/rotate"),
    ):
        assert (await owner.asks(method, path)).code == "not_found"


async def test_a_deed_about_tablets_obeys_the_law(house: House) -> None:
    await house.does(InviteDevice(restaurant_id=house.id), by=house.owner)
    assert house.names() == []
