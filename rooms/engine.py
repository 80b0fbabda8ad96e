"""Engine.IO 4 over WebSocket, and nothing else of it: what lies between a socket's bytes and python-socketio.

python-socketio keeps its packets, handlers and acknowledgements; the Engine.IO server beneath it is replaced by this
one, because the stock queue has no bound, every message costs it two tasks, and a frame of garbage costs a traceback.
Here a `Link` is one connection: a queue bounded in bytes, one task that writes and one that reads, pings, and a close
that says why. This is the only module that touches python-engineio's or aiohttp's inside, so that it can be replaced.

Not its business: who is connected, what they say, or rooms.
"""

import asyncio
import json
from collections import deque
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import engineio
import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from hub.follow.seldom import Seldom
from hub.telemetry import Metrics
from rooms.packets import BadPacket

MESSAGE_BYTES_MAX = 64 * 1024
QUEUE_BYTES_MAX = 256 * 1024
"""Events and signals that may wait for a slow client. One more, and it is cut off: the room is never blocked."""
ANSWER_BYTES_MAX = 4 * 1024 * 1024
"""Answers that may wait. They are apart because a client asked for each, and boards are large."""
BAD_FRAMES_MAX = 5
CONNECT_SECONDS_MAX = 10.0
"""How long a connection may say nothing that makes a socket of it."""
PING_SECONDS = 15.0
PONG_SECONDS_MAX = 10.0
CLOSE_SECONDS_MAX = 1.5
"""How long a client may take to read what was queued, and to say goodbye in turn."""
LINGER_STEP_SECONDS = 0.02

OPEN, PING = b"0", b"2"

UNSUPPORTED_TRANSPORT = {"code": 0, "message": "Transport unknown"}
UNKNOWN_SESSION = {"code": 1, "message": "Session ID unknown"}
BAD_REQUEST = {"code": 3, "message": "Bad request"}
FORBIDDEN_ORIGIN = {"code": 4, "message": "Forbidden"}
UNSUPPORTED_VERSION = {"code": 5, "message": "Unsupported protocol version"}

log = structlog.get_logger(__name__)


class Engine(engineio.AsyncServer):
    """The Engine.IO server that python-socketio is given. `metrics` must be set before the first request."""

    metrics: Metrics
    is_closed = False

    def attach(self, app: web.Application, engineio_path: str = "engine.io") -> None:
        app.router.add_get(f"/{engineio_path.strip('/')}/", self.handle_request)

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        """A connection, from its first byte to its last."""
        if self.is_closed:
            return web.json_response(BAD_REQUEST, status=503, headers={"Retry-After": "2"})
        if (refusal := self._refusal(request)) is not None:
            return refusal
        websocket = _WebSocket(timeout=CLOSE_SECONDS_MAX, max_msg_size=MESSAGE_BYTES_MAX, compress=False)
        await websocket.prepare(request)
        link = Link(self, self.generate_id(), websocket, request)
        self.sockets[link.sid] = link
        self.metrics.connections.set(len(self.sockets))
        try:
            await self.handlers["connect"](link.sid, {"link": link})
            await link.serve()
        finally:
            del self.sockets[link.sid]
            self.metrics.connections.set(len(self.sockets))
            try:
                await self.handlers["disconnect"](link.sid, link.why_closed)
            finally:
                link.ended.set_result(None)
        return websocket

    def _refusal(self, request: web.Request) -> web.Response | None:
        """Why this is not a connection we take, in Engine.IO's own words."""
        query = request.query
        if not _is_welcome(request, self.cors_allowed_origins):
            return web.json_response(FORBIDDEN_ORIGIN, status=403)
        if query.get("transport") != "websocket":
            return web.json_response(UNSUPPORTED_TRANSPORT, status=400)
        if "sid" in query:
            return web.json_response(UNKNOWN_SESSION, status=400)
        if query.get("EIO") != "4":
            return web.json_response(UNSUPPORTED_VERSION, status=400)
        if not web.WebSocketResponse().can_prepare(request).ok:
            return web.json_response(BAD_REQUEST, status=400)
        return None

    # What python-socketio asks of its Engine.IO server. Neither waits, so an answer is queued in the step it is made.

    async def send(self, sid: str, data: str) -> None:
        link = self.sockets.get(sid)
        if link is not None:
            link.answer(b"4" + data.encode())

    async def disconnect(self, sid: str | None = None) -> None:
        for link in [self.sockets[sid]] if sid is not None else list(self.sockets.values()):
            link.close("server disconnect")

    async def close_all(self, why: str) -> None:
        """Close every connection and wait for the last of them. None is waited for longer than a close may take."""
        links = list(self.sockets.values())
        for link in links:
            link.close(why)
        if links:
            await asyncio.wait([link.ended for link in links])


