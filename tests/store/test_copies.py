"""What tests begin with: databases that others had before them, and houses that are prints of another."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import asyncpg
import pytest

from hub.store.database import Database
from tests.support import houses, prints
from tests.support.copies import RESTING, Copies
from tests.support.databases import TEMPLATE, a_database, address_of, open_database, run_as_owner
from tests.support.houses import a_house

ALL_BUT_MIGRATIONS = """
    select relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'migration' order by relname
"""


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00")


@pytest.fixture
async def copies(postgres_url: str) -> AsyncIterator[Copies]:
    """Copies of this test's own, so that it is known which one is the next."""
    copies = Copies(postgres_url, TEMPLATE)
    with copies.kept():
        yield copies
    for name in copies.names:
        await run_as_owner(postgres_url, f"drop database if exists {name} with (force)")


async def had_next(copies: Copies, awaited: str) -> list[str]:
    """The names of the databases that one has from here on, up to the awaited one, or until it must have come."""
    names: list[str] = []
    while awaited not in names and len(names) <= RESTING:
        async with copies.one() as name:
            names.append(name)
    return names


async def rows_of(database: Database) -> dict[str, list[str]]:
    """Everything that is written there; without names, and with moments by how far they are from now."""
    async with database.snapshot() as line:
        tables = [row["relname"] for row in await line.fetch(ALL_BUT_MIGRATIONS)]
        found = {table: await line.fetch(f"select to_jsonb(t)::text as row from {table} t") for table in tables}
    now = datetime.now(UTC)

    def hours(found: re.Match[str]) -> str:
        return f"{round((datetime.fromisoformat(found[0]) - now).total_seconds() / 3600)} hours"

    def bare(row: str) -> str:
        return MOMENT.sub(hours, prints.CALLED.sub("*", row))

    return {table: sorted(bare(row["row"]) for row in rows) for table, rows in found.items() if rows}


async def test_a_database_is_had_again_without_a_row_or_a_number_of_who_had_it(
    copies: Copies, postgres_url: str
) -> None:
    async with copies.one() as name:
        url = address_of(postgres_url, name)
        database = await open_database(url)
        await a_house(database)
        await database.close()
        await run_as_owner(url, "select nextval('job_id_seq')")
    assert (await had_next(copies, name))[-1] == name
    line = await asyncpg.connect(url)
    try:
        for row in await line.fetch(ALL_BUT_MIGRATIONS):
            assert not await line.fetchval(f"select count(*) from {row['relname']}"), row["relname"]
        assert await line.fetchval("select nextval('job_id_seq')") == 1
    finally:
        await line.close()


@pytest.mark.parametrize(
    "statement",
    [
        "alter table audit drop constraint audit_pkey",
        "alter table person alter column language set default 'de'",
        "create table mine (id int)",
        "grant delete on audit to brigade_hub",
        "alter table person drop column language",
        "delete from migration where id = 1",
        "do $$ begin execute 'alter database ' || current_database() || ' set jit = off'; end $$",
        "create function one() returns int language sql as 'select 1'",
    ],
)
async def test_nobody_has_a_database_again_that_was_altered(copies: Copies, postgres_url: str, statement: str) -> None:
    async with copies.one() as name:
        await run_as_owner(address_of(postgres_url, name), statement)
    assert name not in await had_next(copies, name)


async def test_nobody_has_a_database_again_to_which_somebody_came_back(copies: Copies, postgres_url: str) -> None:
    async with copies.one() as name:
        url = address_of(postgres_url, name)
        first = await asyncpg.connect(url)
    assert first.is_closed() or await _is_cut(first)
    late = await asyncpg.connect(url)
    assert name not in await had_next(copies, name)
    assert await _is_cut(late)


async def _is_cut(line: asyncpg.Connection) -> bool:
    try:
        await line.execute("select 1")
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return True
    return False


async def test_the_print_of_a_house_is_what_was_built(
    postgres_url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(houses, "_prints", {})
    built = await a_house(database)
    async with a_database(postgres_url) as url:
        other = await open_database(url)
        printed = await a_house(other)
        written = await rows_of(database)
        assert written == await rows_of(other)
        assert len(written) > 8
        await other.close()
    assert printed.id != built.id
