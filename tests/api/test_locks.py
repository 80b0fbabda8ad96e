"""Whoever fails to sign in too often is locked out where they are, and nobody is by somebody else."""

import asyncio
from collections import Counter
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from hub.actions.passwords import HASHER, Checked, Passwords
from hub.domain.locks import LOCKED_FOR
from hub.ids import UserId, new_id
from hub.keys import Hub
from hub.limits import Scale
from hub.store import people
from hub.store.connections import connection
from hub.store.people import Person
from hub.turnstile import Turnstile
from tests.api.conftest import PASSWORD, Answer, Caller
from tests.support.porters import Letters

ANN, NOBODY = "ann@example.test", "nobody@example.test"
HERE, THERE, ELSEWHERE = "192.0.2.7", "203.0.113.9", "198.51.100.4"


@pytest.fixture
def letters(hub: Hub) -> Letters:
    return Letters(hub.database, "https://brigade.example")


@pytest.fixture
async def ann(hub: Hub) -> Person:
    """Somebody with a password. Whoever calls says from where."""
    hub.settings = hub.settings.model_copy(update={"trusted_proxies": (ip_network("127.0.0.0/8"),)})
    person = Person(UserId(new_id()), ANN, "Ann", HASHER.hash(PASSWORD), is_operator=False)
    async with hub.database.transaction():
        await people.add(person)
    return person


async def tries(nobody: Caller, password: str = "a guess", email: str = ANN, at: str = HERE, **more: Any) -> Answer:
    body = {"email": email, "password": password, **more}
    return await nobody.asks("POST", "/auth/login", body, X_Forwarded_For=at)


async def fails(nobody: Caller, times: int = 5, email: str = ANN, at: str = HERE, **more: Any) -> None:
    for _ in range(times):
        assert (await tries(nobody, email=email, at=at, **more)).code == "wrong_credentials"


async def let_pass(hub: Hub, how_long: timedelta) -> None:
    """Let every failure be so much older."""
    async with hub.database.transaction():
        await connection().execute(
            """
            update failed_sign_in set forget_at = forget_at - $1::interval,
                at = (select array_agg(one - $1::interval order by one desc) from unnest(at) one)
            """,
            how_long,
        )


@pytest.mark.parametrize("email", [ANN, NOBODY])
async def test_after_five_failures_an_account_is_locked_whether_there_is_one_or_not(
    nobody: Caller, ann: Person, email: str
) -> None:
    await fails(nobody, email=email)
    for password in ("a guess", PASSWORD):
        locked = await tries(nobody, password, email.upper())
        assert (locked.status, locked.code) == (423, "account_locked")
        seconds = locked.json["retryAfterSeconds"]
        assert LOCKED_FOR / timedelta(seconds=1) - 120 < seconds <= LOCKED_FOR / timedelta(seconds=1)
        assert locked.headers["Retry-After"] == str(seconds)
        assert (locked.json["retry"], str(seconds) in locked.json["detail"]) == (True, True)


async def test_clients_of_older_systems_know_the_lock_by_their_own_name(nobody: Caller, ann: Person) -> None:
    await fails(nobody)
    body = {"email": ANN, "password": PASSWORD}
    locked = await nobody.asks("POST", "/api/v1/auth/login", body, X_Forwarded_For=HERE)
    assert (locked.status, locked.json["error"]["code"]) == (423, "ACCOUNT_LOCKED")


async def test_a_lock_opens_by_itself_and_five_more_failures_close_it_again(
    nobody: Caller, ann: Person, hub: Hub
) -> None:
    for _ in range(2):
        # As long as the lock is closed, the bucket of the same failures fills again.
        hub.turnstile = Turnstile(None, hub.metrics)
        await fails(nobody)
        assert (await tries(nobody, PASSWORD)).code == "account_locked"
        await let_pass(hub, LOCKED_FOR)
    hub.turnstile = Turnstile(None, hub.metrics)
    assert (await tries(nobody, PASSWORD)).status == 200


async def test_the_right_password_forgets_what_failed_before(nobody: Caller, ann: Person, hub: Hub) -> None:
    await fails(nobody, 4)
    assert (await tries(nobody, PASSWORD)).status == 200
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from failed_sign_in") == 0


async def test_who_is_locked_out_here_gets_in_from_elsewhere(nobody: Caller, ann: Person) -> None:
    await fails(nobody)
    assert (await tries(nobody, PASSWORD, at=THERE)).status == 200


async def test_a_device_that_the_account_knows_is_locked_by_its_own_failures_alone(nobody: Caller, ann: Person) -> None:
    token = (await tries(nobody, PASSWORD)).json["deviceToken"]
    await fails(nobody)
    assert (await tries(nobody, PASSWORD)).status == 423
    again = await tries(nobody, PASSWORD, deviceToken=token)
    assert again.status == 200
    await fails(nobody, deviceToken=again.json["deviceToken"])
    for known in (token, again.json["deviceToken"]):
        assert (await tries(nobody, PASSWORD, deviceToken=known)).status == 423, "it is the same device"


