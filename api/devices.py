"""Kitchen tablets: coming in by a code, who may tap a PIN at one, and what a manager sees of them.

What is done about them is `hub.actions.devices`'.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from api.showing import Knock, Listed, Look
from hub.actions.devices import Enrolled
from hub.actions.pins import PinHolder
from hub.commands.command import Asked, Name
from hub.domain.devices import CODE_LENGTH
from hub.domain.refusals import NotYourJob
from hub.events.devices import DeviceShown
from hub.ids import RestaurantId
from hub.limits import AUTH, Charge, of_address
from hub.store import devices

CODE_TYPED_LENGTH_MAX = 2 * CODE_LENGTH


class DeviceCode(Asked):
    """The code that a manager was given, typed at the tablet, and how that is called from now on."""

    code: Annotated[
        str, Field(min_length=CODE_LENGTH, max_length=CODE_TYPED_LENGTH_MAX, pattern=r"^[0-9A-Za-z \-]+$", repr=False)
    ]
    name: Name


class Devices(Listed):
    """Tablets in the order in which they came in, those that are revoked among them."""

    items: tuple[DeviceShown, ...]


class PinHolders(Listed):
    """Who may tap a PIN at this tablet, by their names."""

    items: tuple[PinHolder, ...]


async def tried(knock: Knock, credentials: DeviceCode) -> Sequence[Charge]:
    """As what a wrong code counts: by address, since nobody knows for which restaurant it was meant."""
    return (of_address(AUTH, knock.address),)


async def enroll(knock: Knock, credentials: DeviceCode) -> Enrolled:
    """Make this tablet one of the house's, with the code that a manager was given."""
    return await knock.hub.devices.enroll(credentials.code, credentials.name, knock.address)


async def people(look: Look) -> PinHolders:
    """Who may tap a PIN at the tablet that asks."""
    if look.by.device is None:
        raise NotYourJob(roles="enrolled tablets")
    async with look.snapshot():
        device = await devices.by_id(look.by.device)
    return PinHolders(items=() if device is None else await look.hub.pins.holders(device))


async def of_restaurant(look: Look, restaurant_id: RestaurantId) -> Devices:
    """Every tablet of the restaurant."""
    look.enter(restaurant_id)
    async with look.snapshot():
        found = await devices.of_restaurant(restaurant_id)
    return Devices(items=tuple(one.shown() for one in found))
