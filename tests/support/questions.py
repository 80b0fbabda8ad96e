"""How often PostgreSQL is asked, for tests of what is answered without it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hub.store.database import Database

ALWAYS_ASKING = frozenset({"follow sweep", "watch", "hearing shouts", "porter", "porter's clock"})
"""Tasks of a hub that ask by the clock, whoever comes or does anything."""


@dataclass
class Questions:
    """Transactions that began on a database, whatever for. Tasks that always ask are not counted."""

    count: int = 0


@contextmanager
def questions_to(database: Database) -> Iterator[Questions]:
    """Count them while this lasts."""
    asked, take = Questions(), database.take

    async def counted_take(*within: float) -> object:
        task = asyncio.current_task()
        assert task is not None
        asked.count += task.get_name() not in ALWAYS_ASKING
        return await take(*within)

    database.take = counted_take
    try:
        yield asked
    finally:
        database.take = take
