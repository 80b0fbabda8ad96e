"""A hub to ask, and those who ask: each with a restaurant of their own, in which there is something of everything.

Whoever asks may do so with all that is theirs, and after a while little is left of it. So a restaurant is for one run,
and whoever ends their own session begins another. Not its business: what is asked (`asking`).
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hub.commands.floor import SeatParty
from hub.commands.keys import MakeKey
from hub.domain.sessions import REFRESH_LIFETIME
from hub.ids import SeatingId, SessionId, UserId, new_id
from hub.limits import SCALE_MAX
from hub.people import Role
from hub.rights import Permission
from hub.store import people, sessions
from hub.store.database import Database
from hub.store.people import Person
from hub.tokens import Tokens, hash_of
from tests.support.databases import open_database
from tests.support.houses import SECRET, House, a_house
from tests.support.processes import Brigade, brigade

ANSWER_SECONDS_MAX = 30.0
IS_WRONG = re.compile(r'"level": ?"(error|critical)"|Traceback|never retrieved|never awaited')

ASKERS = ("owner", "cook", "guest", "operator", "nobody")

Things = Mapping[str, list[str]]
"""Ids that there are, by the names that fields have for them."""


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: `token` is what they show next, None for nobody. It may be called from any thread."""

    name: str
    things: Things
    token: Callable[[], str] | None


@dataclass(frozen=True)
class Stage:
    """A hub that answers on `url`, in a process of its own: whoever makes up requests has enough to do."""

    url: str
    database: Database
    process: Brigade

    @property
    def complaints(self) -> list[str]:
        """What the hub wrote down as wrong."""
        return [line for line in self.process.errors if IS_WRONG.search(line)]

    async def asker(self, name: str) -> Asker:
        """One of ASKERS, with a restaurant of their own."""
        house = await a_house(self.database, name=f"The {name}'s")
        table = house.tables["1"]
        seating = (await house.does(SeatParty(table_id=table, covers=2), by=house.host)).seating_id
        things = await _things(house)
        match name:
            case "nobody":
                return Asker(name, things, None)
            case "guest":
                link = house.tokens.seating_link(house.id, table, SeatingId(seating), datetime.now(UTC))
                return Asker(name, things, lambda: link)
            case "operator":
                user = await self._operator()
            case _:
                user = house.user(Role(name))
        return Asker(name, things, Shift(self, user, asyncio.get_running_loop()).token)

    async def _operator(self) -> UserId:
        user = UserId(new_id())
        async with self.database.transaction():
            await people.add(Person(user, f"{user}@example.test", "Operator", "no hash", is_operator=True))
        return user


class Shift:
    """Somebody's session, and the next one where it has ended meanwhile."""

    def __init__(self, stage: Stage, user: UserId, loop: asyncio.AbstractEventLoop) -> None:
        self._stage = stage
        self._user = user
        self._loop = loop
        self._session: SessionId | None = None

    def token(self) -> str:
        """A token that is good now. Asked by another thread than the hub's."""
        return _done_there(self._token(), self._loop)

    async def _token(self) -> str:
        async with self._stage.database.transaction():
            if self._session is None or await sessions.under_way(self._session, self._user) is None:
                self._session = SessionId(new_id())
                refresh_token = hash_of(f"the first of {self._session}")
                await sessions.begin(self._session, self._user, None, refresh_token, REFRESH_LIFETIME)
        return Tokens(SECRET).staff_token(self._user, self._session, datetime.now(UTC))[0]


def _done_there(work: Coroutine[Any, Any, str], loop: asyncio.AbstractEventLoop) -> str:
    return asyncio.run_coroutine_threadsafe(work, loop).result(ANSWER_SECONDS_MAX)


@asynccontextmanager
async def a_stage(database_url: str, redis_url: str) -> AsyncIterator[Stage]:
    """A whole hub, whose limits let everything through."""
    environment = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "BRIGADE_SECRET": SECRET,
        "LIMITS_SCALE": f"{SCALE_MAX:.0f}",
        "PORT": "0",
    }
    database = await open_database(database_url)
    try:
        async with brigade("serve", environment=environment) as running:
            yield Stage(await running.url(), database, running)
    finally:
        await database.close()


async def _things(house: House) -> Things:
    """What there is in the restaurant, with one order in the kitchen and another that is held."""
    fired = await house.fires("2", house.line("Burger", 2), house.line("Wine"))
    held = await house.orders_at("3", house.line("Soup"))
    key = await house.does(
        MakeKey(restaurant_id=house.id, name="Till", scopes=(Permission.MENU_READ,)), by=house.manager
    )
    orders = [fired, held]
    steak = house.items["Steak"]
    things: dict[str, list[Any]] = {
        "restaurantId": [house.id],
        "itemId": [one.id for one in house.items.values()],
        "tableId": [*house.tables.values()],
        "stationId": [*house.stations.values()],
        "sectionId": [house.section, house.menu_section],
        "orderId": [one.order_id for one in orders],
        "lineId": [line.line_id for one in orders for line in one.lines],
        "ticketId": [ticket.ticket_id for one in orders for ticket in one.tickets],
        "modifierId": [one.id for group in steak.modifier_groups for one in group.modifiers],
        "keyId": [key.key_id],
        "userId": [house.user(role) for role in house.actors],
    }
    rooms = [str(one) for one in house.rooms] + ["announcements", "ops"]
    return {**{name: [str(one) for one in its] for name, its in things.items()}, "room": rooms}
