"""The office: people and their roles, keys, and what was changed, before whoever answers for the restaurant."""

import re

import pytest
from playwright.async_api import expect

from hub.commands.menu import ChangeItem
from hub.commands.orders import VoidLine
from hub.commands.people import TakeRole
from hub.people import Role
from hub.store import people
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.support.hubs import RunningHub
from tests.support.screens import PATIENCE_MS, Owner

pytestmark = pytest.mark.asyncio(loop_scope="session")

SURE = re.compile("Touch again$")


async def roles_of(dinner: Dinner, role: Role) -> frozenset[Role]:
    async with dinner.hub.database.snapshot():
        return (await people.grants_of(dinner.people[role].id))[dinner.restaurant]


async def test_a_role_is_given_by_one_touch_and_taken_by_two(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    owner: Owner = await arrives(Owner, hub, dinner)
    cook = dinner.people[Role.COOK].name
    await owner.taps(f"Roles of {cook}")
    await owner.taps("Give the role expo")
    take = owner.page.get_by_role("button", name="Take the role expo")
    await expect(take).to_be_visible()
    assert await roles_of(dinner, Role.COOK) == {Role.COOK, Role.EXPO}
    await take.click()
    await expect(owner.page.get_by_role("button", name=SURE)).to_be_visible()
    assert await roles_of(dinner, Role.COOK) == {Role.COOK, Role.EXPO}
    await owner.taps(SURE)
    await expect(owner.page.get_by_role("button", name="Give the role expo")).to_be_visible()
    assert await roles_of(dinner, Role.COOK) == {Role.COOK}


async def test_a_key_is_read_once_and_revoked_by_two_touches(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    owner: Owner = await arrives(Owner, hub, dinner, address="/office?page=keys")
    await owner.reads("No program has a key.")
    await owner.taps("Make a key")
    form = owner.page.get_by_role("dialog")
    await form.get_by_label("Name").fill("Till at the bar")
    await form.get_by_label("From where").fill("the bar")
    await owner.taps("Make a key", within=form)
    await owner.reads("Tick at least one thing that it is for.")
    await form.get_by_label("see orders").check()
    owner.expects(r"\b400\b")
    await owner.taps("Make a key", within=form)
    await owner.reads(re.compile("^One of the addresses is none"))
    await form.get_by_label("From where").fill("192.0.2.0/24")
    await owner.taps("Make a key", within=form)
    await owner.reads(re.compile("only time that anybody sees this key"))
    secret = await owner.page.get_by_label("Key", exact=True).input_value()
    assert len(secret) > 40
    await owner.taps("I have put it away")
    await owner.reloads()
    await expect(owner.page.get_by_role("heading", name="Till at the bar")).to_be_visible()
    assert secret not in await owner.page.content()
    await owner.taps("Change")
    await expect(form.get_by_label("From where")).to_have_value("192.0.2.0/24")
    await form.get_by_label("Name").fill("Till at the door")
    await owner.taps("Save", within=form)
    await expect(owner.page.get_by_role("heading", name="Till at the door")).to_be_visible()
    await owner.taps("Revoke")
    await owner.taps(SURE)
    await owner.reads("One key that opens nothing any more")


async def test_what_was_changed_stands_beside_what_it_was_and_is_found_by_who_did_it(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    burger = dinner.items["Ladle burger"]
    await dinner.asks(ChangeItem(item_id=burger.id, price=burger.price + 100), Role.MANAGER)
    order = await dinner.takes("7", "Fish and chips")
    await dinner.fires(order)
    line = order.lines[0].line_id
    await dinner.asks(VoidLine(order_id=order.order_id, line_id=line, reason="It fell"), Role.MANAGER)
    owner: Owner = await arrives(Owner, hub, dinner)
    await owner.turns_to("What was changed")
    await owner.reads(re.compile(r"^The audit is whole: \d+ entries"))
    voided = owner.page.get_by_role("listitem").filter(has_text="voided food that was begun – Fish and chips")
    for said in ("Table: 7", f"Order: {order.number}"):
        await expect(voided).to_contain_text(said)
    await expect(voided.get_by_role("row", name="Reason")).to_contain_text("It fell")
    entry = owner.page.get_by_role("listitem").filter(has_text="Ladle burger")
    was, now = [f"£{price / 100:.2f}" for price in (burger.price, burger.price + 100)]
    await expect(entry.get_by_role("row", name="Price")).to_contain_text(
        re.compile(f"{re.escape(was)}.*{re.escape(now)}")
    )
    await expect(entry).to_contain_text(dinner.people[Role.MANAGER].name)
    await owner.page.get_by_label("By whom").select_option(label=dinner.people[Role.COOK].name)
    await owner.reads("Nothing was changed that fits.")


async def test_whose_role_is_taken_is_told_so_and_sees_no_more(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    manager: Owner = await arrives(Owner, hub, dinner, role=Role.MANAGER)
    await manager.reads(dinner.people[Role.COOK].email)
    user = dinner.people[Role.MANAGER].id
    await dinner.asks(TakeRole(restaurant_id=dinner.restaurant, user_id=user, role=Role.MANAGER), Role.OWNER)
    await expect(manager.page.get_by_role("alert")).to_contain_text("was taken from you", timeout=PATIENCE_MS)
    await manager.reads_nowhere(dinner.people[Role.COOK].email)
