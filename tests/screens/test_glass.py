"""What a screen says it shows, it shows; and a ticket that no screen shows is seen by somebody else."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import expect

from hub.people import Role
from hub.store.database import connection
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.cable import a_cable
from tests.support.hubs import RunningHub
from tests.support.screens import LEFT, NO_NETWORK, PATIENCE_MS, PHONE, Cook, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")

HIDE = """(isHidden) => {
  const get = () => (isHidden ? "hidden" : "visible");
  Object.defineProperty(document, "visibilityState", { configurable: true, get });
}"""
FRAMES = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
})"""
SHOWN_SECONDS_MAX = 10.0


async def shown(dinner: Dinner) -> int:
    """Up to which number some station's device has shown its room, as far as is written down; -1 where none has."""
    await dinner.hub.glass.write()
    async with dinner.hub.database.snapshot():
        seq: int = await connection().fetchval("select coalesce(max(seq), -1) from glass")
    return seq


async def fired(dinner: Dinner) -> int:
    """The number of the last ticket that was fired."""
    async with dinner.hub.database.snapshot():
        seq: int = await connection().fetchval("select max(seq) from ledger where name = 'ticket_fired'")
    return seq


async def is_shown(dinner: Dinner) -> None:
    """Wait until a device has said that it shows the last ticket."""
    wanted = await fired(dinner)
    async with asyncio.timeout(SHOWN_SECONDS_MAX):
        while await shown(dinner) < wanted:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)


async def is_known(dinner: Dinner) -> None:
    """Wait until some station has a device."""
    async with asyncio.timeout(SHOWN_SECONDS_MAX):
        while await shown(dinner) < 0:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)


async def at_grill(arrives: Arrives, hub: RunningHub | str, dinner: Dinner, **how: Any) -> Cook:
    cook: Cook = await arrives(Cook, hub, dinner, address=f"/kitchen?station={dinner.stations['Grill']}", **how)
    await cook.is_live()
    return cook


async def test_a_station_says_what_it_has_painted(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    cook = await at_grill(arrives, hub, dinner)
    await dinner.orders("7", "Ladle burger")
    await cook.sees_ticket("Table 7")
    await is_shown(dinner)
    await dinner.orders("8", "Ladle burger")
    await is_shown(dinner)
    assert hub.metric("brigade_ticket_seen_seconds_count") == 2
    # The bar has no screen, and the pass is nobody's station.
    assert hub.metric("brigade_alerts_raised_total", kind="ticket_not_seen") == 0


async def test_a_page_that_nobody_can_see_claims_nothing_before_it_is_seen(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_grill(arrives, hub, dinner)
    await cook.page.evaluate(HIDE, True)
    await dinner.orders("7", "Ladle burger")
    # The hub has told it, and it has drawn it; nobody has looked. What it says it says in order.
    await cook.sees_ticket("Table 7")
    await cook.page.evaluate(FRAMES)
    await cook.starts("Table 7")
    await cook.sees_ticket("Table 7", "cooking")
    assert await shown(dinner) < await fired(dinner)
    await cook.page.evaluate(HIDE, False)
    await is_shown(dinner)


async def test_a_dead_line_is_told_of_on_the_floor_and_at_the_pass_and_the_backup_hangs_the_ticket(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    async with a_cable(hub.url) as cable:
        cook = await at_grill(arrives, cable.url, dinner)
        stove: Cook = await arrives(Cook, hub, dinner, address=f"/kitchen?station={dinner.stations['Stove']}")
        expo: Cook = await arrives(Cook, hub, dinner, role=Role.EXPO, address="/kitchen?pass")
        waiter: Waiter = await arrives(Waiter, hub, dinner, size=PHONE)
        await stove.is_live()
        cook.expects(NO_NETWORK, LEFT)
        await is_known(dinner)
        cable.go_dead()
        await dinner.orders("7", "Ladle burger")
        await expo.reads("1 not seen")
        await expo.reads(re.compile(r"^Grill has not seen Table 7, #\d+: Stove shows it too"))
        await waiter.reads("Grill has not seen it. Stove has it too")
        await stove.sees_ticket("Table 7", "Ladle burger", "For Grill")
        await expo.taps("By ticket", is_exact=False)
        await expo.sees_ticket("Table 7", "NOT SEEN AT Grill")
        cable.mend()
        await cook.sees_ticket("Table 7", "Ladle burger")
        await expo.reads_nowhere("1 not seen")
        await waiter.reads_nowhere(re.compile("has not seen it"))
        # Both have it, and whoever starts it first has it.
        await stove.starts("Table 7")
        await cook.sees_ticket("Table 7", "cooking")
        await expect(cook.card("Table 7").get_by_text("For Grill")).to_have_count(0)
        await cook.bumps("Table 7")
        await stove.sees_no_ticket("Table 7")


async def test_a_frozen_page_is_told_of_and_calms_it_when_it_thaws(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_grill(arrives, hub, dinner)
    waiter: Waiter = await arrives(Waiter, hub, dinner)
    await is_known(dinner)
    # As a tablet does that was put aside: its lines stay open, and nothing runs.
    tablet = await cook.page.context.new_cdp_session(cook.page)
    await tablet.send("Debugger.enable")
    await tablet.send("Debugger.pause")
    await dinner.orders("7", "Ladle burger")
    await expect(waiter.page.get_by_text("Grill has not seen it. Stove has it too")).to_be_visible(timeout=PATIENCE_MS)
    await tablet.send("Debugger.resume")
    await tablet.send("Debugger.disable")
    await cook.sees_ticket("Table 7")
    await waiter.reads_nowhere(re.compile("has not seen it"))
