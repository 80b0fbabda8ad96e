"""Facts about keys: that one opens something else than before, or nothing. Who made which is the audit's."""

from typing import ClassVar

from hub.audience import PLATFORM, Room, Scope
from hub.events.event import Event, Shape
from hub.ids import KeyId, UserId
from hub.moments import Moment
from hub.rights import RIGHTS, Permission


class KeyShown(Shape):
    """A key as an owner recognises it: by its name, and by how it begins. A time is null where there is none."""

    key_id: KeyId
    name: str
    begins_with: str
    scopes: tuple[Permission, ...]
    networks: tuple[str, ...]
    made_at: Moment
    made_by: UserId | None
    expires_at: Moment | None
    last_used_at: Moment | None
    revoked_at: Moment | None


class KeyChanged(Event):
    """A key was changed, rotated or revoked. Every hub forgets what it knew of it, and judges its sockets anew."""

    caused_by: ClassVar = RIGHTS[Permission.KEYS_MANAGE]

    key_id: KeyId

    @property
    def scope(self) -> Scope:
        return PLATFORM

    @property
    def audience(self) -> tuple[Room, ...]:
        """Nobody's screen: hubs themselves listen to the platform's ledger."""
        return ()
