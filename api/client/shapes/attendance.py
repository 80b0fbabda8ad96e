"""What travels between a hub and its clients: attendance.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.audience import RoomKind


class Connection(TypedDict):
    """One socket of a person: at which hub, on which device, since when, and where it listens.

    Of many `rooms` the first are told; `roomsInAll` says how many there are.
    """

    instance: str
    socketId: str
    device: str | None
    sessionId: str | None
    connectedAt: str
    rooms: list[Standing]
    roomsInAll: int


class HubHere(TypedDict):
    """One hub of the house and who is connected to it, as it said `at` that time.

    `places` are the members in rooms, by kind of room. Before `behindSeconds` ago nothing was recorded that it has
    not delivered since. `isHealthy` is whether it hears its own tokens, and follows every ledger that it should.
    """

    instance: str
    host: str
    version: str
    at: str
    isHealthy: bool
    isStopping: bool
    isRedisUp: bool
    sockets: int
    rooms: int
    places: dict[RoomKind, int]
    behindSeconds: float


class Standing(TypedDict):
    """A room that a socket is in: up to which number the hub has handed it entries, and up to which it showed them."""

    room: str
    seq: int
    shown: int
