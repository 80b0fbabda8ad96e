"""Who a token stands for. What a person may do is read from the store and kept until it changes.

Not its business: signing in (`hub.actions.sessions`), making tokens (`hub.tokens`), and what an actor may do with a
command (`hub.actions.deed`).
"""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType

from hub.actions.keyring import Keyring
from hub.audience import PLATFORM
from hub.domain.refusals import DatabaseBusy, LinkOver, NoSuchThing, TokenExpired, TokenInvalid
from hub.domain.sessions import SessionOver
from hub.events.people import whose_rights_changed
from hub.events.sessions import SessionEnded
from hub.follow import Follower
from hub.ids import RestaurantId, SessionId, UserId
from hub.people import Actor, Role, Seat
from hub.proxies import Address
from hub.store import floor, people, sessions
from hub.store.database import Database
from hub.store.ledger import Entry
from hub.store.sessions import UnderWay
from hub.tokens import OrderLink, SeatingLink, StaffToken, Tokens

ACTORS_KEPT_MAX = 10_000
SESSIONS_KEPT_MAX = 20_000
TOKENS_KEPT_MAX = 20_000
TOKENS_KEPT_SECONDS = 300.0
"""Tokens whose signature was verified. To verify one takes longer than to answer many a question."""
READS_MAX = 5


@dataclass(frozen=True, slots=True)
class Visitor:
    """One of the people as whom somebody may look around a demo."""

    role: Role
    name: str
    user: UserId


@dataclass(frozen=True, slots=True)
class Demo:
    """A restaurant to try, where anybody at the door may be any of `people` without a password.

    `speed` is how many seconds of its dinner pass in one. No setting makes a hub one: whoever starts it hands this in.
    """

    restaurant_id: RestaurantId
    restaurant: str
    speed: int
    people: tuple[Visitor, ...]

    def visitor(self, role: Role) -> Visitor:
        """Who has this role there. Raises NoSuchThing."""
        for one in self.people:
            if one.role is role:
                return one
        raise NoSuchThing(thing="person")


@dataclass(frozen=True, slots=True)
class _Known:
    """Somebody, and their session, as far as anything was heard."""

    person: Actor
    session: UnderWay

    def actor(self, says: StaffToken) -> Actor:
        """The person in this session, for as long as the token lasts."""
        actor, at = self.person, self.session
        if at.device is not None and at.restaurant is not None:
            actor = actor.at_device(at.device, at.restaurant)
        return replace(actor, session=says.session, expires_at=says.expires_at)


@dataclass(slots=True)
class _Shown:
    """A token that was shown and is good until it ends, and who that is while `person` is what is known of them."""

    says: StaffToken | OrderLink | SeatingLink
    shown_at: float
    """When it was shown last, on the monotonic clock."""
    person: Actor | None = None
    actor: Actor | None = None

    def actor_of(self, known: _Known, says: StaffToken) -> Actor:
        """The person in their session; the same one while nothing new is known of them."""
        if self.actor is None or self.person is not known.person:
            self.person, self.actor = known.person, known.actor(says)
        return self.actor


