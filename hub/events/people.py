"""Facts about people: what they may do, and what the hub has to tell them."""

from enum import StrEnum
from typing import Annotated, ClassVar, Self

from pydantic import Field

from hub.audience import PLATFORM, Room, Scope, announcements_room, user_room, user_scope
from hub.events.event import Event
from hub.ids import RestaurantId, UserId
from hub.rights import HEADS, OPERATORS, RIGHTS, STAFF_AND_GUESTS, Permission, Role


class NoticeKind(StrEnum):
    INFO = "info"
    ORDER_READY = "order_ready"
    WARNING = "warning"


class RightsChanged(Event):
    """A person's roles in a restaurant, or on the platform where that is none, are not what they were. Every hub
    forgets what it knew of them."""

    caused_by: ClassVar = HEADS | OPERATORS

    user_id: UserId
    restaurant_id: RestaurantId | None
    roles: tuple[Role, ...]

    @property
    def scope(self) -> Scope:
        return PLATFORM

    @property
    def audience(self) -> tuple[Room, ...]:
        """Nobody's screen: hubs themselves listen to the platform's ledger."""
        return ()


class YourRightsChanged(Event):
    """You may do other things in a restaurant than before."""

    caused_by: ClassVar = HEADS | OPERATORS

    user_id: UserId
    restaurant_id: RestaurantId
    roles: tuple[Role, ...]

    @property
    def scope(self) -> Scope:
        return user_scope(self.user_id)

    @property
    def audience(self) -> tuple[Room, ...]:
        return (user_room(self.user_id),)


def whose_rights_changed(name: str, scope: Scope, payload: bytes) -> UserId | None:
    """Whose rights are others since this entry; None where it tells of something else.

    Whichever of the two comes first tells: who hears of their rights may use them in that moment.
    """
    if name == RightsChanged.name and scope == PLATFORM:
        return RightsChanged.read(payload, scope).user_id
    return YourRightsChanged.read(payload, scope).user_id if name == YourRightsChanged.name else None


class RealTimeNotification(Event):
    """Something for one person: `{title, message, type, timestamp}`, a shape whose clients exist."""

    caused_by: ClassVar = STAFF_AND_GUESTS

    user_id: Annotated[UserId, Field(exclude=True)]
    title: str
    message: str
    type: NoticeKind

    @classmethod
    def read(cls, payload: bytes, scope: Scope) -> Self:
        return cls.model_validate_json(b'{"userId":"' + scope.partition(":")[2].encode() + b'",' + payload[1:])

    @property
    def scope(self) -> Scope:
        return user_scope(self.user_id)

    @property
    def audience(self) -> tuple[Room, ...]:
        return (user_room(self.user_id),)


class SystemAnnouncement(Event):
    """Something for everyone, or for a role: `{title, message, type, timestamp}`, a shape whose clients exist."""

    caused_by: ClassVar = RIGHTS[Permission.ANNOUNCEMENTS_MAKE]

    title: str
    message: str
    type: NoticeKind
    role: Role | None = None

    @property
    def scope(self) -> Scope:
        return PLATFORM

    @property
    def audience(self) -> tuple[Room, ...]:
        return (announcements_room(self.role),)
