"""One's own account at the screens: a code of one's telephone, an account elsewhere, and how one is called."""

import io
import re

import pytest
from PIL import Image
from playwright.async_api import expect

from hub.domain.accounts import VERIFY_LIFETIME, Purpose
from hub.domain.second_factors import code_at, step_at
from hub.ids import RegistrationId
from hub.people import Role
from hub.store import accounts, people
from hub.tokens import hash_of, letter_token
from tests.screens.conftest import Arrives, Restaurant
from tests.screens.dinner import Dinner
from tests.screens.looking import barriers, faults, settles
from tests.support.hubs import RunningHub
from tests.support.providers import vouching_for
from tests.support.screens import LEFT, PHONE, TABLET, Cook, Glass, Owner, Passerby, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")

NEW = "seven tubas at noon"
EIGHT = "tubas at"
BEN = "ben@example.test"
NOBODYS_CODE = "zzzz-zzzz-zzzz-zzzz"
REFUSED = r"\b(401|422)\b"
TARGET_PX = 44
SURE = "Really? Touch again"
TELEPHONE = "Code that your telephone shows"
RECOVERY = "I have no telephone: use a recovery code"


class Customer(Glass):
    """Somebody with an account, before their own page."""

    address = "/account"
    screen = "front"

    async def opens_part(self, name: str) -> None:
        """One that is folded away."""
        await self.page.locator("details > summary").filter(has_text=name).click()


class Telephone:
    """An owner's: it knows the secret that they typed into it, and never shows a code that was used."""

    def __init__(self, hub: RunningHub, secret: str) -> None:
        self._clock, self._secret, self._used = hub.hub.database.clock, secret, 0

    def code(self) -> str:
        # Nobody here waits for the next half minute: the hub takes its code already.
        self._used = max(self._used + 1, step_at(self._clock.now()))
        return code_at(self._secret, self._used)


