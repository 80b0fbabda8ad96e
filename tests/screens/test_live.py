"""The pages for those who write programs: what there is to ask, tried where it stands, and the rooms, looked into."""

import re

import pytest
from playwright.async_api import Locator, expect

from hub.people import Role
from tests.screens.conftest import Arrives, Restaurant
from tests.screens.dinner import Dinner
from tests.security.pictures import a_picture
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


class Reader(Glass):
    """Somebody who reads what there is to ask, and tries it where it stands."""

    address = "/docs"

    async def opens(self, operation: str) -> Locator:
        """The form of an operation, by its name in the document."""
        form = self.page.locator(f"details#{operation}")
        await form.locator("summary").first.click()
        return form


async def test_what_is_read_is_tried_in_the_house_of_whoever_signed_in(
    hub: RunningHub, restaurant: Restaurant, dinner: Dinner, arrives: Arrives
) -> None:
    reader: Reader = await arrives(Reader, hub)
    manager = restaurant.accounts[Role.MANAGER]
    tables = await reader.opens("show_floor_tables")
    await reader.signs_in(manager.email, manager.password)
    await expect(tables.locator("input[name=restaurantId]")).to_have_value(str(dinner.restaurant))
    await reader.taps("Send", within=tables)
    await expect(tables.locator("pre").last).to_contain_text('"tableId"')
    items = await reader.opens("show_menus_items")
    await expect(items.locator("input[name=restaurantId]")).to_have_value(str(dinner.restaurant))


async def test_a_picture_is_tried_as_everything_is(hub: RunningHub, restaurant: Restaurant, arrives: Arrives) -> None:
    reader: Reader = await arrives(Reader, hub)
    host = restaurant.accounts[Role.HOST]
    await reader.signs_in(host.email, host.password)
    await expect(reader.page.locator("#who")).not_to_have_text("Nobody is signed in.")
    put = await reader.opens("put_avatars")
    await put.locator("input[type=file]").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": a_picture()}
    )
    await reader.taps("Send", within=put)
    await expect(put.locator("pre").last).to_contain_text('"digest"')
    show = await reader.opens("show_avatars_mine")
    await reader.taps("Send", within=show)
    await expect(show.get_by_role("img", name="The picture")).to_have_js_property("complete", True)


@pytest.mark.parametrize(
    ("address", "documents"),
    [("/docs", ["/api/v2/openapi.json", "/api/v1/openapi.json"]), ("/docs/rooms", ["/api/v2/asyncapi.json"])],
)
async def test_the_pages_lead_programs_to_the_documents_and_show_code_as_code(
    hub: RunningHub, arrives: Arrives, address: str, documents: list[str]
) -> None:
    reader: Reader = await arrives(Reader, hub, address=address)
    await expect(reader.page.locator("details.operation").first).to_be_visible()
    links = reader.page.locator(".lead a")
    assert [await one.get_attribute("href") for one in await links.all()] == documents
    for one in documents:
        assert (await reader.page.request.get(hub.url + one)).ok
    first = reader.page.locator("details.operation").first
    await first.locator("summary").click()
    await expect(reader.page.locator(".said code").first).to_be_visible()
    assert "`" not in await reader.page.inner_text("main")
