"""What hubs say to themselves is dropped again: the one thing that may be, by two functions that can do nothing else."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-22T00:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "A hub's own ledger"

# They run with the owner's rights, so nothing in them is looked up by a path that the caller could have set.
FORWARDS = """
    create function trim_hub_ledger(trimmed text, upto bigint) returns void
    language sql security definer set search_path = '' as $$
        with moved as (  -- not the newest: it says when the hub was heard last
            update public.ledger_head set floor = least(upto, seq - 1)
            where scope = trimmed and starts_with(scope, 'hub:') and floor < least(upto, seq - 1)
            returning scope, floor
        )
        delete from public.ledger using moved where ledger.scope = moved.scope and ledger.seq <= moved.floor
    $$;

    create function forget_silent_hubs() returns void
    language plpgsql security definer set search_path = '' as $$
    declare
        held text[];
    begin
        -- First their heads, and only then a look: a hub that wakes from a long sleep shouts before this or after it.
        held := array(
            select scope from public.ledger_head where starts_with(scope, 'hub:') order by scope for update skip locked
        );
        held := array(
            select one from unnest(held) as one where not exists (
                select from public.ledger where scope = one and at > now() - interval '1 hour'
            )
        );
        delete from public.ledger where scope = any(held);
        delete from public.ledger_head where scope = any(held);
    end
    $$;
"""

BACKWARDS = """
    drop function trim_hub_ledger;
    drop function forget_silent_hubs;
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
