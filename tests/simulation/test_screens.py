"""What people see: a screen that heard everything shows what a fresh one does. Boards and entries are the hub's own."""

from typing import Any
from uuid import UUID

import orjson

from hub import boards
from hub.audience import Room, order_room, pass_room, station_room, table_room, waiters_room
from hub.boards.wire import listed_entry_json
from hub.commands import Command
from hub.commands.floor import SetTableStatus
from hub.commands.orders import AddLines, CloseOrder, FireCourse, PlaceOrder, ServeOrder, VoidLine
from hub.commands.tickets import BumpTicket, ClearTicket, RecallTicket, RushTicket, StartTicket
from hub.events.floor import TableStatus
from hub.events.orders import OrderKind
from hub.events.tickets import TicketStatus
from hub.people import Actor
from hub.simulation.screens import FloorScreen, Json, KitchenScreen, OrderScreen, Screen, TableScreen
from hub.store.database import Database
from tests.support.houses import House, a_house


class Looker:
    """Every screen of a house, held against fresh ones after every deed."""

    def __init__(self, house: House, *more: tuple[Room, type[Screen]]) -> None:
        self.house = house
        self.kinds: dict[Room, type[Screen]] = {
            waiters_room(house.id): FloorScreen,
            pass_room(house.id): KitchenScreen,
            **{station_room(house.id, one): KitchenScreen for one in house.stations.values()},
            **{table_room(one): TableScreen for one in house.tables.values()},
            **dict(more),
        }
        self.screens: dict[Room, Screen] = {}

    async def looks(self) -> None:
        self.screens = {room: await self.fresh(room) for room in self.kinds}

    async def fresh(self, room: Room) -> Screen:
        async with self.house.database.snapshot():
            board = await boards.load(room)
        return self.kinds[room].of(orjson.loads(board.model_dump_json(by_alias=True)))

    async def hears(self) -> None:
        """Take what the last deed recorded, as it comes over the wire."""
        for room, screen in self.screens.items():
            for entry in self.house.heard:
                if str(room) in entry.rooms:
                    said: Json = orjson.loads(listed_entry_json(entry, str(room), 0))
                    screen.apply(said["event"], said)
            assert screen == await self.fresh(room), f"{room.kind} after {self.house.names()}"


async def test_every_screen_that_hears_everything_shows_what_a_fresh_one_does(database: Database) -> None:
    house = await a_house(database)
    looker = Looker(house)
    await looker.looks()
    order = await house.orders_at(
        "1", house.line("Soup"), house.line("Burger", 2, course=2), house.line("Wine", course=2)
    )
    # Seating the party and placing its order were two deeds; only the second one's entries are kept.
    await looker.looks()
    looker.kinds[order_room(order.order_id)] = OrderScreen
    looker.screens[order_room(order.order_id)] = await looker.fresh(order_room(order.order_id))

    async def does(command: Command, by: Actor) -> Any:
        answer = await house.does(command, by=by)
        await looker.hears()
        return answer

    await does(
        AddLines(order_id=order.order_id, lines=(house.line("Tart", course=3), house.line("Tart"))), house.waiter
    )
    await does(FireCourse(order_id=order.order_id, course=1), house.waiter)
    fired = await does(FireCourse(order_id=order.order_id, course=2), house.waiter)
    tickets = [one.ticket_id for one in fired.tickets]
    await does(StartTicket(ticket_id=tickets[0]), house.cook)
    await does(RushTicket(ticket_id=tickets[1]), house.waiter)
    await does(BumpTicket(ticket_id=tickets[0]), house.cook)
    await does(RecallTicket(ticket_id=tickets[0]), house.cook)
    wine = next(one for one in fired.lines if one.name == "Wine")
    await does(VoidLine(order_id=order.order_id, line_id=wine.line_id), house.manager)
    await does(ClearTicket(ticket_id=wine.ticket_id), house.cook)
    for ticket in tickets[:2]:
        await does(BumpTicket(ticket_id=ticket), house.cook)
    await does(ServeOrder(order_id=order.order_id), house.waiter)
    held = [one for one in fired.lines if one.course == 3]
    await does(VoidLine(order_id=order.order_id, line_id=held[0].line_id), house.waiter)
    await does(CloseOrder(order_id=order.order_id), house.waiter)
    for status in (TableStatus.DIRTY, TableStatus.FREE):
        await does(SetTableStatus(table_id=house.tables["1"], status=status), house.host)
    takeaway = PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=(house.line(),), customer_name="Ada")
    await does(takeaway, house.waiter)


def test_an_order_is_cooked_when_nothing_asked_for_is_open_any_more() -> None:
    one, two = str(UUID(int=1)), str(UUID(int=2))
    floor = FloorScreen()
    floor.apply("order_placed", {"orderId": "o", "tableId": None, "lines": []})
    assert not floor.is_cooked("o", frozenset({one})), "the screen has not heard of the ticket yet"
    for ticket in (one, two):
        floor.apply("ticket_fired", {"orderId": "o", "ticketId": ticket, "course": 1})
    floor.apply("ticket_bumped", {"orderId": "o", "ticketId": one})
    assert floor.is_cooked("o", frozenset({one}))
    assert not floor.is_cooked("o", frozenset({one, two}))
    floor.apply("ticket_voided", {"orderId": "o", "ticketId": two})
    assert floor.is_cooked("o", frozenset({one, two}))
    assert floor.orders["o"].tickets[two] == (1, TicketStatus.VOIDED)
    assert not FloorScreen().is_cooked("o", frozenset()), "the screen has not heard of the order yet"
