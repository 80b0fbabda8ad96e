"""The table of contents of `/api/v2`: every route, what it asks or shows, and who may.

Handlers, the OpenAPI document and the tests are read from `CHAPTERS`. Who may ask a command stands at the command. A
part of an address in braces is the field of that name.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aiohttp import web

from api import boards, documents, floor, headers, health, menus, metrics, orders, people, restaurants, screens, welcome
from api.asking import Asks
from api.counter import Counter
from api.errors import problems
from api.paths import PREFIX
from api.schemas import Route
from api.showing import Greets, Shows, SignsIn
from api.watching import watch
from hub.commands.floor import AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus
from hub.commands.menu import (
    AddItem,
    AddMenuSection,
    AddStation,
    ChangeItem,
    EightySixItem,
    RemoveItem,
    RestoreItem,
    SetStationBackup,
)
from hub.commands.orders import (
    AddLines,
    CancelOrder,
    CloseOrder,
    DecideVoid,
    FireCourse,
    MoveLine,
    PlaceOrder,
    ServeOrder,
    VoidLine,
)
from hub.commands.people import Announce, GiveRole, TakeRole
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
from hub.keys import HUB, Hub
from hub.people import FLOOR_STAFF, STAFF, STAFF_AND_GUESTS

HOUSE = "/restaurants/{restaurantId}"
ITEM = "/items/{itemId}"
TABLE = "/tables/{tableId}"
ORDER = "/orders/{orderId}"
TICKET = "/tickets/{ticketId}"

MENU = Shows(HOUSE + "/menu", menus.whole, STAFF_AND_GUESTS)
"""What the counter hands over."""

CHAPTERS: Mapping[str, tuple[Route, ...]] = MappingProxyType(
    {
        "people": (
            Greets("/welcome", welcome.welcome),
            SignsIn("/auth/login", people.sign_in),
            SignsIn("/auth/demo", welcome.sign_in_to_demo, everywhere=False),
            Shows("/me", people.me),
            Asks("PUT", HOUSE + "/people/{userId}/roles/{role}", GiveRole),
            Asks("DELETE", HOUSE + "/people/{userId}/roles/{role}", TakeRole),
            Asks("POST", "/announcements", Announce),
        ),
        "restaurants": (
            Shows("/restaurants", restaurants.mine),
            Shows(HOUSE, restaurants.one, STAFF_AND_GUESTS),
        ),
        "menu": (
            MENU,
            Shows(HOUSE + "/menu/sections", menus.sections, STAFF_AND_GUESTS),
            Asks("POST", HOUSE + "/menu/sections", AddMenuSection, made=HOUSE + "/menu/sections"),
            Shows(HOUSE + "/stations", menus.stations, STAFF),
            Asks("POST", HOUSE + "/stations", AddStation, made=HOUSE + "/stations"),
            Asks("PUT", "/stations/{stationId}/backup", SetStationBackup),
            Shows(HOUSE + "/items", menus.items, STAFF_AND_GUESTS),
            Asks("POST", HOUSE + "/items", AddItem, made="/items/{id}"),
            # one item
            Shows(ITEM, menus.item, STAFF_AND_GUESTS),
            Asks("PATCH", ITEM, ChangeItem),
            Asks("DELETE", ITEM, RemoveItem),
            Asks("POST", ITEM + "/eighty-six", EightySixItem),
            Asks("POST", ITEM + "/restore", RestoreItem),
            # the same, for whoever comes by way of the restaurant
            Shows(HOUSE + ITEM, menus.item_of, STAFF_AND_GUESTS),
            Asks("PATCH", HOUSE + ITEM, ChangeItem, within=menus.is_on_menu),
            Asks("DELETE", HOUSE + ITEM, RemoveItem, within=menus.is_on_menu),
            Asks("POST", HOUSE + ITEM + "/eighty-six", EightySixItem, within=menus.is_on_menu),
            Asks("POST", HOUSE + ITEM + "/restore", RestoreItem, within=menus.is_on_menu),
        ),
        "floor": (
            Shows(HOUSE + "/sections", floor.sections, STAFF),
            Asks("POST", HOUSE + "/sections", AddSection, made=HOUSE + "/sections"),
            Shows(HOUSE + "/tables", floor.tables, STAFF),
            Asks("POST", HOUSE + "/tables", AddTable, made="/tables/{tableId}"),
            # one table
            Shows(TABLE, floor.table, STAFF),
            Shows(TABLE + "/link", floor.link, FLOOR_STAFF),
            Asks("PATCH", TABLE, SetTableStatus),
            Asks("DELETE", TABLE, RemoveTable),
            Asks("PATCH", TABLE + "/plan", ChangeTable),
            Asks("POST", TABLE + "/seatings", SeatParty, made=TABLE),
        ),
        "orders": (
            Shows(HOUSE + "/orders", orders.page, STAFF),
            Asks("POST", HOUSE + "/orders", PlaceOrder, made="/orders/{orderId}"),
            # one order
            Shows(ORDER, orders.order, STAFF),
            Shows(ORDER + "/track", boards.track),
            Shows(ORDER + "/link", orders.link, FLOOR_STAFF),
            Asks("POST", ORDER + "/lines", AddLines),
            Asks("POST", ORDER + "/lines/{lineId}/void", VoidLine),
            Asks("POST", ORDER + "/lines/{lineId}/decide", DecideVoid),
            Asks("POST", ORDER + "/lines/{lineId}/move", MoveLine),
            Asks("POST", ORDER + "/courses/{course}/fire", FireCourse),
            Asks("POST", ORDER + "/serve", ServeOrder),
            Asks("POST", ORDER + "/cancel", CancelOrder),
            Asks("POST", ORDER + "/close", CloseOrder),
        ),
        "tickets": (
            Asks("POST", TICKET + "/start", StartTicket),
            Asks("POST", TICKET + "/bump", BumpTicket),
            Asks("POST", TICKET + "/recall", RecallTicket),
            Asks("POST", TICKET + "/rush", RushTicket),
            Asks("POST", TICKET + "/clear", ClearTicket),
        ),
        "rooms": (
            Shows("/rooms/{room}", boards.room),
            Shows("/rooms/{room}/entries", boards.entries),
        ),
    }
)

ROUTES: tuple[Route, ...] = tuple(route for chapter in CHAPTERS.values() for route in chapter)

Page = Callable[[web.Request], Awaitable[web.Response]]

PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "/docs": documents.page("index.html"),
        "/docs/rooms": documents.page("rooms.html"),
        "/docs/index.js": documents.page("index.js"),
        "/docs/rooms.js": documents.page("rooms.js"),
        "/docs/shared.js": documents.page("shared.js"),
        "/docs/style.css": documents.page("style.css"),
        "/favicon.ico": documents.page("bell.svg"),
        PREFIX + "/openapi.json": documents.openapi_of(CHAPTERS),
        "/health": health.summary,
        "/health/live": health.live,
        "/health/ready": health.ready,
    }
)
"""What is for everybody, and no part of the API."""


def counter(hub: Hub) -> Counter:
    """What stands before these routes and answers the same, sooner."""
    return Counter(hub, MENU.path, MENU.may or frozenset())


def attach(
    app: web.Application,
    hub: Hub,
    *,
    asyncapi: Callable[[], Mapping[str, Any]] | None = None,
    built: Path = screens.BUILT,
) -> None:
    """Add every route, what stands before all of them, and the hub under its key, to an application not yet started.

    `asyncapi` makes the rooms' document, where there are rooms. `built` is the folder of the screens.
    """
    app[HUB] = hub
    app.middlewares.extend((watch, problems, headers.preflights))
    app.on_response_prepare.append(headers.protect)
    for route in ROUTES:
        # Whoever may GET may ask for the HEAD alone.
        add = app.router.add_get if route.method == "GET" else partial(app.router.add_route, route.method)
        add(PREFIX + route.path, route.handler())
    for path, page in PAGES.items():
        app.router.add_get(path, page)
    screens.attach(app.router, built)
    if asyncapi is not None:
        app.router.add_get(PREFIX + "/asyncapi.json", documents.document(asyncapi))
    if hub.settings.metrics_port is None:
        app.router.add_get("/metrics", metrics.show)
