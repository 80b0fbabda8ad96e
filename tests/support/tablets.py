"""Kitchen tablets for tests: enrolled by a manager, and tapped at by people with PINs."""

from dataclasses import dataclass
from typing import Any

from hub.commands.devices import InviteDevice
from hub.ids import DeviceId, UserId
from hub.keys import Hub
from hub.people import Role
from tests.support.houses import House

PIN = "2739"
"""Everybody's who has one. It opens nothing for anybody else."""


@dataclass(frozen=True)
class Tablet:
    """What hangs in a kitchen."""

    hub: Hub
    id: DeviceId
    token: str

    async def is_tapped(self, user: UserId, pin: str = PIN) -> Any:
        """What whoever taps this is answered. Raises the refusal."""
        return await self.hub.pins.tap(self.token, user, pin, None)


async def a_tablet(hub: Hub, house: House, name: str = "Grill") -> Tablet:
    """A tablet that the manager has enrolled at this hub."""
    enrolled = await hub.devices.enroll(await a_code(house), name, None)
    return Tablet(hub, enrolled.device_id, enrolled.tablet_token)


async def a_code(house: House) -> str:
    """A code that the manager was given just now."""
    answered = await house.does(InviteDevice(restaurant_id=house.id), by=house.manager)
    code: str = answered.code
    return code


async def has_pin(hub: Hub, house: House, *roles: Role, pin: str = PIN) -> None:
    """Let those who have these roles have a PIN."""
    for role in roles:
        await hub.pins.put(house.user(role), pin, None)
