"""Tokens: what staff carry, what they get the next one for, guests' links, and programs' keys. Believed only here.

JSON Web Tokens (RFC 7519) signed with Ed25519 (RFC 8037). One algorithm, fixed; each kind has its own `typ` and `aud`,
so none passes for another (RFC 8725). Refresh tokens, keys and what letters carry say nothing: they are looked up. Not
its business: passwords, and whether what a token names still holds.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
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
from hub.ids import OrderId, RestaurantId, SeatingId, SessionId, TableId, UserId, new_id

ALGORITHM = "EdDSA"
ISSUER = "brigade"
STAFF_LIFETIME = timedelta(minutes=15)
"""A session goes on for much longer, from token to token. Whoever has a copy of one has it for this long at most."""
ORDER_LINK_LIFETIME = timedelta(hours=48)
SEATING_LINK_LIFETIME = timedelta(hours=12)
DEVICE_LIFETIME = timedelta(days=180)
"""How long after the last sign-in there a device is still known to the account."""
EARLY_MAX = timedelta(seconds=30)
"""How much before its time a token is believed: two hubs may have heard the house's clock a little differently."""
REFRESH_TOKEN_BYTES = 32
LETTER_TOKEN_BYTES = 32
DEVICE_ID_BYTES, DEVICE_END_BYTES = 16, 8
DEVICE_TOKEN_LENGTH_MAX = 100
SECRET_LENGTH_MIN = 32
TOKEN_LENGTH_MAX = 4096

KEY = "brg_"
"""How a restaurant's key begins, so that everybody, and whatever looks for lost secrets, knows what it is."""
KEY_BYTES = 32
KEY_SHOWN_LENGTH = len(KEY) + 8
"""By so much of it an owner recognises a key; the rest is still more than anybody can guess."""

TABLET = "brd_"
"""How a kitchen tablet's token begins."""

STAFF, ORDER, SEATING = "staff+jwt", "order+jwt", "seating+jwt"
AUDIENCES = {STAFF: "brigade:staff", ORDER: "brigade:order", SEATING: "brigade:seating"}


@dataclass(frozen=True, slots=True)
class StaffToken:
    user: UserId
    session: SessionId
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


def restaurants_key() -> str:
    """A key for a program, drawn at random."""
    return KEY + secrets.token_urlsafe(KEY_BYTES)


def refresh_token() -> str:
    """A session's first refresh token, drawn at random."""
    return _as_text(secrets.token_bytes(REFRESH_TOKEN_BYTES))


def letter_token() -> str:
    """What the link in a letter carries, drawn at random."""
    return _as_text(secrets.token_bytes(LETTER_TOKEN_BYTES))


def hash_of(token: str) -> bytes:
    """As what a token is kept that is only ever looked up. What was drawn at random needs no salt, and no slow hash.

    Of anything, also of what is no whole text: a header holds any bytes, and half a character is only no token of ours.
    """
    return hashlib.sha256(token.encode(errors="surrogatepass")).digest()


def _as_text(token: bytes) -> str:
    return urlsafe_b64encode(token).rstrip(b"=").decode()


def tablet_token() -> str:
    """What a kitchen tablet shows, drawn at random."""
    return TABLET + secrets.token_urlsafe(KEY_BYTES)


