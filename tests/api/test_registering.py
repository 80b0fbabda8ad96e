"""Registering, and the letter that begins an account: the same answer for everybody, and the letter says the rest."""

import asyncio
import re
from typing import Any
from uuid import UUID

import pytest

from hub.actions.passwords import HASHER
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.store import people
from hub.store.connections import connection
from hub.store.people import Person
from tests.api.conftest import Answer, Caller
from tests.support.porters import Letters

ANN, BEN = "ann@example.test", "ben@example.test"
GOOD = "seven tubas at noon"
FRONT_DOOR = "https://brigade.example"


@pytest.fixture
def letters(hub: Hub) -> Letters:
    return Letters(hub.database, FRONT_DOOR)


@pytest.fixture
async def ann(hub: Hub) -> Person:
    """Somebody who has an account."""
    person = Person(UserId(new_id()), ANN, "Ann", HASHER.hash("her own password"), is_operator=False)
    async with hub.database.transaction():
        await people.add(person)
    return person


async def registers(nobody: Caller, email: str = BEN, **more: Any) -> Answer:
    body = {"email": email, "password": GOOD, "name": "Ben", **more}
    return await nobody.posts("/auth/register", body)


async def verifies(nobody: Caller, token: str) -> Answer:
    return await nobody.posts("/auth/verify", {"token": token})


async def signs_in(nobody: Caller, email: str, password: str) -> Answer:
    return await nobody.posts("/auth/login", {"email": email, "password": password})


async def test_an_account_begins_with_the_link_in_its_letter_and_not_before(nobody: Caller, letters: Letters) -> None:
    answer = await registers(nobody, " Ben@Example.test ", language="es-419")
    assert (answer.status, set(answer.json)) == (202, {"registrationId"})
    (letter,) = await letters.come()
    assert (letter.to, letter.template, letter.language) == (BEN, "verify", "es")
    assert letter.facts["hours"] == "24"
    assert (await signs_in(nobody, BEN, GOOD)).code == "wrong_credentials"
    verified = await verifies(nobody, letter.token)
    assert (verified.status, verified.json) == (200, {"email": BEN})
    signed_in = await signs_in(nobody, BEN, GOOD)
    assert (signed_in.json["name"], signed_in.json["roles"]) == ("Ben", {})


async def test_whoever_has_an_account_is_told_so_by_letter_alone(nobody: Caller, letters: Letters, ann: Person) -> None:
    known, unknown = await registers(nobody, ANN.upper()), await registers(nobody)
    assert (known.status, set(known.json)) == (unknown.status, set(unknown.json))
    assert known.headers.keys() == unknown.headers.keys()
    first, second = sorted(await letters.come(), key=lambda one: one.to)
    assert (first.to, first.template, first.facts) == (ANN, "already_registered", {"link": f"{FRONT_DOOR}/"})
    assert (second.to, second.template) == (BEN, "verify")
    assert (await signs_in(nobody, ANN, "her own password")).json["name"] == "Ann"
    assert (await signs_in(nobody, ANN, GOOD)).code == "wrong_credentials"


async def test_a_letter_is_good_once_however_many_try_at_once(nobody: Caller, letters: Letters) -> None:
    await registers(nobody)
    (letter,) = await letters.come()
    answers = await asyncio.gather(*(verifies(nobody, letter.token) for _ in range(5)))
    assert sorted(one.status for one in answers) == [200] + [422] * 4
    assert {one.code for one in answers if one.status == 422} == {"letter_over"}


async def test_of_two_who_register_one_address_the_one_whose_letter_is_read_has_it(
    nobody: Caller, letters: Letters
) -> None:
    await registers(nobody)
    (first,) = await letters.come()
    await registers(nobody, password="another password of somebody")
    (second,) = await letters.come()
    assert (await verifies(nobody, first.token)).status == 200
    assert (await verifies(nobody, second.token)).code == "letter_over"
    assert (await signs_in(nobody, BEN, GOOD)).status == 200


