"""Who may enter which room, and what everybody else is told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

import pytest

from hub import boards
from hub.audience import (
    ANNOUNCEMENTS,
    OPS,
    PLATFORM,
    Room,
    RoomKind,
    announcements_room,
    item_room,
    order_room,
    pass_room,
    restaurant_scope,
    station_room,
    table_room,
    user_room,
    user_scope,
    waiters_room,
)
from hub.boards import Admission
from hub.commands.orders import CloseOrder, ServeOrder
from hub.domain.refusals import NoSuchThing, NotYourJob
from hub.events.floor import TableStatus
from hub.ids import OrderId, RestaurantId, SeatingId, TableId, UserId, new_id
from hub.people import Actor, Role, Seat
from hub.store import ledger
from hub.store.database import Database
from tests.boards.evening import Evening
from tests.boards.story import everything_happens

KITCHEN = {RoomKind.PASS, RoomKind.STATION}
FLOOR = {RoomKind.WAITERS, RoomKind.TABLE}
EVERYBODYS = {RoomKind.ORDER, RoomKind.ITEM}

MAY_ENTER = {
    Role.COOK: KITCHEN | EVERYBODYS,
    Role.WAITER: FLOOR | EVERYBODYS,
    Role.HOST: FLOOR | EVERYBODYS,
    Role.EXPO: KITCHEN | FLOOR | EVERYBODYS,
    Role.MANAGER: KITCHEN | FLOOR | EVERYBODYS,
    Role.OWNER: KITCHEN | FLOOR | EVERYBODYS,
}
ROOMS_OF_A_HOUSE = KITCHEN | FLOOR | EVERYBODYS


@dataclass
class House:
    """A restaurant with a party at table 7 that has ordered, and the rooms there are."""

    evening: Evening
    seating: str
    order: str
    rooms: dict[RoomKind, Room]

    @property
    def id(self) -> RestaurantId:
        return self.evening.house

    @property
    def party(self) -> Actor:
        return self.evening.guest(self.seating, self.evening.table)

    async def admit(self, room: Room, by: Actor) -> Admission:
        async with self.evening.database.snapshot():
            return await boards.admit(room, by)

    async def party_leaves(self) -> None:
        order = UUID(self.order)
        fired = await self.evening.fire({"id": self.order})
        await self.evening.cook(fired)
        await self.evening.do(ServeOrder(order_id=order))
        await self.evening.do(CloseOrder(order_id=order))
        await self.evening.set_table(TableStatus.DIRTY, TableStatus.FREE)


async def a_house(evening: Evening) -> House:
    seating = await evening.seat()
    order = (await evening.order(evening.steaks()))["id"]
    rooms = {
        RoomKind.PASS: pass_room(evening.house),
        RoomKind.STATION: station_room(evening.house, UUID(evening.grill)),
        RoomKind.WAITERS: waiters_room(evening.house),
        RoomKind.TABLE: table_room(UUID(evening.table)),
        RoomKind.ORDER: order_room(UUID(order)),
        RoomKind.ITEM: item_room(UUID(evening.soup)),
    }
    return House(evening, seating, order, rooms)


@pytest.fixture
async def house(evening: Evening) -> House:
    return await a_house(evening)


@pytest.fixture
async def elsewhere(database: Database) -> House:
    """The restaurant across the street, in the same database."""
    evening = await Evening.open(database)
    await evening.furnish()
    return await a_house(evening)


def a_colleague(role: Role, restaurant: RestaurantId) -> Actor:
    user = UserId(new_id())
    return Actor(name=f"user:{user}", grants=MappingProxyType({restaurant: frozenset({role})}), user=user)


async def outcome(asking: Awaitable[Admission]) -> type[Exception] | None:
    try:
        await asking
    except (NoSuchThing, NotYourJob) as refusal:
        return type(refusal)
    return None


async def at_sight(house: House, room: Room, by: Actor) -> Admission | None:
    return boards.admit_at_sight(room, by, house.id)


async def outcomes(house: House, by: Actor) -> dict[RoomKind, type[Exception] | None]:
    return {kind: await outcome(house.admit(room, by)) for kind, room in house.rooms.items()}


async def test_colleagues_enter_the_rooms_of_their_job_and_are_told_whose_the_others_are(house: House) -> None:
    for role, kinds in MAY_ENTER.items():
        expected = {kind: None if kind in kinds else NotYourJob for kind in ROOMS_OF_A_HOUSE}
        assert await outcomes(house, a_colleague(role, house.id)) == expected, role


async def test_who_is_admitted_at_sight_would_be_admitted_if_one_asked_and_nobody_else(
    house: House, elsewhere: House
) -> None:
    rooms = [*house.rooms.values(), *map(announcements_room, (None, *Role))]
    people = [a_colleague(role, house.id) for role in MAY_ENTER] + [a_colleague(Role.OWNER, elsewhere.id)]
    for by in people:
        assert by.user is not None
        for room in (*rooms, user_room(by.user), user_room(UserId(new_id()))):
            asked = await outcome(house.admit(room, by))
            assert await outcome(at_sight(house, room, by)) is asked, (room.kind, by)
            if asked is None:
                assert await at_sight(house, room, by) == await house.admit(room, by), room.kind


async def test_of_guests_and_of_rooms_of_which_nothing_is_known_nothing_is_said_at_sight(house: House) -> None:
    follows = Actor(name=f"order:{house.order}", order=OrderId(UUID(house.order)))
    owner = a_colleague(Role.OWNER, house.id)
    for room in house.rooms.values():
        assert boards.admit_at_sight(room, house.party, house.id) is None
        assert boards.admit_at_sight(room, follows, house.id) is None
        assert boards.admit_at_sight(room, owner, None) is None
    with pytest.raises(NoSuchThing):
        boards.admit_at_sight(OPS, owner, house.id)


async def test_what_is_a_houses_stays_there_until_its_end_is_told(evening: Evening) -> None:
    """So it need not be asked again: after a dinner in which everything happened each room is where it was, or gone."""
    await everything_happens(evening)
    rooms = {Room.parse(name) for name in evening.told} - set(map(announcements_room, (None, *Role)))
    assert {room.kind for room in rooms} == ROOMS_OF_A_HOUSE | {RoomKind.USER}
    for room in rooms:
        if room.kind is RoomKind.USER:
            continue
        async with evening.database.snapshot():
            asked = await outcome(boards.admit(room, evening.owner))
        ended = {event.name for event in boards.BOARDS[room.kind].ends} & evening.told[str(room)]
        assert asked is (NoSuchThing if ended else None), room


async def test_nobody_enters_a_room_of_another_restaurant(house: House, elsewhere: House) -> None:
    nothing = dict.fromkeys(ROOMS_OF_A_HOUSE, NoSuchThing)

    for role in MAY_ENTER:
        assert await outcomes(elsewhere, a_colleague(role, house.id)) == nothing, role
    assert await outcomes(elsewhere, house.party) == nothing
    assert await outcomes(elsewhere, Actor(name="order:1", order=OrderId(UUID(house.order)))) == nothing


async def test_a_stranger_cannot_tell_a_room_from_one_that_is_not_there(house: House, elsewhere: House) -> None:
    stranger = a_colleague(Role.OWNER, elsewhere.id)
    there = list(house.rooms.values())
    missing = [Room(room.kind, new_id(), room.station) for room in there]

    said = set()
    for room in (*there, *missing):
        with pytest.raises(NoSuchThing) as refusal:
            await house.admit(room, stranger)
        said.add((str(refusal.value), tuple(refusal.value.facts.items())))

    assert len(said) == 1


async def test_a_colleague_finds_no_station_of_another_restaurant_in_their_own(house: House, elsewhere: House) -> None:
    theirs = station_room(house.id, UUID(elsewhere.evening.grill))

    with pytest.raises(NoSuchThing):
        await house.admit(theirs, a_colleague(Role.OWNER, house.id))


async def test_a_party_enters_its_table_its_order_and_an_items_room_and_no_other(house: House) -> None:
    expected = dict.fromkeys(ROOMS_OF_A_HOUSE, NoSuchThing) | dict.fromkeys(
        (RoomKind.TABLE, RoomKind.ORDER, RoomKind.ITEM)
    )

    assert await outcomes(house, house.party) == expected


async def test_an_orders_link_opens_that_order_and_nothing_else(house: House) -> None:
    holder = Actor(name=f"order:{house.order}", order=OrderId(UUID(house.order)))
    expected = dict.fromkeys(ROOMS_OF_A_HOUSE, NoSuchThing) | {RoomKind.ORDER: None}

    assert await outcomes(house, holder) == expected


async def test_a_partys_link_opens_nothing_but_items_once_it_has_left(house: House) -> None:
    await house.party_leaves()

    assert await outcome(house.admit(house.rooms[RoomKind.TABLE], house.party)) is NoSuchThing
    assert await outcome(house.admit(house.rooms[RoomKind.ORDER], house.party)) is NoSuchThing


async def test_the_next_party_cannot_follow_the_last_ones_order(house: House) -> None:
    await house.party_leaves()
    next_party = house.evening.guest(await house.evening.seat(), house.evening.table)

    assert await outcome(house.admit(house.rooms[RoomKind.TABLE], next_party)) is None
    assert await outcome(house.admit(house.rooms[RoomKind.ORDER], next_party)) is NoSuchThing


async def test_a_party_cannot_enter_another_table(house: House) -> None:
    other = UUID(await house.evening.add_table("8"))

    assert await outcome(house.admit(table_room(other), house.party)) is NoSuchThing
    forged = Seat(SeatingId(UUID(house.seating)), TableId(other))
    assert await outcome(house.admit(table_room(other), Actor(name="seating:1", seat=forged))) is NoSuchThing
    assert await outcome(house.admit(house.rooms[RoomKind.TABLE], Actor(name="seating:1", seat=forged))) is NoSuchThing


async def test_a_party_is_replayed_nothing_from_before_it_sat_down(house: House) -> None:
    await house.party_leaves()
    seating = await house.evening.seat()
    room = house.rooms[RoomKind.TABLE]

    admission = await house.admit(room, house.evening.guest(seating, house.evening.table))

    async with house.evening.database.snapshot():
        replayed = await ledger.entries_of_room(
            admission.scope, str(room), after=admission.replays_after, upto=ledger.SEQ_MAX, limit=100
        )
        earlier = await ledger.entries_of_room(
            admission.scope, str(room), after=0, upto=admission.replays_after, limit=100
        )
    assert [entry.name for entry in replayed] == ["party_seated", "table_status_changed"]
    assert earlier, "The party before was heard at this table."
    assert admission == Admission(restaurant_scope(house.id), admission.replays_after, SeatingId(UUID(seating)))


async def test_a_seating_without_entries_is_replayed_nothing_at_all(house: House, database: Database) -> None:
    async with database.transaction() as line:
        await line.execute("update seating set command_id = 'somebody else''s' where left_at is null")
        head = (await ledger.heads([restaurant_scope(house.id)]))[restaurant_scope(house.id)]

    assert (await house.admit(house.rooms[RoomKind.TABLE], house.party)).replays_after == head.seq


async def test_the_restaurants_ledger_feeds_all_its_rooms_and_staff_may_hear_all_of_it(house: House) -> None:
    for room in house.rooms.values():
        admission = await house.admit(room, a_colleague(Role.MANAGER, house.id))
        assert admission == Admission(restaurant_scope(house.id))


async def test_a_partys_place_in_any_room_ends_with_its_stay(house: House) -> None:
    ends = {
        kind: (await house.admit(house.rooms[kind], house.party)).closes_with
        for kind in (RoomKind.TABLE, RoomKind.ORDER, RoomKind.ITEM)
    }

    mine = SeatingId(UUID(house.seating))
    assert ends == {RoomKind.TABLE: mine, RoomKind.ORDER: mine, RoomKind.ITEM: mine}


async def test_a_persons_room_is_theirs_alone(house: House) -> None:
    cook, manager = a_colleague(Role.COOK, house.id), a_colleague(Role.MANAGER, house.id)
    assert cook.user is not None

    assert await house.admit(user_room(cook.user), cook) == Admission(user_scope(cook.user))
    assert await outcome(house.admit(user_room(cook.user), manager)) is NoSuchThing
    assert await outcome(house.admit(user_room(cook.user), house.party)) is NoSuchThing


async def test_announcements_are_for_everybody(house: House) -> None:
    for somebody in (a_colleague(Role.COOK, house.id), house.party, Actor(name="user:1")):
        assert await house.admit(ANNOUNCEMENTS, somebody) == Admission(PLATFORM)


async def test_announcements_for_a_role_are_for_whoever_has_it_somewhere(house: House) -> None:
    for_cooks, for_guests = announcements_room(Role.COOK), announcements_room(Role.GUEST)
    assert await house.admit(for_cooks, a_colleague(Role.COOK, house.id)) == Admission(PLATFORM)
    assert await house.admit(for_guests, house.party) == Admission(PLATFORM)
    for somebody in (a_colleague(Role.OWNER, house.id), house.party, Actor(name="user:1")):
        assert await outcome(house.admit(for_cooks, somebody)) is NoSuchThing


async def test_announcements_for_a_role_of_the_platform_are_for_whoever_is_that(house: House) -> None:
    follows = Actor(name=f"order:{house.order}", order=OrderId(UUID(house.order)))
    customer = Actor(name="user:1", user=UserId(new_id()))
    operator = replace(customer, is_operator=True)
    cook = a_colleague(Role.COOK, house.id)
    everybody = {"follows": follows, "seated": house.party, "customer": customer, "operator": operator, "cook": cook}
    for role, let_in in {
        Role.GUEST: ["follows", "seated"],
        Role.CUSTOMER: ["customer", "operator", "cook"],
        Role.ADMIN: ["operator"],
        Role.SYSTEM: [],
    }.items():
        asked = {called: await outcome(house.admit(announcements_room(role), by)) for called, by in everybody.items()}
        assert [called for called, no in asked.items() if no is None] == let_in
        assert set(asked.values()) <= {None, NoSuchThing}


@pytest.mark.parametrize("ask", [boards.load, lambda room: boards.admit(room, Actor(name="user:1"))])
async def test_ops_has_no_board(database: Database, ask: Callable[[Room], Awaitable[object]]) -> None:
    async with database.snapshot():
        with pytest.raises(NoSuchThing):
            await ask(OPS)


@pytest.mark.parametrize("kind", [RoomKind.STATION, RoomKind.TABLE, RoomKind.ORDER, RoomKind.ITEM])
async def test_what_is_not_there_has_no_board(house: House, kind: RoomKind) -> None:
    room = house.rooms[kind]

    async with house.evening.database.snapshot():
        with pytest.raises(NoSuchThing):
            await boards.load(Room(room.kind, new_id(), room.station))
