"""A second factor is on once its first code was shown, is asked for with every password from then on, and a code of it
is good once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from hub.actions.passwords import HASHER, Passwords
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import Sessions, SignedIn, WrongCredentials
from hub.domain.accounts import CurrentPasswordWrong
from hub.domain.second_factors import (
    NoSecondFactor,
    SecondFactorNeeded,
    SecondFactorOn,
    WrongCode,
    code_at,
    step_at,
)
from hub.ids import UserId, new_id
from hub.limits import SignInsLimited
from hub.store import people
from hub.store.database import Database, connection
from hub.store.people import Person
from hub.telemetry import Metrics
from hub.tokens import Tokens
from hub.turnstile import Turnstile
from tests.support.houses import SECRET
from tests.support.porters import Letters

EMAIL, PASSWORD = "ada@example.test", "correct horse"
NOBODYS_CODE = "zzzz-zzzz-zzzz-zzzz"


@dataclass
class Ada:
    """Somebody with a password and a telephone, in a house whose clock stands still until she lets it go on."""

    database: Database
    factors: SecondFactors
    sessions: Sessions
    person: Person
    now: datetime
    secret: str = ""
    recovery: tuple[str, ...] = ()

    @property
    def user(self) -> UserId:
        return self.person.id

    def code(self, steps: int = 0) -> str:
        """What her telephone shows, or showed so many steps before."""
        return code_at(self.secret, step_at(self.now) + steps)

    def waits(self, steps: int = 1) -> None:
        self.now += timedelta(seconds=30 * steps)

    async def begins(self) -> None:
        self.secret = (await self.factors.begin(self.user, PASSWORD)).secret

    async def switches_on(self) -> None:
        """From here on she has a telephone, and has waited for the next code of it."""
        await self.begins()
        self.recovery = (await self.factors.switch_on(self.user, self.code(), None)).recovery_codes
        self.waits()

    async def signs_in(self, code: str | None = None, password: str = PASSWORD) -> SignedIn:
        return await self.sessions.sign_in(EMAIL, password, code=code)


@pytest.fixture
async def passwords() -> AsyncIterator[Passwords]:
    passwords = Passwords()
    yield passwords
    passwords.close()


@pytest.fixture
async def ada(database: Database, passwords: Passwords, monkeypatch: pytest.MonkeyPatch) -> Ada:
    person = Person(UserId(new_id()), EMAIL, "Ada", HASHER.hash(PASSWORD), is_operator=False)
    async with database.transaction():
        await people.add(person)
    factors = SecondFactors(database, passwords, Turnstile(None, Metrics()), SECRET, "https://b.example")
    sessions = Sessions(database, Tokens(SECRET), passwords, factors, "https://b.example")
    ada = Ada(database, factors, sessions, person, datetime.now(UTC))
    monkeypatch.setattr(database.clock, "now", lambda: ada.now)
    return ada


async def rows_of(database: Database, table: str) -> str:
    async with database.snapshot():
        return "\n".join(row["row"] for row in await connection().fetch(f"select t::text as row from {table} t"))


# ------------------------------------------------------------------ switching on


async def test_it_is_asked_for_once_its_first_code_was_shown_and_not_before(ada: Ada) -> None:
    await ada.begins()
    await ada.signs_in()
    await ada.factors.switch_on(ada.user, ada.code(), None)
    with pytest.raises(SecondFactorNeeded):
        await ada.signs_in()
    ada.waits()
    assert (await ada.signs_in(ada.code())).user_id == ada.user


async def test_beginning_anew_forgets_the_secret_before(ada: Ada) -> None:
    await ada.begins()
    before = ada.code()
    await ada.begins()
    with pytest.raises(WrongCode):
        await ada.factors.switch_on(ada.user, before, None)
    await ada.factors.switch_on(ada.user, ada.code(), None)


async def test_what_is_on_is_not_replaced_by_whoever_holds_a_session(ada: Ada) -> None:
    await ada.switches_on()
    with pytest.raises(SecondFactorOn):
        await ada.begins()
    with pytest.raises(SecondFactorOn):
        await ada.factors.switch_on(ada.user, ada.code(), None)


async def test_it_is_begun_with_the_password_alone_and_finished_soon(ada: Ada) -> None:
    with pytest.raises(CurrentPasswordWrong):
        await ada.factors.begin(ada.user, "guess")
    with pytest.raises(NoSecondFactor):
        await ada.factors.switch_on(ada.user, "000000", None)
    await ada.begins()
    async with ada.database.transaction():
        await connection().execute("update second_factor set begun_at = begun_at - interval '31 minutes'")
    with pytest.raises(NoSecondFactor):
        await ada.factors.switch_on(ada.user, ada.code(), None)


async def test_a_telephone_is_told_the_secret_as_text_as_a_uri_and_as_a_picture(ada: Ada) -> None:
    begun = await ada.factors.begin(ada.user, PASSWORD)
    assert f"secret={begun.secret}" in begun.uri
    assert begun.uri.startswith("otpauth://totp/Brigade:ada%40example.test?")
    assert begun.svg.startswith("<svg")
    assert "<script" not in begun.svg


# ------------------------------------------------------------------ codes


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_a_code_is_good_in_the_steps_beside_its_own(ada: Ada, steps: int, is_right: bool) -> None:
    await ada.switches_on()
    ada.waits(5)
    if is_right:
        await ada.signs_in(ada.code(steps))
    else:
        with pytest.raises(WrongCode):
            await ada.signs_in(ada.code(steps))


async def test_the_code_that_switched_it_on_is_used(ada: Ada) -> None:
    await ada.begins()
    await ada.factors.switch_on(ada.user, ada.code(), None)
    with pytest.raises(WrongCode):
        await ada.signs_in(ada.code())


async def test_a_code_is_good_once_and_none_before_it_afterwards(ada: Ada) -> None:
    await ada.switches_on()
    ada.waits(5)
    await ada.signs_in(ada.code())
    for steps in (0, -1):
        with pytest.raises(WrongCode):
            await ada.signs_in(ada.code(steps))
    await ada.signs_in(ada.code(1))


async def test_a_code_may_be_grouped_as_telephones_show_it(ada: Ada) -> None:
    await ada.switches_on()
    await ada.signs_in(f"{ada.code()[:3]} {ada.code()[3:]}")


async def test_a_recovery_code_is_good_once_in_place_of_the_telephone(ada: Ada) -> None:
    await ada.switches_on()
    first, second, *_ = ada.recovery
    await ada.signs_in(first.upper())
    with pytest.raises(WrongCode):
        await ada.signs_in(first)
    await ada.signs_in(second.replace("-", ""))


async def test_new_recovery_codes_take_the_place_of_all_there_were(ada: Ada) -> None:
    await ada.switches_on()
    renewed = await ada.factors.renew_recovery_codes(ada.user, PASSWORD, ada.code(), None)
    assert not set(renewed.recovery_codes) & set(ada.recovery)
    with pytest.raises(WrongCode):
        await ada.signs_in(ada.recovery[0])
    await ada.signs_in(renewed.recovery_codes[0])


async def test_codes_that_are_right_are_not_counted(ada: Ada) -> None:
    await ada.switches_on()
    for _ in range(8):
        await ada.factors.must_be_passed(ada.user, ada.code())
        ada.waits()


# ------------------------------------------------------------------ who is asked, and who hears of it


async def test_who_does_not_know_the_password_does_not_hear_whether_there_is_one(ada: Ada) -> None:
    async def answers() -> list[tuple[type, str]]:
        said = []
        for code in (None, ada.code() if ada.secret else "111111"):
            with pytest.raises(WrongCredentials) as refused:
                await ada.signs_in(code, password="guess")
            said.append((refused.type, refused.value.sentence))
        return said

    before = await answers()
    await ada.switches_on()
    assert await answers() == before
    # None of these was a try of the code that was right.
    await ada.signs_in(ada.code())


async def test_a_code_without_need_is_no_matter(ada: Ada) -> None:
    await ada.signs_in("000000")


# ------------------------------------------------------------------ switching off


async def test_it_is_switched_off_with_the_password_and_a_code_and_with_nothing_less(ada: Ada) -> None:
    await ada.switches_on()
    with pytest.raises(CurrentPasswordWrong):
        await ada.factors.switch_off(ada.user, "guess", ada.code(), None)
    with pytest.raises(WrongCode):
        await ada.factors.switch_off(ada.user, PASSWORD, NOBODYS_CODE, None)
    await ada.factors.switch_off(ada.user, PASSWORD, ada.code(), None)
    await ada.signs_in()
    with pytest.raises(NoSecondFactor):
        await ada.factors.switch_off(ada.user, PASSWORD, ada.code(), None)
    await ada.switches_on()


async def test_who_has_lost_the_telephone_switches_it_off_with_a_recovery_code(ada: Ada) -> None:
    await ada.switches_on()
    await ada.factors.switch_off(ada.user, PASSWORD, ada.recovery[3], None)
    await ada.signs_in()
    assert await rows_of(ada.database, "recovery_code") == ""


async def test_the_audit_says_when_it_was_switched_on_and_off(ada: Ada) -> None:
    await ada.switches_on()
    await ada.factors.switch_off(ada.user, PASSWORD, ada.code(), None)
    async with ada.database.snapshot():
        rows = await connection().fetch("select action, actor, old::text, new::text from audit order by seq")
    assert [tuple(row) for row in rows] == [
        ("switch_on_second_factor", f"user:{ada.user}", '{"isOn":false}', '{"isOn":true}'),
        ("switch_off_second_factor", f"user:{ada.user}", '{"isOn":true}', '{"isOn":false}'),
    ]


async def test_a_letter_tells_whenever_it_is_switched_on_or_off(ada: Ada) -> None:
    letters = Letters(ada.database, "https://b.example")
    await ada.switches_on()
    (on,) = await letters.come()
    assert (on.to, on.template, on.facts["link"]) == (EMAIL, "second_factor_on", "https://b.example/#forgot")
    with pytest.raises(WrongCode):
        await ada.factors.switch_off(ada.user, PASSWORD, NOBODYS_CODE, None)
    assert await letters.come() == []
    await ada.factors.switch_off(ada.user, PASSWORD, ada.code(), None)
    assert [one.template for one in await letters.come()] == ["second_factor_off"]


# ------------------------------------------------------------------ secrets


async def test_no_secret_is_kept_as_it_is_or_shown_by_what_holds_it(ada: Ada) -> None:
    begun = await ada.factors.begin(ada.user, PASSWORD)
    ada.secret = begun.secret
    codes = await ada.factors.switch_on(ada.user, ada.code(), None)
    assert begun.secret not in repr(begun)
    assert codes.recovery_codes[0] not in repr(codes)
    kept = "\n".join([await rows_of(ada.database, one) for one in ("second_factor", "recovery_code", "audit")])
    for secret in (
        begun.secret,
        begun.secret.encode().hex(),
        *codes.recovery_codes,
        codes.recovery_codes[0].encode().hex(),
    ):
        assert secret not in kept


async def test_a_secret_that_is_put_in_somebody_elses_row_opens_nothing(ada: Ada) -> None:
    await ada.switches_on()
    mallory = Person(UserId(new_id()), "mallory@example.test", "Mallory", ada.person.password_hash, is_operator=False)
    async with ada.database.transaction():
        await people.add(mallory)
        await connection().execute(
            "insert into second_factor select $2, secret, begun_at, begun_at from second_factor where person_id = $1",
            ada.user,
            mallory.id,
        )
    with pytest.raises(WrongCode):
        await ada.factors.must_be_passed(mallory.id, ada.code())


async def test_with_another_secret_of_the_house_recovery_codes_still_let_in(ada: Ada, passwords: Passwords) -> None:
    await ada.switches_on()
    elsewhere = SecondFactors(ada.database, passwords, Turnstile(None, Metrics()), SECRET[::-1], "https://b.example")
    with pytest.raises(WrongCode):
        await elsewhere.must_be_passed(ada.user, ada.code())
    await elsewhere.must_be_passed(ada.user, ada.recovery[0])


async def test_a_try_that_ended_in_the_database_is_not_counted(ada: Ada, monkeypatch: pytest.MonkeyPatch) -> None:
    await ada.switches_on()
    with monkeypatch.context() as patched:

        async def breaks(*arguments: object) -> bool:
            raise RuntimeError

        patched.setattr("hub.actions.second_factors.store.use_step", breaks)
        for _ in range(8):
            with pytest.raises(RuntimeError):
                await ada.factors.must_be_passed(ada.user, ada.code())
    await ada.factors.must_be_passed(ada.user, ada.code())


async def test_of_two_who_switch_it_on_at_once_one_has_recovery_codes(ada: Ada) -> None:
    await ada.begins()
    outcomes = await asyncio.gather(
        *(ada.factors.switch_on(ada.user, ada.code(), None) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["NoSecondFactor", "RecoveryCodes"]
    assert len((await rows_of(ada.database, "recovery_code")).splitlines()) == 10


async def test_who_guesses_is_kept_waiting_even_with_the_right_code(ada: Ada) -> None:
    await ada.switches_on()
    for _ in range(5):
        with pytest.raises(WrongCode):
            await ada.factors.must_be_passed(ada.user, NOBODYS_CODE)
    with pytest.raises(SignInsLimited):
        await ada.factors.must_be_passed(ada.user, ada.code())
