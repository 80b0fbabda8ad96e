"""The Engine.IO 4 server that python-socketio is given: WebSocket alone, and nothing of it but what is needed.

python-socketio keeps its packets, handlers and acknowledgements. What lies beneath is ours (`rooms.link`), because the
stock queue has no bound, every message costs it two tasks, and a frame of garbage costs a traceback. Its book of who is
connected is ours, too: the stock one makes rooms that nobody here enters, and looks through all of them whenever
anybody leaves. This is the only module that touches python-engineio's or python-socketio's inside.

Not its business: who is connected, what they say, or rooms.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

import engineio
import socketio
from aiohttp import web

from hub.proxies import Network, address_of, host_asked_for
from hub.telemetry import Metrics
from rooms import frames, upgrade
from rooms.attention import Attention
from rooms.frames import MESSAGE_BYTES_MAX
from rooms.link import PING_SECONDS, PONG_SECONDS_MAX, Clocks, Link
from rooms.turn import Turn

OPENED = b'0{"sid":"%%b","upgrades":[],"pingInterval":%d,"pingTimeout":%d,"maxPayload":%d}' % (
    PING_SECONDS * 1000,
    PONG_SECONDS_MAX * 1000,
    MESSAGE_BYTES_MAX,
)
"""What opens a connection, but for its id, which is letters and figures."""
NAMESPACE = "/"

UNSUPPORTED_TRANSPORT = {"code": 0, "message": "Transport unknown"}
UNKNOWN_SESSION = {"code": 1, "message": "Session ID unknown"}
BAD_REQUEST = {"code": 3, "message": "Bad request"}
FORBIDDEN_ORIGIN = {"code": 4, "message": "Forbidden"}
UNSUPPORTED_VERSION = {"code": 5, "message": "Unsupported protocol version"}


class Engine(engineio.AsyncServer):
    """All connections of a hub. `metrics`, `turn` and `proxies` must be set before the first request."""

    metrics: Metrics
    proxies: Sequence[Network]
    turn: Turn
    is_closed = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clocks = Clocks()
        self.attention = Attention()
        self._under_way: set[asyncio.Task[Any]] = set()

    def attach(self, app: web.Application, engineio_path: str = "engine.io") -> None:
        app.router.add_get(f"/{engineio_path.strip('/')}/", self.handle_request)

    async def handle_request(self, request: web.Request) -> web.StreamResponse:
        """A connection's first request, which is answered here where it does not become a link."""
        if (turn := self.attention.ask()) is not None:
            await turn
        if self.is_closed:
            return web.json_response(BAD_REQUEST, status=503, headers={"Retry-After": "2"})
        if (refusal := self._refusal(request)) is not None:
            # Whatever came behind it was not asked of us.
            refusal.force_close()
            return refusal
        address = address_of(request.headers, request.remote, self.proxies)
        link = Link(self.generate_id(), self, self._clocks, address)
        tail = upgrade.take_over(request, link)
        if tail is not None:
            self.sockets[link.sid] = link
            self.metrics.connections.set(len(self.sockets))
            _finish(self.handlers["connect"](link.sid, link))
            link.answer(upgrade.accepted(request) + frames.text(OPENED % link.sid.encode()))
            if tail:
                link.data_received(tail)
        return upgrade.TakenOver()

    def _refusal(self, request: web.Request) -> web.Response | None:
        """Why this is not a connection we take, in Engine.IO's own words."""
        query = request.query
        if not _is_welcome(request, self.cors_allowed_origins, self.proxies):
            return web.json_response(FORBIDDEN_ORIGIN, status=403)
        if query.get("transport") != "websocket":
            return web.json_response(UNSUPPORTED_TRANSPORT, status=400)
        if "sid" in query:
            return web.json_response(UNKNOWN_SESSION, status=400)
        if query.get("EIO") != "4":
            return web.json_response(UNSUPPORTED_VERSION, status=400)
        if not upgrade.may_upgrade(request):
            return web.json_response(BAD_REQUEST, status=400)
        return None

    # What links tell

    def hear(self, link: Link, packet: str) -> asyncio.Future[Any] | None:
        """Hand a message to python-socketio, which begins a task of its own for what is asked.

        Connecting may have to wait for the database; what is said behind it is heard after it.
        """
        return self._do(self.handlers["message"](link.sid, packet))

    def evicted(self, link: Link, why: str) -> None:
        self.metrics.sockets_evicted.labels(why).inc()

    def ended(self, link: Link) -> None:
        del self.sockets[link.sid]
        self.metrics.connections.set(len(self.sockets))
        try:
            _finish(self.handlers["disconnect"](link.sid, link.why_closed))
        finally:
            link.has_ended()

    def _do(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any] | None:
        """Do now, without a task, what waits for nothing. Answers the task where it waits `in_a_task`."""
        if _is_done(work):
            return None
        task = asyncio.get_running_loop().create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    @staticmethod
    async def in_a_task() -> None:
        """To be awaited by whoever python-socketio calls, before anything else that waits."""
        await asyncio.sleep(0)

    # What python-socketio asks of its Engine.IO server. Neither waits, so an answer is queued in the step it is made.

    async def send(self, sid: str, data: str) -> None:
        link = self.sockets.get(sid)
        if link is not None:
            link.answer(frames.text(b"4" + data.encode()))

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


