"""What can be asked of a hub at its addresses: devices.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.devices import (
        DeviceAnswer,
        DeviceCode,
        DeviceCodeAnswer,
        Devices,
        Enrolled,
        PinHolders,
        RestInviteDevice,
        RestRenameDevice,
        RestRevokeDevice,
        RestRotateDevice,
    )


class OfDevices:
    """Kitchen tablets: how one is let in, and who may tap a PIN there."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def enroll(self, body: DeviceCode) -> Enrolled:
        """Make this tablet one of the house's, with the code that a manager was given."""
        answer: Enrolled = await self._door.send("POST", "/auth/enroll", body=body)
        return answer

    async def show_devices_people(self) -> PinHolders:
        """Who may tap a PIN at the tablet that asks."""
        answer: PinHolders = await self._door.send("GET", "/devices/me/people")
        return answer

    async def show_devices_of_restaurant(self, restaurant_id: str) -> Devices:
        """Every tablet of the restaurant."""
        answer: Devices = await self._door.send(
            "GET", "/restaurants/{restaurantId}/devices", {"restaurantId": restaurant_id}
        )
        return answer

    async def invite_device(
        self, restaurant_id: str, body: RestInviteDevice | None = None, *, key: str | None = None
    ) -> DeviceCodeAnswer:
        """Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once."""
        answer: DeviceCodeAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/devices", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def rename_device(self, device_id: str, body: RestRenameDevice, *, key: str | None = None) -> DeviceAnswer:
        """Call a tablet something else."""
        answer: DeviceAnswer = await self._door.send(
            "PATCH", "/devices/{deviceId}", {"deviceId": device_id}, body=body, key=key
        )
        return answer

    async def revoke_device(
        self, device_id: str, body: RestRevokeDevice | None = None, *, key: str | None = None
    ) -> DeviceAnswer:
        """The tablet is none of the house's any more, and everybody is signed out there."""
        answer: DeviceAnswer = await self._door.send(
            "DELETE", "/devices/{deviceId}", {"deviceId": device_id}, body=body, key=key
        )
        return answer

    async def rotate_device(
        self, device_id: str, body: RestRotateDevice | None = None, *, key: str | None = None
    ) -> DeviceCodeAnswer:
        """The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it
        comes in anew, as the same tablet.
        """
        answer: DeviceCodeAnswer = await self._door.send(
            "POST", "/devices/{deviceId}/rotate", {"deviceId": device_id}, body=body, key=key
        )
        return answer
