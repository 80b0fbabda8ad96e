"""Facts about sessions: only that one ended. That one began, or went on, is nobody's business but its own."""

from enum import StrEnum
from typing import ClassVar

from hub.audience import PLATFORM, Room, Scope
from hub.events.event import Event
from hub.ids import SessionId, UserId
from hub.rights import RIGHTS, Permission


class SessionEnd(StrEnum):
    """Why a session ended."""

    LOGGED_OUT = "logged_out"
    """Whoever it was asked for it, on that device or on another."""
    DEVICE_REVOKED = "device_revoked"
    """It began with a PIN, at a tablet that is none of the house's any more, or must come in anew."""
    PIN_CHANGED = "pin_changed"
    """It began with a PIN that is not theirs any more."""
    TOKEN_REUSED = "token_reused"
    """A refresh token was shown that had been used before: somebody has a copy of it, and nobody knows who."""
    PASSWORD_CHANGED = "password_changed"
    """Whoever it was chose a new password: on another device, or by a letter."""
    ACCOUNT_DELETED = "account_deleted"
    """Whoever it was has no account any more."""


class SessionEnded(Event):
    """A person's session is over, or all that they had where none is named. Every hub closes its sockets."""

    caused_by: ClassVar = RIGHTS[Permission.SESSION_LEAVE] | RIGHTS[Permission.DEVICES_MANAGE]

    user_id: UserId
    session_id: SessionId | None
    reason: SessionEnd

    @property
    def scope(self) -> Scope:
        return PLATFORM

    @property
    def audience(self) -> tuple[Room, ...]:
        """Nobody's screen: hubs themselves listen to the platform's ledger."""
        return ()
