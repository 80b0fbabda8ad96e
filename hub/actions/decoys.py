"""What a password is held against where nobody has the account, so that the time it takes tells nothing.

Accounts that an older system brought along have bcrypt's hashes until they are signed in to, and those take longer than
ours. So as large a share of the addresses that nobody has is held against a hash of bcrypt's, of the cost that most of
them have. Which ones is drawn from the address and a key of the house, and so is always the same; as such accounts
become fewer, the last drawn become ours first, as if they had been signed in to.

Not its business: hashing (`hub.actions.passwords`).
"""

import secrets
import time

from hub.actions.passwords import Passwords
from hub.store import people
from hub.store.database import Database
from hub.store.people import OlderHashes
from hub.tokens import Tokens

COUNTED_EVERY_SECONDS = 3_600.0

BCRYPT_LETTERS = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
SALT_LENGTH, CHECKSUM_LENGTH = 22, 31


class Decoys:
    """The hashes of nobody's passwords. One per hub."""

    def __init__(self, database: Database, tokens: Tokens, passwords: Passwords) -> None:
        self._database = database
        self._tokens = tokens
        self._passwords = passwords
        self._older: OlderHashes | None = None
        self._counted_at = 0.0

    async def hash_for(self, email: str) -> str:
        """The hash to hold a password against that is said with this address, if nobody has it."""
        older = self._older
        if older is None or self._counted_at < time.monotonic() - COUNTED_EVERY_SECONDS:
            self._older = older = await self._database.glance(people.older_hashes)
            self._counted_at = time.monotonic()
        if self._tokens.lot(email) >= older.share:
            return self._passwords.nobodys_hash
        return f"$2b${older.cost:02}${_drawn(SALT_LENGTH)}{_drawn(CHECKSUM_LENGTH)}"


def _drawn(length: int) -> str:
    return "".join(secrets.choice(BCRYPT_LETTERS) for _ in range(length))
