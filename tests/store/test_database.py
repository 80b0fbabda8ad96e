"""The database's promises: one connection per transaction, an answer for everybody in time, and healing by itself."""

import asyncio
import contextlib
import contextvars
import logging
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from piccolo.apps.migrations.tables import Migration

from hub.audience import PLATFORM
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable
from hub.embedded import LonePostgres
from hub.store import ledger
from hub.store.connections import HubConnection
from hub.store.database import Database, connection
from hub.store.ledger import Recorded
from hub.store.migrations import migrate
from tests.support.databases import QUICK_SETTINGS, frozen, name_of, run_as_owner

ANSWER_SECONDS_MAX = 3.0
HEAL_SECONDS_MAX = 2.0


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a PostgreSQL with the tables, closed again, to be copied."""
    folder = tmp_path_factory.mktemp("migrated") / "own"
    with LonePostgres(folder, settings=QUICK_SETTINGS) as postgres:
        asyncio.run(migrate(postgres.postgres_url))
    return folder


@pytest.fixture
def own_postgres(migrated: Path, tmp_path: Path) -> Iterator[LonePostgres]:
    """A PostgreSQL that may be frozen and stopped."""
    subprocess.run(["cp", "-a", str(migrated), str(tmp_path / "own")], check=True)
    with LonePostgres(tmp_path / "own", settings=QUICK_SETTINGS) as postgres:
        yield postgres


@pytest.fixture
async def database(usual_database: Database) -> Database:
    """Deadlines are tried here, as hubs have them."""
    return usual_database


@pytest.fixture
async def own_database(own_postgres: LonePostgres) -> AsyncIterator[Database]:
    database = await Database.open(own_postgres.postgres_url, pool_size_max=4)
    yield database
    await database.close()


async def ask(database: Database) -> int:
    """One small transaction; answers with the server process that served it."""
    async with database.transaction():
        pid: int = await connection().fetchval("select pg_backend_pid()")
        return pid


async def fill_the_pool(database: Database, size: int) -> set[int]:
    """Let the pool open this many connections."""
    together = asyncio.Barrier(size)

    async def meet() -> int:
        async with database.transaction() as line:
            await together.wait()
            return line.get_server_pid()

    return set(await asyncio.gather(*(meet() for _ in range(size))))


async def refusal_of(asking: asyncio.Task[Any]) -> tuple[type[BaseException] | None, float]:
    """What an asker was told, and after how many seconds."""
    began = time.monotonic()
    await asyncio.wait({asking})
    error = asking.exception()
    return (None if error is None else type(error)), time.monotonic() - began


# One connection for everything inside a transaction


async def test_outside_of_a_transaction_there_is_no_connection(database: Database) -> None:
    with pytest.raises(RuntimeError, match="no transaction here"):
        connection()
    with pytest.raises(RuntimeError, match="no transaction here"):
        await Migration.select()
    await ask(database)
    with pytest.raises(RuntimeError, match="no transaction here"):
        connection()


async def test_sql_and_piccolo_use_the_same_connection(database: Database) -> None:
    async with database.transaction() as line:
        assert connection() is line
        (row,) = await Migration.raw("select pg_backend_pid() as pid, txid_current() as number")
        assert row["pid"] == line.get_server_pid()
        assert row["number"] == await line.fetchval("select txid_current()")


async def test_two_databases_live_in_one_process(database: Database, own_database: Database) -> None:
    async def identity_of(one: Database) -> object:
        async with one.snapshot():
            (row,) = await Migration.raw("select (select system_identifier from pg_control_system()) as server")
            return row["server"]

    here, there = await asyncio.gather(identity_of(database), identity_of(own_database))
    assert here != there


async def test_transactions_are_not_nested(database: Database) -> None:
    async with database.transaction() as line:
        with pytest.raises(RuntimeError, match="not nested"):
            await database.snapshot().__aenter__()
        assert connection() is line


async def test_a_task_that_outlives_its_transaction_cannot_write_into_another(database: Database) -> None:
    is_over = asyncio.Event()

    async def linger() -> None:
        await is_over.wait()
        connection()

    async with database.transaction():
        lingering = asyncio.create_task(linger(), context=contextvars.copy_context())
    is_over.set()
    with pytest.raises(RuntimeError, match="is over"):
        await lingering


# What a transaction is


async def test_a_transaction_commits_unless_an_exception_leaves_it(database: Database) -> None:
    for scope, error in (("kept", None), ("lost", KeyError())):
        try:
            async with database.transaction() as line:
                await line.execute("insert into ledger_head (scope) values ($1)", scope)
                if error is not None:
                    raise error
        except KeyError:
            continue
    async with database.snapshot() as line:
        assert await line.fetchval("select array_agg(scope) from ledger_head") == ["kept"]


async def test_a_snapshot_sees_one_moment_and_changes_nothing(database: Database) -> None:
    async with database.snapshot() as line:
        assert await line.fetchval("select count(*) from ledger_head") == 0
        await asyncio.create_task(_open_platform(database), context=contextvars.Context())
        assert await line.fetchval("select count(*) from ledger_head") == 0
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with database.snapshot() as line:
            await line.execute("insert into ledger_head (scope) values ('x')")


async def _open_platform(database: Database) -> None:
    async with database.transaction():
        await ledger.open_head(PLATFORM)


async def test_a_swallowed_failure_never_passes_for_a_commit(database: Database) -> None:
    async def go_on_regardless() -> None:
        async with database.transaction() as line:
            await line.execute("insert into ledger_head (scope) values ('x')")
            with contextlib.suppress(asyncpg.DivisionByZeroError):
                await line.execute("select 1 / 0")

    with pytest.raises(RuntimeError, match="Nothing was saved"):
        await go_on_regardless()
    assert await database.is_reachable()


async def test_a_serialization_failure_stays_what_it_is_for_whoever_asks_again(database: Database) -> None:
    with pytest.raises(asyncpg.SerializationError):
        async with database.transaction() as line:
            await line.execute("do $$ begin raise serialization_failure; end $$")


async def test_every_connection_works_as_the_hub_whoever_logs_in(database: Database, database_url: str) -> None:
    settings = (
        "select array[current_user, current_setting('lock_timeout'), current_setting('statement_timeout'), "
        "current_setting('idle_in_transaction_session_timeout'), current_setting('timezone'), "
        "current_setting('application_name')]"
    )
    expected = ["brigade_hub", "2s", "5s", "2s", "UTC", "brigade"]
    async with database.transaction() as line:
        assert await line.fetchval(settings) == expected
        await line.execute("reset all")
    async with database.transaction() as line:
        assert await line.fetchval(settings) == expected

    login = f"login_of_{name_of(database_url)[:20]}"
    await run_as_owner(database_url, f"create role {login} login in role brigade_hub")
    guest = await Database.open(database_url.replace("//owner@", f"//{login}@"))
    async with guest.transaction() as line:
        assert await line.fetchval("select session_user") == login
        assert await line.fetchval(settings) == expected
    await guest.close()
    await run_as_owner(database_url, f"drop role {login}")


# Busy


async def test_when_all_are_served_slowly_the_last_are_told_that_it_is_busy(database_url: str) -> None:
    database = await Database.open(database_url, pool_size_max=1)

    async def ask_slowly() -> None:
        async with database.transaction() as line:
            await line.execute("select pg_sleep(0.2)")

    told = await asyncio.gather(*(ask_slowly() for _ in range(20)), return_exceptions=True)
    assert {type(one) for one in told} == {type(None), DatabaseBusy}
    await ask(database)
    await database.close()


async def test_what_is_locked_too_long_is_busy(database: Database, database_url: str) -> None:
    await _open_platform(database)
    holder = await asyncpg.connect(database_url)
    async with holder.transaction():
        await holder.execute("select from ledger_head for update")
        with pytest.raises(DatabaseBusy):
            async with database.transaction() as line:
                await line.execute("select from ledger_head for update")
    await holder.close()
    assert await database.is_reachable()


async def test_a_transaction_that_takes_too_long_is_cut_and_undone(database: Database) -> None:
    async def dawdle() -> None:
        async with database.transaction(seconds_max=0.2) as line:
            await line.execute("insert into ledger_head (scope) values ('x')")
            await line.execute("select pg_sleep(2)")

    # The server did answer a moment ago: to `begin`.
    with pytest.raises(DatabaseBusy):
        await dawdle()
    async with database.snapshot() as line:
        assert await line.fetchval("select count(*) from ledger_head") == 0


# A single question


async def test_a_glance_begins_no_transaction(database: Database) -> None:
    async def look() -> bool:
        return connection().is_in_transaction()

    assert not await database.glance(look)


async def test_a_glance_at_what_is_not_there_is_the_lookers_own_mistake(database: Database) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        await database.glance(lambda: connection().fetch("select * from nothing_of_the_kind"))
    await ask(database)


async def test_a_glance_over_a_dead_connection_looks_again(database: Database, database_url: str) -> None:
    before = await fill_the_pool(database, 5)
    await run_as_owner(
        database_url,
        "select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = current_database() "
        "and pid <> pg_backend_pid()",
    )
    assert await database.glance(lambda: connection().fetchval("select pg_backend_pid()")) not in before


async def test_a_glance_that_takes_too_long_is_cut(database: Database) -> None:
    await ask(database)
    with pytest.raises(DatabaseBusy):
        await database.glance(lambda: connection().fetchval("select pg_sleep(2)"), seconds_max=0.2)
    await ask(database)


# Frozen, gone, back


async def test_nobody_waits_for_a_frozen_server_and_it_heals(
    own_postgres: LonePostgres, own_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "hub.store.database")
    await fill_the_pool(own_database, 2)
    in_the_middle = asyncio.Event()
    go_on = asyncio.Event()

    async def be_caught() -> None:
        async with own_database.transaction() as line:
            in_the_middle.set()
            await go_on.wait()
            await line.fetchval("select 1")

    caught = asyncio.create_task(be_caught())
    await in_the_middle.wait()
    with frozen(own_postgres.pids["PostgreSQL"]):
        go_on.set()
        # One is caught, one finds an idle connection, two connect anew, the others wait for a place.
        asking = [caught, *(asyncio.create_task(ask(own_database)) for _ in range(8))]
        told = await asyncio.gather(*(refusal_of(one) for one in asking))
        assert {error for error, _ in told} == {DatabaseUnavailable}
        assert max(seconds for _, seconds in told) < ANSWER_SECONDS_MAX
        assert not await own_database.is_reachable()

    began = time.monotonic()
    await asyncio.gather(*(ask(own_database) for _ in range(8)))
    assert time.monotonic() - began < HEAL_SECONDS_MAX
    said = [record.getMessage() for record in caplog.records]
    assert [line.partition(":")[0] for line in said] == [
        "The database cannot be reached",
        "The database answers again.",
    ]


async def test_whoever_was_caught_at_the_beginning_by_a_frozen_server_leaves_their_place(
    own_postgres: LonePostgres, own_database: Database
) -> None:
    await fill_the_pool(own_database, 4)
    with frozen(own_postgres.pids["PostgreSQL"]):
        asking = [asyncio.create_task(ask(own_database)) for _ in range(4)]
        assert {error for error, _ in await asyncio.gather(*map(refusal_of, asking))} == {DatabaseUnavailable}
    assert len(await fill_the_pool(own_database, 4)) == 4


async def test_a_cancelled_caller_does_not_wait_for_a_frozen_server(
    own_postgres: LonePostgres, own_database: Database
) -> None:
    is_asking = asyncio.Event()

    async def be_cancelled() -> None:
        async with own_database.transaction() as line:
            with frozen(own_postgres.pids["PostgreSQL"]):
                is_asking.set()
                await line.fetchval("select 1")

    asking = asyncio.create_task(be_cancelled())
    await is_asking.wait()
    began = time.monotonic()
    asking.cancel()
    await asyncio.wait({asking})
    assert asking.cancelled()
    assert time.monotonic() - began < 0.5
    await ask(own_database)


async def test_closing_does_not_wait_for_a_frozen_server(own_postgres: LonePostgres) -> None:
    database = await Database.open(own_postgres.postgres_url)
    with frozen(own_postgres.pids["PostgreSQL"]):
        began = time.monotonic()
        await database.close()
        assert time.monotonic() - began < HEAL_SECONDS_MAX


async def test_whoever_is_cut_between_preparing_and_asking_is_told_what_everybody_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare = HubConnection._get_statement

    async def prepares_and_is_cut(line: HubConnection, *asked: Any, **how: Any) -> Any:
        statement = await prepare(line, *asked, **how)
        line.terminate()
        return statement

    async def ask() -> None:
        async with database.transaction() as line:
            monkeypatch.setattr(HubConnection, "_get_statement", prepares_and_is_cut)
            await line.fetchval("select 1")

    with pytest.raises(DatabaseUnavailable):
        await ask()
    # A new connection learns its identity by asking, and is cut as well.
    with pytest.raises(DatabaseUnavailable):
        await database.glance(lambda: connection().fetchval("select 1"))
    monkeypatch.setattr(HubConnection, "_get_statement", prepare)
    assert await database.glance(lambda: connection().fetchval("select 1")) == 1


async def test_terminated_connections_cost_nobody_an_error(database: Database, database_url: str) -> None:
    before = await fill_the_pool(database, 5)
    await run_as_owner(
        database_url,
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
        "and pid <> pg_backend_pid()",
    )
    after = await asyncio.gather(*(ask(database) for _ in range(5)))
    assert before.isdisjoint(after)


async def test_a_connection_that_dies_in_a_transaction_is_an_unreachable_database(
    database: Database, database_url: str
) -> None:
    async def die() -> None:
        async with database.transaction() as line:
            await run_as_owner(database_url, f"select pg_terminate_backend({line.get_server_pid()}, 1000)")
            await line.fetchval("select 1")

    with pytest.raises(DatabaseUnavailable):
        await die()
    await ask(database)


async def test_the_first_one_after_a_restart_is_served(
    own_postgres: LonePostgres, own_database: Database, tmp_path: Path
) -> None:
    await fill_the_pool(own_database, 4)
    own_postgres.stop()
    with pytest.raises(DatabaseUnavailable):
        await ask(own_database)
    assert not await own_database.is_reachable()
    with LonePostgres(tmp_path / "own", settings=QUICK_SETTINGS):
        await ask(own_database)


async def test_a_wrong_address_shows_when_the_database_is_opened(database_url: str) -> None:
    with pytest.raises(asyncpg.InvalidCatalogNameError):
        await Database.open(database_url.replace(name_of(database_url), "no_such_database"))


# Telling


async def test_listeners_are_told_in_order_and_one_failure_is_nobody_elses(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Recorded] = []

    def fail(recorded: Recorded) -> None:
        raise ValueError("deaf")

    database.listen(fail)
    database.listen(heard.append)
    one, other = Recorded(PLATFORM, "e", ()), Recorded(PLATFORM, "f", ())
    database.tell([one, other])

    assert heard == [one, other]
    assert caplog.text.count("could not take in what was recorded in platform") == 2
