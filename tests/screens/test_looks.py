"""Every screen at half past eight, at every size: whole, big enough for wet fingers, and there for everybody."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from difflib import unified_diff
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

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


@dataclass(frozen=True)
class View:
    """One screen as it is looked at: who stands before it, where, and what is open."""

    name: str
    who: type[Glass]
    address: Callable[[Dinner], Awaitable[str]] | None = None
    shows: str = "main"
    """What must be there before it is worth looking."""
    opens: Callable[[Any], Awaitable[object]] | None = None

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


VIEWS = (
    View("front", Passerby, shows=".docket__facts li"),
    View("station", Cook, _station, "article"),
    View("pass", Cook, _pass, "article"),
    View("floor", Waiter, shows="section.plan"),
    View("ops", Operator, shows=".verdict"),
    View("order", Guest, _order, "article"),
    View("party", Guest, _party, "article"),
    View("people", Owner, shows="body:has(.office__house:not(:empty)) .people__one"),
)
TIGHT = {"station", "pass", "floor", "order"}
"""Where words stand in boxes whose width they do not choose."""
DIALOGS = (
    View("stock", Cook, _station, "article", lambda cook: cook.opens_menu()),
    View("tray", Cook, _pass, "article", _taps("Recall 1")),
    View("card", Cook, _station, "article", _taps("More about Table 12")),
    View("keys", Cook, _station, "article", _taps("Keys and touches")),
    View("account", Cook, _pass, "article", lambda cook: cook.opens_account()),
    View("places", Cook, _station, "article", _taps("Change station")),
    View("table", Waiter, None, "section.plan", lambda waiter: waiter.opens_table("7")),
    View("free-table", Waiter, None, "section.plan", lambda waiter: waiter.opens_table("4")),
    View("taking", Waiter, None, "section.plan", lambda waiter: waiter.opens_table("1")),
    View("choice", Waiter, None, "section.plan", _opens_choice),
    View("elsewhere", Waiter, None, "section.plan", _taps("Pickup & delivery")),
    View("roles", Owner, None, ".people__one", _taps("Roles of Cora")),
    View("key", Owner, _keys, ".sheet", _taps("Make a key")),
)


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


async def wrongs(glass: Glass, view: View, state: str, *, asked_at: Collection[Size] = SIZES) -> list[str]:
    """Everything that is wrong with a view at every size; it is asked for barriers at these."""
    found = []
    for size in SIZES:
        await settles(glass.page, size)
        where = f"{view.name}, {state}, {size.name}"
        found += [f"{where}: {one}" for one in await faults(glass.page, target_px=view.target_px)]
        if size in asked_at:
            found += [f"{where}: {one}" for one in await barriers(glass.page)]
    return found


def nothing_of(found: list[str]) -> None:
    assert found == [], "\n" + "\n".join(found)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
async def test_a_live_screen_is_whole_and_there_for_everybody_at_every_size(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives, view: View
) -> None:
    glass = await looks(arrives, evening_hub, view, half_past_eight)
    nothing_of(await wrongs(glass, view, "live"))


@pytest.mark.parametrize("view", [one for one in VIEWS if one.name in TIGHT], ids=lambda view: view.name)
async def test_what_is_tight_is_whole_in_the_language_with_longer_words(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives, view: View
) -> None:
    glass = await looks(arrives, evening_hub, view, half_past_eight, language="es-ES")
    nothing_of(await wrongs(glass, view, "live in Spanish", asked_at=[]))


@pytest.mark.parametrize("view", DIALOGS, ids=lambda view: view.name)
async def test_a_dialog_is_whole_and_there_for_everybody_at_every_size(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives, view: View
) -> None:
    assert view.opens is not None
    glass = await looks(arrives, evening_hub, view, half_past_eight)
    await view.opens(glass)
    await expect(glass.page.get_by_role("dialog").last).to_be_visible()
    nothing_of(await wrongs(glass, view, "open"))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
async def test_a_stale_screen_can_still_be_read_by_everybody(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives, view: View
) -> None:
    async with a_cable(evening_hub.url) as cable:
        glass = await looks(arrives, cable.url, view, half_past_eight, has_clock=True)
        glass.expects(NO_NETWORK)
        cable.cut()
        await glass.is_offline()
        await glass.lets_pass(20)
        await glass.is_grey()
        nothing_of(await wrongs(glass, view, "stale", asked_at=[TABLET]))


@pytest.mark.parametrize("who", [Passerby, Cook, Waiter, Operator, Owner], ids=lambda who: who.screen)
async def test_a_signed_out_screen_is_whole_and_there_for_everybody_at_every_size(
    evening_hub: RunningHub, arrives: Arrives, who: type[Glass]
) -> None:
    glass: Glass = await arrives(who, evening_hub)
    await glass.is_asked_to_sign_in()
    nothing_of(await wrongs(glass, View(who.screen, who), "signed out"))


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
async def test_a_screen_is_heard_as_it_was_written_down(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives, view: View
) -> None:
    """What a screen reader is given, against what somebody has read and found good."""
    glass = await looks(arrives, evening_hub, view, half_past_eight, size=WALL)
    heard = await as_heard(glass.page, has_figures=view.who is Operator)
    file = HEARD / f"{view.name}.yaml"
    if os.environ.get(WRITE):
        file.parent.mkdir(exist_ok=True)
        file.write_text(heard + "\n", encoding="utf-8")
    written = file.read_text(encoding="utf-8")
    changed = "\n".join(unified_diff(written.splitlines(), heard.splitlines(), file.name, "heard", lineterm=""))
    assert not changed, f"\n{changed}\n\nIf this is right, {WRITE}=1 writes it down."


# ------------------------------------------------------------------ the kitchen from two metres


async def test_a_line_is_read_from_two_metres(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives
) -> None:
    cook = await looks(arrives, evening_hub, VIEWS[1], half_past_eight, size=WALL)
    nothing_of(await small_texts(cook.page, "article .line__name", least_px=LINE_PX_MIN))
    nothing_of(await small_texts(cook.page, "article .line__quantity", least_px=LINE_PX_MIN))
    nothing_of(await small_texts(cook.page, "article h2", least_px=LINE_PX_MIN))


async def test_forty_tickets_are_as_readable_and_as_whole(hub: RunningHub, dinner: Dinner, arrives: Arrives) -> None:
    await forty_tickets(dinner)
    view = View("forty", Cook, _station, "article")
    cook = await looks(arrives, hub, view, dinner, size=WALL)
    nothing_of(await small_texts(cook.page, "article .line__name", least_px=LINE_PX_MIN))
    for size in SIZES:
        await settles(cook.page, size)
        nothing_of(await faults(cook.page, target_px=KITCHEN_TARGET_PX))


@pytest.mark.parametrize("size", [WALL, DESK, TABLET], ids=lambda size: size.name)
async def test_no_two_columns_stay_empty_while_a_ticket_hangs_out_of_sight(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives, size: Size
) -> None:
    cook = await looks(arrives, evening_hub, VIEWS[1], half_past_eight, size=size)
    await settles(cook.page, size)
    # A long ticket may be broader than others, and then one column is not enough for it.
    assert await cook.page.evaluate(ROOM_LEFT_COLUMNS) < ROOM_LEFT_COLUMNS_MAX
    nothing_of(await faults(cook.page, target_px=KITCHEN_TARGET_PX))


async def test_what_matters_most_is_in_sight_at_once(
    evening_hub: RunningHub, half_past_eight: Dinner, arrives: Arrives
) -> None:
    cook = await looks(arrives, evening_hub, VIEWS[1], half_past_eight)
    waiter = await looks(arrives, evening_hub, VIEWS[3], half_past_eight)
    guest = await looks(arrives, evening_hub, VIEWS[5], half_past_eight)
    important = {
        cook: (
            cook.page.get_by_role("heading", level=1),
            cook.page.get_by_text("Live", exact=True),
            cook.page.get_by_role("article").first.get_by_role("heading"),
            cook.page.get_by_role("contentinfo"),
        ),
        waiter: (
            waiter.page.get_by_text("Live", exact=True),
            waiter.page.get_by_role("region", name="Now").get_by_role("button", name="Served").first,
        ),
        guest: (
            guest.page.get_by_text("The kitchen is cooking"),
            guest.page.get_by_role("list", name="How far it is"),
        ),
    }
    for (glass, things), size in product(important.items(), SIZES):
        await settles(glass.page, size)
        for one in things:
            await expect(one).to_be_in_viewport(ratio=1)
