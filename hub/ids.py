"""Typed identifiers. Every thing in the house is named by a UUIDv7 (RFC 9562), so ids sort by birth.

Not its business: secrets. A UUIDv7 shows when it was made; links for guests are signed tokens.
"""

from typing import NewType
from uuid import UUID

import uuid_utils
from uuid_utils.compat import uuid7

RestaurantId = NewType("RestaurantId", UUID)
StationId = NewType("StationId", UUID)
MenuSectionId = NewType("MenuSectionId", UUID)
ItemId = NewType("ItemId", UUID)
ModifierGroupId = NewType("ModifierGroupId", UUID)
ModifierId = NewType("ModifierId", UUID)
SectionId = NewType("SectionId", UUID)
TableId = NewType("TableId", UUID)
SeatingId = NewType("SeatingId", UUID)
OrderId = NewType("OrderId", UUID)
LineId = NewType("LineId", UUID)
TicketId = NewType("TicketId", UUID)
AlertId = NewType("AlertId", UUID)
UserId = NewType("UserId", UUID)
KeyId = NewType("KeyId", UUID)
DeviceId = NewType("DeviceId", UUID)
SessionId = NewType("SessionId", UUID)
RegistrationId = NewType("RegistrationId", UUID)
InvitationId = NewType("InvitationId", UUID)
AddressId = NewType("AddressId", UUID)
PasskeyId = NewType("PasskeyId", UUID)


def new_id() -> UUID:
    """A fresh UUIDv7; wrap it in the type it is meant for: `OrderId(new_id())`."""
    return uuid7()


def new_name() -> str:
    """A fresh UUIDv7 as text, for what nothing is looked up by. Making a `UUID` of it takes most of the time."""
    return str(uuid_utils.uuid7())