async def test_an_owner_has_a_code_asked_for_and_comes_in_by_telephone_and_by_paper(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    account = restaurant.accounts[Role.OWNER]
    owner: Owner = await arrives(Owner, hub, dinner, address="/office?page=account")
    owner.expects(REFUSED)
    page = owner.page
    await owner.taps("Switch it on")
    for password in ("not this one", account.password):
        await page.get_by_label("Your password").fill(password)
        await owner.taps("Go on")
        if password is not account.password:
            await owner.reads("That is not your password. Nothing was changed.")
    await expect(page.get_by_role("img", name="A square for your telephone to read")).to_be_visible()
    await is_whole(owner)
    telephone = Telephone(hub, "".join((await page.locator(".account__secret").inner_text()).split()))
    await page.get_by_label("The code that the app shows now").fill(telephone.code())
    await owner.taps("Switch it on")
    await expect(page.locator(".codes li")).to_have_count(10)
    paper = await page.locator(".codes li").all_inner_texts()
    await is_whole(owner)
    await owner.taps("I have put them away")
    await owner.reads("You have 10 recovery codes left.")
    assert paper[0] not in await page.content()

    await owner.signs_out()
    await owner.signs_in(account.email, account.password)
    await expect(page.get_by_label(TELEPHONE)).to_be_focused()
    await expect(page.get_by_label(TELEPHONE)).to_have_attribute("inputmode", "numeric")
    await is_whole(owner)
    await page.get_by_label(TELEPHONE).fill(NOBODYS_CODE)
    await owner.taps("Sign in")
    await expect(page.get_by_role("alert")).to_have_text(re.compile("^This code is not right"))
    await page.get_by_label(TELEPHONE).fill(telephone.code())
    await owner.taps("Sign in")
    await owner.is_live()

    await owner.signs_out()
    await owner.signs_in(account.email, account.password)
    await owner.taps("Back")
    await owner.signs_in(account.email, account.password)
    await owner.taps(RECOVERY)
    await page.get_by_label("Recovery code").fill(paper[0].upper())
    await owner.taps("Sign in")
    await owner.reads("You have 9 recovery codes left.")
    await page.get_by_label("Password until now").fill(account.password)
    await page.get_by_label("New password").fill(NEW)
    await page.get_by_label(TELEPHONE).fill(paper[2])
    await owner.taps("Change the password")
    await owner.reads("Your password is changed.")
    await owner.taps("Close")
    await owner.taps("Switch it off")
    await is_whole(owner)
    proof = page.locator("form").filter(has=page.get_by_label("Your password"))
    await proof.get_by_label("Your password").fill(NEW)
    await proof.get_by_label(TELEPHONE).fill(paper[1])
    await owner.taps("Switch it off")
    await owner.reads("Not asked for")


async def test_a_cook_links_google_and_comes_in_by_it_to_the_screen_they_wanted(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    async with vouching_for(hub.hub, hub.url) as google:
        cook: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass")
        cook.expects(LEFT, REFUSED)
        google.sitting = {"sub": "cora-1", "email": "cora@elsewhere.test", "email_verified": True}
        account = await cook.opens_account()
        await cook.taps("Link Google", within=account)
        await cook.reads("Your account at Google opens this one from now on.")
        await cook.page.get_by_role("link", name="Go on").click()
        await cook.is_live()
        account = await cook.opens_account()
        await expect(account).to_contain_text("Google, linked since")
        # It began no second shift beside the one that is under way.
        await expect(account.locator(".sessions__one")).to_have_count(1)
        await account.get_by_role("button", name="Close").click()

        await cook.taps("Sign out")
        await cook.taps("Sign in with Google")
        await cook.is_live()
        await expect(cook.page).to_have_url(f"{hub.url}/kitchen?pass")
        await expect(cook.page.locator("header details")).to_contain_text(dinner.people[Role.COOK].name)

        await cook.signs_out()
        google.sitting = None
        await cook.taps("Sign in with Google")
        await cook.reads("You were not let through there, or went back. Nothing was changed.")
        await cook.page.get_by_role("link", name="Back to signing in").click()
        await cook.is_asked_to_sign_in()
        await cook.goes("/signed-in/google?code=somebodys&state=somebodys")
        await cook.reads("That was not begun here, or too long ago. Begin again.")
        await expect(cook.page).to_have_url(f"{hub.url}/signed-in/google")


async def test_somebody_says_how_they_are_called_shows_themselves_and_chooses_another_password(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    password = restaurant.accounts[Role.WAITER].password
    waiter: Waiter = await arrives(Waiter, hub, dinner)
    waiter.expects(REFUSED)
    account = await waiter.opens_account()
    await account.get_by_label("Name").fill("Wil Wick")
    await account.get_by_label("Telephone, with its country").fill("020 7946 0958")
    await waiter.taps("Save", within=account)
    await waiter.reads("This is no telephone number.")
    await account.get_by_label("Telephone, with its country").fill("+44 20 7946 0958")
    await waiter.taps("Save", within=account)
    await expect(account.get_by_label("Telephone, with its country")).to_have_value("+442079460958")

    await account.get_by_label("Choose a picture").set_input_files(
        {"name": "me.png", "mimeType": "image/png", "buffer": a_picture()}
    )
    await expect(account.get_by_role("img", name="My picture")).to_be_visible()
    await waiter.taps("Remove", within=account)
    await waiter.taps(SURE, within=account)
    await expect(account.get_by_role("img", name="My picture")).to_have_count(0)

    for new in (EIGHT, NEW):
        await account.get_by_label("Password until now").fill(password)
        await account.get_by_label("New password").fill(new)
        await waiter.taps("Change the password", within=account)
        if new is not NEW:
            await waiter.reads("Your password opens a restaurant.")
    await waiter.reads("Your password is changed.")

    await account.get_by_label("Language of letters to me").select_option("es")
    await waiter.taps("Save", within=account)
    await expect(waiter.page.get_by_role("dialog", name="Mi cuenta")).to_be_visible()


async def test_a_customer_has_an_account_begun_and_a_page_to_keep_it_on_and_to_end_it(
    hub: RunningHub, arrives: Arrives
) -> None:
    asks: Passerby = await arrives(Passerby, hub, size=PHONE)
    await asks.page.get_by_role("link", name="I have no account yet").click()
    await asks.page.get_by_label("Your name").fill("Ben")
    await asks.page.get_by_label("Email").fill(BEN)
    await asks.page.get_by_label("Password").fill(NEW)
    await is_whole(asks)
    async with asks.page.expect_response("**/auth/register") as answered:
        await asks.taps("Ask for my account")
    await asks.reads(f"A letter is on its way to {BEN}.")
    await asks.taps("It has not come: write again")
    await asks.reads(f"Another letter is on its way to {BEN}.")
    token, registration = letter_token(), RegistrationId((await (await answered.value).json())["registrationId"])
    async with hub.hub.database.transaction():
        await accounts.add_token(hash_of(token), Purpose.VERIFY, VERIFY_LIFETIME, registration=registration)
    await asks.goes(f"/?#verify={token}")
    await asks.taps("The address is mine")
    await asks.page.get_by_role("link", name="My account").last.click()

    ben: Customer = await arrives(Customer, hub, size=PHONE)
    ben.expects(REFUSED, r"\b409\b")
    await ben.signs_in(BEN, NEW)
    await ben.reads("You work in no restaurant of this hub.")
    await expect(ben.heading("My PIN")).to_have_count(0)
    await is_whole(ben)
    await ben.opens_part("My addresses")
    await ben.reads("You have not kept any address yet.")
    for label, lines in (("Home", "1 High Street\nLondon"), ("Work", "2 Low Road")):
        await ben.taps("Add an address")
        await ben.page.get_by_label("What you call it").fill(label)
        await ben.page.get_by_label("The address, line by line").fill(lines)
        await ben.taps("Keep this address")
        await expect(ben.page.get_by_role("button", name=f"Change {label}")).to_be_visible()
    home = ben.page.get_by_role("listitem").filter(has_text="1 High Street")
    await expect(home.get_by_text("Default", exact=True)).to_be_visible()
    await expect(home.get_by_role("button", name="Remove")).to_have_count(0)
    await ben.taps("Make it the default")
    await ben.taps("Remove", within=home)
    await ben.taps(SURE, within=home)
    await expect(home).to_have_count(0)
    await ben.reads("Your only address can be changed, but not removed.")
    await ben.opens_part("Orders under my name")
    await ben.reads("nothing was ordered under your name")

    theme = ben.page.locator("html")
    await ben.page.get_by_label("How screens look").select_option("dark")
    await expect(theme).to_have_attribute("data-theme", "night")
    await is_whole(ben)
    assert await barriers(ben.page) == []
    await ben.page.evaluate("localStorage.removeItem('brigade.theme')")
    await ben.reloads()
    await expect(theme).to_have_attribute("data-theme", "night")

    await ben.opens_part("End my account")
    await ben.taps("End my account")
    for password in ("not this one", NEW):
        await ben.page.get_by_label("Your password").fill(password)
        await ben.taps("End it for ever")
        if password is not NEW:
            await ben.reads("That is not your password. Nothing was changed.")
    await ben.reads("Your account has ended.")
    await ben.is_asked_to_sign_in()
    async with hub.hub.database.snapshot():
        assert await people.by_email(BEN) is None


async def test_whoever_has_no_job_at_a_screen_gets_at_their_account_there(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook: Owner = await arrives(Owner, hub, dinner, role=Role.COOK)
    await cook.reads("has no job at this screen")
    await cook.reads_nowhere("If you are new here")
    await cook.taps("My account")
    await expect(cook.page.get_by_role("dialog").get_by_label("Name", exact=True)).to_have_value("Cora Bell")


async def test_the_last_owner_is_told_why_their_account_cannot_end(
    hub: RunningHub, dinner: Dinner, restaurant: Restaurant, arrives: Arrives
) -> None:
    owner: Customer = await arrives(Customer, hub, dinner, shift=dinner.shift(Role.OWNER))
    owner.expects(r"\b409\b")
    await expect(owner.page.get_by_role("link", name="Office")).to_have_attribute("href", "/office")
    await owner.opens_part("End my account")
    await owner.taps("End my account")
    await owner.page.get_by_label("Your password").fill(restaurant.accounts[Role.OWNER].password)
    await owner.taps("End it for ever")
    await owner.reads("A restaurant must keep an owner. Make somebody else one first.")


async def is_whole(owner: Glass) -> None:
    """What is there for a moment only, and so in no view of `test_looks`."""
    for size in (TABLET, PHONE):
        await settles(owner.page, size)
        assert await faults(owner.page, target_px=TARGET_PX) == []


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(file, "PNG")
    return file.getvalue()
