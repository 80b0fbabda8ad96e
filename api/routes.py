"""The table of contents of `/api/v2`: every route, what it asks or shows, who may, and how often.

Handlers, the OpenAPI document and the tests are read from `CHAPTERS`. What a command needs stands at the command, who
may do that in `hub.rights`, and as what it is counted in `hub.limits`. A part of an address in braces is the field of
that name.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from api import (
    accounts,
    audit,
    avatars,
    boards,
    connections,
    devices,
    documents,
    floor,
    headers,
    health,
    invitations,
    keys,
    mailbox,
    menus,
    metrics,
    orders,
    passkeys,
    people,
    pins,
    profiles,
    restaurants,
    screens,
    second_factors,
    sessions,
    versions,
    vouching,
    welcome,
)
from api.asking import Asks
from api.counter import Counter
from api.errors import problems
from api.paths import ANY, PREFIX
from api.pictures import ShowsPicture, TakesPicture
from api.schemas import Route
from api.showing import Greets, Shows, SignsIn
from api.telling import ByAccount, Confides, Tells
from api.v1 import envelope, speaking
from api.v1.aliases import names_of
from api.v1.document import document as older_document
from api.v1.envelope import OWN_PREFIX as OLDER
from api.v1.formerly import FORMER
from api.versions import VERSION, Version
from api.watching import watch
from hub.commands.addresses import AddAddress, ChangeAddress, RemoveAddress
from hub.commands.devices import InviteDevice, RenameDevice, RevokeDevice, RotateDevice
from hub.commands.floor import AddSection, AddTable, ChangeTable, RemoveTable, SeatParty, SetTableStatus
from hub.commands.invitations import InvitePerson, SendInvitationAgain, WithdrawInvitation
from hub.commands.keys import ChangeKey, MakeKey, RevokeKey, RotateKey
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
from hub.commands.passkeys import RemovePasskey
from hub.commands.people import Announce, GiveRole, Notify, TakeRole
from hub.commands.pins import RemovePin
from hub.commands.profiles import ChangePreferences, ChangeProfile, RemoveAvatar
from hub.commands.restaurants import OpenRestaurant
from hub.commands.sessions import EndSession, LogOut, LogOutEverywhere
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
from hub.commands.vouching import UnlinkAccount
from hub.keys import HUB, Hub
from hub.limits import PASSWORD_RESET, PUBLIC, SIGN_UP
from hub.rights import Permission

HOUSE = "/restaurants/{restaurantId}"
ITEM = "/items/{itemId}"
TABLE = "/tables/{tableId}"
ORDER = "/orders/{orderId}"
TICKET = "/tickets/{ticketId}"
KEY = "/keys/{keyId}"
INVITATION = "/invitations/{invitationId}"
DEVICE = "/devices/{deviceId}"
ADDRESS = "/me/addresses/{addressId}"


MENU = Shows(HOUSE + "/menu", menus.whole, Permission.MENU_READ, tier=None)
"""What the counter hands over."""

CHAPTERS: Mapping[str, tuple[Route, ...]] = MappingProxyType(
    {
        "sessions": (
            SignsIn("/auth/login", sessions.sign_in, sessions.tried),
            SignsIn("/auth/demo", welcome.sign_in_to_demo, everywhere=False),
            SignsIn("/auth/pin", pins.tap),
            SignsIn("/auth/refresh", sessions.refresh),
            Greets("/auth/providers", vouching.providers),
            SignsIn("/auth/google/begin", vouching.begin_with_google, everywhere=False),
            SignsIn("/auth/google/finish", vouching.finish_with_google, vouching.tried, False),
            SignsIn("/auth/facebook/begin", vouching.begin_with_facebook, everywhere=False),
            SignsIn("/auth/facebook/finish", vouching.finish_with_facebook, vouching.tried, False),
            Greets("/auth/passkeys", passkeys.passkeys_here),
            SignsIn("/auth/passkeys/begin", passkeys.begin_with_passkey, everywhere=False),
            SignsIn("/auth/passkeys/finish", passkeys.finish_with_passkey, passkeys.tried, False),
            Shows("/auth/validate", sessions.validate),
            Asks("POST", "/auth/logout", LogOut),
            Asks("POST", "/auth/logout-everywhere", LogOutEverywhere),
            Shows("/me/sessions", sessions.mine),
            Asks("DELETE", "/me/sessions/{sessionId}", EndSession),
            Shows("/me/links", vouching.mine, Permission.ACCOUNT_KEEP),
            Asks("DELETE", "/me/links/{provider}", UnlinkAccount),
            # a second factor
            Shows("/me/totp", second_factors.show, Permission.ACCOUNT_KEEP),
            Confides("POST", "/me/totp", second_factors.begin_second_factor),
            Confides("POST", "/me/totp/confirm", second_factors.confirm_second_factor),
            Confides("POST", "/me/totp/recovery-codes", second_factors.renew_recovery_codes),
            Confides("DELETE", "/me/totp", second_factors.switch_off_second_factor),
            # passkeys
            Shows("/me/passkeys", passkeys.mine, Permission.ACCOUNT_KEEP),
            Confides("POST", "/me/new-passkey", passkeys.begin_passkey),
            Confides("POST", "/me/passkeys", passkeys.add_passkey, status=201),
            Asks("DELETE", "/me/passkeys/{passkeyId}", RemovePasskey),
            # at kitchen tablets
            Shows("/me/pin", pins.mine, Permission.ACCOUNT_KEEP),
            Confides("PUT", "/me/pin", pins.set_pin),
            Asks("DELETE", "/me/pin", RemovePin),
        ),
        "accounts": (
            Tells("/auth/register", accounts.register, SIGN_UP, ByAccount(SIGN_UP, attrgetter("email")), status=202),
            Tells("/auth/verify", accounts.verify, PUBLIC),
            Tells(
                "/auth/verify/again",
                accounts.write_again,
                PUBLIC,
                ByAccount(PASSWORD_RESET, lambda said: str(said.registration_id)),
                status=202,
            ),
            Tells(
                "/auth/forgot",
                accounts.forgot,
                PUBLIC,
                ByAccount(PASSWORD_RESET, attrgetter("email")),
                status=202,
            ),
            Tells("/auth/reset", accounts.reset, PUBLIC),
            Confides("PUT", "/me/password", accounts.change_password),
            Confides("DELETE", "/me", accounts.delete),
        ),
        "people": (
            Greets("/welcome", welcome.welcome),
            Shows("/me", people.me),
            Shows(HOUSE + "/people", people.of_restaurant, Permission.PEOPLE_MANAGE),
            Asks("PUT", HOUSE + "/people/{userId}/roles/{role}", GiveRole),
            Asks("DELETE", HOUSE + "/people/{userId}/roles/{role}", TakeRole),
            Asks("POST", "/announcements", Announce),
            Asks("POST", "/people/{userId}/notices", Notify),
        ),
        "invitations": (
            Shows(HOUSE + "/invitations", invitations.of_restaurant, Permission.PEOPLE_MANAGE),
            Asks("POST", HOUSE + "/invitations", InvitePerson, made=HOUSE + "/invitations"),
            # one invitation
            Asks("POST", INVITATION + "/send", SendInvitationAgain),
            Asks("DELETE", INVITATION, WithdrawInvitation),
            # with the letter
            Tells("/auth/invitation", invitations.read_invitation, PUBLIC),
            Tells("/auth/join", invitations.join_team, PUBLIC),
            Confides("POST", "/me/invitations", invitations.accept_invitation),
        ),
        "connections": (
            Shows("/connections", connections.hubs, Permission.HUBS_WATCH),
            Shows("/people/{userId}/connections", connections.of_person, Permission.HUBS_WATCH),
        ),
        "profiles": (
            Asks("PATCH", "/me", ChangeProfile),
            Shows("/me/preferences", profiles.preferences, Permission.ACCOUNT_KEEP),
            Asks("PATCH", "/me/preferences", ChangePreferences),
            Shows("/me/addresses", profiles.my_addresses, Permission.ACCOUNT_KEEP),
            Asks("POST", "/me/addresses", AddAddress, made="/me/addresses"),
            Asks("PATCH", ADDRESS, ChangeAddress),
            Asks("DELETE", ADDRESS, RemoveAddress),
            Shows("/me/statistics", profiles.statistics, Permission.ACCOUNT_KEEP),
            ShowsPicture("/me/avatar", avatars.mine, Permission.ACCOUNT_KEEP),
            TakesPicture("/me/avatar", avatars.put, Permission.ACCOUNT_KEEP),
            Asks("DELETE", "/me/avatar", RemoveAvatar),
        ),
        "keys": (
            Shows(HOUSE + "/keys", keys.of_restaurant, Permission.KEYS_MANAGE),
            Asks("POST", HOUSE + "/keys", MakeKey, made=KEY),
            # one key
            Shows(KEY, keys.one, Permission.KEYS_MANAGE),
            Asks("PATCH", KEY, ChangeKey),
            Asks("DELETE", KEY, RevokeKey),
            Asks("POST", KEY + "/rotate", RotateKey),
        ),
        "devices": (
            SignsIn("/auth/enroll", devices.enroll, devices.tried),
            Shows("/devices/me/people", devices.people),
            Shows(HOUSE + "/devices", devices.of_restaurant, Permission.DEVICES_MANAGE),
            Asks("POST", HOUSE + "/devices", InviteDevice, made=HOUSE + "/devices"),
            # one tablet
            Asks("PATCH", DEVICE, RenameDevice),
            Asks("DELETE", DEVICE, RevokeDevice),
            Asks("POST", DEVICE + "/rotate", RotateDevice),
        ),
        "audit": (
            Shows(HOUSE + "/audit", audit.of_restaurant, Permission.AUDIT_READ),
            Shows(HOUSE + "/audit/wholeness", audit.wholeness, Permission.AUDIT_READ),
            Shows("/audit", audit.of_platform, Permission.HUBS_WATCH),
            Shows("/audit/wholeness", audit.wholeness_of_platform, Permission.HUBS_WATCH),
        ),
        "restaurants": (
            Shows("/restaurants", restaurants.mine),
            Asks("POST", "/restaurants", OpenRestaurant, made=HOUSE),
            Shows(HOUSE, restaurants.one, Permission.RESTAURANT_READ),
        ),
        "menu": (
            MENU,
            Shows(HOUSE + "/menu/sections", menus.sections, Permission.MENU_READ),
            Asks("POST", HOUSE + "/menu/sections", AddMenuSection, made=HOUSE + "/menu/sections"),
            Shows(HOUSE + "/stations", menus.stations, Permission.STATIONS_READ),
            Asks("POST", HOUSE + "/stations", AddStation, made=HOUSE + "/stations"),
            Asks("PUT", "/stations/{stationId}/backup", SetStationBackup),
            Shows(HOUSE + "/items", menus.items, Permission.MENU_READ),
            Asks("POST", HOUSE + "/items", AddItem, made="/items/{id}"),
            # one item
            Shows(ITEM, menus.item, Permission.MENU_READ),
            Asks("PATCH", ITEM, ChangeItem),
            Asks("DELETE", ITEM, RemoveItem),
            Asks("POST", ITEM + "/eighty-six", EightySixItem),
            Asks("POST", ITEM + "/restore", RestoreItem),
            # the same, for whoever comes by way of the restaurant
            Shows(HOUSE + ITEM, menus.item_of, Permission.MENU_READ),
            Asks("PATCH", HOUSE + ITEM, ChangeItem, within=menus.is_on_menu),
            Asks("DELETE", HOUSE + ITEM, RemoveItem, within=menus.is_on_menu),
            Asks("POST", HOUSE + ITEM + "/eighty-six", EightySixItem, within=menus.is_on_menu),
            Asks("POST", HOUSE + ITEM + "/restore", RestoreItem, within=menus.is_on_menu),
        ),
        "floor": (
            Shows(HOUSE + "/sections", floor.sections, Permission.FLOOR_READ),
            Asks("POST", HOUSE + "/sections", AddSection, made=HOUSE + "/sections"),
            Shows(HOUSE + "/tables", floor.tables, Permission.FLOOR_READ),
            Asks("POST", HOUSE + "/tables", AddTable, made="/tables/{tableId}"),
            # one table
            Shows(TABLE, floor.table, Permission.FLOOR_READ),
            Shows(TABLE + "/link", floor.link, Permission.GUESTS_INVITE),
            Asks("PATCH", TABLE, SetTableStatus),
            Asks("DELETE", TABLE, RemoveTable),
            Asks("PATCH", TABLE + "/plan", ChangeTable),
            Asks("POST", TABLE + "/seatings", SeatParty, made=TABLE),
        ),
        "orders": (
            Shows(HOUSE + "/orders", orders.page, Permission.ORDERS_READ),
            Asks("POST", HOUSE + "/orders", PlaceOrder, made="/orders/{orderId}"),
            # one order
            Shows(ORDER, orders.order, Permission.ORDERS_READ),
            Shows(ORDER + "/track", boards.track),
            Shows(ORDER + "/link", orders.link, Permission.GUESTS_INVITE),
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

BUSY = (MENU.path, HOUSE + "/orders")
"""What is asked for most. aiohttp tries a restaurant's addresses one by one, in the order in which they were added."""

