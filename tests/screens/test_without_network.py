"""An evening without the network: the cook works on, closes the page and opens it again, and nothing is lost or hidden.

The network is really away: whoever comes over the cable is hung up on. What the hub merges is tried in `tests/away`.
"""

import asyncio
import json
import re
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Page, expect

from api import screens
from hub.audience import restaurant_scope
from hub.people import Role
from hub.store import ledger
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.cable import Cable, a_cable
from tests.support.hubs import RunningHub
from tests.support.screens import LEFT, NO_NETWORK, PATIENCE_MS, Cook, Glass, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")

STEPS = frozenset({"ticket_started", "ticket_bumped", "ticket_recalled", "void_crossed", "void_decided"})
HUNG = """() => [...document.querySelectorAll("article")].map((card) =>
  [card.getAttribute("aria-label"), card.dataset.status, card.querySelector("ul").innerText])"""
"""What hangs on a rail, card by card."""
FORBID_THE_DRAWER = "Object.defineProperty(window, 'indexedDB', { value: undefined })"


@pytest_asyncio.fixture(loop_scope="session")
async def cable(hub: RunningHub) -> AsyncIterator[Cable]:
    """The cable between a page and the hub."""
    async with a_cable(hub.url) as cable:
        yield cable


async def steps_of(dinner: Dinner, fired: Any) -> list[str]:
    """What became of the one ticket of a firing, in the ledger's order."""
    ticket = str(fired.tickets[0].ticket_id).encode()
    async with dinner.hub.database.snapshot():
        entries = await ledger.entries(restaurant_scope(dinner.restaurant), after=0, upto=10_000, limit=10_000)
    mine = [one.name for one in entries if one.name in STEPS and ticket in one.payload]
    return [name.removeprefix("ticket_") for name in mine]


async def comes_to(what: Callable[[], Awaitable[Any]], wanted: object) -> None:
    """Wait until it is so: nobody tells of it, for the screen goes on without it."""
    async with asyncio.timeout(PATIENCE_MS / 1_000):
        while await what() != wanted:  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.02)


async def has_gone(dinner: Dinner, fired: Any, *steps: str) -> None:
    """Wait until this became of the ticket, and nothing else."""
    await comes_to(lambda: steps_of(dinner, fired), list(steps))


async def is_held(somebody: Glass) -> None:
    """Wait until their device holds the screens."""
    await somebody.page.evaluate("navigator.serviceWorker.ready")