class Tokens:
    """Signs and reads every kind of token. All hubs of a house share the secret, so each believes the others'.

    `now` is the house's clock: on their own, a hub that is behind would refuse what the others have just signed.
    """

    def __init__(self, secret: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._private = Ed25519PrivateKey.from_private_bytes(derived_key(secret, "tokens"))
        self._public = self._private.public_key()
        self._refresh_key = derived_key(secret, "refresh tokens")
        self._device_key = derived_key(secret, "devices")
        self._lot_key = derived_key(secret, "lots")
        self._device_code_key = derived_key(secret, "device codes")

    def staff_token(
        self, user: UserId, session: SessionId, at: datetime, *, lasts: timedelta = STAFF_LIFETIME
    ) -> tuple[str, datetime]:
        """A token for somebody in one session, and when it ends."""
        expires_at = at.replace(microsecond=0) + lasts
        claims = {"sub": str(user), "sid": str(session), "jti": str(new_id())}
        return self._sign(STAFF, claims, at, expires_at), expires_at

    def refresh_token_after(self, token: str) -> str:
        """What follows a refresh token: the same for whoever asks, so that two tabs are given one and not two.

        Nobody but a hub could tell it from the one before.
        """
        return _as_text(hmac.digest(self._refresh_key, token.encode(), hashlib.sha256))

    def device_token(self, account: str, at: datetime, device: str | None = None) -> str:
        """What a device keeps that somebody has signed in from to this account, for the next time; a new one's, or
        `device`'s own anew. It opens nothing."""
        id = secrets.token_bytes(DEVICE_ID_BYTES) if device is None else bytes.fromhex(device)
        said = id + int((at + DEVICE_LIFETIME).timestamp()).to_bytes(DEVICE_END_BYTES)
        return _as_text(said + self._sealed(said, account))

    def device_of(self, token: str, account: str) -> str | None:
        """The id of the device that keeps this. None for what is none of ours, another account's, or too old."""
        if len(token) > DEVICE_TOKEN_LENGTH_MAX:
            return None
        try:
            read = base64url_decode(token)
        except ValueError:
            return None
        said, seal = read[: DEVICE_ID_BYTES + DEVICE_END_BYTES], read[DEVICE_ID_BYTES + DEVICE_END_BYTES :]
        if not hmac.compare_digest(seal, self._sealed(said, account)):
            return None
        ends_at = int.from_bytes(said[DEVICE_ID_BYTES:])
        return said[:DEVICE_ID_BYTES].hex() if ends_at > self._now().timestamp() else None

    def _sealed(self, said: bytes, account: str) -> bytes:
        return hmac.digest(self._device_key, said + account.strip().casefold().encode(), hashlib.sha256)

    def lot(self, account: str) -> float:
        """A number from 0 to below 1 that this account draws in this house, whether there is one or not."""
        drawn = hmac.digest(self._lot_key, account.strip().casefold().encode(errors="surrogatepass"), hashlib.sha256)
        return int.from_bytes(drawn[:4]) / 2**32

    def order_link(self, restaurant: RestaurantId, order: OrderId, at: datetime) -> str:
        """Follows one order. Signed twice for the same moment it is the same link."""
        claims = {"sub": str(order), "restaurant": str(restaurant)}
        return self._sign(ORDER, claims, at, at + ORDER_LINK_LIFETIME)

    def seating_link(self, restaurant: RestaurantId, table: TableId, seating: SeatingId, at: datetime) -> str:
        """Opens one table for one party. Signed twice for the same moment it is the same link."""
        claims = {"sub": str(seating), "table": str(table), "restaurant": str(restaurant)}
        return self._sign(SEATING, claims, at, at + SEATING_LINK_LIFETIME)

    def hash_of_device_code(self, code: str) -> bytes:
        """As what a tablet's code is kept. It is short, so a hash that anybody can make would be tried out soon."""
        return hmac.digest(self._device_code_key, code.encode(), hashlib.sha256)

    def read(self, token: str) -> StaffToken | OrderLink | SeatingLink:
        """What a token says. Raises TokenExpired, or TokenInvalid for anything that is not exactly one of ours."""
        try:
            if len(token) > TOKEN_LENGTH_MAX:
                raise TokenInvalid
            # Which kind it says it is. PyJWT reads, and checks, all of it afterwards.
            header = orjson.loads(base64url_decode(token.partition(".")[0]))
            typ = str(header.get("typ"))
            # Whatever a header says beyond these two wants to be obeyed: a key to use, an extension to understand.
            if typ not in AUDIENCES or header.keys() != {"alg", "typ"}:
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
        except (jwt.InvalidTokenError, KeyError, ValueError, TypeError, AttributeError, OverflowError, OSError):
            raise TokenInvalid from None

    def _sign(self, typ: str, claims: dict[str, Any], at: datetime, expires_at: datetime) -> str:
        said = {**claims, "iss": ISSUER, "aud": AUDIENCES[typ], "iat": int(at.timestamp())}
        said["exp"] = int(expires_at.timestamp())
        return jwt.encode(said, self._private, algorithm=ALGORITHM, headers={"typ": typ})


def _meaning(typ: str, claims: dict[str, Any]) -> StaffToken | OrderLink | SeatingLink:
    subject, expires_at = UUID(claims["sub"]), datetime.fromtimestamp(claims["exp"], UTC)
    if typ == STAFF:
        return StaffToken(UserId(subject), SessionId(UUID(claims["sid"])), expires_at)
    restaurant = RestaurantId(UUID(claims["restaurant"]))
    if typ == ORDER:
        return OrderLink(restaurant, OrderId(subject), expires_at)
    return SeatingLink(restaurant, TableId(UUID(claims["table"])), SeatingId(subject), expires_at)
