"""The counter: what lies ready is handed over as soon as somebody asks, before their request is anybody's task.

Most requests want what was made long ago, the menu above all. aiohttp reads them as it reads all others; then, where
the bytes are at hand and whoever asks is known, they are answered within the same step of the loop: no task, no router,
no middleware. Whatever is not as plain as that goes the whole way (`routes`), and who may have what is said there too,
so nobody can tell from an answer which way it came.

Whoever is slow to ask is not waited for at the counter: aiohttp gives a request's head as long as it likes.
Its inside is aiohttp's: `tend` stands between a connection and its parser.
"""

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from email.utils import formatdate
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from aiohttp import EMPTY_PAYLOAD, hdrs
from aiohttp.http_parser import RawRequestMessage
from aiohttp.http_writer import HttpVersion11
from aiohttp.web_protocol import RequestHandler

from api import headers, menus, versions, watching
from api.callers import bearer_of
from api.paths import PREFIX
from api.showing import JSON, Look, NotModified
from hub.domain.refusals import Refused
from hub.ids import RestaurantId
from hub.keys import Hub
from hub.rights import Permission

HEAD_SECONDS_MAX = 15.0
"""How long a connection may take to its first request, and each request to the end of its head."""
ADDRESSES_MAX = 1_000
"""Addresses that are read once."""

_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_IN_ADDRESS = "{restaurantId}"

Connection = RequestHandler


class Counter:
    """Hands menus over: at `route`, such as `/restaurants/{restaurantId}/menu`, to whoever may do what that needs."""

    def __init__(self, hub: Hub, route: str, needs: Permission | None) -> None:
        self._hub = hub
        self._route = PREFIX + route
        self._needs = needs
        before, after = map(re.escape, self._route.split(_IN_ADDRESS))
        self._address = re.compile(f"{before}({_ID}){after}")
        self._address_length = len(self._route) - len(_IN_ADDRESS) + len(str(UUID(int=0)))
        self._restaurant = lru_cache(ADDRESSES_MAX)(self._read_address)
        always = {**headers.SECURITY, "Cache-Control": "private, no-cache", **headers.OWN}
        if hub.settings.allowed_origins:
            always["Vary"] = hdrs.ORIGIN
        self._always = _lines(always)
        self._by_tls = _lines({**always, **headers.BY_TLS})

    def tend(self, open_connection: Callable[[], Connection]) -> Callable[[], Connection]:
        """What opens connections so that their requests are seen here first."""

        def opened() -> Connection:
            connection = open_connection()
            connection._parser = cast(Any, _Attendant(connection, self))
            return connection

        return opened

    def answer(self, request: RawRequestMessage) -> bytes | None:
        """The whole answer to a request without a body; None where it has to go the whole way."""
        given = request.headers
        if len(request.path) != self._address_length or self._hub.is_stopping or not _is_plain(request):
            return None
        began = time.perf_counter()
        restaurant, token = self._restaurant(request.path), bearer_of(given)
        if restaurant is None or not token:
            return None
        try:
            by = self._hub.identities.at_sight(token)
            if by is None:
                return None
            look = Look(self._hub, by, self._needs, given.get(hdrs.IF_NONE_MATCH, ""))
            body = menus.at_hand(look, restaurant)
            if body is None or look.tag is None:
                return None
            status, head = 200, f"200 OK\r\nContent-Type: {JSON}\r\nContent-Length: {len(body)}"
        except NotModified:
            status, head, body = 304, "304 Not Modified", b""
        except Refused:
            return None
        always = self._by_tls if headers.came_by_tls(given) else self._always
        request_id = watching.request_id(given)
        watching.note(self._hub, "GET", self._route, status, time.perf_counter() - began, by=by, request_id=request_id)
        return (
            f"HTTP/1.1 {head}\r\nETag: {look.tag}\r\nDate: {_date(int(time.time()))}\r\n"
            f"{watching.REQUEST_ID}: {request_id}\r\n{always}\r\n"
        ).encode() + body

    def _read_address(self, path: str) -> RestaurantId | None:
        found = self._address.fullmatch(path)
        return None if found is None else RestaurantId(UUID(found[1]))


def _is_plain(request: RawRequestMessage) -> bool:
    """Whether nothing about it is special: a GET in the hub's own version, on a connection that stays, from where no
    browser has to be told."""
    given = request.headers
    return (
        request.method == "GET"
        and request.version == HttpVersion11
        and not request.should_close
        and not request.upgrade
        and hdrs.ORIGIN not in given
        and versions.HEADER not in given
        and hdrs.EXPECT not in given
    )


def _lines(given: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in given.items())


@lru_cache(1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


class _Attendant:
    """In place of a connection's parser: takes out of what it reads the requests that the counter answers, and closes
    on who begins a request and does not go on."""

    __slots__ = ("_connection", "_counter", "_deadline", "_parser")

    def __init__(self, connection: Connection, counter: Counter) -> None:
        self._connection = connection
        self._counter = counter
        self._parser: Any = connection._parser
        self._deadline: asyncio.TimerHandle | None = None
        self._wait_for_a_head()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parser, name)

    def feed_data(self, data: bytes) -> Any:
        told = self._parser.feed_data(data)
        requests = told[0]
        if requests:
            self._has_a_head()
        elif data and self._deadline is None and self._is_waiting():
            self._wait_for_a_head()
        if len(requests) != 1 or not self._is_free():
            return told
        request, payload = requests[0]
        if payload is not EMPTY_PAYLOAD or (answer := self._counter.answer(request)) is None:
            return told
        connection = self._connection
        self._parser.message_consumed()
        connection._next_keepalive_close_time = connection._loop.time() + connection.keepalive_timeout
        assert connection.transport is not None
        connection.transport.write(answer)
        return (), told[1], told[2]

    def _is_free(self) -> bool:
        """Whether nothing was asked before it that is not answered yet, or not taken."""
        transport = self._connection.transport
        return (
            self._is_waiting()
            and transport is not None
            and not transport.is_closing()
            and transport.get_write_buffer_size() == 0
        )

    def _is_waiting(self) -> bool:
        waiter = self._connection._waiter
        return waiter is not None and not waiter.done() and not self._connection._messages

    def _wait_for_a_head(self) -> None:
        self._deadline = self._connection._loop.call_later(HEAD_SECONDS_MAX, self._give_up)

    def _has_a_head(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        self._connection.force_close()
