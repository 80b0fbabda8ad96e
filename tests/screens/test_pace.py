"""How soon a screen is there, and how soon it shows what it hears, by the browser's own measures.

The figures are printed, and kept with the test's results. What is asserted is what a person would notice, not what
this machine can do.
"""

from collections.abc import Callable
from statistics import median, quantiles

import pytest

from hub.ids import TicketId
from tests.screens.conftest import Arrives
from tests.screens.dinner import Dinner, forty_tickets
from tests.support.hubs import RunningHub
from tests.support.screens import PHONE, TABLET, WALL, Cook, Glass, Guest, Operator, Passerby, Size, Waiter

Capsys = pytest.CaptureFixture[str]
Record = Callable[[str, object], None]

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST_PAINT_MS_MAX = 1_000
"""Until here a person's thought is not interrupted."""
SHOWN_MS_MAX = 100
"""Until here it is at once."""
STEPS = 30

ROUNDS_MAX = 3
"""Whatever else this machine has to do is not the screen's fault: the best of so many rounds counts."""

AT_REST = "() => document.getAnimations().every((one) => one.playState === 'finished')"
"""What came before has slid to its place: kitchens have seconds between two entries, not milliseconds."""

FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


@pytest.mark.parametrize("who", [Passerby, Cook, Waiter, Operator, Guest], ids=lambda who: who.screen)
async def test_a_screen_is_there_before_anybody_waits_for_it(
    hub: RunningHub, dinner: Dinner, arrives: Arrives, capsys: Capsys, record_property: Record, who: type[Glass]
) -> None:
    await dinner.orders("7", "Ladle burger")
    address = f"/track/{(await dinner.links('7'))[0]}" if who is Guest else None
    painted_ms: list[float] = []
    while not painted_ms or (min(painted_ms) >= FIRST_PAINT_MS_MAX and len(painted_ms) < ROUNDS_MAX):
        # Everybody's cache is empty.
        glass: Glass = await arrives(who, hub, dinner, address=address, size=PHONE if who is Guest else WALL)
        await glass.page.wait_for_function(f"() => ({FIRST_PAINT}) !== null")
        painted_ms.append(await glass.page.evaluate(FIRST_PAINT))
    with capsys.disabled():
        print(f"\n  {who.screen}: first contentful paint after {min(painted_ms):.0f} ms", end="")
    record_property("first_paint_ms", round(min(painted_ms)))
    assert min(painted_ms) < FIRST_PAINT_MS_MAX


@pytest.mark.parametrize("size", [WALL, TABLET], ids=lambda size: size.name)
async def test_what_a_kitchen_with_forty_tickets_hears_is_on_the_glass_at_once(
    hub: RunningHub, dinner: Dinner, arrives: Arrives, capsys: Capsys, record_property: Record, size: Size
) -> None:
    tickets = await forty_tickets(dinner)
    station = f"/kitchen?station={dinner.stations['Grill']}"
    cook: Cook = await arrives(Cook, hub, dinner, address=station, size=size, moves=True)
    await cook.sees_tickets(40)
    p95s: list[float] = []
    while not p95s or (min(p95s) >= SHOWN_MS_MAX and len(p95s) < ROUNDS_MAX):
        shown_ms = await _a_round(dinner, cook, tickets[len(p95s) * STEPS // 3 :])
        works_ms: list[float] = await cook.page.evaluate("watching.worksMs")
        p95s.append(quantiles(shown_ms, n=20)[-1])
        with capsys.disabled():
            print(f"\n  kitchen with forty tickets, {size.name}, {len(shown_ms)} entries: shown after", end=" ")
            print(f"{_p50_and_p95(shown_ms)}, of which applying and painting {_p50_and_p95(works_ms)}", end="")
    record_property("shown_p95_ms", round(min(p95s)))
    assert min(p95s) < SHOWN_MS_MAX


def _p50_and_p95(measured_ms: list[float]) -> str:
    return f"p50 {median(measured_ms):.1f} ms, p95 {quantiles(measured_ms, n=20)[-1]:.1f} ms"


async def _a_round(dinner: Dinner, cook: Cook, tickets: list[TicketId]) -> list[float]:
    """Started, bumped, recalled, and the next one: cards change, leave, come back, and close up."""
    await cook.page.evaluate("watching.paintsMs.length = watching.worksMs.length = 0")
    for step in range(STEPS):
        await cook.page.wait_for_function(AT_REST)
        await (dinner.starts, dinner.bumps, dinner.recalls)[step % 3](tickets[step // 3])
        await cook.page.wait_for_function("(count) => watching.paintsMs.length > count", arg=step)
    shown_ms: list[float] = await cook.page.evaluate("watching.paintsMs")
    assert len(shown_ms) >= STEPS
    return shown_ms
