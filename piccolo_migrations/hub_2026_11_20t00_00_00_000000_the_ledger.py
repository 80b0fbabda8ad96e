"""The ledgers, their heads, and the commands that were asked: plain SQL, since only SQL ever touches them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-20T00:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The ledger"

# No index on `rooms`. A room's entries are read by the range of numbers it missed, a scan of the primary key: 1.5 ms for
# 500 entries out of the last 3,000, 18 ms where only 20 of the last 100,000 are the room's. A GIN index knows no ranges:
# it is quicker for rare rooms, five times slower for busy ones, and every deed would pay for it.
FORWARDS = """
    create table ledger_head (
        scope text primary key,
        epoch uuid not null default gen_random_uuid(),
        seq bigint not null default 0,
        floor bigint not null default 0,
        constraint ledger_head_floor_is_within check (floor >= 0 and floor <= seq)
    ) with (fillfactor = 50);  -- one row is updated by every deed: room for its next version on the same page

    create table ledger (
        scope text not null,
        seq bigint not null,
        name text not null,
        rooms text[] not null,
        payload json not null,  -- not jsonb: the text is delivered as it was recorded
        actor text not null,
        at timestamptz not null,
        command_id text not null,
        primary key (scope, seq)
    );
    create index ledger_command on ledger (command_id);

    create table command (
        actor text not null,
        id text not null,
        name text not null,
        digest bytea not null,
        scope text,
        events text[] not null default '{}',
        answer json,
        at timestamptz not null default now(),
        primary key (actor, id)
    );
"""

BACKWARDS = """
    drop table command;
    drop table ledger;
    drop table ledger_head;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
