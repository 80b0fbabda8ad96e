"""The load generator's screens: thousands of Socket.IO clients on one epoll, in one process.

Each event that arrives is checked as it is counted: a room's events carry a dense number, so what a screen holds and
what it hears next prove that nothing was lost, doubled or reordered. One screen in `CLOSELY_EVERY` reads its events in
full, and holds the hub to its chain (`prev ≤ held < seq`) as well.

There is no library and no task per screen, so that the generator stays cheaper than any server it measures; each run
says what share of its core it used. Not its business: who makes the events (`benchmarks.control`).
"""

import select
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks import wire
from benchmarks.wire import BrokenWire

CLOSELY_EVERY = 50
CONNECTING_AT_ONCE = 64
CONNECT_SECONDS_MAX = 60.0
SETTLE_SECONDS_MAX = 10.0
READ_BYTES_MAX = 65536
POLL_EVENTS_MAX = 1024


class SentAway(BrokenWire):
    """The server closed a connection."""


UPGRADING, OPENING, CONNECTING, SUBSCRIBING, LISTENING = range(5)


@dataclass(frozen=True, slots=True)
class Seat:
    """Where somebody sits: with which token, and in which of the rooms. Without a room they only connect."""

    token: str
    room: str | None = None
    number: int = 0


@dataclass(slots=True, eq=False)
class Screen:
    """One client."""

    socket: socket.socket
    seat: Seat
    stage: int = UPGRADING
    held: int = 0
    """The number of its room's last event that reached it."""
    seq: int = 0
    is_close: bool = False
    rest: bytes = b""


@dataclass(slots=True)
class Arrivals:
    """What has arrived so far; where it is wanted, which event it was and when."""

    deliveries: int = 0
    stamps: list[tuple[int, int, int]] | None = None
    """Room's number, event's number in its room, and CLOCK_MONOTONIC in nanoseconds."""


