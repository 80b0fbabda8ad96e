"""The rooms of one hub, attached to its application: the Socket.IO server, who speaks to it, and how it ends.

    rooms = attach(app, hub)        # once, before the application starts
    await rooms.say_goodbye()       # before it ends; the application's shutdown does so too

Any standard Socket.IO 4 client works, over WebSocket alone. python-socketio reads packets, calls handlers and sends
acknowledgements; its own rooms and its emit are not used. Not its business: what any message means.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import orjson
import socketio
import structlog
from aiohttp import web
from socketio.exceptions import ConnectionRefusedError as Refuse

from hub.domain.refusals import BadInput, Refused
from hub.follow import Stage
from hub.keys import Hub
from hub.tokens import TOKEN_LENGTH_MAX
from rooms import acks
from rooms.acks import Handler
from rooms.asking import Asking
from rooms.attending import Attending
from rooms.beating import Beats, say_when_to_return
from rooms.engine import Engine, Presence
from rooms.hearing import HubPane
from rooms.kept import Kept
from rooms.link import Link
from rooms.members import Members
from rooms.messages import DEVICE_LENGTH_MAX, is_whole
from rooms.packets import TextPacket
from rooms.pulse import Pulse
from rooms.rights import Rights
from rooms.sockets import Socket, Sockets
from rooms.subscribing import Subscriptions
from rooms.turn import Turn
from rooms.vitals import Vitals

PATH = "socket.io"
FINISH_SECONDS_MAX = 2.0
"""How long messages under way may still take when the hub stops."""

log = structlog.get_logger(__name__)


class _SocketServer(socketio.AsyncServer):
    """python-socketio's server on our Engine.IO."""

    def _engineio_server_class(self) -> type[Engine]:
        return Engine


