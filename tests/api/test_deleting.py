"""Deleting one's account: nobody signs in with it any more, and what was done with it stays."""

from datetime import timedelta

import pytest

from hub.actions.passwords import HASHER
from hub.domain.accounts import DELETED_NAME
from hub.domain.pins import WrongPin
from hub.ids import UserId, new_id
from hub.jobs import EraseAccounts
from hub.keys import Hub
from hub.people import Role
from hub.porter import ERRANDS, Errand, Means
from hub.store import avatars, people, second_factors
from hub.store.avatars import Avatar
from hub.store.connections import connection
from hub.store.people import Person
from hub.tokens import hash_of
from tests.api.conftest import PASSWORD, Answer, Caller, Calls
from tests.support.houses import House
from tests.support.porters import Letters
from tests.support.tablets import PIN, a_tablet

ANN = "ann@example.test"


@pytest.fixture
async def ann(hub: Hub, house: House) -> Person:
    """A waiter of the house, with a password."""
    person = Person(UserId(new_id()), ANN, "Ann", HASHER.hash(PASSWORD), is_operator=False)
    async with hub.database.transaction():
        await people.add(person)
        await people.set_roles(person.id, house.id, frozenset({Role.WAITER}))
    return person


async def signs_in(nobody: Caller) -> Caller:
    answer = await nobody.posts("/auth/login", {"email": ANN, "password": PASSWORD})
    assert answer.status == 200, answer.body
    return Caller(nobody.client, answer.json["accessToken"])


async def deletes(caller: Caller, password: str = PASSWORD) -> Answer:
    return await caller.asks("DELETE", "/me", {"password": password})


async def test_whoever_deletes_their_account_is_nowhere_signed_in_and_nobody_to_any_house(
    nobody: Caller, ann: Person, house: House, hub: Hub, calls: Calls
) -> None:
    here, there = await signs_in(nobody), await signs_in(nobody)
    answer = await deletes(here)
    assert (answer.status, answer.json) == (200, {})
    for caller in (here, there):
        assert (await caller.gets("/me")).code == "session_over"
    assert (await nobody.posts("/auth/login", {"email": ANN, "password": PASSWORD})).code == "wrong_credentials"
    deleted = f"deleted:{ann.id}"
    assert (await nobody.posts("/auth/login", {"email": deleted, "password": PASSWORD})).code == "wrong_credentials"
    async with hub.database.snapshot():
        person = await people.by_id(ann.id)
        assert await people.grants_of(ann.id) == {}
    assert person is not None
    assert person.name == DELETED_NAME
    (noted,) = (await calls(Role.OWNER).gets(f"/restaurants/{house.id}/audit")).json["items"]
    assert (noted["action"], noted["entityId"], noted["old"]) == ("delete_account", str(ann.id), {"roles": ["waiter"]})


async def test_neither_their_pin_nor_their_second_factor_outlives_them(
    nobody: Caller, ann: Person, house: House, hub: Hub
) -> None:
    here, tablet = await signs_in(nobody), await a_tablet(hub, house)
    await hub.pins.put(ann.id, PIN, None)
    async with hub.database.transaction():
        await connection().execute(
            "insert into second_factor (person_id, secret, is_on_since) values ($1, 'locked', now())", ann.id
        )
        await second_factors.replace_recovery_codes(ann.id, [hash_of("ox4k2w7emmlp6rta")])
    at_tablet = Caller(nobody.client, (await tablet.is_tapped(ann.id)).access_token)
    assert (await here.asks("DELETE", "/me", {"password": PASSWORD, "code": "ox4k-2w7e-mmlp-6rta"})).status == 200
    assert (await at_tablet.gets("/me")).code == "session_over"
    with pytest.raises(WrongPin):
        await tablet.is_tapped(ann.id)
    async with hub.database.snapshot():
        for table in ("pin", "second_factor", "recovery_code"):
            assert await connection().fetchval(f"select count(*) from {table} where person_id = $1", ann.id) == 0


