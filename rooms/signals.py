"""Signals: what sockets are told about the connection and the hub. They are no facts, and carry no number.

Their shapes, each with its sentence, from which the rooms' document and the screens' types are made. Not its business:
when any of them is told (`rooms.beating`, `rooms.pulse`, and where things happen).
"""

from typing import Any, ClassVar, Literal

from hub.audience import RoomKind
from hub.events.event import Shape, snake_case
from hub.moments import Moment
from hub.telemetry import DoorName
from rooms.packets import event_frame


class Signal(Shape):
    """Anything that is told without a number. `name` is its wire name; no event and no command is called so."""

    name: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls.name = snake_case(cls.__name__)

    def body(self) -> bytes:
        """The signal as JSON."""
        return self.model_dump_json(by_alias=True).encode()

    def frame(self) -> bytes:
        """The signal as a socket is handed it; made once for however many."""
        return event_frame(self.name, self.body())


# ------------------------------------------------------------------ the connection


class Beat(Signal):
    """The connection lives, this is the hub's time, and this is how far the hub can vouch for what it delivered.

    `screens` is the stamp of the screens that this hub serves: another one than yours means that yours are old. Before
    `behindSeconds` ago nothing was recorded that this hub has not delivered since; about a second when all is well.
    """

    at: Moment
    screens: str | None
    behind_seconds: float


class Position(Shape):
    """Where a room stands: hold `seq`, of this `epoch`."""

    seq: int
    epoch: str


class Authenticated(Signal):
    """The socket is somebody's, and entered the rooms that everybody is in. The rest is as in a beat."""

    user_id: str | None
    rooms: dict[str, Position]
    at: Moment
    screens: str | None
    behind_seconds: float


class RoomReset(Signal):
    """The room's ledger is another one, and you are out of the room: subscribe, and take the board as it is."""

    room: str
    epoch: str


class RoomClosed(Signal):
    """You may not be in this room any more. `reason` is a code, such as party_left or not_your_job."""

    room: str
    reason: str


class Goodbye(Signal):
    """The hub closes this socket, and `reason` says why.

    `hub_stops`: come back after `retryAfterMs`. `token_expired`: come back with the next token. `session_over`,
    `token_invalid`, `not_signed_in`: sign in, and come back.
    """

    reason: str
    retry_after_ms: int


# ------------------------------------------------------------------ the hub


class BusyRoom(Shape):
    """One room of a hub, how many are in it, and where it stands.

    `head` is the number of its ledger's last entry that was delivered here; after `seq` there was none for this room.
    `entriesBehind` is how many of its ledger the hub has heard of and lacks.
    """

    room: str
    members: int
    seq: int
    head: int
    entries_behind: int


class RedisState(Shape):
    """Whether the doorbell rings, and what is wrong where it does not."""

    is_up: bool
    why: str | None


class DatabaseState(Shape):
    """How the database is, as far as the hub's own work shows it. Nothing is asked for this.

    `secondsSinceAnswer` is null before the first answer; a sweep asks every second or two.
    """

    is_answering: bool
    seconds_since_answer: float | None
    pool_size: int
    pool_size_max: int
    pool_in_use: int


class LastRefusal(Shape):
    """One no: its code, and which message or route was asked. Nothing of who asked, and nothing of what they said."""

    at: Moment
    code: str
    door: DoorName
    asked: str


class HubPulse(Signal):
    """How one hub of the house is. In the room `ops`, once a second from every hub.

    It takes the place of what the same `instance` said before; a hub that has said nothing for some seconds is gone, or
    cannot be heard because Redis is away. `entriesRecorded`, `entriesDelivered`, `deeds` and `refusals` count since
    the hub's start: the difference of two pulses is a rate. `entriesDelivered` counts each socket that was handed an
    entry; `deeds` those that were done. `places` are the members in rooms, by kind of room; `busiestRooms` leave out
    those of single users. `eventLoopLagSeconds` is how late the event loop was at worst since the last pulse;
    `memoryBytes` is null where the system does not say.
    """

    room: Literal["ops"] = "ops"
    instance: str
    host: str
    pid: int
    version: str
    at: Moment
    uptime_seconds: float
    is_healthy: bool
    is_stopping: bool
    sockets: int
    rooms: int
    places: dict[RoomKind, int]
    busiest_rooms: tuple[BusyRoom, ...]
    followers: int
    entries_behind: int
    behind_seconds: float
    entries_recorded: int
    entries_delivered: int
    deeds: int
    refusals: int
    last_refusals: tuple[LastRefusal, ...]
    redis: RedisState
    database: DatabaseState
    event_loop_lag_seconds: float
    memory_bytes: int | None
    cpu_seconds: float


class OpsBoard(Shape):
    """The house as the hub `instance`, which was asked, knows it: the latest pulse of every hub, its own first."""

    instance: str
    hubs: tuple[HubPulse, ...]


SIGNALS: tuple[type[Signal], ...] = (Authenticated, Beat, HubPulse, RoomReset, RoomClosed, Goodbye)

NAMES = frozenset(signal.name for signal in SIGNALS)
"""Every signal by its name."""
