"""What every test may ask for: servers for the session, a database for the test."""

import gc
from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

import pytest
import structlog

from hub.embedded import Servers
from hub.store.database import Database
from tests.support import hashing, leaks
from tests.support.databases import a_database, a_quick_folder, open_database, open_test_servers

LONG = ("chaos", "screens", "simulation", "scenarios", "away", "benchmarks", "rooms", "embedded")
"""Folders whose files take long, the longest first: a worker that begins one of them last is waited for by all."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays: nobody looks through it for garbage, neither meanwhile nor while the tests run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Several workers begin with what takes long; one by one, the quick ones come first as they are."""
    if hasattr(config, "workerinput"):
        folder = {name: rank for rank, name in enumerate(LONG)}
        items.sort(key=lambda item: folder.get(item.path.relative_to(config.rootpath).parts[1], len(LONG)))


def pytest_configure() -> None:
    """Whatever is logged here is searched for secrets, and looks as a hub's own log does. Passwords take no time."""
    leaks.remember()
    hashing.hurry()
    renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """A test in which a secret was logged has failed, whatever else came of it."""
    report: pytest.TestReport = yield
    said = "".join(text for _, text in report.sections)
    if call.when == "teardown" and report.passed and (found := leaks.secrets_in(said)):
        report.outcome, report.longrepr = "failed", f"Secrets were logged: {', '.join(found)}"
    return report


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and Valkey. Not for stopping or freezing: whoever does that opens servers of their own."""
    with a_quick_folder() as folder, open_test_servers(folder) as servers:
        yield servers


@pytest.fixture(scope="session")
def postgres_url(servers: Servers) -> str:
    """The server's own database, for making others."""
    return servers.postgres_url


@pytest.fixture(scope="session")
def redis_url(servers: Servers) -> str:
    """Shared by all tests: channels and keys carry scopes, and scopes carry fresh ids."""
    return servers.redis_url


@pytest.fixture
async def database_url(postgres_url: str) -> AsyncIterator[str]:
    """A migrated database of this test's own."""
    async with a_database(postgres_url) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The same, opened with the hub's rights."""
    database = await open_database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def usual_database(database_url: str) -> AsyncIterator[Database]:
    """The same, with the patience that hubs have: for tests in which somebody is held up until they are told so."""
    database = await open_database(database_url, patience=1)
    yield database
    await database.close()
