"""The database: transactions on a pool of connections, each with a deadline that even a frozen server cannot stretch.

    async with database.transaction():      # read committed, for deeds
    async with database.snapshot():         # repeatable read, read only, for boards
    await database.glance(look)             # a look that asks one question only

Inside, `connection()` and every Piccolo query use this transaction's connection. Whoever enters gets an answer within
`TRANSACTION_SECONDS_MAX`: when the time is up the connection is cut, not asked. (Cancelling a query waits for the
server's consent, so a time-out around a query is no deadline where the server is frozen.) A machine that stands still
itself, as a crowded one does, is no frozen server: there `patience` stretches all of these times.

What a caller sees when things go wrong: `DatabaseUnavailable` when the server cannot be reached or did not answer,
`DatabaseBusy` when it does but something was held too long. Serialization failures and deadlocks stay asyncpg's own
exceptions, for whoever runs the deed again. After the commit, `tell` passes on what was appended to the ledgers.

Not its business: SQL, what the ledger holds (`hub.store.ledger`), and running deeds again (`hub.actions`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from types import TracebackType
from typing import TypeVar

import asyncpg

from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable, Refused
from hub.store.clock import Clock
from hub.store.connections import Connection, connect, connection, is_lent, lend
from hub.store.ledger import Recorded
from hub.store.pool import Pool, TooLate

__all__ = ["Database", "connection"]

T = TypeVar("T")

log = logging.getLogger(__name__)

POOL_SIZE_MAX = 16
TRANSACTION_SECONDS_MAX = 2.8
ACQUIRE_SECONDS_MAX = 1.5
CONNECT_SECONDS_MAX = 1.5
PING_SECONDS_MAX = 1.0
CLOSE_SECONDS_MAX = 1.5
SILENCE_SECONDS = 1.0
"""Without an answer to anybody for this long, the server is taken for gone rather than busy."""

BEGIN = "begin isolation level read committed"
BEGIN_SNAPSHOT = "begin isolation level repeatable read read only"

LOST = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    # A farewell that arrived, but was not looked at before the next question.
    asyncpg.InternalClientError,
)
"""What asyncpg says when the server went away."""

HELD_UP = (asyncpg.LockNotAvailableError, asyncpg.QueryCanceledError, asyncpg.TooManyConnectionsError)
"""What it says when the server is there, but something took longer than anybody may wait."""

FAILURES = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
"""Everything that can go wrong between us and the server."""


@dataclass(frozen=True, slots=True)
class Use:
    """How the database is as far as our own work shows it; `seconds_since_answer` is None before the first answer."""

    is_answering: bool
    seconds_since_answer: float | None
    pool_size: int
    pool_size_max: int
    pool_in_use: int


class Database:
    """One PostgreSQL database. Open it once per process; it heals by itself when the server comes back."""

    def __init__(self, pool: Pool, clock: Clock, *, pool_size_max: int, patience: float) -> None:
        self.clock = clock
        self._pool = pool
        self._pool_size_max = pool_size_max
        self._patience = patience
        self._answered_at = 0.0
        self._is_answering = True
        self._listeners: list[Callable[[Recorded], None]] = []
        self._jobs_left: list[Callable[[], None]] = []

    @classmethod
    async def open(
        cls, url: str, *, pool_size_max: int = POOL_SIZE_MAX, as_owner: bool = False, patience: float = 1.0
    ) -> "Database":
        """Connect once, so that a wrong address fails here, with the server's or the system's own exception.

        `as_owner` keeps the rights of the login instead of the hub's few: for the command line only. `patience` is how
        many times longer than usual anybody waits here.
        """
        clock, connect_seconds_max = Clock(), CONNECT_SECONDS_MAX * patience
        pool = Pool(
            lambda: connect(url, as_owner=as_owner, seconds_max=connect_seconds_max, clock=clock, patience=patience),
            size_max=pool_size_max,
        )
        pool.give_back(await pool.take(2 * connect_seconds_max))
        return cls(pool, clock, pool_size_max=pool_size_max, patience=patience)

    async def close(self) -> None:
        """Close all connections; cut those that are still in use, or do not answer, after `CLOSE_SECONDS_MAX`."""
        await self._pool.close(CLOSE_SECONDS_MAX)

    def transaction(self, *, seconds_max: float | None = None) -> AbstractAsyncContextManager[Connection]:
        """A transaction that sees what is committed as it goes along; it commits unless an exception leaves it."""
        return Transaction(self, BEGIN, self._or_usual(seconds_max))

    def snapshot(self, *, seconds_max: float | None = None) -> AbstractAsyncContextManager[Connection]:
        """A transaction that sees one moment, and changes nothing."""
        return Transaction(self, BEGIN_SNAPSHOT, self._or_usual(seconds_max))

    async def glance(self, look: Callable[[], Awaitable[T]], *, seconds_max: float | None = None) -> T:
        """What a look finds that asks one question and changes nothing.

        A single statement sees one moment by itself, so no transaction is begun around it: one round trip in place of
        three. It is asked again where its connection turns out to be dead.
        """
        for _ in range(self.tries_max):
            glance = Glance(self, "", self._or_usual(seconds_max))
            try:
                async with glance:
                    return await look()
            except DatabaseUnavailable:
                if not glance.found_a_dead_line:
                    raise
        raise DatabaseUnavailable

    async def is_reachable(self) -> bool:
        """Whether the server answers, within `PING_SECONDS_MAX`. A busy one is there."""
        try:
            async with self.snapshot(seconds_max=PING_SECONDS_MAX) as line:
                await line.fetchval("select 1")
        except DatabaseBusy:
            return True
        except DatabaseUnavailable:
            return False
        return True

    @property
    def use(self) -> Use:
        """How it is, without asking it anything."""
        now = asyncio.get_running_loop().time()
        return Use(
            is_answering=self._is_answering,
            seconds_since_answer=now - self._answered_at if self._answered_at else None,
            pool_size=self._pool.size,
            pool_size_max=self._pool_size_max,
            pool_in_use=self._pool.in_use,
        )

    def listen(self, hear: Callable[[Recorded], None]) -> None:
        """Let `hear` be told what this process commits to the ledgers, at once and in the order of its commits here."""
        self._listeners.append(hear)

    def tell(self, recorded: Iterable[Recorded]) -> None:
        """Tell the listeners what was committed. Call it after the commit; a listener's failure stays its own."""
        for one in recorded:
            for hear in self._listeners:
                try:
                    hear(one)
                except Exception:
                    # The change is committed; a deaf ear is no reason to call the deed failed. The sweep repairs.
                    log.exception("A listener could not take in what was recorded in %s.", one.scope)

    def when_jobs_are_left(self, wake: Callable[[], None]) -> None:
        """Let `wake` be called after each commit here that leaves jobs. It must neither wait nor fail."""
        self._jobs_left.append(wake)

    # What a Transaction needs.

    def tell_of_jobs(self) -> None:
        """What was committed just now leaves jobs."""
        for wake in self._jobs_left:
            wake()

    async def take(self, seconds_max: float) -> Connection:
        """A connection of the pool, or a refusal: nobody waits longer than this, whatever the server does.

        Those who wait are served in the order in which they came.
        """
        if self._pool.is_closing:
            raise DatabaseUnavailable
        try:
            return await self._pool.take(min(seconds_max, ACQUIRE_SECONDS_MAX * self._patience))
        except TooLate:
            raise self.what_keeps_us() from None
        except asyncpg.TooManyConnectionsError as error:
            raise DatabaseBusy from error
        except FAILURES as error:
            self._note_silence(error)
            raise DatabaseUnavailable from error

    def give_back(self, line: Connection) -> None:
        """Return a connection that was taken; one that was cut is forgotten."""
        self._pool.give_back(line)

    def note_answer(self) -> None:
        """The server answered just now."""
        self._answered_at = asyncio.get_running_loop().time()
        if not self._is_answering:
            self._is_answering = True
            log.info("The database answers again.")

    def what_keeps_us(self) -> Refused:
        """Why somebody's time ran out: the server says nothing to anybody, or it is only slow."""
        if asyncio.get_running_loop().time() - self._answered_at < SILENCE_SECONDS:
            return DatabaseBusy()
        self._note_silence("it does not answer")
        return DatabaseUnavailable()

    @property
    def tries_max(self) -> int:
        """After a restart of the server each pooled connection may turn out dead at its first use, and one is new."""
        return self._pool_size_max + 1

    def _or_usual(self, seconds_max: float | None) -> float:
        return TRANSACTION_SECONDS_MAX * self._patience if seconds_max is None else seconds_max

    def _note_silence(self, why: object) -> None:
        """The server did not answer: one line in the log for each outage, not for each caller."""
        if self._is_answering and not self._pool.is_closing:
            self._is_answering = False
            log.warning("The database cannot be reached: %s", why)


