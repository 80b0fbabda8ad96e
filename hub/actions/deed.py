"""A deed: one thing a person does, in one transaction, exactly once.

`Deeds.do` claims the command's id, lets the action say what it changes and records, writes that with the answer and
the entries of the ledger in one statement, commits, and only then tells the listeners. A refusal rolls everything
back and keeps nothing. Not its business: rules (`hub.domain`), words on the wire (`api`, `rooms`).
"""

import asyncio
import contextlib
import hashlib
import random
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, Self, TypeVar, get_type_hints

import structlog
from asyncpg.exceptions import (
    DeadlockDetectedError,
    InFailedSQLTransactionError,
    InvalidCachedStatementError,
    SerializationError,
)

from hub.audience import PLATFORM, Scope, restaurant_of, restaurant_scope
from hub.commands import Command
from hub.commands.command import Seen
from hub.domain.refusals import (
    WITH_ACCOUNT,
    DatabaseBusy,
    KeyReused,
    NoSuchThing,
    NotAtDevice,
    NotYourJob,
    OtherLedger,
    Refused,
)
from hub.events import Event, RestaurantEvent
from hub.events.event import Shape
from hub.ids import OrderId, RestaurantId, SeatingId, TableId, UserId, new_id
from hub.people import Actor
from hub.proxies import Address
from hub.rights import RIGHTS, Permission, Role
from hub.store import asked, audit, ledger
from hub.store.asked import AskedBefore, Claim
from hub.store.audit import Noted
from hub.store.changes import Change
from hub.store.database import Database
from hub.telemetry import Metrics, measure

log = structlog.get_logger("brigade.deeds")

TRIES_MAX = 3
TRY_AGAIN_SECONDS = 0.02

COLLISIONS = (DeadlockDetectedError, SerializationError, InvalidCachedStatementError)
"""After these the whole deed is simply run again: another deed, or a migration, was in the way."""


class Belongs(Protocol):
    """Anything that is one restaurant's."""

    @property
    def restaurant_id(self) -> RestaurantId: ...


Thing = TypeVar("Thing", bound=Belongs)


class Links(Protocol):
    """Signs the links that guests are given, and makes of a tablet's code what is kept of it."""

    def order_link(self, restaurant: RestaurantId, order: OrderId, at: datetime) -> str: ...

    def seating_link(self, restaurant: RestaurantId, table: TableId, seating: SeatingId, at: datetime) -> str: ...

    def hash_of_device_code(self, code: str) -> bytes: ...


class Answer(Shape):
    """What a deed answers. It is kept with the command, so it holds no secret: links are signed when it is given."""

    def signed(self, links: Links) -> Self:
        """This answer with the links that go with it."""
        return self


@dataclass(slots=True)
class Work:
    """One deed under way: who asks, since when, and what there will be to tell. Lives as long as its transaction."""

    by: Actor
    claim: Claim
    needs: Permission
    links: Links
    restaurant: RestaurantId | None = None
    changes: list[Change] = field(default_factory=list)
    facts: list[Event] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    address: Address | None = None

    @property
    def at(self) -> datetime:
        """The transaction's time on PostgreSQL's clock. Known once the command is claimed."""
        assert self.claim.at is not None, "A deed claims its command before it does anything else."
        return self.claim.at

    def admitted(self, thing: Thing | None, name: str) -> Thing:
        """The thing that was asked for, if it is there and its restaurant has this job for who asks.

        Raises NoSuchThing for what is missing or somebody else's, NotYourJob for a colleague who may not do this.
        """
        if thing is None:
            raise NoSuchThing(thing=name)
        self.enter(thing.restaurant_id, name)
        return thing

    def enter(self, restaurant: RestaurantId, name: str = "restaurant") -> None:
        """Act in this restaurant from here on, which is there where anybody holds a role. Raises as `admitted` does."""
        must_hold(self.by, restaurant, self.needs, name)
        self.restaurant = restaurant

    def own_account(self) -> UserId:
        """Whose account this is asked of: one's own. Raises as `own_account` does."""
        return own_account(self.by, self.needs)

    def keep(self, *changes: Change) -> None:
        """Have these written when the deed is done, all at once. No two of them touch the same row."""
        self.changes += changes

    def record(self, *events: Event) -> None:
        """State facts. They are appended when the deed is done, and are heard only after the commit."""
        for event in events:
            if isinstance(event, RestaurantEvent):
                held = self.by.roles(event.restaurant_id)
                # A program stands for whoever may do what it was given to do.
                stands_for = RIGHTS[self.needs] if Role.SERVICE in held else held
                assert stands_for & event.caused_by, f"{event.name} is not for {sorted(held)} to cause."
            self.facts.append(event)

    def note(
        self,
        entity: str,
        entity_id: object,
        old: Shape | None,
        new: Shape | None,
        *,
        known_by: Collection[str] = ("name",),
    ) -> None:
        """Have the audit say what this was and is: of something that was changed, the fields in which it differs, and
        those that it is `known_by`, by which people know which one it was. People themselves are noted by id alone."""
        before, after = (None if one is None else one.model_dump(mode="json", by_alias=True) for one in (old, new))
        self.noted.append(
            Noted(
                scope=PLATFORM if self.restaurant is None else restaurant_scope(self.restaurant),
                at=self.at,
                actor=self.by.name,
                action=self.claim.name,
                entity=entity,
                entity_id=str(entity_id),
                old=None if before is None else _different(before, after, known_by),
                new=None if after is None else _different(after, before, known_by),
                address=self.address,
            )
        )


