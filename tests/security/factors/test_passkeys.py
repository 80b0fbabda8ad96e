"""Passkeys under attack: answers shown twice, for others, from other pages, bent, counted back, of whoever is gone.

Whatever is tried here must not be let in: how much was, stands in the table of the attacks.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from hub.actions.passkeys import Challenges
from hub.domain.passkeys import PasskeyNotBegun, Purpose
from hub.keys import Hub
from hub.store.connections import connection
from tests.api.conftest import PASSWORD, Answer, Caller
from tests.api.keyholders import ORIGIN, RP_ID, Somebody, somebody
from tests.support.authenticators import (
    ES512,
    PRESENT,
    VERIFIED,
    Authenticator,
    Ed25519,
    Es256,
    Held,
    Rs256,
    packed,
    unpacked,
)
from tests.support.houses import SECRET
from tests.support.porters import Letters

RACERS = 20
BUSY = {"busy", "database_unavailable"}


@dataclass
class Tries:
    """What was tried that must be refused, and how much of it was accepted: told to the table, one by one."""

    record: Callable[[str, object], None]

    def refused(self, answer: Answer, *codes: str) -> None:
        """It must have been, and so."""
        self.record("wrong answers", 1)
        self.record("accepted", int(answer.status < 400))
        assert answer.status >= 400, answer.body
        assert answer.code in codes, answer.body


@pytest.fixture
def tries(record_property: Callable[[str, object], None]) -> Tries:
    return Tries(record_property)


@pytest.fixture
async def ann(nobody: Caller, hub: Hub) -> Somebody:
    return await somebody(nobody, hub, "ann")


@pytest.fixture
async def bob(nobody: Caller, hub: Hub) -> Somebody:
    return await somebody(nobody, hub, "bob", counts=True)


@pytest.fixture(autouse=True)
def nobody_counts(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused here is refused for itself, and not because so much else was."""

    async def take(*charges: object) -> list[object]:
        return []

    monkeypatch.setattr(hub.turnstile, "take", take)
    monkeypatch.setattr(hub.turnstile, "give_back", lambda *one: None)


# ------------------------------------------------------------------ coming in


async def test_an_answer_is_good_once_whoever_races_with_it(ann: Somebody, tries: Tries) -> None:
    shown = ann.device.shows(await ann.begins())
    answers = await asyncio.gather(*(ann.comes(shown) for _ in range(RACERS)))
    one_is_in(answers, tries, "passkey_not_begun", *BUSY)
    tries.refused(await ann.comes(shown), "passkey_not_begun")


async def test_an_answer_to_another_question_opens_nothing(
    ann: Somebody, bob: Somebody, hub: Hub, tries: Tries
) -> None:
    to_add = await ann.is_asked_to_make()
    foreign = Challenges("another house's secret, as long as ours is").make(
        Purpose.SIGN_IN, hub.database.clock.now() + timedelta(minutes=1)
    )
    late = Challenges(SECRET).make(Purpose.SIGN_IN, hub.database.clock.now() - timedelta(seconds=1))
    bent = bytearray(unpacked((await ann.begins())["publicKey"]["challenge"]))
    # Good for longer than it was given.
    bent[23] ^= 0x80
    for challenge in (
        to_add["publicKey"]["challenge"],
        packed(foreign),
        packed(late),
        packed(bytes(bent)),
        packed(bytes(56)),
        packed(b"short"),
        "",
    ):
        shown = ann.device.shows({"publicKey": {"challenge": challenge}})
        tries.refused(await ann.comes(shown), "passkey_not_begun")


async def test_an_answer_that_another_page_asked_for_opens_nothing(ann: Somebody, tries: Tries) -> None:
    for said in (
        {"origin": "https://b.example.evil.example"},
        {"origin": "http://b.example"},
        {"origin": "https://b.example:8443"},
        {"origin": "https://sub.b.example"},
        {"origin": "null"},
        {"origin": ["https://b.example"]},
        {"rp_id": "evil.example"},
        {"rp_id": "example"},
        {"type": "webauthn.create"},
        {"crossOrigin": True},
        {"crossOrigin": "yes"},
        {"topOrigin": "https://evil.example"},
    ):
        tries.refused(await ann.comes(ann.device.shows(await ann.begins(), **said)), "wrong_passkey")


async def test_who_is_not_there_or_does_not_prove_who_they_are_is_not_let_in(ann: Somebody, tries: Tries) -> None:
    for flags in (0, PRESENT, VERIFIED):
        tries.refused(await ann.comes(ann.device.shows(await ann.begins(), flags=flags)), "wrong_passkey")


