"""The counter hands over what lies ready; nobody can tell which way an answer came, and nothing else is taken."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from aiohttp import web
from aiohttp.http_parser import RawRequestMessage
from structlog.testing import capture_logs

from api import counter, routes
from hub.keys import Hub
from hub.people import Role
from hub.serving import take_port
from tests.api.conftest import ORIGIN, Caller, Calls
from tests.support.houses import House
from tests.support.waiting import until_a_connection_waits

SECONDS_MAX = 10.0
OF_THE_MOMENT = {"date", "x-request-id"}


@dataclass
class Window:
    """A connection to a hub's port, in bytes."""

    hub: Hub
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    token: str

    def says(self, path: str, *headers: str, method: str = "GET", version: str = "1.1", body: str = "") -> None:
        lines = [f"{method} {path} HTTP/{version}", "Host: hub", f"Authorization: Bearer {self.token}", *headers]
        self.writer.write("\r\n".join([*lines, "", body]).encode())

    async def hears(self, *, has_body: bool = True) -> tuple[int, dict[str, str], bytes]:
        async with asyncio.timeout(SECONDS_MAX):
            head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines)
            length = int(headers.get("content-length", 0)) if has_body else 0
            return int(first.split(" ")[1]), headers, await self.reader.readexactly(length)

    async def asks(self, path: str, *headers: str) -> tuple[int, dict[str, str], bytes]:
        self.says(path, *headers)
        return await self.hears()


