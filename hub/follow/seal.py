"""What hubs publish for each other stands under a seal: an HMAC-SHA256 over the channel and the body.

Redis is not a place of trust: whoever reaches it may publish. What is not sealed with the hubs' key is refused before
it is parsed, and what is sealed may still be old or doubled, which followers do not mind.
Not its business: what a body says (`hub.follow.rings`), or sending and receiving it.
"""

import hmac
from hashlib import sha256

KEY_BYTES_MIN = 32
SEAL_BYTES = sha256().digest_size
NAME_LENGTH = 16


class NotOurs(ValueError):
    """The message is not one that a hub with our key sealed for this channel."""


class Seal:
    """Closes bodies under the key and opens them again. Hubs understand each other when they hold the same key."""

    def __init__(self, key: bytes) -> None:
        if len(key) < KEY_BYTES_MIN:
            raise ValueError(f"The key that seals what hubs tell each other needs at least {KEY_BYTES_MIN} bytes.")
        # Made ready once: a copy of it is cheaper than a key taken up afresh.
        self._keyed = hmac.new(key, digestmod=sha256)

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
        seal = self._keyed.copy()
        seal.update(channel + b"\0" + body)
        return seal.digest()
