"""Sessions, and the refresh tokens by which they go on: plain SQL, like all that only SQL touches."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sessions"

FORWARDS = """
    create table session (
        id uuid primary key,
        person_id uuid not null references person on delete restrict,
        device text,
        began_at timestamptz not null default now(),
        used_at timestamptz not null default now(),
        expires_at timestamptz not null,
        ended_at timestamptz,
        ended_because text
    ) with (fillfactor = 80);  -- each is changed every ten minutes

    create index session_of_person on session (person_id) where ended_at is null;
    create index session_expires on session (expires_at);

    create table refresh_token (
        hash bytea primary key,  -- SHA-256; the token itself is nowhere
        session_id uuid not null references session on delete cascade,
        expires_at timestamptz not null,
        used_at timestamptz,
        used_by bytea  -- which request used it, by its SHA-256; null where it did not say
    );

    create index refresh_token_of_session on refresh_token (session_id);
"""

BACKWARDS = """
    drop table refresh_token;
    drop table session;
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