async def test_an_answer_that_was_bent_opens_nothing(ann: Somebody, bob: Somebody, tries: Tries) -> None:
    """Each of its bits that counts is turned somewhere, and it is signed by others."""
    for name in ("signature", "authenticatorData", "clientData"):
        for at in (0, 5, 31, 32, 36, -1):
            shown = ann.device.shows(await ann.begins())
            raw = bytearray(unpacked(shown[name]))
            raw[at] ^= 1
            tries.refused(await ann.comes(shown | {name: packed(bytes(raw))}), "wrong_passkey", "passkey_not_begun")
    for pair in (Es256(), Ed25519(), Rs256(), bob.device.held[0].pair):
        tries.refused(await ann.comes(ann.device.shows(await ann.begins(), pair=pair)), "wrong_passkey")
    for wrong in (
        {"signature": packed(b"\x30\x06\x02\x01\x00\x02\x01\x00")},
        {"authenticatorData": packed(bytes(36))},
        {"authenticatorData": packed(bytes(37) + b"\xff" * 200)},
    ):
        tries.refused(await ann.comes(ann.device.shows(await ann.begins()) | wrong), "wrong_passkey")


async def test_a_passkey_opens_its_own_account_alone(ann: Somebody, bob: Somebody, tries: Tries) -> None:
    anns, bobs = ann.device.held[0], bob.device.held[0]
    for held in (Held(anns.pair, bobs.handle, anns.id), Held(anns.pair, anns.handle, bobs.id), Held(Es256(), "AAAA")):
        tries.refused(await ann.comes(ann.device.shows(await ann.begins(), held)), "wrong_passkey")
    assert (await ann.signs_in()).json["userId"] == str(ann.user)
    assert (await bob.signs_in()).json["userId"] == str(bob.user)


async def test_a_device_that_counts_back_is_refused_and_its_owner_told(bob: Somebody, hub: Hub, tries: Tries) -> None:
    letters, held = Letters(hub.database, "https://brigade.example"), bob.device.held[0]
    for _ in range(3):
        assert (await bob.signs_in()).status == 200
    await letters.come()
    for count in (2, 1, 0, -1):
        held.count = count
        copied = bob.device.shows(await bob.begins())
        tries.refused(await bob.comes(copied), "passkey_copied")
        tries.refused(await bob.comes(copied), "passkey_not_begun")
    assert [one.template for one in await letters.come()] == ["passkey_copied"] * 4
    # Without the key nobody makes the hub write letters.
    held.count = 0
    tries.refused(await bob.comes(bob.device.shows(await bob.begins(), pair=Es256())), "wrong_passkey")
    assert await letters.come() == []
    held.count = 3
    assert (await bob.signs_in()).status == 200


async def test_of_many_who_race_with_one_count_one_gets_in(bob: Somebody, tries: Tries) -> None:
    held, shown = bob.device.held[0], []
    for _ in range(RACERS):
        held.count = 7
        shown.append(bob.device.shows(await bob.begins()))
    one_is_in(await asyncio.gather(*map(bob.comes, shown)), tries, "wrong_passkey", "passkey_copied", *BUSY)


def one_is_in(answers: list[Answer], tries: Tries, *codes: str) -> None:
    """One of those who raced, and none of the others."""
    first = next(one for one in answers if one.status == 200)
    for other in answers:
        if other is not first:
            tries.refused(other, *codes)


async def test_what_is_gone_opens_nothing(nobody: Caller, hub: Hub, ann: Somebody, bob: Somebody, tries: Tries) -> None:
    (passkey,) = (await ann.here.gets("/me/passkeys")).json["items"]
    asked = await ann.begins()
    assert (await ann.here.asks("DELETE", f"/me/passkeys/{passkey['passkeyId']}")).status == 200
    tries.refused(await ann.comes(ann.device.shows(asked)), "wrong_passkey")
    asked = await bob.begins()
    assert (await bob.here.asks("DELETE", "/me", {"password": PASSWORD})).status == 200
    tries.refused(await bob.comes(bob.device.shows(asked)), "wrong_passkey")
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from passkey") == 0
        assert await connection().fetchval("select count(*) from passkey_owner where person_id = $1", bob.user) == 0


async def test_who_chooses_another_password_by_letter_has_shut_every_passkey_out(
    nobody: Caller, hub: Hub, ann: Somebody, tries: Tries
) -> None:
    letters = Letters(hub.database, "https://brigade.example")
    made = ann.device.makes(await ann.is_asked_to_make())
    await letters.come()
    await nobody.posts("/auth/forgot", {"email": ann.email})
    (letter,) = await letters.come()
    reset = await nobody.posts("/auth/reset", {"token": letter.token, "password": "seven tubas at noon"})
    assert reset.status == 200, reset.body
    for held in ann.device.held:
        tries.refused(await ann.comes(ann.device.shows(await ann.begins(), held)), "wrong_passkey")
    # Nor does one that was being made in that moment come afterwards, in whatever session.
    signed_in = await nobody.posts("/auth/login", {"email": ann.email, "password": "seven tubas at noon"})
    ann.here = Caller(nobody.client, signed_in.json["accessToken"])
    tries.refused(await ann.adds(made), "passkey_not_begun")


