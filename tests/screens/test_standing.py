"""What an operator tells everybody, or a role: it stands at their screens, beside the board, until it is put away."""

from dataclasses import replace

import pytest
from playwright.async_api import expect

from hub.commands.people import Announce, Notify
from hub.people import Role
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.hubs import RunningHub
from tests.support.screens import PHONE, Cook, Guest, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def says(dinner: Dinner, said: Announce | Notify) -> None:
    """Have an operator say it."""
    await dinner.hub.deeds.do(said, by=replace(dinner.actor(Role.OWNER), is_operator=True))


async def test_what_was_said_stands_beside_the_board_over_a_reload_until_it_is_put_away(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.orders("7", "Ladle burger")
    cook: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass")
    await cook.sees_ticket("Table 7")
    await says(dinner, Announce(title="A shorter menu", message="From tomorrow on."))
    await cook.reads("A shorter menu")
    await cook.sees_ticket("Table 7")
    await cook.reloads()
    await cook.reads("A shorter menu")
    await cook.taps("Put away")
    await cook.reads_nowhere("A shorter menu")
    await says(dinner, Notify(user_id=dinner.people[Role.COOK].id, title="Your shift", message="You may go at ten."))
    await cook.reloads()
    # What was put away is in the same board, and would be counted here.
    await expect(cook.page.locator(".standing")).to_contain_text("Your shift")
    await cook.reads_nowhere("and one more")


async def test_what_is_said_to_cooks_stands_at_no_waiters_screen(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass")
    waiter: Waiter = await arrives(Waiter, hub, dinner)
    await says(dinner, Announce(title="The walk-in is warm", message="Use the small one.", role=Role.COOK))
    await cook.reads("The walk-in is warm")
    await says(dinner, Announce(title="Early closing", message="At ten."))
    await cook.reads("and one more")
    await expect(waiter.page.locator(".standing")).to_contain_text("Early closing")
    await waiter.reads_nowhere("and one more")


async def test_what_is_said_to_guests_stands_at_their_telephones_until_they_put_it_away(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    order = await dinner.takes("7", "Pale ale, pint")
    guest: Guest = await arrives(Guest, hub, address=f"/track/{order.guest_link}", size=PHONE)
    await guest.sees_step("Placed")
    await says(dinner, Announce(title="The walk-in is warm", message="Use the small one.", role=Role.COOK))
    await says(dinner, Announce(title="Last orders", message="The kitchen closes at ten.", role=Role.GUEST))
    await expect(guest.page.locator(".standing")).to_contain_text("Last orders")
    await guest.reads_nowhere("and one more")
    await guest.taps("Put away")
    await guest.reloads()
    await guest.sees_step("Placed")
    await guest.reads_nowhere("Last orders")
