"""PINs: who somebody is at a kitchen tablet, what they may do there, and until when."""

from typing import Any

import pytest

from hub.actions.sessions import SignedIn
from hub.audience import user_scope
from hub.domain.sessions import SHIFT
from hub.events.people import RealTimeNotification
from hub.ids import new_id
from hub.keys import Hub
from hub.people import Role
from hub.store.connections import connection
from tests.api.conftest import Answer, Caller, Calls
from tests.support.houses import House
from tests.support.tablets import PIN, Tablet, a_tablet, has_pin


@pytest.fixture
async def tablet(hub: Hub, house: House) -> Tablet:
    await has_pin(hub, house, Role.COOK, Role.MANAGER)
    return await a_tablet(hub, house)


async def taps(nobody: Caller, tablet: Tablet, user: object, pin: str = PIN) -> Answer:
    return await nobody.posts("/auth/pin", {"tabletToken": tablet.token, "userId": str(user), "pin": pin})


async def at_tablet(nobody: Caller, tablet: Tablet, house: House, role: Role) -> Caller:
    answer = await taps(nobody, tablet, house.user(role))
    assert answer.status == 200, answer.body
    return Caller(nobody.client, answer.json["accessToken"])


async def test_who_taps_their_pin_works_in_the_tablets_restaurant(nobody: Caller, house: House, tablet: Tablet) -> None:
    order = await house.fires("1", house.line("Burger"))
    signed_in = (await taps(nobody, tablet, house.user(Role.COOK))).json
    assert signed_in["roles"] == {str(house.id): ["cook"]}
    cook = Caller(nobody.client, signed_in["accessToken"])
    assert (await cook.posts(f"/tickets/{order.tickets[0].ticket_id}/bump")).status == 200
    assert (await cook.gets("/me/sessions")).json["items"][0]["device"] == "Grill"


async def test_with_a_pin_one_does_what_a_dinner_is_made_of_and_nothing_about_the_house(
    nobody: Caller, house: House, tablet: Tablet
) -> None:
    manager = await at_tablet(nobody, tablet, house, Role.MANAGER)
    soup, cook = house.items["Soup"].id, house.user(Role.COOK)
    assert (await manager.posts(f"/items/{soup}/eighty-six")).status == 200
    for method, path, body in (
        ("PATCH", f"/items/{soup}", {"price": 1}),
        ("PUT", f"/restaurants/{house.id}/people/{cook}/roles/owner", None),
        ("POST", f"/restaurants/{house.id}/keys", {"name": "Till", "scopes": ["orders:read"]}),
        ("POST", f"/restaurants/{house.id}/devices", None),
        ("POST", "/me/totp", {"password": "x"}),
        ("PUT", "/me/pin", {"pin": "8051"}),
        ("POST", "/auth/logout-everywhere", None),
    ):
        answer = await manager.asks(method, path, body)
        assert (answer.status, answer.code) == (403, "not_at_device"), path
    assert (await manager.gets("/me")).json["email"] is None


async def test_the_owner_reads_who_came_in_at_which_tablet_and_not_who_was_kept_out(
    nobody: Caller, house: House, tablet: Tablet, calls: Calls
) -> None:
    cook = house.user(Role.COOK)
    assert (await taps(nobody, tablet, cook, "8051")).code == "wrong_pin"
    session = (await taps(nobody, tablet, cook)).json["sessionId"]
    path = f"/restaurants/{house.id}/audit?action=sign_in_at_device"
    (entry,) = (await calls(Role.OWNER).gets(path)).json["items"]
    assert (entry["actor"], entry["entity"], entry["entityId"]) == (f"user:{cook}", "device", str(tablet.id))
    assert (entry["old"], entry["new"]) == (None, {"name": "Grill", "sessionId": session})
    assert entry["address"] == "127.0.0.1"


async def test_who_is_done_at_a_tablet_leaves_it(nobody: Caller, house: House, tablet: Tablet, calls: Calls) -> None:
    cook = await at_tablet(nobody, tablet, house, Role.COOK)
    assert (await cook.posts("/auth/logout")).status == 200
    assert (await cook.gets("/me")).code == "session_over"
    assert (await calls(Role.COOK).gets("/me")).status == 200