class Identities:
    """Turns tokens into actors. A followers' listener, which forgets whose rights change, and what sessions end.

    What a verified token says stays true until it ends, so it is not verified again. Whether that still opens anything
    is looked up each time.
    """

    def __init__(self, database: Database, tokens: Tokens) -> None:
        self._database = database
        self._tokens = tokens
        self._keyring = Keyring(database)
        self._kept: OrderedDict[UserId, Actor] = OrderedDict()
        self._under_way: OrderedDict[SessionId, UnderWay] = OrderedDict()
        self._shown: OrderedDict[str, _Shown] = OrderedDict()
        self._changes_heard = 0

    def at_sight(self, token: str) -> Actor | None:
        """As `actor`, in this very step: of staff whose rights are known here. None where that has to be looked up."""
        if Keyring.is_key(token):
            return None
        shown = self._look_at(token)
        if not isinstance(shown.says, StaffToken) or (known := self._known(shown.says)) is None:
            return None
        return shown.actor_of(known, shown.says)

    async def actor(self, token: str, address: Address | None = None) -> Actor:
        """Who this token stands for. Raises TokenInvalid or TokenExpired, and what the database raises.

        Staff's is one only until their session ends: then it raises SessionOver. A seating's link is one only until its
        party leaves: then it raises LinkOver. A restaurant's key, which may open from some addresses alone, raises
        KeyOver and NotFromHere.
        """
        if Keyring.is_key(token):
            return await self._keyring.actor(token, address)
        shown = self._look_at(token)
        match shown.says:
            case StaffToken() as says:
                return shown.actor_of(await self._person(says), says)
            case OrderLink(_, order, expires_at):
                return Actor(name=f"order:{order}", order=order, expires_at=expires_at)
            case SeatingLink(restaurant, table, seating, expires_at):
                seat = Seat(seating, table)
                async with self._database.snapshot():
                    if not await floor.sits_here(seat):
                        raise LinkOver
                grants = MappingProxyType({restaurant: frozenset({Role.GUEST})})
                return Actor(name=f"seating:{seating}", grants=grants, seat=seat, expires_at=expires_at)

    def delivered(self, follower: Follower, entry: Entry, prevs: Mapping[str, int]) -> None:
        """As a listener. From a change of rights on, or a session's end, nothing that was read before is believed."""
        self._keyring.delivered(follower, entry, prevs)
        user = whose_rights_changed(entry.name, entry.scope, entry.payload)
        if user is not None:
            self._changes_heard += 1
            self._kept.pop(user, None)
        elif entry.name == SessionEnded.name and entry.scope == PLATFORM:
            self._changes_heard += 1
            self._forget_sessions(SessionEnded.read(entry.payload, entry.scope))

    def reset(self, follower: Follower) -> None:
        """As a listener. On another ledger of the platform, nothing that was heard of anybody can be trusted."""
        self._keyring.reset(follower)
        if follower.scope == PLATFORM:
            self._changes_heard += 1
            self._kept.clear()
            self._under_way.clear()

    def now(self) -> datetime:
        """What time it is in the house, by which every token ends."""
        return self._database.clock.now()

    def _look_at(self, token: str) -> _Shown:
        shown, now = self._shown.get(token), time.monotonic()
        if shown is None:
            shown = self._shown[token] = _Shown(self._tokens.read(token), now)
            self._forget_unshown(now)
        elif shown.says.expires_at <= self._database.clock.now():
            del self._shown[token]
            raise TokenExpired
        else:
            shown.shown_at = now
            self._shown.move_to_end(token)
        return shown

    def _forget_unshown(self, now: float) -> None:
        """Guests' links are many, and each is shown for an hour. The first one was shown longest ago."""
        while len(self._shown) > TOKENS_KEPT_MAX or self._first_shown_at() < now - TOKENS_KEPT_SECONDS:
            self._shown.popitem(last=False)

    def _first_shown_at(self) -> float:
        return next(iter(self._shown.values())).shown_at

    def _known(self, says: StaffToken) -> _Known | None:
        """The person and their session, where both are known here."""
        person, session = self._kept.get(says.user), self._under_way.get(says.session)
        if person is None or session is None or session.user != says.user:
            return None
        self._kept.move_to_end(says.user)
        self._under_way.move_to_end(says.session)
        return _Known(person, session)

    async def _person(self, says: StaffToken) -> _Known:
        """The person with the rights of a moment after the last change that was heard here. Raises SessionOver."""
        known = self._known(says)
        if known is not None:
            return known
        for _ in range(READS_MAX):
            changes_heard = self._changes_heard
            known = await self._read(says)
            # A change that was heard meanwhile may be missing in what was read; it must not be kept over it.
            if changes_heard == self._changes_heard:
                self._keep(says, known)
                return known
        raise DatabaseBusy

    def _keep(self, says: StaffToken, known: _Known) -> None:
        self._kept[says.user] = known.person
        if len(self._kept) > ACTORS_KEPT_MAX:
            self._kept.popitem(last=False)
        self._under_way[says.session] = known.session
        if len(self._under_way) > SESSIONS_KEPT_MAX:
            self._under_way.popitem(last=False)

    def _forget_sessions(self, ended: SessionEnded) -> None:
        if ended.session_id is not None:
            self._under_way.pop(ended.session_id, None)
            return
        for session in [one for one, under_way in self._under_way.items() if under_way.user == ended.user_id]:
            del self._under_way[session]

    async def _read(self, says: StaffToken) -> _Known:
        user, kept = says.user, self._kept.get(says.user)
        if kept is not None:
            # Another device of somebody who is known here: one question, and no transaction around it.
            session = await self._database.glance(partial(sessions.under_way, says.session, user))
            if session is None:
                raise SessionOver
            return _Known(kept, session)
        async with self._database.snapshot():
            person = await people.by_id(user)
            grants = await people.grants_of(user)
            session = await sessions.under_way(says.session, user)
        if person is None:
            raise TokenInvalid
        if session is None:
            raise SessionOver
        held = MappingProxyType(grants)
        return _Known(Actor(name=f"user:{user}", user=user, grants=held, is_operator=person.is_operator), session)
