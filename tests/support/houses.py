"""A whole restaurant for a test, in which every deed is held to the law.

    house = await a_house(database)
    order = await house.does(PlaceOrder(...), by=house.waiter)

`does` reads every board of the house before and after, and demands that the old board and the recorded entries make
the new one: no action can be tested without being tested under the law. With a `recording`, it keeps all that as
examples for others to do the same.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from hub import boards, refusing
from hub.actions import DEEDS
from hub.actions.deed import Deeds
from hub.audience import (
    Room,
    item_room,
    order_room,
    pass_room,
    restaurant_scope,
    station_room,
    table_room,
    waiters_room,
)
from hub.boards import Board
from hub.commands import Command
from hub.commands.floor import SeatParty
from hub.commands.orders import FireCourse, PlaceOrder, WantedLine
from hub.domain.bills import TaxRule
from hub.domain.floor import FREE, Table
from hub.domain.menu import Item, Modifier, ModifierGroup
from hub.domain.refusals import DatabaseUnavailable, Refused
from hub.domain.sessions import REFRESH_LIFETIME
from hub.events import read
from hub.events.floor import TablePlan
from hub.events.orders import OrderKind
from hub.ids import (
    ItemId,
    MenuSectionId,
    ModifierGroupId,
    ModifierId,
    OrderId,
    RestaurantId,
    SeatingId,
    SectionId,
    SessionId,
    StationId,
    TableId,
    UserId,
    new_id,
)
from hub.people import Actor, Role, Seat
from hub.store import floor, glass, ledger, menu, people, restaurants, sessions
from hub.store.database import Database, connection
from hub.store.floor import PlacedTable
from hub.store.glass import Shown
from hub.store.ledger import Entry
from hub.store.people import Person
from hub.store.restaurants import Restaurant
from hub.telemetry import Metrics
from hub.tokens import STAFF_LIFETIME, Tokens, hash_of
from tests.support import prints
from tests.support.copies import caretaker_of
from tests.support.recording import Recording

SECRET = "the tests' own secret, of 32 characters and more"
TOO_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BUILDS_MAX = 3


@dataclass
class House:
    """One restaurant: three stations, a menu, two sections with tables, and one person for each role."""

    database: Database
    deeds: Deeds
    tokens: Tokens
    id: RestaurantId
    stations: dict[str, StationId] = field(default_factory=dict)
    items: dict[str, Item] = field(default_factory=dict)
    tables: dict[str, TableId] = field(default_factory=dict)
    actors: dict[Role, Actor] = field(default_factory=dict)
    menu_section: MenuSectionId = field(default_factory=lambda: MenuSectionId(new_id()))
    section: SectionId = field(default_factory=lambda: SectionId(new_id()))
    orders: list[OrderId] = field(default_factory=list)
    heard: list[Entry] = field(default_factory=list)
    recording: Recording | None = None

    def user(self, role: Role) -> UserId:
        """Who does this job here."""
        user = self.actors[role].user
        assert user is not None
        return user

    def token(self, role: Role) -> str:
        """What they carry."""
        return token_of(self.user(role))

    @property
    def waiter(self) -> Actor:
        return self.actors[Role.WAITER]

    @property
    def cook(self) -> Actor:
        return self.actors[Role.COOK]

    @property
    def host(self) -> Actor:
        return self.actors[Role.HOST]

    @property
    def manager(self) -> Actor:
        return self.actors[Role.MANAGER]

    @property
    def owner(self) -> Actor:
        return self.actors[Role.OWNER]

    @property
    def rooms(self) -> list[Room]:
        """Every room of the house there is now."""
        return [
            pass_room(self.id),
            waiters_room(self.id),
            *(station_room(self.id, one) for one in self.stations.values()),
            *(table_room(one) for one in self.tables.values()),
            *(order_room(one) for one in self.orders),
            *(item_room(one.id) for one in self.items.values()),
        ]

    async def does(self, command: Command, *, by: Actor, command_id: str | None = None) -> Any:
        """Do it, and hold the deed to the law. The answer as the deed's own model; `heard` holds its entries."""
        rooms = self.rooms
        before, head = await self._boards(rooms)
        with _as_documented(command):
            answered = await self.deeds.do(command, by=by, command_id=command_id)
        after, now = await self._boards(rooms)
        self.heard = await self._entries(head, now)
        for room in rooms:
            expected = self._replayed(room, before[room], self.heard)
            assert expected == after[room], (
                f"The law is broken in {room.kind} by {command.verb}.\n"
                f"recorded: {self.names()}\nold + events: {expected!r}\nread afresh:  {after[room]!r}"
            )
            if self.recording is not None:
                self.recording.add(room, command.verb, before[room], self.heard, after[room])
        answer = DEEDS[type(command)].answer.model_validate_json(answered.body)
        if isinstance(command, PlaceOrder):
            self.orders.append(answer.order_id)
        return answer

    async def orders_at(self, table: str, *wanted: WantedLine, by: Actor | None = None) -> Any:
        """A party sits down (if nobody did) and a waiter takes its order."""
        async with self.database.snapshot():
            placed = await floor.table(self.tables[table], by=self.waiter)
        assert placed is not None
        if placed.table.seating is None:
            await self.does(SeatParty(table_id=self.tables[table], covers=2), by=self.host)
        command = PlaceOrder(
            restaurant_id=self.id, kind=OrderKind.DINE_IN, table_id=self.tables[table], lines=wanted or (self.line(),)
        )
        return await self.does(command, by=by or self.waiter)

    async def fires(self, table: str, *wanted: WantedLine, course: int = 1) -> Any:
        """An order at a table whose course is in the kitchen."""
        order = await self.orders_at(table, *wanted)
        return await self.does(FireCourse(order_id=order.order_id, course=course), by=self.waiter)

    def line(self, item: str = "Soup", quantity: int = 1, **more: Any) -> WantedLine:
        return WantedLine(item_id=self.items[item].id, quantity=quantity, **more)

    async def shows(self, station: str, *, seq: int | None = None, device: str = "tablet", epoch: str = "") -> None:
        """A device of the station has shown everything up to this number, or up to now."""
        scope = restaurant_scope(self.id)
        async with self.database.transaction():
            head = await ledger.open_head(scope)
            shown = head.seq if seq is None else seq
            await glass.keep([Shown(self.id, self.stations[station], device, epoch or head.epoch, shown)])

    async def seating_at(self, table: str) -> SeatingId:
        """Who sits there."""
        async with self.database.snapshot():
            placed = await floor.table(self.tables[table], by=self.waiter)
        assert placed is not None
        assert placed.table.seating is not None
        return placed.table.seating.id

    def guest(self, seating: SeatingId, table: str) -> Actor:
        """Whoever holds this seating's link."""
        return Actor(
            name=f"seating:{seating}",
            grants=MappingProxyType({self.id: frozenset({Role.GUEST})}),
            seat=Seat(seating, self.tables[table]),
        )

    def names(self) -> list[str]:
        """What the last deed recorded."""
        return [entry.name for entry in self.heard]

    async def _boards(self, rooms: Sequence[Room]) -> tuple[dict[Room, Board], int]:
        async with self.database.snapshot():
            found = {room: await boards.load(room) for room in rooms}
            heads = await ledger.heads([restaurant_scope(self.id)])
        return found, heads[restaurant_scope(self.id)].seq if heads else 0

    async def _entries(self, after: int, upto: int) -> list[Entry]:
        async with self.database.snapshot():
            return await ledger.entries(restaurant_scope(self.id), after=after, upto=upto, limit=10_000)

    def _replayed(self, room: Room, board: Board, entries: Sequence[Entry]) -> Board:
        for entry in entries:
            if str(room) in entry.rooms:
                event = read(entry.name, entry.payload, entry.scope)
                assert event is not None
                board = boards.apply(board, event, entry.at)
        return board


