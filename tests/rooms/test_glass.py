"""Tickets that reach no glass, on real sockets: whatever fails, somebody hears of it within ten seconds.

A tablet at the grill has shown what there was. Then it freezes, its frames are swallowed, its hub is deaf, or the
database is slow; a ticket is fired, and nobody at the grill sees it.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from hub.audience import pass_room, restaurant_scope, station_room, waiters_room
from hub.people import Role
from hub.store.database import Database, connection
from tests.rooms.conftest import Arrives, token_of
from tests.support.cable import a_cable
from tests.support.databases import address_by, socket_of
from tests.support.houses import House
from tests.support.hubs import RunningHub, a_hub
from tests.support.people import Person, Screen

ALERTED_SECONDS_MAX = 10.0
WRITTEN_SECONDS_MAX = 5.0
"""What an unseen ticket may take; after that somebody would be alerted."""
LATE_SECONDS = 0.03
"""How long a question, or an answer, is on its way to a slow database."""


@dataclass
class Tablet:
    """What hangs at a station: it shows what it hears, and says so."""

    person: Person
    screen: Screen
    said: list[int] = field(default_factory=list)

    async def shows(self) -> None:
        """Say up to which number it shows the room."""
        said = {"room": self.screen.room, "seq": self.screen.held}
        assert await self.person.says("delivered", said) == {"ok": True, **said}
        self.said.append(self.screen.held)


@dataclass
class Kitchen:
    """A grill with a tablet, the cold kitchen behind it, and people at the pass and on the floor."""

    house: House
    tablet: Tablet
    cold: Person
    expo: Person
    waiter: Person

    async def fires(self) -> tuple[str, float]:
        """A burger for table 1; the ticket, and when it was fired."""
        await self.waiter.asks("seat_party", tableId=str(self.house.tables["1"]), covers=2)
        order = await self.waiter.asks(
            "place_order",
            restaurantId=str(self.house.id),
            kind="dine_in",
            tableId=str(self.house.tables["1"]),
            lines=[{"itemId": str(self.house.items["Burger"].id), "quantity": 1}],
        )
        at = asyncio.get_running_loop().time()
        fired = await self.waiter.asks("fire_course", orderId=order["orderId"], course=1)
        ticket: str = fired["tickets"][0]["ticketId"]
        return ticket, at

    async def is_alerted(self, ticket: str, fired_at: float) -> float:
        """Wait until the floor and the pass are told, and the backup shows it; how long that took."""
        async with asyncio.timeout_at(fired_at + ALERTED_SECONDS_MAX):
            for person in (self.waiter, self.expo):
                alert = await person.hears("alert_raised")
                assert (alert["kind"], alert["ticketId"]) == ("ticket_not_seen", ticket)
            backed = await self.cold.hears("ticket_backed_up")
        assert (backed["ticketId"], backed["stationName"]) == (ticket, "Grill")
        return asyncio.get_running_loop().time() - fired_at

    async def is_calmed(self) -> None:
        for person in (self.waiter, self.expo):
            await person.hears("alert_cleared")


Opens = Callable[..., Awaitable[Kitchen]]


@pytest.fixture
async def opens(house: House, arrives: Arrives) -> AsyncIterator[Opens]:
    """`await opens(hub)`: everybody takes their place at this hub; the grill's tablet hangs at `tablet_at`."""
    tablets: list[Person] = []

    async def open_kitchen(hub: RunningHub, *, tablet_at: str | None = None) -> Kitchen:
        people = [await arrives(one, at=hub) for one in (Role.MANAGER, Role.COOK, Role.EXPO, Role.WAITER)]
        manager, cold, expo, waiter = people
        grill, backup = house.stations["Grill"], house.stations["Cold"]
        await manager.asks("set_station_backup", stationId=str(grill), backupStationId=str(backup))
        await cold.subscribes(station_room(house.id, backup))
        await expo.subscribes(pass_room(house.id))
        await waiter.subscribes(waiters_room(house.id))
        person = await Person.arrives(tablet_at or hub.url, token_of(house, Role.COOK), device="the grill's")
        tablets.append(person)
        tablet = Tablet(person, await person.subscribes(station_room(house.id, grill)))
        await tablet.shows()
        return Kitchen(house, tablet, cold, expo, waiter)

    yield open_kitchen
    for person in tablets:
        await person.leaves()


@contextmanager
def frozen(person: Person) -> Iterator[None]:
    """A device whose TCP stays open: nothing is read any more, and nothing is said."""
    transport: Any = person.client.eio.ws._conn.transport
    transport.pause_reading()
    yield
    transport.resume_reading()


