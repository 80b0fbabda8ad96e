"""Keys of a restaurant: what programs may do with them, from where, until when, and that nobody can read one again."""

from collections.abc import Awaitable, Callable
from ipaddress import ip_network
from typing import Any

import pytest

from hub.keys import Hub
from hub.people import Role
from hub.rights import FOR_KEYS, Permission
from hub.store.connections import connection
from tests.api.conftest import Caller, Calls
from tests.support.houses import House

Made = dict[str, Any]
Makes = Callable[..., Awaitable[Made]]


@pytest.fixture
def makes(calls: Calls, house: House) -> Makes:
    """`await makes("orders:read", networks=[…])`: what the manager was answered who made this key."""

    async def make(*scopes: str, **more: Any) -> Made:
        body = {"name": "Till", "scopes": scopes or ("orders:read",), **more}
        answer = await calls(Role.MANAGER).posts(f"/restaurants/{house.id}/keys", body)
        assert answer.status == 201, answer.body
        made: Made = answer.json
        assert answer.headers["Location"] == f"/api/v2/keys/{made['keyId']}"
        return made

    return make


def with_key(caller: Caller, made: Made) -> Caller:
    return Caller(caller.client, made["key"])


async def test_a_key_is_shown_once_and_kept_by_its_hash_alone(manager: Caller, house: House) -> None:
    path, body = f"/restaurants/{house.id}/keys", {"name": "Till", "scopes": ["orders:read"]}
    made, again = [(await manager.posts(path, body, key="once")).json for _ in range(2)]
    assert made["key"].startswith(made["beginsWith"])
    assert len(made["key"]) > 40
    assert again == {**made, "key": None}
    listed = (await manager.gets(path)).json["items"]
    assert [one["beginsWith"] for one in listed] == [made["key"][:12]]
    assert "key" not in listed[0]
    assert (await manager.gets(f"/keys/{made['keyId']}")).json == listed[0]
    secret = made["key"][12:]
    async with house.database.snapshot():
        for table in ("api_key", "command", "ledger"):
            rows = await connection().fetch(f"select t::text as row from {table} t")
            assert rows or table == "ledger"
            assert not [row["row"] for row in rows if secret in row["row"]]


@pytest.mark.parametrize("header", ["Authorization", "X-API-Key"])
async def test_a_program_may_do_what_its_key_is_for_and_nothing_else(
    nobody: Caller, house: House, makes: Makes, header: str
) -> None:
    key = (await makes("orders:read"))["key"]
    sent = {header: f"Bearer {key}" if header == "Authorization" else key}
    assert (await nobody.gets(f"/restaurants/{house.id}/orders", **sent)).status == 200
    refused = await nobody.gets(f"/restaurants/{house.id}/menu", **sent)
    assert (refused.status, refused.code) == (403, "not_your_job")
    assert refused.json["detail"] == "This key may not do that. Ask the restaurant for one with the scope menu:read."
    assert refused.json["scope"] == "menu:read"
    for_nobody = await nobody.gets(f"/restaurants/{house.id}/people", **sent)
    assert for_nobody.json["detail"] == "This is for manager, owner to do. Ask one of them.", "No key has such a scope."
    me = (await nobody.gets("/me", **sent)).json
    assert (me["userId"], me["roles"]) == (None, {str(house.id): ["service"]})


async def test_nothing_but_a_key_comes_in_its_header(nobody: Caller, manager: Caller) -> None:
    assert manager.token is not None
    answer = await nobody.gets("/me", **{"X-API-Key": manager.token})
    assert (answer.status, answer.code) == (401, "token_invalid")


async def test_what_a_program_does_stands_in_the_ledger_under_its_key(
    nobody: Caller, house: House, makes: Makes
) -> None:
    made = await makes("orders:read", "orders:take", "tickets:work")
    till = with_key(nobody, made)
    line = {"itemId": str(house.items["Burger"].id)}
    order = (await till.posts(f"/restaurants/{house.id}/orders", {"kind": "pickup", "lines": [line]})).json
    bumped = await till.posts(f"/tickets/{order['tickets'][0]['ticketId']}/bump")
    assert bumped.status == 200, bumped.body
    async with house.database.snapshot():
        actors = await connection().fetch(
            "select distinct actor from ledger where scope = $1", f"restaurant:{house.id}"
        )
    assert [row["actor"] for row in actors] == [f"key:{made['keyId']}"]


