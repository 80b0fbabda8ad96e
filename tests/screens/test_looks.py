"""Every screen at half past eight, at every size: whole, big enough for wet fingers, and there for everybody."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from hub.people import Role
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner, forty_tickets
from tests.screens.looking import as_heard, barriers, faults, settles, small_texts
from tests.support.cable import a_cable
from tests.support.databases import a_database
from tests.support.hubs import RunningHub, a_hub
from tests.support.screens import (
    DESK,
    NO_NETWORK,
    SIZES,
    TABLET,
    WALL,
    Cook,
    Glass,
    Guest,
    Operator,
    Owner,
    Passerby,
    Size,
    Waiter,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

HEARD = Path(__file__).with_name("heard")
WRITE = "BRIGADE_WRITE_HEARD"
"""Set, what is heard is written down anew instead of being compared."""

LINE_PX_MIN = 24
TARGET_PX, KITCHEN_TARGET_PX = 44, 60


ROOM_LEFT_COLUMNS = """() => {
  const rail = document.querySelector("ol.rail");
  const { left, right } = rail.getBoundingClientRect();
  const boxes = [...rail.querySelectorAll("article")].map((card) => card.getBoundingClientRect());
  if (boxes.every((box) => box.right <= right + 2)) return 0;
  const end = Math.max(left, ...boxes.filter((box) => box.right <= right + 2).map((box) => box.right));
  return (right - end) / Math.min(...boxes.map((box) => box.width));
}"""
"""How many of the narrowest cards would go beside the last one in sight; none where none hangs out of sight."""
ROOM_LEFT_COLUMNS_MAX = 1


HIDDEN = """() => {
  const rail = document.querySelector("ol.rail").getBoundingClientRect();
  const isInSight = ({ left, right, top, bottom }) =>
    right > rail.left + 1 && left < rail.right - 1 && bottom > rail.top + 1 && top < rail.bottom - 1;
  return [...document.querySelectorAll("article")].filter((card) => !isInSight(card.getBoundingClientRect())).length;
}"""
"""How many cards no part of which is in sight."""


@dataclass(frozen=True)
class Leaf:
    """What lies over a screen once it was opened; put away again, the screen is as it was."""

    name: str
    opens: Callable[[Any], Awaitable[object]]


@dataclass(frozen=True)
class View:
    """One screen as it is looked at: who stands before it, where, and what can be opened there."""

    name: str
    who: type[Glass]
    address: Callable[[Dinner], Awaitable[str]] | None = None
    shows: str = "main"
    """What must be there before it is worth looking."""
    leaves: tuple[Leaf, ...] = ()
    matters: Callable[[Page], tuple[Locator, ...]] = lambda page: ()
    """What must be in sight at once, whatever the size."""

    @property
    def target_px(self) -> int:
        return KITCHEN_TARGET_PX if self.who is Cook else TARGET_PX


async def _station(dinner: Dinner) -> str:
    return f"/kitchen?station={dinner.stations['Grill']}"


async def _pass(dinner: Dinner) -> str:
    return "/kitchen?pass"


async def _order(dinner: Dinner) -> str:
    return f"/track/{(await dinner.links('7'))[0]}"


async def _keys(dinner: Dinner) -> str:
    return "/office?page=keys"


async def _party(dinner: Dinner) -> str:
    return f"/track/{(await dinner.links('7'))[1]}"


def _taps(name: str) -> Callable[[Glass], Awaitable[object]]:
    return lambda glass: glass.taps(name, is_exact=False)


async def _opens_choice(waiter: Waiter) -> None:
    await waiter.opens_table("1")
    await waiter.dish("Ladle burger").click()


def _at_the_station(page: Page) -> tuple[Locator, ...]:
    return (
        page.get_by_role("heading", level=1),
        page.get_by_text("Live", exact=True),
        page.get_by_role("article").first.get_by_role("heading"),
        page.get_by_role("contentinfo"),
    )


def _on_the_floor(page: Page) -> tuple[Locator, ...]:
    served = page.get_by_role("region", name="Now").get_by_role("button", name="Served").first
    return page.get_by_text("Live", exact=True), served


def _of_an_order(page: Page) -> tuple[Locator, ...]:
    return page.get_by_text("The kitchen is cooking"), page.get_by_role("list", name="How far it is")


STATION_LEAVES = (
    Leaf("stock", lambda cook: cook.opens_menu()),
    Leaf("card", _taps("More about Table 12")),
    Leaf("keys", _taps("Keys and touches")),
    Leaf("places", _taps("Change station")),
)
PASS_LEAVES = (
    Leaf("tray", _taps("Recall 1")),
    Leaf("account", lambda cook: cook.opens_account()),
)
FLOOR_LEAVES = (
    Leaf("table", lambda waiter: waiter.opens_table("7")),
    Leaf("free-table", lambda waiter: waiter.opens_table("4")),
    Leaf("taking", lambda waiter: waiter.opens_table("1")),
    Leaf("choice", _opens_choice),
    Leaf("elsewhere", _taps("Pickup & delivery")),
)
STATION = View("station", Cook, _station, "article", STATION_LEAVES, _at_the_station)
VIEWS = (
    View("front", Passerby, shows=".docket__facts li"),
    STATION,
    View("pass", Cook, _pass, "article", PASS_LEAVES),
    View("floor", Waiter, None, "section.plan", FLOOR_LEAVES, _on_the_floor),
    View("ops", Operator, shows=".verdict"),
    View("order", Guest, _order, "article", matters=_of_an_order),
    View("party", Guest, _party, "article"),
    View(
        "people",
        Owner,
        None,
        "body:has(.office__house:not(:empty)) .people__one",
        (Leaf("roles", _taps("Roles of Cora")),),
    ),
    View("keys", Owner, _keys, ".sheet", (Leaf("key", _taps("Make a key")),)),
)
TIGHT = {"station", "pass", "floor", "order"}
"""Where words stand in boxes whose width they do not choose."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def evening_hub(postgres_url: str, redis_url: str, evening: str) -> AsyncIterator[RunningHub]:
    """A hub of the restaurant at half past eight, where everybody only looks."""
    async with a_database(postgres_url, template=evening) as url, a_hub(url, redis_url) as hub:
        yield hub


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def half_past_eight(evening_hub: RunningHub) -> Dinner:
    return await Dinner.at(evening_hub.hub)


