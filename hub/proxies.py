"""Proxies that a house has named: they alone are believed when they say what a browser asked them for.

`X-Forwarded-*` is anybody's to write, so from everybody else it is not even read. Not its business: what follows from
it (`rooms.engine`).
"""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


def host_asked_for(headers: Mapping[str, str], peer: str | None, proxies: Sequence[Network]) -> str:
    """The host that the browser asked for, in small letters; empty where nobody says.

    `peer` is the address of whoever is at the other end of the connection. Of several proxies in a row the last one is
    that one, and so is what it says.
    """
    said = headers.get("X-Forwarded-Host")
    if said is None or not is_one_of(peer, proxies):
        said = headers.get("Host", "")
    return said.rpartition(",")[2].strip().lower()


def is_one_of(peer: str | None, proxies: Sequence[Network]) -> bool:
    try:
        address = ip_address(peer or "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return any(one in network for one in (address, mapped) if one is not None for network in proxies)
