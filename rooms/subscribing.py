"""Subscribing: a socket enters a room in the same step in which it is told where the room stands.

Coming back after a lost connection is the same message with `since`. Not its business: what the answer holds
(`hub.boards.opening`), and who may enter (`hub.boards`, `rooms.rights`).
"""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson

from hub.actions.glass import Glass
from hub.audience import ANNOUNCEMENTS, OPS, Room, RoomKind, user_room
from hub.boards.opening import Opening
from hub.boards.page import Opened
from hub.domain.refusals import BadInput, DatabaseBusy, Kind, NotSignedIn, Refused
from hub.events.tickets import TicketFired
from hub.follow import Follower, Followers
from hub.ids import RestaurantId
from hub.limits import SUBSCRIPTIONS, Charge, must_be_allowed
from hub.people import Actor
from hub.store.glass import Shown
from hub.telemetry import Metrics
from hub.turnstile import Turnstile
from rooms.acks import Handler
from rooms.members import Members
from rooms.messages import Delivered, Subscribe, Unsubscribe, read, the_room
from rooms.pulse import Pulse
from rooms.rights import Rights
from rooms.signals import Authenticated, Position
from rooms.sockets import Place, Socket
from rooms.vitals import Vitals

TRIES_MAX = 5
"""How often somebody's rights may change under a subscription before that is called busy."""


class NotInRoom(Refused):
    """You are not in this room. Subscribe to it first."""

    code = "not_in_room"
    kind = Kind.CONFLICT


class _RightsMoved(Exception):
    """The rights that a room was asked for with are not the ones held now."""