@dataclass(slots=True)
class Crowd:
    """Screens of one server. Close it."""

    host: str
    port: int
    event: bytes = wire.EVENT_BEGINS
    is_numbered: bool = True
    """Whether its events say which one of their room they are; where they do not, all are read in full."""
    arrived: Arrivals = field(default_factory=Arrivals)
    screens: dict[int, Screen] = field(default_factory=dict)
    _poll: select.epoll = field(default_factory=select.epoll)
    _waiting: list[Seat] = field(default_factory=list)
    _under_way: int = 0
    _is_connecting: bool = False

    def connect(self, seats: Sequence[Seat], *, at_once: int = CONNECTING_AT_ONCE) -> float:
        """Let everybody connect and enter their room, some at once; how many seconds that took.

        Whom the server sends away while it is busy comes again, as any client would.
        """
        self._waiting, self._is_connecting = list(reversed(seats)), True
        began = time.monotonic()
        while self._waiting or self._under_way:
            while self._waiting and self._under_way < at_once:
                self._open(self._waiting.pop())
            self.turn(0.1)
            if time.monotonic() > began + CONNECT_SECONDS_MAX:
                late = len(self._waiting) + self._under_way
                raise BrokenWire(f"{late} of {len(seats)} screens could not connect in {CONNECT_SECONDS_MAX:.0f} s.")
        return time.monotonic() - began

    def listen_from_now(self, *, with_stamps: bool = False) -> None:
        """Begin to count; every room begins anew at 1. From now on nobody may be sent away."""
        self._is_connecting = False
        self.arrived = Arrivals(stamps=[] if with_stamps else None)
        for screen in self.screens.values():
            screen.held = 0

    def listen_until(self, is_over: Callable[[], bool], seconds_max: float) -> bool:
        """Hear what comes until that is so; False when it took too long."""
        deadline = time.monotonic() + seconds_max
        while not is_over():
            if time.monotonic() > deadline:
                return False
            self.turn(0.05)
        return True

    def turn(self, seconds: float) -> None:
        """Wait for something to happen, and take it in."""
        screens, arrived = self.screens, self.arrived
        for descriptor, _ in self._poll.poll(seconds, POLL_EVENTS_MAX):
            screen = screens[descriptor]
            try:
                data = screen.socket.recv(READ_BYTES_MAX)
                if not data:
                    raise SentAway(f"The server hung up on a screen at stage {screen.stage}.")
                if screen.rest:
                    data, screen.rest = screen.rest + data, b""
                if screen.stage == LISTENING:
                    self._hear(screen, data, arrived)
                else:
                    self._welcome(screen, data)
            except (SentAway, ConnectionResetError):
                if not self._is_connecting:
                    raise
                self._leave(screen)

    def fileno(self) -> int:
        return self._poll.fileno()

    def close(self) -> None:
        """Hang up."""
        for screen in self.screens.values():
            screen.socket.close()
        self.screens.clear()
        self._poll.close()

    def _open(self, seat: Seat) -> None:
        line = socket.create_connection((self.host, self.port), timeout=CONNECT_SECONDS_MAX)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.sendall(wire.upgrade(self.host, self.port))
        line.setblocking(False)
        self.screens[line.fileno()] = Screen(line, seat, is_close=len(self.screens) % self._closely_every == 0)
        self._poll.register(line.fileno(), select.EPOLLIN)
        self._under_way += 1

    def _leave(self, screen: Screen) -> None:
        """Sent away; the seat is taken again later."""
        self._under_way -= screen.stage != LISTENING
        self._poll.unregister(screen.socket.fileno())
        del self.screens[screen.socket.fileno()]
        screen.socket.close()
        self._waiting.insert(0, screen.seat)

    @property
    def _closely_every(self) -> int:
        return CLOSELY_EVERY if self.is_numbered else 1

    # ------------------------------------------------------------ until they are in

    def _welcome(self, screen: Screen, data: bytes) -> None:
        if screen.stage == UPGRADING:
            head, end, data = data.partition(b"\r\n\r\n")
            if not end:
                screen.rest = head
                return
            if not head.startswith(b"HTTP/1.1 101"):
                raise BrokenWire(f"No WebSocket here: {head[:200]!r}")
            screen.stage = OPENING
        done = 0
        for opcode, begin, end_at in wire.frames(data):
            self._step(screen, opcode, data[begin:end_at])
            done = end_at
            if screen.stage == LISTENING:
                break
        if done < len(data):
            screen.rest = data[done:]
            if screen.stage == LISTENING:
                screen.rest, rest = b"", screen.rest
                self._hear(screen, rest, self.arrived)

    def _step(self, screen: Screen, opcode: int, payload: bytes) -> None:
        seat = screen.seat
        match screen.stage, payload[:2]:
            case _ if self._is_about_the_line(screen, opcode, payload):
                pass
            case 1, bytes(kind) if kind[:1] == b"0":
                screen.socket.sendall(wire.connect(seat.token))
                screen.stage = CONNECTING
            case 2, b"44" if b'"retry":true' in payload:
                raise SentAway(f"The server is busy: {payload[:300]!r}")
            case 2, b"40" if seat.room is None:
                self._enter(screen)
            case 2, b"40":
                screen.socket.sendall(wire.subscribe(seat.room or ""))
                screen.stage = SUBSCRIBING
            case 3, b"43" if b'"retry":true' in payload:
                screen.socket.sendall(wire.subscribe(seat.room or ""))
            case 3, b"43":
                if b'"ok":true' not in payload:
                    raise BrokenWire(f"A screen may not enter: {payload[:300]!r}")
                self._enter(screen)
            case _, b"42":
                pass
            case _:
                raise BrokenWire(f"Unexpected at stage {screen.stage}: {payload[:300]!r}")

    def _enter(self, screen: Screen) -> None:
        screen.stage = LISTENING
        self._under_way -= 1

    def _is_about_the_line(self, screen: Screen, opcode: int, payload: bytes) -> bool:
        if opcode == wire.CLOSE:
            raise SentAway(f"The server closed on a screen at stage {screen.stage}: {payload!r}")
        if opcode == wire.TEXT and payload == b"2":
            screen.socket.sendall(wire.client_frame(wire.PONG))
            return True
        return False

    # ------------------------------------------------------------ events

    def _hear(self, screen: Screen, data: bytes, arrived: Arrivals) -> None:
        # Nearly always one whole frame of 126 bytes to 64 KiB, which is an event.
        size = len(data)
        is_one = size > 4 and data[1] == wire.LENGTH_16 and size == 4 + (data[2] << 8 | data[3])
        if is_one and not screen.is_close and data.startswith(self.event, 4):
            self._count(screen, wire.counter(data, 4, size), arrived)
            return
        done = 0
        for opcode, begin, end in wire.frames(data):
            done = end
            if data.startswith(self.event, begin):
                if screen.is_close:
                    self._look_closely(screen, data[begin:end])
                self._count(screen, wire.counter(data, begin, end) if self.is_numbered else screen.held + 1, arrived)
            elif not self._is_about_the_line(screen, opcode, data[begin:end]) and not data.startswith(b"42[", begin):
                raise BrokenWire(f"Unexpected: {data[begin:end][:300]!r}")
        if done < size:
            screen.rest = data[done:]

    def _count(self, screen: Screen, number: int, arrived: Arrivals) -> None:
        if number != screen.held + 1:
            raise BrokenWire(f"{screen.seat.room}: after event {screen.held} came {number}.")
        screen.held = number
        arrived.deliveries += 1
        if arrived.stamps is not None:
            arrived.stamps.append((screen.seat.number, number, time.monotonic_ns()))

    def _look_closely(self, screen: Screen, payload: bytes) -> None:
        event = wire.read_event(payload)
        if event["room"] != screen.seat.room:
            raise BrokenWire(f"{screen.seat.room} heard of {event['room']}.")
        if screen.seq and not event["prev"] <= screen.seq < event["seq"]:
            raise BrokenWire(f"{screen.seat.room}: {screen.seq} was held, and {event['prev']}…{event['seq']} came.")
        screen.seq = event["seq"]
