"""Facts about kitchen tablets: that one is the house's now, or is not any more."""

from typing import ClassVar

from hub.audience import Room, waiters_room
from hub.events.event import RestaurantEvent, Shape
from hub.ids import DeviceId, UserId
from hub.moments import Moment
from hub.rights import RIGHTS, Permission


class DeviceShown(Shape):
    """A tablet as a manager recognises it. A time is null where there is none."""

    device_id: DeviceId
    name: str
    enrolled_at: Moment
    enrolled_by: UserId | None
    last_used_at: Moment | None
    revoked_at: Moment | None


class DeviceEvent(RestaurantEvent):
    """What these facts share: the tablet, and that the floor hears of it, where managers are."""

    caused_by: ClassVar = RIGHTS[Permission.DEVICES_MANAGE]

    device_id: DeviceId
    device_name: str

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id),)


class DeviceEnrolled(DeviceEvent):
    """A tablet is one of the house's from now on, or has come in anew under its old name."""


class DeviceRevoked(DeviceEvent):
    """A tablet is none of the house's any more. Everybody who tapped a PIN there is signed out."""