class Transaction:
    """One transaction, from `begin` to `commit` or `rollback`, within its deadline. Used once."""

    def __init__(self, database: Database, begin: str, seconds_max: float) -> None:
        self._database = database
        self._begin = begin
        self._seconds_max = seconds_max
        self._cut_because: Refused | None = None

    async def __aenter__(self) -> Connection:
        if is_lent():
            raise RuntimeError("A transaction is already under way here; transactions are not nested.")
        loop = asyncio.get_running_loop()
        due = loop.time() + self._seconds_max
        for _ in range(self._database.tries_max):
            self._line = await self._database.take(due - loop.time())
            self._deadline = loop.call_at(due, self._cut)
            if await self._has_begun():
                self._loan = lend(self._line)
                return self._line
        raise DatabaseUnavailable

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loan.end()
        try:
            if error is None:
                await self._commit()
            else:
                await self._roll_back(error)
        except FAILURES as failure:
            self._raise_in_our_words(failure)
            raise
        finally:
            self._leave()
        if isinstance(error, FAILURES):
            self._raise_in_our_words(error)
        if error is None and self._loan.leaves_jobs:
            self._database.tell_of_jobs()

    async def _has_begun(self) -> bool:
        """False when this connection turned out to be dead, as after a restart of the server: try another."""
        try:
            await self._line.execute(self._begin)
        except FAILURES as error:
            self._line.terminate()
            self._leave()
            if self._cut_because is not None:
                raise self._cut_because from error
            return False
        except BaseException:
            self._line.terminate()
            self._leave()
            raise
        self._database.note_answer()
        return True

    async def _commit(self) -> None:
        try:
            outcome = await self._line.execute("commit")
        except asyncpg.PostgresError:
            raise
        except BaseException:
            # Nobody knows what became of it, nor in which state this connection is.
            self._line.terminate()
            raise
        self._database.note_answer()
        if outcome != "COMMIT":
            # PostgreSQL answers a commit after a failed statement with a rollback, and calls it a success.
            raise RuntimeError("Nothing was saved: a statement of this transaction failed, and somebody went on.")

    async def _roll_back(self, error: BaseException) -> None:
        if not isinstance(error, Exception):
            # The task is cancelled. It must not wait again, and closing undoes everything too.
            self._line.terminate()
        elif self._is_connected():
            try:
                await self._line.execute("rollback")
            except FAILURES as failure:
                # What made us roll back is what the caller should hear.
                log.debug("A rollback failed, so its connection is closed: %s", failure)
                self._line.terminate()

    def _leave(self) -> None:
        self._deadline.cancel()
        self._database.give_back(self._line)

    def _cut(self) -> None:
        """The time is up. Whoever waits on the connection fails at once."""
        self._cut_because = self._database.what_keeps_us()
        self._line.terminate()

    def _is_connected(self) -> bool:
        return self._cut_because is None and not self._line.is_closed()

    def _raise_in_our_words(self, error: Exception) -> None:
        if isinstance(error, HELD_UP):
            raise DatabaseBusy from error
        if isinstance(error, LOST):
            raise self._cut_because or DatabaseUnavailable() from error
        # These two have other causes as well; only where the connection is gone they mean just that.
        if isinstance(error, asyncpg.InterfaceError | OSError) and not self._is_connected():
            raise self._cut_because or DatabaseUnavailable() from error


class Glance(Transaction):
    """A single question with a transaction's deadline and words, and no transaction. Used once."""

    found_a_dead_line = False

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.found_a_dead_line = isinstance(error, FAILURES) and self._cut_because is None and self._line.is_closed()
        await super().__aexit__(kind, error, trace)

    async def _has_begun(self) -> bool:
        return True

    async def _commit(self) -> None:
        self._database.note_answer()

    async def _roll_back(self, error: BaseException) -> None:
        if not isinstance(error, Exception):
            self._line.terminate()
