"""What tablets that were away need to be merged: rounds of tickets, and voids that crossed bumps."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Boolean, Column, Integer
from piccolo.columns.indexes import IndexMethod

ID = "2026-11-23T00:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Tablets away"

COLUMNS: tuple[tuple[str, str, str, type[Column], object, bool], ...] = (
    ("TicketRow", "ticket", "recalls", Integer, 0, False),
    ("TicketRow", "ticket", "cleared_restores", Integer, None, True),
    ("LineRow", "order_line", "restores", Integer, 0, False),
    ("LineRow", "order_line", "void_saw", Integer, 0, False),
    ("LineRow", "order_line", "plated", Integer, 0, False),
    ("LineRow", "order_line", "is_settled", Boolean, False, False),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="hub", description=DESCRIPTION)

    for table_class_name, tablename, column_name, column_class, default, null in COLUMNS:
        manager.add_column(
            table_class_name=table_class_name,
            tablename=tablename,
            column_name=column_name,
            db_column_name=column_name,
            column_class_name=column_class.__name__,
            column_class=column_class,
            params={
                "default": default,
                "null": null,
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