# ------------------------------------------------------------------ adding


async def test_a_session_alone_adds_nothing(ann: Somebody, bob: Somebody, hub: Hub, tries: Tries) -> None:
    tries.refused(await ann.here.posts("/me/new-passkey", {"password": "a guess"}), "current_password_wrong")
    another = await ann.signs_in()
    elsewhere = Somebody(
        ann.nobody, Caller(ann.nobody.client, another.json["accessToken"]), ann.user, ann.email, ann.device
    )
    bobs, anns, to_sign_in = await bob.is_asked_to_make(), await ann.is_asked_to_make(), await ann.begins()
    foreign = Challenges(SECRET).make(Purpose.ADD, hub.database.clock.now() + timedelta(minutes=1))
    for who, challenge in (
        (ann, bobs["publicKey"]["challenge"]),
        (elsewhere, anns["publicKey"]["challenge"]),
        (ann, to_sign_in["publicKey"]["challenge"]),
        (ann, packed(foreign)),
    ):
        asked = {"publicKey": anns["publicKey"] | {"challenge": challenge}}
        tries.refused(await who.adds(ann.device.makes(asked)), "passkey_not_begun")
    made = ann.device.makes(anns)
    assert (await ann.adds(made)).status == 201
    tries.refused(await ann.adds(made), "passkey_not_begun")


async def test_what_was_begun_is_void_with_another_password_even_in_the_same_moment(
    ann: Somebody, hub: Hub, monkeypatch: pytest.MonkeyPatch, tries: Tries
) -> None:
    new, begun = "seven tubas at noon", await ann.is_asked_to_make()
    assert (await ann.here.asks("PUT", "/me/password", {"current": PASSWORD, "new": new})).status == 200
    tries.refused(await ann.adds(ann.device.makes(begun)), "passkey_not_begun")

    async def meanwhile(function: Callable[..., Any], *said: Any) -> Any:
        """What a device has made is read, and her password is changed before that is over."""
        assert (await ann.here.asks("PUT", "/me/password", {"current": new, "new": PASSWORD})).status == 200
        return function(*said)

    begun = (await ann.here.posts("/me/new-passkey", {"password": new})).json
    monkeypatch.setattr("hub.actions.passkeys.asyncio.to_thread", meanwhile)
    tries.refused(await ann.adds(ann.device.makes(begun)), "passkey_not_begun")


async def test_who_is_signed_out_while_their_device_is_asked_adds_nothing(
    ann: Somebody, hub: Hub, monkeypatch: pytest.MonkeyPatch, tries: Tries
) -> None:
    async def meanwhile(function: Callable[..., Any], *said: Any) -> Any:
        assert (await ann.here.posts("/auth/logout-everywhere", {})).status == 200
        return function(*said)

    made = ann.device.makes(await ann.is_asked_to_make())
    monkeypatch.setattr("hub.actions.passkeys.asyncio.to_thread", meanwhile)
    tries.refused(await ann.adds(made), "session_over")


async def test_what_is_sealed_for_one_purpose_is_good_for_no_other(hub: Hub) -> None:
    now, challenges = hub.database.clock.now(), Challenges(SECRET)
    sealed = challenges.make(Purpose.ADD, now + timedelta(minutes=1))
    assert challenges.must_be_ours(sealed, Purpose.ADD, now) == sealed
    with pytest.raises(PasskeyNotBegun):
        challenges.must_be_ours(sealed, Purpose.SIGN_IN, now)


async def test_who_has_a_code_asked_for_adds_none_without(ann: Somebody, hub: Hub, tries: Tries) -> None:
    async with hub.database.transaction():
        await connection().execute(
            "insert into second_factor (person_id, secret, is_on_since) values ($1, 'locked', now())", ann.user
        )
    begun = await ann.here.posts("/me/new-passkey", {"password": PASSWORD})
    tries.refused(begun, "second_factor_needed")
    begun = await ann.here.posts("/me/new-passkey", {"password": PASSWORD, "code": "zzzz-zzzz-zzzz-zzzz"})
    tries.refused(begun, "wrong_code")


