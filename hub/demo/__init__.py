"""A restaurant to try the hub on: its facts in `house`, how they get into a database in `seeding`, and as whom one may
look around it in `visiting`."""

from hub.demo.seeding import seed
from hub.demo.visiting import find, keep, kept

__all__ = ["find", "keep", "kept", "seed"]
