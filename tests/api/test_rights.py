"""Every route of the table, asked by nobody, by a stranger, and by a colleague whose job it is not."""

from collections.abc import Callable
from typing import Any

import pytest

from api.asking import Asks
from api.paths import names_in
from api.routes import ROUTES
from api.schemas import Route
from api.showing import Greets, Shows, SignsIn
from hub.commands import COMMANDS
from hub.commands.people import Announce
from hub.ids import OrderId, SeatingId, TableId
from hub.people import Role
from hub.store import floor
from tests.api.conftest import Caller, Calls
from tests.support.houses import House

KNOWN = [route for route in ROUTES if not isinstance(route, Greets | SignsIn)]
OPEN = {"/me", "/restaurants", "/announcements"}
"""Of no restaurant: there is nobody who is a stranger there."""


def named(route: Route) -> str:
    return f"{route.method} {route.path}"


@pytest.fixture
async def things(house: House) -> dict[str, str]:
    """One of everything an address may name, with an order that is in the kitchen."""
    order = await house.fires("1", house.line("Burger"))
    return {
        "restaurantId": str(house.id),
        "itemId": str(house.items["Soup"].id),
        "tableId": str(house.tables["1"]),
        "orderId": str(order.order_id),
        "lineId": str(order.lines[0].line_id),
        "ticketId": str(order.tickets[0].ticket_id),
        "userId": str(house.cook.user),
        "role": "cook",
        "course": "1",
        "room": f"kitchen:{house.id}",
        "sectionId": str(house.section),
        "menuSectionId": str(house.menu_section),
        "station": str(house.stations["Grill"]),
        "stationId": str(house.stations["Grill"]),
    }


def body_of(route: Route, things: dict[str, str]) -> dict[str, Any] | None:
    """A body that is right for the route's command."""
    if not isinstance(route, Asks):
        return None
    line = {"itemId": things["itemId"]}
    bodies: dict[str, dict[str, Any]] = {
        "announce": {"title": "Hear", "message": "Dinner is served."},
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
        "set_table_status": {"status": "dirty"},
        "seat_party": {"covers": 2},
        "place_order": {"kind": "pickup", "lines": [line]},
        "add_lines": {"lines": [line]},
        "decide_void": {"stands": True},
    }
    return bodies.get(route.command.verb, {})


def address(route: Route, things: dict[str, str]) -> str:
    path = route.path.format_map(things)
    return path + "?since=0" if path.endswith("/entries") else path


async def asks(caller: Caller, route: Route, things: dict[str, str]) -> Any:
    return await caller.asks(route.method, address(route, things), body_of(route, things))


def test_every_command_has_a_route() -> None:
    assert {route.command for route in ROUTES if isinstance(route, Asks)} == set(COMMANDS)


def test_no_two_routes_are_the_same() -> None:
    assert len({named(route) for route in ROUTES}) == len(ROUTES)


def test_an_address_names_fields_of_its_command() -> None:
    for route in ROUTES:
        if isinstance(route, Asks):
            fields = set(route.command.model_json_schema()["properties"])
            assert set(names_in(route.path)) - fields == ({"restaurantId"} if route.within else set()), named(route)


async def test_without_a_token_nobody_is_answered(nobody: Caller, things: dict[str, str]) -> None:
    for route in KNOWN:
        answer = await asks(nobody, route, things)
        assert (answer.status, answer.code) == (401, "not_signed_in"), named(route)
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("token", ["x", "a.b.c", "Bearer", "é", "x" * 5000])
async def test_a_forged_token_is_refused(nobody: Caller, token: str) -> None:
    nobody.token = token
    answer = await nobody.gets("/me")
    assert (answer.status, answer.code) == (401, "token_invalid")


@pytest.mark.parametrize("header", ["Basic eDp5", "Bearer", "Bearer ", "token"])
async def test_another_scheme_is_no_token(nobody: Caller, header: str) -> None:
    answer = await nobody.gets("/me", Authorization=header)
    assert (answer.status, answer.code) == (401, "not_signed_in")


