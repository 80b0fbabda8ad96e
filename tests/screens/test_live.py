"""The page to try the rooms on: somebody comes in, looks into a room, says something, and sees all that comes."""

import re

import pytest
from playwright.async_api import expect

from hub.people import Role
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.hubs import RunningHub
from tests.support.screens import PHONE, SIZES, Glass, Size

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Developer(Glass):
    """Somebody who writes a program of their own."""

    address = "/docs/live"
    screen = "live"

    async def comes_in(self, token: str) -> None:
        await self.page.get_by_label("A token, a guest’s link, or a key").fill(token)
        await self.taps("Connect")
        await expect(self.page.get_by_role("status").first).to_have_text(re.compile("^Connected"))

    async def subscribes(self, room: str) -> None:
        """Look into a room, and wait for its board."""
        await self.page.get_by_role("combobox", name="Room").fill(room)
        await self.taps("Subscribe")
        await self.is_answered('"board"')

    async def is_answered(self, text: str) -> None:
        """Wait until the latest answer says this."""
        await expect(self.page.locator(".live__frame--answered pre").first).to_contain_text(text)


async def test_a_room_is_looked_into_and_something_is_said_there(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    developer: Developer = await arrives(Developer, hub)
    await developer.comes_in(dinner.shift(Role.OWNER)["accessToken"])
    await developer.subscribes(f"waiters:{dinner.restaurant}")
    await developer.page.get_by_label("Message").select_option("add_station")
    body = developer.page.get_by_label("What it carries")
    await expect(body).to_have_value(re.compile("commandId"))
    await body.fill("no JSON")
    await developer.taps("Send")
    await expect(developer.page.get_by_role("alert")).to_have_text("This is not a JSON object.")
    await body.fill(f'{{"restaurantId": "{dinner.restaurant}", "name": "Pastry"}}')
    await developer.taps("Send")
    await developer.is_answered('"Pastry"')


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
async def test_it_fits_every_glass(hub: RunningHub, dinner: Dinner, arrives: Arrives, size: Size) -> None:
    developer: Developer = await arrives(Developer, hub, size=size)
    await developer.comes_in(dinner.shift(Role.OWNER)["accessToken"])
    await developer.subscribes(f"waiters:{dinner.restaurant}")
    wide = await developer.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not wide
    columns = await developer.page.evaluate("getComputedStyle(document.querySelector('.live')).gridTemplateColumns")
    assert len(columns.split()) == (1 if size is PHONE else 2)