@pytest.fixture
async def counted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each request that reached the counter was answered there."""
    seen: list[bool] = []
    ask = routes.Counter.answer

    def answer(self: routes.Counter, request: RawRequestMessage) -> bytes | None:
        answered = ask(self, request)
        seen.append(answered is not None)
        return answered

    monkeypatch.setattr(routes.Counter, "answer", answer)
    return seen


@pytest.fixture
async def window(hub: Hub, house: House, calls: Calls, counted: list[bool]) -> AsyncIterator[Window]:
    """A connection to the hub, whose counter has the menu ready."""
    app = web.Application()
    routes.attach(app, hub)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    listener = take_port("127.0.0.1", 0)
    assert runner.server is not None
    server = await asyncio.get_running_loop().create_server(routes.counter(hub).tend(runner.server), sock=listener)
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.getsockname()[1])
    window = Window(hub, reader, writer, calls(Role.WAITER).token or "")
    for _ in range(2):
        await window.asks(menu_of(house))
    counted.clear()
    yield window
    writer.close()
    server.close()
    await runner.cleanup()


def menu_of(house: House) -> str:
    return f"/api/v2/restaurants/{house.id}/menu"


def lasting(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = answer
    return status, {name: value for name, value in headers.items() if name not in OF_THE_MOMENT}, body


def whole_way(path: str) -> str:
    """The same address in a way that is not plain."""
    return path + "?"


# ------------------------------------------------------------------ the same answer


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("by", ["http", "https"])
async def test_nobody_can_tell_which_way_an_answer_came(
    window: Window, house: House, counted: list[bool], known: bool, by: str
) -> None:
    tag = (await window.asks(menu_of(house)))[1]["etag"].replace("w/", "W/")
    asked = ["X-Request-ID: mine", f"X-Forwarded-Proto: {by}", f"If-None-Match: {tag if known else 'W/other'}"]
    here = await window.asks(menu_of(house), *asked)
    there = await window.asks(whole_way(menu_of(house)), *asked)
    assert counted == [True, True, False]
    assert here[0] == (304 if known else 200)
    assert lasting(here) == lasting(there)
    assert here[1].keys() == there[1].keys()
    assert here[1]["x-request-id"] == there[1]["x-request-id"] == "mine"


async def test_what_was_handed_over_is_counted_and_logged_like_everything_else(window: Window, house: House) -> None:
    with capture_logs() as logged:
        await window.asks(menu_of(house), "X-Request-ID: mine")
        await window.asks(whole_way(menu_of(house)), "X-Request-ID: mine")
    here, there = ({**line, "ms": 0} for line in logged if line["event"] == "A request was answered.")
    # The whole way's id is in its task's context, which is not captured here.
    assert here == {**there, "request_id": "mine"}
    labels = {"method": "GET", "route": "/api/v2/restaurants/{restaurantId}/menu", "status": "2xx"}
    assert window.hub.metrics.registry.get_sample_value("brigade_http_seconds_count", labels) == 4


async def test_each_answer_has_an_id_of_its_own(window: Window, house: House) -> None:
    ids = {(await window.asks(menu_of(house)))[1]["x-request-id"] for _ in range(3)}
    assert len(ids) == 3
    assert all(str(UUID(one)) == one for one in ids)


# ------------------------------------------------------------------ what goes the whole way


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"method": "POST"}, 405),
        ({"version": "1.0"}, 200),
        ({"headers": ("Connection: close",)}, 200),
        ({"headers": ("Content-Length: 2",), "body": "{}"}, 200),
        ({"headers": ("Expect: 100-continue",)}, 100),
        ({"headers": (f"Origin: {ORIGIN}",)}, 200),
    ],
    ids=str,
)
async def test_what_is_not_plain_goes_the_whole_way(
    window: Window, house: House, counted: list[bool], asked: dict[str, Any], status: int
) -> None:
    said = dict(asked)
    headers = said.pop("headers", ())
    window.says(menu_of(house), *headers, **said)
    answered = await window.hears()
    assert True not in counted
    assert answered[0] == status
    if headers and headers[0].startswith("Origin"):
        assert answered[1]["access-control-allow-origin"] == ORIGIN.lower()


async def test_who_asks_a_hub_that_stops_is_answered_and_told_to_hang_up(
    window: Window, house: House, hub: Hub, counted: list[bool]
) -> None:
    hub.is_stopping = True
    window.says(menu_of(house))
    status, headers, _ = await window.hears()
    assert (status, headers["connection"], counted) == (200, "close", [False])
    assert await window.reader.read() == b""


async def test_the_head_alone_goes_the_whole_way(window: Window, house: House, counted: list[bool]) -> None:
    window.says(menu_of(house), method="HEAD")
    status, headers, _ = await window.hears(has_body=False)
    assert (status, counted) == (200, [False])
    assert int(headers["content-length"]) > 0


async def test_who_is_not_known_or_may_not_is_told_so_on_the_whole_way(
    window: Window, house: House, counted: list[bool], owner_elsewhere: Caller
) -> None:
    window.token = "not a token"
    assert (await window.asks(menu_of(house)))[0] == 401
    window.token = owner_elsewhere.token or ""
    for _ in range(2):
        assert (await window.asks(menu_of(house)))[0] == 404
    assert counted == [False] * 3


async def test_whose_role_was_taken_is_handed_nothing_more(
    window: Window, house: House, calls: Calls, counted: list[bool]
) -> None:
    took = await calls(Role.OWNER).asks(
        "DELETE", f"/restaurants/{house.id}/people/{house.user(Role.WAITER)}/roles/waiter"
    )
    assert took.status == 200
    assert (await window.asks(menu_of(house)))[0] == 404
    assert counted == [False]


# ------------------------------------------------------------------ in time


@pytest.mark.parametrize("begun", ["", "GET", "GET /health/live HTTP/1.1\r\nHost: hub\r\n"])
async def test_who_does_not_come_to_the_end_of_a_requests_head_is_not_waited_for(
    window: Window, monkeypatch: pytest.MonkeyPatch, begun: str
) -> None:
    monkeypatch.setattr(counter, "HEAD_SECONDS_MAX", 0.2)
    reader, writer = await asyncio.open_connection(*window.writer.get_extra_info("peername")[:2])
    writer.write(begun.encode())
    async with asyncio.timeout(SECONDS_MAX):
        assert await reader.read() == b""
    writer.close()
    # Somebody who has asked before and says nothing may stay.
    assert (await window.asks("/health/live"))[0] == 200


async def test_nor_is_who_begins_another_request_and_does_not_go_on(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counter, "HEAD_SECONDS_MAX", 0.2)
    assert (await window.asks("/health/live"))[0] == 200
    window.writer.write(b"GET /health/live HTTP/1.1\r\n")
    async with asyncio.timeout(SECONDS_MAX):
        assert await window.reader.read() == b""


async def test_a_head_may_come_in_pieces(window: Window, waiter: Caller) -> None:
    for piece in ("GET /health/live HT", "TP/1.1\r\nHost: hub\r", "\n\r\n"):
        window.writer.write(piece.encode())
        # Meanwhile the loop goes round often enough to have read that.
        assert (await waiter.gets("/me")).status == 200
    assert (await window.hears())[0] == 200


# ------------------------------------------------------------------ in its turn


async def test_several_asked_for_in_one_breath_are_answered_in_their_order(window: Window, house: House) -> None:
    window.says("/api/v2/me", "X-Request-ID: one")
    window.says(menu_of(house), "X-Request-ID: two")
    window.says("/api/v2/restaurants", "X-Request-ID: three")
    assert [(await window.hears())[1]["x-request-id"] for _ in range(3)] == ["one", "two", "three"]


async def test_who_asks_again_before_the_answer_is_answered_in_the_order_of_asking(
    window: Window, house: House, waiter: Caller, counted: list[bool]
) -> None:
    database = window.hub.database
    async with database.transaction() as line:
        await line.execute("lock table dining_table in access exclusive mode")
        window.says(f"/api/v2/restaurants/{house.id}/tables")
        await until_a_connection_waits(line)
        window.says(menu_of(house))
        # Meanwhile the loop goes round often enough to have read that.
        assert (await waiter.gets("/me")).status == 200
    assert b"seats" in (await window.hears())[2]
    assert b"sections" in (await window.hears())[2]
    assert counted == [False]
