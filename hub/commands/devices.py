"""What can be asked about kitchen tablets: that one comes in, is called something else, or goes out."""

from typing import ClassVar

from hub.commands.command import Command, Name
from hub.ids import DeviceId, RestaurantId
from hub.rights import Permission


class InviteDevice(Command):
    """Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once."""

    needs: ClassVar = Permission.DEVICES_MANAGE

    restaurant_id: RestaurantId


class DeviceCommand(Command):
    """What the others share: the tablet, by its id."""

    needs: ClassVar = Permission.DEVICES_MANAGE

    device_id: DeviceId


class RenameDevice(DeviceCommand):
    """Call a tablet something else."""

    name: Name


class RotateDevice(DeviceCommand):
    """The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it
    comes in anew, as the same tablet."""


class RevokeDevice(DeviceCommand):
    """The tablet is none of the house's any more, and everybody is signed out there."""
