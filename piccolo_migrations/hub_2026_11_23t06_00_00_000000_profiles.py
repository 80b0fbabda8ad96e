"""What people say of themselves, besides their name: a row for whoever said anything."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T06:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Profiles"

# Its language a person may have already, from the accounts' own migration; whichever comes first makes it.
FORWARDS = """
    alter table person add column if not exists language text not null default 'en';

    create table profile (
        person_id uuid primary key references person on delete restrict,
        phone text,
        preferences jsonb not null  -- those alone that were chosen: what nobody chose follows the default
    );
"""

BACKWARDS = "drop table profile;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