async def test_what_a_device_makes_otherwise_than_it_was_asked_is_not_kept(
    ann: Somebody, bob: Somebody, hub: Hub, tries: Tries
) -> None:
    good = Es256().cose
    wrong: list[dict[str, Any]] = [
        *({"origin": one} for one in ("https://evil.example", "http://b.example", "https://sub.b.example")),
        {"rp_id": "evil.example"},
        {"type": "webauthn.get"},
        {"crossOrigin": True},
        {"topOrigin": "https://evil.example"},
        *({"flags": one} for one in (0, PRESENT, VERIFIED)),
        {"cose": good | {3: ES512}},
        {"cose": good | {3: -37}},
        {"cose": good | {-3: bytes(32)}},
        {"cose": Ed25519().cose | {-2: b"short"}},
        {"cose": Rs256().cose | {-1: (2**1023 + 1).to_bytes(128, "big")}},
        {"cose": good | {3: -257}},
        {"cose": Rs256().cose | {3: -7}},
        {"pair": Es256(ec.SECP384R1())},
        {"cose": {1: 2}},
        {"attestation": {"fmt": "packed", "attStmt": {"alg": -7, "sig": b"none", "x5c": [b"a certificate"]}}},
        {"attestation": {"fmt": "packed", "attStmt": {"alg": -7, "sig": b"made up"}}},
        {"attestation": {"fmt": "tpm", "attStmt": {}}},
        {"attestation": {"fmt": "none", "attStmt": {"sig": b"none"}}},
        {"attestation": {"fmt": ["none"], "attStmt": {}}},
    ]
    for said in wrong:
        made = ann.device.makes(await ann.is_asked_to_make(), **said)
        tries.refused(await ann.adds(made), "passkey_unusable")
    other_id = ann.device.makes(await ann.is_asked_to_make()) | {"credentialId": packed(b"another id")}
    tries.refused(await ann.adds(other_id), "passkey_unusable")
    for garbage in (b"", b"\xa0", b"\xff" * 100, b"\x9f" * 2_000):
        made = ann.device.makes(await ann.is_asked_to_make()) | {"attestation": packed(garbage) or "A"}
        tries.refused(await ann.adds(made), "passkey_unusable")
    long = ann.device.makes(await ann.is_asked_to_make(), credential_id=packed(bytes(1024)))
    tries.refused(await ann.adds(long), "invalid")
    known = ann.device.makes(await ann.is_asked_to_make(), credential_id=bob.device.held[0].id)
    tries.refused(await ann.adds(known), "passkey_known")
    assert len((await ann.here.gets("/me/passkeys")).json["items"]) == 1
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from passkey") == 2


async def test_anothers_passkey_is_not_there(ann: Somebody, bob: Somebody, stranger: Caller, tries: Tries) -> None:
    (passkey,) = (await bob.here.gets("/me/passkeys")).json["items"]
    for who in (ann.here, stranger):
        removed = await who.asks("DELETE", f"/me/passkeys/{passkey['passkeyId']}")
        tries.refused(removed, "not_found")
        assert removed.status == 404
    assert (await bob.signs_in()).status == 200


# ------------------------------------------------------------------ what is told


async def test_beginning_says_the_same_whoever_asks(nobody: Caller, ann: Somebody, stranger: Caller) -> None:
    said = []
    for who in (nobody, ann.here, stranger):
        begun = (await who.posts("/auth/passkeys/begin", {})).json
        assert begun["publicKey"].pop("challenge")
        del begun["expiresAt"]
        said.append(begun)
    assert said.count(said[0]) == len(said)
    assert said[0]["publicKey"]["allowCredentials"] == []


async def test_neither_the_host_that_a_request_names_nor_its_origin_says_what_passkeys_are_for(
    nobody: Caller, ann: Somebody
) -> None:
    told = {"Host": "evil.example", "Origin": "https://evil.example", "X_Forwarded_Host": "evil.example"}
    begun = await nobody.asks("POST", "/auth/passkeys/begin", {}, **told)
    assert begun.json["publicKey"]["rpId"] == RP_ID
    assert (await nobody.asks("GET", "/auth/passkeys", **told)).json == {"rpId": RP_ID, "origin": ORIGIN}
    phished = Authenticator("https://evil.example", "evil.example", held=ann.device.held)
    refused = await nobody.asks("POST", "/auth/passkeys/finish", phished.shows(begun.json), **told)
    assert refused.code == "wrong_passkey"


async def test_devices_are_told_nothing_of_who_somebody_is(ann: Somebody, bob: Somebody) -> None:
    handles = [unpacked((await one.is_asked_to_make())["publicKey"]["user"]["id"]) for one in (ann, bob)]
    assert {len(one) for one in handles} == {64}
    assert handles[0] != handles[1]
    assert unpacked((await ann.is_asked_to_make())["publicKey"]["user"]["id"]) == handles[0]
    for one in (ann, bob):
        assert one.user.bytes not in handles[0] + handles[1]
        assert one.email.encode() not in handles[0] + handles[1]