async def test_to_strangers_nothing_exists(stranger: Caller, owner_elsewhere: Caller, things: dict[str, str]) -> None:
    for route in KNOWN:
        if route.path not in OPEN:
            for caller in (stranger, owner_elsewhere):
                answer = await asks(caller, route, things)
                assert (answer.status, answer.code) == (404, "not_found"), named(route)


async def test_a_colleague_without_the_job_is_told_whose_it_is(calls: Calls, things: dict[str, str]) -> None:
    tried = 0
    for route in KNOWN:
        if isinstance(route, Asks) and route.command is not Announce:
            wrong = sorted(set(Role) - route.command.asked_by - {Role.GUEST, Role.SYSTEM})
            for role in wrong:
                answer = await asks(calls(role), route, things)
                assert (answer.status, answer.code) == (403, "not_your_job"), (named(route), role)
                tried += 1
    assert tried > 50


async def test_whoever_has_the_job_may_look(calls: Calls, things: dict[str, str]) -> None:
    for route in KNOWN:
        if isinstance(route, Shows):
            for role in (Role.COOK, Role.WAITER, Role.OWNER):
                answer = await asks(calls(role), route, things)
                has_job = route.may is None or role in route.may
                if not has_job or (route.path.startswith("/rooms") and role is Role.WAITER):
                    assert (answer.status, answer.code) == (403, "not_your_job")
                else:
                    assert answer.status == 200, (named(route), role, answer.body)


async def test_a_guest_sees_the_menu_and_nothing_of_the_house(
    guest_at: Callable[[SeatingId, TableId], Caller], house: House, things: dict[str, str]
) -> None:
    async with house.database.snapshot():
        placed = await floor.table(house.tables["1"], by=house.waiter)
    assert placed is not None
    assert placed.table.seating is not None
    guest = guest_at(placed.table.seating.id, house.tables["1"])
    for route in KNOWN:
        if isinstance(route, Shows) and route.may is not None:
            answer = await asks(guest, route, things)
            expected = 200 if Role.GUEST in route.may else 403
            assert answer.status == expected, (named(route), answer.body)
    line = {"itemId": things["itemId"]}
    ordered = await guest.posts(
        f"/restaurants/{house.id}/orders", {"kind": "dine_in", "tableId": things["tableId"], "lines": [line]}
    )
    assert ordered.status == 201
    assert (await guest.gets(f"/orders/{ordered.json['orderId']}/track")).status == 200


async def test_an_orders_link_opens_that_order_and_nothing_else(
    follower_of: Callable[[OrderId], Caller], things: dict[str, str], house: House
) -> None:
    other = await house.fires("2", house.line("Soup"))
    guest = follower_of(OrderId(house.orders[0]))
    tracked = await guest.gets(f"/orders/{things['orderId']}/track")
    assert (tracked.status, tracked.json["status"]) == (200, "in_kitchen")
    assert (await guest.gets(f"/rooms/order:{things['orderId']}")).status == 200
    assert (await guest.gets(f"/orders/{other.order_id}/track")).code == "not_found"
    for route in KNOWN:
        if route.path not in {"/me", "/restaurants", "/announcements", "/orders/{orderId}/track"}:
            assert (await asks(guest, route, things)).code == "not_found", named(route)


async def test_an_item_is_on_the_menu_of_its_own_restaurant_alone(
    manager: Caller, house: House, owner_elsewhere: Caller, things: dict[str, str]
) -> None:
    elsewhere = (await owner_elsewhere.gets("/restaurants")).json["items"][0]["id"]
    for caller in (manager, owner_elsewhere):
        path = f"/restaurants/{elsewhere}/items/{things['itemId']}"
        assert (await caller.gets(path)).code == "not_found"
        assert (await caller.asks("PATCH", path, {"name": "Ours"})).code == "not_found"
    path = f"/restaurants/{house.id}/items/{things['itemId']}"
    assert (await manager.asks("PATCH", path, {"name": "Bisque"})).json["name"] == "Bisque"
    assert (await manager.gets(path)).json["name"] == "Bisque"


async def test_operators_alone_make_announcements(manager: Caller, things: dict[str, str]) -> None:
    answer = await manager.posts("/announcements", {"title": "Hear", "message": "Dinner is served."})
    assert (answer.status, answer.code) == (403, "not_your_job")
