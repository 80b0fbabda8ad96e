"""Who a restaurant's key stands for: looked up once, and believed until it is heard that the key is another.

Not its business: what is done about keys (`hub.actions.keys`), and people's tokens and guests' links
(`hub.actions.identity`).
"""

import contextlib
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hub.audience import PLATFORM
from hub.domain.keys import Key
from hub.domain.refusals import DatabaseBusy, DatabaseUnavailable, NoSuchKey
from hub.events.keys import KeyChanged
from hub.follow import Follower
from hub.ids import KeyId
from hub.people import Actor, Role
from hub.proxies import Address
from hub.store import keys
from hub.store.database import Database
from hub.store.ledger import Entry
from hub.tokens import KEY, hash_of

KEYS_KEPT_MAX = 1_000
READS_MAX = 5
USE_NOTED_SECONDS = 60.0
"""That a key is in use is written down at most so often, by each hub."""


@dataclass(slots=True)
class _Known:
    """A key, who that is, and when it was last noted that it is in use, on the monotonic clock."""

    key: Key
    actor: Actor
    noted_at: float | None = None


class Keyring:
    """Turns keys into actors. A followers' listener, which forgets a key when it is changed, rotated or revoked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[bytes, _Known] = OrderedDict()
        self._changes_heard = 0

    @staticmethod
    def is_key(token: str) -> bool:
        """Whether this can be nothing else than a key."""
        return token.startswith(KEY)

    async def actor(self, key: str, address: Address | None) -> Actor:
        """Who comes in with this key from this address.

        Raises NoSuchKey, KeyOver or NotFromHere, and what the database raises.
        """
        known = await self._opened(key, address)
        if known.noted_at is None or known.noted_at < time.monotonic() - USE_NOTED_SECONDS:
            await self._note_use(known)
            # Noting waits for whoever is changing the key, and what they made of it was heard since.
            known = await self._opened(key, address)
        return known.actor

    async def _opened(self, key: str, address: Address | None) -> _Known:
        known = await self._look_at(hash_of(key))
        known.key.must_open(address, self._database.clock.now())
        return known

    def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
        """As a listener. From a key's change on, nothing that was read before it is believed."""
        if entry.scope == PLATFORM and entry.name == KeyChanged.name:
            self._changes_heard += 1
            self._forget(KeyChanged.read(entry.payload, entry.scope).key_id)

    def reset(self, follower: Follower) -> None:
        """As a listener. On another ledger of the platform, nothing that was heard of keys can be trusted."""
        if follower.scope == PLATFORM:
            self._changes_heard += 1
            self._known.clear()

    def _forget(self, key: KeyId) -> None:
        for key_hash in [one for one, known in self._known.items() if known.key.id == key]:
            del self._known[key_hash]

    async def _look_at(self, key_hash: bytes) -> _Known:
        """The key as of a moment after the last change that was heard here."""
        known = self._known.get(key_hash)
        if known is not None:
            self._known.move_to_end(key_hash)
            return known
        for _ in range(READS_MAX):
            changes_heard = self._changes_heard
            known = await self._read(key_hash)
            # A change that was heard meanwhile may be missing in what was read; it must not be kept over it.
            if changes_heard == self._changes_heard:
                self._known[key_hash] = known
                if len(self._known) > KEYS_KEPT_MAX:
                    self._known.popitem(last=False)
                return known
        raise DatabaseBusy

    async def _read(self, key_hash: bytes) -> _Known:
        async with self._database.snapshot():
            key = await keys.by_hash(key_hash)
        # One that is unknown is not remembered: anybody can make up as many as they like.
        if key is None:
            raise NoSuchKey
        grants = MappingProxyType({key.restaurant_id: frozenset({Role.SERVICE})})
        actor = Actor(name=f"key:{key.id}", grants=grants, key=key.id, scopes=key.scopes, expires_at=key.expires_at)
        return _Known(key, actor)

    async def _note_use(self, known: _Known) -> None:
        """Write down that it is in use. Where that cannot be done now, nobody is kept out for it."""
        known.noted_at = time.monotonic()
        with contextlib.suppress(DatabaseBusy, DatabaseUnavailable):
            async with self._database.transaction():
                await keys.used(known.key.id, at=self._database.clock.now())
