"""One client of the rooms: who it is, where it listens, and whose turn it is among its own messages.

Not its business: bytes (`rooms.link`), and what anybody may do.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from hub.audience import Room, Scope
from hub.domain.refusals import Kind, Refused
from hub.ids import KeyId, SeatingId, SessionId, UserId
from hub.people import Actor
from rooms.link import Link
from rooms.packets import DISCONNECTED
from rooms.signals import Goodbye, Signal

ROOMS_PER_SOCKET_MAX = 64
MESSAGES_PENDING_MAX = 64

log = structlog.get_logger(__name__)


class TooManyRooms(Refused):
    """This socket is in {rooms_max} rooms already. Leave one first."""

    code = "too_many_rooms"
    kind = Kind.CONFLICT


class TooManyMessages(Refused):
    """Too many messages at once. Wait for some answers first."""

    code = "too_many_messages"
    kind = Kind.BUSY


@dataclass(slots=True, eq=False)
class Place:
    """A socket's place in a room. `scope` is the ledger it listens to; `closes_with` the seating it ends with.

    Up to `shown` the device's glass has shown the room, as far as the device has said.
    """

    socket: "Socket"
    room: Room
    scope: Scope | None = None
    closes_with: SeatingId | None = None
    shown: int = 0
    name: str = ""

    def __post_init__(self) -> None:
        self.name = str(self.room)


@dataclass(slots=True)
class _Turn:
    """The messages of one socket about one thing: one at a time, in the order they came."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    takers: int = 0


class Socket:
    """One client. `actor` is None for nobody, and while its rights are being read again."""

    def __init__(self, sid: str, link: Link, device: str | None, *, at: datetime) -> None:
        self.id = sid
        self.device = device
        self.connected_at = at
        self.token: str | None = None
        self.actor: Actor | None = None
        self.owner: UserId | KeyId | None = None
        self.session: SessionId | None = None
        self.places: dict[str, Place] = {}
        self.deadline: asyncio.TimerHandle | None = None
        self.log = log.bind(socket=sid, device=device)
        self.link = link
        self._turns: dict[str, _Turn] = {}
        self._messages_pending = 0

    @property
    def is_open(self) -> bool:
        return not self.link.closed

    # Telling

    def tell(self, signal: Signal) -> None:
        """Send a signal."""
        self.link.push(signal.frame())

    def send_away(self, reason: str, *, retry_after_ms: int = 0) -> None:
        """Say goodbye and close, so that a standard client stays away until somebody connects it again."""
        self.log.info("A socket is sent away.", reason=reason)
        self.tell(Goodbye(reason=reason, retry_after_ms=retry_after_ms))
        self.link.push(DISCONNECTED)
        self.link.close(reason)

    def close(self, reason: str) -> None:
        """Close once everything queued is sent. A standard client comes back by itself."""
        self.link.close(reason)

    # Taking turns

    @asynccontextmanager
    async def turn(self, about: str) -> AsyncIterator[None]:
        """Wait for the earlier messages of this socket about the same thing."""
        turn = self._turns.setdefault(about, _Turn())
        turn.takers += 1
        try:
            async with turn.lock:
                yield
        finally:
            turn.takers -= 1
            if not turn.takers:
                del self._turns[about]

    def is_busy_with(self, about: str) -> bool:
        """Whether an earlier message about the same thing has its turn still."""
        return about in self._turns

    @contextmanager
    def pending(self) -> Iterator[None]:
        """Count a message while it is worked on. Raises TooManyMessages."""
        if self._messages_pending >= MESSAGES_PENDING_MAX:
            raise TooManyMessages
        self._messages_pending += 1
        try:
            yield
        finally:
            self._messages_pending -= 1

    # Time

    def close_in(self, seconds: float, then: Callable[[], None]) -> None:
        """Run `then` when the time is up, in place of what was set before."""
        self.keep_open()
        self.deadline = asyncio.get_running_loop().call_later(max(0.0, seconds), then)

    def keep_open(self) -> None:
        if self.deadline is not None:
            self.deadline.cancel()
            self.deadline = None


class Sockets:
    """Everybody who is connected to this hub."""

    def __init__(self) -> None:
        self._by_id: dict[str, Socket] = {}
        self._by_owner: dict[UserId | KeyId, set[Socket]] = {}

    def add(self, socket: Socket) -> None:
        self._by_id[socket.id] = socket

    def remove(self, sid: str) -> Socket | None:
        """The socket that was removed, or None if it was not here."""
        socket = self._by_id.pop(sid, None)
        if socket is not None:
            self.belongs(socket, None)
        return socket

    def get(self, sid: str) -> Socket | None:
        return self._by_id.get(sid)

    def belongs(self, socket: Socket, owner: UserId | KeyId | None) -> None:
        """Remember whose socket this is from now on: a person's, or that of a program with a key."""
        if socket.owner is not None:
            others = self._by_owner[socket.owner]
            others.discard(socket)
            if not others:
                del self._by_owner[socket.owner]
        socket.owner = owner
        if owner is not None:
            self._by_owner.setdefault(owner, set()).add(socket)

    def of_user(self, user: UserId) -> tuple[Socket, ...]:
        return tuple(self._by_owner.get(user, ()))

    def of_key(self, key: KeyId) -> tuple[Socket, ...]:
        return tuple(self._by_owner.get(key, ()))

    def __iter__(self) -> Iterator[Socket]:
        return iter(tuple(self._by_id.values()))

    def __len__(self) -> int:
        return len(self._by_id)