@contextlib.contextmanager
def _as_documented(command: Command) -> Iterator[None]:
    """Fail where it is refused by a rule that documents do not name there."""
    try:
        yield
    except Refused as refusal:
        if refusal.code not in {one.code for one in refusing.of_asking(type(command))}:
            raise AssertionError(f"No document says that {command.verb} comes to {refusal.code}.") from refusal
        raise


async def a_house(database: Database, *, name: str = "The Test Kitchen", currency: str = "GBP") -> House:
    """A restaurant with a menu of six items, six tables, and somebody for every role.

    The first one of a name is built as restaurants are, in one long transaction (a machine that stands still for two
    seconds in it is cut off, and builds again); the next ones are prints of it, where a caretaker can make them.
    """
    house = _planned(database)
    caretaker = caretaker_of(await database.glance(_name_of_database))
    if caretaker is not None and (name, currency) in _prints:
        ids, its_print = _prints[name, currency]
        await caretaker(prints.anew(its_print, dict(zip(ids, _ids(house), strict=True))))
        return house
    for _ in range(BUILDS_MAX - 1):
        with contextlib.suppress(DatabaseUnavailable):
            return await _built(house, name, currency)
    return await _built(house, name, currency)


_prints: dict[tuple[str, str], tuple[list[str], str]] = {}
"""By name and currency: what is called something else in the next house, and what writes it."""


async def _name_of_database() -> str:
    return str(await connection().fetchval("select current_database()"))


def _ids(house: House) -> list[str]:
    """All that is called something else in the next house."""
    groups = [group for item in house.items.values() for group in item.modifier_groups]
    users = [house.user(role) for role in house.actors]
    ids = (
        house.id,
        house.menu_section,
        house.section,
        *house.stations.values(),
        *house.tables.values(),
        *(item.id for item in house.items.values()),
        *(group.id for group in groups),
        *(modifier.id for group in groups for modifier in group.modifiers),
        *users,
    )
    return [*map(str, ids), *(hash_of(refresh_token_of(user)).hex() for user in users)]


