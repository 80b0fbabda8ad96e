"""What guests see: their table, their order, an item they wait for. Nothing of it is the kitchen's or the staff's."""

import json
from typing import Any

import pytest

from hub import boards
from hub.audience import RoomKind
from hub.boards.item import ItemBoard
from hub.boards.order import OrderBoard
from hub.boards.table import SeatedParty, TableBoard
from hub.events import Event, floor, menu
from hub.events.floor import TableStatus
from hub.events.orders import GuestLine, OrderStatus
from hub.ids import LineId, OrderId
from tests.boards.examples import (
    BOARDS,
    EXAMPLES,
    NEXT_PARTY,
    NOW,
    ORDER,
    SIX,
    an_update,
    numbered,
    pounds,
)

TABLE, AN_ORDER, SOUP_BOARD = BOARDS[RoomKind.TABLE], BOARDS[RoomKind.ORDER], BOARDS[RoomKind.ITEM]
assert isinstance(TABLE, TableBoard)
assert isinstance(AN_ORDER, OrderBoard)
assert isinstance(SOUP_BOARD, ItemBoard)

CAKE = GuestLine(line_id=LineId(numbered(191)), name="Cake", quantity=1, price=pounds(700))


def after(*events: Event, board: TableBoard = TABLE) -> TableBoard:
    for event in events:
        board = boards.apply(board, event, NOW)
    return board


def words(value: Any) -> set[str]:
    """Every name that occurs anywhere in JSON."""
    if isinstance(value, dict):
        return set(value) | {word for one in value.values() for word in words(one)}
    return {word for one in value for word in words(one)} if isinstance(value, list) else set()


@pytest.mark.parametrize("kind", [RoomKind.TABLE, RoomKind.ORDER, RoomKind.ITEM])
def test_a_guests_board_names_no_station_no_note_and_nobody(kind: RoomKind) -> None:
    names = words(json.loads(BOARDS[kind].model_dump_json(by_alias=True)))

    assert not names & {"note", "stationId", "ticketId", "customerName", "placedBy", "seatedBy", "actor", "reason"}


def test_a_tables_first_news_of_an_order_tells_its_lines() -> None:
    new = OrderId(numbered(72))

    board = after(an_update(OrderStatus.PLACED, CAKE, total=700, order=new, number=13))

    assert [one.order_id for one in board.orders] == [ORDER, new]
    assert (board.orders[1].number, board.orders[1].lines, board.orders[1].total) == (13, (CAKE,), pounds(700))


def test_lines_stay_as_they_were_until_they_are_told_anew() -> None:
    ready = after(an_update(OrderStatus.READY))
    more = after(an_update(OrderStatus.READY, CAKE, total=700))

    assert (ready.orders[0].status, ready.orders[0].message) == (OrderStatus.READY, "Your food is ready.")
    assert ready.orders[0].lines == TABLE.orders[0].lines
    assert more.orders[0].lines == (CAKE,)


def test_a_closed_order_stays_until_the_party_leaves() -> None:
    closed = after(an_update(OrderStatus.CLOSED))

    assert [one.status for one in closed.orders] == [OrderStatus.CLOSED]
    assert after(EXAMPLES[floor.PartyLeft], board=closed).orders == ()


def test_a_table_forgets_its_party_when_it_leaves() -> None:
    board = after(EXAMPLES[floor.PartyLeft])

    assert (board.seating, board.orders) == (None, ())
    assert after(an_update(OrderStatus.CLOSED), board=board) == board


def test_the_next_party_begins_with_nothing() -> None:
    board = after(EXAMPLES[floor.PartyLeft], EXAMPLES[floor.PartySeated])

    assert board.seating == SeatedParty(seating_id=NEXT_PARTY, covers=2, seated_at=NOW)
    assert board.orders == ()


def test_a_table_shows_its_state_and_its_name_as_they_are_now() -> None:
    board = after(EXAMPLES[floor.TableStatusChanged], EXAMPLES[floor.TableChanged])

    assert (board.status, board.status_since) == (TableStatus.EATING, NOW)
    assert (board.name, board.seats) == ("7a", 5)


def test_an_order_follows_its_updates_and_remembers_when_it_was_placed() -> None:
    board = boards.apply(AN_ORDER, an_update(OrderStatus.READY), NOW)

    assert (board.status, board.message, board.placed_at) == (OrderStatus.READY, "Your food is ready.", SIX)
    assert boards.apply(AN_ORDER, an_update(OrderStatus.PLACED, CAKE), NOW).lines == (CAKE,)


def test_a_cancelled_order_has_nothing_on_it() -> None:
    nothing = an_update(OrderStatus.CANCELLED, total=0)
    nothing = nothing.model_copy(update={"details": nothing.details.model_copy(update={"lines": ()})})

    board = boards.apply(AN_ORDER, nothing, NOW)

    assert (board.lines, board.total) == ((), pounds(0))


def test_an_item_shows_what_is_left_of_it() -> None:
    board = boards.apply(SOUP_BOARD, EXAMPLES[menu.InventoryUpdate], NOW)

    assert (board.quantity, board.available) == (20, True)
