"""Requests that are begun in time and ended too late: what somebody may do is what they may do when all of it is said.

A body may take eighteen seconds, and a picture sixty. Whoever sees it coming that they are shut out begins some, and
holds back the last byte of each.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import orjson
import pytest
from yarl import URL

from hub.people import Role
from hub.store.connections import connection
from tests.security.signing_in import Crowd
from tests.support.houses import House, a_house
from tests.support.hubs import RunningHub

PATIENCE_SECONDS = 10.0

Ask = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


@pytest.fixture
async def house(hub: RunningHub) -> House:
    return await a_house(hub.hub.database)


@pytest.fixture
def ask(crowd: Crowd) -> Ask:
    """`await ask(token, "DELETE", "/me", {…})`: what is answered at once."""

    async def asked(token: str, method: str, path: str, body: object = None) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {token}"}
        async with crowd.web.request(method, f"{crowd.url}/api/v2{path}", json=body or {}, headers=headers) as answer:
            return answer.status, await answer.json(content_type=None)

    return asked


@asynccontextmanager
async def begun(
    hub: RunningHub, token: str, method: str, path: str, body: Mapping[str, object]
) -> AsyncIterator[Callable[[], Awaitable[bytes]]]:
    """A request that the hub has taken up, and of which the last byte is held back: ends it, and tells its answer."""
    said, url = orjson.dumps(body), URL(hub.url)
    async with asyncio.timeout(PATIENCE_SECONDS):
        reader, writer = await asyncio.open_connection(url.host, url.port)
        head = f"{method} /api/v2{path} HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {token}\r\n"
        head += f"Content-Type: application/json\r\nContent-Length: {len(said)}\r\nExpect: 100-continue\r\n\r\n"
        writer.write(head.encode())
        # It is said before the hub looks at who asks; behind an answer to somebody else it has done that as well.
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        writer.write(said[:-1])
        await writer.drain()

        async def end() -> bytes:
            writer.write(said[-1:])
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            return head.partition(b"\r\n")[0] + b" " + await reader.readexactly(length)

        yield end
        writer.close()


async def until_shut_out(ask: Ask, token: str, path: str) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (await ask(token, "GET", path))[0] == 200:
            pass


async def test_whoever_loses_a_role_does_not_end_what_they_began(hub: RunningHub, house: House, ask: Ask) -> None:
    manager, stations = house.token(Role.MANAGER), f"/restaurants/{house.id}/stations"
    async with begun(hub, manager, "POST", stations, {"name": "Sauce"}) as end:
        assert (await ask(manager, "GET", stations))[0] == 200
        taken = f"/restaurants/{house.id}/people/{house.user(Role.MANAGER)}/roles/manager"
        assert (await ask(house.token(Role.OWNER), "DELETE", taken))[0] == 200
        await until_shut_out(ask, manager, stations)
        answer = await end()
    assert answer.startswith(b"HTTP/1.1 404 "), answer
    _, said = await ask(house.token(Role.OWNER), "GET", stations)
    assert "Sauce" not in [one["name"] for one in said["items"]]


async def test_whoever_is_signed_out_sets_no_pin_any_more(hub: RunningHub, house: House, ask: Ask) -> None:
    waiter = house.token(Role.WAITER)
    async with begun(hub, waiter, "PUT", "/me/pin", {"pin": "7394"}) as end:
        assert (await ask(waiter, "GET", "/me/pin"))[0] == 200
        assert (await ask(waiter, "POST", "/auth/logout-everywhere"))[0] == 200
        await until_shut_out(ask, waiter, "/me/pin")
        answer = await end()
    assert answer.startswith(b"HTTP/1.1 401 "), answer
    assert b"session_over" in answer
    async with hub.hub.database.snapshot():
        assert not await connection().fetchval("select count(*) from pin where person_id = $1", house.user(Role.WAITER))


async def test_a_revoked_key_does_not_end_what_it_began(hub: RunningHub, house: House, ask: Ask) -> None:
    owner, orders = house.token(Role.OWNER), f"/restaurants/{house.id}/orders"
    scopes = {"name": "Till", "scopes": ["orders:take", "orders:read"]}
    _, made = await ask(owner, "POST", f"/restaurants/{house.id}/keys", scopes)
    order = {"kind": "pickup", "lines": [{"itemId": str(house.items["Burger"].id)}]}
    async with begun(hub, made["key"], "POST", orders, order) as end:
        assert (await ask(made["key"], "GET", orders))[0] == 200
        assert (await ask(owner, "DELETE", f"/keys/{made['keyId']}"))[0] == 200
        await until_shut_out(ask, made["key"], orders)
        answer = await end()
    assert answer.startswith(b"HTTP/1.1 401 "), answer
    assert (await ask(owner, "GET", orders))[1]["items"] == []