@pytest.mark.parametrize("scope", sorted(set(Permission) - FOR_KEYS))
async def test_a_key_manages_no_people_no_keys_and_no_platform(manager: Caller, house: House, scope: str) -> None:
    answer = await manager.posts(f"/restaurants/{house.id}/keys", {"name": "Till", "scopes": [scope]})
    assert (answer.status, answer.code) == (400, "invalid")


@pytest.mark.parametrize("network", ["nowhere", "192.0.2.0/33", "192.0.2.0/24; drop"])
async def test_a_network_that_is_none_is_refused(manager: Caller, house: House, network: str) -> None:
    body = {"name": "Till", "scopes": ["orders:read"], "networks": [network]}
    answer = await manager.posts(f"/restaurants/{house.id}/keys", body)
    assert (answer.status, answer.json["errors"][0]["field"]) == (400, "networks.0")


# ------------------------------------------------------------------ from where

NEAR, FAR = "192.0.2.7", "203.0.113.9"

FORGED = [
    {"X-Forwarded-For": NEAR},
    {"X-Forwarded-For": f"{FAR}, {NEAR}"},
    {"Forwarded": f"for={NEAR}"},
    {"X-Real-IP": NEAR},
    {"X-Forwarded-For": f"::ffff:{NEAR}"},
    {"True-Client-IP": NEAR},
]

BY_PROXY = [
    ({"X-Forwarded-For": NEAR}, True),
    ({"X-Forwarded-For": f"{FAR}, {NEAR}"}, True),
    ({"X-Forwarded-For": f"::ffff:{NEAR}"}, True),
    ({"Forwarded": f'for="[::ffff:{NEAR}]:4711"'}, True),
    ({"X-Forwarded-For": f"{NEAR}, {FAR}"}, False),
    ({"X-Forwarded-For": FAR}, False),
    ({"X-Forwarded-For": f"{NEAR}, somebody"}, False),
    ({"X-Forwarded-For": NEAR, "Forwarded": f"for={FAR}"}, False),
    ({"X-Real-IP": NEAR}, False),
]


@pytest.mark.parametrize("forged", FORGED, ids=str)
async def test_a_key_opens_from_its_networks_alone_whatever_a_client_says_of_itself(
    nobody: Caller, house: House, makes: Makes, forged: dict[str, str]
) -> None:
    till = with_key(nobody, await makes(networks=["192.0.2.0/24", "2001:db8::/32"]))
    for said in ({}, forged):
        answer = await till.gets(f"/restaurants/{house.id}/orders", **said)
        assert (answer.status, answer.code) == (403, "address_not_allowed")


@pytest.mark.parametrize(("said", "opens"), BY_PROXY, ids=str)
async def test_the_address_that_a_proxy_of_the_house_says_is_the_one_that_counts(
    nobody: Caller, hub: Hub, house: House, makes: Makes, said: dict[str, str], opens: bool
) -> None:
    hub.settings = hub.settings.model_copy(update={"trusted_proxies": (ip_network("127.0.0.0/8"),)})
    till = with_key(nobody, await makes(networks=["192.0.2.0/24"]))
    assert (await till.gets(f"/restaurants/{house.id}/orders", **said)).status == (200 if opens else 403)


async def test_a_key_opens_from_an_address_however_that_is_written(nobody: Caller, house: House, makes: Makes) -> None:
    for network in ("127.0.0.1", "127.0.0.0/8", "::ffff:127.0.0.1"):
        till = with_key(nobody, await makes(networks=[network]))
        assert (await till.gets(f"/restaurants/{house.id}/orders")).status == 200, network


# ------------------------------------------------------------------ until when


async def test_a_key_that_has_run_out_opens_nothing(nobody: Caller, house: House, makes: Makes) -> None:
    made = await makes(expiresInDays=1)
    assert made["expiresAt"] > made["madeAt"]
    async with house.database.transaction():
        await connection().execute("update api_key set expires_at = made_at - interval '1 hour'")
    answer = await with_key(nobody, made).gets(f"/restaurants/{house.id}/orders")
    assert (answer.status, answer.code) == (401, "key_over")


