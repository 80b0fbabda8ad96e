"""The local mailbox: letters of a house that sends none."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T00:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The mailbox"

FORWARDS = """
    create table mailbox (
        id text primary key,
        recipient text not null,
        subject text not null,
        body text not null,
        html text not null,
        language text not null,
        at timestamptz not null default clock_timestamp()
    );
    create index mailbox_latest on mailbox (at, id);
"""

BACKWARDS = "drop table mailbox"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
