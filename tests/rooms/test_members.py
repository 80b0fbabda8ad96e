"""Delivery in a room: what a turn brings for it goes to each member as one piece, in order, and to nobody else."""

from datetime import UTC, datetime
from typing import Any, cast

import pytest

from hub.audience import Room, restaurant_scope, waiters_room
from hub.follow import Follower, Followers
from hub.ids import RestaurantId, new_id
from hub.store.ledger import Entry
from hub.telemetry import Metrics
from rooms.members import Members
from rooms.sockets import Place, Socket
from tests.rooms.test_turns import Deaf, Wire, a_wire, turn_is_over

HOUSE = RestaurantId(new_id())
SCOPE = restaurant_scope(HOUSE)
ROOM = waiters_room(HOUSE)
OTHER = waiters_room(RestaurantId(new_id()))
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Nobody:
    """The followers, of which nothing is wanted here."""

    def leave(self, scope: Any) -> None: ...


class House:
    """A room's members, and what was written to each of them."""

    def __init__(self) -> None:
        self.ear, self.metrics = Deaf(), Metrics()
        self.members = Members(cast(Followers, Nobody()), self.metrics, self.ear.turn)

    def somebody(self) -> tuple[Socket, Wire]:
        link, wire = a_wire(self.ear)
        return Socket("somebody", link, None, at=NOON), wire

    def enters(self, socket: Socket, room: Room = ROOM) -> Place:
        place = Place(socket, room, SCOPE)
        self.members.enter(place)
        return place

    def delivers(self, seq: int, *rooms: Room) -> None:
        names = tuple(str(room) for room in rooms or (ROOM,))
        entry = Entry(SCOPE, seq, "ticket_bumped", names, b'{"n":%d}' % seq, datetime.now(UTC), "system", "c")
        self.members.delivered(cast(Follower, None), entry, dict.fromkeys(names, seq - 1))


@pytest.fixture
def house() -> House:
    return House()


def seqs(wire: Wire) -> list[list[int]]:
    """The numbers that each write brought."""
    return [[int(said.split(b",")[0]) for said in written.split(b'"seq":')[1:]] for written in wire.written]


async def test_a_turns_entries_of_a_room_are_one_write_in_their_order(house: House) -> None:
    (one, wire), (other, others) = house.somebody(), house.somebody()
    house.enters(one)
    house.enters(other)
    for seq in (1, 2, 3):
        house.delivers(seq)
    await turn_is_over()
    house.delivers(4)
    await turn_is_over()
    assert seqs(wire) == seqs(others) == [[1, 2, 3], [4]]
    assert house.metrics.registry.get_sample_value("brigade_entries_delivered_total", {"room_kind": "waiters"}) == 8


class Pane:
    """The hub looks into a room of its own."""

    def __init__(self) -> None:
        self.handed: list[bytes] = []

    def hand(self, frames: bytes) -> None:
        self.handed.append(frames)


async def test_the_hub_itself_is_handed_what_its_own_room_hears_after_everybody_else(house: House) -> None:
    pane, (one, wire) = Pane(), house.somebody()
    house.members.put_in(pane, str(OTHER))
    house.enters(one)
    house.delivers(1, ROOM, OTHER)
    house.delivers(2, OTHER)
    assert pane.handed == []
    await turn_is_over()
    assert [piece.count(b'"seq":') for piece in pane.handed] == [2]
    assert seqs(wire) == [[1]]
    assert house.members.rooms == 1
    assert house.metrics.registry.get_sample_value("brigade_entries_delivered_total", {"room_kind": "waiters"}) == 1


async def test_who_cannot_be_handed_to_keeps_it_from_the_hub_itself(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane, (one, _) = Pane(), house.somebody()
    house.members.put_in(pane, str(OTHER))
    house.enters(one)
    monkeypatch.setattr(house.members, "_count_delivered", lambda *_: 1 // 0)
    house.delivers(1, ROOM, OTHER)
    with pytest.raises(ZeroDivisionError):
        house.members._hand_all_waiting()
    assert pane.handed == [], "a hub that hands nothing over must not take itself for well"


async def test_who_enters_is_not_told_what_came_before(house: House) -> None:
    (early, wire), (late, lates) = house.somebody(), house.somebody()
    house.enters(early)
    house.delivers(1)
    house.enters(late)
    house.delivers(2)
    await turn_is_over()
    assert (seqs(wire), seqs(lates)) == ([[1, 2]], [[2]])


async def test_who_leaves_is_told_what_came_while_they_were_there_before_that_they_left(house: House) -> None:
    socket, wire = house.somebody()
    place = house.enters(socket)
    house.delivers(1)
    house.members.close(place, "party_left")
    house.delivers(2)
    await turn_is_over()
    (written,) = wire.written
    assert written.index(b'"seq":1') < written.index(b"room_closed")
    assert b'"seq":2' not in written


async def test_an_entry_of_two_rooms_reaches_who_is_in_both_twice_and_others_once(house: House) -> None:
    (both, boths), (one, ones) = house.somebody(), house.somebody()
    house.enters(both)
    house.enters(both, OTHER)
    house.enters(one, OTHER)
    house.delivers(1, ROOM, OTHER)
    await turn_is_over()
    assert (seqs(boths), seqs(ones)) == ([[1, 1]], [[1]])


async def test_a_room_that_everybody_left_is_told_nothing(house: House) -> None:
    socket, wire = house.somebody()
    place = house.enters(socket)
    house.members.leave(place)
    house.delivers(1)
    await turn_is_over()
    assert wire.written == []


async def test_who_is_in_several_rooms_is_told_all_that_a_turn_brings_with_one_write(house: House) -> None:
    (both, boths), (one, ones) = house.somebody(), house.somebody()
    house.enters(both)
    house.enters(both, OTHER)
    house.enters(one, OTHER)
    house.delivers(1)
    house.delivers(2, OTHER)
    house.delivers(3)
    await turn_is_over()
    assert (seqs(boths), seqs(ones)) == ([[1, 3, 2]], [[2]])
