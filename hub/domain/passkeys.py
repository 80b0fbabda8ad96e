"""Passkeys: where they are good, how long somebody may take, how many there may be. Rules only.

A passkey is a key pair of somebody's device, made for one house and shown to no other (WebAuthn Level 3). The device
asks for a finger, a face or a PIN before it signs, so whoever shows one has two factors. Not its business: reading what
a device says (`hub.domain.authenticators`).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from hub.domain.refusals import Kind, Refused

BEGUN_LIFETIME = timedelta(minutes=5)
"""How long somebody may take between being asked to show a passkey, or to make one, and having done so."""
PASSKEYS_MAX = 10
"""Of one account."""
NAME_LENGTH_MAX = 60
HANDLE_BYTES = 64
"""By so many random bytes an account is known to devices (WebAuthn Level 3, 14.6.1): they say nothing of anybody."""
HOUSE_NAME = "Brigade"

_THIS_MACHINE = "localhost"
_PORTS = {"https": 443, "http": 80}


class Purpose(StrEnum):
    """For what a device was asked to sign."""

    SIGN_IN = "sign in"
    ADD = "add"


class NoPasskeysHere(Refused):
    """Nobody can make a passkey for this house: it is called by an address, or without https. Use your password."""

    code = "no_passkeys_here"
    kind = Kind.MISSING


class WrongPasskey(Refused):
    """This passkey opens nothing here. Sign in with your password."""

    code = "wrong_passkey"
    kind = Kind.UNAUTHORIZED


class PasskeyNotBegun(Refused):
    """That took too long, or was done already, or begun by somebody else. Begin again."""

    code = "passkey_not_begun"
    kind = Kind.UNAUTHORIZED


class PasskeyCopied(Refused):
    """This passkey was used elsewhere: there may be a copy of it. Sign in with your password, and remove it."""

    code = "passkey_copied"
    kind = Kind.UNAUTHORIZED


class PasskeyUnusable(Refused):
    """What your device has made cannot be used here. Try another device."""

    code = "passkey_unusable"
    kind = Kind.UNFIT


class PasskeyKnown(Refused):
    """This passkey is here already."""

    code = "passkey_known"


class TooManyPasskeys(Refused):
    """You have {max} passkeys, and nobody needs more. Remove one first."""

    code = "too_many_passkeys"


@dataclass(frozen=True, slots=True)
class PasskeyHouse:
    """For whom passkeys are made (`rp_id`), and the one origin whose pages may ask for them."""

    rp_id: str
    origin: str


def house_at(url: str) -> PasskeyHouse | None:
    """The house that people reach at this address. None where browsers make no passkeys for it.

    They do for names that are asked by TLS, and for this machine's own; never for the number of a machine.
    """
    parts = urlsplit(url)
    host = _in_ascii(parts.hostname or "")
    is_secure = parts.scheme == "https" or host == _THIS_MACHINE or host.endswith(f".{_THIS_MACHINE}")
    if not host or not is_secure or _is_number(host):
        return None
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    return PasskeyHouse(host, f"{parts.scheme}://{host}{port}")


def is_counted_back(before: int, now: int) -> bool:
    """Whether a device has counted no further than it had: so there are two of it (WebAuthn Level 3, 6.1.1).

    One that never counts says 0 each time: those are on several devices by right.
    """
    return (before, now) != (0, 0) and now <= before


def _in_ascii(host: str) -> str:
    """A name as browsers write it in an origin; empty where it is none."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
