"""Whoever came in with a PIN, at a kitchen tablet, does what a dinner is made of, and nothing else."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from hub.commands.menu import ChangeItem, EightySixItem
from hub.commands.sessions import LogOutEverywhere
from hub.domain.refusals import NoSuchThing, NotAtDevice, NotYourJob
from hub.ids import DeviceId, RestaurantId, SessionId, new_id
from hub.people import Actor
from hub.rights import AT_DEVICES, RIGHTS, STAFF, Permission, Role
from hub.store.database import Database
from tests.support.houses import House, a_house

TABLET = DeviceId(new_id())


@pytest.fixture
async def house(database: Database) -> House:
    return await a_house(database)


def with_pin(house: House, role: Role) -> Actor:
    return replace(house.actors[role], session=SessionId(new_id())).at_device(TABLET, house.id)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_what_one_may_with_a_pin_is_what_one_may_and_what_is_done_at_tablets(role: Role) -> None:
    house, elsewhere = RestaurantId(new_id()), RestaurantId(new_id())
    grants = MappingProxyType({house: frozenset({role}), elsewhere: frozenset({Role.OWNER})})
    own = Actor(name="user:x", grants=grants, is_operator=True)
    here = own.at_device(TABLET, house)
    for permission in Permission:
        assert here.may(permission, house) == (role in RIGHTS[permission] and permission in AT_DEVICES)
        assert not here.may(permission, elsewhere)
    assert own.may(Permission.HUBS_WATCH, None)
    assert not here.may(Permission.HUBS_WATCH, None)


def test_with_a_pin_one_lets_nobody_in_and_changes_neither_house_nor_account() -> None:
    assert not AT_DEVICES & {
        Permission.PEOPLE_MANAGE,
        Permission.OWNERS_MAKE,
        Permission.KEYS_MANAGE,
        Permission.DEVICES_MANAGE,
        Permission.AUDIT_READ,
        Permission.MENU_CHANGE,
        Permission.FLOOR_PLAN,
        Permission.STATIONS_CHANGE,
        Permission.ACCOUNT_KEEP,
        Permission.ANNOUNCEMENTS_MAKE,
        Permission.HUBS_WATCH,
    }


def test_who_works_elsewhere_is_nobody_at_a_tablet_here(house: House) -> None:
    assert house.manager.at_device(TABLET, RestaurantId(new_id())).grants == {}


async def test_who_may_with_their_password_is_told_so_and_who_may_not_whose_job_it_is(house: House) -> None:
    soup = house.items["Soup"].id
    await house.does(EightySixItem(item_id=soup), by=with_pin(house, Role.MANAGER))
    for role, refusal in ((Role.MANAGER, NotAtDevice), (Role.COOK, NotYourJob)):
        with pytest.raises(refusal):
            await house.does(ChangeItem(item_id=soup, price=1), by=with_pin(house, role))
    stranger = house.manager.at_device(TABLET, RestaurantId(new_id()))
    with pytest.raises(NoSuchThing):
        await house.does(ChangeItem(item_id=soup, price=1), by=stranger)
    with pytest.raises(NotAtDevice):
        await house.does(LogOutEverywhere(), by=with_pin(house, Role.COOK))
