"""Second factors: the secret of each, locked, and the hashes of its recovery codes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Second factors"

FORWARDS = """
    create table second_factor (
        person_id uuid primary key references person on delete restrict,
        secret bytea not null,  -- locked with a key that the database does not have
        begun_at timestamptz not null default now(),
        is_on_since timestamptz,  -- null until its first code was shown
        last_step bigint  -- no code of this step, or of one before it, is good again
    );

    create table recovery_code (
        person_id uuid not null references second_factor on delete cascade,
        hash bytea not null,  -- SHA-256; the code itself is nowhere
        used_at timestamptz,
        primary key (person_id, hash)
    );
"""

BACKWARDS = """
    drop table recovery_code;
    drop table second_factor;
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
