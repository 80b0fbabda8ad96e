"""What every answer carries, who may call from elsewhere, how the hub says that it is well, and what is measured."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
import structlog
from yarl import URL

from api import metrics
from api.documents import FOLDER
from hub.actions.deed import Answered
from hub.audience import restaurant_scope
from hub.follow import Stage, Street
from hub.keys import Hub
from hub.people import Role
from hub.store.database import Database
from tests.api.conftest import ORIGIN, Caller, Client
from tests.support.houses import House, a_house
from tests.support.hubs import a_hub

PATHS = ["/api/v2/me", "/api/v2/nothing", "/health", "/docs", "/docs/index.js", "/api/v2/openapi.json", "/metrics"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_tells_browsers_to_trust_little(nobody: Caller, path: str) -> None:
    answer = await nobody.gets(path)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Server"] == "brigade"
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


async def test_an_allowed_origin_may_call_and_another_may_not(waiter: Caller) -> None:
    allowed = await waiter.gets("/me", Origin=ORIGIN)
    assert allowed.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert allowed.headers["Vary"] == "Origin"
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    for origin in ("https://evil.example", ORIGIN + ".evil.example", "null"):
        assert "Access-Control-Allow-Origin" not in (await waiter.gets("/me", Origin=origin)).headers


async def test_a_browser_may_ask_first(nobody: Caller) -> None:
    asked = {"Access_Control_Request_Method": "POST"}
    answer = await nobody.asks("OPTIONS", "/announcements", Origin=ORIGIN, **asked)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Max-Age"] == "86400"
    other = await nobody.asks("OPTIONS", "/announcements", Origin="https://evil.example", **asked)
    assert (other.status, "Access-Control-Allow-Origin" in other.headers) == (405, False)


@pytest.mark.parametrize(("given", "is_kept"), [("abc-123.X_y", True), ("a b", False), ("x" * 65, False), ("", False)])
async def test_a_request_id_is_kept_or_made(nobody: Caller, given: str, is_kept: bool) -> None:
    made = (await nobody.gets("/me", X_Request_ID=given)).headers["X-Request-ID"]
    assert made
    assert (made == given) == is_kept


async def test_a_request_is_one_line_that_says_who_and_never_with_which_token(waiter: Caller, house: House) -> None:
    with structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as lines:
        await waiter.gets(f"/restaurants/{house.id}/orders?limit=3", X_Request_ID="abc")
        await waiter.gets("/health/live")
    (line,) = [one for one in lines if one["log_level"] != "debug"]
    assert line.pop("ms") > 0
    assert line == {
        "event": "A request was answered.",
        "log_level": "info",
        "method": "GET",
        "route": "/api/v2/restaurants/{restaurantId}/orders",
        "status": 200,
        "actor": house.waiter.name,
        "request_id": "abc",
    }


async def test_requests_are_counted_by_template_and_status_class(waiter: Caller, hub: Hub, house: House) -> None:
    await waiter.gets(f"/items/{house.items['Soup'].id}")
    await waiter.gets("/nothing")
    await waiter.asks("PROPFIND", "/coffee")
    answer = await waiter.gets("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    text = answer.body.decode()
    assert 'brigade_http_seconds_count{method="GET",route="/api/v2/items/{itemId}",status="2xx"} 1.0' in text
    assert 'brigade_http_seconds_count{method="GET",route="unmatched",status="4xx"} 1.0' in text
    assert 'brigade_http_seconds_count{method="other",route="unmatched",status="4xx"} 1.0' in text


async def test_metrics_may_have_a_port_of_their_own(hub: Hub, aiohttp_client: Callable[..., Awaitable[Client]]) -> None:
    client = await aiohttp_client(metrics.application(hub))
    async with client.get("/metrics") as answer:
        assert "brigade_followers" in await answer.text()
    async with client.get("/health") as answer:
        assert answer.status == 404


async def test_a_hub_that_is_well_is_ready(nobody: Caller) -> None:
    assert (await nobody.gets("/health/live")).json == {"status": "ok"}
    ready = await nobody.gets("/health/ready")
    assert (ready.status, ready.json) == (200, {"status": "ok", "waitsFor": []})
    summary = (await nobody.gets("/health")).json
    assert summary["status"] == "ok"
    assert summary["checks"] == {"database": "ok", "redis": "ok", "followers": "ok", "hearing": "ok"}
    assert summary["uptimeSeconds"] >= 0
    assert set(summary) == {"status", "version", "uptimeSeconds", "checks"}


async def test_without_redis_it_is_ready_and_degraded(nobody: Caller, street: Street) -> None:
    street.cut()
    ready = await nobody.gets("/health/ready")
    assert (ready.status, ready.json["status"]) == (200, "degraded")
    assert (await nobody.gets("/health")).json["checks"]["redis"] == "degraded"
    street.mend()
    assert (await nobody.gets("/health/ready")).json["status"] == "ok"


async def test_a_hub_that_does_not_hear_itself_is_not_ready(nobody: Caller, hub: Hub) -> None:
    hub.hearing.stage = Stage.DEAF
    ready = await nobody.gets("/health/ready")
    assert (ready.status, ready.json) == (503, {"status": "down", "waitsFor": ["hearing"]})
    assert (await nobody.gets("/health/live")).status == 200
    hub.hearing.stage = Stage.HEARS
    hub.followers.doubt_doorbell(True)
    ready = await nobody.gets("/health/ready")
    assert (ready.status, ready.json["status"]) == (200, "degraded")


async def test_it_is_not_ready_before_what_it_waits_for(nobody: Caller, hub: Hub) -> None:
    hub.waits.append("seeding")
    ready = await nobody.gets("/health/ready")
    assert (ready.status, ready.json) == (503, {"status": "down", "waitsFor": ["seeding"]})
    hub.waits.clear()
    hub.is_stopping = True
    assert (await nobody.gets("/health/ready")).json["waitsFor"] == ["stopping"]


async def test_without_its_database_it_lives_and_is_not_ready(nobody: Caller, hub: Hub) -> None:
    await hub.database.close()
    assert (await nobody.gets("/health/live")).status == 200
    ready = await nobody.gets("/health/ready")
    assert (ready.status, "database" in ready.json["waitsFor"]) == (503, True)
    assert (await nobody.gets("/health")).json["status"] == "down"


async def test_the_pages_load_nothing_from_elsewhere(nobody: Caller) -> None:
    for path in ("/docs", "/docs/rooms", "/docs/index.js", "/docs/rooms.js", "/docs/shared.js", "/docs/style.css"):
        answer = await nobody.gets(path)
        assert answer.status == 200, path
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert b"https://" not in answer.body
        assert b"http://" not in answer.body
        assert b"innerHTML" not in answer.body
        assert b" style=" not in answer.body
    icon = await nobody.gets("/favicon.ico")
    assert (icon.status, icon.headers["Content-Type"].split(";")[0]) == (200, "image/svg+xml")
    assert sum(len(file.read_text().splitlines()) for file in FOLDER.iterdir()) < 350


async def test_the_rooms_document_is_shown(nobody: Caller) -> None:
    assert (await nobody.gets("/asyncapi.json")).json == {"asyncapi": "3.0.0"}


async def test_whoever_goes_away_before_the_answer_has_been_heard_all_the_same(
    database: Database, database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await a_house(database)
    token = house.token(Role.WAITER)
    path, sent = f"/api/v2/restaurants/{house.id}/orders", {"Authorization": f"Bearer {token}", "Idempotency-Key": "1"}
    body = b'{"kind":"pickup","lines":[{"itemId":"%b"}]}' % str(house.items["Soup"].id).encode()
    began, is_gone, recorded = asyncio.Event(), asyncio.Event(), asyncio.Event()
    async with a_hub(database_url, redis_url) as running, aiohttp.ClientSession(running.url, headers=sent) as session:
        do = running.hub.deeds.do

        async def do_slowly(*asked: Any, **how: Any) -> Answered:
            began.set()
            await is_gone.wait()
            return await do(*asked, **how)

        monkeypatch.setattr(running.hub.deeds, "do", do_slowly)
        # Not whatever the hub shouts to itself meanwhile.
        running.hub.database.listen(lambda one: recorded.set() if one.scope == restaurant_scope(house.id) else None)
        _, writer = await asyncio.open_connection("127.0.0.1", URL(running.url).port)
        fields = "".join(f"{name}: {value}\r\n" for name, value in {"Content-Length": len(body), **sent}.items())
        writer.write(f"POST {path} HTTP/1.1\r\nHost: x\r\n{fields}\r\n".encode() + body)
        await began.wait()
        writer.close()
        async with session.get("/health/live"):
            is_gone.set()  # The hub, which answers one thing after another, has seen them go by now.
        await recorded.wait()
        async with session.post(path, data=body) as again:
            assert (again.status, again.headers["Idempotent-Replayed"]) == (201, "true")
        async with session.get(path) as orders:
            assert len((await orders.json())["items"]) == 1


async def test_a_whole_hub_has_both_doors_and_measures_no_socket_as_a_request(
    database_url: str, redis_url: str
) -> None:
    async with a_hub(database_url, redis_url) as running, aiohttp.ClientSession(running.url) as session:
        async with session.get("/health/ready") as answer:
            assert (answer.status, (await answer.json())["status"]) == (200, "ok")
        async with session.get("/api/v2/asyncapi.json") as answer:
            assert (await answer.json())["asyncapi"].startswith("3.")
        async with session.ws_connect("/socket.io/?EIO=4&transport=websocket") as socket:
            assert (await socket.receive_str()).startswith("0{")
        async with session.get("/metrics") as answer:
            text = await answer.text()
    assert 'route="/health/ready"' in text
    assert 'route="/socket.io/"' not in text