async def test_a_device_of_one_account_is_none_of_anothers_and_none_can_be_made_up(
    nobody: Caller, ann: Person, hub: Hub
) -> None:
    own = hub.sessions.locks.trying(ANN, None, (await tries(nobody, PASSWORD)).json["deviceToken"])
    assert own.device is not None
    await fails(nobody)
    made_up = ["x", "", "é" * 40, "A" * 75, "A" * 5_000]
    foreign = hub.sessions._tokens.device_token(NOBODY, hub.database.clock.now())
    old = hub.sessions._tokens.device_token(ANN, hub.database.clock.now() - timedelta(days=181))
    for token in (*made_up[:4], foreign, old):
        assert (await tries(nobody, PASSWORD, deviceToken=token)).status == 423, token
    assert (await tries(nobody, PASSWORD, deviceToken=made_up[4])).code == "invalid"


async def test_guesses_from_many_addresses_are_slow_and_keep_no_known_device_out(nobody: Caller, ann: Person) -> None:
    token = (await tries(nobody, PASSWORD)).json["deviceToken"]
    answers = [await tries(nobody, at=f"198.51.{n}.1") for n in range(30)]
    codes = [one.code for one in answers]
    assert codes[:10] == ["wrong_credentials"] * 10
    assert codes.count("wrong_credentials") <= 15
    assert codes[-1] == "auth_rate_limited"
    assert (await tries(nobody, PASSWORD, at=ELSEWHERE)).code == "auth_rate_limited"
    assert (await tries(nobody, PASSWORD, at=ELSEWHERE, deviceToken=token)).status == 200


async def test_whoever_resets_their_password_gets_in_whatever_strangers_do(
    nobody: Caller, ann: Person, letters: Letters
) -> None:
    await fails(nobody)
    await nobody.posts("/auth/forgot", {"email": ANN})
    (letter,) = [one for one in await letters.come() if one.template == "reset"]
    reset = await nobody.posts("/auth/reset", {"token": letter.token, "password": "seven tubas at noon"})
    assert (await tries(nobody, "seven tubas at noon")).status == 423
    assert (await tries(nobody, "seven tubas at noon", deviceToken=reset.json["deviceToken"])).status == 200


async def test_a_lock_is_told_once_to_whoever_has_the_account_and_to_nobody_where_there_is_none(
    nobody: Caller, ann: Person, letters: Letters, hub: Hub
) -> None:
    for email, at in ((ANN, HERE), (ANN, THERE), (NOBODY, HERE)):
        await fails(nobody, email=email, at=at)
        await tries(nobody, email=email, at=at)
    (letter,) = await letters.come()
    assert (letter.to, letter.template, letter.facts["minutes"]) == (ANN, "locked", "15")
    async with hub.database.snapshot():
        noted = await connection().fetch("select entity_id, address from audit where action = 'lock_account'")
    assert sorted(map(tuple, noted)) == sorted([(str(ann.id), HERE), (str(ann.id), THERE)])


async def test_of_many_who_try_at_once_five_are_told_that_they_are_wrong_whatever_limits_say(
    nobody: Caller, ann: Person, letters: Letters, hub: Hub
) -> None:
    hub.turnstile = Turnstile(None, hub.metrics, Scale(1e6))
    codes = Counter([one.code for one in await asyncio.gather(*(tries(nobody) for _ in range(20)))])
    assert codes == {"wrong_credentials": 5, "account_locked": 15}
    assert [one.template for one in await letters.come()] == ["locked"]


async def test_the_right_password_opens_nothing_where_others_lock_while_it_is_looked_at(
    nobody: Caller, ann: Person, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    locks, check = hub.sessions.locks, Passwords.check

    async def check_slowly(self: Passwords, password_hash: str | None, password: str) -> Checked:
        for _ in range(5):
            await locks.failed(locks.trying(ANN, ip_address(HERE), None))
        return await check(self, password_hash, password)

    monkeypatch.setattr(Passwords, "check", check_slowly)
    assert (await tries(nobody, PASSWORD)).code == "account_locked"
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from session where person_id = $1", ann.id) == 0


async def test_old_failures_are_forgotten_when_others_come(nobody: Caller, ann: Person, hub: Hub) -> None:
    await fails(nobody, 1, email=NOBODY)
    await let_pass(hub, timedelta(hours=1))
    await fails(nobody, 1)
    async with hub.database.snapshot():
        assert await connection().fetchval("select count(*) from failed_sign_in") == 1


async def test_sign_ins_are_in_the_audit_with_where_they_came_from(nobody: Caller, ann: Person, hub: Hub) -> None:
    session = (await tries(nobody, PASSWORD, at=THERE)).json["sessionId"]
    async with hub.database.snapshot():
        (row,) = await connection().fetch("select actor, address, new::text as new from audit where action = 'sign_in'")
    assert (row["actor"], row["address"]) == (f"user:{ann.id}", THERE)
    assert session in row["new"]