async def test_what_they_did_stays(nobody: Caller, ann: Person, house: House, waiter: Caller) -> None:
    here = await signs_in(nobody)
    line = {"itemId": str(house.items["Soup"].id)}
    placed = await here.posts(f"/restaurants/{house.id}/orders", {"kind": "pickup", "lines": [line]})
    assert placed.status == 201
    await deletes(here)
    assert (await waiter.gets(f"/orders/{placed.json['orderId']}")).status == 200


async def test_their_address_is_free_again(nobody: Caller, ann: Person, hub: Hub) -> None:
    await deletes(await signs_in(nobody))
    letters = Letters(hub.database, "https://brigade.example")
    await nobody.posts("/auth/forgot", {"email": ANN})
    assert await letters.come() == []
    await nobody.posts("/auth/register", {"email": ANN, "password": "seven tubas at noon", "name": "Another Ann"})
    (letter,) = await letters.come()
    assert letter.template == "verify"
    assert (await nobody.posts("/auth/verify", {"token": letter.token})).status == 200


async def test_a_wrong_password_deletes_nothing(nobody: Caller, ann: Person) -> None:
    here = await signs_in(nobody)
    answer = await deletes(here, "a guess")
    assert (answer.status, answer.code) == (422, "current_password_wrong")
    assert (await here.gets("/me")).status == 200


async def test_the_last_owner_of_a_restaurant_stays_until_there_is_another(
    nobody: Caller, ann: Person, house: House, hub: Hub
) -> None:
    async with hub.database.transaction():
        await people.set_roles(house.user(Role.OWNER), house.id, frozenset())
        await people.set_roles(ann.id, house.id, frozenset({Role.OWNER}))
    here = await signs_in(nobody)
    refused = await deletes(here)
    assert (refused.status, refused.code, refused.json["restaurantId"]) == (409, "last_owner", str(house.id))
    assert (await here.gets("/me")).status == 200
    async with hub.database.transaction():
        await people.set_roles(house.user(Role.MANAGER), house.id, frozenset({Role.OWNER}))
    assert (await deletes(here)).status == 200


async def test_nobody_who_has_left_is_given_a_role_or_keeps_a_restaurant_for_its_owner(
    nobody: Caller, ann: Person, house: House, calls: Calls
) -> None:
    await deletes(await signs_in(nobody))
    owner, roles = calls(Role.OWNER), f"/restaurants/{house.id}/people"
    for role in (Role.OWNER, Role.COOK):
        refused = await owner.asks("PUT", f"{roles}/{ann.id}/roles/{role}")
        assert (refused.status, refused.code) == (404, "not_found")
    alone = await owner.asks("DELETE", f"{roles}/{house.user(Role.OWNER)}/roles/owner")
    assert (alone.status, alone.code) == (409, "last_owner")


async def test_who_they_were_is_erased_after_some_days_and_not_before(nobody: Caller, ann: Person, hub: Hub) -> None:
    here = await signs_in(nobody)
    await here.asks("PATCH", "/me", {"phone": "+442079460958"})
    for label in ("Home", "Work"):
        assert (await here.posts("/me/addresses", {"label": label, "lines": ["1 Roundabout Row"]})).status == 201
    async with hub.database.transaction():
        await avatars.save(ann.id, Avatar(b"a picture", "its digest"))
    await deletes(here)

    async def known_after(days: int) -> str:
        async with hub.database.transaction():
            await connection().execute("update deleted_person set deleted_at = now() - $1::interval", timedelta(days))
        await ERRANDS[EraseAccounts](EraseAccounts(), Errand("1", Means(hub.database, erase_after=timedelta(30))))
        async with hub.database.snapshot():
            kept = "select coalesce(string_agg(d::text, ' '), '') from {} d"
            theirs = ("profile", "address_book", "postal_address", "avatar")
            tables = ("person", "deleted_person", "session", "registration", "role_grant", *theirs)
            return " ".join([await connection().fetchval(kept.format(table)) for table in tables])

    assert ANN in await known_after(29)
    known = await known_after(31)
    assert not [one for one in (ANN, "+44", "Home", "Roundabout", "its digest") if one in known]
    assert "Ann" not in known
    assert str(ann.id) in known, "what they did names them by id"
