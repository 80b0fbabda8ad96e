"""Sockets that are slow, rude, huge or broken harm nobody but themselves."""

import asyncio
from contextlib import AsyncExitStack

import aiohttp
import pytest
from structlog.testing import capture_logs
from yarl import URL

from hub.audience import restaurant_scope, waiters_room
from hub.people import Role
from hub.tokens import KEY, TABLET
from rooms.frames import MESSAGE_BYTES_MAX
from rooms.link import BAD_FRAMES_MAX, QUEUE_BYTES_MAX
from tests.rooms.conftest import Arrives, token_of
from tests.rooms.raw import a_raw
from tests.rooms.stalled import Stalled
from tests.support.houses import House
from tests.support.hubs import RunningHub
from tests.support.ledgers import record

EVICTED_SECONDS_MAX = 2.0
NOTICED_SECONDS_MIN = 0.25
"""What takes less, nobody notices."""
TEN_KILOBYTES = b'{"note":"%b"}' % (b"x" * 10_000)


@pytest.mark.parametrize("size", [1_000_000, MESSAGE_BYTES_MAX])
async def test_a_message_that_is_too_large_closes_its_socket_with_1009(
    arrives: Arrives, house: House, hub: RunningHub, size: int
) -> None:
    waiter, host = await arrives(Role.WAITER), await arrives(Role.HOST)
    await waiter.subscribes(waiters_room(house.id))
    for _ in range(5):
        async with a_raw(hub.url) as raw:
            await raw.connects(token_of(house, Role.WAITER))
            await raw.says('42["subscribe","' + "x" * size + '"]')
            assert await raw.is_closed_with() == aiohttp.WSCloseCode.MESSAGE_TOO_BIG
    await host.asks("seat_party", tableId=str(house.tables["1"]), covers=2)
    await waiter.hears("party_seated")
    assert hub.metric("brigade_sockets_evicted_total", reason="too_large") == 5


async def test_a_message_that_just_fits_is_read(hub: RunningHub, house: House) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.WAITER))
        answer = await raw.asks("subscribe", {"room": "x" * (MESSAGE_BYTES_MAX - 100)})
        assert answer["error"]["code"] == "invalid"


@pytest.mark.parametrize("fragments", [1, 100])
async def test_binary_is_refused_and_its_socket_closed(hub: RunningHub, house: House, fragments: int) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.WAITER))
        for _ in range(fragments):
            try:
                await raw.websocket.send_bytes(b"\x00" * 1_000)
            except ConnectionError:
                break
        assert await raw.is_closed_with() == aiohttp.WSCloseCode.UNSUPPORTED_DATA
    assert hub.metric("brigade_sockets_evicted_total", reason="binary") == 1


@pytest.mark.parametrize(
    "frame",
    [
        '451000000-["e",{"_placeholder":true,"num":0}]',
        '461-1["e"]',
        '42["connect",{},{"token":"mine"}]',
        '42["disconnect"]',
        "42",
        "42[]",
        "42{}",
        "42null",
        '42"text"',
        "42[1]",
        "42[null]",
        '42["a\\u0000"]',
        '42["' + "x" * 101 + '"]',
        '42["a"',
        "42" + "[" * 5_000,
        "40[]",
        "40" + "[" * 60_000,
        "4",
        "4x",
        "43[1]",
        "43",
        "44{}",
        "47",
        "4²",
        "",
        "x",
        "2probe",
        "5",
        "6",
        "0{}",
        "b4AAAA",
        '42/admin,["a"]x',
        "42" + "9" * 200 + '["a"]',
        "42NaN",
    ],
    ids=lambda frame: frame[:20] or "empty",
)
async def test_garbage_is_counted_and_then_enough(hub: RunningHub, house: House, frame: str) -> None:
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.WAITER))
        with capture_logs() as logged:
            for _ in range(BAD_FRAMES_MAX - 1):
                await raw.says(frame)
            assert (await raw.asks("unsubscribe", {"room": "announcements"}))["ok"]
            await raw.says(frame)
            assert await raw.is_closed_with() == aiohttp.WSCloseCode.POLICY_VIOLATION
        about_garbage = [line for line in logged if line["event"] == "A socket sends garbage."]
        assert 1 <= len(about_garbage) <= 2
        assert not [line for line in logged if line["log_level"] == "error"]


