"""Whatever goes wrong is a problem with a stable code, and nothing else about it is told."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
import structlog
from yarl import URL

import api.bodies
import hub.actions  # noqa: F401  # every refusal there is
from api.errors import OWN_CODES, answer_refusal
from hub.domain.refusals import Refused, every_refusal
from hub.keys import Hub
from tests.api.conftest import Caller, Client
from tests.support.houses import House
from tests.support.hubs import a_hub

STATUSES = {
    "account_locked": 423,
    "address_not_allowed": 403,
    "address_not_found": 404,
    "already_available": 409,
    "already_eighty_sixed": 409,
    "already_fired": 409,
    "already_rushed": 409,
    "already_served": 409,
    "already_there": 409,
    "already_voided": 409,
    "busy": 503,
    "cannot_delete_default": 409,
    "current_password_wrong": 422,
    "email_not_verified": 403,
    "link_first": 409,
    "linked_already": 409,
    "linked_elsewhere": 409,
    "not_vouched": 401,
    "provider_unavailable": 503,
    "sign_in_not_begun": 401,
    "database_unavailable": 503,
    "default_address_needed": 409,
    "device_over": 401,
    "device_revoked": 409,
    "easy_pin": 422,
    "has_account_already": 409,
    "illegal_table_step": 409,
    "illegal_ticket_step": 409,
    "impossible_choice": 422,
    "in_progress": 409,
    "invalid": 400,
    "invitation_for_another": 403,
    "invitation_over": 422,
    "item_eighty_sixed": 409,
    "item_sold_out": 409,
    "key_over": 401,
    "key_reused": 422,
    "key_revoked": 409,
    "last_owner": 409,
    "letter_over": 422,
    "password_too_short": 422,
    "staff_password_too_short": 422,
    "password_too_obvious": 422,
    "password_tells_name": 422,
    "name_taken": 409,
    "needs_manager": 403,
    "no_passkeys_here": 404,
    "no_second_factor": 409,
    "no_such_modifier": 422,
    "no_such_number": 422,
    "no_table_here": 422,
    "nobody_seated": 409,
    "not_a_role": 422,
    "not_a_time_zone": 422,
    "not_a_picture": 422,
    "not_all_served": 409,
    "not_as_seen": 409,
    "not_at_device": 403,
    "not_at_tables": 409,
    "not_disputed": 409,
    "not_fired": 409,
    "not_found": 404,
    "not_signed_in": 401,
    "not_your_job": 403,
    "own_backup": 422,
    "nothing_ready": 409,
    "nothing_to_fire": 409,
    "order_is_over": 409,
    "other_ledger": 409,
    "picture_too_large": 413,
    "pin_locked": 423,
    "price_below_zero": 422,
    "scope_not_yours": 403,
    "seat_with_covers": 409,
    "second_factor_needed": 401,
    "second_factor_on": 409,
    "table_has_open_orders": 409,
    "table_in_use": 409,
    "table_needed": 422,
    "session_over": 401,
    "token_expired": 401,
    "link_over": 401,
    "token_invalid": 401,
    "too_many_addresses": 409,
    "too_many_invitations": 429,
    "too_many_pictures": 503,
    "too_many_sign_ins": 429,
    "void_undecided": 409,
    "works_here_already": 409,
    "passkey_copied": 401,
    "passkey_known": 409,
    "passkey_not_begun": 401,
    "passkey_unusable": 422,
    "too_many_passkeys": 409,
    "wrong_passkey": 401,
    "wrong_code": 401,
    "wrong_credentials": 401,
    "wrong_device_code": 401,
    "wrong_modifiers": 422,
    "wrong_pin": 401,
    "rate_limited": 429,
    "auth_rate_limited": 429,
    "upload_rate_limited": 429,
    "sign_ins_closed": 503,
}
"""Clients decide by these: none may change, and a new refusal is added here."""


def hub_refusals() -> list[type[Refused]]:
    return [one for one in every_refusal() if one.__module__.startswith("hub.")]


def test_every_refusal_is_in_the_table() -> None:
    assert {refusal.code for refusal in hub_refusals()} == set(STATUSES)


@pytest.mark.parametrize("refusal", hub_refusals(), ids=lambda refusal: refusal.code)
def test_a_refusal_has_its_status_and_says_why(refusal: type[Refused]) -> None:
    made = refusal.__new__(refusal)
    made.facts, made.sentence = {"status": "voided", "portions_left": 0, "secret": object()}, "A sentence."
    answer = answer_refusal(made)
    assert isinstance(answer.body, bytes)
    body = json.loads(answer.body)
    assert answer.status == body["status"] == STATUSES[refusal.code]
    assert answer.content_type == "application/problem+json"
    assert body["code"] == refusal.code
    assert body["detail"] == "A sentence."
    assert body["itsStatus"] == "voided"
    assert body["portionsLeft"] == 0
    assert "secret" not in body
    assert (answer.status == 401) == ("WWW-Authenticate" in answer.headers)
    assert (answer.status in (423, 429, 503)) == ("Retry-After" in answer.headers) == body["retry"]


def test_what_only_http_gets_wrong_has_its_own_codes() -> None:
    assert {code: status.value for code, (status, _) in OWN_CODES.items()} == {
        "not_json": 400,
        "no_body": 400,
        "bad_request": 400,
        "version_conflict": 400,
        "version_unknown": 400,
        "version_gone": 410,
        "no_such_route": 404,
        "wrong_method": 405,
        "too_slow": 408,
        "too_large": 413,
        "internal": 500,
    }
    assert not set(OWN_CODES) & set(STATUSES)


BAD_ORDERS: dict[str, tuple[Any, str, str, str]] = {
    "unknown field": ({"kind": "pickup", "lines": [], "tip": 5}, "tip", "unknown_field", "Is not a field"),
    "its python name": ({"customer_name": "Ann"}, "customer_name", "unknown_field", "Is not a field"),
    "missing": ({"kind": "pickup"}, "lines", "missing", "Is missing."),
    "wrong type": ({"kind": "pickup", "lines": "soup"}, "lines", "wrong_type", "Must be a list."),
    "no number": (
        {"kind": "pickup", "lines": [{"itemId": "ITEM", "quantity": "2"}]},
        "lines.0.quantity",
        "wrong_type",
        "Must be a whole number.",
    ),
    "true is no number": (
        {"kind": "pickup", "lines": [{"itemId": "ITEM", "quantity": True}]},
        "lines.0.quantity",
        "wrong_type",
        "Must be a whole number.",
    ),
    "no id": ({"kind": "pickup", "lines": [{"itemId": "soup"}]}, "lines.0.itemId", "wrong_type", "Must be an id."),
    "too few": ({"kind": "pickup", "lines": []}, "lines", "too_short", "Must have at least 1 entry."),
    "too many": (
        {"kind": "pickup", "lines": [{"itemId": "ITEM", "quantity": 1000}]},
        "lines.0.quantity",
        "too_large",
        "Must be at most 999.",
    ),
    "beyond 64 bits": (
        {"kind": "pickup", "lines": [{"itemId": "ITEM", "quantity": 10**30}]},
        "lines.0.quantity",
        "too_large",
        "Must be at most 999.",
    ),
    "too long": (
        {"kind": "pickup", "lines": [{"itemId": "ITEM", "note": "x" * 281}]},
        "lines.0.note",
        "too_long",
        "Must have at most 280 characters.",
    ),
    "control character": (
        {"kind": "pickup", "lines": [{"itemId": "ITEM", "note": "a\x00b"}]},
        "lines.0.note",
        "not_allowed",
        "Must not contain control characters.",
    ),
    "no such kind": ({"kind": "takeaway", "lines": []}, "kind", "not_one_of", "Must be 'dine_in', 'pickup' or"),
    "said twice": ({"restaurantId": "X", "kind": "pickup"}, "restaurantId", "unknown_field", "Is in the address"),
}


@pytest.mark.parametrize("case", BAD_ORDERS)
async def test_wrong_fields_are_named_in_plain_words(waiter: Caller, house: House, case: str) -> None:
    body, field, code, message = BAD_ORDERS[case]
    told = json.dumps(body).replace("ITEM", str(house.items["Soup"].id)).encode()
    answer = await waiter.asks("POST", f"/restaurants/{house.id}/orders", data=told)
    assert (answer.status, answer.code) == (400, "invalid")
    assert answer.json["detail"][0] not in "{'"
    found = {error["field"]: error for error in answer.json["errors"]}
    assert found[field]["code"] == code
    assert found[field]["message"].startswith(message)


async def test_seventy_two_point_nought_is_a_whole_number(waiter: Caller, house: House) -> None:
    body = {"kind": "pickup", "lines": [{"itemId": str(house.items["Soup"].id), "quantity": 2.0}]}
    answer = await waiter.posts(f"/restaurants/{house.id}/orders", body)
    assert (answer.status, answer.json["lines"][0]["quantity"]) == (201, 2)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"a": NaN}', b"{'a': 1}", b"[" * 100_000, b'{"a":"\\ud800"}']
)
async def test_a_body_that_is_no_json_object_is_refused(waiter: Caller, house: House, body: bytes) -> None:
    answer = await waiter.asks("POST", f"/restaurants/{house.id}/orders", data=body)
    assert (answer.status, answer.code) == (400, "not_json")


async def test_a_command_without_fields_of_its_own_needs_no_body_and_takes_no_others(
    manager: Caller, house: House
) -> None:
    item = f"/items/{house.items['Soup'].id}"
    assert (await manager.asks("POST", item + "/eighty-six", {"item_id": "x"})).code == "invalid"
    assert (await manager.posts(item + "/eighty-six")).status == 200
    assert (await manager.asks("POST", item + "/restore", {})).status == 200


async def test_addresses_and_methods_that_are_not_there(waiter: Caller, house: House) -> None:
    assert (await waiter.gets("/nothing")).code == "no_such_route"
    assert (await waiter.gets("/items/soup")).code == "not_found"
    assert (await waiter.gets("/rooms/kitchen:soup")).code == "not_found"
    assert (await waiter.posts(f"/orders/{house.id}/courses/soup/fire")).code == "not_found"
    answer = await waiter.asks("DELETE", "/restaurants")
    assert (answer.status, answer.code, answer.headers["Allow"]) == (405, "wrong_method", "GET, HEAD, POST")


async def test_a_body_that_is_too_large_is_cut_off(waiter: Caller, house: House) -> None:
    too_much = b'{"a":"' + b"x" * api.bodies.BODY_BYTES_MAX + b'"}'
    answer = await waiter.asks("POST", f"/restaurants/{house.id}/orders", data=too_much)
    assert (answer.status, answer.code) == (413, "too_large")

    async def unannounced() -> Any:
        for _ in range(64):
            yield b"x" * 8192

    answer = await waiter.asks("POST", f"/restaurants/{house.id}/orders", data=unannounced())
    assert (answer.status, answer.code) == (413, "too_large")


@pytest.mark.parametrize("depth", [250, 300, 1_000, 2_000])
async def test_a_body_that_is_nested_deeply_is_refused_like_any_other(waiter: Caller, depth: int) -> None:
    """JSON is read deeper than it is written, and deeper still it is not read."""
    data = b'{"title":' + b"[" * depth + b"]" * depth + b"}"
    answer = await waiter.asks("POST", "/announcements", data=data)
    assert (answer.status, answer.code in ("invalid", "not_json")) == (400, True)


async def test_half_a_body_does_not_hold_its_connection_for_ever(
    client: Client, waiter: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.bodies, "BODY_SECONDS_MAX", 0.05)
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(
        f"POST /api/v2/announcements HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {waiter.token}\r\n"
        "Content-Length: 100\r\n\r\n{".encode()
    )
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408")
    assert b"Connection: close" in head
    writer.close()


BROKEN = {
    "a chunk without a size": b"Transfer-Encoding: chunked\r\n\r\nsoup\r\n",
    "gzip that is none": b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nsoup",
}


@pytest.mark.parametrize("case", BROKEN)
async def test_a_body_that_cannot_be_read_is_the_senders_fault(client: Client, waiter: Caller, case: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    head = f"POST /api/v2/announcements HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {waiter.token}\r\n"
    writer.write(head.encode() + BROKEN[case])
    assert (await reader.readuntil(b"\r\n\r\n")).split()[1] == b"400"
    writer.close()


async def test_whoever_goes_away_in_the_middle_of_a_body_is_no_crash(database_url: str, redis_url: str) -> None:
    async with a_hub(database_url, redis_url) as running, aiohttp.ClientSession(running.url) as session:
        _, writer = await asyncio.open_connection("127.0.0.1", URL(running.url).port)
        writer.write(b"POST /api/v2/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        await writer.drain()
        with structlog.testing.capture_logs() as lines:
            writer.transport.abort()
            while not [line for line in lines if line.get("route") == "/api/v2/auth/login"]:
                async with session.get("/health/live") as answer:
                    assert answer.status == 200
    assert not [line for line in lines if line["log_level"] == "error"]


async def test_a_target_that_is_somebody_elses_is_refused(client: Client) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(b"GET https://evil.example/health/live HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 400")
    writer.close()


async def test_a_crash_is_written_down_once_and_not_told(
    hub: Hub, waiter: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("the recipe is secret")

    monkeypatch.setattr("api.restaurants.restaurants.by_ids", crash)
    with structlog.testing.capture_logs() as lines:
        answer = await waiter.gets("/restaurants")
    assert (answer.status, answer.code) == (500, "internal")
    assert b"secret" not in answer.body
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["A request crashed."]


async def test_without_its_database_the_hub_says_so(hub: Hub, waiter: Caller, house: House) -> None:
    assert (await waiter.gets("/me")).status == 200
    await hub.database.close()
    answer = await waiter.gets(f"/restaurants/{house.id}")
    assert (answer.status, answer.code) == (503, "database_unavailable")
    assert answer.headers["Retry-After"] == "1"
