"""What Piccolo's migrations need to know of the hub: its name, its tables, and where its migrations lie.

Not its business: the ledger's own tables, which no class describes; their migration is plain SQL.
"""

from piccolo.conf.apps import AppConfig, table_finder

from hub.store.migrations import APP_NAME, MIGRATIONS

APP_CONFIG = AppConfig(
    app_name=APP_NAME,
    migrations_folder_path=str(MIGRATIONS),
    table_classes=table_finder(["hub.store.tables"], exclude_imported=True),
)
