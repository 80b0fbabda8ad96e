"""Who is counted under what: by who they are, and by their address only while nothing else is known of them."""

from ipaddress import ip_address

import pytest

from hub.commands import COMMANDS
from hub.commands.orders import AddLines, PlaceOrder
from hub.ids import OrderId, RestaurantId, SeatingId, TableId, UserId, new_id
from hub.limits import (
    ADMIN,
    AUTH,
    AUTH_ACCOUNT,
    AUTH_ADDRESS,
    GENERAL,
    GUEST,
    OF_COMMANDS,
    ORDER,
    PASSWORD_RESET,
    PUBLIC,
    SECOND_FACTOR,
    SENSITIVE,
    SIGN_UP,
    STAFF_TIER,
    TIERS,
    UPLOAD,
    Tier,
    charge,
    charge_of,
    of_account,
    of_address,
    sign_in,
)
from hub.people import Actor, Role, Seat
from hub.rights import STAFF

HOUSE = RestaurantId(new_id())
FIGURES = {
    PUBLIC: (50, 900),
    GENERAL: (100, 900),
    ADMIN: (50, 300),
    ORDER: (10, 3600),
    UPLOAD: (10, 3600),
    SENSITIVE: (10, 900),
    SIGN_UP: (3, 3600),
    PASSWORD_RESET: (5, 3600),
    AUTH: (5, 900),
    SECOND_FACTOR: (5, 900),
}
"""What the systems before Brigade allowed, and other teams have written down."""


def somebody(*roles: Role, is_operator: bool = False) -> Actor:
    user = UserId(new_id())
    grants = {HOUSE: frozenset(roles)} if roles else {}
    return Actor(name=f"user:{user}", user=user, grants=grants, is_operator=is_operator)


PARTY = Actor(
    name="seating:1", grants={HOUSE: frozenset({Role.GUEST})}, seat=Seat(SeatingId(new_id()), TableId(new_id()))
)
FOLLOWER = Actor(name="order:1", order=OrderId(new_id()))


def test_figures_are_those_that_were_agreed() -> None:
    assert {tier: (tier.limit, tier.window_seconds) for tier in FIGURES} == FIGURES
    assert len({tier.name for tier in TIERS}) == len(TIERS)


def test_a_command_is_general_unless_it_is_named() -> None:
    assert set(OF_COMMANDS) <= set(COMMANDS)
    assert charge_of(AddLines, PARTY).tier is GUEST
    assert charge_of(PlaceOrder, PARTY).tier is ORDER


@pytest.mark.parametrize("role", sorted(STAFF))
def test_whoever_works_somewhere_is_counted_as_staff(role: Role) -> None:
    cook = somebody(role)
    for tier in (GENERAL, ORDER):
        assert charge(tier, cook) == (STAFF_TIER, cook.name)
    assert charge(ADMIN, cook) == (ADMIN, cook.name)


@pytest.mark.parametrize(
    ("by", "asked", "counted"),
    [
        (somebody(is_operator=True), GENERAL, STAFF_TIER),
        (somebody(), GENERAL, GENERAL),
        (somebody(), ORDER, ORDER),
        (PARTY, GENERAL, GUEST),
        (FOLLOWER, GENERAL, GUEST),
        (PARTY, ORDER, ORDER),
    ],
)
def test_everybody_else_is_counted_as_what_they_are(by: Actor, asked: Tier, counted: Tier) -> None:
    assert charge(asked, by) == (counted, by.name)


def test_nobody_known_is_counted_by_address_and_a_household_is_one() -> None:
    assert of_address(PUBLIC, ip_address("192.0.2.7")).who == "address:192.0.2.7"
    ours = [of_address(PUBLIC, ip_address(one)) for one in ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2")]
    assert ours[0] == ours[1]
    assert ours[0] != of_address(PUBLIC, ip_address("2001:db8:0:2::1"))
    assert of_address(PUBLIC, None).who == "address:unknown"


def test_an_account_is_the_same_however_its_email_is_written() -> None:
    assert of_account(PASSWORD_RESET, " Ada@Example.test") == of_account(PASSWORD_RESET, "ada@example.test")
    here, there = ip_address("192.0.2.7"), ip_address("192.0.2.8")
    assert sign_in("Ada@Example.test", here) == sign_in("ada@example.test", here)
    assert sign_in("ada@example.test", here)[0] != sign_in("ada@example.test", there)[0]
    assert sign_in("ada@example.test", here)[1] == sign_in("bob@example.test", here)[1]
    assert sign_in("ada@example.test", here)[1:] == (
        (AUTH_ADDRESS, "address:192.0.2.7"),
        (AUTH_ACCOUNT, "account:ada@example.test"),
    )


def test_at_a_device_that_the_account_knows_nobody_elses_failures_count() -> None:
    here, there = ip_address("192.0.2.7"), ip_address("192.0.2.8")
    (known,) = sign_in("ada@example.test", here, "tablet")
    assert known.tier is AUTH
    assert (known,) == sign_in("ada@example.test", there, "tablet") != sign_in("bob@example.test", here, "tablet")
    assert known not in (*sign_in("ada@example.test", here), *sign_in("ada@example.test", here, "telephone"))
