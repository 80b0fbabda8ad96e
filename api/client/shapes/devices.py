"""What travels between a hub and its clients: devices.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen
    from api.client.shapes.pins import PinHolder


class DeviceAnswer(TypedDict):
    """A tablet as it is now."""

    deviceId: str
    name: str
    enrolledAt: str
    enrolledBy: str | None
    lastUsedAt: str | None
    revokedAt: str | None


class DeviceCodeAnswer(TypedDict):
    """The code that is typed at a tablet, until when it is good, and which tablet comes in anew by it, if any.

    To whoever asks for the same again it is null. Who did not get the answer asks for another one.
    """

    code: str | None
    expiresAt: str
    deviceId: str | None


class DeviceEnrolled(TypedDict):
    """A tablet is one of the house's from now on, or has come in anew under its old name."""

    deviceId: str
    deviceName: str


class DeviceRevoked(TypedDict):
    """A tablet is none of the house's any more. Everybody who tapped a PIN there is signed out."""

    deviceId: str
    deviceName: str


class InviteDevice(TypedDict):
    """Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once."""

    seen: NotRequired[Seen | None]
    restaurantId: str


class RenameDevice(TypedDict):
    """Call a tablet something else."""

    seen: NotRequired[Seen | None]
    deviceId: str
    name: str


class RevokeDevice(TypedDict):
    """The tablet is none of the house's any more, and everybody is signed out there."""

    seen: NotRequired[Seen | None]
    deviceId: str


class RotateDevice(TypedDict):
    """The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it
    comes in anew, as the same tablet.
    """

    seen: NotRequired[Seen | None]
    deviceId: str


class DeviceCode(TypedDict):
    """The code that a manager was given, typed at the tablet, and how that is called from now on."""

    code: str
    name: str


class DeviceShown(TypedDict):
    """A tablet as a manager recognises it. A time is null where there is none."""

    deviceId: str
    name: str
    enrolledAt: str
    enrolledBy: str | None
    lastUsedAt: str | None
    revokedAt: str | None


class Devices(TypedDict):
    """Tablets in the order in which they came in, those that are revoked among them."""

    nextCursor: str | None
    items: list[DeviceShown]


class Enrolled(TypedDict):
    """Which tablet this is from now on, where, and the token that it shows."""

    tabletToken: str
    deviceId: str
    name: str
    restaurantId: str


class RestInviteDevice(TypedDict):
    """Have a code with which a tablet is enrolled: once, and within ten minutes. It is in the answer, once."""

    seen: NotRequired[Seen | None]


class PinHolders(TypedDict):
    """Who may tap a PIN at this tablet, by their names."""

    nextCursor: str | None
    items: list[PinHolder]


class RestRenameDevice(TypedDict):
    """Call a tablet something else."""

    seen: NotRequired[Seen | None]
    name: str


class RestRevokeDevice(TypedDict):
    """The tablet is none of the house's any more, and everybody is signed out there."""

    seen: NotRequired[Seen | None]


class RestRotateDevice(TypedDict):
    """The tablet's token opens nothing any more, and everybody is signed out there. With the code in the answer it
    comes in anew, as the same tablet.
    """

    seen: NotRequired[Seen | None]
