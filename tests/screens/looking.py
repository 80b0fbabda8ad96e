"""Looking at a page as somebody would who has to use it: whether it is whole, big enough, and there for everybody.

Every look answers what is wrong, in sentences; nothing is a page to be proud of. Not its business: what the page shows.
"""

import re
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.support.screens import Size
from tests.whole.project import ROOT

LOOK = Path(__file__).with_name("looking.js").read_text(encoding="utf-8")
ONE_OF_MANY = re.compile(r"“[^”]*”|\d+")
"""What tells one fault from another of its kind."""
PASSING = (
    (re.compile(r"\b\d{1,3}:\d\d(:\d\d)?\b"), "0:00"),
    (re.compile(r"\b\d+ min\b"), "0 min"),
    (re.compile(r"\b\d+ entr(y|ies) in the last minute"), "0 entries in the last minute"),
)
FRAME = re.compile(r"\s*- '?(banner|main|contentinfo|region|heading|rowheader .*Normal|button|link)\b")
"""What is always there, whatever the figures are."""
AXE = ROOT / "dashboards" / "screens" / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = """async (standards) => {
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const { violations } = await axe.run(top, {
    runOnly: { type: "tag", values: standards },
    resultTypes: ["violations"],
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => ({ id, target, why: failureSummary })),
  );
}"""
SIZES_OF_TEXT = """(selector) => [...document.querySelectorAll(selector)]
  .filter((one) => one.checkVisibility())
  .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.textContent.trim().slice(0, 40)])"""


RESTLESS_FRAMES_MAX = 600
SETTLED = """async ([width, height, framesMax]) => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const drawn = () =>
    [...document.querySelectorAll("body *")].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return [one.localName + "." + one.classList, ...[x, y, width, height].map(Math.round)].join(" ");
    });
  let [before, same, restless] = [[], 0, "the glass itself"];
  for (let frames = 0; same < 3; frames += 1) {
    if (frames >= framesMax) throw new Error(`The page does not come to rest: ${restless}`);
    await frame();
    const now = drawn();
    const moving = document.getAnimations().find((one) => one.playState === "running");
    const changed = now.find((one, at) => one !== before[at]);
    const isThere = innerWidth === width && innerHeight === height;
    if (!isThere || moving || changed || now.length !== before.length) {
      [same, restless] = [0, moving?.effect?.target?.className ?? changed ?? restless];
    } else same += 1;
    before = now;
  }
}"""


async def settles(page: Page, size: Size) -> None:
    """Give a page this size, and wait until nothing on it moves."""
    await page.set_viewport_size(size.viewport)
    await page.evaluate(SETTLED, [size.width, size.height, RESTLESS_FRAMES_MAX])


async def faults(page: Page, *, target_px: int) -> list[str]:
    """What overlaps, is cut off, or is too small for a finger."""
    found: list[str] = await page.evaluate(LOOK, {"targetPx": target_px})
    return _once_each(found)


async def barriers(page: Page) -> list[str]:
    """What keeps somebody out who sees little, hears the page read, or has no pointer.

    Of what lies over a page, as long as something does: nobody gets at the rest of it then.
    """
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(RUN_AXE, STANDARDS)
    return _once_each([f"{one['id']}: {one['target']} {' '.join(one['why'].split())}" for one in found])


def _once_each(found: list[str]) -> list[str]:
    """What is wrong with forty cards alike is said once, and how often."""
    alike: dict[str, list[str]] = {}
    for one in found:
        alike.setdefault(ONE_OF_MANY.sub("", one), []).append(one)
    return [first if not more else f"{first} (and {len(more)} more like it)" for first, *more in alike.values()]


async def small_texts(page: Page, selector: str, *, least_px: float) -> list[str]:
    """Texts of this kind that are smaller than they may be."""
    sizes: list[tuple[float, str]] = await page.evaluate(SIZES_OF_TEXT, selector)
    assert sizes, f"There is nothing to be read in {selector}."
    return [f"“{text}” is {px} px high" for px, text in sizes if px < least_px]


async def as_heard(page: Page, *, has_figures: bool = False) -> str:
    """The page as it is read aloud, without what passes with time; with figures, only what they are figures of."""
    heard = await page.locator("body").aria_snapshot()
    for passing, still in PASSING:
        heard = passing.sub(still, heard)
    if not has_figures:
        return heard
    # The sentence on top is as the machine is just now.
    heard = re.sub(r'  - region "[^"]*":\n.*?(?=  - term: )', "", heard, count=1, flags=re.DOTALL)
    return "\n".join(line for line in heard.splitlines() if FRAME.match(line))
