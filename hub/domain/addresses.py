"""Where people live, as the post would find them. Rules only.

One of somebody's addresses is the default, from the first one on, so whoever delivers never has to guess. Not its
business: addresses of mail, and of networks.
"""

from hub.domain.refusals import Kind, Refused
from hub.events.event import Shape
from hub.ids import AddressId

ADDRESSES_MAX = 20
"""How many one person can have."""


class NoSuchAddress(Refused):
    """You have no such address."""

    code = "address_not_found"
    kind = Kind.MISSING


class CannotDeleteDefault(Refused):
    """This is your default address. Make another one the default first."""

    code = "cannot_delete_default"


class DefaultNeeded(Refused):
    """One of your addresses must be the default. Make another one the default instead."""

    code = "default_address_needed"


class TooManyAddresses(Refused):
    """You can keep {addresses_max} addresses. Remove one first."""

    code = "too_many_addresses"


class PostalAddress(Shape):
    """One of somebody's addresses: what they call it, and its lines as they stand on a letter."""

    address_id: AddressId
    label: str
    lines: tuple[str, ...]
    is_default: bool
