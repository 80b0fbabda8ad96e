"""How often anybody may ask by REST, what is told of it, and who is not in whose way."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest

from api import limiting
from api.asking import Asks
from api.routes import ROUTES
from api.showing import Greets, Shows, SignsIn
from api.telling import Confides, Tells
from hub.actions.passwords import HASHER
from hub.domain.refusals import DatabaseBusy
from hub.ids import SeatingId, TableId, UserId, new_id
from hub.keys import Hub
from hub.limits import ADMIN, AUTH, GENERAL, ORDER, PASSWORD_RESET, PUBLIC, SENSITIVE, SIGN_UP, read_scale
from hub.people import Role
from hub.store import floor, people
from hub.store.people import Person
from hub.turnstile import Turnstile
from tests.api.conftest import ORIGIN, PASSWORD, Answer, Caller, Calls
from tests.support.houses import House, token_of

EMAIL = "ann@example.test"
NOT_COUNTED = {
    "/welcome",
    "/auth/demo",
    "/auth/pin",
    "/auth/refresh",
    "/auth/providers",
    "/auth/google/begin",
    "/auth/facebook/begin",
    "/auth/passkeys",
    "/auth/passkeys/begin",
    "/restaurants/{restaurantId}/menu",
}
"""Answered from memory, and asked by everybody at once when a house opens; what nobody can guess; and PINs, which are
counted for each person at each tablet."""


@pytest.fixture
async def ann(hub: Hub, house: House) -> str:
    """The email of somebody with a password."""
    user = UserId(new_id())
    async with hub.database.transaction():
        await people.add(Person(user, EMAIL, "Ann", HASHER.hash(PASSWORD), is_operator=False))
    return EMAIL


@pytest.fixture
async def guest(house: House, guest_at: Callable[[SeatingId, TableId], Caller]) -> Caller:
    """Somebody of the party at the first table."""
    await house.orders_at("1", house.line("Soup"))
    async with house.database.snapshot():
        placed = await floor.table(house.tables["1"], by=house.waiter)
    assert placed is not None
    assert placed.table.seating is not None
    return guest_at(placed.table.seating.id, house.tables["1"])


async def signs_in(nobody: Caller, email: str, password: str) -> Answer:
    return await nobody.posts("/auth/login", {"email": email, "password": password})


async def orders(caller: Caller, house: House) -> Answer:
    line = {"itemId": str(house.items["Soup"].id)}
    body = {"kind": "dine_in", "tableId": str(house.tables["1"]), "lines": [line]}
    return await caller.posts(f"/restaurants/{house.id}/orders", body)


def test_every_route_says_as_what_it_is_counted() -> None:
    assert {route.path for route in ROUTES if route.tier is None} == NOT_COUNTED
    tiers = {route.command.verb: route.tier for route in ROUTES if isinstance(route, Asks)}
    of_admins = ("announce", "notify", "give_role", "take_role", "make_key", "change_key", "rotate_key", "revoke_key")
    of_admins += ("open_restaurant", "invite_device", "rename_device", "rotate_device", "revoke_device")
    of_admins += ("invite_person", "send_invitation_again", "withdraw_invitation")
    named = {"place_order": ORDER} | dict.fromkeys(of_admins, ADMIN)
    assert tiers == dict.fromkeys(tiers, GENERAL) | named
    assert {route.tier for route in ROUTES if isinstance(route, SignsIn)} == {AUTH, None}
    assert {route.tier for route in ROUTES if isinstance(route, Shows | Greets)} == {GENERAL, None}
    told = [route for route in ROUTES if isinstance(route, Tells)]
    assert {route.path: (route.tier, route.by_account and route.by_account.tier) for route in told} == {
        "/auth/register": (SIGN_UP, SIGN_UP),
        "/auth/verify": (PUBLIC, None),
        "/auth/verify/again": (PUBLIC, PASSWORD_RESET),
        "/auth/forgot": (PUBLIC, PASSWORD_RESET),
        "/auth/reset": (PUBLIC, None),
        "/auth/invitation": (PUBLIC, None),
        "/auth/join": (PUBLIC, None),
    }
    assert {route.tier for route in ROUTES if isinstance(route, Confides)} == {SENSITIVE}


async def test_whatever_is_counted_says_what_is_left(
    waiter: Caller, house: House, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that one comes back in a minute, and none while this is tried.
    monkeypatch.setattr(hub, "turnstile", Turnstile(None, hub.metrics, read_scale("staff=0.0017")))
    for left, whole_in in ((4, 60), (3, 120)):
        answer = await waiter.gets("/me", Origin=ORIGIN)
        assert answer.headers["RateLimit-Policy"] == '"staff";q=5;w=300'
        legacy = [answer.headers[f"RateLimit-{name}"] for name in ("Limit", "Remaining", "Reset")]
        assert legacy[:2] == ["5", str(left)]
        assert whole_in - 60 < int(legacy[2]) <= whole_in
        assert answer.headers["RateLimit"] == f'"staff";r={left};t={legacy[2]}'
        exposed = answer.headers["Access-Control-Expose-Headers"].split(", ")
        assert set(limiting.HEADERS) | {"Retry-After"} <= set(exposed)
    wrong = await waiter.gets(f"/orders/{new_id()}")
    assert (wrong.status, wrong.headers["RateLimit-Remaining"]) == (404, "2")


async def test_what_is_not_counted_says_nothing_of_limits(waiter: Caller, nobody: Caller, house: House) -> None:
    for answer in (
        await nobody.gets("/welcome"),
        await nobody.gets("/me"),
        await waiter.gets(f"/restaurants/{house.id}/menu"),
    ):
        assert not [name for name in answer.headers if name.lower().startswith("ratelimit")]


async def test_a_party_places_ten_orders_in_an_hour_and_its_waiter_the_eleventh(
    guest: Caller, waiter: Caller, house: House, hub: Hub
) -> None:
    for _ in range(10):
        assert (await orders(guest, house)).status == 201
    refused = await orders(guest, house)
    assert (refused.status, refused.code) == (429, "rate_limited")
    seconds = refused.json["retryAfterSeconds"]
    assert 300 <= seconds <= 360
    assert (refused.headers["Retry-After"], refused.json["retry"]) == (str(seconds), True)
    assert refused.json["tier"] == "order"
    assert str(seconds) in refused.json["detail"]
    assert refused.headers["RateLimit"].startswith('"order";r=0;t=')
    assert hub.metrics.refused.last[0].code == "rate_limited"
    assert (await guest.gets("/me")).status == 200, "looking is another matter"
    assert (await orders(waiter, house)).status == 201


async def test_staff_are_counted_by_person_and_not_by_where_they_stand(calls: Calls) -> None:
    for role in (Role.COOK, Role.WAITER, Role.OWNER):
        assert (await calls(role).gets("/me")).headers["RateLimit-Remaining"] == "2999"


async def test_whoever_works_nowhere_asks_a_hundred_times_in_a_quarter_of_an_hour(
    stranger: Caller, waiter: Caller
) -> None:
    for _ in range(100):
        assert (await stranger.gets("/me")).status == 200
    refused = await stranger.gets("/me")
    assert (refused.status, refused.code) == (429, "rate_limited")
    assert (await waiter.gets("/me")).status == 200


async def test_sign_ins_that_are_right_are_not_counted(nobody: Caller, ann: str) -> None:
    for _ in range(8):
        answer = await signs_in(nobody, ann, PASSWORD)
        assert answer.status == 200
        assert answer.headers["RateLimit"] == '"auth";r=5;t=0, "auth_address";r=50;t=0, "auth_account";r=10;t=0'


async def test_five_wrong_passwords_are_tried_for_an_account_whether_there_is_one_or_not(
    nobody: Caller, ann: str, waiter: Caller
) -> None:
    for email in (ann, "nobody@example.test"):
        for left in (4, 3, 2, 1, 0):
            answer = await signs_in(nobody, email, "guess")
            assert (answer.status, answer.code) == (401, "wrong_credentials")
            assert answer.headers["RateLimit-Remaining"] == str(left)
        for password in ("guess", PASSWORD):
            assert (await signs_in(nobody, email.upper(), password)).code == "account_locked"
    assert (await waiter.gets("/me")).status == 200, "whoever is signed in stays so"


async def test_an_owner_gets_in_from_elsewhere_while_a_stranger_guesses(nobody: Caller, ann: str, hub: Hub) -> None:
    hub.settings = hub.settings.model_copy(update={"trusted_proxies": (ip_network("127.0.0.0/8"),)})

    async def tries(password: str, address: str) -> int:
        body = {"email": ann, "password": password}
        return (await nobody.asks("POST", "/auth/login", body, X_Forwarded_For=f"198.51.100.1, {address}")).status

    assert [await tries("guess", "203.0.113.9") for _ in range(7)] == [401] * 5 + [423] * 2
    assert await tries(PASSWORD, "192.0.2.7") == 200
    assert [await tries("guess", f"2001:db8::{n}") for n in range(1, 7)] == [401] * 5 + [423], "one household"


async def test_of_many_guesses_at_once_five_are_tried(nobody: Caller, ann: str) -> None:
    answers = await asyncio.gather(*(signs_in(nobody, ann, f"guess {n}") for n in range(30)))
    statuses = [answer.status for answer in answers]
    # Whoever comes while five are being tried is counted out; whoever comes after them finds the account locked.
    assert statuses.count(401) == 5
    assert set(statuses) <= {401, 423, 429}


async def test_a_sign_in_that_could_not_be_tried_is_not_counted(
    nobody: Caller, ann: str, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def is_busy(*credentials: object, **more: object) -> None:
        raise DatabaseBusy

    with monkeypatch.context() as patched:
        patched.setattr(hub.sessions, "sign_in", is_busy)
        for _ in range(8):
            assert (await signs_in(nobody, ann, PASSWORD)).status == 503
    assert (await signs_in(nobody, ann, PASSWORD)).status == 200


async def test_a_staff_token_that_is_shown_late_is_not_counted(nobody: Caller, house: House) -> None:
    user = house.waiter.user
    assert user is not None
    nobody.token = token_of(user, datetime(2020, 1, 1, tzinfo=UTC), tokens=house.tokens)
    for _ in range(60):
        assert (await nobody.gets("/me")).code == "token_expired"
