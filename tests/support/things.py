"""One of everything that an address of the API may name, in one restaurant."""

from datetime import UTC, datetime

from hub.commands.invitations import InvitePerson
from hub.commands.keys import MakeKey
from hub.domain.devices import Device
from hub.ids import DeviceId, InvitationId, KeyId, new_id
from hub.people import Role
from hub.rights import Permission
from hub.store import devices
from tests.support.houses import House

Things = dict[str, str]
"""Ids by the names that they have in addresses."""


async def things_of(house: House) -> Things:
    """One of everything an address may name, with an order that is in the kitchen."""
    order = await house.fires("1", house.line("Burger"))
    return {
        "restaurantId": str(house.id),
        "itemId": str(house.items["Soup"].id),
        "tableId": str(house.tables["1"]),
        "orderId": str(order.order_id),
        "lineId": str(order.lines[0].line_id),
        "ticketId": str(order.tickets[0].ticket_id),
        "userId": str(house.cook.user),
        "sessionId": str(house.cook.user),
        "role": "cook",
        "course": "1",
        "sectionId": str(house.section),
        "menuSectionId": str(house.menu_section),
        "station": str(house.stations["Grill"]),
        "stationId": str(house.stations["Grill"]),
        "keyId": str(await key_of(house)),
        "addressId": str(new_id()),
        "passkeyId": str(new_id()),
        "provider": "google",
        "invitationId": str(await invitation_of(house)),
        "deviceId": str(await device_of(house, b"of %s" % house.id.bytes)),
    }


async def key_of(house: House) -> KeyId:
    """The id of a key that the house has."""
    scopes = (Permission.MENU_READ,)
    made = await house.does(MakeKey(restaurant_id=house.id, name="Till", scopes=scopes), by=house.owner)
    key: KeyId = made.key_id
    return key


async def invitation_of(house: House) -> InvitationId:
    """The id of an invitation that waits for an answer."""
    email = f"new@{house.id}.example.test"
    made = await house.does(InvitePerson(restaurant_id=house.id, email=email, roles=(Role.COOK,)), by=house.owner)
    invitation: InvitationId = made.invitation_id
    return invitation


async def device_of(house: House, token: bytes) -> DeviceId:
    """The id of a tablet that the house has, whose token has this hash."""
    device = Device(DeviceId(new_id()), house.id, "Grill", datetime.now(UTC), house.user(Role.MANAGER))
    async with house.database.transaction():
        await devices.add(device, token)
    return device.id
