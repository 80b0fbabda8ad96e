"""The law: the old board and the facts recorded since make the board that would be read afresh.

`Dinner.do` checks it after every deed, in every room. Most of the deeds are told in `tests.boards.story`.
"""

from uuid import UUID

import pytest

from hub.audience import RoomKind, item_room, order_room, station_room, waiters_room
from hub.commands.menu import RemoveItem
from hub.commands.orders import CancelOrder, VoidLine
from hub.domain.bills import Rounding, TaxRule
from hub.events.orders import OrderKind
from hub.store.database import Database
from tests.boards.dinner import EVERY_COMMAND, EVERY_EVENT
from tests.boards.evening import Evening
from tests.boards.story import everything_happens


async def test_the_law_holds_through_a_dinner_in_which_everything_happens(evening: Evening) -> None:
    await everything_happens(evening)

    assert evening.asked == EVERY_COMMAND
    assert evening.heard == EVERY_EVENT
    assert {room.kind for room in evening.watched} == set(RoomKind) - {RoomKind.OPS}


@pytest.mark.parametrize("is_included", [True, False])
@pytest.mark.parametrize("rounding", Rounding)
async def test_an_order_comes_to_the_same_however_its_board_came_about(
    database: Database, *, rounding: Rounding, is_included: bool
) -> None:
    tax = TaxRule(rates={OrderKind.DINE_IN: 1250}, is_included=is_included, rounding=rounding)
    evening = await Evening.open(database, tax=tax)
    await evening.furnish()
    await evening.seat()

    order = await evening.order(evening.steaks(3), evening.soups(), evening.soups())
    await evening.do(VoidLine(order_id=UUID(order["id"]), line_id=UUID(order["lines"][1]["lineId"])))

    board = evening.board(order_room(UUID(order["id"])))
    amounts = [3 * 2105, 795]
    assert board.total.amount == sum(amounts) + (0 if is_included else board.tax.amount)
    assert [line.price.amount for line in board.lines] == amounts


async def test_what_is_voided_after_its_item_left_the_menu_brings_nothing_back(evening: Evening) -> None:
    await evening.seat()
    order = await evening.order(evening.soups(2))
    await evening.do(RemoveItem(item_id=UUID(evening.soup)))

    await evening.do(CancelOrder(order_id=UUID(order["id"])))

    assert evening.board(waiters_room(evening.house)).portions == {}
    assert not evening.board(item_room(UUID(evening.soup))).available


async def test_a_stations_board_is_not_disturbed_by_another_station(evening: Evening) -> None:
    cold = station_room(evening.house, UUID(evening.cold))
    before = evening.board(cold)

    await evening.order(evening.steaks(), kind=OrderKind.PICKUP)

    assert evening.board(cold) == before
