"""Passkeys: adding one to one's account, coming in by it without a password or a code, and taking it away."""

from dataclasses import replace

import pytest

from hub.config import Settings
from hub.domain.passkeys import PASSKEYS_MAX, house_at
from hub.domain.second_factors import code_at, step_at
from hub.keys import Hub
from hub.store.connections import connection
from tests.api.conftest import PASSWORD, Caller
from tests.api.keyholders import ORIGIN, RP_ID, Somebody, somebody
from tests.support.authenticators import BACKED_UP, ELIGIBLE, THERE, Ed25519, Es256, Pair, Rs256, packed
from tests.support.houses import SECRET
from tests.support.porters import Letters

TRIES_MAX = 5


@pytest.fixture
async def ann(nobody: Caller, hub: Hub) -> Somebody:
    return await somebody(nobody, hub, "ann")


async def audit_of(hub: Hub, one: Somebody) -> list[str]:
    async with hub.database.snapshot():
        rows = await connection().fetch(
            "select action from audit where scope = 'platform' and actor = $1 order by seq", f"user:{one.user}"
        )
    return [row["action"] for row in rows]


async def test_a_passkey_begins_a_session_like_others(ann: Somebody) -> None:
    shown = ann.device.shows(await ann.begins())
    signed_in = (await ann.comes(shown | {"device": "Ann's telephone"})).json
    assert (signed_in["userId"], signed_in["name"], signed_in["deviceToken"]) == (str(ann.user), "ann", None)
    there = Caller(ann.nobody.client, signed_in["accessToken"])
    sessions = (await there.gets("/me/sessions")).json["items"]
    assert [(one["device"], one["isThis"]) for one in sessions] == [("Ann's telephone", True), (None, False)]
    assert (await ann.nobody.posts("/auth/refresh", {"refreshToken": signed_in["refreshToken"]})).status == 200


@pytest.mark.parametrize("pair", [Es256(), Ed25519(), Rs256()])
async def test_each_way_of_signing_opens_it_and_so_do_passkeys_of_several_devices(ann: Somebody, pair: Pair) -> None:
    flags = THERE | ELIGIBLE | BACKED_UP
    assert (await ann.adds(ann.device.makes(await ann.is_asked_to_make(), pair, flags=flags))).status == 201
    assert (await ann.comes(ann.device.shows(await ann.begins(), flags=flags))).status == 200
    assert (await ann.comes(ann.device.shows(await ann.begins(), ann.device.held[0]))).status == 200


