"""Tokens: what staff carry for a shift, and the links that guests hold. Signed here, believed only here.

JSON Web Tokens (RFC 7519) signed with Ed25519 (RFC 8037). One algorithm, fixed; each kind has its own `typ` and `aud`,
so none passes for another (RFC 8725). Not its business: passwords, and whether what a token names still holds.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.utils import base64url_decode

from hub.domain.refusals import TokenExpired, TokenInvalid
from hub.ids import OrderId, RestaurantId, SeatingId, TableId, UserId, new_id

ALGORITHM = "EdDSA"
ISSUER = "brigade"
STAFF_LIFETIME = timedelta(hours=12)
ORDER_LINK_LIFETIME = timedelta(hours=48)
SEATING_LINK_LIFETIME = timedelta(hours=12)
EARLY_MAX = timedelta(seconds=30)
"""How much before its time a token is believed: two hubs may have heard the house's clock a little differently."""
SECRET_LENGTH_MIN = 32
TOKEN_LENGTH_MAX = 4096

STAFF, ORDER, SEATING = "staff+jwt", "order+jwt", "seating+jwt"
AUDIENCES = {STAFF: "brigade:staff", ORDER: "brigade:order", SEATING: "brigade:seating"}


@dataclass(frozen=True, slots=True)
class StaffToken:
    user: UserId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OrderLink:
    restaurant: RestaurantId
    order: OrderId
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SeatingLink:
    restaurant: RestaurantId
    table: TableId
    seating: SeatingId
    expires_at: datetime


def derived_key(secret: str, purpose: str) -> bytes:
    """32 bytes for one purpose from the hub's one secret (HKDF-Expand, RFC 5869, over one block)."""
    extracted = hmac.digest(b"brigade", secret.encode(), hashlib.sha256)
    return hmac.digest(extracted, purpose.encode() + b"\x01", hashlib.sha256)


class Tokens:
    """Signs and reads every kind of token. All hubs of a house share the secret, so each believes the others'.

    `now` is the house's clock: on their own, a hub that is behind would refuse what the others have just signed.
    """

    def __init__(self, secret: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._private = Ed25519PrivateKey.from_private_bytes(derived_key(secret, "tokens"))
        self._public = self._private.public_key()

    def staff_token(self, user: UserId, at: datetime) -> tuple[str, datetime]:
        """A token for one shift, and when it ends."""
        expires_at = at.replace(microsecond=0) + STAFF_LIFETIME
        return self._sign(STAFF, {"sub": str(user), "jti": str(new_id())}, at, expires_at), expires_at

    def order_link(self, restaurant: RestaurantId, order: OrderId, at: datetime) -> str:
        """Follows one order. Signed twice for the same moment it is the same link."""
        claims = {"sub": str(order), "restaurant": str(restaurant)}
        return self._sign(ORDER, claims, at, at + ORDER_LINK_LIFETIME)

    def seating_link(self, restaurant: RestaurantId, table: TableId, seating: SeatingId, at: datetime) -> str:
        """Opens one table for one party. Signed twice for the same moment it is the same link."""
        claims = {"sub": str(seating), "table": str(table), "restaurant": str(restaurant)}
        return self._sign(SEATING, claims, at, at + SEATING_LINK_LIFETIME)

    def read(self, token: str) -> StaffToken | OrderLink | SeatingLink:
        """What a token says. Raises TokenExpired, or TokenInvalid for anything that is not exactly one of ours."""
        try:
            if len(token) > TOKEN_LENGTH_MAX:
                raise TokenInvalid
            # Which kind it says it is. PyJWT reads, and checks, all of it afterwards.
            typ = str(orjson.loads(base64url_decode(token.partition(".")[0])).get("typ"))
            if typ not in AUDIENCES:
                raise TokenInvalid
            claims: dict[str, Any] = jwt.decode(
                token,
                self._public,
                algorithms=[ALGORITHM],
                audience=AUDIENCES[typ],
                issuer=ISSUER,
                options={
                    "require": ["exp", "iat", "sub", "aud", "iss"],
                    "strict_aud": True,
                    # By the house's clock, below; PyJWT knows this machine's alone.
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
            said, now = _meaning(typ, claims), self._now()
            if datetime.fromtimestamp(claims["iat"], UTC) > now + EARLY_MAX:
                raise TokenInvalid
            if said.expires_at <= now:
                raise TokenExpired
            return said
        except (jwt.InvalidTokenError, KeyError, ValueError, AttributeError):
            raise TokenInvalid from None

    def _sign(self, typ: str, claims: dict[str, Any], at: datetime, expires_at: datetime) -> str:
        said = {**claims, "iss": ISSUER, "aud": AUDIENCES[typ], "iat": int(at.timestamp())}
        said["exp"] = int(expires_at.timestamp())
        return jwt.encode(said, self._private, algorithm=ALGORITHM, headers={"typ": typ})


def _meaning(typ: str, claims: dict[str, Any]) -> StaffToken | OrderLink | SeatingLink:
    subject, expires_at = UUID(claims["sub"]), datetime.fromtimestamp(claims["exp"], UTC)
    if typ == STAFF:
        return StaffToken(UserId(subject), expires_at)
    restaurant = RestaurantId(UUID(claims["restaurant"]))
    if typ == ORDER:
        return OrderLink(restaurant, OrderId(subject), expires_at)
    return SeatingLink(restaurant, TableId(UUID(claims["table"])), SeatingId(subject), expires_at)
