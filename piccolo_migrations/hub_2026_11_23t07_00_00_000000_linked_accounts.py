"""Accounts elsewhere that open one here, and sign-ins that came back from there."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T07:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Linked accounts"

# When an address was verified a person may have already, from the accounts' own migration; whichever comes first makes it.
FORWARDS = """
    alter table person add column if not exists email_verified_at timestamptz;

    create table linked_account (
        provider text not null,
        subject text not null,
        person_id uuid not null references person on delete restrict,
        linked_at timestamptz not null default now(),
        primary key (provider, subject),
        unique (person_id, provider)
    );

    create table finished_sign_in (
        handle bytea primary key,  -- SHA-256
        expires_at timestamptz not null
    );
    create index finished_sign_in_expires on finished_sign_in (expires_at);
"""

BACKWARDS = """
    drop table finished_sign_in;
    drop table linked_account;
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
