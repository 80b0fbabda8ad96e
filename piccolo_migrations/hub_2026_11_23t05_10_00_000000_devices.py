"""Kitchen tablets, the PINs that are tapped at them, and sessions that began so."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T05:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Kitchen tablets and PINs"

FORWARDS = """
    create table device (
        id uuid primary key,
        restaurant_id uuid not null references restaurant on delete restrict,
        name text not null,
        hash bytea unique,  -- SHA-256 of its token; null until it comes in anew
        enrolled_at timestamptz not null default now(),
        enrolled_by uuid references person on delete restrict,
        last_used_at timestamptz,
        revoked_at timestamptz
    );
    create index device_of_restaurant on device (restaurant_id, id);

    create table device_code (
        hash bytea primary key,  -- with a key that the database does not have: the code is short
        restaurant_id uuid not null references restaurant on delete restrict,
        device_id uuid references device on delete cascade,  -- the one that comes in anew
        made_by uuid not null references person on delete restrict,
        expires_at timestamptz not null
    );
    create index device_code_expires on device_code (expires_at);

    create table pin (
        person_id uuid primary key references person on delete restrict,
        hash text not null,  -- Argon2id, of the PIN and a key that the database does not have
        set_at timestamptz not null default now()
    );

    create table pin_try (
        device_id uuid references device on delete cascade,
        person_id uuid references person on delete cascade,
        tries smallint not null,
        last_at timestamptz not null default now(),
        primary key (device_id, person_id)
    );

    alter table session add column device_id uuid references device on delete restrict;
    create index session_at_device on session (device_id) where ended_at is null and device_id is not null;
"""

BACKWARDS = """
    delete from session where device_id is not null;
    alter table session drop column device_id;
    drop table pin_try;
    drop table pin;
    drop table device_code;
    drop table device;
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