class Subscriptions:
    """The messages about rooms."""

    def __init__(
        self,
        opening: Opening,
        followers: Followers,
        members: Members,
        rights: Rights,
        vitals: Vitals,
        pulse: Pulse,
        glass: Glass,
        metrics: Metrics,
        turnstile: Turnstile,
    ) -> None:
        self._opening = opening
        self._followers = followers
        self._members = members
        self._rights = rights
        self._vitals = vitals
        self._pulse = pulse
        self._glass = glass
        self._metrics = metrics
        self._turnstile = turnstile
        self.handlers: dict[str, Handler] = {
            "subscribe": self.subscribe,
            "unsubscribe": self.unsubscribe,
            "delivered": self.delivered,
        }

    async def subscribe(self, socket: Socket, said: tuple[Any, ...]) -> bytes:
        """Show me this room."""
        message = read(Subscribe, said)
        must_be_allowed(await self._turnstile.take(Charge(SUBSCRIPTIONS, socket.id)))
        opened = await self.open(socket, the_room(message.room), since=message.since, epoch=message.epoch)
        return opened.body()

    async def unsubscribe(self, socket: Socket, said: tuple[Any, ...]) -> bytes:
        """Leave the room. Whoever is not in it has left it already."""
        room = the_room(read(Unsubscribe, said).room)
        async with socket.turn(str(room)):
            self._leave(socket, room)
        return orjson.dumps({"room": str(room)})

    async def delivered(self, socket: Socket, said: tuple[Any, ...]) -> bytes:
        """Remember what has reached the device's glass. Nothing is waited for: a moment later it is written down."""
        message = read(Delivered, said)
        place = socket.places.get(message.room)
        if place is None:
            raise NotInRoom
        follower = None if place.scope is None else self._followers.get(place.scope)
        if follower is None or message.seq > follower.head:
            raise BadInput(problem="seq: nothing of that number was delivered here yet.", field="seq")
        if place.room.kind is RoomKind.STATION:
            self._note(place, follower, message.seq)
        place.shown = max(place.shown, message.seq)
        return orjson.dumps({"room": message.room, "seq": message.seq})

    def _note(self, place: Place, follower: Follower, seq: int) -> None:
        """A station's screen shows everything up to this number."""
        room, device = place.room, place.socket.device or ""
        assert room.subject is not None
        assert room.station is not None
        # A name that cannot be written down counts as none.
        name = device if device.isprintable() else ""
        self._glass.note(Shown(RestaurantId(room.subject), room.station, name, follower.epoch, seq))
        now = datetime.now(UTC)
        for entry, _ in follower.entries_after(place.name, place.shown) or ():
            if entry.seq <= seq and entry.name == TicketFired.name:
                self._metrics.ticket_seen_seconds.observe(max(0.0, (now - entry.at).total_seconds()))

    async def open(
        self,
        socket: Socket,
        room: Room,
        *,
        since: int | None = None,
        epoch: str | None = None,
        wants_board: bool = True,
    ) -> Opened:
        """Open the room for the socket, which is in it at the return, unless the answer says that there is more.

        Between entering and the return nothing is awaited. A socket that is in the room already leaves it first, so
        that it hears nothing twice; when it is refused it is out.
        """
        async with socket.turn(str(room)):
            self._leave(socket, room)
            for _ in range(TRIES_MAX):
                actor = await self._rights.who(socket)
                place = Place(socket, room, shown=since or 0)
                try:
                    if room == OPS:
                        return self._open_ops(place, actor)
                    return await self._opening.open(
                        room,
                        actor,
                        since=since,
                        epoch=epoch,
                        wants_board=wants_board,
                        enter=partial(self._enter, place, actor),
                    )
                except _RightsMoved:
                    continue
            raise DatabaseBusy

    async def open_own_rooms(self, socket: Socket) -> Authenticated:
        """Enter the rooms that everybody is in: their own, and the announcements. Says so with `authenticated`."""
        actor = await self._rights.who(socket)
        opened = [await self.open(socket, room, wants_board=False) for room in _own_rooms(actor)]
        return self._say_authenticated(socket, actor, opened)

    def open_own_rooms_at_sight(self, socket: Socket) -> Authenticated | None:
        """As `open_own_rooms`, in this very step; None where anything has to be asked or waited for."""
        actor = socket.actor
        if actor is None or not socket.is_open:
            return None
        opened: list[Opened] = []
        for room in _own_rooms(actor):
            if socket.is_busy_with(str(room)):
                return None
            self._leave(socket, room)
            entered = self._opening.enter_at_sight(room, actor, partial(self._enter, Place(socket, room), actor))
            if entered is None:
                return None
            opened.append(entered)
        return self._say_authenticated(socket, actor, opened)

    def go_on(self, socket: Socket, actor: Actor) -> Authenticated | None:
        """Say `authenticated` to a socket that is in its own rooms still; None where it is not."""
        rooms: dict[str, Position] = {}
        for room in _own_rooms(actor):
            place = socket.places.get(str(room))
            follower = None if place is None or place.scope is None else self._followers.get(place.scope)
            if place is None or follower is None:
                return None
            # Whatever was delivered here has been handed to the socket already.
            rooms[place.name] = Position(seq=follower.head, epoch=follower.epoch)
        return self._authenticated(socket, actor, rooms)

    def _say_authenticated(self, socket: Socket, actor: Actor, opened: list[Opened]) -> Authenticated:
        rooms = {one.room: Position(seq=one.seq, epoch=one.epoch) for one in opened}
        return self._authenticated(socket, actor, rooms)

    def _authenticated(self, socket: Socket, actor: Actor, rooms: dict[str, Position]) -> Authenticated:
        beat = self._vitals.beat()
        authenticated = Authenticated(
            user_id=None if actor.user is None else str(actor.user),
            rooms=rooms,
            at=beat.at,
            screens=beat.screens,
            behind_seconds=beat.behind_seconds,
        )
        socket.tell(authenticated)
        return authenticated

    def _enter(self, place: Place, actor: Actor, opened: Opened) -> None:
        """In the step in which the answer is made: is the socket still there, and still who was let in?"""
        socket = place.socket
        if not socket.is_open:
            raise NotSignedIn
        if socket.actor is not actor:
            raise _RightsMoved
        place.scope, place.closes_with = opened.admission.scope, opened.admission.closes_with
        if not opened.recovered:
            # Whoever is given a board may have shown all of it before, or nothing.
            place.shown = opened.seq
        self._members.enter(place)

    def _open_ops(self, place: Place, actor: Actor) -> Opened:
        admission = self._rights.admit_to_ops(actor)
        self._members.enter(place)
        board = self._pulse.board()
        body = board.model_dump_json(by_alias=True).encode()
        return Opened(place.name, board.instance, 0, None, body, [], False, admission)

    def _leave(self, socket: Socket, room: Room) -> None:
        place = socket.places.get(str(room))
        if place is not None:
            self._members.leave(place)


def _own_rooms(actor: Actor) -> tuple[Room, ...]:
    return (ANNOUNCEMENTS,) if actor.user is None else (user_room(actor.user), ANNOUNCEMENTS)
