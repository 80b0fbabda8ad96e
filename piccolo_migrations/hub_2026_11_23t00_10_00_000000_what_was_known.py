"""What whoever voided or cleared until now had seen, and which voids are undecided: plain SQL, which no model says."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from hub.store.connections import connection

ID = "2026-11-23T00:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What was known"

# Whoever voided a line until now saw everything that had been done with it, and whoever cleared a ticket all of it. How
# often a ticket was recalled nobody counted; boards show the same number, so whoever asks from now on means that one.
FORWARDS = """
    update ticket set cleared_restores = 0 where status = 'cleared';

    update order_line l set void_saw = 1, plated = 1
    from ticket t where t.id = l.ticket_id and l.status = 'voided' and t.bumped_at is not null;

    create index line_disputed on order_line (ticket_id)
        where status = 'voided' and plated > void_saw and not is_settled;
"""

BACKWARDS = """
    drop index line_disputed;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def fill() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(fill)
    manager.add_raw_backwards(drop)
    return manager
