"""Proxies that a house has named: they alone are believed when they say who asks, and what a browser asked them for.

`X-Forwarded-*` and `Forwarded` are anybody's to write, so from everybody else they are not even read. Not its business:
what follows from it (`rooms.engine`, `hub.limits`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from multidict import MultiMapping

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

FORWARDED_FOR = "X-Forwarded-For"
FORWARDED = "Forwarded"

_WITH_PORT = re.compile(r"\[([^\]]*)\](?::\w+)?|([^:]*)(?::\w+)?")
"""`[2001:db8::1]:443` or `192.0.2.1:443`, as some proxies write, and RFC 7239 allows."""


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
    """Whether this is the address of a proxy that the house has named."""
    address = _address(peer or "")
    return address is not None and is_within(address, proxies)


def address_of(headers: MultiMapping[str], peer: str | None, proxies: Sequence[Network]) -> Address | None:
    """The address of who asks, as IPv4 wherever it is one; None where nobody who is believed can say.

    Each proxy adds on the right whom it was asked by. So whoever asks is the rightmost that is no proxy of the house,
    and what stands to the left of it is their own invention. Where both headers are there they must agree: a proxy that
    writes one of them passes on whatever the other was made to say.
    """
    address = _address(peer or "")
    if address is None or not is_within(address, proxies):
        return address
    said = [_hops_of_list(headers), _hops_of_elements(headers)]
    told = {_first_stranger(address, hops, proxies) for hops in said if hops}
    if not told:
        return address
    return told.pop() if len(told) == 1 else None


def _first_stranger(peer: Address, hops: Sequence[str], proxies: Sequence[Network]) -> Address | None:
    """From right to left the first who is no proxy; the leftmost of all where everybody is one."""
    address = peer
    for hop in reversed(hops):
        found = _address(_without_port(hop))
        if found is None:
            return None
        address = found
        if not is_within(address, proxies):
            break
    return address


def _hops_of_list(headers: MultiMapping[str]) -> list[str]:
    """What `X-Forwarded-For` lists. A header that stands there twice is one list (RFC 9110, 5.2)."""
    return [hop.strip() for line in headers.getall(FORWARDED_FOR, []) for hop in line.split(",")]


def _hops_of_elements(headers: MultiMapping[str]) -> list[str]:
    """What `Forwarded` lists (RFC 7239). A comma ends an element even between quotation marks, where no address has
    one: else a mark that a client opens would swallow what the proxy says behind it."""
    return [_node(element) for line in headers.getall(FORWARDED, []) for element in line.split(",")]


def _node(element: str) -> str:
    """For whom the element says that it was asked; empty where it does not say so exactly once."""
    pairs = (pair.partition("=") for pair in element.split(";"))
    nodes = [value.strip().strip('"') for name, _, value in pairs if name.strip().lower() == "for"]
    return nodes[0] if len(nodes) == 1 else ""


def _without_port(hop: str) -> str:
    found = _WITH_PORT.fullmatch(hop)
    return hop if found is None else found[1] or found[2]


def _address(text: str) -> Address | None:
    """An address, if it is one: without its zone, and IPv4 where it is only written as IPv6 (RFC 4291, 2.5.5.2)."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_within(address: Address, networks: Iterable[Network]) -> bool:
    """Whether one of these holds the address, however IPv4 is written there."""
    if any(address in network for network in networks):
        return True
    return isinstance(address, IPv4Address) and any(
        isinstance(network, IPv6Network) and IPv6Address(f"::ffff:{address}") in network for network in networks
    )
