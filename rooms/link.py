"""One client's connection, below Socket.IO: Engine.IO 4 over WebSocket, as an asyncio protocol and nothing more.

A link is no task and has no queue of its own but the frames of this turn; a client that does not take them keeps them
waiting up to a limit in bytes and is then cut off, so nobody in a room ever waits for somebody else. Everything here
returns at once. Not its business: who is connected and what they say (`rooms.engine`), and bytes of the protocol
(`rooms.frames`).
"""

import asyncio
from typing import Any, Protocol, cast

import structlog

from hub.follow.seldom import Seldom
from hub.proxies import Address
from rooms import frames
from rooms.attention import Attention
from rooms.deadlines import Deadline, Deadlines
from rooms.frames import BadFrame, Code, Message, Opcode, Reader
from rooms.packets import BadPacket
from rooms.turn import Turn

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

PING = frames.text(b"2")

log = structlog.get_logger(__name__)


class Ear(Protocol):
    """Who is told what a link hears, and what it does. Nothing of it may wait."""

    turn: Turn
    attention: Attention

    def hear(self, link: "Link", packet: str) -> asyncio.Future[Any] | None:
        """A message. Where a future is answered, the link hears no more until it is done. Raises `BadPacket`."""
        ...

    def evicted(self, link: "Link", why: str) -> None:
        """The link is closed because its client is in the wrong."""
        ...

    def ended(self, link: "Link") -> None:
        """The connection is over."""
        ...


class Clocks:
    """What all links of a hub are waited for, at the cost of four timers."""

    def __init__(self) -> None:
        self.connect: Deadlines[Link] = Deadlines(lambda link: link.evict("never_connected"))
        self.ping: Deadlines[Link] = Deadlines(Link.ping)
        self.pong: Deadlines[Link] = Deadlines(lambda link: link.evict("silent"))
        self.close: Deadlines[Link] = Deadlines(Link.abort)


