"""Whose account it is that somebody elsewhere vouches for. Rules only.

An account is known again by whom the provider means, never by an address: an address may be given to somebody else, and
not everybody who says one has it. By address an account is found once, to link it, and only where both sides have seen
that it is the same person's: the provider says that it is theirs, and a letter of ours was read there. Not its
business: how a provider is asked (`hub.outside.providers`).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from hub.domain.refusals import Kind, Refused

BEGUN_LIFETIME = timedelta(minutes=10)
"""How long somebody may take at the provider."""


class ProviderName(StrEnum):
    """Whoever can vouch for somebody."""

    GOOGLE = "google"
    FACEBOOK = "facebook"


class NotBegun(Refused):
    """This sign-in was not begun here, or too long ago, or it was finished already. Begin again."""

    code = "sign_in_not_begun"
    kind = Kind.UNAUTHORIZED


class EmailNotVerified(Refused):
    """{provider} does not say that this address is yours. Sign in with your password, and link {provider} there."""

    code = "email_not_verified"
    kind = Kind.FORBIDDEN


class LinkFirst(Refused):
    """There is an account with this address. Sign in with its password, and link {provider} there."""

    code = "link_first"


class LinkedElsewhere(Refused):
    """This account of {provider} is linked to another account here."""

    code = "linked_elsewhere"


class LinkedAlready(Refused):
    """Your account is linked to another one of {provider}. Take that link away first."""

    code = "linked_already"


class Outcome(StrEnum):
    """What becomes of somebody whom nobody here knew by what the provider calls them."""

    LINK = "link"
    """The account with their address is theirs, too."""
    MAKE = "make"
    """They have a new one."""


@dataclass(frozen=True, slots=True)
class Found:
    """The account with an address that was vouched for. `is_linked` to another account of the same provider."""

    is_email_verified: bool
    is_linked: bool


def outcome(provider: str, *, is_email_verified: bool, found: Found | None) -> Outcome:
    """What becomes of somebody new, by the account with their address. Raises EmailNotVerified and LinkFirst."""
    if not is_email_verified:
        raise EmailNotVerified(provider=provider)
    if found is None:
        return Outcome.MAKE
    if not found.is_email_verified or found.is_linked:
        raise LinkFirst(provider=provider)
    return Outcome.LINK
