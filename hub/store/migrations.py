"""Bringing a database to the form this code expects: the tables, the hub's role, and what that role may do.

All of it happens in one transaction under one lock: it is done wholly or not at all, and two hubs that start at once do
it once. Where nothing is to do, one question finds that out.

Not its business: what the tables are (`hub.store.tables`, `piccolo_migrations`).
"""

import contextlib
import io
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg

from hub.store.connections import HUB_ROLE, Connection, connect_arguments, lend

if TYPE_CHECKING:
    from piccolo.apps.migrations.commands.base import MigrationResult

APP_NAME = "hub"
MIGRATIONS = Path(__file__).parents[2] / "piccolo_migrations"

ONE_AT_A_TIME = 0x627269676164  # "brigad": the advisory lock's number
CONNECT_SECONDS_MAX = 10.0

_ID = re.compile(r'^ID = "(?P<id>[^"]+)"$', re.MULTILINE)


class CannotMigrate(Exception):
    """The database could not be brought to its form. It is as it was before; the message says what to do."""


async def migrate(url: str) -> tuple[str, ...]:
    """Apply the migrations that are missing, and return their ids. The login must own the database.

    It also makes the role the hub works as, and gives it its few rights.
    """
    async with _connected(url) as line:
        if await _is_current(line):
            return ()
        async with line.transaction():
            await line.execute("select pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
            missing = _known() - await _applied(line)
            await _make_role(line)
            if missing:
                await _run_forwards(line)
            await _grant(line)
    return tuple(sorted(missing))


async def migrate_back(url: str, *, to: str | None = None) -> tuple[str, ...]:
    """Undo the migrations after `to`, or all of them, and return their ids. What they made is dropped with its data."""
    async with _connected(url) as line, line.transaction():
        await line.execute("select pg_advisory_xact_lock($1)", ONE_AT_A_TIME)
        applied = await _applied(line)
        if to is not None and to not in applied:
            raise CannotMigrate(f"There is no applied migration {to}. Applied are: {', '.join(sorted(applied))}.")
        undone = sorted(one for one in applied if to is None or one > to)
        if undone:
            await _run_backwards(line, earliest=undone[0])
    return tuple(undone)


async def are_current(url: str) -> bool:
    """Whether every migration this code knows is applied, and the login may work as the hub's role."""
    async with _connected(url) as line:
        return await _is_current(line)


@contextlib.asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Connection]:
    arguments = connect_arguments(url, as_owner=True, seconds_max=CONNECT_SECONDS_MAX)
    line: Connection = await asyncpg.connect(**arguments)
    try:
        # A migration takes as long as its tables are large, and waits for the other hub's.
        await line.execute(
            "set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0"
        )
        yield line
    except asyncpg.InsufficientPrivilegeError as error:
        raise CannotMigrate(
            f"The login of the database's address may not change it ({error}). Migrate as the database's owner; "
            f'who may not create roles needs "create role {HUB_ROLE} nologin" from an administrator first.'
        ) from error
    finally:
        await line.close()


def _known() -> set[str]:
    """The ids of the migrations this code has, read from their files without running them."""
    found = (_ID.search(path.read_text(encoding="utf-8")) for path in MIGRATIONS.glob(f"{APP_NAME}_*.py"))
    return {match["id"] for match in found if match is not None}


async def _applied(line: Connection) -> set[str]:
    # Not `to_regclass`: that answers from a cache which may not know yet what the hub before us has just made.
    is_there = await line.fetchval("select exists (select from pg_tables where tablename = 'migration')")
    if not is_there:
        return set()
    return {row["name"] for row in await line.fetch("select name from migration where app_name = $1", APP_NAME)}


async def _is_current(line: Connection) -> bool:
    is_role_ready = await line.fetchval("select pg_has_role(oid, 'member') from pg_roles where rolname = $1", HUB_ROLE)
    return bool(is_role_ready) and _known() <= await _applied(line)


async def _make_role(line: Connection) -> None:
    # Roles belong to the whole server: a hub of another database may be making it at this moment.
    await line.execute(
        f"""
        do $$ begin
            if not exists (select from pg_roles where rolname = '{HUB_ROLE}') then
                create role {HUB_ROLE} nologin;
            end if;
        exception when duplicate_object or unique_violation then
            null;
        end $$
        """
    )
    is_member = await line.fetchval("select pg_has_role($1, 'member')", HUB_ROLE)
    if not is_member:
        await line.execute(f"grant {HUB_ROLE} to current_user")


async def _grant(line: Connection) -> None:
    """Everything the hub may do. Said anew after each migration, so that the list stands here and nowhere else."""
    database = await line.fetchval("select quote_ident(current_database())")
    await line.execute(
        f"""
        revoke create on schema public from public;
        revoke temporary on database {database} from public;
        grant connect on database {database} to {HUB_ROLE};
        grant usage on schema public to {HUB_ROLE};
        alter default privileges in schema public grant select, insert, update, delete on tables to {HUB_ROLE};
        alter default privileges in schema public grant usage on sequences to {HUB_ROLE};
        grant select, insert, update, delete on all tables in schema public to {HUB_ROLE};
        grant usage on all sequences in schema public to {HUB_ROLE};

        revoke insert, update, delete on migration from {HUB_ROLE};
        revoke update, delete on ledger from {HUB_ROLE};
        revoke update, delete on ledger_head from {HUB_ROLE};
        grant update (seq) on ledger_head to {HUB_ROLE};
        revoke update, delete on audit from {HUB_ROLE};
        revoke delete on audit_head from {HUB_ROLE};

        revoke all on function trim_hub_ledger, forget_silent_hubs from public;
        grant execute on function trim_hub_ledger, forget_silent_hubs to {HUB_ROLE};
        """
    )


async def _run_forwards(line: Connection) -> None:
    # Piccolo's commands take long to import, and most starts need none.
    from piccolo.apps.migrations.commands.forwards import run_forwards

    with _lent_to_piccolo(line) as said:
        _check(await run_forwards(app_name=APP_NAME), said)


async def _run_backwards(line: Connection, *, earliest: str) -> None:
    from piccolo.apps.migrations.commands.backwards import run_backwards

    with _lent_to_piccolo(line) as said:
        _check(await run_backwards(app_name=APP_NAME, migration_id=earliest, auto_agree=True), said)


@contextlib.contextmanager
def _lent_to_piccolo(line: Connection) -> Iterator[io.StringIO]:
    """Let Piccolo work inside our transaction, and keep what it prints to itself."""
    loan = lend(line)
    try:
        with contextlib.redirect_stdout(io.StringIO()) as said:
            yield said
    finally:
        loan.end()


def _check(result: "MigrationResult", said: io.StringIO) -> None:
    if not result.success:
        raise CannotMigrate(f"A migration failed: {result.message or said.getvalue().strip()}")
