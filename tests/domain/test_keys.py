"""Keys: nobody gives what they may not do, and a key opens while it is one, from where it may."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from types import MappingProxyType

import pytest

from hub.domain.keys import Key, KeyOver, NotFromHere, ScopeNotYours, must_be_theirs_to_give
from hub.ids import KeyId, RestaurantId, new_id
from hub.people import Actor, Role
from hub.rights import FOR_KEYS, Permission

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUSE, ELSEWHERE = RestaurantId(new_id()), RestaurantId(new_id())
TILL = Key(KeyId(new_id()), HOUSE, "Till", "brg_12345678", frozenset({Permission.ORDERS_READ}), (), NOON, None)


def a_colleague(role: Role) -> Actor:
    return Actor(name="user:1", grants=MappingProxyType({HOUSE: frozenset({role})}))


def test_nobody_gives_what_they_may_not_do() -> None:
    must_be_theirs_to_give(a_colleague(Role.OWNER), HOUSE, FOR_KEYS)
    must_be_theirs_to_give(a_colleague(Role.WAITER), HOUSE, {Permission.ORDERS_TAKE})
    for by, house, scope in (
        (a_colleague(Role.WAITER), HOUSE, Permission.MENU_CHANGE),
        (a_colleague(Role.OWNER), ELSEWHERE, Permission.ORDERS_TAKE),
    ):
        with pytest.raises(ScopeNotYours):
            must_be_theirs_to_give(by, house, {Permission.ORDERS_READ, scope})


def test_a_program_gives_what_its_own_scopes_are_and_no_more() -> None:
    grants = MappingProxyType({HOUSE: frozenset({Role.SERVICE})})
    program = Actor(name="key:1", grants=grants, scopes=frozenset({Permission.ORDERS_READ}))
    must_be_theirs_to_give(program, HOUSE, {Permission.ORDERS_READ})
    for house, scope in ((HOUSE, Permission.ORDERS_TAKE), (ELSEWHERE, Permission.ORDERS_READ)):
        with pytest.raises(ScopeNotYours):
            must_be_theirs_to_give(program, house, {scope})


def test_a_key_opens_until_its_moment_and_not_at_it() -> None:
    key = replace(TILL, expires_at=NOON)
    key.must_open(None, NOON - timedelta(microseconds=1))
    for over, now in ((key, NOON), (TILL.revoked(NOON), NOON - timedelta(days=1))):
        with pytest.raises(KeyOver):
            over.must_open(None, now)


@pytest.mark.parametrize(
    ("networks", "address", "opens"),
    [
        ((), None, True),
        ((), "203.0.113.9", True),
        (("192.0.2.0/24",), "192.0.2.7", True),
        (("192.0.2.0/24",), "203.0.113.9", False),
        (("192.0.2.0/24",), None, False),
        (("192.0.2.0/24", "2001:db8::/32"), "2001:db8::1", True),
        (("::ffff:192.0.2.0/120",), "192.0.2.7", True),
        (("2001:db8::/32",), "192.0.2.7", False),
    ],
)
def test_a_key_opens_from_its_networks(networks: tuple[str, ...], address: str | None, opens: bool) -> None:
    key = replace(TILL, networks=tuple(ip_network(one) for one in networks))
    at = None if address is None else ip_address(address)
    if opens:
        key.must_open(at, NOON)
    else:
        with pytest.raises(NotFromHere):
            key.must_open(at, NOON)