class Link:
    """One client's connection. Everything but `serve` returns at once."""

    def __init__(self, engine: Engine, sid: str, websocket: "_WebSocket", request: web.Request) -> None:
        self.sid = sid
        self.session: dict[str, Any] = {}
        self.why_closed = "transport close"
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._engine = engine
        self._websocket = websocket
        self._transport = request.transport
        self._loop = asyncio.get_running_loop()
        self._frames: deque[tuple[bytes, bool]] = deque()
        self._waiting_bytes = {False: 0, True: 0}
        self._wake: asyncio.Future[None] | None = None
        self._close_code: int | None = None
        self._is_dead = False
        self._timer: asyncio.TimerHandle | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._bad_frames = 0
        self._seldom = Seldom()

    @property
    def closed(self) -> bool:
        """Whether nothing can be said here any more."""
        return self._is_dead or self._close_code is not None

    # Speaking

    def push(self, packet: bytes) -> None:
        """Queue an event or a signal. A client that does not keep up is cut off instead."""
        self._queue(packet, is_answer=False)

    def answer(self, packet: bytes) -> None:
        """Queue an answer to something the client said."""
        self._queue(packet, is_answer=True)

    def close(self, why: str, code: int = WSCloseCode.GOING_AWAY) -> None:
        """Send what is queued and close. A client that does not take it in time is cut off."""
        if not self.closed:
            self.why_closed, self._close_code = why, code
            self._set_timer(CLOSE_SECONDS_MAX, self.abort)
            self._wake_writer()

    def evict(self, why: str) -> None:
        """Cut the client off, without another word, and count why."""
        if not self._is_dead:
            self._engine.metrics.sockets_evicted.labels(why).inc()
            log.info("A socket was cut off.", socket=self.sid, why=why)
            self.why_closed = why
            self.abort()

    def abort(self) -> None:
        """Close at once: nothing more is sent, and the connection is reset."""
        self._is_dead = True
        self._frames.clear()
        self._cancel_timer()
        self._wake_writer()
        if self._transport is not None:
            self._transport.abort()

    def _queue(self, packet: bytes, *, is_answer: bool) -> None:
        if self.closed:
            return
        waiting_bytes = self._waiting_bytes[is_answer] + len(packet)
        if waiting_bytes > (ANSWER_BYTES_MAX if is_answer else QUEUE_BYTES_MAX):
            self.evict("slow")
            return
        self._waiting_bytes[is_answer] = waiting_bytes
        self._frames.append((packet, is_answer))
        self._wake_writer()

    def _wake_writer(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    async def _write(self) -> None:
        with suppress(ConnectionError):
            while not self._is_dead:
                while self._frames:
                    packet, is_answer = self._frames.popleft()
                    await self._websocket.send_frame(packet, WSMsgType.TEXT)
                    # Only now: what is stuck in the middle of being sent waits as well.
                    self._waiting_bytes[is_answer] -= len(packet)
                if self._close_code is not None:
                    await self._websocket.close(code=self._close_code)
                    return
                self._wake = self._loop.create_future()
                await self._wake

    # Listening

    async def serve(self) -> None:
        """Carry the connection until it ends, for whatever reason."""
        self.answer(OPEN + self._handshake())
        self._set_timer(PING_SECONDS, self._ping)
        self._deadline = self._loop.call_later(CONNECT_SECONDS_MAX, lambda: self.evict("never_connected"))
        writer = asyncio.create_task(self._write(), name=f"writes to {self.sid}")
        try:
            await self._read()
            self.close("transport close", WSCloseCode.OK)
            await asyncio.wait({writer}, timeout=CLOSE_SECONDS_MAX)
            await self._websocket.linger()
        finally:
            self._is_dead = True
            self._cancel_timer()
            self.has_connected()
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)

    def has_connected(self) -> None:
        """This connection became somebody's socket."""
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    async def _read(self) -> None:
        # A link that is closing listens on, for the client's goodbye, but hears nothing any more.
        while not self._is_dead:
            message = await self._websocket.receive()
            if message.type is WSMsgType.TEXT:
                if self._close_code is None:
                    await self._hear(message.data)
            elif message.type is WSMsgType.BINARY:
                self._turn_out("binary", WSCloseCode.UNSUPPORTED_DATA)
            else:
                if self._websocket.is_too_large:
                    self._turn_out("too_large", WSCloseCode.MESSAGE_TOO_BIG)
                return

    async def _hear(self, frame: str) -> None:
        match frame[:1]:
            case "4" if len(frame) > 1:
                try:
                    await self._engine.handlers["message"](self.sid, frame[1:])
                except BadPacket as error:
                    self._hear_garbage(str(error))
                except Exception:
                    # The edge: nothing that one client says may end anything but its own connection.
                    log.exception("A socket's message could not be taken in.", socket=self.sid)
                    self.close("server error", WSCloseCode.INTERNAL_ERROR)
            case "3":
                self._set_timer(PING_SECONDS, self._ping)
            case "1":
                self.close("client disconnect", WSCloseCode.OK)
            case _:
                self._hear_garbage("This is not an Engine.IO packet.")

    def _hear_garbage(self, why: str) -> None:
        self._bad_frames += 1
        if self._seldom.is_due():
            log.info("A socket sends garbage.", socket=self.sid, why=why, frames=self._bad_frames)
        if self._bad_frames >= BAD_FRAMES_MAX:
            self._turn_out("garbage", WSCloseCode.POLICY_VIOLATION)

    def _turn_out(self, why: str, code: int) -> None:
        """Close on somebody who does not speak as a client does, and count why."""
        if not self.closed:
            self._engine.metrics.sockets_evicted.labels(why).inc()
            self.close(why, code)

    # Time

    def _ping(self) -> None:
        self.answer(PING)
        self._set_timer(PONG_SECONDS_MAX, lambda: self.evict("silent"))

    def _set_timer(self, seconds: float, then: Any) -> None:
        """There is one timer: until the next ping, until its answer, or until a close has taken too long."""
        if self._close_code is not None and then != self.abort:
            return
        self._cancel_timer()
        if not self._is_dead:
            self._timer = self._loop.call_later(seconds, then)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _handshake(self) -> bytes:
        return json.dumps(
            {
                "sid": self.sid,
                "upgrades": [],
                "pingInterval": int(PING_SECONDS * 1000),
                "pingTimeout": int(PONG_SECONDS_MAX * 1000),
                "maxPayload": MESSAGE_BYTES_MAX,
            }
        ).encode()


