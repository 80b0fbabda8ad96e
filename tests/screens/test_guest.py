"""A guest's evening on a telephone: how far the order is, without signing in, and a friendly end."""

import re

import pytest
from playwright.async_api import expect

from hub.commands.orders import CloseOrder
from hub.events.floor import TableStatus
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.hubs import RunningHub
from tests.support.screens import PHONE, Cook, Guest

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def follows(arrives: Arrives, hub: RunningHub, link: str, **how: object) -> Guest:
    """A guest with this link."""
    guest: Guest = await arrives(Guest, hub, address=f"/track/{link}", size=PHONE, **how)
    return guest


async def test_a_guest_follows_an_order_to_ready_and_served(
    hub: RunningHub, other_hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    order = await dinner.takes("7", dinner.line("Fish and chips", 2), "Pale ale, pint")
    guest = await follows(arrives, other_hub, order.guest_link)
    cook: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass")
    await guest.sees_step("Placed")
    fired = await dinner.fires(order)
    await guest.sees_step("In the kitchen")
    await cook.sees_ticket("Table 7")
    await dinner.bumps(*(one.ticket_id for one in fired.tickets))
    await guest.reads("Your food is ready!")
    await expect(guest.page).to_have_title(re.compile("Ready!"))
    await dinner.serves(order)
    await guest.reads("Enjoy your meal")
    await expect(guest.page.get_by_role("listitem").filter(has_text="Served")).to_contain_text("(done)")
    await guest.reads("£40.20")
    assert guest.loads == 1


async def test_a_party_sees_all_that_it_ordered_until_it_leaves(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    link = await dinner.seats("7")
    guest = await follows(arrives, hub, link)
    await guest.reads("Nothing is ordered yet. What you order appears here.")
    order = await dinner.takes("7", "Pale ale, pint")
    await guest.reads("Pale ale, pint")
    fired = await dinner.fires(order)
    await dinner.bumps(fired.tickets[0].ticket_id)
    await dinner.serves(order)
    await dinner.asks(CloseOrder(order_id=order.order_id))
    await dinner.becomes("7", TableStatus.DIRTY)
    await guest.reads("Thank you for coming")
    # Whoever opens it again is told the same, and nobody asks for ever.
    await guest.reloads()
    await guest.reads("Thank you for coming")


async def test_a_link_that_leads_nowhere_is_said_kindly_and_is_not_tried_for_ever(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    order = await dinner.takes("7", "Pale ale, pint")
    forged = order.guest_link[:-8] + "AAAAAAAA"
    guest = await follows(arrives, hub, forged, has_clock=True)
    await guest.reads("This link leads nowhere")
    before = len(guest.lines)
    await guest.lets_pass(60)
    await guest.reads("This link leads nowhere")
    assert len(guest.lines) == before == 1
    # Of a piece of a link the hub is asked nothing.
    guest = await follows(arrives, hub, "half-a-link")
    await guest.reads("This link leads nowhere")
    assert guest.lines == []


async def test_a_guest_reads_in_the_language_of_the_telephone_and_the_link_is_told_to_nobody(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    link = (await dinner.takes("8", "Pale ale, pint")).guest_link
    guest = await follows(arrives, hub, link, language="es-ES")
    await guest.reads("Pale ale, pint")
    await expect(guest.page.locator("html")).to_have_attribute("lang", re.compile("^es"))
    await guest.reads_nowhere("Placed")
    assert link not in await guest.page.title()
    assert [one for one in guest.asked[1:] if link in one] == []
    stored = await guest.page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    assert link not in stored
