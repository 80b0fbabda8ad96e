"""What a board is, whatever it shows, and what entering its room gives.

Every kind of room is one `BoardKind`: a shape, who may enter, how to read it afresh, and what a fact does to it. Not
its business: which kinds there are (`hub.boards`), and what any of them shows.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import TypeAdapter

from hub.audience import Room, Scope, restaurant_scope
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.events import Event
from hub.events.event import Shape
from hub.ids import RestaurantId, SeatingId
from hub.people import Actor
from hub.rights import Permission
from hub.store.database import connection

B = TypeVar("B", bound="Board")
T = TypeVar("T")


class Board(Shape):
    """What one room's screen shows. Lists are in an order that the shown things alone decide, so two hubs agree."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What somebody was let into: the ledger that feeds the room, and how far back and how long they may listen.

    Entries up to `replays_after` are not theirs to hear again. Their place ends when the seating `closes_with` does.
    """

    scope: Scope
    replays_after: int = 0
    closes_with: SeatingId | None = None


AtSight = Callable[[Room, Actor, RestaurantId | None], Admission | None]
"""Decides as `BoardKind.admit` would, from who asks and from the house the room is known to belong to; None: ask."""


@dataclass(frozen=True, slots=True)
class BoardKind(Generic[B]):
    """One kind of room.

    `needs` is what opens it to those who work in its house; None where no role does. `unseen` are facts that the room
    hears though its board shows nothing of them. After one of `ends`, which the room hears, there is no such room any
    more; until then, and without any for ever, it belongs to the house it belongs to.
    """

    shape: type[B]
    admit: Callable[[Room, Actor], Awaitable[Admission]]
    at_sight: AtSight
    load: Callable[[Room], Awaitable[B]]
    apply: Callable[[B, Event, datetime], B]
    needs: Permission | None = None
    unseen: frozenset[type[Event]] = frozenset()
    ends: frozenset[type[Event]] = frozenset()


def subject(room: Room) -> UUID:
    """The thing a room is about. Every kind but `announcements` and `ops` has one."""
    assert room.subject is not None, f"{room} is about nothing."
    return room.subject


def no_such_room() -> NoSuchThing:
    """What a stranger hears, whether or not there is such a room."""
    return NoSuchThing(thing="room")


def must_have_job(by: Actor, restaurant: RestaurantId, permission: Permission) -> None:
    """Raise NoSuchThing to whoever does not work here, guests among them, and NotYourJob to the wrong colleague."""
    if not by.is_staff(restaurant):
        raise no_such_room()
    if not by.may(permission, restaurant):
        raise NotYourJob.without(permission, is_program=by.key is not None)


def staff_at_sight(permission: Permission) -> AtSight:
    """For rooms of a house that are open to those of its staff who may do this.

    Guests must ask, and so must whoever asks for a room of which nothing is known.
    Nothing but the room's house has to be known of it, and that never changes: what is a house's stays there.
    """

    def at_sight(room: Room, by: Actor, house: RestaurantId | None) -> Admission | None:
        if house is None or by.user is None:
            return None
        must_have_job(by, house, permission)
        return Admission(restaurant_scope(house))

    return at_sight


async def read(shape: TypeAdapter[T], sql: str, *arguments: object) -> T:
    """What a query that answers with one JSON value says.

    Whole lists come in one value, nested ones with them: one round trip, and no row is taken apart in Python.
    """
    return shape.validate_json(await connection().fetchval(sql, *arguments))
