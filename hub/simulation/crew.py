"""Who is there tonight: the accounts that can sign in, a door for each person, and an ear for each device.

Several people may work under one account, each at a hub of their own. Not its business: what any of them does.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Any, Self, TypeVar
from uuid import UUID

import aiohttp

from hub.audience import RoomKind, pass_room, station_room, waiters_room
from hub.caller import KNOCKING_SECONDS, PATIENCE_SECONDS, Account, Badge, Door, Hubs
from hub.ids import RestaurantId, StationId
from hub.simulation.audit import Auditor
from hub.simulation.ear import Ear, Listening
from hub.simulation.screens import FloorScreen, KitchenScreen, Screen
from hub.simulation.service import Choice, Dish, House, Table, WrongService
from hub.simulation.tally import Tally

CONNECTIONS_MAX = 100
HEADS = ("manager", "owner")
"""Whoever answers for the house may do what anybody in it may do, and stands in where somebody is missing."""

S = TypeVar("S", bound=Screen)


class Crew:
    """Everybody's way to the hubs. Use it as a context: after it every socket is closed."""

    def __init__(self, hubs: Sequence[str], accounts: Sequence[Account], tally: Tally) -> None:
        if not hubs or not all(url.startswith(("http://", "https://")) for url in hubs):
            raise WrongService("Name at least one hub, each with its address, such as http://127.0.0.1:8080.")
        self.tally = tally
        self.auditor = Auditor(self._door_into, tally)
        self._hubs = Hubs(tuple(url.rstrip("/") for url in hubs))
        self._badges = {account.role: Badge(account) for account in accounts}
        self._doors: dict[str, Door] = {}
        self._web: aiohttp.ClientSession | None = None
        self._ears: list[Ear] = []
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        requests = aiohttp.TCPConnector(limit=CONNECTIONS_MAX)
        # Sockets stay open, and must not take the requests' places.
        sockets = aiohttp.TCPConnector(limit=0)
        self._web = await self._stack.enter_async_context(aiohttp.ClientSession(connector=requests))
        self._sockets = await self._stack.enter_async_context(aiohttp.ClientSession(connector=sockets))
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(ear.put_away() for ear in self._ears))
        await self._stack.aclose()

    def door(self, role: str, patience_seconds: float = PATIENCE_SECONDS) -> Door:
        """A door for one more person of a role. Raises WrongService where nobody can stand in for it."""
        for badge in (self._badges.get(one) for one in (role, *HEADS)):
            if badge is not None:
                return self._door(badge, patience_seconds)
        raise WrongService(f"There is no account for a {role}, and none for a manager or an owner to stand in.")

    def guests_door(self, link: str) -> Door:
        """A door for a guest with a link."""
        return self._door(Badge(link=link))

    async def listen(self, room: str, screen: type[S], door: Door, device: str) -> Listening[S]:
        """A device of the house, which listens in a room until the crew goes home. Raises RoomClosed."""
        ear = self._ear(door, device)
        self._ears.append(ear)
        listening = await ear.open(room, screen)
        self.auditor.follow(listening)
        return listening

    def guests_ear(self, door: Door, device: str) -> Ear:
        """A guest's telephone. Whoever asks for it puts it away."""
        return self._ear(door, device)

    async def house(self, restaurant: str | None) -> House:
        """The restaurant of this id or name, or the only one. Raises WrongService."""
        door = self.door("waiter", KNOCKING_SECONDS)
        houses = (await door.get("/restaurants"))["items"]
        meant = [one for one in houses if restaurant in (None, one["id"], one["name"])]
        if len(meant) != 1:
            names = ", ".join(one["name"] for one in houses) or "none"
            raise WrongService(f"Say which restaurant it is; these accounts know {names}.")
        place = f"/restaurants/{meant[0]['id']}"
        menu, stations, tables = await asyncio.gather(
            door.get(place + "/menu"), door.get(place + "/stations"), door.get(place + "/tables")
        )
        return House(
            id=meant[0]["id"],
            name=meant[0]["name"],
            dishes=tuple(_dish(item, section["name"]) for section in menu["sections"] for item in section["items"]),
            stations={one["id"]: one["name"] for one in stations["items"]},
            tables=tuple(Table(one["id"], one["name"], one["seats"]) for one in tables["items"]),
        )

    def _door(self, badge: Badge, patience_seconds: float = PATIENCE_SECONDS) -> Door:
        assert self._web is not None, "the crew is not there"
        return Door(self._web, self._hubs.one(), badge, self.tally.calls, patience_seconds)

    def _ear(self, door: Door, device: str) -> Ear:
        return Ear(self._sockets, self._hubs.one(), door, device, self.tally)

    def _door_into(self, kind: RoomKind) -> Door:
        role = "cook" if kind in (RoomKind.STATION, RoomKind.PASS) else "waiter"
        if role not in self._doors:
            self._doors[role] = self.door(role)
        return self._doors[role]


async def floor(crew: Crew, house: House, door: Door, device: str) -> Listening[FloorScreen]:
    """A tablet that shows the floor."""
    return await crew.listen(str(waiters_room(_id(house))), FloorScreen, door, device)


async def kitchen(
    crew: Crew, house: House, door: Door, device: str, station: str | None = None
) -> Listening[KitchenScreen]:
    """A tablet that shows a station, or the pass."""
    room = pass_room(_id(house)) if station is None else station_room(_id(house), StationId(UUID(station)))
    return await crew.listen(str(room), KitchenScreen, door, device)


def _id(house: House) -> RestaurantId:
    return RestaurantId(UUID(house.id))


def _dish(item: dict[str, Any], section: str) -> Dish:
    choices = (
        Choice(group["min"], group["max"], tuple(one["id"] for one in group["modifiers"]))
        for group in item["modifierGroups"]
    )
    return Dish(
        id=item["id"],
        name=item["name"],
        price=item["price"]["amount"],
        section=section,
        station=item["station"],
        is_available=item["available"],
        is_counted=item["portionsLeft"] is not None,
        choices=tuple(choices),
    )
