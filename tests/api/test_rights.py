"""Every route and every room, asked by everybody there is, of their own restaurant and of another: each cell of it.

What is demanded is read from the table of permissions. No command that is let in is done, so that each cell is asked of
the same restaurants: a deed that may be done comes as far as writing, and is refused there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NoReturn
from uuid import UUID

import pytest

from api.asking import Asks
from api.paths import names_in
from api.routes import ROUTES
from api.schemas import Route
from api.showing import Greets, SignsIn
from api.telling import Confides, Tells
from hub.actions.passwords import HASHER
from hub.audience import OPS, RoomKind
from hub.commands import COMMANDS
from hub.commands.keys import MakeKey
from hub.domain.refusals import Refused
from hub.domain.sessions import SHIFT
from hub.ids import DeviceId, OrderId, SessionId, UserId, new_id
from hub.keys import Hub
from hub.limits import Scale
from hub.people import Role
from hub.rights import FOR_KEYS, STAFF, Permission
from hub.store import people, sessions
from hub.store.people import Person
from hub.tokens import hash_of
from hub.turnstile import Turnstile
from tests.api.conftest import Answer, Caller, Client
from tests.support.houses import House, a_house, begins_shift, token_of
from tests.support.rights import (
    LET_IN,
    NAMED_IN_BODIES,
    NOT_FOUND,
    NOTHING_THERE,
    Holds,
    at_a_tablet,
    differences,
    in_a_house,
    in_a_room,
    on_the_platform,
)
from tests.support.things import Things, device_of, things_of

KNOWN = [route for route in ROUTES if not isinstance(route, Greets | SignsIn | Tells)]
OF_NO_HOUSE = {"/me", "/me/sessions", "/auth/validate", "/restaurants"}
"""Shown to everybody who is known: each their own."""
OF_THE_PLATFORM = {
    "/announcements",
    "/restaurants",
    "/people/{userId}/notices",
    "/connections",
    "/people/{userId}/connections",
    "/audit",
    "/audit/wholeness",
    "/auth/logout",
    "/auth/logout-everywhere",
    "/me/password",
}
OF_AN_ACCOUNT = {
    *("/me", "/me/preferences", "/me/addresses", "/me/statistics", "/me/links"),
    *("/me/totp", "/me/totp/confirm", "/me/totp/recovery-codes", "/me/pin"),
    *("/me/passkeys", "/me/new-passkey"),
}
"""Whoever has an account keeps it there: their own, and nobody else's."""
A_SESSION = "/me/sessions/{sessionId}"
AN_INVITATION = "/me/invitations"
THINGS_OF_AN_ACCOUNT = {
    *(A_SESSION, AN_INVITATION, "/me/avatar"),
    *(one.partition(" ")[2] for one in NOTHING_THERE if "{" in one),
}
AT_A_TABLET = "/devices/me/people"
TRACKED = "/orders/{orderId}/track"
OF_A_HOUSE = [
    route
    for route in KNOWN
    if route.path not in {*OF_NO_HOUSE, *OF_THE_PLATFORM, *OF_AN_ACCOUNT, *THINGS_OF_AN_ACCOUNT, AT_A_TABLET, TRACKED}
    and not route.path.startswith("/rooms/")
]

RULES = {"needs_manager", "current_password_wrong", "passkey_not_begun"}
TABLETS_TOKEN = "brd_the token of the tablet that asks"

TRIES_MAX = 5


class WouldBeDone(Refused):
    """It would be done."""

    code = "would_be_done"


@pytest.fixture
def nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on no deed gets further than to its last statement."""

    async def refuse(*facts: object, **more: object) -> NoReturn:
        raise WouldBeDone

    monkeypatch.setattr("hub.actions.deed.ledger.append", refuse)


def named(route: Route) -> str:
    return f"{route.method} {route.path}"


def needs_of(route: Route) -> Permission | None:
    """What one must be allowed to; None where everybody may who is known."""
    assert not isinstance(route, Greets | SignsIn | Tells)
    return route.command.needs if isinstance(route, Asks) else route.needs


# ------------------------------------------------------------------ the people, and the things they ask for


@dataclass(frozen=True)
class Asker:
    """Somebody with what they hold, and how they call."""

    holds: Holds
    caller: Caller
    user: UserId | None = None


@dataclass(frozen=True)
class Houses:
    """Two restaurants with the same things in them, and everybody there is to the first."""

    own: Things
    foreign: Things
    askers: tuple[Asker, ...]

    @property
    def mixed(self) -> Things:
        """The first restaurant's address, and then a thing of the other."""
        return {**self.foreign, "restaurantId": self.own["restaurantId"]}


