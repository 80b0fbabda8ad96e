"""A restaurant that is open for real, and whose every deed is held to the law.

`Dinner.do` lets somebody do something, applies what was recorded to the boards of all rooms that are watched, reads
them all afresh, and compares. A room is watched from the first fact that reaches it. With a `recording`, what happened
to each board is kept for others to do the same.
"""

import json
from collections.abc import Awaitable
from types import MappingProxyType
from typing import Any, Self, TypeVar
from uuid import UUID

from hub import boards, events
from hub.actions import DEEDS
from hub.actions.deed import Deeds
from hub.audience import ANNOUNCEMENTS, Room, RoomKind, pass_room, user_room, waiters_room
from hub.boards import Board
from hub.commands import Command
from hub.domain.bills import Rounding, TaxRule
from hub.domain.refusals import NoSuchThing
from hub.events.orders import OrderKind
from hub.ids import OrderId, RestaurantId, SeatingId, TableId, UserId, new_id
from hub.people import Actor, Role, Seat
from hub.store import people, restaurants
from hub.store.database import Database
from hub.store.ledger import Entry, Recorded
from hub.store.people import Person
from hub.store.restaurants import Restaurant
from hub.telemetry import Metrics
from tests.support.recording import Recording

T = TypeVar("T")


class PlainLinks:
    """Links that open nothing: the deeds want something to sign with."""

    def order_link(self, restaurant: RestaurantId, order: OrderId, at: object) -> str:
        return f"order:{order}"

    def seating_link(self, restaurant: RestaurantId, table: TableId, seating: SeatingId, at: object) -> str:
        return f"seating:{seating}"

    def hash_of_device_code(self, code: str) -> bytes:
        return code.encode()


class Dinner:
    """One restaurant, its owner, and the boards of every room that something has happened in."""

    def __init__(self, database: Database, house: RestaurantId, owner: Actor) -> None:
        self.database, self.house, self.owner = database, house, owner
        self.asked: set[type[Command]] = set()
        self.heard: set[str] = set()
        self.told: dict[str, set[str]] = {}
        """What each room was told, by its name."""
        self.watched: dict[Room, Board] = {}
        self.recording: Recording | None = None
        self._deeds = Deeds(DEEDS, database, Metrics(), PlainLinks())
        self._recorded: list[Recorded] = []
        database.listen(self._recorded.append)

    @classmethod
    async def open(cls, database: Database, *, tax: TaxRule | None = None) -> Self:
        """A restaurant with nothing in it but its owner, where anybody who waits at all waits too long."""
        house, user = RestaurantId(new_id()), UserId(new_id())
        rates = {OrderKind.DINE_IN: 2000, OrderKind.PICKUP: 500}
        async with database.transaction():
            await restaurants.add(
                Restaurant(
                    id=house,
                    name="Brigade",
                    currency="GBP",
                    time_zone="Europe/London",
                    tax=tax or TaxRule(rates=rates, is_included=True, rounding=Rounding.PER_ORDER),
                    ticket_not_started_seconds=0,
                    table_waiting_seconds=0,
                    ticket_unseen_seconds=0,
                )
            )
            await people.add(Person(user, f"{user}@example.org", "Olga", "", is_operator=True))
            await people.set_roles(user, house, frozenset({Role.OWNER}))
        grants = MappingProxyType({house: frozenset({Role.OWNER})})
        dinner = cls(database, house, Actor(name=f"user:{user}", grants=grants, user=user, is_operator=True))
        await dinner.watch(pass_room(house), waiters_room(house), user_room(user), ANNOUNCEMENTS)
        return dinner

    def guest(self, seating: str, table: str) -> Actor:
        """Somebody who holds the link of a seating."""
        seat = Seat(SeatingId(UUID(seating)), TableId(UUID(table)))
        grants = MappingProxyType({self.house: frozenset({Role.GUEST})})
        return Actor(name=f"seating:{seating}", grants=grants, seat=seat)

    async def watch(self, *rooms: Room) -> None:
        async with self.database.snapshot():
            self.watched |= {room: await boards.load(room) for room in rooms}

    async def do(self, command: Command, by: Actor | None = None) -> dict[str, Any]:
        """Let it be done, by the owner if by nobody else; the law must hold in every room. The answer as JSON."""
        self._recorded.clear()
        before = dict(self.watched)
        answered = await self._deeds.do(command, by=by or self.owner)
        self.asked.add(type(command))
        entries = [entry for recorded in self._recorded for entry in recorded.entries]
        for entry in entries:
            self._apply(entry)
        await self._hold_to_the_law(command.verb)
        if self.recording is not None:
            for room, board in before.items():
                if room in self.watched:
                    self.recording.add(room, command.verb, board, entries, self.watched[room])
        answer: dict[str, Any] = json.loads(answered.body)
        return answer

    async def happens(self, what: str, doing: Awaitable[T]) -> T:
        """Let something happen that is no deed; the law must hold in every room."""
        self._recorded.clear()
        came = await doing
        for entry in [entry for recorded in self._recorded for entry in recorded.entries]:
            self._apply(entry)
        await self._hold_to_the_law(what)
        return came

    def board(self, room: Room) -> Any:
        return self.watched[room]

    def _apply(self, entry: Entry) -> None:
        event = events.read(entry.name, entry.payload, entry.scope)
        assert event is not None
        self.heard.add(entry.name)
        for name in entry.rooms:
            self.told.setdefault(name, set()).add(entry.name)
        for room in map(Room.parse, entry.rooms):
            if room in self.watched:
                self.watched[room] = boards.apply(self.watched[room], event, entry.at)

    async def _hold_to_the_law(self, what: str) -> None:
        told = {Room.parse(name) for one in self._recorded for entry in one.entries for name in entry.rooms}
        async with self.database.snapshot():
            for room in {*self.watched, *told}:
                afresh = await _afresh(room)
                if afresh is None:
                    self.watched.pop(room, None)
                    continue
                applied = self.watched.setdefault(room, afresh)
                assert applied == afresh, f"After {what}, in {room}:\n{_difference(applied, afresh)}"
                assert _bytes(applied) == _bytes(afresh), f"After {what} {room} differs on the wire alone."


async def _afresh(room: Room) -> Board | None:
    """The board read afresh; None where its table has left the plan, and its room with it."""
    try:
        return await boards.load(room)
    except NoSuchThing:
        assert room.kind is RoomKind.TABLE
        return None


def _difference(applied: Board, afresh: Board) -> str:
    """The fields in which the two boards differ, one above the other."""
    return "\n".join(
        f"{name}\n    applied: {getattr(applied, name)}\n    afresh:  {getattr(afresh, name)}"
        for name in type(afresh).model_fields
        if getattr(applied, name) != getattr(afresh, name)
    )


def _bytes(board: Board) -> str:
    return board.model_dump_json(by_alias=True)


EVERY_EVENT = {event.name for event in events.EVENTS}
EVERY_COMMAND = set(DEEDS)