async def test_a_frozen_tablet_is_told_of_and_the_alert_is_over_when_it_thaws(hub: RunningHub, opens: Opens) -> None:
    kitchen = await opens(hub)
    tablet = kitchen.tablet
    with frozen(tablet.person):
        ticket, fired_at = await kitchen.fires()
        await kitchen.is_alerted(ticket, fired_at)
    fired = await tablet.person.hears("ticket_fired")
    await tablet.person.hears_up_to(tablet.screen.room, fired["seq"])
    await tablet.shows()
    await kitchen.is_calmed()
    assert hub.metric("brigade_ticket_seen_seconds_count") == 1
    assert hub.metric("brigade_alerts_raised_total", kind="ticket_not_seen") == 1


async def test_frames_that_somebody_swallows_are_told_of_and_a_tablet_that_comes_back_has_the_ticket(
    hub: RunningHub, opens: Opens
) -> None:
    async with a_cable(hub.url) as cable:
        kitchen = await opens(hub, tablet_at=cable.url)
        cable.go_dead()
        ticket, fired_at = await kitchen.fires()
        await kitchen.is_alerted(ticket, fired_at)
        await _comes_back(kitchen, hub)
        assert ticket in [entry["ticketId"] for entry in kitchen.tablet.screen.entries]
        await kitchen.is_calmed()


async def test_a_deaf_hub_is_told_of_by_another(
    hub: RunningHub, other_hub: RunningHub, opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    kitchen = await opens(hub, tablet_at=other_hub.url)
    follower = other_hub.hub.followers.get(restaurant_scope(kitchen.house.id))
    assert follower is not None
    # Neither what is rung nor what the sweep finds gets through to it.
    for way in ("hear", "look"):
        monkeypatch.setattr(follower, way, lambda *_: None)
    ticket, fired_at = await kitchen.fires()
    await kitchen.is_alerted(ticket, fired_at)
    assert kitchen.tablet.screen.entries == []
    await _comes_back(kitchen, hub)
    await kitchen.is_calmed()


async def test_a_slow_database_keeps_nobody_from_being_told(
    database_url: str, redis_url: str, house: House, opens: Opens
) -> None:
    async with a_cable(socket_of(database_url)) as line, a_hub(address_by(line.port, database_url), redis_url) as hub:
        kitchen = await opens(hub)
        line.grow_long(LATE_SECONDS)
        with frozen(kitchen.tablet.person):
            ticket, fired_at = await kitchen.fires()
            await kitchen.is_alerted(ticket, fired_at)


async def test_a_slow_database_is_no_reason_to_alert_anybody(
    database_url: str, redis_url: str, database: Database, opens: Opens
) -> None:
    async with a_cable(socket_of(database_url)) as line, a_hub(address_by(line.port, database_url), redis_url) as hub:
        kitchen = await opens(hub)
        line.grow_long(LATE_SECONDS)
        await kitchen.fires()
        fired = await kitchen.tablet.person.hears("ticket_fired")
        await kitchen.tablet.shows()
        await _is_written(database, fired["seq"])


async def _comes_back(kitchen: Kitchen, hub: RunningHub) -> None:
    """The tablet hangs up, and finds another way to its hub."""
    tablet = kitchen.tablet
    await tablet.person.loses_the_network()
    await tablet.person.returns(hub.url)
    await tablet.shows()


async def _is_written(database: Database, seq: int) -> None:
    """Wait until a device is known to have shown so much."""
    async with asyncio.timeout(WRITTEN_SECONDS_MAX):
        while True:
            async with database.snapshot():
                if await connection().fetchval("select max(seq) from glass") >= seq:
                    return


async def test_a_device_that_names_itself_unspeakably_is_one_without_a_name(
    hub: RunningHub, house: House, database: Database, arrives: Arrives
) -> None:
    room = station_room(house.id, house.stations["Grill"])
    for device in ("a\x00b", "tablet"):
        cook = await arrives(Role.COOK, device=device)
        screen = await cook.subscribes(room)
        assert (await cook.says("delivered", {"room": str(room), "seq": screen.held}))["ok"]
    await hub.hub.glass.write()
    async with database.snapshot():
        rows = await connection().fetch("select device, restaurant_id, station_id from glass order by device")
    assert [tuple(row) for row in rows] == [
        ("", house.id, house.stations["Grill"]),
        ("tablet", house.id, house.stations["Grill"]),
    ]


async def test_what_is_shown_elsewhere_than_at_a_station_is_nobodys_glass(
    hub: RunningHub, house: House, database: Database, arrives: Arrives
) -> None:
    expo = await arrives(Role.EXPO)
    screen = await expo.subscribes(pass_room(house.id))
    assert (await expo.says("delivered", {"room": screen.room, "seq": screen.held}))["ok"]
    await hub.hub.glass.write()
    async with database.snapshot():
        assert await connection().fetchval("select count(*) from glass") == 0
