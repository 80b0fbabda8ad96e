"""One connection to PostgreSQL: how it is set up, which database it speaks to, and whose transaction it carries now.

The connection of the transaction under way is *lent*: whoever works inside that transaction finds it here, SQL through
`connection()` and Piccolo's queries by themselves. Piccolo has no pool and never opens a connection of its own, so a
query outside a transaction is a mistake that says so, and several databases may live in one process.

Not its business: pools, deadlines, and beginning or ending transactions (`hub.store.database`).
"""

import asyncio
import hashlib
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

from hub.store.clock import Clock

HUB_ROLE = "brigade_hub"
"""Whom the hub works as, whoever it logs in as: no DDL, and the ledger can only be read and appended to."""

LOCK_SECONDS_MAX = 2.0
STATEMENT_SECONDS_MAX = 5.0
IDLE_IN_TRANSACTION_SECONDS_MAX = 2.0

STATEMENTS_KEPT_MAX = 500
"""More than the hub has: nothing it asks often is ever prepared twice on one connection."""

OUTSIDE = "There is no transaction here. Ask inside `async with database.transaction()` or `database.snapshot()`."

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection


def server_settings(*, as_owner: bool, patience: float = 1.0) -> dict[str, str]:
    """What every connection tells the server at its start. Nothing else changes a session's settings, ever.

    `patience` is how many times longer than usual anything may take there.
    """
    settings = {
        "application_name": "brigade",
        "timezone": "UTC",
        "jit": "off",
        # What a restaurant works with is in memory: an index costs no seek, and no table is too small for one.
        "random_page_cost": "1.1",
        "lock_timeout": _milliseconds(LOCK_SECONDS_MAX * patience),
        "statement_timeout": _milliseconds(STATEMENT_SECONDS_MAX * patience),
        # A frozen hub must not hold a ledger's head against all the others.
        "idle_in_transaction_session_timeout": _milliseconds(IDLE_IN_TRANSACTION_SECONDS_MAX * patience),
    }
    return settings if as_owner else {**settings, "role": HUB_ROLE}


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1_000:.0f}"


class HubConnection(Connection):
    """A pooled connection that knows which database it speaks to, and lets the house's clock hear the time there."""

    __slots__ = ("clock", "identity")

    clock: Clock
    identity: str

    async def _do_execute(self, *asked: Any, **how: Any) -> Any:
        """asyncpg's own, which prepares and then asks. Raises InterfaceError where it was cut between the two.

        That happens to a hub that stood still: the answer and the deadline that cuts are there in one turn of the loop.
        """
        # asyncpg's types say nothing of what is its own business.
        asyncpgs: Any = super()
        try:
            return await asyncpgs._do_execute(*asked, **how)
        except AttributeError as error:
            if not self.is_closed():
                raise
            raise asyncpg.InterfaceError("The connection was cut before it could be asked.") from error


async def learn_identity(connection: HubConnection) -> None:
    """Let a new connection know its database: system, timeline and database, none of which a restored copy shares.

    Read on every new connection, since any of them may lead to another server than the last one did.
    """
    asked_at = time.monotonic()
    row = await connection.fetchrow(
        """
        select concat_ws(':', (select system_identifier from pg_control_system()),
                         left(pg_walfile_name(pg_current_wal_lsn()), 8),
                         (select oid from pg_database where datname = current_database())) as identity,
               clock_timestamp() as at
        """
    )
    assert row is not None
    connection.identity = row["identity"]
    connection.clock.hear(row["at"], asked_at=asked_at)


def identity() -> str:
    """Which database the transaction under way speaks to."""
    return cast(HubConnection, connection()).identity


def clock() -> Clock:
    """The clock of the house that the transaction under way speaks to."""
    return cast(HubConnection, connection()).clock


def digest_of_epoch(epoch: object, identity: str) -> str:
    """The epoch that clients see: another one as soon as the head's own, or the database beneath it, is another."""
    return hashlib.sha256(f"{epoch}:{identity}".encode()).hexdigest()[:16]


def epoch_digested(epoch: str, identity: str) -> str:
    """The same in SQL, of these two expressions."""
    return f"left(encode(sha256(convert_to({epoch}::text || ':' || {identity}, 'UTF8')), 'hex'), 16)"


class Loan:
    """A connection, for as long as its transaction lasts. Piccolo takes it for a transaction of its own."""

    __slots__ = ("_connection", "leaves_jobs")

    def __init__(self, connection: Connection) -> None:
        self._connection: Connection | None = connection
        self.leaves_jobs = False
        """Whether there is something to be done after the commit (`hub.store.jobs`)."""

    @property
    def connection(self) -> Connection:
        # A task that was started inside a transaction and outlives it must not write into somebody else's.
        if self._connection is None:
            raise RuntimeError(f"The transaction this task was started in is over. {OUTSIDE}")
        return self._connection

    @property
    def is_over(self) -> bool:
        return self._connection is None

    def end(self) -> None:
        self._connection = None
        if _loan() is self:
            ENGINE.current_transaction.set(None)


class LentEngine(PostgresEngine):
    """Piccolo's engine, on lent connections alone."""

    async def get_version(self) -> float:
        """Unknown. Piccolo asks while the engine is made, and importing a module must not reach for a server."""
        return 0.0

    async def get_new_connection(self) -> Connection:
        raise RuntimeError(OUTSIDE)


ENGINE = LentEngine(config={"database": "brigade"})


def lend(connection: Connection) -> Loan:
    """Make this the connection of everything the current task does, until `Loan.end()`."""
    loan = Loan(connection)
    ENGINE.current_transaction.set(cast(PostgresTransaction, loan))
    return loan


def is_lent() -> bool:
    """Whether a transaction is under way here."""
    loan = _loan()
    return loan is not None and not loan.is_over


def connection() -> Connection:
    """The connection of the transaction under way. A RuntimeError outside of one, or after its end."""
    loan = _loan()
    if loan is None:
        raise RuntimeError(OUTSIDE)
    return loan.connection


def leave_jobs() -> None:
    """Have whoever does jobs woken when the transaction under way is committed. A RuntimeError outside of one."""
    loan = _loan()
    if loan is None:
        raise RuntimeError(OUTSIDE)
    loan.leaves_jobs = True


def _loan() -> Loan | None:
    # All that Piccolo wants of its transaction is `.connection`.
    return cast(Loan | None, ENGINE.current_transaction.get())


def connect_arguments(url: str, *, as_owner: bool, seconds_max: float, patience: float = 1.0) -> Mapping[str, Any]:
    """Everything asyncpg needs to know to make one of our connections."""
    return {
        "dsn": url,
        "connection_class": HubConnection,
        "server_settings": server_settings(as_owner=as_owner, patience=patience),
        "timeout": seconds_max,
        "statement_cache_size": STATEMENTS_KEPT_MAX,
        # Prepared once for all time: a statement that is prepared again is also planned five times again.
        "max_cached_statement_lifetime": 0,
    }


async def connect(url: str, *, as_owner: bool, seconds_max: float, clock: Clock, patience: float = 1.0) -> Connection:
    """A new connection, which knows which database it speaks to. Raises what asyncpg and the system do."""
    arguments = connect_arguments(url, as_owner=as_owner, seconds_max=seconds_max, patience=patience)
    line: HubConnection = await asyncpg.connect(**arguments)
    line.clock = clock
    # A server that freezes between the handshake and this question must not keep a place in the pool.
    deadline = asyncio.get_running_loop().call_later(seconds_max, line.terminate)
    try:
        await learn_identity(line)
    except BaseException:
        line.terminate()
        raise
    finally:
        deadline.cancel()
    return line
