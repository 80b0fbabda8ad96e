"""Who a socket is, and what follows when that changes: a session or a seating ends, somebody's roles are others, or a
program's key is.

A socket's rights are read when it shows its token, and again whenever the platform's ledger says that they changed.
From that entry on the socket is nobody until they are read, so nothing is entered or asked with what held before.
Not its business: what rights a token gives (`hub.actions.identity`), and who may enter which room (`hub.boards`).
"""

import asyncio
import random
from collections.abc import Mapping
from contextvars import Context

import structlog

from hub.actions.identity import Identities
from hub.audience import OPS, PLATFORM, Room, table_room
from hub.boards.board import Admission, no_such_room
from hub.boards.opening import Opening
from hub.domain.refusals import TRY_AGAIN, NotSignedIn, Refused, TokenExpired
from hub.domain.sessions import SessionOver
from hub.events.floor import PartyLeft, TableRemoved
from hub.events.keys import KeyChanged
from hub.events.people import RightsChanged, whose_rights_changed
from hub.events.sessions import SessionEnded
from hub.follow import Follower
from hub.ids import UserId
from hub.people import Actor
from hub.rights import Permission
from hub.store.ledger import Entry
from hub.telemetry import Metrics
from rooms.members import Members
from rooms.sockets import Socket, Sockets

SIGN_IN_SECONDS_MAX = 10.0
"""How long a socket may be nobody."""
JUDGING_SECONDS_MAX = 2.0
"""How long it may take to find out what somebody may still see. Then the socket is closed, to be on the safe side."""
JUDGES_MAX = 8
TRY_AGAIN_SECONDS = 0.2

OPS_NEEDS = Permission.HUBS_WATCH
"""The room of the hubs themselves has no board, so what it needs stands here."""

log = structlog.get_logger(__name__)