async def test_a_revoked_key_opens_nothing_and_stays_in_the_list(
    nobody: Caller, manager: Caller, house: House, makes: Makes
) -> None:
    made = await makes()
    till, path = with_key(nobody, made), f"/restaurants/{house.id}/orders"
    assert (await till.gets(path)).status == 200
    revoked = await manager.asks("DELETE", f"/keys/{made['keyId']}")
    assert (revoked.status, revoked.json["key"]) == (200, None)
    assert (await till.gets(path)).code == "key_over"
    (listed,) = (await manager.gets(f"/restaurants/{house.id}/keys")).json["items"]
    assert listed["revokedAt"] is not None
    for method, more in (("DELETE", ""), ("PATCH", ""), ("POST", "/rotate")):
        assert (await manager.asks(method, f"/keys/{made['keyId']}{more}")).code == "key_revoked"


async def test_a_rotated_key_is_another_and_the_old_one_is_none(
    nobody: Caller, manager: Caller, house: House, makes: Makes
) -> None:
    made, path = await makes(), f"/restaurants/{house.id}/orders"
    assert (await with_key(nobody, made).gets(path)).status == 200
    rotated = (await manager.posts(f"/keys/{made['keyId']}/rotate")).json
    assert rotated["key"] != made["key"]
    assert rotated["beginsWith"] == rotated["key"][:12]
    old = await with_key(nobody, made).gets(path)
    assert (old.code, old.json["detail"]) == (
        "token_invalid",
        "No key of ours opens with this. Ask the restaurant for the one that is good now.",
    )
    assert (await with_key(nobody, rotated).gets(path)).status == 200


async def test_nobody_is_shown_the_secret_of_a_key_that_may_do_more_than_they(
    calls: Calls, nobody: Caller, house: House
) -> None:
    owner, manager = calls(Role.OWNER), calls(Role.MANAGER)
    body = {"name": "Auditor", "scopes": ["audit:read"], "networks": ["192.0.2.0/24"]}
    made = (await owner.posts(f"/restaurants/{house.id}/keys", body)).json
    key = f"/keys/{made['keyId']}"
    for method, path, said in (("POST", f"{key}/rotate", {}), ("PATCH", key, {"networks": []})):
        refused = await manager.asks(method, path, said)
        assert (refused.status, refused.code) == (403, "scope_not_yours"), path
        assert "audit:read" in refused.json["detail"]
    # Under another name it lets nobody in, and out of the way anybody may put it who answers for the house.
    assert (await manager.asks("PATCH", key, {"name": "Bookkeeper"})).status == 200
    rotated = (await owner.posts(f"{key}/rotate")).json
    assert (await owner.asks("PATCH", key, {"networks": []})).status == 200
    assert (await with_key(nobody, rotated).gets(f"/restaurants/{house.id}/audit")).status == 200
    assert (await manager.asks("DELETE", key)).status == 200


async def test_what_a_key_is_for_changes_at_once(nobody: Caller, manager: Caller, house: House, makes: Makes) -> None:
    made = await makes("orders:read")
    till, orders, menu = with_key(nobody, made), f"/restaurants/{house.id}/orders", f"/restaurants/{house.id}/menu"
    assert ((await till.gets(orders)).status, (await till.gets(menu)).status) == (200, 403)
    changed = await manager.asks("PATCH", f"/keys/{made['keyId']}", {"scopes": ["menu:read"]})
    assert (changed.json["scopes"], changed.json["name"]) == (["menu:read"], "Till")
    assert ((await till.gets(orders)).status, (await till.gets(menu)).status) == (403, 200)


async def test_the_last_use_is_noted_and_not_at_every_use(
    nobody: Caller, manager: Caller, house: House, makes: Makes
) -> None:
    made = await makes()
    assert made["lastUsedAt"] is None
    seen = []
    for _ in range(3):
        await with_key(nobody, made).gets(f"/restaurants/{house.id}/orders")
        seen.append((await manager.gets(f"/keys/{made['keyId']}")).json["lastUsedAt"])
    assert seen[0] is not None
    assert len(set(seen)) == 1