class Link(asyncio.Protocol):
    """One connection, from the handshake's answer to its last byte."""

    __slots__ = (
        "_answer_bytes",
        "_bad_frames",
        "_clock",
        "_clocks",
        "_deadline",
        "_ear",
        "_ended",
        "_event_bytes",
        "_hearing",
        "_is_deaf",
        "_is_over",
        "_is_stuck",
        "_reader",
        "_seldom",
        "_stuck_answer_bytes",
        "_stuck_event_bytes",
        "_transport",
        "address",
        "closed",
        "frames",
        "sid",
        "why_closed",
    )

    def __init__(self, sid: str, ear: Ear, clocks: Clocks, address: Address | None = None) -> None:
        self.sid = sid
        self.address = address
        """From where the client has come, as far as somebody who is believed says."""
        self.why_closed = "transport close"
        self.closed = False
        """Whether nothing can be said here any more."""
        self.frames: list[bytes] = []
        """What was said in this turn, or waits because the client does not read."""
        self._ear = ear
        self._clocks = clocks
        self._reader = Reader()
        self._transport: asyncio.Transport | None = None
        # What the client has time for now, and until when.
        self._clock: Deadlines[Link] | None = None
        self._deadline: Deadline[Link] | None = None
        self._hearing: asyncio.Future[Any] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._event_bytes = 0
        self._answer_bytes = 0
        # Of those, what the transport holds and the client has not taken.
        self._is_stuck = False
        self._stuck_event_bytes = 0
        self._stuck_answer_bytes = 0
        self._is_deaf = False
        self._is_over = False
        self._bad_frames = 0
        self._seldom: Seldom | None = None

    @property
    def ended(self) -> asyncio.Future[None]:
        """Done when the connection is over and whoever hears of it has been told."""
        if self._ended is None:
            self._ended = asyncio.get_running_loop().create_future()
            if self._is_over:
                self._ended.set_result(None)
        return self._ended

    # Speaking

    def push(self, frame: bytes) -> None:
        """Send a frame of an event or a signal. A client that does not keep up is cut off instead."""
        if self.closed:
            return
        self._add(frame)
        self._event_bytes += len(frame)
        if self._event_bytes > QUEUE_BYTES_MAX:
            self._relieve()

    def hand(self, frames: bytes) -> None:
        """Send what a turn brought, at its end: at once, unless something was said here that goes before it."""
        if self.frames or self._is_stuck or self.closed or self._transport is None:
            self.push(frames)
            return
        self._transport.write(frames)
        if self._is_stuck:
            self._event_bytes = self._stuck_event_bytes = len(frames)
            if len(frames) > QUEUE_BYTES_MAX:
                self._relieve()

    def answer(self, frame: bytes) -> None:
        """Send a frame of an answer to something that the client said."""
        if self.closed:
            return
        self._add(frame)
        self._answer_bytes += len(frame)
        if self._answer_bytes > ANSWER_BYTES_MAX:
            self._relieve()

    def close(self, why: str, code: int = Code.GOING_AWAY) -> None:
        """Send what was said, and close. A client that does not take it in time is cut off."""
        if self.closed:
            return
        self._add(frames.close(code))
        self.why_closed, self.closed = why, True
        self._wait_for(self._clocks.close, CLOSE_SECONDS_MAX)

    def evict(self, why: str) -> None:
        """Cut the client off, without another word, and count why."""
        if not self._is_over:
            log.info("A socket was cut off.", socket=self.sid, why=why)
            self.why_closed = why
            self._ear.evicted(self, why)
            self.abort()

    def abort(self) -> None:
        """Close at once: nothing more is sent, and the connection is reset."""
        self.closed = self._is_deaf = True
        self.frames.clear()
        self._call_off()
        if self._transport is not None:
            self._transport.abort()

    def send(self, joined: bytes) -> None:
        """Hand all frames to the transport. The turn does so at its end, and nobody else."""
        self.frames.clear()
        if self._transport is None or self._is_over:
            return
        self._transport.write(joined)
        if self._is_stuck:
            self._stuck_event_bytes, self._stuck_answer_bytes = self._event_bytes, self._answer_bytes
        else:
            self._event_bytes = self._answer_bytes = 0

    def _add(self, frame: bytes) -> None:
        if not self.frames and not self._is_stuck:
            self._ear.turn.join(self)
        self.frames.append(frame)

    def _flush(self) -> None:
        if self.frames:
            self.send(b"".join(self.frames))

    def _relieve(self) -> None:
        """More waits than may. Much may have been said within this very turn; whoever takes it is not slow."""
        if not self._is_stuck:
            self._flush()
        if self._event_bytes > QUEUE_BYTES_MAX or self._answer_bytes > ANSWER_BYTES_MAX:
            self.evict("slow")

    # What the transport tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no asyncio.Transport, though they do all that one does.
        self._transport = transport = cast(asyncio.Transport, transport)
        # Stuck as soon as the client has not taken something, so that what waits can be counted.
        transport.set_write_buffer_limits(high=0)
        self._wait_for(self._clocks.connect, CONNECT_SECONDS_MAX)

    def pause_writing(self) -> None:
        self._is_stuck = True

    def resume_writing(self) -> None:
        self._is_stuck = False
        self._event_bytes -= self._stuck_event_bytes
        self._answer_bytes -= self._stuck_answer_bytes
        self._stuck_event_bytes = self._stuck_answer_bytes = 0
        self._flush()

    def data_received(self, data: bytes) -> None:
        if self._is_deaf:
            return
        self._reader.feed(data)
        if self._hearing is not None:
            return
        turn = self._ear.attention.ask()
        if turn is None:
            self._listen()
        else:
            self._wait_until_heard(turn)

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = self._is_deaf = self._is_over = True
        self._transport = None
        self.frames.clear()
        self._call_off()
        self._ear.ended(self)

    def has_ended(self) -> None:
        """Everybody who hears of the end has been told."""
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)

    # Listening

    def has_connected(self) -> None:
        """This connection became somebody's socket."""
        if not self.closed:
            self._wait_for(self._clocks.ping, PING_SECONDS)

    def ping(self) -> None:
        """Ask whether the client is there."""
        self.answer(PING)
        if not self.closed:
            self._wait_for(self._clocks.pong, PONG_SECONDS_MAX)

    def _listen(self) -> None:
        try:
            while not self._is_deaf and self._hearing is None:
                message = self._reader.next()
                if message is None:
                    return
                self._take(message)
        except BadFrame as error:
            self._turn_out(_EVICTED_FOR.get(error.code, "garbage"), error.code)
            self._stop_listening()

    def _take(self, message: Message) -> None:
        if message.opcode is Opcode.CLOSE:
            self._hear_goodbye(message.payload)
        elif self.closed:
            # On its way out, it listens for the client's goodbye and hears nothing else.
            return
        elif message.opcode is Opcode.TEXT:
            self._hear(message.payload.decode())
        elif message.opcode is Opcode.PING:
            self.answer(frames.frame(Opcode.PONG, message.payload))

    def _hear_goodbye(self, payload: bytes) -> None:
        """RFC 6455, 7.1: a close is answered with its own code, and the server hangs up first."""
        if not self.closed:
            self.close("transport close", int.from_bytes(payload[:2], "big") if payload else Code.NORMAL)
        self._is_deaf = True
        if not self._is_stuck:
            self._flush()
        if self._transport is not None:
            self._transport.close()

    def _hear(self, packet: str) -> None:
        match packet[:1]:
            case "4" if len(packet) > 1:
                self._hear_message(packet[1:])
            case "3":
                self._hear_pong()
            case "1":
                self.close("client disconnect", Code.NORMAL)
            case _:
                self._hear_garbage("This is not an Engine.IO packet.")

    def _hear_pong(self) -> None:
        # What nobody asked for changes nothing: each deadline that is called off is kept until its time comes.
        if self._clock is self._clocks.pong:
            self._wait_for(self._clocks.ping, PING_SECONDS)

    def _hear_message(self, packet: str) -> None:
        try:
            hearing = self._ear.hear(self, packet)
        except BadPacket as error:
            self._hear_garbage(str(error))
        except Exception as failure:
            self._fail(failure)
        else:
            if hearing is not None:
                self._wait_until_heard(hearing)

    def _wait_until_heard(self, hearing: asyncio.Future[Any]) -> None:
        """Leave in the kernel what the client says meanwhile: it is heard in its turn."""
        self._hearing = hearing
        if self._transport is not None:
            self._transport.pause_reading()
        hearing.add_done_callback(self._heard)

    def _heard(self, hearing: asyncio.Future[Any]) -> None:
        self._hearing = None
        if self._is_over or hearing.cancelled():
            return
        match hearing.exception():
            case None:
                pass
            case BadPacket() as error:
                self._hear_garbage(str(error))
            case failure:
                self._fail(failure)
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()
            self._listen()

    def _fail(self, failure: BaseException | None) -> None:
        # The edge: nothing that one client says may end anything but its own connection.
        log.error("A socket's message could not be taken in.", socket=self.sid, exc_info=failure)
        self.close("server error", Code.INTERNAL_ERROR)

    def _hear_garbage(self, why: str) -> None:
        self._bad_frames += 1
        self._seldom = self._seldom or Seldom()
        if self._seldom.is_due():
            log.info("A socket sends garbage.", socket=self.sid, why=why, frames=self._bad_frames)
        if self._bad_frames >= BAD_FRAMES_MAX:
            self._turn_out("garbage", Code.POLICY_VIOLATION)

    def _turn_out(self, why: str, code: Code) -> None:
        """Close on somebody who does not speak as a client does, and count why."""
        if not self.closed:
            self._ear.evicted(self, why)
            self.close(why, code)

    def _stop_listening(self) -> None:
        """Nothing that comes can be read any more. It is received all the same, and dropped, until the client hangs up.

        Closed over unread bytes, TCP resets the connection, and the client may lose the close code with it.
        """
        self._is_deaf = True
        if self._transport is None or self._is_stuck:
            return
        self._flush()
        if not self._is_stuck and self._transport.can_write_eof():
            self._transport.write_eof()

    # Time

    def _wait_for(self, clock: Deadlines["Link"], seconds: float) -> None:
        """There is one deadline: to connect, until the next ping, for its answer, or for a close."""
        self._call_off()
        self._clock, self._deadline = clock, clock.begin(self, seconds)

    def _call_off(self) -> None:
        if self._deadline is not None:
            self._deadline.call_off()
            self._deadline = None


_EVICTED_FOR = {Code.UNSUPPORTED_DATA: "binary", Code.TOO_LARGE: "too_large"}
