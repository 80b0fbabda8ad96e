"""A cook's evening on glass."""

import contextlib
import re
from itertools import product

import pytest
from playwright.async_api import expect

from hub.commands.people import TakeRole
from hub.people import Role
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner
from tests.screens.test_away import recorded
from tests.support.hubs import RunningHub
from tests.support.screens import PHONE, TABLET, Cook, Waiter

pytestmark = pytest.mark.asyncio(loop_scope="session")

HUNG = """() => [...document.querySelectorAll("article")].map((card) => card.ariaLabel.split(",")[0])"""
"""The cards as they are read aloud, and counted by number keys."""

TWICE = """([how, title]) => {
  const card = [...document.querySelectorAll("article")].find((one) => one.ariaLabel.startsWith(title));
  const bump = card.querySelector("[data-main=true]");
  const { left, top, width, height } = bump.getBoundingClientRect();
  const press = (key) =>
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const once = {
    number: () => press("1"),
    focus: () => press("Enter"),
    finger: () => document.elementFromPoint(left + width / 2, top + height / 2)?.closest("button")?.click(),
  }[how];
  if (how === "focus") card.focus();
  return new Promise((resolve) => {
    new MutationObserver((_, seen) => {
      if (card.isConnected) return;
      seen.disconnect();
      once();
      resolve();
    }).observe(document, { subtree: true, childList: true });
    once();
  });
}"""
"""Bump a card, and do the same again in the very moment in which it left and another one took its place."""

TOUCHABLE = """() => {
  const cardAt = ({ left, top, width, height }) =>
    document.elementFromPoint(left + width / 2, top + height / 2)?.closest("article");
  const rail = document.querySelector("ol.rail");
  window.touchable = new Promise((resolve) => {
    new MutationObserver(() => {
      const buttons = [...rail.querySelectorAll("[data-main=true]")];
      resolve(buttons.flatMap((one) => cardAt(one.getBoundingClientRect())?.ariaLabel ?? []));
    }).observe(rail, { attributeFilter: ["data-columns"] });
  });
}"""
"""Which cards a finger would hit in the very moment in which the rail was given another number of columns."""

FINGER_MS = 150
AT_ONCE_MS = 3_000
"""Long before anything is grey because it was not heard of."""


async def at_station(arrives: Arrives, hub: RunningHub, dinner: Dinner, station: str = "Grill", **how: object) -> Cook:
    """A cook before the tickets of one station."""
    cook: Cook = await arrives(Cook, hub, dinner, address=f"/kitchen?station={dinner.stations[station]}", **how)
    await cook.is_live()
    return cook


async def test_a_ticket_fired_at_one_hub_is_seen_bumped_undone_and_recalled_at_the_other(
    hub: RunningHub, other_hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, other_hub, dinner)
    await cook.reads("All done. No open tickets.")
    order = await dinner.orders("7", "Ladle burger", "Fish and chips")
    await cook.sees_ticket("Table 7", "Ladle burger", "Rare", "gluten", "milk", "egg")
    # What the fryer cooks is no business of the grill's.
    await cook.reads_nowhere("Fish and chips")
    await cook.bumps("Table 7")
    await cook.sees_no_ticket("Table 7")
    await cook.undoes()
    await cook.sees_ticket("Table 7", "Ladle burger")
    await cook.bumps("Table 7")
    await cook.sees_no_ticket("Table 7")
    await cook.recalls("Table 7")
    await cook.sees_ticket("Table 7")
    await cook.bumps("Table 7")
    await cook.sees_no_ticket("Table 7")
    # What is served is in no tray any more.
    await dinner.bumps(order.tickets[1].ticket_id)
    await dinner.serves(order)
    await cook.reads_nowhere("Recall 1")


async def test_a_void_is_a_difference_that_must_be_seen_and_a_ticket_of_nothing_else_hangs_until_it_is(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, hub, dinner)
    order = await dinner.takes("7", "Ladle burger", "Grilled sardines")
    await dinner.fires(order)
    await cook.sees_ticket("Table 7", "Ladle burger", "Grilled sardines")
    await dinner.voids(order)
    void = cook.card("Table 7").get_by_role("button", name="VOID")
    await expect(void).to_contain_text("Ladle burger")
    await void.click()
    await expect(void).to_have_count(0)
    # Seen once, it stays seen on this device, and is still read as void.
    await cook.reloads()
    await cook.sees_ticket("Table 7", "VOID", "Ladle burger")
    await expect(void).to_have_count(0)
    await dinner.voids(order, at=1)
    await cook.sees_ticket("Table 7", "VOID: do not cook")
    await cook.taps(re.compile("^Seen: Table 7"))
    await cook.sees_no_ticket("Table 7")


