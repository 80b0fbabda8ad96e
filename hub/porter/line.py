"""PgQueuer's way to the database: one statement at a time, each on a connection borrowed for just that long.

PgQueuer would listen for PostgreSQL's notifications; here nobody sends any. Whoever wakes it does so in this process.
A database that is away is waited for, so that what was done is written down however long that takes. Should PgQueuer
be given up, this file and `hub.store.jobs` are where it is known.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Self, TypeVar

from pgqueuer.core.tm import TaskManager
from pgqueuer.domain.models import TableChangedEvent
from pgqueuer.ports.driver import Driver, NotifyCallback

from hub.domain.refusals import DatabaseUnavailable, Refused
from hub.store.connections import Connection
from hub.store.database import Database
from hub.store.jobs import SETTINGS

AGAIN_SECONDS = 0.5

T = TypeVar("T")


class Line(Driver):
    """One porter's line to the database. Once it is `cut` nothing passes: it raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: list[NotifyCallback] = []
        self._shutdown = asyncio.Event()
        self._cut = asyncio.Event()

    def wake(self) -> None:
        """Let whoever listens look for jobs now."""
        told = TableChangedEvent(
            channel=SETTINGS.channel,
            sent_at=datetime.now(UTC),
            type="table_changed_event",
            operation="insert",
            table=SETTINGS.queue_table,
        )
        self._tell(told.model_dump_json(exclude={"received_at"}))

    def cut(self) -> None:
        """Let nothing pass, and nobody wait, any more: what is not written now will not be."""
        self._cut.set()

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        return [dict(row) for row in await self._asked(lambda line: line.fetch(query, *args))]

    async def execute(self, query: str, *args: object) -> str:
        outcome = await self._asked(lambda line: line.execute(query, *args))
        # Something became of a job. It may be due again sooner than anybody would look.
        self.wake()
        return outcome

    async def notify(self, channel: str, payload: str) -> None:
        """Heard in this process alone."""
        self._tell(payload)

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        self._listeners.append(callback)

    @property
    def shutdown(self) -> asyncio.Event:
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        return TaskManager()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listeners.clear()

    def _tell(self, payload: str) -> None:
        for hear in self._listeners:
            hear(payload)

    async def _asked(self, ask: Callable[[Connection], Awaitable[T]]) -> T:
        while not self._cut.is_set():
            try:
                async with self._database.transaction() as line:
                    return await ask(line)
            except Refused:
                # The database says itself, once, that it is away.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._cut.wait(), AGAIN_SECONDS)
        raise DatabaseUnavailable
