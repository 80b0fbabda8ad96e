"""Indexes over what is open, which is little however long the house has been there; and one party to a table."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-20T11:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is open"

FORWARDS = """
    create unique index seating_open on seating (table_id) where left_at is null;
    create index order_open on customer_order (restaurant_id) where status not in ('closed', 'cancelled');
    create index order_newest on customer_order (restaurant_id, id desc);
    create index ticket_open on ticket (restaurant_id, station_id) where status not in ('served', 'cleared');
    create index ticket_not_started on ticket (fired_at) where status = 'fired';
    create unique index table_name_once on dining_table (restaurant_id, name) where removed_at is null;
"""

BACKWARDS = """
    drop index seating_open;
    drop index order_open;
    drop index order_newest;
    drop index ticket_open;
    drop index ticket_not_started;
    drop index table_name_once;
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
