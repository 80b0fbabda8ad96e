"""What the hub asks of itself. No door offers these."""

from typing import ClassVar

from hub.commands.command import Command
from hub.ids import RestaurantId
from hub.people import Role


class RaiseAlerts(Command):
    """Say who waits too long in this restaurant."""

    asked_by: ClassVar = frozenset({Role.SYSTEM})

    restaurant_id: RestaurantId
