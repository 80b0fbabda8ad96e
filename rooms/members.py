"""Who is in which room, and delivery: an entry becomes one frame per room, and a turn's frames go out as one piece.

No task and no await per recipient, so no member waits for another, and everybody in a room hears the same order.
Not its business: who may be a member (`rooms.rights`), and how somebody becomes one (`rooms.subscribing`).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from heapq import nlargest
from typing import Protocol, TypeVar

from hub.audience import OPS, RoomKind, Scope
from hub.boards.wire import entry_json
from hub.follow import Follower, Followers
from hub.ids import SeatingId
from hub.store.ledger import Entry
from hub.telemetry import Metrics
from rooms.packets import event_frame
from rooms.signals import RoomClosed, RoomReset
from rooms.sockets import ROOMS_PER_SOCKET_MAX, Place, Socket, TooManyRooms
from rooms.turn import Turn

_NOT_COUNTED = (f"{RoomKind.USER}:", str(OPS))

K = TypeVar("K")
V = TypeVar("V")


class Pane(Protocol):
    """What the hub itself looks through, where sockets have a link."""

    def hand(self, frames: bytes) -> None:
        """What a turn brought, as a socket would be sent it. Returns soon, and does not fail."""
        ...


class Members:
    """The rooms of this hub and the sockets in them. A follower's listener."""

    def __init__(self, followers: Followers, metrics: Metrics, turn: Turn) -> None:
        self._followers = followers
        self._turn = turn
        self._rooms: dict[str, dict[Socket, Place]] = {}
        self._rooms_of_scope: dict[Scope, set[str]] = {}
        self._panes: dict[str, Pane] = {}
        self._places_of_seating: dict[SeatingId, set[Place]] = {}
        self.places_by_kind: Counter[RoomKind] = Counter()
        """How many places are taken, by kind of room. A socket has one in each of its rooms."""
        self._sockets_by_kind = {kind: metrics.sockets.labels(kind) for kind in RoomKind}
        # What this turn of the loop has brought for each room, and its members have not been handed yet.
        self._waiting: dict[str, list[bytes]] = {}
        self._delivered_by_kind = {kind: metrics.delivered.labels(kind) for kind in RoomKind}

    # Coming and going

    def enter(self, place: Place) -> None:
        """Put a socket in its place. From now on it hears the room, and `place.scope` is left when it leaves."""
        socket = place.socket
        assert place.name not in socket.places, "a socket leaves a room before it enters it again"
        # What came before is the others' alone.
        self._hand_waiting(place.name)
        if len(socket.places) >= ROOMS_PER_SOCKET_MAX:
            raise TooManyRooms(rooms_max=ROOMS_PER_SOCKET_MAX)
        socket.places[place.name] = place
        self._rooms.setdefault(place.name, {})[socket] = place
        if place.scope is not None:
            self._rooms_of_scope.setdefault(place.scope, set()).add(place.name)
        if place.closes_with is not None:
            self._places_of_seating.setdefault(place.closes_with, set()).add(place)
        self._count(place.room.kind, 1)

    def leave(self, place: Place) -> None:
        """Take a socket out of a room. Somebody who is not there any more may be taken out again."""
        if place.socket.places.get(place.name) is not place:
            return
        # What came while it was a member it hears before anything that is said of its leaving.
        self._hand_waiting(place.name)
        del place.socket.places[place.name]
        members = self._rooms[place.name]
        del members[place.socket]
        if not members:
            self._forget_room(place)
        if place.closes_with is not None:
            _discard(self._places_of_seating, place.closes_with, place)
        if place.scope is not None:
            self._followers.leave(place.scope)
        self._count(place.room.kind, -1)

    def leave_all(self, socket: Socket) -> None:
        for place in tuple(socket.places.values()):
            self.leave(place)

    def close(self, place: Place, reason: str) -> None:
        """Tell a member that it is not one any more, and why."""
        if place.socket.places.get(place.name) is place:
            self.leave(place)
            place.socket.tell(RoomClosed(room=place.name, reason=reason))

    def put_in(self, pane: Pane, room: str) -> None:
        """Let the hub itself look into a room of its own, which is no socket's and in no count."""
        self._panes[room] = pane

    def _count(self, kind: RoomKind, places: int) -> None:
        self.places_by_kind[kind] += places
        self._sockets_by_kind[kind].inc(places)

    def _forget_room(self, place: Place) -> None:
        del self._rooms[place.name]
        if place.scope is not None:
            _discard(self._rooms_of_scope, place.scope, place.name)

    # Who is there

    def of_room(self, room: str) -> tuple[Socket, ...]:
        return tuple(self._rooms.get(room, ()))

    def places(self, room: str) -> tuple[Place, ...]:
        return tuple(self._rooms.get(room, {}).values())

    def of_seating(self, seating: SeatingId) -> tuple[Place, ...]:
        return tuple(self._places_of_seating.get(seating, ()))

    @property
    def rooms(self) -> int:
        return len(self._rooms)

    def busiest(self, most: int) -> list[tuple[Place, int]]:
        """The rooms with the most members, as one of their places and how many there are.

        Only rooms that a ledger feeds, and not those of single users: who is here is nobody's business.
        """
        largest = nlargest(most, self._rooms_of_many(), key=lambda members: len(members))
        return [(next(iter(members.values())), len(members)) for members in largest]

    def _rooms_of_many(self) -> Iterator[dict[Socket, Place]]:
        for name, members in self._rooms.items():
            if not name.startswith(_NOT_COUNTED):
                yield members

    # What followers tell

    def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
        """Have the entry handed to everybody in its rooms when this turn ends. In the middle of a follower's step:
        nothing here may wait."""
        for room, prev in prevs.items():
            if room in self._rooms or room in self._panes:
                self._hand_soon(room, event_frame(entry.name, entry_json(entry, room, prev)))

    def reset(self, follower: Follower) -> None:
        """The ledger is another one: everybody is told, and out, until they subscribe again."""
        for room in tuple(self._rooms_of_scope.get(follower.scope, ())):
            for place in self.places(room):
                self.leave(place)
                place.socket.tell(RoomReset(room=room, epoch=follower.epoch))

    # Handing: what a turn brings for a room goes to each member as one piece, however many entries it is.

    def _hand_soon(self, room: str, frame: bytes) -> None:
        if not self._waiting:
            self._turn.before_end(self._hand_all_waiting)
        self._waiting.setdefault(room, []).append(frame)

    def _hand_all_waiting(self) -> None:
        waiting, self._waiting = self._waiting, {}
        pieces: dict[Socket, bytes] = {}
        for room, frames in waiting.items():
            members = self._rooms.get(room)
            if not members:
                continue
            self._count_delivered(members, len(frames))
            together = dict.fromkeys(members, b"".join(frames))
            # Most are in but one of this turn's rooms, and a thousand of them are taken in without a look at each.
            if not pieces.keys().isdisjoint(together):
                together = {socket: pieces.get(socket, b"") + piece for socket, piece in together.items()}
            pieces.update(together)
        for socket, piece in pieces.items():
            socket.link.hand(piece)
        # Last of all: what kept any of those from being handed keeps this, too.
        for room in self._panes.keys() & waiting.keys():
            self._panes[room].hand(b"".join(waiting[room]))

    def _hand_waiting(self, room: str) -> None:
        """Before the turn is over, since somebody comes or goes."""
        frames, members = self._waiting.pop(room, None), self._rooms.get(room)
        if frames and members:
            self._count_delivered(members, len(frames))
            together = b"".join(frames)
            for socket in members:
                socket.link.push(together)

    def _count_delivered(self, members: dict[Socket, Place], frames: int) -> None:
        kind = next(iter(members.values())).room.kind
        self._delivered_by_kind[kind].inc(len(members) * frames)


def _discard(sets: dict[K, set[V]], key: K, value: V) -> None:
    sets[key].discard(value)
    if not sets[key]:
        del sets[key]
