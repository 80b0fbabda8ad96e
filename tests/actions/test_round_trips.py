"""How often a deed asks the database: whoever adds a round trip to what is done all evening should know it.

A hot deed has four: begin, take (claim, lock and read), write, commit.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Any

import pytest

from hub.actions import DEEDS
from hub.audience import restaurant_scope
from hub.commands import Command
from hub.commands.command import Seen
from hub.commands.floor import SeatParty, SetTableStatus
from hub.commands.orders import AddLines, CloseOrder, FireCourse, PlaceOrder, ReadyTicket, ServeOrder, WantedLine
from hub.commands.tickets import BumpTicket, RecallTicket, StartTicket
from hub.events.floor import TableStatus
from hub.events.orders import OrderKind
from hub.events.tickets import TicketStatus
from hub.ids import OrderId
from hub.people import Actor
from hub.store import ledger
from tests.support.databases import open_database
from tests.support.houses import House, a_house

HOT = 4
# What an order may have of the menu is asked when it is known whose menu that is.
ONE_MORE: Mapping[type[Command], int] = {AddLines: HOT + 1}

Does = Callable[[Command, Actor], Awaitable[Any]]


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """A house on a single connection, so that whatever is asked is asked where the test listens."""
    database = await open_database(database_url, pool_size_max=1)
    yield await a_house(database)
    await database.close()


@pytest.fixture
async def asked(house: House) -> list[str]:
    """Every statement that was sent since, as far as one line of it goes."""
    asked: list[str] = []
    async with house.database.transaction() as line:
        line.add_query_logger(lambda record: asked.append(" ".join(record.query.split())[:100]))
    return asked


@pytest.fixture
def lines(house: House) -> tuple[WantedLine, ...]:
    """From two stations, one of them counted, one with a choice."""
    sides = house.items["Steak"].modifier_groups[0].modifiers[0].id
    return (house.line("Soup", 2), house.line("Special"), house.line("Steak", modifiers=(sides,)))


async def test_a_deed_that_is_done_all_evening_takes_four_round_trips(
    house: House, asked: list[str], lines: tuple[WantedLine, ...]
) -> None:
    trips: dict[Command, tuple[int, str]] = {}

    async def does(command: Command, by: Actor) -> Any:
        asked.clear()
        answered = await house.deeds.do(command, by=by)
        trips[command] = len(asked), "\n".join([f"{command.verb} asked:", *asked])
        return DEEDS[type(command)].answer.model_validate_json(answered.body)

    # A connection learns types and statements when it first meets them, and is not asked for them again.
    await an_evening(house, lines, does)
    trips.clear()
    await an_evening(house, lines, does)

    assert {type(command) for command in trips} >= {PlaceOrder, FireCourse, StartTicket, BumpTicket, SetTableStatus}
    for command, (count, what) in trips.items():
        assert count == ONE_MORE.get(type(command), HOT), what


async def an_evening(house: House, lines: tuple[WantedLine, ...], does: Does) -> None:
    table = house.tables["1"]
    await does(PlaceOrder(restaurant_id=house.id, kind=OrderKind.PICKUP, lines=lines), house.waiter)
    await does(SeatParty(table_id=table, covers=2), house.host)
    order = await does(
        PlaceOrder(restaurant_id=house.id, kind=OrderKind.DINE_IN, table_id=table, lines=lines), house.waiter
    )
    await does(AddLines(order_id=order.order_id, lines=lines), house.waiter)
    fired = await does(FireCourse(order_id=order.order_id, course=1), house.waiter)
    for ticket in fired.tickets:
        await does(StartTicket(ticket_id=ticket.ticket_id), house.cook)
        await does(BumpTicket(ticket_id=ticket.ticket_id), house.cook)
        await does(RecallTicket(ticket_id=ticket.ticket_id), house.cook)
        await does(BumpTicket(ticket_id=ticket.ticket_id), house.cook)
    await does(ServeOrder(order_id=order.order_id), house.waiter)
    await from_a_tablet_that_was_away(house, lines, does, order.order_id)
    await does(CloseOrder(order_id=order.order_id), house.waiter)
    for status in (TableStatus.BILL, TableStatus.DIRTY, TableStatus.FREE):
        await does(SetTableStatus(table_id=table, status=status), house.waiter)


async def from_a_tablet_that_was_away(house: House, lines: tuple[WantedLine, ...], does: Does, order: OrderId) -> None:
    """The same, with all that its screen showed."""
    async with house.database.snapshot():
        scope = restaurant_scope(house.id)
        head = (await ledger.heads([scope]))[scope]
    seen = Seen(epoch=head.epoch, seq=head.seq)
    added = await does(AddLines(order_id=order, lines=lines), house.waiter)
    held = tuple(line.line_id for line in added.lines if line.ticket_id is None)
    assert len(held) == len(lines)
    fired = await does(FireCourse(order_id=order, course=1, line_ids=held, seen=seen), house.waiter)
    ready = []
    for ticket in (one for one in fired.tickets if one.status is TicketStatus.FIRED):
        its = tuple(line.line_id for line in fired.lines if line.ticket_id == ticket.ticket_id)
        known = {"ticket_id": ticket.ticket_id, "recalls": 0, "seen": seen}
        await does(StartTicket(**known), house.cook)
        await does(BumpTicket(**known, line_ids=its), house.cook)
        await does(BumpTicket(**known, line_ids=its), house.cook)
        await does(RecallTicket(**known), house.cook)
        ready.append(ReadyTicket(ticket_id=ticket.ticket_id, recalls=0, line_ids=its))
    await does(ServeOrder(order_id=order, tickets=tuple(ready), seen=seen), house.waiter)
