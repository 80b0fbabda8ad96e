"""Kitchen tablets: how one is enrolled, and how long it is one of the house's. Rules only.

A manager is given a code, types it at the tablet, and from then on the tablet has a token of its own. That token opens
nothing by itself: at the tablet people tap their PINs. Not its business: PINs (`hub.domain.pins`), the token itself,
and what somebody may do there (`hub.rights.AT_DEVICES`).
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from hub.domain.refusals import Kind, Refused
from hub.events.devices import DeviceShown
from hub.ids import DeviceId, RestaurantId, UserId

CODE_LIFETIME = timedelta(minutes=10)
CODE_LENGTH = 8
CODE_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
"""Without those that look like another one: B and 8, I, L and 1, O and 0, S and 5, Z and 2."""


class WrongDeviceCode(Refused):
    """This code is not right, was used already, or has run out. Ask a manager for another."""

    code = "wrong_device_code"
    kind = Kind.UNAUTHORIZED


class DeviceOver(Refused):
    """This tablet is not one of the house's any more. Ask a manager to enroll it again."""

    code = "device_over"
    kind = Kind.UNAUTHORIZED


class DeviceRevokedAlready(Refused):
    """{name} has been revoked. Enroll it as a new one."""

    code = "device_revoked"


def new_code() -> str:
    """A code that nobody has seen: easy to read out and to type, one of 150 thousand million."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def as_typed(code: str) -> str:
    """A code as it is compared, however somebody groups or writes it."""
    return "".join(code.split()).replace("-", "").upper()


@dataclass(frozen=True, slots=True)
class Device:
    """A tablet as it is kept."""

    id: DeviceId
    restaurant_id: RestaurantId
    name: str
    enrolled_at: datetime
    enrolled_by: UserId | None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def renamed(self, name: str) -> Self:
        """Raises DeviceRevokedAlready."""
        self.must_be_in_use()
        return replace(self, name=name)

    def revoked(self, at: datetime) -> Self:
        """Raises DeviceRevokedAlready."""
        self.must_be_in_use()
        return replace(self, revoked_at=at)

    def must_be_in_use(self) -> None:
        if self.revoked_at is not None:
            raise DeviceRevokedAlready(name=self.name)

    def shown(self) -> DeviceShown:
        """As those who manage devices see it."""
        return DeviceShown(
            device_id=self.id,
            name=self.name,
            enrolled_at=self.enrolled_at,
            enrolled_by=self.enrolled_by,
            last_used_at=self.last_used_at,
            revoked_at=self.revoked_at,
        )
