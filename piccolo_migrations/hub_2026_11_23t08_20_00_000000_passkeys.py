"""People's passkeys, by which handle their devices know them, and challenges that were used."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T08:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Passkeys"

FORWARDS = """
    create table passkey_owner (
        person_id uuid primary key references person on delete restrict,
        handle bytea not null unique
    );

    create table passkey (
        id uuid primary key,
        person_id uuid not null references passkey_owner on delete cascade,
        name text not null,
        credential_id bytea not null unique,
        public_key bytea not null,  -- COSE
        sign_count bigint not null,
        added_at timestamptz not null default now(),
        used_at timestamptz
    );
    create index passkey_person on passkey (person_id);

    create table used_challenge (
        digest bytea primary key,  -- SHA-256
        expires_at timestamptz not null
    );
    create index used_challenge_expires on used_challenge (expires_at);
"""

BACKWARDS = """
    drop table used_challenge;
    drop table passkey;
    drop table passkey_owner;
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
