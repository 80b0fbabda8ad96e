"""Accounts: registrations that wait for their letter to be read, what letters carry, and how accounts end."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T04:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Accounts"

FORWARDS = """
    alter table person
        add column email_verified_at timestamptz,
        add column language text not null default 'en';

    create table registration (
        id uuid primary key,
        email text not null,
        name text not null,
        password_hash text not null,
        language text not null,
        expires_at timestamptz not null
    );
    create index registration_of_email on registration (email);
    create index registration_expires on registration (expires_at);

    create table one_time_token (
        hash bytea primary key,  -- SHA-256; the token itself is in a letter, and nowhere else
        purpose text not null,
        registration_id uuid references registration on delete cascade,
        person_id uuid references person on delete cascade,
        expires_at timestamptz not null,
        check (num_nonnulls(registration_id, person_id) = 1)
    );
    create index one_time_token_of_registration on one_time_token (registration_id);
    create index one_time_token_of_person on one_time_token (person_id);
    create index one_time_token_expires on one_time_token (expires_at);

    create table deleted_person (
        person_id uuid primary key references person on delete restrict,
        email text not null,
        name text not null,
        deleted_at timestamptz not null default now()
    );
    create index deleted_person_deleted on deleted_person (deleted_at);
"""

BACKWARDS = """
    drop table deleted_person;
    drop table one_time_token;
    drop table registration;
    alter table person drop column language, drop column email_verified_at;
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
