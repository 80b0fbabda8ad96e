"""A browser, two hubs on one database with the demo's restaurant in it, and people who walk up to their screens.

All tests here run in one loop, in which the browser lives: it is launched once.
"""

import importlib.util
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from hub import demo
from hub.caller import Account, read_accounts
from rooms import vitals
from tests.screens.dinner import Dinner, an_evening
from tests.support.databases import a_database, name_of, open_database
from tests.support.hubs import RunningHub, a_hub
from tests.support.screens import PATIENCE_MS, Glass, found_browser
from tests.whole.project import ROOT

Somebody = TypeVar("Somebody", bound=Glass)
Arrives = Callable[..., Awaitable[Any]]

USUAL_MEMORY_BYTES = 200 * 1024**2

# A client that was away may take that long to come back, wherever it is waited for.
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(autouse=True)
def _machine_at_ease(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hubs in this very process would tell operators how big, busy and late it is, which is not what is tried here."""
    monkeypatch.setattr(vitals, "_memory_bytes", lambda: USUAL_MEMORY_BYTES)
    monkeypatch.setattr(vitals.time, "process_time", lambda: 0.0)
    monkeypatch.setattr(vitals.LoopWatch, "worst_seconds", lambda self: 0.0)


@pytest.fixture(scope="session")
def built_screens() -> None:
    """The screens as they are in the sources now: built if they are not."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "dashboards" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    # Its dataclasses look for their module there.
    sys.modules[spec.name] = build
    spec.loader.exec_module(build)
    if build.is_skipped():
        pytest.skip(f"{build.SKIP} is set, and so there are no screens.")
    try:
        build.build()
    except build.NoNode as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def browser_binary() -> str:
    """Chromium, as this machine has it."""
    binary = found_browser()
    if binary is None:
        pytest.skip("Neither Chromium nor Chrome is on this machine.")
    return binary


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(built_screens: None, browser_binary: str) -> AsyncIterator[Browser]:
    """One browser for all; every person has a context of their own in it."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=browser_binary)
        yield browser
        await browser.close()


@dataclass(frozen=True)
class Restaurant:
    """The demo's restaurant as it was seeded: a database to copy, and the accounts of its people by role."""

    template: str
    accounts: Mapping[str, Account]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def restaurant(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Restaurant]:
    """Seeded once, and copied for every test."""
    accounts = tmp_path_factory.mktemp("people") / "accounts.json"
    async with a_database(postgres_url) as url:
        database = await open_database(url)
        await demo.seed(database, accounts)
        await database.close()
        yield Restaurant(name_of(url), {one.role: one for one in read_accounts(accounts)})


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def evening(postgres_url: str, redis_url: str, restaurant: Restaurant) -> AsyncIterator[str]:
    """The same restaurant at half past eight, as a database to copy: a dinner that is always so."""
    async with a_database(postgres_url, template=restaurant.template) as url:
        async with a_hub(url, redis_url) as running:
            await an_evening(await Dinner.at(running.hub))
        yield name_of(url)


@pytest_asyncio.fixture(loop_scope="session")
async def place_url(postgres_url: str, restaurant: Restaurant) -> AsyncIterator[str]:
    """This test's own restaurant, in which nobody has sat down yet."""
    async with a_database(postgres_url, template=restaurant.template) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def hub(place_url: str, redis_url: str) -> AsyncIterator[RunningHub]:
    async with a_hub(place_url, redis_url) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def other_hub(hub: RunningHub, place_url: str, redis_url: str) -> AsyncIterator[RunningHub]:
    """Another one of the same house."""
    async with a_hub(place_url, redis_url) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def dinner(hub: RunningHub) -> Dinner:
    """What happens in the restaurant, asked of the first hub."""
    return await Dinner.at(hub.hub)


@pytest_asyncio.fixture(loop_scope="session")
async def arrives(browser: Browser) -> AsyncIterator[Arrives]:
    """`await arrives(Cook, hub, dinner)`: somebody stands before their screen, signed in where a dinner is given.

    Everybody's page is looked through for complaints when the test is over.
    """
    async with AsyncExitStack() as there:

        async def arrive(
            who: type[Somebody], at: RunningHub | str, dinner: Dinner | None = None, **how: Any
        ) -> Somebody:
            if dinner is not None and who.role is not None:
                how.setdefault("shift", dinner.shift(how.pop("role", who.role)))
            url = at if isinstance(at, str) else at.url
            return await there.enter_async_context(who.before(browser, url, **how))

        yield arrive
