"""What devices of stations have shown, and which tickets nobody has: backups, the seconds it may take, and alerts."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import ForeignKey, Integer
from piccolo.columns.column_types import UUID
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table

from hub.store.connections import connection

ID = "2026-11-22T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The glass"

# No foreign keys on the glass: rows are written some time after somebody was let into a station's room, and whatever
# became of that station meanwhile must not keep all the others' from being written.
FORWARDS = """
    create table glass (
        restaurant_id uuid not null,
        station_id uuid not null,
        device text not null,
        epoch text not null,
        seq bigint not null,
        at timestamptz not null,
        primary key (station_id, device)
    ) with (fillfactor = 50);  -- few rows, which change all evening: room for the next version on the same page

    create index ledger_ticket_fired on ledger (((payload ->> 'ticketId')::uuid)) where name = 'ticket_fired';
"""

BACKWARDS = """
    drop index ledger_ticket_fired;
    drop table glass;
"""


class StationRow(Table, tablename="station", schema=None):
    id = UUID(
        default=None,
        null=False,
        primary_key=True,
        unique=False,
        index=False,
        index_method=IndexMethod.btree,
        choices=None,
        db_column_name=None,
        secret=False,
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    async def create() -> None:
        await connection().execute(FORWARDS)

    async def drop() -> None:
        await connection().execute(BACKWARDS)

    manager.add_raw(create)
    manager.add_raw_backwards(drop)

    manager.add_column(
        table_class_name="RestaurantRow",
        tablename="restaurant",
        column_name="ticket_unseen_seconds",
        db_column_name="ticket_unseen_seconds",
        column_class_name="Integer",
        column_class=Integer,
        params={
            "default": 5,
            "null": False,
            "primary_key": False,
            "unique": False,
            "index": False,
            "index_method": IndexMethod.btree,
            "choices": None,
            "db_column_name": None,
            "secret": False,
        },
        schema=None,
    )

    for table_class_name, tablename, references in (
        ("StationRow", "station", "self"),
        ("TicketRow", "ticket", StationRow),
    ):
        manager.add_column(
            table_class_name=table_class_name,
            tablename=tablename,
            column_name="backup_station_id",
            db_column_name="backup_station_id",
            column_class_name="ForeignKey",
            column_class=ForeignKey,
            params={
                "references": references,
                "on_delete": OnDelete.restrict,
                "on_update": OnUpdate.cascade,
                "target_column": None,
                "default": None,
                "null": True,
                "primary_key": False,
                "unique": False,
                "index": False,
                "index_method": IndexMethod.btree,
                "choices": None,
                "db_column_name": None,
                "secret": False,
            },
            schema=None,
        )

    return manager
