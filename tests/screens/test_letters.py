"""Whoever follows a letter's link comes to the front door, and does there what the letter is about."""

import pytest
from playwright.async_api import expect

from hub.domain.accounts import RESET_LIFETIME, VERIFY_LIFETIME, Purpose
from hub.ids import RegistrationId, new_id
from hub.people import Role
from hub.store import accounts, people
from hub.store.accounts import Registration
from hub.tokens import hash_of, letter_token
from tests.screens.conftest import Arrives, Restaurant
from tests.support.hubs import RunningHub
from tests.support.screens import Cook, Passerby

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEW = "seven tubas at noon"


async def test_a_letter_leads_to_a_new_password_and_its_token_does_not_stay_in_the_address(
    hub: RunningHub, restaurant: Restaurant, arrives: Arrives
) -> None:
    email, token = restaurant.accounts[Role.OWNER].email, letter_token()
    async with hub.hub.database.transaction():
        owner = await people.by_email(email)
        assert owner is not None
        await accounts.add_token(hash_of(token), Purpose.RESET, RESET_LIFETIME, person=owner.id)
    person = await arrives(Passerby, hub, address=f"/#reset={token}")
    person.expects(r"\b422\b")
    for password in ("password1", NEW):
        await person.page.get_by_role("textbox", name="New password", exact=True).fill(password)
        await person.taps("Keep this password")
        if password is not NEW:
            await person.reads("This is among the first that anybody would try.")
    await person.reads("Your password is changed.")
    await expect(person.page).to_have_url(f"{hub.url}/")
    await person.taps("Go on")
    await person.signs_in(email, NEW)
    await person.is_live()


async def test_an_account_begins_with_a_tap_and_not_by_the_link_alone(hub: RunningHub, arrives: Arrives) -> None:
    token, one = letter_token(), Registration(RegistrationId(new_id()), "ben@example.test", "Ben", "no hash", "en")
    async with hub.hub.database.transaction():
        await accounts.register(one, VERIFY_LIFETIME)
        await accounts.add_token(hash_of(token), Purpose.VERIFY, VERIFY_LIFETIME, registration=one.id)
    person = await arrives(Passerby, hub, address=f"/#verify={token}")
    await person.reads("Confirm that this address is yours.")
    async with hub.hub.database.snapshot():
        assert await people.by_email("ben@example.test") is None
    await person.taps("The address is mine")
    await person.reads("Your account has begun.")
    async with hub.hub.database.snapshot():
        assert await people.by_email("ben@example.test") is not None


async def test_who_has_forgotten_their_password_asks_for_a_letter_from_any_screen(
    hub: RunningHub, arrives: Arrives
) -> None:
    cook = await arrives(Cook, hub)
    await cook.page.get_by_role("link", name="I have forgotten my password").click()
    await cook.page.get_by_label("Email").fill("nobody@example.test")
    await cook.taps("Write to me")
    await cook.reads("If there is an account with this address, a letter is on its way to it.")
