"""People before screens: real pages in a real browser, with verbs.

    cook = await arrives(Cook, at=hub.url, dinner=dinner, station="Grill")
    await cook.bumps("Table 7")
    await guest.reads("Your food is ready!")

Whatever a page complains of in its console fails the test that it is in, unless the test has named it beforehand. Not
its business: hubs and dinners.
"""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from hub.people import Role

PATIENCE_MS = 15_000
TABS_MAX = 150
NAME_IN_FOCUS = """() => {
  const focused = document.activeElement;
  return (focused?.ariaLabel ?? focused?.labels?.[0]?.textContent ?? focused?.textContent ?? "").trim();
}"""
KEEP = Path(__file__).with_name("keeping.js").read_text(encoding="utf-8")
WATCH = Path(__file__).with_name("watching.js").read_text(encoding="utf-8")

NO_NETWORK = r"ERR_(CONNECTION_\w+|EMPTY_RESPONSE|INTERNET_DISCONNECTED|NETWORK_\w+|SOCKET_\w+)|WebSocket connection to"
"""What a browser says of its own accord where a hub cannot be reached."""
LEFT = r"^failed: GET \S+ net::ERR_ABORTED$"
"""Whoever leaves a page does not wait for what it still asks."""
NOTHING_HELD = "Service Worker registration blocked"
"""What a page hears whose device must not hold the screens."""

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found_browser() -> str | None:
    """Chromium, or Chrome, as this machine has it: rather without windows, which paints the same in half the time."""
    return next((path for name in BROWSERS if (path := shutil.which(name)) is not None), None)


@dataclass(frozen=True)
class Size:
    """A glass that screens are made for."""

    name: str
    width: int
    height: int
    is_touched: bool = False

    @property
    def viewport(self) -> Any:
        return {"width": self.width, "height": self.height}


WALL = Size("wall", 1920, 1080)
DESK = Size("desk", 1280, 800)
TABLET = Size("tablet", 1024, 768, is_touched=True)
PHONE = Size("phone", 390, 844, is_touched=True)
SIZES = (WALL, TABLET, PHONE)