@pytest.fixture
async def houses(house: House, hub: Hub, client: Client, stranger: Caller) -> Houses:
    # Everybody asks for everything at once, which is more often than anybody may.
    hub.turnstile = Turnstile(None, hub.metrics, Scale(of_all=100))
    elsewhere = await a_house(hub.database, name="Elsewhere")
    own, foreign = await things_of(house), await things_of(elsewhere)
    operator = UserId(new_id())
    async with hub.database.transaction():
        await people.add(Person(operator, "operator@example.test", "Op", HASHER.hash("op"), is_operator=True))
        await begins_shift(operator)
    now = datetime.now(UTC)
    seated = house.tokens.seating_link(house.id, house.tables["1"], await house.seating_at("1"), now)
    follows = house.tokens.order_link(house.id, OrderId(UUID(own["orderId"])), now)
    tablet = await device_of(house, hash_of(TABLETS_TOKEN))
    with_pin, pin = await somebody_at(house, tablet, Role.MANAGER)
    return Houses(
        own,
        foreign,
        (
            Asker(Holds("nobody", is_known=False, has_account=False), Caller(client)),
            Asker(Holds("a customer"), stranger),
            Asker(Holds("an operator", is_operator=True), as_user(house, client, operator), operator),
            Asker(Holds("a guest", frozenset({Role.GUEST}), has_account=False), Caller(client, seated)),
            Asker(Holds("who follows an order", has_account=False, has_link_of_order=True), Caller(client, follows)),
            await a_program(house, client, "a program for nothing it is asked", Permission.FIRED_VOID),
            await a_program(house, client, "a program for everything", *FOR_KEYS),
            Asker(Holds("a tablet", has_account=False, is_at_device=True), Caller(client, TABLETS_TOKEN)),
            Asker(
                Holds("a manager with a PIN", frozenset({Role.MANAGER}), is_at_device=True),
                Caller(client, pin),
                with_pin,
            ),
            *(
                Asker(Holds(role, frozenset({role})), as_user(house, client, house.user(role)), house.user(role))
                for role in sorted(STAFF)
            ),
        ),
    )


async def somebody_at(house: House, device: DeviceId, role: Role) -> tuple[UserId, str]:
    """Somebody who has tapped their PIN at a tablet of the house, and their token."""
    session, user = SessionId(new_id()), UserId(new_id())
    async with house.database.transaction():
        await people.add(Person(user, "pin@example.test", "Pin", "no hash", is_operator=False))
        await people.set_roles(user, house.id, frozenset({role}))
        await sessions.begin(session, user, "Grill", session.bytes, SHIFT, device)
    return user, house.tokens.staff_token(user, session, datetime.now(UTC))[0]


def as_user(house: House, client: Client, user: UserId) -> Caller:
    return Caller(client, token_of(user, tokens=house.tokens))


async def a_program(house: House, client: Client, name: str, *scopes: Permission) -> Asker:
    made = await house.does(MakeKey(restaurant_id=house.id, name=name, scopes=scopes), by=house.owner)
    holds = Holds(name, frozenset({Role.SERVICE}), frozenset(scopes), has_account=False)
    return Asker(holds, Caller(client, made.key))


def body_of(route: Route, things: Things) -> dict[str, Any] | None:
    """A body that is right for the route, but for passwords, which are nobody's."""
    if isinstance(route, Confides):
        right = {"code": "000000", "pin": "2739"}
        return {one.alias or name: right.get(name, "nobodys-password") for name, one in route.body.model_fields.items()}
    if not isinstance(route, Asks):
        return None
    line = {"itemId": things["itemId"]}
    bodies: dict[str, dict[str, Any]] = {
        "announce": {"title": "Hear", "message": "Dinner is served."},
        "open_restaurant": {"name": "C", "currency": "EUR", "timeZone": "UTC", "ownerEmail": "nobody@b.example"},
        "notify": {"title": "Hear", "message": "Your dinner is served."},
        "add_section": {"name": "Terrace"},
        "add_menu_section": {"name": "Drinks"},
        "add_station": {"name": "Fry"},
        "set_station_backup": {"backupStationId": None},
        "add_item": {
            "sectionId": things["menuSectionId"],
            "name": "Pie",
            "price": 500,
            "station": things["station"],
        },
        "add_table": {"sectionId": things["sectionId"], "name": "7", "seats": 2},
        "set_table_status": {"status": "bill"},
        "seat_party": {"covers": 2},
        "place_order": {"kind": "dine_in", "tableId": things["tableId"], "lines": [line]},
        "add_lines": {"lines": [line]},
        "decide_void": {"stands": True},
        "make_key": {"name": "Till", "scopes": ["menu:read"]},
        "add_address": {"label": "Home", "lines": ["1 Lane"]},
        "change_profile": {"phone": "+442079460958"},
        "invite_person": {"email": "newer@example.test", "roles": ["cook", "expo"]},
        "rename_device": {"name": "Pass"},
    }
    return bodies.get(route.command.verb, {})


