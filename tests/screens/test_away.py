"""What screens do while they are cut off, and when they come back: nothing is lost or done twice, and no reload."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from hub.audience import restaurant_scope
from hub.people import Role
from hub.store import ledger
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.cable import Cable, a_cable
from tests.support.houses import SECRET
from tests.support.hubs import RunningHub
from tests.support.ports import a_free_port
from tests.support.processes import brigade
from tests.support.screens import LEFT, NO_NETWORK, PHONE, TABLET, Cook, Glass, Guest, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")

OTHER_SCREENS = "0123456789ab"
PATIENCE_SECONDS = 10.0


@pytest_asyncio.fixture(loop_scope="session")
async def cable(hub: RunningHub) -> AsyncIterator[Cable]:
    """The cable between a page and the first hub."""
    async with a_cable(hub.url) as cable:
        yield cable


async def recorded(dinner: Dinner, name: str) -> int:
    """How many facts of this name the restaurant's ledger holds."""
    async with dinner.hub.database.snapshot():
        entries = await ledger.entries(restaurant_scope(dinner.restaurant), after=0, upto=10_000, limit=10_000)
    return sum(entry.name == name for entry in entries)


async def comes_to(dinner: Dinner, name: str, count: int) -> None:
    """Wait until so many facts of this name are in the ledger: only it knows, for screens go on without it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while await recorded(dinner, name) < count:  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)
    assert await recorded(dinner, name) == count


def beats(hub: RunningHub) -> None:
    """The hub's beat, now rather than in five seconds."""
    frame = hub.rooms.vitals.beat().frame()
    for socket in hub.rooms.sockets:
        socket.link.push(frame)


# ------------------------------------------------------------------ the network


