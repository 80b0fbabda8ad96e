"""Sessions begin with the right password, go on from token to token, and end for whoever has a copy."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import bcrypt
import pytest

from hub.actions import passwords
from hub.actions.identity import Identities
from hub.actions.passwords import HASHER, Passwords
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import Sessions, SignedIn, WrongCredentials
from hub.commands.sessions import EndSession, LogOut, LogOutEverywhere
from hub.domain.refusals import DatabaseBusy, NoSuchThing, NotYourJob, TokenExpired, TokenInvalid
from hub.domain.sessions import OVERLAP, REFRESH_LIFETIME, SessionOver
from hub.events.sessions import SessionEnd
from hub.follow import Followers, InProcessDoorbell, LedgerPages, Street
from hub.ids import SessionId, UserId, new_id
from hub.people import Actor, Role
from hub.store import people
from hub.store.database import Database, connection
from hub.store.people import Person
from hub.telemetry import Metrics
from hub.tokens import Tokens
from hub.turnstile import Turnstile
from tests.support.houses import SECRET, House, a_house

EMAIL, PASSWORD = "ada@example.test", "correct horse"
TABS = 100
TRIES_MAX = 20


@pytest.fixture
async def ada(database: Database) -> Person:
    person = Person(UserId(new_id()), EMAIL, "Ada", HASHER.hash(PASSWORD), is_operator=False)
    async with database.transaction():
        await people.add(person)
    return person


@pytest.fixture
async def sessions(database: Database) -> AsyncIterator[Sessions]:
    passwords = Passwords()
    factors = SecondFactors(database, passwords, Turnstile(None, Metrics()), SECRET, "https://b.example")
    yield Sessions(database, Tokens(SECRET), passwords, factors, "https://b.example")
    passwords.close()


@pytest.fixture
async def door(database: Database) -> AsyncIterator[Identities]:
    """The door of a hub that hears what happens."""
    metrics, identities = Metrics(), Identities(database, Tokens(SECRET))
    followers = Followers(LedgerPages(database), InProcessDoorbell(Street(), metrics), metrics)
    followers.add_listener(identities)
    database.listen(followers.hear)
    async with followers.running():
        yield identities


@pytest.fixture
async def begun(sessions: Sessions, ada: Person) -> SignedIn:
    return await sessions.sign_in(EMAIL, PASSWORD, "Tablet")


async def let_pass(database: Database, how_long: timedelta) -> None:
    """Let every session, and what was ever done with its tokens, be so much older."""
    async with database.transaction():
        await connection().execute("update session set expires_at = expires_at - $1::interval", how_long)
        await connection().execute(
            "update refresh_token set expires_at = expires_at - $1::interval, used_at = used_at - $1::interval",
            how_long,
        )


# ------------------------------------------------------------------ beginning


async def test_the_right_password_begins_a_session(sessions: Sessions, door: Identities, ada: Person) -> None:
    signed_in = await sessions.sign_in(f" {EMAIL.upper()} ", PASSWORD)
    actor = await door.actor(signed_in.access_token)
    assert (actor.user, actor.session) == (ada.id, signed_in.session_id)
    assert timedelta(minutes=14) < signed_in.expires_at - datetime.now(UTC) <= timedelta(minutes=15)
    assert 14 * 60 < signed_in.expires_in_seconds <= 15 * 60
    lasts = signed_in.refresh_expires_at - datetime.now(UTC)
    assert REFRESH_LIFETIME - timedelta(minutes=1) < lasts <= REFRESH_LIFETIME


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("nobody@example.test", PASSWORD), ("", "")])
async def test_every_wrong_way_in_has_the_same_answer(
    sessions: Sessions, ada: Person, email: str, password: str
) -> None:
    with pytest.raises(WrongCredentials):
        await sessions.sign_in(email, password)


@pytest.mark.parametrize("prefix", [b"2a", b"2b"])
async def test_a_password_that_an_older_system_hashed_is_right_and_is_hashed_anew(
    sessions: Sessions, database: Database, ada: Person, prefix: bytes
) -> None:
    old = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(rounds=4, prefix=prefix)).decode()
    async with database.transaction():
        await people.set_password(ada.id, old)
    with pytest.raises(WrongCredentials):
        await sessions.sign_in(EMAIL, "wrong")
    assert await hash_of_ada(database, ada) == old
    await sessions.sign_in(EMAIL, PASSWORD)
    assert (await hash_of_ada(database, ada)).startswith("$argon2id$")
    await sessions.sign_in(EMAIL, PASSWORD)


@pytest.mark.parametrize("kept", ["$2b$04$" + "short", "$2b$99$" + "." * 53, "no hash", "", "$argon2id$v=19$m=1"])
async def test_what_is_no_hash_opens_nothing(sessions: Sessions, database: Database, ada: Person, kept: str) -> None:
    async with database.transaction():
        await people.set_password(ada.id, kept)
    with pytest.raises(WrongCredentials):
        await sessions.sign_in(EMAIL, PASSWORD)


async def test_a_hash_is_not_made_better_over_a_password_that_was_changed_meanwhile(
    database: Database, ada: Person
) -> None:
    changed = HASHER.hash("battery staple")
    async with database.transaction():
        await people.set_password(ada.id, changed)
        await people.replace_hash(ada, HASHER.hash(PASSWORD))
    assert await hash_of_ada(database, ada) == changed


async def hash_of_ada(database: Database, ada: Person) -> str:
    async with database.snapshot():
        person = await people.by_id(ada.id)
    assert person is not None
    return person.password_hash


async def test_no_more_sign_ins_wait_than_can_be_answered_soon(
    sessions: Sessions, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_hash, check = threading.Event(), passwords._check
    monkeypatch.setattr(passwords, "HASHINGS_WAITING_MAX", 3)
    monkeypatch.setattr(passwords, "_check", lambda *of: check(*of) if may_hash.wait(20) else passwords.WRONG)
    signing_in = [asyncio.create_task(sessions.sign_in(EMAIL, PASSWORD)) for _ in range(12)]
    async with asyncio.timeout(20):
        while sum(one.done() for one in signing_in) < 9:
            await asyncio.wait([one for one in signing_in if not one.done()], return_when=asyncio.FIRST_COMPLETED)
    may_hash.set()
    outcomes = await asyncio.gather(*signing_in, return_exceptions=True)
    assert sorted(type(one).__name__ for one in outcomes) == ["SignedIn"] * 3 + ["TooManySignIns"] * 9


async def test_no_token_is_kept_anywhere_or_shown_by_what_holds_it(database: Database, begun: SignedIn) -> None:
    async with database.snapshot():
        kept = await connection().fetch("select s::text || t::text as row from session s, refresh_token t")
    assert kept
    for token in (begun.refresh_token, begun.access_token):
        assert token not in repr(begun)
        assert not [one for one in kept if token in one["row"]]


async def test_old_sessions_are_forgotten_when_others_begin(
    sessions: Sessions, database: Database, begun: SignedIn
) -> None:
    await let_pass(database, REFRESH_LIFETIME)
    await sessions.sign_in(EMAIL, PASSWORD)
    async with database.snapshot():
        assert await connection().fetchval("select count(*) from session") == 1
        assert await connection().fetchval("select count(*) from refresh_token") == 1


# ------------------------------------------------------------------ going on


async def test_a_refresh_token_is_exchanged_for_the_next_of_the_same_session(
    sessions: Sessions, door: Identities, begun: SignedIn
) -> None:
    chain = [begun]
    for _ in range(3):
        chain.append(await sessions.refresh(chain[-1].refresh_token))
    assert {one.session_id for one in chain} == {begun.session_id}
    for before, after in pairwise(chain):
        assert before.refresh_token != after.refresh_token
        assert before.access_token != after.access_token
    assert (await door.actor(chain[-1].access_token)).session == begun.session_id


async def test_a_session_that_goes_on_has_its_whole_time_again(
    sessions: Sessions, database: Database, begun: SignedIn
) -> None:
    for _ in range(3):
        await let_pass(database, REFRESH_LIFETIME * 0.9)
        begun = await sessions.refresh(begun.refresh_token)


async def test_who_was_away_too_long_signs_in_again(sessions: Sessions, database: Database, begun: SignedIn) -> None:
    await let_pass(database, REFRESH_LIFETIME)
    with pytest.raises(TokenExpired):
        await sessions.refresh(begun.refresh_token)


@pytest.mark.parametrize("token", ["", "x", "ä", "A" * 43])
async def test_what_is_no_refresh_token_is_none(sessions: Sessions, begun: SignedIn, token: str) -> None:
    with pytest.raises(TokenInvalid):
        await sessions.refresh(token)


async def test_the_two_kinds_of_tokens_do_not_pass_for_each_other(
    sessions: Sessions, door: Identities, begun: SignedIn
) -> None:
    with pytest.raises(TokenInvalid):
        await sessions.refresh(begun.access_token)
    with pytest.raises(TokenInvalid):
        await door.actor(begun.refresh_token)


async def test_going_on_tells_the_roles_of_now(sessions: Sessions, database: Database, begun: SignedIn) -> None:
    house = await a_house(database)
    async with database.transaction():
        await people.set_roles(begun.user_id, house.id, frozenset({Role.EXPO}))
    assert (await sessions.refresh(begun.refresh_token)).roles == {house.id: (Role.EXPO,)}


# ------------------------------------------------------------------ two tabs, and lost answers


async def goes_on(sessions: Sessions, token: str) -> SignedIn:
    """The next tokens, for a tab that asks again where the hub is busy, as every screen does."""
    for _ in range(TRIES_MAX):
        with contextlib.suppress(DatabaseBusy):
            return await sessions.refresh(token)
    raise DatabaseBusy


async def test_a_hundred_tabs_that_go_on_at_once_are_given_the_same_and_all_go_on(
    sessions: Sessions, door: Identities, begun: SignedIn
) -> None:
    gone_on = await asyncio.gather(*(goes_on(sessions, begun.refresh_token) for _ in range(TABS)))
    assert len({one.refresh_token for one in gone_on}) == 1
    for one in gone_on:
        assert (await door.actor(one.access_token)).session == begun.session_id
    await sessions.refresh(gone_on[0].refresh_token)


async def test_two_tabs_race_a_hundred_times_and_nobody_is_signed_out(sessions: Sessions, begun: SignedIn) -> None:
    one = other = begun
    for _ in range(TABS):
        one, other = await asyncio.gather(sessions.refresh(one.refresh_token), sessions.refresh(other.refresh_token))
        assert one.refresh_token == other.refresh_token


async def test_a_tab_that_comes_late_is_given_what_is_good_now(sessions: Sessions, begun: SignedIn) -> None:
    second = await sessions.refresh(begun.refresh_token)
    third = await sessions.refresh(second.refresh_token)
    assert (await sessions.refresh(begun.refresh_token)).refresh_token == third.refresh_token


async def test_who_never_heard_the_answer_asks_again_under_the_same_id_whenever_it_may_be(
    sessions: Sessions, database: Database, begun: SignedIn
) -> None:
    unheard = await sessions.refresh(begun.refresh_token, "once")
    await let_pass(database, timedelta(hours=5))
    again = await sessions.refresh(begun.refresh_token, "once")
    assert again.refresh_token == unheard.refresh_token
    await sessions.refresh(again.refresh_token)


@pytest.mark.parametrize("command_id", [None, "another"])
async def test_a_copy_that_is_used_later_ends_the_session_for_both(
    sessions: Sessions, database: Database, door: Identities, begun: SignedIn, command_id: str | None
) -> None:
    gone_on = await sessions.refresh(begun.refresh_token, "once")
    await door.actor(gone_on.access_token)
    await let_pass(database, OVERLAP + timedelta(seconds=1))
    with pytest.raises(SessionOver):
        await sessions.refresh(begun.refresh_token, command_id)
    for token in (begun.refresh_token, gone_on.refresh_token):
        with pytest.raises(SessionOver):
            await sessions.refresh(token)
    for token in (begun.access_token, gone_on.access_token):
        with pytest.raises(SessionOver):
            await door.actor(token)
    assert await ends_of(database) == {begun.session_id: SessionEnd.TOKEN_REUSED}


async def test_an_id_is_no_excuse_once_its_answer_was_used(
    sessions: Sessions, database: Database, begun: SignedIn
) -> None:
    heard = await sessions.refresh(begun.refresh_token, "once")
    await sessions.refresh(heard.refresh_token, "twice")
    await let_pass(database, OVERLAP + timedelta(seconds=1))
    with pytest.raises(SessionOver):
        await sessions.refresh(begun.refresh_token, "once")


async def test_a_reused_token_ends_its_own_session_and_no_other(
    sessions: Sessions, database: Database, begun: SignedIn
) -> None:
    other = await sessions.sign_in(EMAIL, PASSWORD)
    await sessions.refresh(begun.refresh_token)
    await let_pass(database, OVERLAP + timedelta(seconds=1))
    with pytest.raises(SessionOver):
        await sessions.refresh(begun.refresh_token)
    await sessions.refresh(other.refresh_token)


# ------------------------------------------------------------------ ending


async def test_who_logs_out_is_out_and_their_other_devices_are_not(
    sessions: Sessions, database: Database, door: Identities, begun: SignedIn
) -> None:
    house, other = await a_house(database), await sessions.sign_in(EMAIL, PASSWORD)
    await house.deeds.do(LogOut(), by=await door.actor(begun.access_token))
    with pytest.raises(SessionOver):
        await door.actor(begun.access_token)
    with pytest.raises(SessionOver):
        await sessions.refresh(begun.refresh_token)
    assert (await door.actor(other.access_token)).session == other.session_id
    assert await ends_of(database) == {begun.session_id: SessionEnd.LOGGED_OUT}


async def test_who_logs_out_everywhere_is_out_until_they_sign_in_again(
    sessions: Sessions, database: Database, door: Identities, begun: SignedIn
) -> None:
    house, other = await a_house(database), await sessions.sign_in(EMAIL, PASSWORD)
    await door.actor(other.access_token)
    await house.deeds.do(LogOutEverywhere(), by=await door.actor(begun.access_token))
    for one in (begun, other):
        with pytest.raises(SessionOver):
            await door.actor(one.access_token)
    again = await sessions.sign_in(EMAIL, PASSWORD)
    assert (await door.actor(again.access_token)).session == again.session_id


async def test_one_ends_ones_own_sessions_and_nobody_elses(
    sessions: Sessions, database: Database, door: Identities, begun: SignedIn
) -> None:
    house = await a_house(database)
    lost = await sessions.sign_in(EMAIL, PASSWORD, "A telephone")
    ada = await door.actor(begun.access_token)
    await house.deeds.do(EndSession(session_id=lost.session_id), by=ada)
    for nobodys in (lost.session_id, SessionId(house.user(Role.OWNER)), SessionId(new_id())):
        with pytest.raises(NoSuchThing):
            await house.deeds.do(EndSession(session_id=nobodys), by=ada)
    assert await ends_of(database) == {lost.session_id: SessionEnd.LOGGED_OUT}


async def test_guests_have_no_session_that_could_end(house: House) -> None:
    guest = Actor(name="order:x")
    for command in (LogOut(), LogOutEverywhere(), EndSession(session_id=SessionId(new_id()))):
        with pytest.raises(NotYourJob):
            await house.deeds.do(command, by=guest)


@pytest.fixture
async def house(database: Database) -> House:
    return await a_house(database)


async def ends_of(database: Database) -> dict[SessionId, str]:
    """Which sessions ended, and why."""
    async with database.snapshot():
        rows = await connection().fetch("select id, ended_because from session where ended_at is not null")
    return {SessionId(row["id"]): row["ended_because"] for row in rows}
