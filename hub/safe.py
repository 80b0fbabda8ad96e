"""The safe: what a hub must be able to read again, or to recognise, and whoever has only the database must not.

Each purpose has its own key, derived from the house's secret. Not its business: what is kept (`hub.store`), and what
was drawn from so many that a plain hash of it tells nothing (`hub.tokens`).
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.tokens import derived_key

NONCE_BYTES = 12


class CannotOpen(Exception):
    """This was locked by another house, for somebody else, or has been changed since."""


class Safe:
    """Locks texts, each for somebody (AES-256-GCM). All hubs of a house open what any of them locked."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._cipher = AESGCM(derived_key(secret, purpose))

    def locked(self, text: str, whose: UUID) -> bytes:
        """The text as it may be kept. Two of the same look nothing alike."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, text.encode(), whose.bytes)

    def opened(self, kept: bytes, whose: UUID) -> str:
        """The text that was locked for them. Raises CannotOpen."""
        try:
            return self._cipher.decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], whose.bytes).decode()
        except (InvalidTag, ValueError):
            raise CannotOpen from None


class Pepper:
    """Makes of what is short enough to be guessed something that only a hub can make of it, and nobody else can try."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = derived_key(secret, purpose)

    def on(self, text: str, whose: UUID | None = None) -> bytes:
        """32 bytes: the same for the same text of the same person, and no others."""
        salt = b"" if whose is None else whose.bytes
        return hmac.digest(self._key, salt + b"\0" + text.encode(), hashlib.sha256)
