"""A connection below Socket.IO: what a standard WebSocket client may do."""

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from hub.audience import ANNOUNCEMENTS, PLATFORM
from hub.people import Role
from rooms.frames import Code, Opcode
from rooms.link import QUEUE_BYTES_MAX
from tests.rooms.conftest import token_of
from tests.rooms.raw import ADDRESS
from tests.rooms.test_frames import begun, masked
from tests.support.houses import House
from tests.support.hubs import RunningHub
from tests.support.ledgers import record

SECONDS_MAX = 10.0
GOODBYE_SECONDS_MAX = 1.0
"""Of this process's own time, in which a thousand clients listen, too. A tenth is promised of the hub's alone."""


@asynccontextmanager
async def a_peer(hub: RunningHub, **options: Any) -> AsyncIterator[ClientConnection]:
    """Another implementation's client, past Engine.IO's greeting."""
    async with connect(hub.url.replace("http", "ws") + ADDRESS, **options) as peer:
        assert str(await peer.recv()).startswith("0{")
        yield peer


async def hears(peer: ClientConnection, beginning: str) -> str:
    async with asyncio.timeout(SECONDS_MAX):
        while True:
            said = await peer.recv()
            if str(said).startswith(beginning):
                return str(said)


async def connects(peer: ClientConnection, house: House) -> None:
    await peer.send("40" + orjson.dumps({"token": token_of(house, Role.WAITER)}).decode())
    await hears(peer, '42["authenticated"')


def request_of(hub: RunningHub) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {ADDRESS} HTTP/1.1\r\nHost: {urlsplit(hub.url).netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    ).encode()


# ------------------------------------------------------------------ on the wire


async def test_a_ping_is_answered_with_what_it_held(hub: RunningHub) -> None:
    async with a_peer(hub) as peer, asyncio.timeout(SECONDS_MAX):
        await (await peer.ping(b"are you there?"))


async def test_a_message_in_parts_is_heard(hub: RunningHub, house: House) -> None:
    async with a_peer(hub) as peer:
        await connects(peer, house)
        await peer.send(["427", '["unsubscribe",', '{"room":"announcements"}]'])
        assert orjson.loads((await hears(peer, "437"))[3:])[0]["ok"]


async def test_compression_is_never_agreed_to_whatever_a_client_offers(hub: RunningHub) -> None:
    async with a_peer(hub, compression="deflate") as peer:
        assert peer.protocol.extensions == []


async def test_a_close_is_answered_with_its_own_code(hub: RunningHub) -> None:
    async with a_peer(hub) as peer, asyncio.timeout(SECONDS_MAX):
        await peer.close(4001, "enough")
        assert peer.close_code == 4001
        await peer.wait_closed()
    async with asyncio.timeout(SECONDS_MAX):
        await asyncio.gather(*(link.ended for link in hub.rooms.engine.sockets.values()))


async def test_who_breaks_the_protocol_is_told_how_and_hung_up_on(hub: RunningHub) -> None:
    async with a_peer(hub) as peer, asyncio.timeout(SECONDS_MAX):
        peer.transport.write(masked(0x3))
        with pytest.raises(ConnectionClosed):
            await peer.recv()
        assert peer.close_code == Code.PROTOCOL_ERROR
    assert hub.metric("brigade_sockets_evicted_total", reason="garbage") == 1


async def test_what_comes_in_one_breath_with_the_request_is_heard(hub: RunningHub, house: House) -> None:
    address = urlsplit(hub.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    token = token_of(house, Role.WAITER)
    hello = begun(Opcode.TEXT, b'40{"token":') + masked(0, f'"{token}"}}'.encode())
    asked = masked(Opcode.TEXT, b'427["unsubscribe",{"room":"announcements"}]')
    writer.write(request_of(hub) + hello + asked)
    async with asyncio.timeout(SECONDS_MAX):
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
        # In its turn: who it is, and then what it asks.
        assert b'437[{"ok":true' in await reader.readuntil(b'{"ok":true')
    writer.close()


async def test_a_client_that_leaves_in_the_middle_of_its_frame_leaves_nothing_behind(hub: RunningHub) -> None:
    async with a_peer(hub) as peer:
        (link,) = hub.rooms.engine.sockets.values()
        peer.transport.write(masked(Opcode.TEXT, length=1_000))
        peer.transport.abort()
        async with asyncio.timeout(SECONDS_MAX):
            await link.ended
    assert not hub.rooms.engine.sockets
    assert hub.metric("brigade_connections") == 0


async def test_much_said_at_once_cuts_nobody_off_who_reads(hub: RunningHub, house: House) -> None:
    payload = b'{"note":"%b"}' % (b"x" * 1_000)
    count = 2 * QUEUE_BYTES_MAX // len(payload)
    async with a_peer(hub, max_queue=None) as peer:
        await connects(peer, house)
        recorded = await record(hub.hub.database, PLATFORM, *[(ANNOUNCEMENTS,)] * count, payload=payload)
        last = recorded.entries[-1].seq
        said = ""
        while f'"seq":{last},' not in said:
            said = await hears(peer, '42["')
    assert hub.metric("brigade_sockets_evicted_total", reason="slow") == 0


async def test_a_thousand_sockets_are_told_goodbye_at_once(hub: RunningHub) -> None:
    # Opened by hand: a client of any library takes longer to open than this whole test.
    lines = []
    for _ in range(1_000):
        address = urlsplit(hub.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(request_of(hub) + masked(Opcode.TEXT, b"40"))
        lines.append((reader, writer))
    async with asyncio.timeout(60):
        await asyncio.gather(*(reader.readuntil(b"40{") for reader, _ in lines))
    began = time.process_time()
    goodbye = asyncio.create_task(hub.rooms.say_goodbye())
    async with asyncio.timeout(60):
        told = await asyncio.gather(*(reader.readuntil(b'42["goodbye"') for reader, _ in lines))
    assert len(told) == 1_000
    assert time.process_time() - began < GOODBYE_SECONDS_MAX
    for _, writer in lines:
        writer.transport.abort()
    await goodbye
