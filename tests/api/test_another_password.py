"""Choosing another password: by a letter, or by knowing the one until now. Whoever was signed in with that is not."""

import asyncio
from typing import Any

import pytest

from hub.actions.passwords import HASHER, Checked, Passwords
from hub.actions.sessions import WrongCredentials
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.people import Role
from hub.store import people
from hub.store.connections import connection
from hub.store.people import Person
from tests.api.conftest import Answer, Caller
from tests.support.houses import House
from tests.support.porters import Letters

ANN, OLD, NEW = "ann@example.test", "her password until now", "seven tubas at noon"
FRONT_DOOR = "https://brigade.example"


@pytest.fixture
def letters(hub: Hub) -> Letters:
    return Letters(hub.database, FRONT_DOOR)


@pytest.fixture
async def ann(hub: Hub) -> Person:
    person = Person(UserId(new_id()), ANN, "Ann", HASHER.hash(OLD), is_operator=False)
    async with hub.database.transaction():
        await people.add(person)
    return person


async def signs_in(nobody: Caller, password: str = OLD) -> Caller:
    answer = await nobody.posts("/auth/login", {"email": ANN, "password": password})
    assert answer.status == 200, answer.body
    return Caller(nobody.client, answer.json["accessToken"])


async def may_sign_in(nobody: Caller, password: str) -> bool:
    return (await nobody.posts("/auth/login", {"email": ANN, "password": password})).status == 200


async def forgets(nobody: Caller, email: str = ANN) -> Answer:
    return await nobody.posts("/auth/forgot", {"email": email})


async def resets(nobody: Caller, token: str, password: str = NEW) -> Answer:
    return await nobody.posts("/auth/reset", {"token": token, "password": password})


async def changes(caller: Caller, current: str = OLD, new: str = NEW) -> Answer:
    return await caller.asks("PUT", "/me/password", {"current": current, "new": new})


# ------------------------------------------------------------------ by a letter


async def test_whoever_forgot_their_password_chooses_another_with_a_letter_and_is_signed_out_everywhere(
    nobody: Caller, letters: Letters, ann: Person
) -> None:
    here, there = await signs_in(nobody), await signs_in(nobody)
    answer = await forgets(nobody, f" {ANN.upper()}")
    assert (answer.status, answer.json) == (202, {})
    (letter,) = await letters.come()
    assert (letter.to, letter.template, letter.facts["minutes"]) == (ANN, "reset", "60")
    done = await resets(nobody, letter.token)
    assert (done.status, done.json["email"]) == (200, ANN)
    for caller in (here, there):
        assert (await caller.gets("/me")).code == "session_over"
    assert not await may_sign_in(nobody, OLD)
    assert await may_sign_in(nobody, NEW)
    (told,) = await letters.come()
    assert (told.to, told.template) == (ANN, "password_changed")


async def test_nobody_is_told_whether_there_is_such_an_account_and_whoever_has_none_gets_no_letter(
    nobody: Caller, letters: Letters, ann: Person
) -> None:
    known, unknown = await forgets(nobody), await forgets(nobody, "nobody@example.test")
    assert (known.status, known.body, known.headers.keys()) == (unknown.status, unknown.body, unknown.headers.keys())
    assert [one.to for one in await letters.come()] == [ANN]


async def test_a_letter_is_good_for_one_password_however_many_try_and_so_are_all_that_were_sent(
    nobody: Caller, letters: Letters, ann: Person
) -> None:
    await forgets(nobody)
    await forgets(nobody)
    first, second = await letters.come()
    answers = await asyncio.gather(*(resets(nobody, first.token, f"{NEW} {n}") for n in range(4)))
    assert sorted(one.status for one in answers) == [200] + [422] * 3
    for letter in (first, second):
        assert (await resets(nobody, letter.token)).code == "letter_over"


async def test_a_password_that_is_none_leaves_the_letter_as_good_as_it_was(
    nobody: Caller, letters: Letters, ann: Person
) -> None:
    await forgets(nobody)
    (letter,) = await letters.come()
    assert (await resets(nobody, letter.token, "short")).code == "password_too_short"
    assert (await resets(nobody, letter.token)).status == 200


async def test_a_letter_that_is_read_too_late_changes_nothing(
    nobody: Caller, letters: Letters, ann: Person, hub: Hub
) -> None:
    await forgets(nobody)
    (letter,) = await letters.come()
    async with hub.database.transaction():
        await connection().execute("update one_time_token set expires_at = now()")
    assert (await resets(nobody, letter.token)).code == "letter_over"
    assert await may_sign_in(nobody, OLD)


async def test_a_letter_that_begins_an_account_changes_no_password_and_the_other_way_round(
    nobody: Caller, letters: Letters, ann: Person
) -> None:
    await forgets(nobody)
    await nobody.posts("/auth/register", {"email": "ben@example.test", "password": NEW, "name": "Ben"})
    reset, verify = await letters.come()
    assert (await resets(nobody, verify.token)).code == "letter_over"
    assert (await nobody.posts("/auth/verify", {"token": reset.token})).code == "letter_over"


async def test_five_letters_are_sent_for_an_account_in_an_hour(nobody: Caller, ann: Person) -> None:
    for email in (ANN, "nobody@example.test"):
        answers = [await forgets(nobody, email) for _ in range(6)]
        assert [one.status for one in answers] == [202] * 5 + [429]
        assert answers[-1].json["tier"] == "password_reset"


