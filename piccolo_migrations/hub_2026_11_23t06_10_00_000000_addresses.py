"""Where people live, and which of their addresses is the default."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T06:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Addresses"

# Whoever has an address has a book of them, a book has exactly one default, and that is an address of the same person:
# so there is always one, and nobody can delete it. Both are checked where a statement ends, so one may make or drop both.
FORWARDS = """
    create table address_book (
        person_id uuid primary key references person on delete restrict,
        default_id uuid not null
    );
    create table postal_address (
        id uuid primary key,
        person_id uuid not null references address_book,
        label text not null,
        lines text[] not null,
        unique (person_id, id)
    );
    alter table address_book add constraint default_is_own
        foreign key (person_id, default_id) references postal_address (person_id, id);
"""

BACKWARDS = """
    alter table address_book drop constraint default_is_own;
    drop table postal_address;
    drop table address_book;
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
