"""A database is brought to its form wholly or not at all, forwards and back, by as many hubs at once as there are."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from hub.actions import DEEDS
from hub.actions.deed import Deeds
from hub.commands.orders import VoidLine
from hub.commands.tickets import BumpTicket, ClearTicket
from hub.events.tickets import TicketStatus
from hub.store.migrations import CannotMigrate, are_current, migrate, migrate_back
from hub.telemetry import Metrics
from tests.support.databases import a_database, name_of, open_database, run_as_owner
from tests.support.houses import a_house

BEFORE_TABLETS_WERE_AWAY = "2026-11-22T10:00:00:000000"
WHEN_TABLETS_WERE_AWAY = "2026-11-23T00:10:00:000000"

SHAPE = """
    select 'column', table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default, udt_name)
        from information_schema.columns where table_schema = 'public'
    union all
    select 'index', tablename, indexname, indexdef from pg_indexes where schemaname = 'public'
    union all
    select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        from pg_constraint where connamespace = 'public'::regnamespace
    union all
    select 'table', relname, relkind::text, concat_ws(' ', reloptions, array(select unnest(relacl)::text order by 1))
        from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'S')
    union all
    select 'function', proname, prosecdef::text, concat_ws(' ', proconfig, array(select unnest(proacl)::text))
        from pg_proc where pronamespace = 'public'::regnamespace
    union all
    select 'default', defaclobjtype::text, '', defaclacl::text from pg_default_acl
    order by 1, 2, 3, 4
"""


@pytest.fixture
async def empty_url(postgres_url: str) -> AsyncIterator[str]:
    async with a_database(postgres_url, template=None) as url:
        yield url


async def fetch(url: str, query: str) -> list[tuple[object, ...]]:
    line = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await line.fetch(query)]
    finally:
        await line.close()


async def test_migrations_go_forward_back_and_forward_to_the_same_form(empty_url: str) -> None:
    assert not await are_current(empty_url)
    applied = await migrate(empty_url)
    first = await fetch(empty_url, SHAPE)
    assert await are_current(empty_url)

    assert await migrate_back(empty_url) == applied
    assert await fetch(empty_url, "select tablename from pg_tables where schemaname = 'public'") == [("migration",)]
    assert not await are_current(empty_url)

    assert await migrate(empty_url) == applied
    assert await fetch(empty_url, SHAPE) == first


async def test_each_migration_can_be_undone_by_itself(empty_url: str) -> None:
    applied = await migrate(empty_url)
    whole = await fetch(empty_url, SHAPE)
    for one in reversed(applied[:-1]):
        assert await migrate_back(empty_url, to=one)
    assert await migrate(empty_url) == applied[1:]
    assert await fetch(empty_url, SHAPE) == whole
    with pytest.raises(CannotMigrate, match="no applied migration"):
        await migrate_back(empty_url, to="1999")


async def test_what_is_migrated_is_left_alone(empty_url: str) -> None:
    await migrate(empty_url)
    assert await migrate(empty_url) == ()


async def test_two_hubs_that_start_at_once_migrate_once(empty_url: str) -> None:
    outcomes = sorted(await asyncio.gather(migrate(empty_url), migrate(empty_url), migrate(empty_url)), key=len)
    assert outcomes[:2] == [(), ()]
    assert outcomes[2]
    assert await are_current(empty_url)


async def test_a_migration_that_fails_leaves_the_database_as_it_was(empty_url: str) -> None:
    await run_as_owner(empty_url, "create table command (in_the_way int)")
    with pytest.raises(asyncpg.DuplicateTableError):
        await migrate(empty_url)
    assert await fetch(empty_url, "select tablename from pg_tables where schemaname = 'public'") == [("command",)]


async def test_a_login_without_the_rights_is_told_what_to_do(empty_url: str) -> None:
    login = f"plain_{name_of(empty_url)[:20]}"
    await run_as_owner(empty_url, f"create role {login} login")
    with pytest.raises(CannotMigrate, match="as the database's owner"):
        await migrate(empty_url.replace("//owner@", f"//{login}@"))
    await run_as_owner(empty_url, f"drop role {login}")


async def test_an_owner_who_is_no_superuser_can_migrate(empty_url: str) -> None:
    owner = f"own_{name_of(empty_url)[:20]}"
    await run_as_owner(
        empty_url,
        f"create role {owner} login createrole",
        f"alter database {name_of(empty_url)} owner to {owner}",
        "do $$ begin if exists (select from pg_roles where rolname = 'brigade_hub') then "
        f"grant brigade_hub to {owner} with admin option; end if; end $$",
    )
    try:
        url = empty_url.replace("//owner@", f"//{owner}@")
        assert await migrate(url)
        assert await are_current(url)
    finally:
        await run_as_owner(
            empty_url, f"reassign owned by {owner} to owner", f"drop owned by {owner}", f"drop role {owner}"
        )


async def test_the_hub_cannot_make_temporary_tables(empty_url: str) -> None:
    await migrate(empty_url)
    line = await asyncpg.connect(empty_url, server_settings={"role": "brigade_hub"})
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await line.execute("create temporary table mine (id int)")
    await line.close()


async def test_whoever_voided_or_cleared_before_anybody_counted_had_seen_everything(database_url: str) -> None:
    database = await open_database(database_url)
    house = await a_house(database)
    order = await house.fires("1")
    line, ticket = order.lines[0].line_id, order.tickets[0].ticket_id
    await house.does(BumpTicket(ticket_id=ticket), by=house.cook)
    await house.does(VoidLine(order_id=order.order_id, line_id=line), by=house.manager)
    await house.does(ClearTicket(ticket_id=ticket), by=house.cook)
    await database.close()

    assert WHEN_TABLETS_WERE_AWAY in await migrate_back(database_url, to=BEFORE_TABLETS_WERE_AWAY)
    await migrate(database_url)

    house.database = await open_database(database_url)
    house.deeds = Deeds(DEEDS, house.database, Metrics(), house.tokens)
    late = await house.does(BumpTicket(ticket_id=ticket, recalls=0, line_ids=(line,)), by=house.cook)
    assert late.status is TicketStatus.CLEARED
    assert house.names() == []
    await house.database.close()
