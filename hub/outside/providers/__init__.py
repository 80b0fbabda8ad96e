"""Who somebody is, as it is vouched for elsewhere: the port, and the ways to Google and to Facebook.

Somebody is sent there with what a sign-in rests on (`Begun`), comes back with a code, and for the code the provider
says who they are. All of it is the authorization code flow with PKCE (RFC 6749, RFC 7636) as RFC 9700 wants it today:
a redirect address of each provider's own, exact; nothing taken from whoever asks but the code. Not its business:
whether whoever brings a code is who was sent, and whose account that is (`hub.actions.vouching`).
"""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Protocol

from hub.domain.refusals import Kind, Refused
from hub.domain.vouching import ProviderName


class NotVouched(Refused):
    """{provider} does not say who you are. Begin again."""

    code = "not_vouched"
    kind = Kind.UNAUTHORIZED


class ProviderAway(Refused):
    """{provider} cannot be asked just now. Begin again in a moment."""

    code = "provider_unavailable"
    kind = Kind.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Begun:
    """What one sign-in rests on. Each of them is good for this one, and nobody else could tell any."""

    redirect_uri: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)

    @property
    def challenge(self) -> str:
        """What is said of the verifier before it is shown (RFC 7636, 4.2, S256)."""
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who somebody is. By `subject` alone, which never changes, are they known again; an email may be given to another.

    `is_email_verified` where the provider says that the address is theirs.
    """

    subject: str
    email: str | None = field(default=None, repr=False)
    is_email_verified: bool = False
    name: str | None = field(default=None, repr=False)


class Provider(Protocol):
    """The way to one provider."""

    @property
    def name(self) -> ProviderName: ...

    @property
    def issuer(self) -> str:
        """As what it names itself when it sends somebody back (RFC 9207)."""
        ...

    def address(self, begun: Begun) -> str:
        """Where somebody has to go."""
        ...

    async def vouched(self, code: str, begun: Begun) -> Vouched:
        """Who brought this code. Raises NotVouched and ProviderAway."""
        ...
