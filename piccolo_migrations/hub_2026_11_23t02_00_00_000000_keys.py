"""Keys that programs come in with: a hash of each, what it is for, and from where."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T02:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys"

# Names of permissions are not checked here: a newer hub, beside this one, may know more of them.
FORWARDS = """
    create table api_key (
        id uuid primary key,
        restaurant_id uuid not null references restaurant on delete restrict,
        name text not null,
        hash bytea not null unique,
        begins_with text not null,
        scopes text[] not null,
        networks text[] not null,
        made_at timestamptz not null,
        made_by uuid references person on delete restrict,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz
    );
    create index api_key_of_restaurant on api_key (restaurant_id, id);
"""

BACKWARDS = "drop table api_key;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