class Rights:
    """Who is who on this hub. A followers' listener: after the identities, who must have forgotten what no longer
    holds, and after the members, who hear first why they must go."""

    def __init__(
        self, identities: Identities, opening: Opening, sockets: Sockets, members: Members, metrics: Metrics
    ) -> None:
        self._identities = identities
        self._opening = opening
        self._sockets = sockets
        self._members = members
        self._metrics = metrics
        self._judges = asyncio.Semaphore(JUDGES_MAX)
        self._judging: set[asyncio.Task[None]] = set()

    # Who is asking

    def expect(self, socket: Socket) -> None:
        """Nobody may stay nobody for long."""
        socket.close_in(SIGN_IN_SECONDS_MAX, lambda: self._evict(socket, NotSignedIn.code))

    async def recognise(self, socket: Socket, token: str) -> Actor:
        """Take the token as the socket's from now on. Raises as `Identities.actor`; then it keeps what it had.

        Raises NotSignedIn where the socket is gone by then: nobody would ever take back what it is given here.
        """
        actor = await self._identities.actor(token, socket.link.address)
        if not socket.is_open:
            raise NotSignedIn
        self._believe(socket, token, actor)
        return actor

    def recognise_at_sight(self, socket: Socket, token: str) -> bool:
        """As `recognise`, in this very step; False where it has to be looked up who that is."""
        actor = self._identities.at_sight(token)
        if actor is None:
            return False
        if not socket.is_open:
            raise NotSignedIn
        self._believe(socket, token, actor)
        return True

    def _believe(self, socket: Socket, token: str, actor: Actor) -> None:
        socket.token, socket.actor, socket.session = token, actor, actor.session
        if actor.device is not None:
            # An enrolled tablet is the same one, whoever taps a PIN there and whatever its browser has forgotten.
            socket.device = str(actor.device)
        self._sockets.belongs(socket, actor.user or actor.key)
        socket.keep_open()
        if actor.expires_at is not None:
            seconds = (actor.expires_at - self._identities.now()).total_seconds()
            socket.close_in(seconds, lambda: self._evict(socket, TokenExpired.code))

    async def who(self, socket: Socket) -> Actor:
        """Who the socket is now, read again if its rights have changed. Raises NotSignedIn, or what reading raises."""
        while socket.actor is None:
            token = socket.token
            if token is None:
                raise NotSignedIn
            actor = await self._identities.actor(token, socket.link.address)
            if socket.token == token:
                socket.actor = actor
        return socket.actor

    def _evict(self, socket: Socket, reason: str) -> None:
        self._metrics.sockets_evicted.labels(reason).inc()
        socket.send_away(reason)

    # What may it see

    async def admit(self, room: Room, by: Actor) -> Admission:
        """Whether somebody may be in the room now. Raises what `hub.boards.admit` does."""
        if room == OPS:
            return self.admit_to_ops(by)
        return await self._opening.admit(room, by)

    def admit_to_ops(self, by: Actor) -> Admission:
        """Operators of the hub. The room hears signals only, so no ledger's number means anything in it."""
        if not by.may(OPS_NEEDS, None):
            raise no_such_room()
        return Admission(PLATFORM)

    async def judge(self, socket: Socket, by: Actor) -> None:
        """Close every room of the socket that it may not be in any more. Raises where that cannot be said."""
        for place in tuple(socket.places.values()):
            try:
                admission = await self.admit(place.room, by)
            except Refused as refusal:
                if refusal.kind in TRY_AGAIN:
                    raise
                self._members.close(place, refusal.code)
            else:
                if admission.closes_with != place.closes_with:
                    self._members.close(place, RightsChanged.name)

    # What followers tell

    def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
        if entry.name == PartyLeft.name:
            left = PartyLeft.read(entry.payload, entry.scope)
            for place in self._members.of_seating(left.seating_id):
                self._members.close(place, PartyLeft.name)
        elif entry.name == TableRemoved.name:
            removed = TableRemoved.read(entry.payload, entry.scope)
            for place in self._members.places(str(table_room(removed.table_id))):
                self._members.close(place, TableRemoved.name)
        elif (user := whose_rights_changed(entry.name, entry.scope, entry.payload)) is not None:
            self._rights_changed(user)
        elif entry.name == KeyChanged.name and entry.scope == PLATFORM:
            for socket in self._sockets.of_key(KeyChanged.read(entry.payload, entry.scope).key_id):
                self.judge_soon(socket)
        elif entry.name == SessionEnded.name and entry.scope == PLATFORM:
            self._session_ended(SessionEnded.read(entry.payload, entry.scope))

    def reset(self, follower: Follower) -> None:
        """The platform's ledger is another one, so nothing that was ever heard of rights can be trusted."""
        if follower.scope == PLATFORM:
            for socket in self._sockets:
                self.judge_soon(socket)

    def _rights_changed(self, user: UserId) -> None:
        for socket in self._sockets.of_user(user):
            self.judge_soon(socket)

    def _session_ended(self, ended: SessionEnded) -> None:
        for socket in self._sockets.of_user(ended.user_id):
            if ended.session_id is None:
                # All of them that there were: one that began since may be here already.
                self.judge_soon(socket)
            elif socket.session == ended.session_id:
                self._evict(socket, SessionOver.code)

    def judge_soon(self, socket: Socket) -> None:
        """Read the socket's rights again, and close what they do not open; until then it is nobody. Where that cannot
        be said in time the socket is closed."""
        if socket.token is None:
            return
        socket.actor = None
        # In a context of its own: whoever rings may be inside a transaction.
        judging = asyncio.get_running_loop().create_task(
            self._judge_in_time(socket), name=f"judges {socket.id}", context=Context()
        )
        self._judging.add(judging)
        judging.add_done_callback(self._judging.discard)

    async def _judge_in_time(self, socket: Socket) -> None:
        try:
            async with asyncio.timeout(JUDGING_SECONDS_MAX), self._judges:
                await self._judge_again(socket)
        except Refused as refusal:
            self._evict(socket, refusal.code)
        except TimeoutError:
            self._metrics.sockets_evicted.labels("rights_unknown").inc()
            socket.close("rights_unknown")
        except Exception:
            # The edge of a task; whoever cannot be judged may not stay.
            socket.log.exception("A socket's rights could not be read.")
            socket.close("rights_unknown")

    async def _judge_again(self, socket: Socket) -> None:
        """Judge until there is an answer. Raises the refusal of a token that opens nothing any more."""
        while socket.is_open:
            try:
                await self.judge(socket, await self.who(socket))
                return
            except Refused as refusal:
                if refusal.kind not in TRY_AGAIN:
                    raise
            await asyncio.sleep(TRY_AGAIN_SECONDS * random.uniform(0.5, 1.0))

    async def stop(self) -> None:
        """Judge nobody any more."""
        for task in tuple(self._judging):
            task.cancel()
        await asyncio.gather(*self._judging, return_exceptions=True)
