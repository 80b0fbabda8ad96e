"""Who a token stands for, and signing in. What a person may do is read from the store and kept until it changes.

Not its business: making tokens (`hub.tokens`), and what an actor may do with a command (`hub.actions.deed`).
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hub.audience import PLATFORM
from hub.domain.refusals import DatabaseBusy, Kind, LinkOver, NoSuchThing, Refused, TokenExpired, TokenInvalid
from hub.events.event import Shape
from hub.events.people import RightsChanged
from hub.follow import Follower
from hub.ids import RestaurantId, UserId, new_id
from hub.people import Actor, Role, Seat
from hub.store import floor, people
from hub.store.database import Database
from hub.store.ledger import Entry
from hub.tokens import OrderLink, SeatingLink, StaffToken, Tokens

ACTORS_KEPT_MAX = 10_000
TOKENS_KEPT_MAX = 20_000
TOKENS_KEPT_SECONDS = 300.0
"""Tokens whose signature was verified. To verify one takes longer than to answer many a question."""
READS_MAX = 5
HASHING_THREADS = 2
HASHINGS_WAITING_MAX = 50

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""Argon2id with OWASP's parameters: 19 MiB, two passes. With the library's own, two cores log in ten a second."""


class WrongCredentials(Refused):
    """The email or the password is wrong."""

    code = "wrong_credentials"
    kind = Kind.UNAUTHORIZED


class TooManySignIns(Refused):
    """Too many people are signing in at once. Try again in a moment."""

    code = "too_many_sign_ins"
    kind = Kind.BUSY


class SignedIn(Shape):
    """What signing in answers. The token lasts one shift."""

    access_token: str
    token_type: str = "Bearer"
    expires_at: datetime
    user_id: UserId
    name: str
    roles: dict[RestaurantId, tuple[Role, ...]]


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


@dataclass(slots=True)
class _Shown:
    """A token that was shown and is good until it ends, and who that is while `person` is what is known of them."""

    says: StaffToken | OrderLink | SeatingLink
    shown_at: float
    """When it was shown last, on the monotonic clock."""
    person: Actor | None = None
    actor: Actor | None = None

    def actor_of(self, person: Actor) -> Actor:
        """The person, for as long as the token lasts; the same one while nothing new is known of them."""
        if self.actor is None or self.person is not person:
            self.person, self.actor = person, replace(person, expires_at=self.says.expires_at)
        return self.actor


class Identities:
    """Turns tokens into actors. A followers' listener, which forgets a person when their rights change.

    What a verified token says stays true until it ends, so it is not verified again. Whether that still opens anything
    is looked up each time.
    """

    def __init__(self, database: Database, tokens: Tokens) -> None:
        self._database = database
        self._tokens = tokens
        self._kept: OrderedDict[UserId, Actor] = OrderedDict()
        self._shown: OrderedDict[str, _Shown] = OrderedDict()
        self._changes_heard = 0
        self._hashing = ThreadPoolExecutor(HASHING_THREADS, thread_name_prefix="password")
        self._hashings = 0
        # Verified against when there is no such person, so that both answers take as long.
        self._nobodys_hash = HASHER.hash(str(new_id()))

    def at_sight(self, token: str) -> Actor | None:
        """As `actor`, in this very step: of staff whose rights are known here. None where that has to be looked up."""
        shown = self._look_at(token)
        if not isinstance(shown.says, StaffToken) or (person := self._kept.get(shown.says.user)) is None:
            return None
        self._kept.move_to_end(shown.says.user)
        return shown.actor_of(person)

    async def actor(self, token: str) -> Actor:
        """Who this token stands for. Raises TokenInvalid or TokenExpired, and what the database raises.

        A seating's link is one only until its party leaves: then it raises LinkOver.
        """
        shown = self._look_at(token)
        match shown.says:
            case StaffToken(user, _):
                return shown.actor_of(await self._person(user))
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
        """As a listener. From a change of rights on, nothing that was read before it is believed."""
        if entry.scope == PLATFORM and entry.name == RightsChanged.name:
            self._changes_heard += 1
            self._kept.pop(RightsChanged.read(entry.payload, entry.scope).user_id, None)

    def reset(self, follower: Follower) -> None:
        """As a listener. On another ledger of the platform, nothing that was heard of rights can be trusted."""
        if follower.scope == PLATFORM:
            self._changes_heard += 1
            self._kept.clear()

    async def sign_in(self, email: str, password: str) -> SignedIn:
        """A token for one shift. Raises WrongCredentials, the same and as late for an unknown email."""
        async with self._database.snapshot():
            person = await people.by_email(email)
        is_right = await self._verify(self._nobodys_hash if person is None else person.password_hash, password)
        if person is None or not is_right:
            raise WrongCredentials
        return await self._begin_shift(person.id, person.name)

    async def sign_in_without_password(self, demo: Demo, role: Role) -> SignedIn:
        """A token for one shift as the demo's person of this role, for whoever asks. Raises NoSuchThing."""
        visitor = demo.visitor(role)
        return await self._begin_shift(visitor.user, visitor.name)

    def now(self) -> datetime:
        """What time it is in the house, by which every token ends."""
        return self._database.clock.now()

    def close(self) -> None:
        self._hashing.shutdown(wait=False, cancel_futures=True)

    async def _begin_shift(self, user: UserId, name: str) -> SignedIn:
        actor = await self._person(user)
        token, expires_at = self._tokens.staff_token(user, self._database.clock.now())
        return SignedIn(
            access_token=token,
            expires_at=expires_at,
            user_id=user,
            name=name,
            roles={house: tuple(sorted(roles)) for house, roles in actor.grants.items()},
        )

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

    async def _person(self, user: UserId) -> Actor:
        """The person with the rights of a moment after the last change that was heard here."""
        kept = self._kept.get(user)
        if kept is not None:
            self._kept.move_to_end(user)
            return kept
        for _ in range(READS_MAX):
            changes_heard = self._changes_heard
            actor = await self._read(user)
            # A change that was heard meanwhile may be missing in what was read; it must not be kept over it.
            if changes_heard == self._changes_heard:
                self._kept[user] = actor
                if len(self._kept) > ACTORS_KEPT_MAX:
                    self._kept.popitem(last=False)
                return actor
        raise DatabaseBusy

    async def _read(self, user: UserId) -> Actor:
        async with self._database.snapshot():
            person = await people.by_id(user)
            grants = await people.grants_of(user)
        if person is None:
            raise TokenInvalid
        return Actor(name=f"user:{user}", user=user, grants=MappingProxyType(grants), is_operator=person.is_operator)

    async def _verify(self, password_hash: str, password: str) -> bool:
        """Off the event loop, and never more of them waiting than can be answered soon."""
        if self._hashings >= HASHINGS_WAITING_MAX:
            raise TooManySignIns
        self._hashings += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._hashing, _is_right, password_hash, password)
        finally:
            self._hashings -= 1


def _is_right(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