class Glass:
    """One page, and what was seen and heard of it since it was opened."""

    address: ClassVar[str] = "/"
    screen: ClassVar[str] = "front"
    role: ClassVar[Role | None] = None

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.loads = 0
        self.taps_made = 0
        self.asked: list[str] = []
        self.lines: list[str] = []
        self._complaints: list[str] = []
        self._expected: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._hear_console)
        page.on("pageerror", lambda error: self._complaints.append(f"error: {error}"))
        page.on("request", lambda request: self.asked.append(f"{request.method} {request.url}"))
        page.on("websocket", lambda line: self.lines.append(line.url))
        page.on("requestfailed", self._hear_failure)
        page.on("response", self._hear_answer)
        page.on("load", self._hear_load)

    @classmethod
    @asynccontextmanager
    async def before(
        cls,
        browser: Browser,
        url: str,
        *,
        shift: Mapping[str, Any] | None = None,
        size: Size = TABLET,
        language: str = "en-GB",
        kept: Mapping[str, str] | None = None,
        has_clock: bool = False,
        moves: bool = False,
        address: str | None = None,
        holds_screens: bool = False,
    ) -> AsyncIterator[Self]:
        """Somebody stands before this screen, with a shift begun if one is given; nothing of it is left afterwards.

        With a clock, its time can be let pass. Pages keep still unless they may move. Few devices here hold the
        screens, which costs each of them all the files there are.
        """
        stored = {**(kept or {}), **({f"brigade.shift.{cls.screen}": json.dumps(shift)} if shift else {})}
        context = await browser.new_context(
            viewport=size.viewport,
            has_touch=size.is_touched,
            locale=language,
            timezone_id="Europe/London",
            reduced_motion="no-preference" if moves else "reduce",
            service_workers="allow" if holds_screens else "block",
        )
        try:
            await context.add_init_script(WATCH)
            page = await context.new_page()
            if stored:
                await page.add_init_script(f"({KEEP})({json.dumps(url)}, {json.dumps(stored)})")
            if has_clock:
                await page.clock.install()
            glass = cls(page, url)
            if not holds_screens:
                glass.expects(NOTHING_HELD)
            await page.goto(url + (address or cls.address), wait_until="domcontentloaded")
            yield glass
            glass.checks()
        finally:
            await context.close()

    # What it may complain of

    def expects(self, *patterns: str) -> None:
        """From here on the page may say such things: the test is what causes them."""
        self._expected.extend(patterns)

    def checks(self) -> None:
        """Fail with whatever the page complained of and nobody expected."""
        assert self.unexpected == [], "The page complained:\n" + "\n".join(self.unexpected)

    @property
    def unexpected(self) -> list[str]:
        return [one for one in self._complaints if not any(re.search(pattern, one) for pattern in self._expected)]

    # What somebody does

    async def taps(self, name: str | re.Pattern[str], *, within: Locator | None = None, is_exact: bool = True) -> None:
        """Tap a button by its name, and count it."""
        found = (within or self.page).get_by_role("button", name=name, exact=is_exact)
        await found.click()
        self.taps_made += 1

    async def taps_to(self, name: str | re.Pattern[str], wanted: str) -> None:
        """Tap a button until the one it leads to is there: what has only just come up does not mind a finger yet."""
        async with asyncio.timeout(PATIENCE_MS / 1_000):
            while not await self.page.get_by_role("button", name=wanted, exact=True).count():
                await self.taps(name)

    async def presses(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def puts_away(self) -> None:
        """Whatever was opened over the screen, one leaf after the other, and the menu that led there."""
        over = self.page.get_by_role("dialog")
        async with asyncio.timeout(PATIENCE_MS / 1_000):
            while lying := await over.count():
                await self.presses("Escape")
                await expect(over).not_to_have_count(lying)
        if await (menu := self.page.locator("header details[open] > summary")).count():
            await menu.click()

    async def tabs_to(self, name: re.Pattern[str]) -> None:
        """Go from one thing to the next by keyboard until this one has the focus."""
        passed: list[str] = []
        while len(passed) < TABS_MAX:
            await self.page.keyboard.press("Tab")
            passed.append(await self.page.evaluate(NAME_IN_FOCUS))
            if name.search(passed[-1]):
                return
        raise AssertionError(f"Nobody gets to {name.pattern!r} by keyboard, only to {sorted(set(passed))}")

    async def types(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def signs_in(self, email: str, password: str) -> None:
        """Through the form, as anybody does."""
        await self.page.get_by_label("Email").fill(email)
        await self.page.get_by_label("Password").fill(password)
        await self.taps("Sign in")

    async def signs_out(self) -> None:
        # The hub is asked to end the session, and whoever turns to another page at once does not hear the answer.
        self.expects(r"/auth/logout net::ERR_ABORTED")
        await self.page.locator("header details summary").click()
        await self.taps("Sign out")

    async def opens_account(self) -> Locator:
        """One's own account, from any staff screen's menu."""
        await self.page.locator("header details summary").click()
        await self.taps("My account")
        dialog = self.page.get_by_role("dialog", name="My account")
        await expect(dialog.get_by_role("heading", name="About me")).to_be_visible(timeout=PATIENCE_MS)
        return dialog

    async def speaks(self, language: str) -> None:
        """Choose a language by hand, where the screen keeps that choice."""
        more = self.page.locator("header details summary")
        if await more.count():
            await more.click()
        await self.page.locator("label.language select").select_option(language)

    async def reloads(self) -> None:
        self.expects(LEFT)
        await self.page.reload()

    async def goes(self, address: str) -> None:
        """To another address of the same hub, by hand."""
        self.expects(LEFT)
        await self.page.goto(self.url + address)

    async def lets_pass(self, seconds: float) -> None:
        """Let so much time pass on this device at once. The page must have been opened with a clock."""
        await self.page.clock.fast_forward(int(seconds * 1_000))

    # What somebody sees

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, exact=True)

    async def reads(self, text: str | re.Pattern[str]) -> None:
        """Wait until it stands there."""
        await expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=PATIENCE_MS)

    async def reads_nowhere(self, text: str | re.Pattern[str]) -> None:
        await expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0, timeout=PATIENCE_MS)

    async def is_live(self) -> None:
        """Wait until the screen says that what it shows is so."""
        await expect(self.page.locator("[data-state=live]").first).to_be_visible(timeout=PATIENCE_MS)

    async def is_offline(self) -> None:
        """Wait until the screen says in words since when it is on its own."""
        await expect(self.page.locator("[data-state=offline]").first).to_have_text(
            re.compile(r"\d{1,2}:\d\d"), timeout=PATIENCE_MS
        )

    async def is_grey(self) -> None:
        await expect(self.page.locator("[data-stale=true]")).to_be_visible(timeout=PATIENCE_MS)

    async def is_not_grey(self) -> None:
        await expect(self.page.locator("[data-stale=true]")).to_have_count(0, timeout=PATIENCE_MS)

    async def is_asked_to_sign_in(self) -> None:
        await expect(self.page.get_by_label("Password")).to_be_visible(timeout=PATIENCE_MS)

    async def has_focus_on(self, name: str) -> None:
        await expect(self.page.locator(":focus")).to_have_accessible_name(re.compile(name), timeout=PATIENCE_MS)

    # What is heard of the page

    def _hear_console(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning", "assert"):
            where = said.location.get("url", "") if said.location else ""
            self._complaints.append(f"console {said.type}: {said.text} {where}")

    def _hear_failure(self, request: Request) -> None:
        self._complaints.append(f"failed: {request.method} {request.url} {request.failure}")

    def _hear_answer(self, answer: Response) -> None:
        if answer.status >= 400:
            self._complaints.append(f"answered {answer.status}: {answer.request.method} {answer.url}")

    def _hear_load(self, page: Page) -> None:
        self.loads += 1


class Passerby(Glass):
    """Whoever stands at the front door."""


class Cook(Glass):
    """Somebody in the kitchen, before a station's tickets or at the pass."""

    address = "/kitchen"
    screen = "kitchen"
    role = Role.COOK

    @property
    def cards(self) -> Locator:
        return self.page.get_by_role("article")

    def card(self, title: str) -> Locator:
        """A ticket, or at the pass a course, by what it is called: `Table 7`."""
        return self.page.get_by_role("article", name=re.compile(rf"^{re.escape(title)}(,|$)"))

    async def goes_to(self, station: str) -> None:
        """Choose where this screen hangs."""
        await self.taps(station)
        await self.is_live()

    async def sees_ticket(self, title: str, *names: str) -> None:
        """Wait for a ticket, and for these items on it."""
        await expect(self.card(title)).to_have_count(1, timeout=PATIENCE_MS)
        for name in names:
            await expect(self.card(title)).to_contain_text(name, timeout=PATIENCE_MS)

    async def sees_no_ticket(self, title: str) -> None:
        await expect(self.card(title)).to_have_count(0, timeout=PATIENCE_MS)

    async def sees_tickets(self, count: int) -> None:
        await expect(self.cards).to_have_count(count, timeout=PATIENCE_MS)

    async def starts(self, title: str) -> None:
        await self.taps(re.compile(rf"^Start {re.escape(title)}(,|$)"), within=self.card(title))

    async def bumps(self, title: str) -> None:
        await self.taps(re.compile(rf"^Bump {re.escape(title)}(,|$)"), within=self.card(title))

    async def undoes(self) -> None:
        await self.taps("Undo", is_exact=False)

    async def recalls(self, title: str) -> None:
        """From the tray of what was bumped and is not served."""
        await self.taps(re.compile(r"^Recall( \d+( \d+ unsent)?)?$"))
        await self.taps(re.compile(rf"^Recall {re.escape(title)}(,|$)"))

    async def opens_menu(self) -> Locator:
        await self.taps(re.compile(r"^(86: \d+|Nothing 86’d|86 and portions)"), is_exact=False)
        dialog = self.page.get_by_role("dialog", name="86 and portions")
        await expect(dialog).to_be_visible()
        return dialog


class Waiter(Glass):
    """Somebody on the floor, with the plan in hand."""

    address = "/floor"
    screen = "floor"
    role = Role.WAITER

    def table(self, name: str) -> Locator:
        """A table as it stands on the plan."""
        return self.page.get_by_role("region", name="Tables").get_by_role(
            "button", name=re.compile(rf"^Table {re.escape(name)}\b")
        )

    @property
    def sheet(self) -> Locator:
        """What lies over the plan, the topmost."""
        return self.page.get_by_role("dialog").last

    async def opens_table(self, name: str) -> None:
        await self.table(name).click()
        self.taps_made += 1
        await expect(self.sheet).to_be_visible(timeout=PATIENCE_MS)

    async def sees_table(self, name: str, status: str) -> None:
        await expect(self.table(name)).to_contain_text(status, timeout=PATIENCE_MS)

    def dish(self, name: str) -> Locator:
        """An item of the menu where an order is taken. The menu comes before the pad, which names it, too."""
        return self.sheet.get_by_role("button", name=re.compile(rf"^{re.escape(name)}(?!: choices)")).first

    async def adds(self, *names: str) -> None:
        for name in names:
            await self.dish(name).click()
            self.taps_made += 1

    async def chooses(self, *options: str) -> None:
        """Modifiers of the item that lies open, and onto the pad with it."""
        for option in options:
            await self.taps(re.compile(rf"^{re.escape(option)}"), within=self.sheet)
        add = self.sheet.get_by_role("button", name=re.compile(r"^Add · "))
        if await add.count():
            await add.click()
            self.taps_made += 1

    async def sends(self, *, is_fired: bool = True) -> None:
        """The pad is sent, and the screen goes back to the plan."""
        await self.taps(re.compile(r"^Send & fire") if is_fired else "Send", within=self.sheet)

    async def closes_sheet(self) -> None:
        await self.sheet.get_by_role("button", name="Close", exact=True).first.click()

    async def calls_for_nothing(self) -> None:
        await self.reads("Nothing waits for you.")

    async def runs(self, who: str) -> None:
        """Serve what stands ready for somebody, from the strip on top.

        A tap on what only just slid there is passed over, as no finger can have meant it; then one taps again.
        """
        call = self.page.get_by_role("region", name="Now").get_by_role("listitem").filter(has_text=who)
        served = call.get_by_role("button", name="Served", exact=True)
        await expect(served).to_be_enabled(timeout=PATIENCE_MS)
        while await served.count() and await served.is_enabled():
            await served.click()
        self.taps_made += 1


class Guest(Glass):
    """Somebody with a link on a telephone."""

    screen = "guest"

    async def sees_step(self, name: str) -> None:
        """Wait until the order is that far."""
        await expect(self.page.locator("[aria-current=step]").first).to_contain_text(name, timeout=PATIENCE_MS)


class Operator(Glass):
    """Whoever runs the house."""

    address = "/ops"
    screen = "ops"
    role = Role.OWNER

    async def is_told(self, sentence: str | re.Pattern[str]) -> None:
        """Wait for the sentence on top."""
        await expect(self.page.locator(".verdict h2")).to_have_text(sentence, timeout=PATIENCE_MS)


class Owner(Glass):
    """Whoever answers for the restaurant, at a desk."""

    address = "/office"
    screen = "office"
    role = Role.OWNER

    async def turns_to(self, page: str) -> None:
        """One of the office's pages, and wait for it."""
        await self.taps(page, within=self.page.get_by_role("navigation"))
        await expect(self.heading(page)).to_be_visible(timeout=PATIENCE_MS)
