"""The audit: what was changed of a house, by whom, and from where; a chain for each scope."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T02:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The audit"

# `json`, not `jsonb`: the hashes are of the text as it was written. No foreign keys: an entry outlives what it tells of.
FORWARDS = """
    create table audit (
        scope text not null,
        seq bigint not null,
        at timestamptz not null,
        actor text not null,
        action text not null,
        entity text not null,
        entity_id text not null,
        old json,
        new json,
        address text,
        hash bytea not null,
        primary key (scope, seq)
    );
    create index audit_by_actor on audit (scope, actor, seq);
    create index audit_by_entity on audit (scope, entity, entity_id, seq);

    create table audit_head (
        scope text primary key,
        seq bigint not null,
        hash bytea not null
    );
"""

BACKWARDS = "drop table audit, audit_head;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)
    return manager
