"""Whoever has an account is told by letter when it is signed in to from somewhere new, and of nothing else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from hub.actions.passwords import HASHER, Passwords
from hub.actions.second_factors import SecondFactors
from hub.actions.sessions import Sessions, SignedIn, WrongCredentials
from hub.domain.sessions import KNOWN_FOR, Origin, is_strange
from hub.ids import UserId, new_id
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person
from hub.telemetry import Metrics
from hub.tokens import Tokens
from hub.turnstile import Turnstile
from tests.support.houses import SECRET
from tests.support.porters import Letters

EMAIL, PASSWORD, FRONT_DOOR = "ada@example.test", "correct horse", "https://b.example"
HOME, NEXT_DOOR, CAFE = "2001:db8:1:2::3", "2001:db8:1:2:ffff::4", "198.51.100.7"
NOW = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)


@pytest.fixture
async def sessions(database: Database) -> AsyncIterator[Sessions]:
    """The sessions of a house in which Ada has an account."""
    passwords = Passwords()
    factors = SecondFactors(database, passwords, Turnstile(None, Metrics()), SECRET, FRONT_DOOR)
    async with database.transaction():
        await people.add(Person(UserId(new_id()), EMAIL, "Ada", HASHER.hash(PASSWORD), False))
    yield Sessions(database, Tokens(SECRET), passwords, factors, FRONT_DOOR)
    passwords.close()


@pytest.fixture
def letters(database: Database) -> Letters:
    return Letters(database, FRONT_DOOR)


async def signs_in(sessions: Sessions, address: str, device: str | None, known: str | None = None) -> SignedIn:
    where = ip_address(address)
    return await sessions.sign_in(EMAIL, PASSWORD, device, address=where, device_token=known)


async def test_a_sign_in_from_somewhere_new_is_told_of_and_what_is_known_is_not(
    sessions: Sessions, letters: Letters
) -> None:
    first = await signs_in(sessions, HOME, "Telephone")
    assert await letters.come() == [], "nobody has to be told of their first sign-in"
    await signs_in(sessions, NEXT_DOOR, "Telephone")
    assert await letters.come() == [], "a network is one house"
    await signs_in(sessions, CAFE, "Telephone", first.device_token)
    assert await letters.come() == [], "the device is known, wherever it is"
    await signs_in(sessions, HOME, "Tablet")
    await signs_in(sessions, "203.0.113.9", None)
    tablet, program = await letters.come()
    assert (tablet.to, tablet.template) == (EMAIL, "new_device")
    assert (tablet.facts["device"], tablet.facts["address"]) == ("Tablet", HOME)
    assert (program.facts["device"], program.facts["address"]) == ("?", "203.0.113.9")
    assert program.facts["link"] == f"{FRONT_DOOR}/#forgot"
    await signs_in(sessions, "203.0.113.9", None)
    assert await letters.come() == [], "a program that keeps nothing is told of once"


async def test_of_a_sign_in_that_failed_no_such_letter_tells(sessions: Sessions, letters: Letters) -> None:
    await signs_in(sessions, HOME, None)
    with pytest.raises(WrongCredentials):
        await sessions.sign_in(EMAIL, "wrong", address=ip_address(CAFE))
    assert await letters.come() == []


def test_where_nobody_came_from_for_long_is_new_again() -> None:
    before = [Origin("home", "Telephone", NOW - KNOWN_FOR)]
    assert not is_strange(Origin("home", "Telephone", NOW), before)
    assert is_strange(Origin("home", "Telephone", NOW + timedelta(seconds=1)), before)
    assert is_strange(Origin("home", "Tablet", NOW), before)
    assert not is_strange(Origin("home", "Tablet", NOW), [])
