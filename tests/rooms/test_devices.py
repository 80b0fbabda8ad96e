"""Kitchen tablets over sockets: everybody at one that is revoked is gone from every hub, and it is one glass."""

import pytest

from hub.audience import station_room, waiters_room
from hub.people import Role
from hub.store.database import Database, connection
from tests.rooms.conftest import Arrives
from tests.support.houses import House
from tests.support.hubs import RunningHub
from tests.support.people import Person
from tests.support.tablets import Tablet, a_tablet, has_pin


@pytest.fixture
async def tablet(hub: RunningHub, house: House) -> Tablet:
    await has_pin(hub.hub, house, Role.COOK, Role.EXPO)
    return await a_tablet(hub.hub, house)


async def test_everybody_at_a_revoked_tablet_is_gone_from_every_hub_and_managers_hear_of_it(
    arrives: Arrives, house: House, tablet: Tablet, other_hub: RunningHub
) -> None:
    signed_in = [(await tablet.is_tapped(house.user(role))).access_token for role in (Role.COOK, Role.EXPO)]
    here, there = await arrives(signed_in[0]), await arrives(signed_in[1], at=other_hub)
    own, manager = await arrives(Role.COOK), await arrives(Role.MANAGER, at=other_hub)
    await manager.subscribes(waiters_room(house.id))
    await manager.asks("revoke_device", deviceId=str(tablet.id))
    for person in (here, there):
        assert (await person.hears("goodbye"))["reason"] == "session_over"
        await person.is_sent_away()
    assert (await manager.hears("device_revoked"))["deviceId"] == str(tablet.id)
    await own.hears_nothing()


async def test_an_enrolled_tablet_is_one_glass_whoever_taps_there_and_whatever_it_calls_itself(
    arrives: Arrives, house: House, hub: RunningHub, tablet: Tablet, database: Database
) -> None:
    grill = house.stations["Grill"]
    for role, calls_itself in ((Role.COOK, "a browser"), (Role.EXPO, "another browser")):
        token = (await tablet.is_tapped(house.user(role))).access_token
        person = await arrives(token, device=calls_itself)
        screen = await person.subscribes(station_room(house.id, grill))
        assert (await person.says("delivered", {"room": screen.room, "seq": screen.held}))["ok"]
        await hub.hub.glass.write()
    async with database.snapshot():
        rows = await connection().fetch("select device from glass where station_id = $1", grill)
    assert [row["device"] for row in rows] == [str(tablet.id)]


async def test_a_tablets_own_token_opens_no_socket(hub: RunningHub, tablet: Tablet) -> None:
    person = Person(hub.url, tablet.token, "tablet")
    assert await person.is_turned_away() == "token_invalid"