async def test_a_browser_is_told_what_to_make_and_what_there_is_already(ann: Somebody) -> None:
    asked = (await ann.is_asked_to_make())["publicKey"]
    assert asked["rp"] == {"id": RP_ID, "name": "Brigade"}
    assert (asked["user"]["name"], asked["user"]["displayName"]) == (ann.email, "ann")
    assert asked["excludeCredentials"] == [{"type": "public-key", "id": ann.device.held[0].id}]
    assert {one["alg"] for one in asked["pubKeyCredParams"]} == {-7, -8, -257}
    assert asked["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert (asked["attestation"], asked["timeout"]) == ("none", 300_000)
    to_sign_in = (await ann.begins())["publicKey"]
    assert (to_sign_in["rpId"], to_sign_in["userVerification"]) == (RP_ID, "required")
    assert (await ann.nobody.gets("/auth/passkeys")).json == {"rpId": RP_ID, "origin": ORIGIN}


async def test_one_sees_ones_passkeys_and_when_each_was_used_and_removes_one(ann: Somebody, hub: Hub) -> None:
    letters = Letters(hub.database, "https://brigade.example")
    assert [one.template for one in await letters.come()] == ["passkey_added"]
    (first,) = (await ann.here.gets("/me/passkeys")).json["items"]
    assert (first["name"], first["usedAt"]) == ("Mine", None)
    added = await ann.adds(ann.device.makes(await ann.is_asked_to_make()) | {"name": "Key on my ring"})
    assert added.json["name"] == "Key on my ring"
    await ann.signs_in()
    first, second = (await ann.here.gets("/me/passkeys")).json["items"]
    assert first["usedAt"] is None
    assert second["usedAt"] is not None
    removed = await ann.here.asks("DELETE", f"/me/passkeys/{second['passkeyId']}")
    assert removed.json == {"passkeyId": second["passkeyId"]}
    assert (await ann.signs_in()).code == "wrong_passkey"
    assert (await ann.comes(ann.device.shows(await ann.begins(), ann.device.held[0]))).status == 200
    assert [one.template for one in await letters.come()] == ["passkey_added", "passkey_removed"]
    assert await audit_of(hub, ann) == [
        *("sign_in", "add_passkey", "add_passkey", "sign_in", "remove_passkey", "sign_in"),
    ]


async def test_nobody_has_more_than_ten_however_many_are_added_at_once(ann: Somebody, hub: Hub) -> None:
    begun = await ann.is_asked_to_make()
    async with hub.database.transaction():
        await connection().execute(
            """
            insert into passkey (id, person_id, name, credential_id, public_key, sign_count)
            select gen_random_uuid(), person_id, name, sha256(n::text::bytea), public_key, 0
            from passkey, generate_series(2, $1) n
            """,
            PASSKEYS_MAX,
        )
    assert (await ann.adds(ann.device.makes(begun))).code == "too_many_passkeys"
    refused = await ann.here.posts("/me/new-passkey", {"password": PASSWORD})
    assert (refused.status, refused.code) == (409, "too_many_passkeys")


async def test_who_has_a_code_asked_for_adds_a_passkey_by_it_and_comes_in_without(ann: Somebody, hub: Hub) -> None:
    secret = (await ann.here.posts("/me/totp", {"password": PASSWORD})).json["secret"]
    step = step_at(hub.database.clock.now())
    recovery = (await ann.here.posts("/me/totp/confirm", {"code": code_at(secret, step)})).json["recoveryCodes"]
    assert (await ann.here.posts("/me/new-passkey", {"password": PASSWORD})).code == "second_factor_needed"
    begun = await ann.here.posts("/me/new-passkey", {"password": PASSWORD, "code": recovery[0]})
    assert (await ann.adds(ann.device.makes(begun.json))).status == 201
    assert (await ann.signs_in()).status == 200


async def test_who_comes_in_by_a_passkey_from_somewhere_new_is_told_by_letter(ann: Somebody, hub: Hub) -> None:
    letters = Letters(hub.database, "https://brigade.example")
    await letters.come()
    for _ in range(2):
        shown = ann.device.shows(await ann.begins())
        assert (await ann.comes(shown | {"device": "A telephone that nobody has seen"})).status == 200
    assert [one.template for one in await letters.come()] == ["new_device"]


async def test_a_passkey_outlives_another_password_whose_owner_knew_the_old_one(ann: Somebody) -> None:
    changed = await ann.here.asks("PUT", "/me/password", {"current": PASSWORD, "new": "seven tubas at noon"})
    assert changed.status == 200
    assert (await ann.signs_in()).status == 200


async def test_strangers_who_guess_keep_no_passkey_out_and_a_passkey_opens_no_lock(ann: Somebody) -> None:
    guess = {"email": ann.email, "password": "a guess"}
    said = [(await ann.nobody.posts("/auth/login", guess)).code for _ in range(TRIES_MAX + 1)]
    assert said == ["wrong_credentials"] * TRIES_MAX + ["account_locked"]
    for at in range(60):
        await ann.nobody.posts("/auth/login", {"email": f"nobody{at}@example.test", "password": "a guess"})
    other = await ann.nobody.posts("/auth/login", {"email": "new@example.test", "password": "a guess"})
    assert other.code == "auth_rate_limited", "the address has used up all that it may"
    assert (await ann.signs_in()).status == 200
    right = {"email": ann.email, "password": PASSWORD}
    assert (await ann.nobody.posts("/auth/login", right)).code == "account_locked"


async def test_passkeys_that_are_wrong_are_counted_where_they_are_shown(ann: Somebody, hub: Hub) -> None:
    said = [await ann.comes(ann.device.shows(await ann.begins(), pair=Es256())) for _ in range(TRIES_MAX + 1)]
    assert [one.status for one in said] == [401] * TRIES_MAX + [429]
    assert (await ann.signs_in()).code == "auth_rate_limited"
    bob = await somebody(ann.nobody, hub, "bob")
    assert (await bob.signs_in()).status == 200
    # Whatever nobody has is counted by address.
    answers = [await ann.comes(made_up(await ann.begins(), ann)) for _ in range(51)]
    assert [one.status for one in answers] == [401] * 50 + [429]
    assert (await bob.signs_in()).status == 200


def made_up(begun: dict[str, object], one: Somebody) -> dict[str, object]:
    held = replace(one.device.held[0], id=packed(b"made up"))
    return one.device.shows(begun, held)


async def test_where_people_come_to_a_number_there_are_none(ann: Somebody, hub: Hub) -> None:
    asked, made = await ann.begins(), await ann.is_asked_to_make()
    hub.passkeys._house = house_at("http://192.0.2.7")
    assert (await ann.nobody.gets("/auth/passkeys")).json == {"rpId": None, "origin": None}
    refused = [
        await ann.nobody.posts("/auth/passkeys/begin", {}),
        await ann.comes(ann.device.shows(asked)),
        await ann.here.posts("/me/new-passkey", {"password": PASSWORD}),
        await ann.adds(ann.device.makes(made)),
    ]
    assert [(one.status, one.code) for one in refused] == [(404, "no_passkeys_here")] * 4
    # Those that there are, from before the house moved, can be seen and removed.
    assert len((await ann.here.gets("/me/passkeys")).json["items"]) == 1


def test_at_a_hub_for_this_machine_alone_they_are_for_its_name_and_else_for_the_public_one() -> None:
    told = {"database_url": "postgresql://unused", "redis_url": "redis://unused", "brigade_secret": SECRET}
    for more, at in (
        ({}, "http://localhost:8080"),
        ({"port": 8090}, "http://localhost:8090"),
        ({"public_url": "https://brigade.example"}, "https://brigade.example"),
        ({"public_url": "http://127.0.0.1:8080"}, None),
        ({"host": "0.0.0.0"}, None),
    ):
        settings = Settings.model_validate(told | more)
        house = house_at(settings.passkeys_door)
        assert (house and house.origin) == at
