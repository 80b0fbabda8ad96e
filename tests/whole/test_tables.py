"""The migrations and the classes that describe the tables say the same."""

from piccolo.apps.migrations.commands.new import AutoMigrationManager

from hub.store.piccolo_app import APP_CONFIG


async def test_no_migration_is_missing() -> None:
    """What `piccolo migrations new hub --auto` would write: nothing."""
    found = await AutoMigrationManager(auto_input="n").get_alter_statements(app_config=APP_CONFIG)

    assert len(APP_CONFIG.table_classes) > 10
    assert [statement for one in found for statement in one.statements] == []