def _planned(database: Database) -> House:
    """A house of which nothing is built yet."""
    tokens = Tokens(SECRET)
    deeds = Deeds(DEEDS, database, Metrics(), tokens)
    house = House(database, deeds, tokens, RestaurantId(new_id()))
    house.stations = {name: StationId(new_id()) for name in ("Grill", "Cold", "Bar")}
    house.items = {item.name: item for item in _menu(house)}
    house.tables = {name: TableId(new_id()) for name in ("1", "2", "3", "4", "5", "6")}
    for role in (Role.WAITER, Role.HOST, Role.COOK, Role.EXPO, Role.MANAGER, Role.OWNER):
        user = UserId(new_id())
        grants = MappingProxyType({house.id: frozenset({role})})
        house.actors[role] = Actor(name=f"user:{user}", user=user, grants=grants)
    return house


async def _built(house: House, name: str, currency: str) -> House:
    tax = TaxRule({OrderKind.DINE_IN: 2000, OrderKind.PICKUP: 500})
    async with house.database.transaction() as line:
        await restaurants.add(Restaurant(house.id, name, currency, "Europe/London", tax, 300, 600))
        await menu.add_section(menu.MenuSection(house.menu_section, house.id, "Food"))
        for station, station_id in house.stations.items():
            await menu.add_station(menu.Station(station_id, house.id, station))
        for item in house.items.values():
            await menu.add_item(item)
        await floor.add_section(floor.Section(house.section, house.id, "Window"))
        for table, table_id in house.tables.items():
            plan = TablePlan(table_id=table_id, section_id=house.section, name=table, seats=4)
            await floor.add_table(PlacedTable(Table(table_id, house.id, table, FREE, TOO_LONG_AGO), plan))
        for role in house.actors:
            await _add_person(house, role)
        if (name, currency) not in _prints:
            _prints[name, currency] = _ids(house), await prints.taken(line)
    return house


def _menu(house: House) -> Iterator[Item]:
    sides = ModifierGroup(
        ModifierGroupId(new_id()),
        "Side",
        1,
        2,
        (Modifier(ModifierId(new_id()), "Fries", 0), Modifier(ModifierId(new_id()), "Truffle", 250, ("mushroom",))),
    )
    yield _item(house, "Soup", 650, "Cold", allergens=("celery",))
    yield _item(house, "Steak", 2400, "Grill", modifier_groups=(sides,))
    yield _item(house, "Burger", 1450, "Grill")
    yield _item(house, "Wine", 700, "Bar", stations_by_kind={OrderKind.DELIVERY: house.stations["Cold"]})
    yield _item(house, "Special", 1900, "Grill", portions_left=50)
    yield _item(house, "Tart", 750, "Cold", portions_left=2)


def _item(house: House, name: str, price: int, station: str, **more: Any) -> Item:
    return Item(
        id=ItemId(new_id()),
        restaurant_id=house.id,
        section_id=house.menu_section,
        name=name,
        price=price,
        station_id=house.stations[station],
        prep_seconds=600,
        **more,
    )


async def _add_person(house: House, role: Role) -> None:
    user = house.user(role)
    await people.add(Person(user, f"{role}.{user}@example.test", role.value.title(), "no hash", is_operator=False))
    await people.set_roles(user, house.id, frozenset({role}))
    await begins_shift(user)


async def begins_shift(user: UserId) -> None:
    """Let somebody have a session that is called as they are, so that a token of it can be signed anywhere.

    Asked within a transaction; asked again it changes nothing.
    """
    if await sessions.under_way(SessionId(user), user) is None:
        await sessions.begin(SessionId(user), user, None, hash_of(refresh_token_of(user)), REFRESH_LIFETIME)


def refresh_token_of(user: UserId) -> str:
    """The first refresh token of that session."""
    return f"the first refresh token of {user}"


def token_of(
    user: UserId, at: datetime | None = None, *, lasts: timedelta = STAFF_LIFETIME, tokens: Tokens | None = None
) -> str:
    """A token in that session, signed now or at some other time."""
    return (tokens or Tokens(SECRET)).staff_token(user, SessionId(user), at or datetime.now(UTC), lasts=lasts)[0]


async def pass_time(house: House, seconds: int) -> None:
    """Let everything in the house be so much older than it is."""
    async with house.database.transaction():
        for table, column in (("ticket", "fired_at"), ("dining_table", "status_since")):
            await connection().execute(
                f"update {table} set {column} = {column} - make_interval(secs => $2) where restaurant_id = $1",
                house.id,
                seconds,
            )