async def test_a_session_at_a_tablet_goes_on_as_one_and_lasts_a_shift(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet
) -> None:
    signed_in = (await taps(nobody, tablet, house.user(Role.MANAGER))).json
    gone_on = (await nobody.posts("/auth/refresh", {"refreshToken": signed_in["refreshToken"]})).json
    manager = Caller(nobody.client, gone_on["accessToken"])
    assert (await manager.gets(f"/restaurants/{house.id}/keys")).code == "not_at_device"
    async with house.database.snapshot():
        lasts = await connection().fetchval("select expires_at - used_at from session where device_id is not null")
    assert lasts == SHIFT


async def test_who_works_there_no_more_has_no_pin_there(
    nobody: Caller, house: House, tablet: Tablet, manager: Caller
) -> None:
    cook = await at_tablet(nobody, tablet, house, Role.COOK)
    await manager.asks("DELETE", f"/restaurants/{house.id}/people/{house.user(Role.COOK)}/roles/cook")
    assert (await taps(nobody, tablet, house.user(Role.COOK))).code == "wrong_pin"
    assert (await cook.gets(f"/restaurants/{house.id}/menu")).code == "not_found"


async def test_whoever_sets_another_pin_is_signed_out_at_tablets_and_nowhere_else(
    nobody: Caller, house: House, tablet: Tablet, calls: Calls
) -> None:
    here, own = await at_tablet(nobody, tablet, house, Role.COOK), calls(Role.COOK)
    set_anew = await own.asks("PUT", "/me/pin", {"pin": "8051"})
    assert (set_anew.status, len(set_anew.json["sessionIds"])) == (200, 1)
    assert (await here.gets("/me")).code == "session_over"
    assert (await own.gets("/me")).status == 200
    assert (await taps(nobody, tablet, house.user(Role.COOK))).code == "wrong_pin"
    assert (await taps(nobody, tablet, house.user(Role.COOK), "8051")).status == 200


async def test_whoever_parts_with_their_pin_is_signed_out_at_tablets_and_taps_none_any_more(
    nobody: Caller, house: House, tablet: Tablet, calls: Calls
) -> None:
    here, own = await at_tablet(nobody, tablet, house, Role.COOK), calls(Role.COOK)
    assert (await own.gets("/me/pin")).json["setAt"] is not None
    assert (await here.asks("DELETE", "/me/pin")).code == "not_at_device"
    parted = await own.asks("DELETE", "/me/pin")
    assert (parted.status, len(parted.json["sessionIds"])) == (200, 1)
    assert (await here.gets("/me")).code == "session_over"
    assert (await own.gets("/me/pin")).json == {"setAt": None}
    assert (await taps(nobody, tablet, house.user(Role.COOK))).code == "wrong_pin"
    nobody.token = tablet.token
    assert [one["name"] for one in (await nobody.gets("/devices/me/people")).json["items"]] == ["Manager"]
    assert (await own.asks("DELETE", "/me/pin")).code == "not_found"
    async with house.database.snapshot():
        noted = await connection().fetch("select actor, entity from audit where action = 'remove_pin'")
    assert [tuple(row) for row in noted] == [(f"user:{house.user(Role.COOK)}", "pin")]