class _WebSocket(web.WebSocketResponse):
    """aiohttp's, which hangs up on a message that is too big before its sender can have read why."""

    is_too_large = False

    async def close(self, *, code: int = WSCloseCode.OK, message: bytes = b"", drain: bool = True) -> bool:
        self.is_too_large = self.is_too_large or code == WSCloseCode.MESSAGE_TOO_BIG
        return await super().close(code=code, message=message, drain=drain)

    def _close_transport(self) -> None:
        if not self.is_too_large:
            super()._close_transport()

    async def linger(self) -> None:
        """Receive the rest of a message that is too big, unread, until its sender hangs up or a moment has passed.

        Closed over unread bytes, TCP resets the connection, and the sender may lose the close code with it.
        """
        transport = None if self._req is None else self._req.transport
        if not self.is_too_large or transport is None:
            return
        loop = asyncio.get_running_loop()
        deadline = loop.time() + CLOSE_SECONDS_MAX
        while not transport.is_closing() and loop.time() < deadline:  # noqa: ASYNC110  # aiohttp has no event for it
            await asyncio.sleep(LINGER_STEP_SECONDS)
        transport.close()


def _is_welcome(request: web.Request, allowed_origins: tuple[str, ...]) -> bool:
    """Whether a page of this origin may connect: those on the list, and the hub's own.

    The hub's own is whatever host the browser itself asked for. What a proxy, or anybody, says in X-Forwarded-Host
    is not looked at. Who is no browser names no origin.
    """
    origin = request.headers.get("Origin")
    if origin is None or origin in allowed_origins:
        return True
    own = urlsplit(origin)
    host = request.headers.get("Host", "").lower()
    return own.scheme in ("http", "https") and bool(host) and own.netloc.lower() == host
