"""The README's pictures, taken of a dinner that is always the same: `python -m tests.screens.photographs`.

In whichever fonts this machine has. Not its business: whether what is on them is right, which the tests say.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, async_playwright, expect

from hub import demo
from hub.embedded import Servers
from tests.screens.dinner import Dinner, an_evening
from tests.screens.looking import settles
from tests.screens.pictures import made_small
from tests.support.databases import a_database, a_quick_folder, open_database, open_test_servers
from tests.support.hubs import RunningHub, a_hub
from tests.support.screens import (
    DESK,
    PHONE,
    Cook,
    Glass,
    Guest,
    Operator,
    Owner,
    Passerby,
    Size,
    Waiter,
    found_browser,
)
from tests.whole.project import ROOT

PICTURES = ROOT / "docs" / "pictures"
WATCHED_MS = 40_000


@dataclass(frozen=True)
class Photograph:
    """One picture: who stands before what, and what must be seen on it."""

    name: str
    who: type[Glass]
    shows: str
    address: Callable[[Dinner], str] | None = None
    size: Size = DESK
    opens: Callable[[Any], Awaitable[object]] | None = None


ALBUM = (
    Photograph("front", Passerby, ".docket__facts li"),
    Photograph("kitchen", Cook, "article", lambda dinner: f"/kitchen?station={dinner.stations['Grill']}"),
    Photograph("pass", Cook, "article", lambda _: "/kitchen?pass"),
    Photograph("floor", Waiter, "section.plan"),
    Photograph("taking", Waiter, "section.plan", opens=lambda waiter: _takes_an_order(waiter)),
    Photograph("guest", Guest, "article", size=PHONE),
    Photograph("office", Owner, "body:has(.office__house:not(:empty)) .people__one"),
    # The last one: for its plots the evening has to go on.
    Photograph("ops", Operator, ".verdict"),
)


async def _takes_an_order(waiter: Waiter) -> None:
    await waiter.opens_table("1")
    await waiter.adds("Fish and chips", "Mushroom and barley risotto", "Pale ale, pint", "House red, 175 ml")


@asynccontextmanager
async def _opened(servers: Servers, accounts: Path) -> AsyncIterator[tuple[RunningHub, Dinner]]:
    """Two hubs of the restaurant at half past eight, the first of which is a demo."""
    async with a_database(servers.postgres_url) as url:
        database = await open_database(url)
        await demo.seed(database, accounts)
        async with a_hub(url, servers.redis_url) as hub, a_hub(url, servers.redis_url):
            hub.hub.demo = await demo.find(database, speed=1)
            dinner = await Dinner.at(hub.hub)
            await an_evening(dinner)
            yield hub, dinner
        await database.close()


async def _take(photograph: Photograph, browser: Browser, hub: RunningHub, dinner: Dinner) -> bytes:
    address = photograph.address(dinner) if photograph.address else None
    if photograph.who is Guest:
        address = f"/track/{(await dinner.links('7'))[0]}"
    shift = dinner.shift(photograph.who.role) if photograph.who.role else None
    async with photograph.who.before(browser, hub.url, address=address, shift=shift, size=photograph.size) as glass:
        await expect(glass.page.locator(photograph.shows).first).to_be_visible()
        await glass.is_live()
        if photograph.opens is not None:
            await photograph.opens(glass)
        if photograph.who is Operator:
            await _something_happens(dinner, glass)
        await settles(glass.page, photograph.size)
        return await glass.page.screenshot(animations="disabled", caret="hide", scale="css")


async def _something_happens(dinner: Dinner, glass: Glass) -> None:
    """Let some time pass in which people work, so that the plots have something to show."""
    fired = await dinner.orders("9", "Ladle burger")
    (ticket,) = fired.tickets
    while await glass.page.evaluate("performance.now()") < WATCHED_MS:
        await dinner.bumps(ticket.ticket_id)
        await dinner.recalls(ticket.ticket_id)
        await asyncio.sleep(0.05)


async def take_all(servers: Servers, accounts: Path, binary: str) -> None:
    """Take every picture of the album anew."""
    PICTURES.mkdir(exist_ok=True)
    async with async_playwright() as playwright, _opened(servers, accounts) as (hub, dinner):
        browser = await playwright.chromium.launch(executable_path=binary)
        taken = {one.name: await _take(one, browser, hub, dinner) for one in ALBUM}
        await browser.close()
    # Only now: while this machine calculates, no hub on it looks well.
    for name, picture in taken.items():
        small = made_small(picture)
        (PICTURES / f"{name}.png").write_bytes(small)
        print(f"{name}.png: {len(small) // 1024} KiB")


def main() -> None:
    binary = found_browser()
    if binary is None:
        raise SystemExit("Neither Chromium nor Chrome is on this machine.")
    with a_quick_folder() as folder, open_test_servers(folder) as servers:
        asyncio.run(take_all(servers, Path(folder) / "accounts.json", binary))


if __name__ == "__main__":
    main()
