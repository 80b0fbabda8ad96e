"""PINs under attack: guesses by the hundred, a PIN without its tablet, a tablet without a PIN, a copied database."""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from hub.domain.pins import PinLocked, WrongPin
from hub.domain.refusals import DatabaseBusy, TokenInvalid
from hub.ids import SessionId, new_id
from hub.keys import Hub
from hub.people import Role
from hub.store.connections import connection
from tests.api.conftest import Caller
from tests.security.__main__ import IN_FULL
from tests.support.houses import House, a_house
from tests.support.tablets import PIN, Tablet, a_tablet, has_pin

GUESSES = 1_000 if os.environ.get(IN_FULL) else 100
AT_ONCE = 10
"""Of more, some would hear that the hub is busy."""
TRIES_MAX = 5


@pytest.fixture
async def tablet(hub: Hub, house: House) -> Tablet:
    await has_pin(hub, house, Role.COOK)
    return await a_tablet(hub, house)


async def test_of_many_guesses_five_are_tried(
    hub: Hub, house: House, tablet: Tablet, record_property: Callable[[str, object], None]
) -> None:
    cook, said = house.user(Role.COOK), Counter[type]()
    pins = [f"{guess:04}" for guess in range(GUESSES)]
    for first in range(0, GUESSES, AT_ONCE):
        taps = (tablet.is_tapped(cook, pin) for pin in pins[first : first + AT_ONCE])
        said.update(map(type, await asyncio.gather(*taps, return_exceptions=True)))
    assert said[WrongPin] == TRIES_MAX
    assert said.keys() <= {WrongPin, PinLocked, DatabaseBusy}
    record_property("guesses", GUESSES)
    record_property("guesses that were tried", said[WrongPin])


async def test_a_pin_is_worth_nothing_without_its_tablet(nobody: Caller, house: House, tablet: Tablet) -> None:
    for token in ("brd_made-up", house.token(Role.COOK), "x"):
        body = {"tabletToken": token, "userId": str(house.user(Role.COOK)), "pin": PIN}
        answer = await nobody.posts("/auth/pin", body)
        assert (answer.status, answer.code) == (401, "device_over")


async def test_a_pin_opens_no_tablet_of_another_house(hub: Hub, house: House, tablet: Tablet) -> None:
    elsewhere = await a_house(hub.database, name="Elsewhere")
    foreign = await a_tablet(hub, elsewhere)
    with pytest.raises(WrongPin):
        await foreign.is_tapped(house.user(Role.COOK))


async def test_a_tablets_own_token_opens_nothing(nobody: Caller, hub: Hub, house: House, tablet: Tablet) -> None:
    nobody.token = tablet.token
    for path in (f"/restaurants/{house.id}", f"/restaurants/{house.id}/tables", f"/rooms/waiters:{house.id}"):
        assert (await nobody.gets(path)).code == "not_found"
    assert (await nobody.posts("/auth/logout")).code == "not_your_job"
    with pytest.raises(TokenInvalid):
        await hub.identities.actor(tablet.token)


async def test_who_is_an_operator_or_works_elsewhere_too_is_neither_at_a_tablet(
    nobody: Caller, hub: Hub, house: House, tablet: Tablet
) -> None:
    elsewhere, cook = await a_house(hub.database, name="Elsewhere"), house.user(Role.COOK)
    async with hub.database.transaction():
        await connection().execute("update person set is_operator = true where id = $1", cook)
        await connection().execute(
            "insert into role_grant (id, person_id, restaurant_id, roles) values ($1, $2, $3, '{owner}')",
            new_id(),
            cook,
            elsewhere.id,
        )
    signed_in = await tablet.is_tapped(cook)
    assert set(signed_in.roles) == {house.id}
    here = Caller(nobody.client, signed_in.access_token)
    me = (await here.gets("/me")).json
    assert (me["isOperator"], me["roles"]) == (False, {str(house.id): ["cook"]})
    assert (await here.gets(f"/restaurants/{elsewhere.id}/tables")).code == "not_found"
    assert (await here.posts("/announcements", {"title": "x", "message": "y"})).code == "not_your_job"
    # The same person, with their password, at the same hub.
    own = Caller(nobody.client, house.tokens.staff_token(cook, SessionId(cook), datetime.now(UTC))[0])
    assert (await own.gets(f"/restaurants/{elsewhere.id}/tables")).status == 200


async def test_a_copy_of_the_database_is_not_enough_to_try_pins_out(hub: Hub, house: House, tablet: Tablet) -> None:
    async with hub.database.snapshot():
        kept = await connection().fetchval("select hash from pin where person_id = $1", house.user(Role.COOK))
        assert kept.startswith("$argon2id$")
        for table in ("pin", "device", "audit", "command", "ledger"):
            for row in await connection().fetch(f"select t::text as row from {table} t"):
                assert tablet.token not in row["row"]
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(kept, PIN)


async def test_two_who_have_the_same_pin_have_nothing_alike(hub: Hub, house: House) -> None:
    await has_pin(hub, house, Role.COOK, Role.WAITER)
    async with hub.database.snapshot():
        rows = await connection().fetch("select hash from pin")
    assert len({row["hash"].rpartition("$")[2] for row in rows}) == 2