async def test_a_sign_in_under_way_with_the_old_password_comes_too_late(
    hub: Hub, letters: Letters, nobody: Caller, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await forgets(nobody)
    (letter,) = await letters.come()
    check = Passwords.check

    async def check_slowly(self: Passwords, password_hash: str | None, password: str) -> Checked:
        checked = await check(self, password_hash, password)
        assert (await resets(nobody, letter.token)).status == 200
        return checked

    monkeypatch.setattr(Passwords, "check", check_slowly)
    with pytest.raises(WrongCredentials):
        await hub.sessions.sign_in(ANN, OLD)


# ------------------------------------------------------------------ by knowing it


async def test_who_knows_their_password_chooses_another_and_their_other_devices_are_signed_out(
    nobody: Caller, letters: Letters, ann: Person
) -> None:
    here, there = await signs_in(nobody), await signs_in(nobody)
    over = (await there.gets("/auth/validate")).json["sessionId"]
    answer = await changes(here)
    assert (answer.status, answer.json) == (200, {"sessionIds": [over]})
    assert (await here.gets("/me")).status == 200
    assert (await there.gets("/me")).code == "session_over"
    assert (await may_sign_in(nobody, OLD), await may_sign_in(nobody, NEW)) == (False, True)
    assert [(one.to, one.template) for one in await letters.come()] == [(ANN, "password_changed")]


async def test_a_letter_that_was_sent_before_is_good_for_no_password_after_that(
    nobody: Caller, letters: Letters, ann: Person
) -> None:
    await forgets(nobody)
    (letter,) = await letters.come()
    assert (await changes(await signs_in(nobody))).status == 200
    # Whoever has read it, in a mailbox that is not theirs, has not read the password.
    assert (await resets(nobody, letter.token, "nine oboes at dawn")).code == "letter_over"
    assert await may_sign_in(nobody, NEW)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"current": "a guess", "new": NEW}, "current_password_wrong"),
        ({"current": OLD, "new": "qwertyuiop"}, "password_too_obvious"),
        ({"current": OLD, "new": "x"}, "password_too_short"),
        ({"current": OLD}, "invalid"),
        ({"current": OLD, "new": NEW, "userId": "somebody else's"}, "invalid"),
    ],
)
async def test_a_password_that_is_not_changed_signs_nobody_out(
    nobody: Caller, ann: Person, letters: Letters, said: dict[str, Any], code: str
) -> None:
    here, there = await signs_in(nobody), await signs_in(nobody)
    answer = await here.asks("PUT", "/me/password", said)
    assert (answer.status, answer.code) == (400 if code == "invalid" else 422, code)
    assert (await there.gets("/me")).status == 200
    assert await letters.come() == []


async def test_whose_password_alone_opens_a_restaurant_chooses_a_longer_one_from_now_on(
    nobody: Caller, ann: Person, letters: Letters, hub: Hub, house: House
) -> None:
    short, long = "gr8-plum", "gr8-plum-orbits"
    here = await signs_in(nobody)
    assert (await changes(here, new=short)).status == 200
    async with hub.database.transaction():
        await people.set_roles(ann.id, house.id, frozenset({Role.WAITER}))
    assert await may_sign_in(nobody, short), "being given a role changes no password"
    refused = await changes(here, current=short, new="gr8-plum-orbit")
    assert (refused.status, refused.code, refused.json["lengthMin"]) == (422, "staff_password_too_short", 15)
    await forgets(nobody)
    letter = (await letters.come())[-1]
    assert (await resets(nobody, letter.token, short)).code == "staff_password_too_short"
    assert (await resets(nobody, letter.token, long)).status == 200, "the letter is as good as it was"
    async with hub.database.transaction():
        await connection().execute(
            "insert into second_factor (person_id, secret, is_on_since) values ($1, 'locked', now())", ann.id
        )
    await forgets(nobody)
    assert (await resets(nobody, (await letters.come())[-1].token, short)).status == 200, "a code is asked for besides"


async def test_ten_passwords_are_tried_in_a_quarter_of_an_hour(nobody: Caller, ann: Person) -> None:
    here = await signs_in(nobody)
    codes = [(await changes(here, current=f"guess {n}")).code for n in range(11)]
    assert codes == ["current_password_wrong"] * 10 + ["rate_limited"]


async def test_what_was_done_about_an_account_is_in_the_audit_by_id_and_without_a_secret(
    nobody: Caller, ann: Person, letters: Letters, hub: Hub
) -> None:
    await changes(await signs_in(nobody))
    await forgets(nobody)
    await resets(nobody, (await letters.come())[-1].token)
    async with hub.database.snapshot():
        rows = await connection().fetch("select * from audit where scope = 'platform' order by seq")
    noted = [row["action"] for row in rows if row["actor"] == f"user:{ann.id}"]
    assert [one for one in noted if one != "sign_in"] == ["change_password", "reset_password"]
    assert {row["address"] for row in rows} == {"127.0.0.1"}
    assert ANN not in str(rows)


async def test_no_secret_is_kept_with_what_was_asked(nobody: Caller, ann: Person, house: House, hub: Hub) -> None:
    await changes(await signs_in(nobody))
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from command where actor = $1", f"user:{ann.id}") == 0