async def test_a_cook_works_on_alone_and_afterwards_everybody_sees_the_same(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    station = f"/kitchen?station={dinner.stations['Grill']}"
    seven_order = await dinner.takes("7", "Ladle burger")
    seven = await dinner.fires(seven_order)
    eight, nine = await dinner.orders("8", "Grilled sardines"), await dinner.orders("9", "Ladle burger")
    cook: Cook = await arrives(Cook, cable.url, dinner, address=station, holds_screens=True)
    expo: Cook = await arrives(Cook, hub, dinner, role=Role.EXPO, address="/kitchen?pass")
    await cook.sees_tickets(3)
    await cook.bumps("Table 8")
    await cook.sees_tickets(2)
    await is_held(cook)

    cook.expects(NO_NETWORK, LEFT)
    cable.cut()
    await cook.is_offline()
    await cook.bumps("Table 7")
    await cook.recalls("Table 8")
    await cook.sees_tickets(2)
    await cook.reads(re.compile(r"^2 taps wait to be sent, since \d\d:\d\d$"))
    # The tablet loses its power, and comes back.
    await cook.page.reload()
    await cook.is_offline()
    await cook.sees_ticket("Table 8", "Recall waits to be sent")
    await cook.sees_no_ticket("Table 7")
    await cook.bumps("Table 9")
    await cook.reads(re.compile(r"^3 taps wait to be sent"))

    # Meanwhile a manager voids what is up, another cook has the ninth back, and the evening goes on.
    await dinner.voids(seven_order)
    await dinner.bumps(nine.tickets[0].ticket_id)
    await dinner.recalls(nine.tickets[0].ticket_id)
    await dinner.orders("10", "Ladle burger")
    cable.mend()

    await cook.sees_ticket("Table 10")
    await cook.reads("Table 9, #3 was recalled before your bump arrived. It is on the rail again.")
    await cook.sees_tickets(3)
    await cook.is_live()
    await cook.reads_nowhere(re.compile("to be sent"))
    await has_gone(dinner, seven, "bumped", "void_crossed")
    await has_gone(dinner, eight, "bumped", "recalled")
    await has_gone(dinner, nine, "bumped", "recalled")
    shown = await cook.page.evaluate(HUNG)
    await cook.reloads()
    await cook.is_live()
    await cook.sees_tickets(3)
    assert await cook.page.evaluate(HUNG) == shown

    await expo.reads("VOIDED, BUT IT IS UP ALREADY")
    serve, sure = re.compile(r"^Serve it: Table 7"), "Yes: serve it. It is on the bill again."
    await expo.taps_to(serve, "Not yet")
    await expo.taps("Not yet")
    await has_gone(dinner, seven, "bumped", "void_crossed")
    await expo.taps_to(serve, sure)
    while await expo.page.get_by_role("button", name=sure).count():
        await expo.taps(sure)
    await expo.reads_nowhere("VOIDED, BUT IT IS UP ALREADY")
    await expo.sees_ticket("Table 7", "READY")
    await has_gone(dinner, seven, "bumped", "void_crossed", "void_decided")


async def test_what_a_closed_page_left_is_sent_by_the_next_and_by_nobody_while_it_lives(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    station = f"/kitchen?station={dinner.stations['Grill']}"
    fired = await dinner.orders("7", "Ladle burger")
    cook: Cook = await arrives(Cook, cable.url, dinner, address=station, holds_screens=True)
    await cook.sees_ticket("Table 7")
    await is_held(cook)
    cook.expects(NO_NETWORK, LEFT)
    cable.cut()
    await cook.is_offline()
    await cook.bumps("Table 7")
    await cook.reads("1 tap waits to be sent")
    former: Page = cook.page
    second = await former.context.new_page()
    await second.goto(cable.url + station)
    await expect(second.get_by_role("article")).to_have_count(1)
    await expect(second.get_by_text("to be sent")).to_have_count(0)
    await former.close()
    cable.mend()
    await expect(second.get_by_role("article")).to_have_count(0)
    await has_gone(dinner, fired, "bumped")


async def test_a_waiter_takes_an_order_at_a_tablet_that_came_up_without_the_network(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, cable.url, dinner, holds_screens=True)
    await waiter.sees_table("7", "Seated")
    # The menu has come, too.
    await waiter.opens_table("7")
    await expect(waiter.dish("Fish and chips")).to_be_visible()
    await is_held(waiter)
    waiter.expects(NO_NETWORK, LEFT)
    cable.cut()
    await waiter.is_offline()
    await waiter.page.reload()
    await waiter.is_offline()
    await waiter.opens_table("7")
    await waiter.adds("Fish and chips")
    await waiter.sends()
    await waiter.reads("1 tap waits to be sent")
    cable.mend()
    await waiter.sees_table("7", "Ordered")


async def test_what_an_older_page_kept_for_its_tab_is_sent(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    fired = await dinner.orders("7", "Ladle burger")
    cook: Cook = await arrives(Cook, hub, dinner, address=f"/kitchen?station={dinner.stations['Grill']}")
    await cook.sees_ticket("Table 7")
    kept = {
        "commandId": str(uuid4()),
        "verb": "bump_ticket",
        "fields": {"ticketId": str(fired.tickets[0].ticket_id)},
        "askedAtMs": time.time() * 1_000,
        "isHeldUp": True,
        "wasSaid": False,
    }
    name = f"brigade.outbox.{dinner.people[Role.COOK].id}"
    await cook.page.evaluate("([name, text]) => sessionStorage.setItem(name, text)", [name, json.dumps([kept])])
    await cook.reloads()
    await cook.is_live()
    await cook.sees_no_ticket("Table 7")
    await has_gone(dinner, fired, "bumped")
    assert await cook.page.evaluate("name => sessionStorage.getItem(name)", name) is None


class Screens:
    """A hub that has nothing but screens, of one build and then of another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @asynccontextmanager
    async def serve(self, build: str, port: int = 0) -> AsyncIterator[tuple[str, int]]:
        """This machine's build, told from others by its name; its digest, and the port."""
        built = self._folder / build
        shutil.copytree(screens.BUILT, built)
        before = str(screens.digest(built))
        kitchen = built / "kitchen.html"
        kitchen.write_text(kitchen.read_text() + f"<!-- {build} -->")
        now, worker = str(screens.digest(built)), built / "worker.js"
        worker.write_text(worker.read_text().replace(before, now))
        app = web.Application()
        screens.attach(app.router, built)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        try:
            yield now, runner.addresses[0][1]
        finally:
            await runner.cleanup()


async def test_a_device_takes_up_another_build_as_a_whole_and_lets_go_of_the_former(
    dinner: Dinner, arrives: Arrives, tmp_path: Path
) -> None:
    house = Screens(tmp_path)
    held = "caches.keys()"
    async with house.serve("former") as (former, port):
        cook: Cook = await arrives(Cook, f"http://127.0.0.1:{port}", dinner, holds_screens=True)
        # There is nobody to ask for anything.
        cook.expects(".*")
        await is_held(cook)
        assert await cook.page.evaluate(held) == [f"brigade.shell.{former}"]
    async with house.serve("newer", port) as (newer, _):
        await cook.page.reload()
        await comes_to(lambda: cook.page.evaluate(held), [f"brigade.shell.{newer}"])
    await cook.page.reload()
    assert await cook.page.evaluate("document.querySelector('meta[name=screens]').content") == newer
    policy = "caches.match('/kitchen').then((page) => page.headers.get('Content-Security-Policy'))"
    assert "script-src 'self'" in await cook.page.evaluate(policy)


async def test_a_device_that_keeps_nothing_says_not_to_reload_while_something_waits(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.orders("7", "Ladle burger")
    cook: Cook = await arrives(Cook, cable.url, dinner, address=f"/kitchen?station={dinner.stations['Grill']}")
    await cook.page.add_init_script(FORBID_THE_DRAWER)
    await cook.reloads()
    await cook.sees_ticket("Table 7")
    cook.expects(NO_NETWORK)
    warning = "Do not reload or close this page: this device cannot keep what waits."
    await cook.reads_nowhere(warning)
    cable.cut()
    await cook.is_offline()
    await cook.bumps("Table 7")
    await cook.reads(warning)
    cable.mend()
    await cook.is_live()
    await cook.reads_nowhere(warning)


async def test_a_tablet_with_nothing_to_show_and_nobody_to_ask_says_so(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    station = f"/kitchen?station={dinner.stations['Grill']}"
    cook: Cook = await arrives(Cook, cable.url, dinner, address=station, holds_screens=True)
    await cook.page.add_init_script(FORBID_THE_DRAWER)
    await is_held(cook)
    cook.expects(NO_NETWORK, LEFT)
    cable.cut()
    await cook.page.reload()
    await expect(cook.page.locator("main").get_by_text("Nothing from the hub yet. Trying again.")).to_be_visible()
    # That nothing is open, or off, would be a claim.
    await cook.reads_nowhere(re.compile(r"\bopen$|^Nothing 86"))
    cable.mend()
    await cook.is_live()


async def test_whoever_signs_out_leaves_nothing_to_look_at_on_the_device(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    waiter: Waiter = await arrives(Waiter, cable.url, dinner)
    await waiter.sees_table("7", "Free")
    waiter.expects(NO_NETWORK)
    count = """(name) => new Promise((resolve) => {
      const opening = indexedDB.open("brigade");
      opening.onsuccess = () => {
        const counting = opening.result.transaction(name).objectStore(name).count();
        counting.onsuccess = () => (opening.result.close(), resolve(counting.result));
      };
    })"""
    cable.cut()
    await waiter.is_offline()
    assert await waiter.page.evaluate(count, "seen") > 0
    await waiter.signs_out()
    await waiter.is_asked_to_sign_in()
    assert await waiter.page.evaluate(count, "seen") == 0
