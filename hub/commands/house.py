"""What the hub asks of itself. No door offers these."""

from typing import ClassVar

from hub.commands.command import Command
from hub.ids import RestaurantId
from hub.rights import Permission


class HouseCommand(Command):
    """What all of them share: the house that is looked after."""

    needs: ClassVar = Permission.ALERTS_RAISE

    restaurant_id: RestaurantId


class RaiseAlerts(HouseCommand):
    """Say what waits too long in this restaurant."""


class CalmAlerts(HouseCommand):
    """Take back what was said of tickets that their station has seen since."""