class Rooms:
    """The live face of one hub."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.sockets = Sockets()
        turn = Turn()
        self.members = Members(hub.followers, hub.metrics, turn)
        self.members.put_in(HubPane(hub.hearing), hub.hearing.room)
        self.rights = Rights(hub.identities, hub.opening, self.sockets, self.members, hub.metrics)
        self.vitals = Vitals(hub, self.members, self.sockets)
        self.pulse = Pulse(hub, self.members, self.vitals)
        self.attending = Attending(hub, self.sockets, self.pulse)
        self.subscriptions = Subscriptions(
            hub.opening,
            hub.followers,
            self.members,
            self.rights,
            self.vitals,
            self.pulse,
            hub.glass,
            hub.metrics,
            hub.turnstile,
        )
        self.handlers: dict[str, Handler] = {
            **self.subscriptions.handlers,
            **Kept(self.rights, self.subscriptions).handlers,
            **Asking(hub.deeds, self.rights, hub.turnstile).handlers,
        }
        self._server = _SocketServer(
            async_mode="aiohttp",
            client_manager=Presence(),
            serializer=TextPacket,
            cors_allowed_origins=hub.settings.allowed_origins,
            monitor_clients=False,
            logger=_quiet(),
            engineio_logger=_quiet(),
        )
        self.engine: Engine = self._server.eio
        self.engine.metrics, self.engine.turn = hub.metrics, turn
        self.engine.proxies = hub.settings.trusted_proxies
        self._beats = Beats(self.vitals)
        self._welcomes: set[asyncio.Task[None]] = set()
        self._answering: set[asyncio.Task[Any]] = set()

    def attach(self, app: web.Application) -> None:
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        for name, handler in self.handlers.items():
            self._server.on(name, partial(self._hear, name, handler))
        self._server.on("*", self._hear_unknown)
        self._server.attach(app, socketio_path=PATH)

    # A socket's life

    async def _connect(self, sid: str, link: Link, auth: dict[str, Any] | None) -> None:
        try:
            token, device = _credentials(auth)
            socket = Socket(sid, link, device, at=self.hub.database.clock.now())
            if token is None:
                self.rights.expect(socket)
            elif not self.rights.recognise_at_sight(socket, token):
                await self.engine.in_a_task()
                await self.rights.recognise(socket, token)
        except Refused as refusal:
            self.hub.metrics.refused.note(refusal.code, "rooms", "connect")
            log.info("A socket was refused.", socket=sid, code=refusal.code)
            # Once python-socketio has said so.
            asyncio.get_running_loop().call_soon(link.close, refusal.code)
            raise Refuse(refusal.sentence, acks.error_of(refusal)) from None
        link.has_connected()
        self.sockets.add(socket)
        self._beats.begin(socket)
        if token is not None:
            # After the return, which sends the packet that connects: before that nothing can be told.
            asyncio.get_running_loop().call_soon(self._welcome, socket)

    def _welcome(self, socket: Socket) -> None:
        with _closing_on_failure(socket):
            if self.subscriptions.open_own_rooms_at_sight(socket) is None:
                self._begin(self._open_own_rooms(socket))

    async def _open_own_rooms(self, socket: Socket) -> None:
        with _closing_on_failure(socket):
            await self.subscriptions.open_own_rooms(socket)

    async def _disconnect(self, sid: str, reason: str) -> None:
        socket = self.sockets.remove(sid)
        if socket is not None:
            socket.keep_open()
            socket.close(reason)
            self.members.leave_all(socket)

    # What it says

    async def _hear(self, name: str, handler: Handler, sid: str, *said: Any) -> orjson.Fragment | None:
        socket = self.sockets.get(sid)
        task = asyncio.current_task()
        if socket is None or task is None:
            return None
        self._answering.add(task)
        try:
            return await acks.acknowledged(handler, name, socket, said, self.hub.metrics.refused)
        finally:
            self._answering.discard(task)

    async def _hear_unknown(self, name: str, sid: str, *said: Any) -> orjson.Fragment | None:
        return await self._hear(name, acks.answer_unknown, sid, *said)

    # The end

    async def say_goodbye(self) -> None:
        """Tell every socket when to come back, finish what is being answered, and close. Nobody new is let in.

        Sockets are closed as a lost connection is, so that a standard client comes back by itself. Asked twice, there
        is nobody left to tell.
        """
        self.hub.is_stopping = True
        self.pulse.say()
        await self._send_elsewhere("hub stops")

    async def _send_elsewhere(self, why: str) -> None:
        say_when_to_return(self.sockets)
        self.engine.is_closed = True
        if self._answering:
            await asyncio.wait(set(self._answering), timeout=FINISH_SECONDS_MAX)
        if self.engine.is_closed:
            await self.engine.close_all(why)

    def _hearing_changed(self, stage: Stage) -> None:
        """A deaf hub shows nobody anything any more; one that hears again lets them in again."""
        if self.hub.is_stopping:
            return
        if stage is Stage.SENDS_AWAY:
            self._begin(self._send_elsewhere("hub is deaf"))
        elif stage is Stage.HEARS:
            self.engine.is_closed = False

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._welcomes.add(task)
        task.add_done_callback(self._welcomes.discard)

    async def _running(self, app: web.Application) -> AsyncIterator[None]:
        """While the application runs: hear the followers, listen whether one does, and pulse."""
        self.hub.followers.add_listener(self.members)
        self.hub.followers.add_listener(self.rights)
        self.hub.hearing.add_listener(self._hearing_changed)
        pulsing = asyncio.create_task(self.pulse.pulse_for_ever(), name="rooms pulse")
        async with self.hub.pulses.running(self.attending.hear), self.hub.hearing.running():
            yield
            pulsing.cancel()
            await asyncio.gather(pulsing, return_exceptions=True)
        await self.rights.stop()
        self.hub.followers.remove_listener(self.rights)
        self.hub.followers.remove_listener(self.members)

    async def _shut_down(self, app: web.Application) -> None:
        await self.say_goodbye()


ROOMS = web.AppKey("rooms", Rooms)


def attach(app: web.Application, hub: Hub) -> Rooms:
    """Open the rooms with the application: their route, their listeners, and their end when it shuts down."""
    rooms = Rooms(hub)
    rooms.attach(app)
    app[ROOMS] = rooms
    app.cleanup_ctx.append(rooms._running)
    app.on_shutdown.append(rooms._shut_down)
    return rooms


@contextmanager
def _closing_on_failure(socket: Socket) -> Iterator[None]:
    """The edge, where nobody has asked and nobody is answered: a socket that cannot be welcomed is closed."""
    try:
        yield
    except Refused as refusal:
        socket.log.info("A socket could not enter its own rooms.", code=refusal.code)
        socket.close(refusal.code)
    except Exception:
        socket.log.exception("A socket could not be welcomed.")
        socket.close("internal")


def _credentials(auth: dict[str, Any] | None) -> tuple[str | None, str | None]:
    """The token and the device that the handshake names. What else it names is not ours to refuse."""
    said = auth or {}
    return (
        _text(said, "token", TOKEN_LENGTH_MAX),
        _text(said, "deviceId", DEVICE_LENGTH_MAX),
    )


def _text(said: dict[str, Any], name: str, length_max: int) -> str | None:
    value = said.get(name)
    if value is not None and (not isinstance(value, str) or not 0 < len(value) <= length_max):
        raise BadInput(problem=f"{name}: must be text of 1 to {length_max} characters.", field=name)
    if value is not None and not is_whole(value):
        # Kept as it is, it would break whoever tells others of it.
        raise BadInput(problem=f"{name}: must be made of whole characters.", field=name)
    return value


def _quiet() -> logging.Logger:
    """python-socketio tells of every packet and of every stranger; the rooms log what matters of that themselves."""
    quiet = logging.getLogger("brigade.socketio")
    quiet.setLevel(logging.ERROR)
    return quiet
