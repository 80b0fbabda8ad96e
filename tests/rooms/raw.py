"""A client that says whatever it likes: the bytes of Engine.IO and Socket.IO, without a library's manners."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

PATIENCE_SECONDS = 10.0
ADDRESS = "/socket.io/?EIO=4&transport=websocket"


@dataclass
class Raw:
    """One WebSocket."""

    websocket: aiohttp.ClientWebSocketResponse
    heard: list[str] = field(default_factory=list)

    async def says(self, *frames: str) -> None:
        for frame in frames:
            await self.websocket.send_str(frame)

    async def connects(self, token: str | None = None) -> None:
        auth = "" if token is None else orjson.dumps({"token": token}).decode()
        await self.says(f"40{auth}")
        await self.hears("40")

    async def asks(self, name: str, *said: Any) -> Any:
        await self.says("427" + orjson.dumps([name, *said]).decode())
        return orjson.loads((await self.hears("437"))[3:])[0]

    async def hears(self, beginning: str) -> str:
        """The next frame that begins so. Pings are answered on the way."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                frame = await self.websocket.receive()
                assert frame.type is aiohttp.WSMsgType.TEXT, (frame, self.heard)
                self.heard.append(frame.data)
                if frame.data == "2":
                    await self.says("3")
                if frame.data.startswith(beginning):
                    return str(frame.data)

    async def is_closed_with(self) -> int:
        """Wait for the end; with which code it came. 1006 where none did."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while True:
                frame = await self.websocket.receive()
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self.heard.append(frame.data)
                elif frame.type is aiohttp.WSMsgType.CLOSE:
                    # What the hub said; the client's own account of it depends on who hung up first.
                    return int(frame.data)
                else:
                    return aiohttp.WSCloseCode.ABNORMAL_CLOSURE


@asynccontextmanager
async def a_raw(url: str, *, address: str = ADDRESS, **options: Any) -> AsyncIterator[Raw]:
    async with aiohttp.ClientSession() as session, session.ws_connect(url + address, **options) as websocket:
        raw = Raw(websocket)
        if address == ADDRESS:
            await raw.hears("0")
        yield raw