async def asks(caller: Caller, route: Route, things: Things) -> Answer:
    """What comes of it; asked again where the hub was too busy to say, as every client does."""
    for _ in range(TRIES_MAX):
        answer = await caller.asks(route.method, route.path.format_map(things), body_of(route, things))
        if answer.status != 503:
            break
    return answer


def verdict(answer: Answer) -> str:
    """What the gate said. A rule that refuses afterwards (nothing is ready, a password is wrong) has let in."""
    if answer.status < 400 or answer.status == 409 or answer.code in RULES:
        return LET_IN
    return answer.code


# ------------------------------------------------------------------ the table of routes


def test_every_command_has_a_route() -> None:
    assert {route.command for route in ROUTES if isinstance(route, Asks)} == set(COMMANDS)


def test_no_two_routes_are_the_same() -> None:
    assert len({named(route) for route in ROUTES}) == len(ROUTES)


def test_an_address_names_fields_of_its_command() -> None:
    for route in ROUTES:
        if isinstance(route, Asks):
            fields = set(route.command.model_json_schema()["properties"])
            assert set(names_in(route.path)) - fields == ({"restaurantId"} if route.within else set()), named(route)


def test_every_route_is_in_one_of_the_matrices() -> None:
    owns = {*OF_NO_HOUSE, *OF_AN_ACCOUNT, *THINGS_OF_AN_ACCOUNT}
    elsewhere = {*owns, *OF_THE_PLATFORM, AT_A_TABLET, TRACKED, "/rooms/{room}", "/rooms/{room}/entries"}
    assert {route.path for route in KNOWN} - {route.path for route in OF_A_HOUSE} == elsewhere
    assert all(isinstance(route, Asks) or route.needs is not None for route in OF_A_HOUSE)


# ------------------------------------------------------------------ every route × everybody × own and foreign


async def test_every_route_lets_in_whom_the_table_says_and_nobody_else(
    houses: Houses, nothing_is_done: None, record_property: Callable[[str, object], None]
) -> None:
    said, demanded = dict[tuple[str, ...], str](), dict[tuple[str, ...], str]()
    codes = set[str]()
    for route in OF_A_HOUSE:
        needs = needs_of(route)
        assert needs is not None
        for asker in houses.askers:
            for where, things in (("own", houses.own), ("foreign", houses.foreign)):
                cell = (named(route), asker.holds.name, where)
                answer = await asks(asker.caller, route, things)
                said[cell] = verdict(answer)
                demanded[cell] = in_a_house(needs, asker.holds, is_own=where == "own")
                if answer.status == 409:
                    codes.add(answer.code)
    assert not differences(said, demanded)
    assert len(said) == len(OF_A_HOUSE) * len(houses.askers) * 2
    record_property("cells of routes", len(said))
    assert "would_be_done" in codes, "Nobody came as far as writing: the matrix has seen nothing."


async def test_what_is_of_no_house_is_everybodys_own(
    houses: Houses, nothing_is_done: None, record_property: Callable[[str, object], None]
) -> None:
    said, demanded = dict[tuple[str, ...], str](), dict[tuple[str, ...], str]()
    for route in KNOWN:
        for asker in houses.askers:
            cell = (named(route), asker.holds.name)
            needs = needs_of(route)
            if route.path == AT_A_TABLET:
                demanded[cell] = at_a_tablet(asker.holds)
            elif needs is None and route.path in OF_NO_HOUSE:
                demanded[cell] = LET_IN if asker.holds.is_known else "not_signed_in"
            elif needs is not None and route.path == A_SESSION:
                may = on_the_platform(needs, asker.holds)
                # It is a cook's: to everybody else with an account there is no such session.
                is_theirs = str(asker.user) == houses.own["sessionId"]
                demanded[cell] = NOT_FOUND if may == LET_IN and not is_theirs else may
            elif needs is not None and named(route) in NOTHING_THERE:
                may = on_the_platform(needs, asker.holds)
                demanded[cell] = NOTHING_THERE[named(route)] if may == LET_IN else may
            elif needs is not None and route.path in OF_THE_PLATFORM | OF_AN_ACCOUNT:
                demanded[cell] = on_the_platform(needs, asker.holds)
            else:
                continue
            said[cell] = verdict(await asks(asker.caller, route, houses.own))
    assert not differences(said, demanded)
    paths = OF_NO_HOUSE | OF_THE_PLATFORM | OF_AN_ACCOUNT | THINGS_OF_AN_ACCOUNT | {AT_A_TABLET}
    assert len(said) == len([route for route in KNOWN if route.path in paths]) * len(houses.askers)
    record_property("cells of routes", len(said))