class Presence(socketio.AsyncManager):
    """Who is connected, for python-socketio: one namespace, no rooms, and a client's id is its connection's."""

    def __init__(self) -> None:
        super().__init__()
        # Whether they are let in already, and not on their way out.
        self._is_in: dict[str, bool] = {}

    async def pre_connect(self, eio_sid: str, namespace: str) -> str | None:
        if eio_sid in self._is_in:
            return None
        self._is_in[eio_sid] = False
        return eio_sid

    async def connect(self, sid: str, namespace: str) -> str:
        self._is_in[sid] = True
        return sid

    def is_connected(self, sid: str, namespace: str) -> bool:
        return self._is_in.get(sid, False)

    def sid_from_eio_sid(self, eio_sid: str, namespace: str) -> str | None:
        return eio_sid if namespace == NAMESPACE and eio_sid in self._is_in else None

    def eio_sid_from_sid(self, sid: str, namespace: str) -> str | None:
        return self.sid_from_eio_sid(sid, namespace)

    def pre_disconnect(self, sid: str, namespace: str) -> str | None:
        self._is_in[sid] = False
        return sid

    async def disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        self._is_in.pop(sid, None)

    def get_namespaces(self) -> Iterable[str]:
        return (NAMESPACE,)


def _finish(work: Coroutine[Any, Any, Any]) -> None:
    """Do what never waits, now and not in a task."""
    if not _is_done(work):
        work.close()
        raise RuntimeError("python-socketio waited where it had nothing to wait for.")


def _is_done(work: Coroutine[Any, Any, Any]) -> bool:
    """Do the work up to where it lets others go on, which a task may do in its place from there."""
    try:
        waits_for = work.send(None)
    except StopIteration:
        return True
    if waits_for is None:
        return False
    work.close()
    raise RuntimeError("Whoever waits does so in a task.")


def _is_welcome(request: web.Request, allowed_origins: tuple[str, ...], proxies: Sequence[Network]) -> bool:
    """Whether a page of this origin may connect: those on the list, and the hub's own.

    The hub's own is whatever host the browser itself asked for, which a proxy can say for it that the house has named,
    and nobody else. Who is no browser names no origin.
    """
    origin = request.headers.get("Origin")
    if origin is None or origin in allowed_origins:
        return True
    try:
        own = urlsplit(origin)
    except ValueError:
        return False
    host = host_asked_for(request.headers, request.remote, proxies)
    return own.scheme in ("http", "https") and bool(host) and own.netloc.lower() == host
