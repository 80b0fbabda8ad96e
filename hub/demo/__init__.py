"""A restaurant to try the hub on: its facts in `house`, and how they get into a database in `seeding`."""

from hub.demo.seeding import seed

__all__ = ["seed"]