Page = Callable[[web.Request], Awaitable[web.Response]]

PAGES: Mapping[str, Page] = MappingProxyType(
    {
        "/docs": documents.page("index.html"),
        "/docs/rooms": documents.page("rooms.html"),
        "/docs/index.js": documents.page("index.js"),
        "/docs/rooms.js": documents.page("rooms.js"),
        "/docs/shared.js": documents.page("shared.js"),
        "/docs/style.css": documents.page("style.css"),
        "/mailbox": mailbox.letters,
        "/mailbox/{letter}": mailbox.letter,
        "/mailbox/{letter}/html": mailbox.as_html,
        "/favicon.ico": documents.page("bell.svg"),
        PREFIX + "/openapi.json": documents.openapi_of(CHAPTERS),
        OLDER + "/openapi.json": documents.document(lambda: older_document(CHAPTERS)),
        "/health": health.summary,
        "/health/live": health.live,
        "/health/ready": health.ready,
    }
)
"""What is for everybody, and no part of the API."""


def counter(hub: Hub) -> Counter:
    """What stands before these routes and answers the same, sooner."""
    return Counter(hub, MENU.path, MENU.needs)


def addressed(route: Route) -> Iterator[tuple[str, Handler]]:
    """Every address of a route, with what answers there: in the version that the address names, or else in the one that
    is asked for."""
    own, older = route.handler(), speaking.handler_of(route)

    async def whichever(request: web.Request) -> web.StreamResponse:
        return await (older if request.get(VERSION) is Version.V1 else own)(request)

    yield PREFIX + route.path, own
    yield ANY + route.path, whichever
    for name in names_of(route.path):
        yield OLDER + name, older


@cache
def _resources() -> tuple[web.AbstractResource, ...]:
    """The API's addresses with what answers there. A handler finds its hub in the request, so one serves all hubs."""
    router = web.UrlDispatcher()
    for route in sorted(ROUTES, key=lambda route: route.path not in BUSY):
        # Whoever may GET may ask for the HEAD alone.
        add = router.add_get if route.method == "GET" else partial(router.add_route, route.method)
        for address, handler in addressed(route):
            add(address, handler)
    for route in (one for routes in FORMER.values() for one in routes):
        router.add_route(route.method, OLDER + route.path, speaking.handler_of(route))
    return tuple(router.resources())


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
    app.middlewares.extend((watch, envelope.wrap, problems, headers.preflights, versions.choose))
    app.on_response_prepare.append(headers.protect)
    for resource in _resources():
        app.router.register_resource(resource)
    for path, page in PAGES.items():
        app.router.add_get(path, page)
    screens.attach(app.router, built)
    if asyncapi is not None:
        app.router.add_get(PREFIX + "/asyncapi.json", documents.document(asyncapi))
    if hub.settings.metrics_port is None:
        app.router.add_get("/metrics", metrics.show)
