"""Whom a token stands for: nothing but our own tokens is believed, and of each only what still holds."""

import time
from datetime import UTC, datetime, timedelta

import jwt
import pytest

from hub.actions import identity
from hub.actions.identity import Identities
from hub.commands.floor import SeatParty, SetTableStatus
from hub.commands.people import TakeRole
from hub.domain.refusals import LinkOver, TokenExpired, TokenInvalid
from hub.events.floor import TableStatus
from hub.follow import Followers, InProcessDoorbell, LedgerPages, Street
from hub.ids import OrderId, RestaurantId, SessionId, UserId, new_id
from hub.people import Role
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person
from hub.telemetry import Metrics
from hub.tokens import OrderLink, SeatingLink, StaffToken, Tokens
from tests.support.houses import SECRET, a_house, begins_shift, token_of


@pytest.fixture
async def ada(database: Database) -> Person:
    person = Person(UserId(new_id()), "ada@example.test", "Ada", "no hash", is_operator=False)
    async with database.transaction():
        await people.add(person)
        await begins_shift(person.id)
    return person


@pytest.fixture
async def identities(database: Database) -> Identities:
    return Identities(database, Tokens(SECRET))


async def test_a_token_of_somebody_who_is_not_there_opens_nothing(identities: Identities) -> None:
    token = token_of(UserId(new_id()))
    with pytest.raises(TokenInvalid):
        await identities.actor(token)


async def test_a_token_that_has_run_out_says_so(identities: Identities, ada: Person) -> None:
    token = token_of(ada.id, lasts=timedelta(seconds=-1))
    with pytest.raises(TokenExpired):
        await identities.actor(token)


def test_nothing_but_our_own_tokens_is_believed(ada: Person) -> None:
    tokens = Tokens(SECRET)
    good = token_of(ada.id)
    claims = jwt.decode(good, options={"verify_signature": False})
    forged = [
        token_of(ada.id, tokens=Tokens(SECRET + "!")),
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
    good = token_of(ada.id)
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
    assert (await identities.actor(link)).seat is not None
    await house.does(SetTableStatus(table_id=house.tables["1"], status=TableStatus.DIRTY), by=house.host)
    with pytest.raises(LinkOver):
        await identities.actor(link)


# ---------------------------------------------------------------------- tokens that were shown before


@pytest.mark.parametrize(("minutes", "is_good"), [(0, True), (-14, True), (-16, False), (1, False)])
def test_a_token_lasts_by_the_houses_clock_whatever_this_machines_says(minutes: int, is_good: bool) -> None:
    house = datetime.now(UTC) + timedelta(days=100)
    tokens = Tokens(SECRET, lambda: house)
    token = token_of(UserId(new_id()), house + timedelta(minutes=minutes))
    if is_good:
        tokens.read(token)
    else:
        with pytest.raises((TokenExpired, TokenInvalid)):
            tokens.read(token)


@pytest.mark.parametrize(("seconds", "is_good"), [(29, True), (31, False)])
def test_a_token_may_be_signed_a_moment_ahead_of_its_time_and_no_more(seconds: int, is_good: bool) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    tokens = Tokens(SECRET, lambda: now)
    token = token_of(UserId(new_id()), now + timedelta(seconds=seconds))
    if is_good:
        tokens.read(token)
    else:
        with pytest.raises(TokenInvalid):
            tokens.read(token)


class CountingTokens(Tokens):
    """Tokens that count how often one was verified."""

    verified = 0

    def read(self, token: str) -> StaffToken | OrderLink | SeatingLink:
        self.verified += 1
        return super().read(token)


@pytest.fixture
async def tokens() -> CountingTokens:
    return CountingTokens(SECRET)


@pytest.fixture
async def door(database: Database, tokens: CountingTokens) -> Identities:
    return Identities(database, tokens)


async def test_a_token_that_was_verified_is_not_verified_again(
    door: Identities, tokens: CountingTokens, ada: Person
) -> None:
    token, expires_at = tokens.staff_token(ada.id, SessionId(ada.id), datetime.now(UTC))
    first = await door.actor(token)
    assert (first.user, first.session, first.expires_at) == (ada.id, SessionId(ada.id), expires_at)
    assert await door.actor(token) is first
    assert tokens.verified == 1


async def test_a_token_that_was_shown_before_ends_as_any_other(
    door: Identities, tokens: CountingTokens, ada: Person, database: Database
) -> None:
    token = token_of(ada.id)
    await door.actor(token)
    database.clock.hear(datetime.now(UTC) + timedelta(hours=13), asked_at=time.monotonic())
    with pytest.raises(TokenExpired):
        await door.actor(token)
    assert token not in door._shown


async def test_a_token_that_was_shown_before_gives_the_rights_of_now(
    door: Identities, tokens: CountingTokens, database: Database
) -> None:
    house = await a_house(database)
    metrics = Metrics()
    followers = Followers(LedgerPages(database), InProcessDoorbell(Street(), metrics), metrics)
    followers.add_listener(door)
    database.listen(followers.hear)
    token = house.token(Role.COOK)
    async with followers.running():
        assert (await door.actor(token)).roles(house.id) == {Role.COOK}
        taking = TakeRole(restaurant_id=house.id, user_id=house.user(Role.COOK), role=Role.COOK)
        await house.deeds.do(taking, by=house.owner)
        assert (await door.actor(token)).roles(house.id) == frozenset()
    assert tokens.verified == 1


async def test_a_partys_link_that_was_shown_before_is_over_when_the_party_leaves(
    door: Identities, tokens: CountingTokens, database: Database
) -> None:
    house = await a_house(database)
    seated = await house.does(SeatParty(table_id=house.tables["1"], covers=2), by=house.host)
    link = tokens.seating_link(house.id, house.tables["1"], seated.seating_id, datetime.now(UTC))
    assert (await door.actor(link)).seat is not None
    await house.does(SetTableStatus(table_id=house.tables["1"], status=TableStatus.DIRTY), by=house.host)
    with pytest.raises(LinkOver):
        await door.actor(link)


async def test_only_so_many_tokens_are_remembered(
    door: Identities, tokens: CountingTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity, "TOKENS_KEPT_MAX", 2)
    now = datetime.now(UTC)
    links = [tokens.order_link(RestaurantId(new_id()), OrderId(new_id()), now) for _ in range(3)]
    for link in (links[0], links[1], links[0], links[2], links[0], links[1]):
        await door.actor(link)
    assert tokens.verified == 4


async def test_a_token_that_is_not_shown_for_a_while_is_forgotten(door: Identities, tokens: CountingTokens) -> None:
    links = [tokens.order_link(RestaurantId(new_id()), OrderId(new_id()), datetime.now(UTC)) for _ in range(3)]
    for link in links[:2]:
        await door.actor(link)
        door._shown[link].shown_at -= identity.TOKENS_KEPT_SECONDS + 1
    for link in (links[1], links[2], links[1], links[0]):
        await door.actor(link)
    assert tokens.verified == 4, "Only the first one had to be verified again."
