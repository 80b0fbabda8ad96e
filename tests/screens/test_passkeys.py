"""A passkey at the screens, with the device that Chromium itself plays: added, shown, refused and removed."""

import re

import pytest
from playwright.async_api import expect

from hub.people import Role
from tests.screens.conftest import Arrives, Restaurant
from tests.screens.dinner import Dinner
from tests.screens.test_account import is_whole
from tests.support.hubs import RunningHub
from tests.support.passkeys import Device, by_name
from tests.support.screens import LEFT, Owner

pytestmark = pytest.mark.asyncio(loop_scope="session")

REFUSED = r"\b(401|409|422)\b"
SIGN_IN = "Sign in with a passkey"
SURE = "Really? Touch again"


async def test_an_owner_adds_a_passkey_comes_in_by_it_alone_and_removes_it(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    account = restaurant.accounts[Role.OWNER]
    with by_name(hub) as url:
        owner: Owner = await arrives(Owner, url, dinner, address="/office?page=account")
        owner.expects(REFUSED, LEFT)
        page, device = owner.page, await Device.beside(owner.page)
        await owner.reads("You have none yet.")
        await owner.taps("Add a passkey")
        form = page.locator("form").filter(has=page.get_by_label("Name, to know it by"))
        await is_whole(owner)
        for password in ("not this one", account.password):
            await form.get_by_label("Name, to know it by").fill("Olive's telephone")
            await form.get_by_label("Your password").fill(password)
            await owner.taps("Go on", within=form)
            if password is not account.password:
                await owner.reads("That is not your password. Nothing was changed.")
        await owner.reads("Your passkey is added.")
        await owner.taps("Close")
        await owner.reads("Olive's telephone")
        await owner.reads(re.compile("not used yet$"))
        assert [one["rpId"] for one in await device.kept()] == ["localhost"]

        await owner.taps("Add a passkey")
        await form.get_by_label("Your password").fill(account.password)
        await owner.taps("Go on", within=form)
        await owner.reads("This device has a passkey for your account already.")
        await owner.taps("Cancel", within=form)

        await owner.signs_out()
        await device.knows_its_owner(False)
        await owner.taps(SIGN_IN)
        await owner.reads("No passkey was given, or it took too long.")
        await is_whole(owner)
        await device.knows_its_owner(True)
        await owner.taps(SIGN_IN)
        await owner.is_live()
        await owner.reads(re.compile("last used"))
        await is_whole(owner)

        await owner.taps("Remove")
        await owner.taps(SURE)
        await owner.reads("It opens nothing here any more.")
        await owner.reads("You have none yet.")
        await owner.signs_out()
        await owner.taps(SIGN_IN)
        await owner.reads("This passkey opens nothing here. Sign in with your password.")

        # By its number nobody could be asked for one, so nobody is offered any.
        async with page.expect_response(re.compile("/auth/passkeys$")):
            await page.goto(f"{hub.url}/office?page=account")
        await owner.signs_in(account.email, account.password)
        await owner.reads(f"To add one, open this screen at {url}.")
        await owner.signs_out()
        await expect(page.get_by_label("Password")).to_be_visible()
        await expect(page.get_by_role("button", name=SIGN_IN)).to_have_count(0)
