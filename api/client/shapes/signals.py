"""What travels between a hub and its clients: signals.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.audience import RoomKind


class Authenticated(TypedDict):
    """The socket is somebody's, and entered the rooms that everybody is in. The rest is as in a beat."""

    userId: str | None
    rooms: dict[str, Position]
    at: str
    screens: str | None
    behindSeconds: float


class Beat(TypedDict):
    """The connection lives, this is the hub's time, and this is how far the hub can vouch for what it delivered.

    `screens` is the stamp of the screens that this hub serves: another one than yours means that yours are old.
    Before `behindSeconds` ago nothing was recorded that this hub has not delivered since; about a second when all is
    well.
    """

    at: str
    screens: str | None
    behindSeconds: float


class BusyRoom(TypedDict):
    """One room of a hub, how many are in it, and where it stands.

    `head` is the number of its ledger's last entry that was delivered here; after `seq` there was none for this
    room. `entriesBehind` is how many of its ledger the hub has heard of and lacks.
    """

    room: str
    members: int
    seq: int
    head: int
    entriesBehind: int


class DatabaseState(TypedDict):
    """How the database is, as far as the hub's own work shows it. Nothing is asked for this.

    `secondsSinceAnswer` is null before the first answer; a sweep asks every second or two.
    """

    isAnswering: bool
    secondsSinceAnswer: float | None
    poolSize: int
    poolSizeMax: int
    poolInUse: int


class Goodbye(TypedDict):
    """The hub closes this socket, and `reason` says why.

    `hub_stops`: come back after `retryAfterMs`. `token_expired`: come back with the next token. `session_over`,
    `token_invalid`, `not_signed_in`: sign in, and come back.
    """

    reason: str
    retryAfterMs: int


class HubPulse(TypedDict):
    """How one hub of the house is. In the room `ops`, once a second from every hub.

    It takes the place of what the same `instance` said before; a hub that has said nothing for some seconds is gone,
    or cannot be heard because Redis is away. `entriesRecorded`, `entriesDelivered`, `deeds` and `refusals` count
    since the hub's start: the difference of two pulses is a rate. `entriesDelivered` counts each socket that was
    handed an entry; `deeds` those that were done. `places` are the members in rooms, by kind of room; `busiestRooms`
    leave out those of single users. `eventLoopLagSeconds` is how late the event loop was at worst since the last
    pulse; `memoryBytes` is null where the system does not say.
    """

    room: Literal["ops"]
    instance: str
    host: str
    pid: int
    version: str
    at: str
    uptimeSeconds: float
    isHealthy: bool
    isStopping: bool
    sockets: int
    rooms: int
    places: dict[RoomKind, int]
    busiestRooms: list[BusyRoom]
    followers: int
    entriesBehind: int
    behindSeconds: float
    entriesRecorded: int
    entriesDelivered: int
    deeds: int
    refusals: int
    lastRefusals: list[LastRefusal]
    redis: RedisState
    database: DatabaseState
    eventLoopLagSeconds: float
    memoryBytes: int | None
    cpuSeconds: float


class LastRefusal(TypedDict):
    """One no: its code, and which message or route was asked. Nothing of who asked, and nothing of what they said."""

    at: str
    code: str
    door: Literal["rooms", "api"]
    asked: str


class OpsBoard(TypedDict):
    """The house as the hub `instance`, which was asked, knows it: the latest pulse of every hub, its own first."""

    instance: str
    hubs: list[HubPulse]


class Position(TypedDict):
    """Where a room stands: hold `seq`, of this `epoch`."""

    seq: int
    epoch: str


class RedisState(TypedDict):
    """Whether the doorbell rings, and what is wrong where it does not."""

    isUp: bool
    why: str | None


class RoomClosed(TypedDict):
    """You may not be in this room any more. `reason` is a code, such as party_left or not_your_job."""

    room: str
    reason: str


class RoomReset(TypedDict):
    """The room's ledger is another one, and you are out of the room: subscribe, and take the board as it is."""

    room: str
    epoch: str