async def test_before_it_has_connected_a_socket_is_not_heard(hub: RunningHub, house: House) -> None:
    async with a_raw(hub.url) as raw:
        await raw.says('421["subscribe",{"room":"announcements"}]')
        await raw.connects(token_of(house, Role.WAITER))
        assert not [frame for frame in raw.heard if frame.startswith("431")]


async def test_other_namespaces_are_nobodys(hub: RunningHub) -> None:
    async with a_raw(hub.url) as raw:
        await raw.says("40/admin,")
        await raw.hears("44/admin,")


async def test_a_slow_consumer_is_cut_off_and_nobody_waits_for_it(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    room, token = waiters_room(house.id), token_of(house, Role.WAITER)
    healthy = await arrives(Role.MANAGER)
    await healthy.subscribes(room)
    loop = asyncio.get_running_loop()
    took: list[float] = []

    async def say_much() -> int:
        began = loop.time()
        recorded = await record(hub.hub.database, restaurant_scope(house.id), (room,), payload=TEN_KILOBYTES)
        took.append(loop.time() - began)
        return recorded.entries[-1].seq

    async with AsyncExitStack() as stack:
        slow = [await stack.enter_async_context(Stalled.inside(hub, token, room)) for _ in range(5)]
        async with asyncio.timeout(30):
            while hub.metric("brigade_sockets_evicted_total", reason="slow") < len(slow):
                seq = await say_much()
        async with asyncio.timeout(EVICTED_SECONDS_MAX):
            await asyncio.gather(*(stalled.link.ended for stalled in slow))
    screen = await healthy.hears_up_to(room, seq)
    assert screen.seqs == list(range(1, seq + 1))
    assert sorted(took)[len(took) // 2] < NOTICED_SECONDS_MIN
    assert len(hub.rooms.members.of_room(str(room))) == 1


async def test_who_does_not_answer_a_ping_is_cut_off(
    hub: RunningHub, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rooms.link.PING_SECONDS", 0.1)
    monkeypatch.setattr("rooms.link.PONG_SECONDS_MAX", 0.2)
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.WAITER))
        await raw.hears("2")
        assert await raw.is_closed_with() == aiohttp.WSCloseCode.ABNORMAL_CLOSURE
        assert raw.heard[-1] == "2"
    assert hub.metric("brigade_sockets_evicted_total", reason="silent") == 1


async def test_a_large_board_is_an_answer_and_no_reason_to_be_cut_off(
    arrives: Arrives, house: House, hub: RunningHub
) -> None:
    room = waiters_room(house.id)
    payload = b'{"note":"%b"}' % (b"x" * 60_000)
    for _ in range(6):
        await record(hub.hub.database, restaurant_scope(house.id), (room,), payload=payload)
    async with a_raw(hub.url) as raw:
        await raw.connects(token_of(house, Role.WAITER))
        for number in range(1, 7):
            await raw.says(f'42{number}["subscribe",{{"room":"{room}","since":0}}]')
        for number in range(1, 7):
            assert len(await raw.hears(f"43{number}[")) > QUEUE_BYTES_MAX / 3


async def test_half_a_character_in_a_token_opens_nothing(hub: RunningHub, house: House) -> None:
    with capture_logs() as logged:
        for token in (rf"{KEY}\ud800", rf"{TABLET}\ud800", r"\ud800"):
            async with a_raw(hub.url) as raw:
                await raw.says(f'40{{"token":"{token}"}}')
                assert '"code":"invalid"' in await raw.hears("44")
            async with a_raw(hub.url) as raw:
                await raw.connects(token_of(house, Role.WAITER))
                await raw.says(f'427["authenticate","{token}"]')
                assert '"code":"token_invalid"' in await raw.hears("437")
    assert not [line for line in logged if line["log_level"] == "error"]


@pytest.mark.parametrize("begins", [KEY, TABLET, ""])
async def test_bytes_that_are_no_text_are_a_token_of_nobodys(hub: RunningHub, begins: str) -> None:
    said = b"GET /api/v2/me HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n"
    for header in (b"Authorization: Bearer ", b"X-API-Key: "):
        reader, writer = await asyncio.open_connection("127.0.0.1", URL(hub.url).port)
        writer.write(said + header + begins.encode() + b"\xff\r\n\r\n")
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 401 "), answer
        writer.close()
