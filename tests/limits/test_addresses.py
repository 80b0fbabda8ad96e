"""Whose address counts, whatever anybody writes into a request: the rightmost that no proxy of the house has."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict

from hub.proxies import Address, address_of, is_one_of, is_within

PROXIES = tuple(map(ip_network, ("10.0.0.0/8", "2001:db8:aa::/48")))
PROXY = "10.1.2.3"
CLIENT = "192.0.2.7"
NO_ADDRESSES = ("192.0.2.256", "0300.0.2.7", "1", "é", "a:b:c:d")


def asked(peer: str | None, *lines: tuple[str, str]) -> str:
    """Who asked, as text; empty where nobody can say."""
    found = address_of(CIMultiDict(lines), peer, PROXIES)
    return "" if found is None else str(found)


def through(*lines: str, name: str = "X-Forwarded-For") -> str:
    """Who asked through the house's proxy, with these lines of one header."""
    return asked(PROXY, *((name, line) for line in lines))


@pytest.mark.parametrize("name", ["X-Forwarded-For", "x-forwarded-for", "Forwarded"])
def test_a_stranger_cannot_say_that_they_are_somebody_else(name: str) -> None:
    assert asked(CLIENT, (name, "203.0.113.9")) == CLIENT
    assert asked(CLIENT, (name, "for=203.0.113.9")) == CLIENT


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        ((CLIENT,), CLIENT),
        ((f"203.0.113.9, {CLIENT}",), CLIENT),
        ((f"127.0.0.1,::1,10.9.9.9,{CLIENT}",), CLIENT),
        ((f"203.0.113.9, {CLIENT}, 10.9.9.9, 2001:db8:aa::7",), CLIENT),
        # Two lines are one list.
        (("203.0.113.9", CLIENT), CLIENT),
        (("203.0.113.9", f"{CLIENT}, 10.9.9.9"), CLIENT),
        # Everybody is one of the house's: whoever stands first asked the others.
        (("10.9.9.9, 10.8.8.8",), "10.9.9.9"),
        # As some write it.
        ((f"{CLIENT}:51234",), CLIENT),
        (("[2001:db8::1]:51234",), "2001:db8::1"),
        (("2001:DB8:0::1",), "2001:db8::1"),
        ((f"::ffff:{CLIENT}",), CLIENT),
        (("::ffff:c000:207",), CLIENT),
        # A proxy of the house in IPv6's clothes is one all the same.
        ((f"{CLIENT}, ::ffff:10.9.9.9",), CLIENT),
        (("fe80::1%eth0",), "fe80::1"),
    ],
)
def test_who_asks_is_the_rightmost_that_is_no_proxy_of_the_house(lines: tuple[str, ...], who: str) -> None:
    assert through(*lines) == who


@pytest.mark.parametrize(
    ("line", "who"),
    [
        (f"for={CLIENT}", CLIENT),
        (f"For={CLIENT};proto=https;by=10.1.2.3", CLIENT),
        (f'proto=https; for="{CLIENT}:4711"', CLIENT),
        ('for="[2001:db8:cafe::17]:4711"', "2001:db8:cafe::17"),
        (f"for=203.0.113.9, for={CLIENT}, for=10.9.9.9", CLIENT),
        # A quotation mark that a client opens does not swallow what the proxy adds.
        (f'for="203.0.113.9, for={CLIENT}', CLIENT),
        (f'for=203.0.113.9;host=", for={CLIENT}', CLIENT),
    ],
)
def test_the_header_of_the_standard_is_read_alike(line: str, who: str) -> None:
    assert through(line, name="Forwarded") == who


@pytest.mark.parametrize("line", ["", ",", "unknown", "_hidden", f"{CLIENT}, unknown", f"{CLIENT},", *NO_ADDRESSES])
def test_what_a_proxy_writes_that_is_no_address_is_nobody(line: str) -> None:
    assert through(line) == ""


@pytest.mark.parametrize("line", ["for=unknown", "for=_a", f"by={CLIENT}", "for=1.2.3.4;for=5.6.7.8", f"fore={CLIENT}"])
def test_an_element_that_names_nobody_or_several_is_nobody(line: str) -> None:
    assert through(line, name="Forwarded") == ""


def test_where_both_headers_are_there_they_must_agree() -> None:
    listed, standard = ("X-Forwarded-For", CLIENT), ("Forwarded", f"for={CLIENT}")
    assert asked(PROXY, listed, standard) == CLIENT
    assert asked(PROXY, listed, ("Forwarded", "for=203.0.113.9")) == ""
    assert asked(PROXY, ("X-Forwarded-For", "203.0.113.9"), standard) == ""


def test_a_proxy_that_says_nothing_asks_for_itself() -> None:
    assert asked(PROXY) == PROXY


@pytest.mark.parametrize("peer", [None, "", "unix", "::ffff:10.0.0"])
def test_a_peer_without_an_address_is_nobody(peer: str | None) -> None:
    assert asked(peer, ("X-Forwarded-For", CLIENT)) == ""
    assert not is_one_of(peer, PROXIES)


def test_a_peer_in_the_clothes_of_ipv6_is_the_address_that_it_is() -> None:
    assert asked(f"::ffff:{CLIENT}") == CLIENT
    assert asked("::ffff:10.1.2.3", ("X-Forwarded-For", CLIENT)) == CLIENT


@pytest.mark.parametrize("network", ["192.0.2.0/24", "::ffff:192.0.2.0/120", "::ffff:0:0/96"])
def test_a_network_holds_an_address_however_either_is_written(network: str) -> None:
    assert is_within(ip_address(CLIENT), [ip_network(network)])
    assert not is_within(ip_address("198.51.100.1"), [ip_network("192.0.2.0/24")])
    assert not is_within(ip_address("2001:db8::1"), [ip_network(network)])


ADDRESSES: st.SearchStrategy[Address] = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6))


@given(forged=st.lists(st.one_of(st.text(max_size=12), ADDRESSES.map(str)), max_size=5), is_standard=st.booleans())
def test_nothing_that_a_client_sends_moves_what_the_proxy_adds(forged: list[str], is_standard: bool) -> None:
    name, says = ("Forwarded", f"for={CLIENT}") if is_standard else ("X-Forwarded-For", CLIENT)
    assert through(", ".join([*forged, says]), name=name) == CLIENT
    assert through(*forged, says, name=name) == CLIENT
