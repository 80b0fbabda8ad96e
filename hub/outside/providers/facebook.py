"""Facebook: who somebody is is asked with the token that a code was exchanged for (Graph API).

It does not say whether an address is somebody's own. So by Facebook alone nobody is taken for whom an address names.
"""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlencode

from pydantic import SecretStr

from hub.domain.vouching import ProviderName
from hub.outside.providers import Begun, NotVouched, Vouched
from hub.outside.providers.asking import Telephone

SUBJECT_LENGTH_MAX = 255


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where Facebook is asked what, and how it calls itself."""

    issuer: str
    authorization: str
    exchange: str
    me: str


FACEBOOK = Endpoints(
    issuer="https://www.facebook.com",
    authorization="https://www.facebook.com/v23.0/dialog/oauth",
    exchange="https://graph.facebook.com/v23.0/oauth/access_token",
    me="https://graph.facebook.com/v23.0/me",
)


class Facebook:
    """The way to Facebook."""

    name = ProviderName.FACEBOOK

    def __init__(self, endpoints: Endpoints, client_id: str, secret: SecretStr, telephone: Telephone) -> None:
        self.issuer = endpoints.issuer
        self._endpoints = endpoints
        self._client_id = client_id
        self._secret = secret
        self._telephone = telephone

    def address(self, begun: Begun) -> str:
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": begun.redirect_uri,
            "scope": "public_profile,email",
            "state": begun.state,
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
        # A token that somebody brings may be another program's; what is given for a code and our secret is ours.
        token = (await self._telephone.ask(self.name, self._endpoints.exchange, form=form)).get("access_token")
        if not isinstance(token, str) or not token:
            raise NotVouched(provider=self.name.title())
        query = {"fields": "id,name,email", "appsecret_proof": self._proof_of(token)}
        said = await self._telephone.ask(self.name, self._endpoints.me, query=query, token=token)
        subject, email, name = said.get("id"), said.get("email"), said.get("name")
        if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LENGTH_MAX:
            raise NotVouched(provider=self.name.title())
        return Vouched(
            subject=subject,
            email=email if isinstance(email, str) and email else None,
            name=name if isinstance(name, str) else None,
        )

    def _proof_of(self, token: str) -> str:
        """That whoever shows the token has our secret as well."""
        return hmac.new(self._secret.get_secret_value().encode(), token.encode(), hashlib.sha256).hexdigest()
