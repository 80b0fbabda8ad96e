"""Databases that tests have one after the other: copies of a template without rows, blank whenever somebody gets one.

To make a copy and to drop it takes a server fifty milliseconds, which is more than most tests ask of it; to empty one
takes five. Whoever comes next cannot tell: nobody else is connected, no table holds a row, no number was drawn, and
nothing of its form is other than the template's. A database of which that is not so, such as one that a test altered,
is dropped. Between two tests it rests, so that somebody who outlived the first is seen before the second.

Each copy has a caretaker: a connection that stays, on a loop of its own, since a test's loop ends with it.
"""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg

T = TypeVar("T")

RESTING = 3
HAD_TIMES_MAX = 60
"""Rows that were deleted leave holes behind: no copy is had for ever."""

FIRST_OWN_OID = 16_384
MIGRATIONS = "migration"
"""The one table in which the template has rows: those that were run."""

EMPTYING = f"""
    select string_agg(case relkind when 'r' then format('delete from %s', oid::regclass)
                                   else format('select setval(%L, 1, false)', oid::regclass) end, '; ')
    from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') and relname not like '{MIGRATIONS}%'
"""

FORM = "select " + " || ' ' || ".join(
    f"(select concat(count(*), ':', max(xmin::text::bigint)) from {catalog})"
    for catalog in (
        "pg_class",
        f"pg_attribute where attrelid >= {FIRST_OWN_OID}",
        "pg_attrdef",
        "pg_constraint",
        "pg_default_acl",
        "pg_event_trigger",
        f"pg_index where indrelid >= {FIRST_OWN_OID}",
        "pg_inherits",
        "pg_namespace",
        "pg_policy",
        f"pg_proc where oid >= {FIRST_OWN_OID}",
        "pg_publication",
        f"pg_rewrite where ev_class >= {FIRST_OWN_OID}",
        "pg_trigger",
        f"pg_type where oid >= {FIRST_OWN_OID}",
        "pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database())",
        MIGRATIONS,
    )
)
"""How a database is made: how much there is of everything that can be made or altered there, and the latest change."""

Caretaker = Callable[[str], Awaitable[None]]
"""Runs SQL with all rights, and no regard for foreign keys."""

_caretakers: dict[str, Caretaker] = {}


def caretaker_of(database: str) -> Caretaker | None:
    """Who takes care of the database of this name; None where it is nobody's copy."""
    return _caretakers.get(database)


GONE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)
"""What a caretaker says that was cut itself."""

OTHERS = "from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


@dataclass
class Copy:
    """One database, and its caretaker."""

    name: str
    caretaker: asyncpg.Connection
    had_times: int = 0


class Copies:
    """The copies of one server's template. What they await, they await on a loop of their own."""

    def __init__(self, servers_url: str, template: str) -> None:
        self._servers_url = servers_url
        self._template = template
        self._loop = asyncio.new_event_loop()
        self._resting = deque[Copy]()
        self._had: dict[str, Copy] = {}
        self._emptying = self._form = ""
        self.names: list[str] = []
        """Of all that were made."""

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Until the servers stop."""
        thread = threading.Thread(target=self._loop.run_forever, name="copies", daemon=True)
        thread.start()
        try:
            self._does(self._look_at_the_template()).result()
            yield
        finally:
            self._does(self._close()).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[str]:
        """The name of a blank one. Afterwards whoever is still connected is cut."""
        copy = await asyncio.wrap_future(self._does(self._take()))

        async def takes_care(statements: str) -> None:
            await asyncio.wrap_future(self._does(copy.caretaker.execute(statements)))

        _caretakers[copy.name] = takes_care
        try:
            yield copy.name
        finally:
            _caretakers.pop(copy.name, None)
            await asyncio.wrap_future(self._does(self._give_back(copy)))

    async def leaves_alone(self, name: str) -> None:
        """Nobody of us is connected to this database from now on, so that it can be copied itself."""
        if (copy := self._had.get(name)) is not None:
            _caretakers.pop(name, None)
            await asyncio.wrap_future(self._does(copy.caretaker.close()))

    # On the loop of their own.

    def _does(self, what: Coroutine[Any, Any, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(what, self._loop)

    async def _take(self) -> Copy:
        copy = self._resting.popleft() if len(self._resting) >= RESTING else None
        if copy is not None and not await self._is_blank_again(copy):
            await self._drop(copy)
            copy = None
        if copy is None:
            name = f"test_{uuid4().hex}"
            await self._order(f"create database {name} template {self._template} strategy wal_log")
            self.names.append(name)
            copy = Copy(name, await self._connect(name))
        self._had[copy.name] = copy
        return copy

    async def _give_back(self, copy: Copy) -> None:
        del self._had[copy.name]
        copy.had_times += 1
        try:
            await copy.caretaker.execute(f"select pg_terminate_backend(pid, 10000) {OTHERS}")
        except GONE:
            await self._drop(copy)
        else:
            if copy.had_times < HAD_TIMES_MAX:
                self._resting.append(copy)
            else:
                await self._drop(copy)

    async def _is_blank_again(self, copy: Copy) -> bool:
        try:
            if await copy.caretaker.fetchval(f"select count(*) {OTHERS}"):
                return False
            await copy.caretaker.execute(self._emptying)
            return bool(await copy.caretaker.fetchval(FORM) == self._form)
        except GONE:
            return False

    async def _look_at_the_template(self) -> None:
        line = await self._connect(self._template)
        self._emptying, self._form = await line.fetchval(EMPTYING), await line.fetchval(FORM)
        await line.close()

    async def _drop(self, copy: Copy) -> None:
        copy.caretaker.terminate()
        await self._order(f"drop database {copy.name} with (force)")

    async def _close(self) -> None:
        for copy in (*self._resting, *self._had.values()):
            copy.caretaker.terminate()

    async def _order(self, statement: str) -> None:
        line = await asyncpg.connect(self._servers_url)
        try:
            await line.execute(statement)
        finally:
            await line.close()

    async def _connect(self, database: str) -> asyncpg.Connection:
        # Triggers and foreign keys let it do as it likes.
        settings = {"session_replication_role": "replica"}
        return await asyncpg.connect(self._servers_url, database=database, server_settings=settings)
