"""What a waiter asked for and nobody has answered: no reload loses it, no tap repeats it, and a no is always said."""

import json
import re

import pytest
from playwright.async_api import WebSocketRoute, expect

from hub.people import Role
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.hubs import RunningHub
from tests.support.screens import NO_NETWORK, TABLET, Cook, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Switch:
    """A page's line to its hub: off and on again, while the page itself can still be loaded."""

    def __init__(self) -> None:
        self._is_on = True
        self._lines: list[WebSocketRoute] = []

    async def connect(self, line: WebSocketRoute) -> None:
        if self._is_on:
            line.connect_to_server()
            self._lines.append(line)
        else:
            await line.close()

    async def goes_off(self) -> None:
        self._is_on = False
        for line in self._lines:
            await line.close()
        self._lines.clear()

    def goes_on(self) -> None:
        self._is_on = True


async def a_switch(waiter: Waiter) -> Switch:
    """Between this waiter and the hub from now on."""
    switch = Switch()
    waiter.expects(NO_NETWORK)
    await waiter.page.route_web_socket(re.compile("/socket.io/"), switch.connect)
    await waiter.reloads()
    await waiter.is_live()
    return switch


async def test_an_order_refused_after_a_reload_is_on_its_pad_again_and_said_of_which_table(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    switch = await a_switch(waiter)
    await waiter.opens_table("7")
    await waiter.adds("Grilled sardines", "Pale ale, pint")
    await switch.goes_off()
    await waiter.sends()
    await waiter.reads("No connection. The order waits here and is sent by itself.")
    await waiter.reloads()
    await dinner.eighty_sixes("Grilled sardines")
    switch.goes_on()
    await waiter.reads(re.compile("^Table 7: not sent, and back on the pad. There is no more Grilled sardines"))
    await waiter.opens_table("7")
    pad = waiter.sheet.get_by_role("region", name="Pad")
    await expect(pad).to_contain_text("Grilled sardines")
    await expect(pad).to_contain_text("Pale ale")


async def test_what_was_sent_to_be_fired_is_called_for_after_a_reload_and_fired_with_one_tap(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    cook: Cook = await arrives(Cook, hub, dinner, address=f"/kitchen?station={dinner.stations['Fry']}")
    switch = await a_switch(waiter)
    await waiter.opens_table("7")
    await waiter.adds("Fish and chips")
    await switch.goes_off()
    await waiter.sends()
    await waiter.reads("No connection. The order waits here and is sent by itself.")
    await waiter.reloads()
    switch.goes_on()
    await waiter.reads("Course 1 was to be fired")
    call = waiter.page.get_by_role("region", name="Now").get_by_role("listitem").filter(has_text="Table 7")
    fire = call.get_by_role("button", name="Fire", exact=True)
    while await fire.count() and await fire.is_enabled():
        await fire.click()
    await cook.sees_ticket("Table 7", "Fish and chips")
    await waiter.calls_for_nothing()


async def test_what_is_refused_after_its_sheet_was_closed_is_told_all_the_same(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    switch = await a_switch(waiter)
    await switch.goes_off()
    await waiter.is_offline()
    await waiter.opens_table("8")
    await waiter.taps("Seat 3 guests")
    await waiter.closes_sheet()
    await dinner.seats("8")
    switch.goes_on()
    await expect(waiter.page.locator(".notice--bad")).to_be_visible()
    assert "The table is not in a state for that any more." in await waiter.page.locator(".notice--bad").inner_text()


async def test_what_a_page_left_unsent_is_sent_by_another_one_that_was_open_when_it_went(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    switch = await a_switch(waiter)
    other = Waiter(await waiter.page.context.new_page(), waiter.url)
    await switch.goes_off()
    await waiter.is_offline()
    await waiter.opens_table("8")
    await waiter.taps("Seat 3 guests")
    await waiter.reads("1 tap waits to be sent")
    await other.page.goto(waiter.page.url)
    await other.is_live()
    await other.opens_table("7")
    await other.taps("Seat 2 guests")
    await other.sees_table("7", "Seated")
    await other.sees_table("8", "Free")
    await waiter.page.close()
    await other.sees_table("8", "Seated")


async def test_a_pad_is_not_shown_to_whoever_signs_in_next(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    await dinner.seats("7")
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    await waiter.opens_table("7")
    await waiter.adds("Fish and chips")

    async def hand_over(role: Role) -> None:
        shift = json.dumps(dinner.shift(role))
        await waiter.page.evaluate("shift => localStorage.setItem('brigade.shift.floor', shift)", shift)
        await waiter.reloads()
        await waiter.opens_table("7")

    await hand_over(Role.HOST)
    pad = waiter.sheet.get_by_role("region", name="Pad")
    await expect(pad).to_have_text("Tap what they want.")
    await hand_over(Role.WAITER)
    await expect(pad).to_contain_text("Fish and chips")


async def test_what_is_being_settled_or_cancelled_cannot_be_settled_or_cancelled_again(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    order = await dinner.takes("7", "Fish and chips")
    fired = await dinner.fires(order)
    await dinner.bumps(fired.tickets[0].ticket_id)
    await dinner.serves(order)
    await dinner.takes("8", "Fish and chips")
    waiter: Waiter = await arrives(Waiter, hub, dinner, size=TABLET)
    switch = await a_switch(waiter)
    sending = waiter.sheet.get_by_role("button", name="Sending…")
    await waiter.opens_table("7")
    await switch.goes_off()
    await waiter.taps(re.compile("^Paid £"))
    await expect(sending).to_be_disabled()
    switch.goes_on()
    await waiter.sees_table("7", "Dirty")
    await expect(waiter.page.locator(".notice--bad, .trouble")).to_have_count(0)
    await waiter.puts_away()
    await waiter.is_live()
    await waiter.opens_table("8")
    await switch.goes_off()
    await waiter.taps("Cancel order")
    await waiter.taps("Yes, cancel the whole order")
    await expect(sending).to_be_disabled()
    switch.goes_on()
    await expect(waiter.sheet.get_by_role("region", name=re.compile("^Order "))).to_have_count(0)
    await expect(waiter.page.locator(".notice--bad, .trouble")).to_have_count(0)
