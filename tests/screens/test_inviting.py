"""Hiring somebody: from the office's desk, by a letter, to the screen at which they work."""

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import expect

from hub.actions.passwords import HASHER
from hub.commands.invitations import InvitePerson
from hub.domain.accounts import Purpose
from hub.domain.invitations import LIFETIME
from hub.ids import UserId, new_id
from hub.people import Role
from hub.store import accounts, people
from hub.store.people import Person
from hub.tokens import hash_of, letter_token
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.screens.looking import barriers, faults, settles
from tests.support.hubs import RunningHub, a_hub
from tests.support.letters import MailServer, a_mail_server
from tests.support.screens import SIZES, Cook, Glass, Owner, Passerby

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANN, ROSA = "ann@example.test", "rosa@example.test"
GOOD = "seven tubas at noon"
TARGET_PX = 44


@pytest_asyncio.fixture(loop_scope="session")
async def mail() -> AsyncIterator[MailServer]:
    async with a_mail_server() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def hub(place_url: str, redis_url: str, mail: MailServer) -> AsyncIterator[RunningHub]:
    """A hub that sends its letters."""
    settings = {"smtp_url": mail.url, "mail_from": "brigade@example.test", "public_url": "http://brigade.example"}
    async with a_hub(place_url, redis_url, **settings) as running:
        yield running


async def wrongs(glass: Glass, view: str) -> list[str]:
    found: list[str] = []
    for size in SIZES:
        await settles(glass.page, size)
        here = [*await faults(glass.page, target_px=TARGET_PX), *await barriers(glass.page)]
        found += [f"{view}, {size.name}: {one}" for one in here]
    return found


async def test_somebody_new_is_invited_at_the_desk_reads_the_letter_and_stands_in_the_kitchen(
    hub: RunningHub, dinner: Dinner, arrives: Arrives, mail: MailServer
) -> None:
    owner: Owner = await arrives(Owner, hub, dinner)
    await owner.reads("Nobody is being waited for.")
    await owner.taps("Invite somebody")
    form = owner.page.get_by_role("dialog")
    found = await wrongs(owner, "the form")
    await form.get_by_label("Email").fill(ROSA)
    await owner.taps("Send the letter", within=form)
    await owner.reads("Tick at least one role.")
    await form.get_by_label("cook").check()
    await owner.taps("Send the letter", within=form)
    await owner.reads(re.compile("^Waiting for an answer until"))
    await owner.taps("Close")
    found += await wrongs(owner, "who is invited")
    async with asyncio.timeout(10):
        await mail.got_one.wait()
    ((to, letter),) = mail.letters
    text = letter.get_body(("plain",))
    assert text is not None
    assert (to, "The Copper Ladle invites you" in text.get_content()) == (ROSA, True)
    (link,) = set(re.findall(r"#invitation=[\w-]+", text.get_content()))
    rosa: Passerby = await arrives(Passerby, hub, address=f"/{link}")
    await rosa.reads("The Copper Ladle invites you to work there. As: cook.")
    await expect(rosa.page).to_have_url(f"{hub.url}/")
    found += await wrongs(rosa, "the invitation")
    await rosa.page.get_by_label("Your name").fill("Rosa Vega")
    await rosa.page.get_by_label("Password").fill(GOOD)
    await rosa.taps("Begin")
    await rosa.reads("You work for The Copper Ladle from now on. As: cook.")
    await rosa.page.get_by_role("link", name="Open the kitchen").click()
    await rosa.reads("Where does this screen hang?")
    await owner.reloads()
    await owner.reads("Rosa Vega")
    await owner.reads("Nobody is being waited for.")
    rosa.expects(r"\b422\b")
    await rosa.goes(f"/{link}")
    await rosa.reads(re.compile("^This invitation was accepted already"))
    assert found == [], "\n" + "\n".join(found)


async def test_who_is_signed_in_under_another_address_is_told_so_and_not_hired(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    ann, token = UserId(new_id()), letter_token()
    async with dinner.hub.database.transaction():
        await people.add(Person(ann, ANN, "Ann", HASHER.hash(GOOD), is_operator=False))
    asked = InvitePerson(restaurant_id=dinner.restaurant, email=ANN, roles=(Role.EXPO,))
    invited = await dinner.asks(asked, Role.OWNER)
    async with dinner.hub.database.transaction():
        await accounts.add_token(hash_of(token), Purpose.INVITATION, LIFETIME, invitation=invited.invitation_id)
    cook: Cook = await arrives(Cook, hub, dinner)
    cora = dinner.people[Role.COOK]
    await cook.goes(f"/#invitation={token}")
    await cook.reads(f"On this device {cora.name} is signed in, with another address.")
    await expect(cook.page.get_by_label("Email")).to_have_value(ANN)
    await cook.page.get_by_label("Password").fill(GOOD)
    await cook.taps("Sign in")
    await cook.reads("You work for The Copper Ladle from now on. As: expo.")
    await cook.reads(f"On this device {cora.name} is signed in at your screen.")
    async with dinner.hub.database.snapshot():
        assert (await people.grants_of(ann))[dinner.restaurant] == {Role.EXPO}
        assert (await people.grants_of(cora.id))[dinner.restaurant] == {Role.COOK}
