"""Sign-ins that failed: when, for an account from an address or at a device, of which only a digest is kept."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T04:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Failed sign-ins"

FORWARDS = """
    create table failed_sign_in (
        who bytea primary key,  -- SHA-256 of the account and from where it was tried; there need not be such an account
        at timestamptz[] not null,  -- the latest first
        forget_at timestamptz not null
    );
    create index failed_sign_in_forget on failed_sign_in (forget_at);

    alter table person add column lock_told_at timestamptz;
"""

BACKWARDS = """
    alter table person drop column lock_told_at;
    drop table failed_sign_in;
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
