"""What documents say of a text is what is let through: neither less, nor more."""

import re
from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.commands.command import PRINTABLE, printable
from hub.commands.keys import NETWORK, network

ODD = "\x00\t\n\x0b\x0c\r\x1c\x1f \x7f\x85\xa0\u1680\u2003\u200b\u2028\u202f\u205f\u3000\ufeff"
TEXTS = st.text(min_size=1, max_size=5) | st.text(st.sampled_from(ODD + "a"), min_size=1, max_size=4)


def is_let_through(text: str) -> bool:
    try:
        return printable(text) == text
    except ValueError:
        return False


@given(TEXTS)
def test_a_text_is_let_through_exactly_where_its_pattern_says_so(text: str) -> None:
    assert bool(re.search(PRINTABLE, text)) == is_let_through(text)


@given(st.from_regex(NETWORK, fullmatch=True, alphabet=st.characters(codec="ascii")))
def test_whatever_has_the_pattern_of_a_network_is_one(text: str) -> None:
    assert network(text) == str(ip_network(text, strict=False))


@pytest.mark.parametrize(
    "text", ["10.0.0.0/8", "192.0.2.7", "::", "::1/128", "2001:db8::/32", "1:2:3:4:5:6:7:8", "::ffff:192.0.2.0/120"]
)
def test_networks_as_people_write_them_are_let_through(text: str) -> None:
    assert ip_network(network(text)) == ip_network(text, strict=False)


@pytest.mark.parametrize(
    "text", ["", "10.0.0", "10.0.0.256", "10.0.0.0/33", "10.0.0.0/", "::1/129", "1:2", "1::2::3", "fe80::1%eth0", "a b"]
)
def test_what_is_no_network_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be an address or a network"):
        network(text)
