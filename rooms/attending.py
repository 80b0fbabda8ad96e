"""What operators are told of who is connected: this hub's sockets, person by person, and the hubs that are heard.

Not its business: asking the other hubs (`hub.attendance`), and what hubs say of themselves (`rooms.pulse`).
"""

from collections.abc import Sequence
from operator import attrgetter

from hub.attendance import ROOMS_TOLD_MAX, Connection, HubHere, Standing
from hub.ids import UserId
from hub.keys import Hub
from rooms.pulse import Pulse
from rooms.sockets import Place, Socket, Sockets


class Attending:
    """The hub's own answer, and its ear for what comes the way that pulses come."""

    def __init__(self, hub: Hub, sockets: Sockets, pulse: Pulse) -> None:
        self._hub = hub
        self._sockets = sockets
        self._pulse = pulse
        hub.attendance.looks_at(self.here, self.hubs)

    def here(self, user: UserId) -> Sequence[Connection]:
        """The person's sockets at this hub, the newest first."""
        sockets = sorted(self._sockets.of_user(user), key=attrgetter("connected_at"), reverse=True)
        return [self._connection(socket) for socket in sockets]

    def hubs(self) -> Sequence[HubHere]:
        """The hubs of the house as they are known here, this one first."""
        return [
            HubHere(
                instance=one.instance,
                host=one.host,
                version=one.version,
                at=one.at,
                is_healthy=one.is_healthy,
                is_stopping=one.is_stopping,
                is_redis_up=one.redis.is_up,
                sockets=one.sockets,
                rooms=one.rooms,
                places=one.places,
                behind_seconds=one.behind_seconds,
            )
            for one in self._pulse.board().hubs
        ]

    def hear(self, body: bytes) -> None:
        """Take in a pulse, or what hubs ask each other about who is connected."""
        if not self._hub.attendance.hear(body):
            self._pulse.hear(body)

    def _connection(self, socket: Socket) -> Connection:
        return Connection(
            instance=self._hub.instance,
            socket_id=socket.id,
            device=socket.device,
            session_id=socket.session,
            connected_at=socket.connected_at,
            rooms=tuple(self._standing(place) for place in list(socket.places.values())[:ROOMS_TOLD_MAX]),
            rooms_in_all=len(socket.places),
        )

    def _standing(self, place: Place) -> Standing:
        follower = None if place.scope is None else self._hub.followers.get(place.scope)
        return Standing(room=place.name, seq=0 if follower is None else follower.chain(place.name), shown=place.shown)
