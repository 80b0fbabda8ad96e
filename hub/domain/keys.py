"""Keys of a restaurant: what programs come in with, from where, and until when. Rules only.

Not its business: the secret itself, of which only a hash is kept (`hub.tokens`, `hub.store.keys`).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from hub.domain.refusals import Kind, Refused
from hub.events.keys import KeyShown
from hub.ids import KeyId, RestaurantId, UserId
from hub.people import Actor
from hub.proxies import Address, Network, is_within
from hub.rights import Permission


class ScopeNotYours(Refused):
    """You cannot give what you may not do yourself: {scopes}."""

    code = "scope_not_yours"
    kind = Kind.FORBIDDEN


class KeyOver(Refused):
    """This key has been revoked, or has run out. Ask the restaurant for another."""

    code = "key_over"
    kind = Kind.UNAUTHORIZED


class NotFromHere(Refused):
    """This key does not open from your address."""

    code = "address_not_allowed"
    kind = Kind.FORBIDDEN


class KeyRevoked(Refused):
    """{name} has been revoked. Make another key."""

    code = "key_revoked"


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is kept."""

    id: KeyId
    restaurant_id: RestaurantId
    name: str
    begins_with: str
    scopes: frozenset[Permission]
    networks: tuple[Network, ...]
    made_at: datetime
    made_by: UserId | None
    expires_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def must_open(self, address: Address | None, now: datetime) -> None:
        """Raise KeyOver or NotFromHere. Where nobody knows the address, only a key without networks opens."""
        if self.revoked_at is not None or (self.expires_at is not None and self.expires_at <= now):
            raise KeyOver
        if self.networks and (address is None or not is_within(address, self.networks)):
            raise NotFromHere

    def changed(
        self, name: str | None, scopes: Collection[Permission] | None, networks: Collection[Network] | None
    ) -> Self:
        """The key with what is named changed. Raises KeyRevoked."""
        self.must_be_in_use()
        return replace(
            self,
            name=self.name if name is None else name,
            scopes=self.scopes if scopes is None else frozenset(scopes),
            networks=self.networks if networks is None else tuple(networks),
        )

    def rotated(self, begins_with: str) -> Self:
        """The key with another secret. Raises KeyRevoked."""
        self.must_be_in_use()
        return replace(self, begins_with=begins_with)

    def revoked(self, at: datetime) -> Self:
        """The key after it was revoked. Raises KeyRevoked."""
        self.must_be_in_use()
        return replace(self, revoked_at=at)

    def must_be_in_use(self) -> None:
        if self.revoked_at is not None:
            raise KeyRevoked(name=self.name)

    def shown(self) -> KeyShown:
        """As those who manage keys see it."""
        return KeyShown(
            key_id=self.id,
            name=self.name,
            begins_with=self.begins_with,
            scopes=tuple(sorted(self.scopes)),
            networks=tuple(str(one) for one in self.networks),
            made_at=self.made_at,
            made_by=self.made_by,
            expires_at=self.expires_at,
            last_used_at=self.last_used_at,
            revoked_at=self.revoked_at,
        )


def must_be_theirs_to_give(by: Actor, restaurant: RestaurantId, scopes: Collection[Permission]) -> None:
    """Raise ScopeNotYours where somebody gives what they may not do."""
    beyond = sorted(scope for scope in scopes if not by.may(scope, restaurant))
    if beyond:
        raise ScopeNotYours(scopes=", ".join(beyond))