async def test_a_page_that_was_cut_off_for_a_minute_comes_back_by_itself_with_everything_in_it(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.orders("7", "Ladle burger")
    station = f"/kitchen?station={dinner.stations['Grill']}"
    cook: Cook = await arrives(Cook, cable.url, dinner, address=station, has_clock=True)
    await cook.is_live()
    await cook.sees_ticket("Table 7")
    cook.expects(NO_NETWORK)
    cable.cut()
    await cook.is_offline()
    await cook.is_not_grey()
    await cook.lets_pass(60)
    await cook.is_grey()
    await cook.reads("What you see may be out of date.")
    # What is old can still be read.
    await cook.sees_ticket("Table 7", "Ladle burger")
    # Meanwhile the evening goes on.
    for table in ("8", "9", "10"):
        await dinner.orders(table, "Grilled sardines")
    cable.mend()
    await cook.lets_pass(10)
    await cook.sees_tickets(4)
    await cook.is_live()
    await cook.is_not_grey()
    assert cook.loads == 1


async def test_a_line_that_goes_dead_without_a_word_is_noticed(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    cook: Cook = await arrives(Cook, cable.url, dinner, address="/kitchen?pass", has_clock=True)
    await cook.is_live()
    # Whoever asks over a dead line gives up by himself.
    cook.expects(NO_NETWORK, LEFT)
    cable.go_dead()
    await cook.lets_pass(10)
    await expect(cook.page.get_by_text(re.compile(r"^Behind by 1\d s$"))).to_be_visible()
    await cook.lets_pass(6)
    await cook.is_grey()
    await cook.is_offline()
    await dinner.orders("7", "Ladle burger")
    cable.mend()
    await cook.lets_pass(10)
    await cook.sees_ticket("Table 7")
    await cook.is_live()
    assert cook.loads == 1


async def test_a_tap_made_while_cut_off_waits_visibly_can_be_taken_back_and_is_sent_once(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.orders("7", "Ladle burger")
    await dinner.orders("8", "Ladle burger")
    cook: Cook = await arrives(Cook, cable.url, dinner, address=f"/kitchen?station={dinner.stations['Grill']}")
    await cook.sees_tickets(2)
    cook.expects(NO_NETWORK)
    cable.cut()
    await cook.is_offline()
    await cook.bumps("Table 8")
    await cook.taps(re.compile(r"^Recall 1"))
    await cook.taps(re.compile(r"^Take back: Bump, Table 8"))
    await cook.reads_nowhere("1 tap waits to be sent")
    await cook.sees_ticket("Table 8")
    await cook.puts_away()
    await cook.bumps("Table 7")
    await cook.sees_no_ticket("Table 7")
    await cook.reads("1 tap waits to be sent")
    await cook.reads(re.compile(r"^Bump of Table 7, #\d+ waits to be sent$"))
    cable.mend()
    await cook.reads_nowhere("1 tap waits to be sent")
    await comes_to(dinner, "ticket_bumped", 1)
    await cook.is_live()
    await cook.sees_no_ticket("Table 7")
    await cook.sees_ticket("Table 8")


async def test_serving_once_is_enough_and_is_seen_to_wait(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    expo: Cook = await arrives(Cook, cable.url, dinner, role=Role.EXPO, address="/kitchen?pass")
    fired = await dinner.orders("7", "Ladle burger")
    await dinner.bumps(*(one.ticket_id for one in fired.tickets))
    await expo.sees_ticket("Table 7", "READY")
    serve = expo.card("Table 7").get_by_role("button", name="Serve")
    expo.expects(NO_NETWORK)
    cable.cut()
    await expo.is_offline()
    await serve.evaluate("(button) => { button.click(); button.click(); }")
    await expo.sees_no_ticket("Table 7")
    await expo.reads("1 tap waits to be sent")
    await expo.taps(re.compile(r"^Recall 0"))
    await expo.reads("Serve waits to be sent")
    await expo.taps(re.compile(r"^Take back: Serve, Table 7"))
    await serve.click()
    cable.mend()
    await comes_to(dinner, "ticket_served", 1)
    await expo.is_live()
    await expo.sees_no_ticket("Table 7")


async def test_an_order_taken_while_cut_off_is_sent_when_the_line_is_back(
    hub: RunningHub, cable: Cable, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, cable.url, dinner, size=TABLET)
    await waiter.opens_table("7")
    # Who is cut off before the menu has come can order nothing from it.
    await expect(waiter.dish("Fish and chips")).to_be_visible()
    waiter.expects(NO_NETWORK)
    cable.cut()
    await waiter.is_offline()
    await waiter.adds("Fish and chips", "Pale ale, pint")
    await waiter.sends()
    await waiter.reads("No connection. The order waits here and is sent by itself.")
    cable.mend()
    await waiter.sees_table("7", "Ordered")
    assert await recorded(dinner, "order_placed") == 1
    # It is fired by a deed of its own, which the table need not wait for.
    await comes_to(dinner, "ticket_fired", 2)
    assert waiter.loads == 1


# ------------------------------------------------------------------ the hub


def of_the_same_house(dinner: Dinner, port: int) -> dict[str, str]:
    """What a hub of this house is told in its environment."""
    settings = dinner.hub.settings
    return {
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "BRIGADE_SECRET": SECRET,
        "PORT": str(port),
    }


async def test_a_hub_closes_and_the_next_is_killed_under_everybody_and_they_catch_up_without_a_reload(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    environment = of_the_same_house(dinner, a_free_port())
    order = await dinner.takes("7", "Ladle burger", "Fish and chips")
    await dinner.fires(order)
    async with brigade("serve", environment=environment) as first:
        url = await first.url()
        cook: Cook = await arrives(Cook, url, dinner, address=f"/kitchen?station={dinner.stations['Grill']}")
        waiter: Waiter = await arrives(Waiter, url, dinner)
        guest: Guest = await arrives(Guest, url, address=f"/track/{order.guest_link}", size=PHONE)
        everybody: tuple[Glass, ...] = (cook, waiter, guest)
        await cook.sees_ticket("Table 7")
        await waiter.sees_table("7", "Ordered")
        await guest.sees_step("In the kitchen")
        for one in everybody:
            one.expects(NO_NETWORK)
        first.kill(15)
        assert await first.ends() == 0
        for one in everybody:
            await one.is_offline()
    await dinner.orders("8", "Grilled sardines")
    async with brigade("serve", environment=environment) as doomed:
        await doomed.url()
        await cook.sees_ticket("Table 8")
        for one in everybody:
            await one.is_live()
        doomed.kill()
        for one in everybody:
            await one.is_offline()
    await cook.bumps("Table 7")
    await cook.reads("1 tap waits to be sent")
    await dinner.orders("9", "Grilled sardines")
    async with brigade("serve", environment=environment) as risen:
        await risen.url()
        await cook.sees_no_ticket("Table 7")
        await cook.sees_ticket("Table 9")
        await waiter.sees_table("9", "Ordered")
        await waiter.reads(re.compile("1 plate ready"))
        for one in everybody:
            await one.is_live()
            assert one.loads == 1
    assert await recorded(dinner, "ticket_bumped") == 1


# ------------------------------------------------------------------ a new version


async def test_a_new_version_is_taken_up_by_itself_and_two_hubs_of_two_make_nobody_reload_for_ever(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook: Cook = await arrives(
        Cook, hub, dinner, address=f"/kitchen?station={dinner.stations['Grill']}", has_clock=True
    )
    await dinner.orders("7", "Ladle burger")
    await cook.sees_ticket("Table 7")
    cook.expects(LEFT)
    hub.hub.screens = OTHER_SCREENS
    async with cook.page.expect_event("load"):
        beats(hub)
    await cook.sees_ticket("Table 7")
    await cook.is_live()
    assert cook.loads == 2
    hub.hub.screens = OTHER_SCREENS[::-1]
    beats(hub)
    await cook.lets_pass(20)
    await dinner.orders("8", "Ladle burger")
    await cook.sees_ticket("Table 8")
    assert cook.loads == 2


async def test_a_new_version_waits_for_free_hands_and_loses_no_draft(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, hub, dinner)
    await waiter.opens_table("7")
    await waiter.adds("Fish and chips")
    waiter.expects(LEFT)
    hub.hub.screens = OTHER_SCREENS
    beats(hub)
    await waiter.reads("A new version is here. It is taken up as soon as your hands are free.")
    await waiter.adds("Pale ale, pint")
    assert waiter.loads == 1
    async with waiter.page.expect_event("load"):
        await waiter.closes_sheet()
    await waiter.opens_table("7")
    pad = waiter.sheet.get_by_role("region", name="Pad")
    await expect(pad).to_contain_text("Fish and chips")
    await expect(pad).to_contain_text("Pale ale, pint")
    assert waiter.loads == 2
