"""Signing in: the same no for every reason, and never more of it at once than can be answered."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from hub.actions import identity
from hub.actions.identity import HASHER, Identities, TooManySignIns, WrongCredentials
from hub.commands.floor import SeatParty, SetTableStatus
from hub.domain.refusals import LinkOver, TokenExpired, TokenInvalid
from hub.events.floor import TableStatus
from hub.ids import UserId, new_id
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person
from hub.tokens import Tokens
from tests.support.houses import SECRET, a_house

EMAIL, PASSWORD = "ada@example.test", "correct horse"


@pytest.fixture
async def ada(database: Database) -> Person:
    person = Person(UserId(new_id()), EMAIL, "Ada", HASHER.hash(PASSWORD), is_operator=False)
    async with database.transaction():
        await people.add(person)
    return person


@pytest.fixture
async def identities(database: Database) -> AsyncIterator[Identities]:
    identities = Identities(database, Tokens(SECRET))
    yield identities
    identities.close()


async def test_the_right_password_gives_a_token_for_one_shift(identities: Identities, ada: Person) -> None:
    signed_in = await identities.sign_in(f" {EMAIL.upper()} ", PASSWORD)
    assert (await identities.actor(signed_in.access_token)).user == ada.id
    assert timedelta(hours=11, minutes=59) < signed_in.expires_at - datetime.now(UTC) <= timedelta(hours=12)


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "wrong"), ("nobody@example.test", PASSWORD), ("", "")])
async def test_every_wrong_way_in_has_the_same_answer(
    identities: Identities, ada: Person, email: str, password: str
) -> None:
    with pytest.raises(WrongCredentials):
        await identities.sign_in(email, password)


async def test_no_more_sign_ins_wait_than_can_be_answered_soon(
    identities: Identities, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "HASHINGS_WAITING_MAX", 3)
    outcomes = await asyncio.gather(*(identities.sign_in(EMAIL, PASSWORD) for _ in range(12)), return_exceptions=True)
    assert {type(one) for one in outcomes if isinstance(one, BaseException)} == {TooManySignIns}
    assert any(not isinstance(one, BaseException) for one in outcomes)


async def test_a_token_of_somebody_who_is_not_there_opens_nothing(identities: Identities) -> None:
    token, _ = Tokens(SECRET).staff_token(UserId(new_id()), datetime.now(UTC))
    with pytest.raises(TokenInvalid):
        await identities.actor(token)


async def test_a_token_that_has_run_out_says_so(identities: Identities, ada: Person) -> None:
    token, _ = Tokens(SECRET).staff_token(ada.id, datetime.now(UTC) - timedelta(hours=13))
    with pytest.raises(TokenExpired):
        await identities.actor(token)


def test_nothing_but_our_own_tokens_is_believed(ada: Person) -> None:
    tokens = Tokens(SECRET)
    good, _ = tokens.staff_token(ada.id, datetime.now(UTC))
    claims = jwt.decode(good, options={"verify_signature": False})
    forged = [
        Tokens(SECRET + "!").staff_token(ada.id, datetime.now(UTC))[0],
        jwt.encode(claims, "", algorithm="none", headers={"typ": "staff+jwt"}),
        jwt.encode(claims, SECRET, algorithm="HS256", headers={"typ": "staff+jwt"}),
        good.replace(".", "..", 1),
        good[:-2],
        "",
        "x" * 10_000,
        "ä.ö.ü",
    ]
    for token in forged:
        with pytest.raises(TokenInvalid):
            tokens.read(token)


def test_a_link_is_no_shift_and_a_shift_is_no_link(ada: Person) -> None:
    """The kinds differ in `typ` and `aud`; neither alone makes one pass for the other."""
    tokens = Tokens(SECRET)
    good, _ = tokens.staff_token(ada.id, datetime.now(UTC))
    claims = jwt.decode(good, options={"verify_signature": False})
    for typ, audience in (("order+jwt", "brigade:staff"), ("staff+jwt", "brigade:order"), ("JWT", "brigade:staff")):
        dressed_up = tokens._private
        token = jwt.encode({**claims, "aud": audience}, dressed_up, algorithm="EdDSA", headers={"typ": typ})
        with pytest.raises(TokenInvalid):
            tokens.read(token)


async def test_a_partys_link_is_one_until_the_party_leaves(database: Database) -> None:
    house = await a_house(database)
    seated = await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    link = house.tokens.seating_link(house.id, house.tables["1"], seated.seating_id, datetime.now(UTC))
    identities = Identities(database, house.tokens)
    try:
        assert (await identities.actor(link)).seat is not None
        await house.does(SetTableStatus(table_id=house.tables["1"], status=TableStatus.DIRTY), by=house.host)
        with pytest.raises(LinkOver):
            await identities.actor(link)
    finally:
        identities.close()