async def looks(arrives: Arrives, at: RunningHub | str, view: View, dinner: Dinner, **how: object) -> Glass:
    """Somebody before this view, once there is something to see."""
    address = await view.address(dinner) if view.address else None
    if view.who is Passerby:
        how["shift"] = dinner.shift(Role.MANAGER)
    glass: Glass = await arrives(view.who, at, dinner, address=address, **how)
    await expect(glass.page.locator(view.shows).first).to_be_visible()
    await glass.is_live()
    return glass


async def wrongs(
    glass: Glass,
    target_px: int,
    where: str,
    *,
    asked_at: Collection[Size] = SIZES,
    matters: Callable[[Page], tuple[Locator, ...]] = lambda page: (),
) -> list[str]:
    """Everything that is wrong with what is shown at every size; it is asked for barriers at these."""
    found = []
    for size in SIZES:
        await settles(glass.page, size)
        for one in matters(glass.page):
            await expect(one).to_be_in_viewport(ratio=1)
        here = await faults(glass.page, target_px=target_px)
        if size in asked_at:
            here += await barriers(glass.page)
        found += [f"{where}, {size.name}: {one}" for one in here]
    return found


async def misheard(glass: Glass, view: View) -> list[str]:
    """What a screen reader is given, against what somebody has read and found good."""
    heard = await as_heard(glass.page, has_figures=view.who is Operator)
    file = HEARD / f"{view.name}.yaml"
    if os.environ.get(WRITE):
        file.parent.mkdir(exist_ok=True)
        file.write_text(heard + "\n", encoding="utf-8")
    written = file.read_text(encoding="utf-8")
    changed = "\n".join(unified_diff(written.splitlines(), heard.splitlines(), file.name, "heard", lineterm=""))
    return [f"{view.name}:\n{changed}\n\nIf this is right, {WRITE}=1 writes it down."] if changed else []


