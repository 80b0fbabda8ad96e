"""Google, as any OpenID provider: who somebody is stands in a token that the provider signed (OpenID Connect Core 1.0).

One algorithm, fixed. The keys are the provider's, asked at its own address and kept for an hour; a key that is not
among them is asked for again, but not more than once a minute, since anybody can name one.
"""

import hmac
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
from pydantic import SecretStr

from hub.domain.vouching import ProviderName
from hub.outside.providers import Begun, NotVouched, Vouched
from hub.outside.providers.asking import Telephone

ALGORITHM = "RS256"
SCOPE = "openid email profile"
LEEWAY_SECONDS = 60
KEYS_KEPT_SECONDS = 3600.0
KEYS_ASKED_AGAIN_SECONDS = 60.0
SUBJECT_LENGTH_MAX = 255


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider is asked what, and how it calls itself."""

    issuer: str
    authorization: str
    exchange: str
    keys: str


GOOGLE = Endpoints(
    issuer="https://accounts.google.com",
    authorization="https://accounts.google.com/o/oauth2/v2/auth",
    exchange="https://oauth2.googleapis.com/token",
    keys="https://www.googleapis.com/oauth2/v3/certs",
)


class OpenId:
    """The way to a provider that speaks OpenID Connect."""

    def __init__(
        self, name: ProviderName, endpoints: Endpoints, client_id: str, secret: SecretStr, telephone: Telephone
    ) -> None:
        self.name = name
        self.issuer = endpoints.issuer
        self._endpoints = endpoints
        self._client_id = client_id
        self._secret = secret
        self._telephone = telephone
        self._keys: dict[str, jwt.PyJWK] = {}
        self._keys_asked_at = float("-inf")

    def address(self, begun: Begun) -> str:
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": begun.redirect_uri,
            "scope": SCOPE,
            "state": begun.state,
            "nonce": begun.nonce,
            "code_challenge": begun.challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._endpoints.authorization}?{urlencode(asked)}"

    async def vouched(self, code: str, begun: Begun) -> Vouched:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": begun.redirect_uri,
            "client_id": self._client_id,
            "client_secret": self._secret.get_secret_value(),
            "code_verifier": begun.verifier,
        }
        said = await self._telephone.ask(self.name, self._endpoints.exchange, form=form)
        try:
            claims = await self._believed(str(said.get("id_token")))
            if not hmac.compare_digest(str(claims.get("nonce")).encode(), begun.nonce.encode()):
                raise jwt.InvalidTokenError
            return _vouched(claims)
        except (jwt.InvalidTokenError, jwt.PyJWKError, jwt.PyJWKSetError, ValueError, TypeError):
            raise NotVouched(provider=self.name.title()) from None

    async def _believed(self, token: str) -> dict[str, Any]:
        """What a token says that this provider signed for us. Raises what PyJWT does."""
        header = jwt.get_unverified_header(token)
        if header.get("alg") != ALGORITHM:
            raise jwt.InvalidAlgorithmError
        claims: dict[str, Any] = jwt.decode(
            token,
            await self._key(str(header.get("kid"))),
            algorithms=[ALGORITHM],
            audience=self._client_id,
            issuer=self.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": ["iss", "sub", "aud", "exp", "iat", "nonce"], "strict_aud": True},
        )
        if claims.get("azp", self._client_id) != self._client_id:
            raise jwt.InvalidAudienceError
        return claims

    async def _key(self, kid: str) -> jwt.PyJWK:
        """The provider's key of this name. Raises PyJWKError where it has none."""
        age = time.monotonic() - self._keys_asked_at
        if age > KEYS_KEPT_SECONDS or (kid not in self._keys and age > KEYS_ASKED_AGAIN_SECONDS):
            known = jwt.PyJWKSet.from_dict(await self._telephone.ask(self.name, self._endpoints.keys))
            self._keys_asked_at = time.monotonic()
            self._keys = {one.key_id: one for one in known.keys if one.key_id is not None and one.key_type == "RSA"}
        if kid not in self._keys:
            raise jwt.PyJWKError
        return self._keys[kid]


def _vouched(claims: dict[str, Any]) -> Vouched:
    """Raises ValueError where it is not said who it is."""
    subject, email, name = claims["sub"], claims.get("email"), claims.get("name")
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH_MAX:
        raise ValueError
    return Vouched(
        subject=subject,
        email=email if isinstance(email, str) and email else None,
        # Some say it as a text.
        is_email_verified=claims.get("email_verified") in (True, "true"),
        name=name if isinstance(name, str) else None,
    )
