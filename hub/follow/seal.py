"""What hubs publish for each other: a body under an HMAC-SHA256 seal over the channel and the body; and rings so.

Redis is not a place of trust: whoever reaches it may publish. What is not sealed with the hubs' key is refused before
it is parsed, and what is sealed may still be old or doubled, which followers do not mind.
Not its business: sending and receiving (`hub.follow.redis_doorbell`, `hub.follow.redis_pulses`).
"""

import hmac
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from hub.audience import Scope
from hub.follow.doorbell import Nudge, Ring
from hub.store.ledger import Recorded

KEY_BYTES_MIN = 32
SEAL_BYTES = sha256().digest_size
NAME_LENGTH = 16
ENTRIES_BYTES_MAX = 16 * 1024
"""Payloads above this, taken together, are not rung: their numbers alone are."""
MESSAGE_BYTES_MAX = 64 * 1024
"""Nothing we ring is longer. JSON within JSON doubles its quotes, and an entry has more than a payload."""
CHANNEL_PREFIX = "ledger:"

# Strict, so that a number in quotes or a list of pairs is not a ring, whoever sealed it.
_RING: TypeAdapter[Ring] = TypeAdapter(Recorded | Nudge)


class NotOurs(ValueError):
    """The message is not one that a hub with our key sealed for this channel."""


class NotARing(NotOurs):
    """The message is not one that a hub with our key sent on this channel."""


def channel_of(scope: Scope) -> str:
    return CHANNEL_PREFIX + scope


def scope_of(channel: str) -> Scope:
    return Scope(channel.removeprefix(CHANNEL_PREFIX))


class Seal:
    """Closes bodies under the key and opens them again. Hubs understand each other when they hold the same key."""

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES_MIN:
            raise ValueError(f"The key that seals what hubs tell each other needs at least {KEY_BYTES_MIN} bytes.")
        self._key = key

    def closed(self, channel: bytes, body: bytes) -> bytes:
        """The message that carries the body on this channel."""
        return self._seal(channel, body) + body

    def opened(self, channel: bytes, message: object, *, bytes_max: int) -> bytes:
        """The body of a message heard on this channel. Raises NotOurs for everything else there is.

        A body longer than `bytes_max` is not even looked at.
        """
        if not isinstance(message, bytes):
            raise NotOurs("not a message")
        if not SEAL_BYTES < len(message) <= SEAL_BYTES + bytes_max:
            raise NotOurs("too short or too long")
        body = message[SEAL_BYTES:]
        if not hmac.compare_digest(message[:SEAL_BYTES], self._seal(channel, body)):
            raise NotOurs("without our seal")
        return body

    def name(self, of: bytes) -> bytes:
        """A name that only those with the key would come upon, and that tells nothing of the key."""
        return self._seal(b"name", of).hex()[:NAME_LENGTH].encode()

    def _seal(self, channel: bytes, body: bytes) -> bytes:
        # The channel is sealed too: what is true on one channel says nothing on another.
        return hmac.digest(self._key, channel + b"\0" + body, "sha256")


class Sealer(Seal):
    """Writes rings as sealed messages, and reads them back."""

    def write(self, recorded: Recorded) -> bytes:
        """The message for the scope's channel: the entries where they are small, else their numbers."""
        if sum(len(entry.payload) for entry in recorded.entries) <= ENTRIES_BYTES_MAX:
            message = self._sealed(recorded)
            if len(message) <= MESSAGE_BYTES_MAX:
                return message
        first, last = recorded.entries[0].seq, recorded.entries[-1].seq
        return self._sealed(Nudge(recorded.scope, recorded.epoch, first, last))

    def read(self, channel: bytes, message: object) -> Ring:
        """The ring in a message heard on this channel. Raises NotARing for everything else there is."""
        try:
            body = self.opened(channel, message, bytes_max=MESSAGE_BYTES_MAX - SEAL_BYTES)
        except NotOurs as error:
            raise NotARing(*error.args) from None
        try:
            ring = _RING.validate_json(body, strict=True)
        except ValidationError as error:
            raise NotARing("sealed, but of another shape") from error
        if channel_of(ring.scope).encode() != channel or not _is_in_order(ring):
            raise NotARing("sealed, but not what this channel carries")
        return ring

    def _sealed(self, ring: Ring) -> bytes:
        return self.closed(channel_of(ring.scope).encode(), _RING.dump_json(ring))


def _is_in_order(ring: Ring) -> bool:
    """Whether the numbers are what an append gives, and each entry is of this scope and knows its time zone."""
    if isinstance(ring, Nudge):
        return ring.first <= ring.last
    return bool(ring.entries) and all(
        entry.seq == seq and entry.scope == ring.scope and entry.at.tzinfo is not None
        for seq, entry in enumerate(ring.entries, start=ring.entries[0].seq)
    )