async def test_another_letter_is_sent_to_whoever_registered_and_both_are_good(nobody: Caller, letters: Letters) -> None:
    registration = (await registers(nobody)).json
    (first,) = await letters.come()
    again = await nobody.posts("/auth/verify/again", registration)
    unknown = await nobody.posts("/auth/verify/again", {"registrationId": str(new_id())})
    assert (again.status, again.json) == (unknown.status, unknown.json) == (202, {})
    (second,) = await letters.come()
    assert (second.to, second.template) == (BEN, "verify")
    assert first.token != second.token
    assert (await verifies(nobody, second.token)).status == 200


async def test_a_letter_that_is_read_too_late_begins_nothing(nobody: Caller, letters: Letters, hub: Hub) -> None:
    await registers(nobody)
    (letter,) = await letters.come()
    async with hub.database.transaction():
        await connection().execute("update one_time_token set expires_at = now()")
    assert (await verifies(nobody, letter.token)).code == "letter_over"


async def test_old_registrations_and_letters_are_forgotten_when_others_come(
    nobody: Caller, letters: Letters, hub: Hub
) -> None:
    await registers(nobody)
    await letters.come()
    async with hub.database.transaction():
        await connection().execute("update registration set expires_at = now() - interval '1 s'")
        await connection().execute("update one_time_token set expires_at = now() - interval '1 s'")
    await registers(nobody, ANN)
    await letters.come()
    async with hub.database.snapshot():
        assert await connection().fetchval("select array_agg(email) from registration") == [ANN]
        assert await connection().fetchval("select count(*) from one_time_token") == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"password": "short"}, "password_too_short"),
        ({"password": "Password1!"}, "password_too_obvious"),
        ({"password": "i am ben1980!", "email": "ben1980@example.test"}, "password_tells_name"),
        ({"email": "ben"}, "invalid"),
        ({"email": "ben@example.test, ann@example.test"}, "invalid"),
        ({"email": "ben@example.test\r\nBcc: everybody@example.test"}, "invalid"),
        ({"email": "ben\x97@example.test"}, "invalid"),
        ({"language": "en\r\n"}, "invalid"),
        ({"isOperator": True}, "invalid"),
        ({"name": " "}, "invalid"),
    ],
)
async def test_what_cannot_be_an_account_is_refused_at_the_door(
    nobody: Caller, said: dict[str, Any], code: str
) -> None:
    answer = await registers(nobody, **{"email": BEN, **said})
    assert (answer.status, answer.code) == (400 if code == "invalid" else 422, code)


async def test_three_register_from_an_address_in_an_hour_and_three_times_for_an_address(nobody: Caller) -> None:
    statuses = [(await registers(nobody, f"ben{n}@example.test")).status for n in range(4)]
    assert statuses == [202] * 3 + [429]


async def test_a_password_that_nobody_should_choose_is_no_try_of_the_few_that_there_are(nobody: Caller) -> None:
    for password in ("short", "password1", "ben ben ben ben"):
        refused = await registers(nobody, password=password)
        assert (refused.status, refused.headers["RateLimit-Remaining"]) == (422, "3")
    answer = await registers(nobody)
    assert (answer.status, answer.headers["RateLimit-Remaining"]) == (202, "2")


async def test_clients_of_older_systems_sign_up(nobody: Caller, letters: Letters) -> None:
    body = {"email": BEN, "password": GOOD, "name": "Ben"}
    answer = await nobody.posts("/api/v1/auth/signup", body)
    assert answer.status == 202
    assert UUID(answer.json["data"]["registrationId"])
    assert answer.headers["Link"] == '</api/v2/auth/register>; rel="successor-version"'
    assert (await nobody.posts("/auth/signup", body)).status == 404


async def test_no_password_and_no_letter_is_kept_readable(nobody: Caller, letters: Letters, hub: Hub) -> None:
    await registers(nobody)
    (letter,) = await letters.come()
    async with hub.database.snapshot():
        kept = await connection().fetchval(
            "select string_agg(r::text || t::text, ' ') from registration r, one_time_token t"
        )
    assert re.search(r"argon2id", kept)
    assert GOOD not in kept
    assert letter.token not in kept
