"""A waiter's evening on glass: parties are seated, orders taken in few taps, food is run, and tables settled."""

import re

import pytest
from playwright.async_api import expect

from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.hubs import RunningHub
from tests.support.screens import PHONE, TABLET, Cook, Guest, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")

TAPS_MAX = 6
"""Its table, four items, and one tap that sends them and fires them."""


async def test_an_order_taken_at_one_hub_hangs_in_the_kitchen_of_the_other(
    hub: RunningHub, other_hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    cook: Cook = await arrives(Cook, other_hub, dinner, address=f"/kitchen?station={dinner.stations['Grill']}")
    await waiter.opens_table("7")
    await waiter.adds("Ladle burger")
    await waiter.chooses("Medium rare", "Mash")
    await waiter.adds("Aubergine, tahini, herbs", "Pale ale, pint")
    await waiter.sends()
    await cook.sees_ticket("Table 7", "Ladle burger", "Medium rare", "Mash", "Aubergine")
    await waiter.sees_table("7", "Ordered")


async def test_a_common_order_takes_no_more_than_six_taps(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    """Two mains and two drinks for a party that was just seated."""
    for table, size in {"7": PHONE, "8": TABLET}.items():
        await dinner.seats(table)
        waiter: Waiter = await arrives(Waiter, hub, dinner, size=size)
        await waiter.is_live()
        await waiter.opens_table(table)
        await waiter.adds("Fish and chips", "Mushroom and barley risotto", "Pale ale, pint", "House red, 175 ml")
        await waiter.sends()
        await waiter.sees_table(table, "Ordered")
        assert waiter.taps_made <= TAPS_MAX, size.name


async def test_a_party_is_seated_served_and_settled_from_its_table(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    await waiter.opens_table("8")
    await waiter.taps("Seat 3 guests")
    await waiter.sees_table("8", "Seated")
    await waiter.closes_sheet()
    fired = await dinner.fires(await dinner.takes("8", "Fish and chips", is_seated=True))
    await waiter.sees_table("8", "Ordered")
    await dinner.bumps(fired.tickets[0].ticket_id)
    await waiter.reads(re.compile("1 plate ready"))
    await waiter.runs("Table 8")
    await waiter.calls_for_nothing()
    await waiter.opens_table("8")
    await waiter.taps(re.compile("^Paid £"))
    await waiter.sees_table("8", "Dirty")


async def test_a_draft_outlives_a_reload_and_a_refusal_which_is_said_where_the_waiter_is(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    await waiter.opens_table("7")
    await waiter.adds("Grilled sardines", "Grilled sardines", "Pale ale, pint")
    await waiter.reloads()
    await waiter.opens_table("7")
    pad = waiter.sheet.get_by_role("region", name="Pad")
    await expect(pad).to_contain_text("Grilled sardines")
    await waiter.reads(re.compile("^3 items"))
    await dinner.eighty_sixes("Grilled sardines")
    await waiter.sends()
    await expect(waiter.sheet.get_by_role("alert")).to_contain_text("There is no more Grilled sardines")
    await expect(pad).to_contain_text("Pale ale")


async def test_an_order_is_taken_by_keyboard_alone_from_a_menu_that_is_searched_forgivingly(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, hub, dinner)
    await waiter.is_live()
    await waiter.tabs_to(re.compile("^Table 7"))
    await waiter.presses("Enter")
    await expect(waiter.sheet).to_be_visible()
    # Letters go to the search wherever the focus is, and Enter adds the first that is found.
    await waiter.types("tof pud")
    await expect(waiter.dish("Sticky toffee pudding")).to_be_visible()
    await expect(waiter.dish("Fish and chips")).to_have_count(0)
    await waiter.presses("Enter")
    await waiter.types("pale")
    await waiter.presses("Enter")
    await expect(waiter.sheet.get_by_role("region", name="Pad")).to_contain_text("Sticky toffee pudding")
    await expect(waiter.sheet.get_by_role("region", name="Pad")).to_contain_text("Pale ale")
    await waiter.tabs_to(re.compile("^Send & fire"))
    await waiter.presses("Enter")
    await waiter.sees_table("7", "Ordered")


async def test_a_guest_opens_the_table_with_the_link_that_the_waiter_shows(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.orders("7", "Fish and chips")
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    await waiter.opens_table("7")
    await waiter.taps("Guest’s link")
    await expect(waiter.sheet.get_by_role("img", name="QR code of the link")).to_be_visible()
    link = await waiter.sheet.get_by_role("link").get_attribute("href")
    assert link is not None
    guest: Guest = await arrives(Guest, hub, address="/track/" + link.rpartition("/")[2], size=PHONE)
    await guest.reads("Fish and chips")
    await guest.sees_step("In the kitchen")


async def test_what_leaves_the_house_is_taken_without_a_table(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    cook: Cook = await arrives(Cook, hub, dinner, address=f"/kitchen?station={dinner.stations['Fry']}")
    await waiter.taps(re.compile("^Pickup & delivery"))
    await waiter.taps("New pickup")
    await waiter.sheet.get_by_label("Customer’s name").fill("Ada Quill")
    await waiter.adds("Fish and chips")
    await waiter.taps("Send to the kitchen")
    await cook.sees_ticket("Ada Quill", "Fish and chips", "Pickup")
