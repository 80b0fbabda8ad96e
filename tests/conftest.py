"""What every test may ask for: servers for the session, a database for the test."""

from collections.abc import AsyncIterator, Iterator

import pytest

from hub.embedded import Servers
from hub.store.database import Database
from tests.support.databases import a_database, open_test_servers


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """PostgreSQL and Valkey. Not for stopping or freezing: whoever does that opens servers of their own."""
    with open_test_servers(tmp_path_factory.mktemp("servers")) as servers:
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
    database = await Database.open(database_url)
    yield database
    await database.close()
