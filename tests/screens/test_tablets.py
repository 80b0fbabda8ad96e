"""A kitchen tablet: let in by a code, shared by PINs, left by one touch, and let out; and nobody's taps are lost."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import expect

from hub.audience import restaurant_scope
from hub.commands.devices import InviteDevice
from hub.ids import UserId, new_id
from hub.people import Role
from hub.store import ledger, people, pins, sessions
from hub.store.people import Person
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.screens.looking import barriers, faults, settles
from tests.support.cable import a_cable
from tests.support.hubs import RunningHub
from tests.support.screens import NO_NETWORK, PATIENCE_MS, PHONE, SIZES, TABLET, Cook, Glass, Owner

pytestmark = pytest.mark.asyncio(loop_scope="session")

COOKS, EXPOS = "27391", "8051"
ELSE = re.compile("Somebody else$")
SURE = re.compile("Touch again$")
TARGET_PX, KITCHEN_TARGET_PX = 44, 60


async def a_tablet(dinner: Dinner) -> dict[str, str]:
    """What a device keeps that was let in just now."""
    invited = await dinner.asks(InviteDevice(restaurant_id=dinner.restaurant), Role.MANAGER)
    enrolled = await dinner.hub.devices.enroll(invited.code, "Grill", None)
    return {"brigade.tablet": enrolled.model_dump_json(by_alias=True)}


async def who_bumped(dinner: Dinner) -> list[str]:
    """Whom the ledger names for each ticket that was bumped, in that order."""
    async with dinner.hub.database.snapshot():
        entries = await ledger.entries(restaurant_scope(dinner.restaurant), after=0, upto=10_000, limit=10_000)
    return [entry.actor for entry in entries if entry.name == "ticket_bumped"]


def name_in_ledger(dinner: Dinner, role: Role) -> str:
    return f"user:{dinner.people[role].id}"


async def taps_pin(cook: Cook, name: str, pin: str) -> None:
    await cook.taps(name)
    for digit in pin:
        await cook.taps(digit)


async def test_a_tablet_is_let_in_by_a_code_shared_by_pins_and_let_out(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cora, expo = dinner.people[Role.COOK].name, dinner.people[Role.EXPO].name
    await hub.hub.pins.put(dinner.people[Role.EXPO].id, EXPOS, None)
    for table in ("7", "8"):
        await dinner.orders(table, "Ladle burger")
    # A manager makes a code, which is typed at the tablet.
    manager: Owner = await arrives(Owner, hub, dinner, role=Role.MANAGER, address="/office?page=tablets")
    await manager.reads("No tablet has been let in yet.")
    await manager.taps("Let a tablet in")
    code = (await manager.page.locator(".code").inner_text()).removeprefix("Code").strip()
    tablet: Cook = await arrives(Cook, hub, address=f"/kitchen?station={dinner.stations['Grill']}")
    await tablet.taps("This is a kitchen tablet")
    tablet.expects(r"\b401\b")
    for typed in ("AAAA AAAA", code.lower()):
        await tablet.page.get_by_label("Code").fill(typed)
        await tablet.page.get_by_label("What is this tablet called?").fill("Grill")
        await tablet.taps("Let this tablet in")
        if typed != code.lower():
            await tablet.reads(re.compile("^This code is not right"))
    await expect(tablet.page.get_by_role("button", name=expo)).to_be_visible()
    await manager.reads("Grill is in. Whoever has a PIN can tap it there.")
    # A cook sets a PIN on their own telephone, and stands among the names.
    own: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass", size=PHONE)
    own.expects(r"\b422\b")
    await own.opens_account()
    await own.reads("You have no PIN.")
    for first, again, said in (
        (COOKS, EXPOS, "These two are not the same"),
        ("1234", "1234", "among the first"),
        (COOKS, COOKS, "You have a PIN since"),
    ):
        await own.page.get_by_label("New PIN").fill(first)
        await own.page.get_by_label("The same once more").fill(again)
        await own.taps("Set the PIN")
        await own.reads(re.compile(said))
    await tablet.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    # At the tablet it is the digits that say who bumps.
    await taps_pin(tablet, cora, COOKS)
    await tablet.taps("OK")
    await tablet.bumps("Table 7")
    await tablet.sees_no_ticket("Table 7")
    await tablet.taps(ELSE)
    await tablet.taps(expo)
    await tablet.types("9999")
    await tablet.presses("Enter")
    await tablet.reads(re.compile("^That PIN is not right"))
    await tablet.types(EXPOS)
    await tablet.presses("Enter")
    await tablet.bumps("Table 8")
    await tablet.sees_no_ticket("Table 8")
    assert await who_bumped(dinner) == [name_in_ledger(dinner, role) for role in (Role.COOK, Role.EXPO)]
    # From one to the next it is two touches and the digits, and the page is the same.
    tablet.taps_made = 0
    await tablet.taps(ELSE)
    await taps_pin(tablet, cora, COOKS)
    await tablet.is_live()
    assert (tablet.taps_made, tablet.loads) == (2 + len(COOKS), 1)
    # It is let out, and whoever stands there is told at once.
    await manager.taps("Close", within=manager.page.locator(".dialog__body"))
    await manager.taps("Revoke")
    await manager.taps(SURE)
    await tablet.reads(re.compile("^Grill has been revoked by a manager"))
    await expect(tablet.page.get_by_label("Code")).to_be_visible()
    await manager.reads("One tablet that is let in no more")


async def test_who_leaves_a_tablet_without_network_is_asked_first_and_their_taps_go_out_under_their_name(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = dinner.people[Role.COOK]
    await hub.hub.pins.put(cook.id, COOKS, None)
    await dinner.orders("7", "Ladle burger")
    station = f"/kitchen?station={dinner.stations['Grill']}"
    async with a_cable(hub.url) as cable:
        tablet: Cook = await arrives(Cook, cable.url, address=station, kept=await a_tablet(dinner))
        await taps_pin(tablet, cook.name, COOKS)
        await tablet.taps("OK")
        await tablet.sees_ticket("Table 7")
        for size in SIZES:
            await settles(tablet.page, size)
            assert await faults(tablet.page, target_px=KITCHEN_TARGET_PX) == [], size
        await settles(tablet.page, TABLET)
        tablet.expects(NO_NETWORK)
        cable.cut()
        await tablet.is_offline()
        await tablet.bumps("Table 7")
        await tablet.reads("1 tap waits to be sent")
        await tablet.taps(ELSE)
        await tablet.taps(SURE)
        await tablet.reads(re.compile(f"^1 tap of {cook.name} is not sent yet"))
        cable.mend()
        await tablet.reads_nowhere(re.compile("is not sent yet"))
        assert await who_bumped(dinner) == [name_in_ledger(dinner, Role.COOK)]
        async with asyncio.timeout(PATIENCE_MS / 1_000):
            while "Grill" in await devices_of(dinner, cook.id):  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(0.01)


async def devices_of(dinner: Dinner, user: UserId) -> set[str | None]:
    """Where somebody is signed in."""
    async with dinner.hub.database.snapshot():
        return {one.device for one in await sessions.of_person(user)}


async def test_the_door_of_a_tablet_is_whole_and_there_for_everybody_at_every_size(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    async with hub.hub.database.transaction():
        for nth in range(12):
            user = UserId(new_id())
            await people.add(Person(user, f"{nth}@example.test", f"Maximiliana Oyelaran {nth}", "no hash", False))
            await people.set_roles(user, dinner.restaurant, frozenset({Role.COOK}))
            await pins.put(user, "no hash")
    tablet: Cook = await arrives(Cook, hub, kept=await a_tablet(dinner))
    names = tablet.page.get_by_role("button", name=re.compile("^Maximiliana"))
    await expect(names).to_have_count(12)
    found = await wrongs(tablet, "names", KITCHEN_TARGET_PX)
    await settles(tablet.page, TABLET)
    await expect(names.last).to_be_in_viewport(ratio=1)
    await names.last.click()
    found += await wrongs(tablet, "pad", KITCHEN_TARGET_PX)
    await settles(tablet.page, TABLET)
    await expect(tablet.page.get_by_role("button", name="OK")).to_be_in_viewport(ratio=1)
    owner: Owner = await arrives(Owner, hub, dinner, address="/office?page=tablets")
    await owner.reads("In use")
    found += await wrongs(owner, "tablets", TARGET_PX)
    await owner.taps("Let a tablet in")
    await expect(owner.page.locator(".code")).to_be_visible()
    found += await wrongs(owner, "code", TARGET_PX)
    assert found == [], "\n" + "\n".join(found)


async def wrongs(glass: Glass, view: str, target_px: int) -> list[str]:
    found: list[Any] = []
    for size in SIZES:
        await settles(glass.page, size)
        here = [*await faults(glass.page, target_px=target_px), *await barriers(glass.page)]
        found += [f"{view}, {size.name}: {one}" for one in here]
    return found
