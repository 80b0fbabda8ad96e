"""Pictures of people, as the hub drew them anew."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T06:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Avatars"

FORWARDS = """
    create table avatar (
        person_id uuid primary key references person on delete restrict,
        picture bytea not null check (octet_length(picture) <= 262144),
        digest text not null,
        drawn_at timestamptz not null default now()
    );
    alter table avatar alter picture set storage external;  -- a picture is compressed as it is
"""

BACKWARDS = "drop table avatar;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