async def test_an_order_is_tracked_as_its_room_is_entered(houses: Houses) -> None:
    said, demanded = dict[tuple[str, ...], str](), dict[tuple[str, ...], str]()
    for asker in houses.askers:
        for where, things in (("own", houses.own), ("foreign", houses.foreign)):
            said[asker.holds.name, where] = verdict(await asker.caller.gets(TRACKED.format_map(things)))
            demanded[asker.holds.name, where] = in_a_room(RoomKind.ORDER, asker.holds, is_own=where == "own")
    assert not differences(said, demanded)


async def test_an_address_that_mixes_two_restaurants_leads_nowhere(houses: Houses, nothing_is_done: None) -> None:
    mixed = [route for route in OF_A_HOUSE if len({"restaurantId", "itemId"} & set(names_in(route.path))) == 2]
    assert len(mixed) == 5
    for route in mixed:
        for asker in houses.askers:
            if asker.holds.is_known:
                assert verdict(await asks(asker.caller, route, houses.mixed)) == NOT_FOUND, named(route)


async def test_a_body_names_nothing_of_another_restaurant(houses: Houses, nothing_is_done: None) -> None:
    (owner,) = [one for one in houses.askers if one.holds.name == Role.OWNER]
    for method, path, body in NAMED_IN_BODIES:
        answer = await owner.caller.asks(method, path.format_map(houses.own), filled(body, houses))
        assert (answer.status, answer.code) == (404, "not_found"), (path, body, answer.body)


def filled(body: Any, houses: Houses) -> Any:
    if isinstance(body, dict):
        return {name: filled(value, houses) for name, value in body.items()}
    if isinstance(body, list):
        return [filled(value, houses) for value in body]
    if isinstance(body, str) and body.startswith("{"):
        return houses.own[body.strip("{}")]
    if isinstance(body, str) and body.startswith("<"):
        return houses.foreign[body.strip("<>")]
    return body


# ------------------------------------------------------------------ every room × everybody × own and foreign


def rooms_of(things: Things, user: UserId | None) -> dict[RoomKind, str]:
    """One room of each kind."""
    return {
        RoomKind.PASS: f"kitchen:{things['restaurantId']}",
        RoomKind.STATION: f"kitchen:{things['restaurantId']}:{things['stationId']}",
        RoomKind.WAITERS: f"waiters:{things['restaurantId']}",
        RoomKind.TABLE: f"table:{things['tableId']}",
        RoomKind.ORDER: f"order:{things['orderId']}",
        RoomKind.ITEM: f"item:{things['itemId']}",
        RoomKind.USER: f"user:{user or things['userId']}",
        RoomKind.ANNOUNCEMENTS: "announcements",
        RoomKind.OPS: str(OPS),
    }


async def test_every_room_is_shown_to_whom_the_table_says_and_nobody_else(
    houses: Houses, record_property: Callable[[str, object], None]
) -> None:
    said, demanded = dict[tuple[str, ...], str](), dict[tuple[str, ...], str]()
    for asker in houses.askers:
        for where, things in (("own", houses.own), ("foreign", houses.foreign)):
            is_own = where == "own"
            # Somebody without an account of their own has none to ask for.
            user = asker.user if is_own else None
            # What operators watch are signals, of which there is nothing to read here.
            holds = replace(asker.holds, is_operator=False, has_account=user is not None)
            for kind, room in rooms_of(things, user).items():
                for path in (f"/rooms/{room}", f"/rooms/{room}/entries?since=0"):
                    said[path, holds.name, where] = verdict(await asker.caller.gets(path))
                    demanded[path, holds.name, where] = in_a_room(kind, holds, is_own=is_own)
    assert not differences(said, demanded)
    assert set(said.values()) == {LET_IN, "not_found", "not_your_job", "not_signed_in"}
    record_property("cells of rooms", len(said))