def nothing_of(found: list[str]) -> None:
    assert found == [], "\n" + "\n".join(found)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
async def test_a_screen_is_whole_and_there_for_everybody_at_every_size_whatever_state_it_is_in(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives, view: View
) -> None:
    """Read aloud, live, under whatever can be opened, stale, and in the language with longer words: a device each
    would need half of the time to come up."""
    async with a_cable(evening_hub.url) as cable:
        glass = await looks(arrives, cable.url, view, half_past_eight, size=WALL, has_clock=True)
        found = await misheard(glass, view)
        found += await wrongs(glass, view.target_px, f"{view.name}, live", matters=view.matters)
        for leaf in view.leaves:
            await settles(glass.page, TABLET)
            await leaf.opens(glass)
            await expect(glass.page.get_by_role("dialog").last).to_be_visible()
            found += await wrongs(glass, view.target_px, f"{view.name}, {leaf.name}")
            await glass.puts_away()
        glass.expects(NO_NETWORK)
        cable.cut()
        await glass.is_offline()
        await glass.lets_pass(20)
        await glass.is_grey()
        found += await wrongs(glass, view.target_px, f"{view.name}, stale", asked_at=[TABLET])
        if view.name in TIGHT:
            cable.mend()
            await glass.speaks("es")
            await glass.reloads()
            await expect(glass.page.locator(view.shows).first).to_be_visible()
            await glass.is_live()
            found += await wrongs(glass, view.target_px, f"{view.name}, live in Spanish", asked_at=[])
        nothing_of(found)


async def test_a_signed_out_screen_is_whole_and_there_for_everybody_at_every_size(
    evening_hub: RunningHub, arrives: Arrives
) -> None:
    glass: Glass = await arrives(Passerby, evening_hub)
    found = []
    for who in (Passerby, Cook, Waiter, Operator, Owner):
        await glass.goes(who.address)
        await glass.is_asked_to_sign_in()
        target_px = KITCHEN_TARGET_PX if who is Cook else TARGET_PX
        found += await wrongs(glass, target_px, f"{who.screen}, signed out")
    nothing_of(found)


# ------------------------------------------------------------------ the kitchen from two metres


async def test_a_line_is_read_from_two_metres_and_no_two_columns_stay_empty_while_a_ticket_hangs_out_of_sight(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives
) -> None:
    cook = await looks(arrives, evening_hub, STATION, half_past_eight, size=WALL)
    for selector in ("article .line__name", "article .line__quantity", "article h2"):
        nothing_of(await small_texts(cook.page, selector, least_px=LINE_PX_MIN))
    for size in (WALL, DESK, TABLET):
        await settles(cook.page, size)
        # A long ticket may be broader than others, and then one column is not enough for it.
        assert await cook.page.evaluate(ROOM_LEFT_COLUMNS) < ROOM_LEFT_COLUMNS_MAX, size.name
        nothing_of(await faults(cook.page, target_px=KITCHEN_TARGET_PX))


async def test_forty_tickets_are_as_readable_and_as_whole_and_none_is_hidden_without_a_word(
    hub: RunningHub, dinner: Dinner, arrives: Arrives
) -> None:
    await forty_tickets(dinner)
    view = View("forty", Cook, _station, "article")
    cook = await looks(arrives, hub, view, dinner, size=WALL)
    nothing_of(await small_texts(cook.page, "article .line__name", least_px=LINE_PX_MIN))
    for size in SIZES:
        await settles(cook.page, size)
        nothing_of(await faults(cook.page, target_px=KITCHEN_TARGET_PX))
    # Of which three sizes the last is the smallest.
    await cook.sees_tickets(40)
    await cook.reads("40 open")
    hidden = await cook.page.evaluate(HIDDEN)
    told = cook.page.get_by_role("navigation", name="Out of sight")
    assert 0 < hidden < 40
    await expect(told).to_contain_text(f"{hidden} more")
    await expect(told).to_contain_text("oldest")
