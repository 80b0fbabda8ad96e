"""The line to a hub: one Socket.IO connection, on which things are said, answered and heard.

It does not come back by itself: whoever must miss nothing holds a number per room, and opens another one with it.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NotRequired, Self, TypedDict

import socketio

from api.client.door import Refusal

ANSWER_SECONDS_MAX = 30.0
HEARD_MAX = 10_000
"""What was heard and not asked for yet. Whoever lets more than this come lets the latest go by."""

Heard = tuple[str, Any]
"""The name of what was heard, and what it carries."""


class Opened(TypedDict):
    """A room's board, or what was missed, and the number that whoever has applied all of it holds."""

    room: str
    epoch: str
    seq: int
    recovered: NotRequired[bool]
    board: NotRequired[dict[str, Any]]
    entries: list[dict[str, Any]]
    more: bool


class Line:
    """A connection that is open. Made by `open`."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._heard: asyncio.Queue[Heard] = asyncio.Queue(HEARD_MAX)
        socket.on("*", self._hear)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, token: str, device_id: str | None = None) -> AsyncIterator[Self]:
        """Connect as whoever the token, link or key stands for. Raises Refusal where the hub does not let them in."""
        socket = socketio.AsyncClient(reconnection=False)
        line = cls(socket)
        refused: list[Any] = []
        socket.on("connect_error", refused.append)
        who = {"token": token} | ({} if device_id is None else {"deviceId": device_id})
        try:
            await socket.connect(url, auth=who, transports=["websocket"])
        except socketio.exceptions.ConnectionError as error:
            raise _why(refused, error) from error
        try:
            yield line
        finally:
            await socket.disconnect()

    async def asks(self, name: str, said: Mapping[str, Any], command_id: str | None = None) -> Any:
        """Say something, and what is answered. Raises Refusal, and TimeoutError where nothing comes."""
        body = dict(said) if command_id is None else {**said, "commandId": command_id}
        try:
            answer = await self._socket.call(name, body, timeout=ANSWER_SECONDS_MAX)
        except socketio.exceptions.TimeoutError:
            raise TimeoutError(f"Nothing was answered to {name}.") from None
        if answer.get("ok"):
            return {field: value for field, value in answer.items() if field != "ok"}
        raise _refusal(answer.get("error"))

    async def subscribe(self, room: str, *, since: int | None = None, epoch: str | None = None) -> Opened:
        """Enter a room: with its board, or with what was missed since a number of that epoch. Raises as `asks` does."""
        said = {"room": room, "since": since, "epoch": epoch}
        opened: Opened = await self.asks("subscribe", {name: one for name, one in said.items() if one is not None})
        return opened

    async def unsubscribe(self, room: str) -> None:
        """Leave a room. Raises as `asks` does."""
        await self.asks("unsubscribe", {"room": room})

    async def hears(self) -> Heard:
        """What is heard next: events of rooms, each with its place, and signals."""
        return await self._heard.get()

    async def _hear(self, name: str, body: Any = None) -> None:
        if not self._heard.full():
            self._heard.put_nowait((name, body))


def _why(refused: list[Any], error: Exception) -> Refusal:
    said = refused[0] if refused else None
    data = said.get("data") if isinstance(said, dict) else None
    return _refusal(data) if isinstance(data, dict) else Refusal("unreachable", str(error))


def _refusal(said: Any) -> Refusal:
    if not isinstance(said, dict) or "code" not in said:
        return Refusal("unreadable", "The answer cannot be read.")
    return Refusal(str(said["code"]), str(said.get("message", "")), facts=said)
