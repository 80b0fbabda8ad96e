"""A client that enters a room and never reads again, as a tablet does whose network has gone bad."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from hub.audience import Room
from rooms.link import Link
from tests.rooms.raw import ADDRESS
from tests.support.hubs import RunningHub

RECEIVE_BUFFER_BYTES = 4096


@dataclass
class Stalled:
    """`link` is what the hub has of it. The rest is kept only so that nobody closes it."""

    link: Link
    websocket: aiohttp.ClientWebSocketResponse

    @classmethod
    @asynccontextmanager
    async def inside(cls, hub: RunningHub, token: str, room: Room) -> AsyncIterator["Stalled"]:
        connector = aiohttp.TCPConnector(socket_factory=_with_a_small_buffer)
        before = set(hub.rooms.engine.sockets)
        async with aiohttp.ClientSession(connector=connector) as session:
            websocket = await session.ws_connect(hub.url + ADDRESS)
            await websocket.send_str(f'40{{"token":"{token}"}}')
            await websocket.send_str(f'421["subscribe",{{"room":"{room}"}}]')
            while not str((await websocket.receive()).data).startswith("431"):
                pass
            assert websocket._conn is not None
            assert websocket._conn.transport is not None
            websocket._conn.transport.pause_reading()  # type: ignore[attr-defined]
            (sid,) = set(hub.rooms.engine.sockets) - before
            yield cls(hub.rooms.engine.sockets[sid], websocket)


def _with_a_small_buffer(address: Any) -> socket.socket:
    family, kind, proto, _, _ = address
    made = socket.socket(family, kind, proto)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
    return made
