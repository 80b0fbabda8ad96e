"""One restaurant, two hubs as processes: whichever is asked, everybody hears; whichever dies, nothing is lost."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from hub.caller import Badge, Calls, Door, Hubs, read_accounts
from tests.support.people import Person
from tests.support.processes import Brigade, brigade
from tests.support.takeaway import a_dish, places

ORDERS = 12


@dataclass
class TwoHubs:
    """`brigade up`, and `brigade serve --beside` it."""

    first: Brigade
    second: Brigade
    web: aiohttp.ClientSession
    data: Path

    async def door(self, role: str, at: Brigade) -> Door:
        """A way to ask one of the hubs, as somebody with this role."""
        (account,) = (one for one in read_accounts(self.data / "demo-accounts.json") if one.role == role)
        return Door(self.web, Hubs((await at.url(),)).one(), Badge(account), Calls())

    async def arrives(self, role: str, at: Brigade) -> Person:
        return await Person.arrives(await at.url(), await (await self.door(role, at)).token(), device=role)


@asynccontextmanager
async def two_hubs(data: Path) -> AsyncIterator[TwoHubs]:
    async with AsyncExitStack() as open_now:
        first = await open_now.enter_async_context(brigade("up", "--port", "0", "--demo", "quiet", "--data", str(data)))
        await first.url()
        second = await open_now.enter_async_context(brigade("serve", "--port", "0", "--beside", str(data)))
        await second.url()
        web = await open_now.enter_async_context(aiohttp.ClientSession())
        yield TwoHubs(first, second, web, data)


async def test_two_hubs_are_one_house_and_a_killed_one_loses_nothing_and_shows_nothing_twice(tmp_path: Path) -> None:
    async with two_hubs(tmp_path) as hubs:
        waiter = await hubs.door("waiter", hubs.first)
        restaurant, dish = await a_dish(waiter)
        room = f"kitchen:{restaurant}:{dish['station']}"
        await _a_ticket_fired_at_one_hub_is_bumped_at_the_other_and_its_guest_sees_it(hubs, waiter, restaurant, dish)
        away, here = await hubs.arrives("cook", hubs.second), await hubs.arrives("expo", hubs.first)
        for person in (away, here):
            await person.subscribes(room)
        for _ in range(ORDERS):
            await places(waiter, restaurant, dish)
        await away.hears("ticket_fired")
        hubs.second.kill()
        await away.is_sent_away()
        away.screens[room].is_open, away.screens[room].is_between = False, True
        # What happens while nobody can tell that tablet.
        for _ in range(ORDERS):
            await places(waiter, restaurant, dish)
        await away.returns(await hubs.first.url())
        assert away.screens[room].recovered is True
        await here.hears_up_to(room, away.screens[room].entries[-1]["seq"])
        fired = [[one["ticketId"] for one in person.screens[room].entries] for person in (away, here)]
        assert fired[0] == fired[1]
        assert len(set(fired[0])) == 2 * ORDERS
        for person in (away, here):
            await person.leaves()


async def _a_ticket_fired_at_one_hub_is_bumped_at_the_other_and_its_guest_sees_it(
    hubs: TwoHubs, waiter: Door, restaurant: str, dish: dict[str, Any]
) -> None:
    cook = await hubs.arrives("cook", hubs.second)
    await cook.subscribes(f"kitchen:{restaurant}:{dish['station']}")
    placed = await places(waiter, restaurant, dish)
    guest = await Person.arrives(await hubs.second.url(), placed["guestLink"], device="telephone")
    await guest.subscribes(f"order:{placed['id']}")
    fired = await cook.hears("ticket_fired")
    await cook.asks("bump_ticket", ticketId=fired["ticketId"], commandId="done")
    assert (await guest.hears("order_status_update"))["status"] == "ready"
    await cook.leaves()
    await guest.leaves()