def own_account(by: Actor, permission: Permission) -> UserId:
    """Whose account this is: one's own. Raises NotYourJob for guests and programs, who have none, and NotAtDevice."""
    if by.user is not None and by.may(permission, None):
        return by.user
    if by.has_job(permission, None):
        raise NotAtDevice
    raise NotYourJob(roles=WITH_ACCOUNT)


def must_hold(by: Actor, restaurant: RestaurantId, permission: Permission, name: str) -> None:
    """Raise NoSuchThing for a stranger to the restaurant, NotYourJob for somebody who may not do this there, and
    NotAtDevice for somebody who may, and came in with a PIN."""
    if by.may(permission, restaurant):
        return
    if not by.roles(restaurant):
        raise NoSuchThing(thing=name)
    if by.has_job(permission, restaurant):
        raise NotAtDevice
    raise NotYourJob.without(permission, is_program=by.key is not None)


def _different(ones: Mapping[str, Any], others: Mapping[str, Any] | None, known_by: Collection[str]) -> dict[str, Any]:
    """What one of them says and the other does not, and what it is known by; all of it where there is no other."""
    return {
        name: value for name, value in ones.items() if others is None or name in known_by or others.get(name) != value
    }


Act = Callable[[Work, Any], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Deed:
    """An action and what it is asked with. Made by the `deed` decorator, run by `Deeds`."""

    act: Act
    command: type[Command]
    answer: type[Answer]
    claims: bool


def deed(act: Act) -> Deed:
    """Mark an action `async def seat_party(work: Work, command: SeatParty) -> SeatingAnswer` as a deed."""
    return _deed(act, claims=False)


def claiming_deed(act: Act) -> Deed:
    """The same for one whose first statement takes the claim with it: `await orders.take(work.claim, …)`."""
    return _deed(act, claims=True)


def _deed(act: Act, *, claims: bool) -> Deed:
    hints = get_type_hints(act)
    return Deed(act, hints["command"], hints["return"], claims)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a command: its answer as JSON, and whether this was the first time it was asked."""

    body: bytes
    is_repeated: bool


class Deeds:
    """Everything the hub can be asked to do, on one database."""

    def __init__(self, deeds: Mapping[type[Command], Deed], database: Database, metrics: Metrics, links: Links) -> None:
        self._deeds = deeds
        self._database = database
        self._metrics = metrics
        self._links = links

    async def do(
        self, command: Command, *, by: Actor, command_id: str | None = None, address: Address | None = None
    ) -> Answered:
        """Do what is asked, once. The same actor asking again with the same id gets the first answer.

        `address` is from where it is asked, as far as anybody knows; the audit has it.

        Raises a Refused, after which nothing has changed; asked again under the same id it is judged afresh. Without
        an id a command is new.
        """
        began, outcome = time.perf_counter(), "failed"
        try:
            answered = await self._try(command, by, command_id or str(new_id()), address)
            outcome = "repeated" if answered.is_repeated else "done"
            self._metrics.deeds_done += outcome == "done"
            return answered
        except Refused as refusal:
            outcome = "refused"
            self._metrics.refusals.labels(refusal.code).inc()
            raise
        finally:
            self._metrics.action_seconds.labels(command.verb, outcome).observe(time.perf_counter() - began)

    async def _try(self, command: Command, by: Actor, command_id: str, address: Address | None) -> Answered:
        for attempt in range(1, TRIES_MAX + 1):
            try:
                return await self._once(self._deeds[type(command)], command, by, command_id, address)
            except COLLISIONS as collision:
                log.info("A deed collided with another.", action=command.verb, attempt=attempt, why=str(collision))
                self._metrics.action_retries.labels(command.verb).inc()
                await asyncio.sleep(random.uniform(0, TRY_AGAIN_SECONDS * attempt))
        raise DatabaseBusy

    async def _once(
        self, deed: Deed, command: Command, by: Actor, command_id: str, address: Address | None
    ) -> Answered:
        # Where the asker stood is no part of what they ask.
        digest = hashlib.sha256(command.model_dump_json(exclude={"seen"}).encode()).digest()
        work = Work(by, Claim(by.name, command_id, command.verb, digest), command.needs, self._links, address=address)
        async with self._database.transaction():
            try:
                if not deed.claims:
                    await asked.claim(work.claim)
                answer = await deed.act(work, command)
            except AskedBefore:
                return self._answered_before(deed, command, by, digest, await asked.kept(work.claim))
            except Refused as refusal:
                if await _is_of_another_life(work, command.seen):
                    raise OtherLedger from refusal
                raise
            body = _json(answer)
            for one in work.noted:
                await audit.append(one)
            recorded = await self._write(work, body, command.seen)
        self._database.tell(recorded)
        for event in work.facts:
            measure(self._metrics, event)
        return Answered(self._signed(answer, body), is_repeated=False)

    async def _write(self, work: Work, answer: bytes, seen: Seen | None) -> tuple[ledger.Recorded, ...]:
        """Raises OtherLedger where the asker's board was of another one."""
        answered = asked.answered(
            work.claim,
            scope=None if work.restaurant is None else restaurant_scope(work.restaurant),
            events=[event.name for event in work.facts],
            answer=answer,
        )
        try:
            return await ledger.append(
                [fact_of(event) for event in work.facts],
                actor=work.by.name,
                at=work.at,
                command_id=work.claim.id,
                changes=[*work.changes, answered],
                stood=_standing(work.restaurant, seen),
            )
        except ledger.OtherLedger as error:
            raise OtherLedger from error

    def _answered_before(self, deed: Deed, command: Command, by: Actor, digest: bytes, kept: asked.Kept) -> Answered:
        """The first answer, if it is the same command and who asks may still ask it."""
        if kept.name != command.verb or kept.digest != digest:
            raise KeyReused
        restaurant = restaurant_of(Scope(kept.scope)) if kept.scope else None
        if restaurant is not None:
            must_hold(by, restaurant, command.needs, "restaurant")
        assert kept.answer is not None, "Every deed keeps its answer."
        answer = deed.answer.model_validate_json(kept.answer)
        return Answered(self._signed(answer, _json(answer)), is_repeated=True)

    def _signed(self, answer: Answer, body: bytes) -> bytes:
        """The answer's `body` with the links that go with it."""
        signed = answer.signed(self._links)
        return body if signed is answer else _json(signed)


def _standing(restaurant: RestaurantId | None, seen: Seen | None) -> ledger.Standing | None:
    if restaurant is None or seen is None:
        return None
    return ledger.Standing(restaurant_scope(restaurant), seen.epoch, seen.seq)


async def _is_of_another_life(work: Work, seen: Seen | None) -> bool:
    """Whether what is refused is not what was meant: after a restore there may be another thing by that id, or none."""
    if seen is None:
        return False
    houses = work.by.grants if work.restaurant is None else (work.restaurant,)
    with contextlib.suppress(InFailedSQLTransactionError):
        heads = await ledger.heads([restaurant_scope(house) for house in houses])
        return not any(head.epoch == seen.epoch and head.seq >= seen.seq for head in heads.values())
    return False


def _json(answer: Answer) -> bytes:
    return answer.model_dump_json(by_alias=True).encode()


def fact_of(event: Event) -> ledger.Fact:
    """An event as its ledger keeps it."""
    return ledger.Fact(event.scope, event.name, tuple(str(room) for room in event.audience), event.payload())
