"""What can be asked about keys: with them programs act in a restaurant, each within what it was given."""

import re
from ipaddress import ip_network
from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field

from hub.commands.command import Command, Int, Name
from hub.ids import KeyId, RestaurantId
from hub.rights import FOR_KEYS, Permission

NETWORKS_MAX = 50
NETWORK_LENGTH_MAX = 64
DAYS_MAX = 3650

_BYTE = r"(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_V4 = rf"{_BYTE}(\.{_BYTE}){{3}}"
_PAIR = r"[0-9A-Fa-f]{1,4}"
# What two colons leave out may be anywhere, once.
_WITH_GAP = (rf"({_PAIR}:){{1,{before}}}(:{_PAIR}){{1,{7 - before}}}" for before in range(1, 7))
_V6 = "|".join(
    (
        rf"({_PAIR}:){{7}}{_PAIR}",
        *_WITH_GAP,
        rf"({_PAIR}:){{1,7}}:",
        rf":(:{_PAIR}){{1,7}}",
        rf"::[Ff]{{4}}:{_V4}",
        "::",
    )
)
NETWORK = rf"^({_V4}(/(3[0-2]|[12]?[0-9]))?|({_V6})(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$"
"""An address, or a network as an address and how many bits of it count (RFC 4632, RFC 4291)."""


def for_keys(permission: Permission) -> Permission:
    """A permission that a key can be given. Raises ValueError."""
    if permission not in FOR_KEYS:
        raise ValueError("is nothing that a key can be given")
    return permission


def network(text: str) -> str:
    """Addresses, as they are usually written. Raises ValueError."""
    if not re.fullmatch(NETWORK, text):
        raise ValueError("must be an address or a network, such as 192.0.2.0/24")
    return str(ip_network(text, strict=False))


Scope = Annotated[Permission, AfterValidator(for_keys), Field(json_schema_extra={"enum": sorted(FOR_KEYS)})]
Scopes = Annotated[tuple[Scope, ...], Field(min_length=1, max_length=len(FOR_KEYS))]
Networks = Annotated[
    tuple[
        Annotated[
            str,
            Field(max_length=NETWORK_LENGTH_MAX, json_schema_extra={"pattern": NETWORK}),
            AfterValidator(network),
        ],
        ...,
    ],
    Field(max_length=NETWORKS_MAX),
]
Days = Annotated[Int, Field(ge=1, le=DAYS_MAX)]


class MakeKey(Command):
    """Give a program a key of the restaurant, for these scopes. The key itself is in the answer, once.

    Where `networks` are named, it opens from there alone; without `expiresInDays` it does not run out.
    """

    needs: ClassVar = Permission.KEYS_MANAGE

    restaurant_id: RestaurantId
    name: Name
    scopes: Scopes
    networks: Networks = ()
    expires_in_days: Days | None = None


class KeyCommand(Command):
    """What the others share: the key, by its id."""

    needs: ClassVar = Permission.KEYS_MANAGE

    key_id: KeyId


class ChangeKey(KeyCommand):
    """Change a key. What is not named stays as it is; scopes and networks are replaced as a whole."""

    name: Name | None = None
    scopes: Scopes | None = None
    networks: Networks | None = None


class RotateKey(KeyCommand):
    """Put another secret in the key's place: it is in the answer, once. The old one opens nothing from now on."""


class RevokeKey(KeyCommand):
    """Nobody comes in with this key any more. Its sockets close."""
