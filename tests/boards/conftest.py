"""What the tests of the boards may ask for beside the servers: a restaurant that is open."""

import pytest

from hub.store.database import Database
from tests.boards.evening import Evening


@pytest.fixture
async def evening(database: Database) -> Evening:
    """Furnished and empty; every deed in it is held to the law."""
    evening = await Evening.open(database)
    await evening.furnish()
    return evening
