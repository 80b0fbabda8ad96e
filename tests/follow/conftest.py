"""What the tests of following share: a Valkey that may be killed, frozen and started again."""

from collections.abc import AsyncIterator

import pytest

from tests.follow.valkey import FrailValkey, a_frail_valkey


@pytest.fixture
async def valkey() -> AsyncIterator[FrailValkey]:
    """A running Valkey of this test's own."""
    async with a_frail_valkey() as valkey:
        yield valkey