async def test_a_rushed_ticket_hangs_before_the_others(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    cook = await at_station(arrives, hub, dinner)
    await dinner.orders("7", "Ladle burger")
    later = await dinner.orders("8", "Ladle burger")
    await cook.sees_tickets(2)
    await expect(cook.cards.first).to_contain_text("7")
    await dinner.rushes(later.tickets[0].ticket_id)
    await expect(cook.cards.first).to_contain_text("RUSH")
    await cook.sees_ticket("Table 8", "RUSH")


async def test_lines_are_struck_on_this_device_and_the_first_one_starts_the_ticket(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, hub, dinner)
    expo: Cook = await arrives(Cook, hub, dinner, address="/kitchen?pass")
    await dinner.orders("7", "Ladle burger", "Grilled sardines")
    await cook.taps(re.compile("Ladle burger"), within=cook.card("Table 7"))
    await cook.sees_ticket("Table 7", "cooking")
    await expo.sees_ticket("Table 7", "cooking")
    await cook.reloads()
    struck = cook.card("Table 7").get_by_role("button", pressed=True)
    await expect(struck).to_have_count(1)
    await cook.taps(re.compile("Grilled sardines"), within=cook.card("Table 7"))
    await cook.reads("All done: bump")


async def test_what_runs_out_in_the_kitchen_is_off_on_the_waiters_menu(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await dinner.seats("7")
    cook, waiter = await at_station(arrives, hub, dinner), await arrives(Waiter, hub, dinner)
    await waiter.opens_table("7")
    await expect(waiter.dish("Grilled sardines")).to_be_enabled()
    await cook.opens_menu()
    await cook.taps("86 Grilled sardines")
    await cook.reads("Back on")
    await expect(waiter.dish("Grilled sardines")).to_be_disabled()
    await expect(waiter.dish("Grilled sardines")).to_contain_text("86")
    await cook.taps("Back on: Grilled sardines")
    await expect(waiter.dish("Grilled sardines")).to_be_enabled()


async def test_the_pass_says_which_stations_a_course_waits_for_and_sends_it_out(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    expo: Cook = await arrives(Cook, hub, dinner, role=Role.EXPO, address="/kitchen?pass")
    fired = await dinner.orders("7", "Ladle burger", "Fish and chips")
    await expo.sees_ticket("Table 7", "Waits for:", "Grill 1", "Fry 1")
    grill, fry = fired.tickets
    await dinner.bumps(grill.ticket_id)
    await expo.sees_ticket("Table 7", "Ready: Grill")
    await dinner.bumps(fry.ticket_id)
    await expo.sees_ticket("Table 7", "READY")
    await expo.taps(re.compile("^Serve Table 7"))
    await expo.sees_no_ticket("Table 7")


async def _bumps_by_key(cook: Cook, key: str, title: str) -> None:
    """A key means a card once its number has been the card's for a moment; who was too early presses it again, as
    people do. On a slow machine the rail may change once more after it seemed to rest."""
    while await cook.card(title).count():
        await cook.presses(key)
        with contextlib.suppress(AssertionError):
            await expect(cook.card(title)).to_have_count(0, timeout=AT_ONCE_MS)


async def test_a_bump_bar_is_enough(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    cook = await at_station(arrives, hub, dinner)
    for table in ("7", "8", "9"):
        await dinner.orders(table, "Ladle burger")
    await cook.sees_tickets(3)
    await _bumps_by_key(cook, "2", "Table 8")
    await cook.presses("u")
    await cook.sees_tickets(3)
    await _bumps_by_key(cook, "1", "Table 7")
    await cook.presses("r")
    await cook.sees_tickets(3)
    await cook.presses("?")
    await expect(cook.page.get_by_role("dialog")).to_be_visible()
    # What is typed before an open dialog bumps nothing.
    await cook.presses("1", "Escape")
    await expect(cook.page.get_by_role("dialog")).to_have_count(0)
    await cook.sees_tickets(3)
    await cook.presses("ArrowDown", "Enter")
    await cook.sees_no_ticket("Table 7")


async def test_who_presses_twice_bumps_one_ticket(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    cook = await at_station(arrives, hub, dinner)
    await dinner.orders("1", "Ladle burger")
    await dinner.orders("2", "Ladle burger")
    await dinner.orders("3", "Ladle burger")
    for done, (motion, how) in enumerate(product(("reduce", "no-preference"), ("number", "focus", "finger"))):
        await cook.page.emulate_media(reduced_motion=motion)
        await cook.sees_tickets(3)
        first, second, coming = (f"Table {done + at}" for at in (1, 2, 4))
        await expect(cook.card(first).get_by_role("button", name="Bump")).to_be_enabled()
        # Whoever just moved up is not meant yet.
        await expect(cook.card(first)).to_have_css("pointer-events", "auto")
        await cook.page.evaluate(TWICE, [how, first])
        await dinner.orders(coming.removeprefix("Table "), "Ladle burger")
        await cook.sees_ticket(coming)
        await cook.sees_ticket(second)
        assert await recorded(dinner, "ticket_bumped") == done + 1, (motion, how)


async def test_no_finger_hits_what_a_rail_of_another_size_put_beneath_it(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, hub, dinner)
    for table in ("7", "8", "9"):
        await dinner.orders(table, "Ladle burger")
    await cook.sees_tickets(3)
    await cook.page.evaluate(TOUCHABLE)
    await cook.page.set_viewport_size(PHONE.viewport)
    assert await cook.page.evaluate("() => window.touchable") == []
    # A moment later everything is as it was.
    await expect(cook.card("Table 7")).to_have_css("pointer-events", "auto")
    await cook.bumps("Table 7")
    await cook.sees_no_ticket("Table 7")


async def test_the_first_touch_of_an_evening_is_not_lost_to_the_sound_it_switches_on(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, hub, dinner, size=PHONE)
    await dinner.orders("7", "Ladle burger")
    await cook.sees_tickets(1)
    await cook.reads("Tap once for sound")
    # As long as a finger stays down.
    await cook.card("Table 7").get_by_role("button", name=re.compile("^Bump")).click(delay=FINGER_MS)
    await cook.sees_no_ticket("Table 7")
    await expect(cook.page.get_by_text("Tap once for sound")).to_have_count(0)


async def test_cards_that_did_not_move_are_bumped_as_fast_as_keys_are_pressed(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, hub, dinner)
    for table in ("7", "8", "9"):
        await dinner.orders(table, "Ladle burger")
    await cook.sees_tickets(3)
    await cook.presses("3", "2", "1")
    await cook.sees_tickets(0)


async def test_a_cook_whose_job_was_taken_away_is_told_so_above_what_still_hangs(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, hub, dinner)
    await dinner.orders("7", "Ladle burger")
    await cook.sees_ticket("Table 7")
    person = dinner.people[Role.COOK].id
    await dinner.asks(TakeRole(restaurant_id=dinner.restaurant, user_id=person, role=Role.COOK), Role.OWNER)
    await expect(
        cook.page.get_by_role("alert").filter(has_text="This screen hears nothing more from Grill.")
    ).to_be_visible()
    await expect(cook.page.locator("[data-stale=true]")).to_be_visible(timeout=AT_ONCE_MS)
    await cook.sees_ticket("Table 7", "Ladle burger")


async def test_what_hangs_beside_a_ticket_that_needs_the_next_page_is_in_sight_and_has_its_number(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    cook = await at_station(arrives, hub, dinner, size=TABLET)
    # With the list beside them, cards have three columns.
    await cook.page.get_by_role("button", name="All day").click()
    for table, lines in {"1": 7, "2": 7, "3": 1, "4": 1}.items():
        await dinner.orders(table, *["Ladle burger"] * lines)
    await cook.sees_tickets(4)
    await expect(cook.page.get_by_role("navigation", name="Out of sight")).to_contain_text("1 more")
    for table in ("1", "3", "4"):
        await expect(cook.card(f"Table {table}")).to_be_in_viewport()
    await expect(cook.card("Table 2")).not_to_be_in_viewport()
    assert await cook.page.evaluate(HUNG) == ["Table 1", "Table 3", "Table 4", "Table 2"]
    # Its number is its own for long enough to be meant, as soon as a finger could mean it.
    await expect(cook.card("Table 3")).to_have_css("pointer-events", "auto")
    await _bumps_by_key(cook, "2", "Table 3")
    await cook.sees_tickets(3)


async def test_a_kitchen_that_was_chosen_once_is_there_again(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    cook: Cook = await arrives(Cook, hub, dinner)
    await cook.goes_to("Fry")
    assert cook.page.url.endswith(f"/kitchen?station={dinner.stations['Fry']}")
    await cook.goes("/kitchen")
    await cook.is_live()
    await expect(cook.heading("Fry").first).to_be_visible()