async def test_a_pin_that_is_changed_while_it_is_tapped_begins_no_session(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    cook, begin = house.user(Role.COOK), hub.sessions.sign_in_at

    async def begins_too_late(*asked: Any, **how: Any) -> SignedIn:
        await hub.pins.put(cook, "8051", None)
        return await begin(*asked, **how)

    monkeypatch.setattr(hub.sessions, "sign_in_at", begins_too_late)
    assert (await taps(nobody, tablet, cook)).code == "wrong_pin"


@pytest.mark.parametrize("how", ["rotate", "revoke"])
async def test_a_tablet_that_goes_while_a_pin_is_tapped_at_it_begins_no_session(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet, calls: Calls, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    manager, begin = calls(Role.MANAGER), hub.sessions.sign_in_at
    method, path = ("POST", f"/devices/{tablet.id}/rotate") if how == "rotate" else ("DELETE", f"/devices/{tablet.id}")

    async def begins_too_late(*asked: Any, **how: Any) -> SignedIn:
        assert (await manager.asks(method, path)).status == 200
        return await begin(*asked, **how)

    monkeypatch.setattr(hub.sessions, "sign_in_at", begins_too_late)
    assert (await taps(nobody, tablet, house.user(Role.COOK))).code == "device_over"


@pytest.mark.parametrize(
    ("pin", "code"),
    [("1234", "easy_pin"), ("0000", "easy_pin"), ("123", "invalid"), ("2739a", "invalid"), (2739, "invalid")],
)
async def test_a_pin_that_is_none_or_everybodys_is_refused(cook: Caller, pin: object, code: str) -> None:
    answer = await cook.asks("PUT", "/me/pin", {"pin": pin})
    assert (answer.status, answer.code) == (422 if code == "easy_pin" else 400, code)


async def test_five_wrong_pins_lock_somebody_at_that_tablet_and_those_who_answer_for_the_house_are_told(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet
) -> None:
    other, cook = await a_tablet(hub, house, "Pass"), house.user(Role.COOK)
    assert [(await taps(nobody, tablet, cook, "8051")).code for _ in range(5)] == ["wrong_pin"] * 5
    locked = await taps(nobody, tablet, cook)
    assert (locked.status, locked.code, locked.json["retry"]) == (423, "pin_locked", True)
    assert 0 < int(locked.headers["Retry-After"]) <= 15 * 60
    assert (await taps(nobody, tablet, house.user(Role.MANAGER))).status == 200, "only that one"
    assert (await taps(nobody, other, cook)).status == 200, "only there"
    for role in (Role.MANAGER, Role.OWNER):
        (notice,) = await notices_of(house, role)
        assert "for Cook at Grill" in notice
    assert await notices_of(house, Role.COOK) == []
    async with house.database.snapshot():
        noted = await connection().fetch("select actor, entity_id, new::text from audit where action = 'lock_pin'")
    assert [tuple(row) for row in noted] == [(f"device:{tablet.id}", str(cook), '{"device":"Grill"}')]


async def notices_of(house: House, role: Role) -> list[str]:
    async with house.database.snapshot():
        rows = await connection().fetch(
            "select payload->>'message' as said from ledger where scope = $1 and name = $2",
            user_scope(house.user(role)),
            RealTimeNotification.name,
        )
    return [row["said"] for row in rows]


async def test_what_was_locked_is_open_a_quarter_of_an_hour_later(nobody: Caller, house: House, tablet: Tablet) -> None:
    cook = house.user(Role.COOK)
    for _ in range(5):
        await taps(nobody, tablet, cook, "8051")
    async with house.database.transaction():
        await connection().execute("update pin_try set last_at = last_at - interval '15 minutes'")
    assert (await taps(nobody, tablet, cook, "8051")).code == "wrong_pin"
    assert (await taps(nobody, tablet, cook)).status == 200


async def test_the_right_pin_forgets_the_wrong_ones(nobody: Caller, house: House, tablet: Tablet) -> None:
    cook = house.user(Role.COOK)
    for _ in range(3):
        assert [(await taps(nobody, tablet, cook, "8051")).code for _ in range(4)] == ["wrong_pin"] * 4
        assert (await taps(nobody, tablet, cook)).status == 200


async def test_a_tap_that_could_not_be_tried_is_not_counted(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    cook = house.user(Role.COOK)
    with monkeypatch.context() as patched:
        patched.setattr("hub.actions.passwords.HASHINGS_WAITING_MAX", 0)
        for _ in range(8):
            assert (await taps(nobody, tablet, cook)).code == "too_many_sign_ins"
    assert (await taps(nobody, tablet, cook)).status == 200


async def test_who_has_no_pin_or_is_nobody_is_answered_as_who_is_wrong(
    nobody: Caller, house: House, tablet: Tablet
) -> None:
    said = []
    for user in (house.user(Role.COOK), house.user(Role.HOST), new_id()):
        answer = await taps(nobody, tablet, user, "8051")
        said.append((answer.status, {**answer.json, "requestId": None}))
    assert said.count(said[0]) == 3
