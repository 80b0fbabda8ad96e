"""What the pass and the floor both show: alerts, what is off, and what is running out."""

import pytest

from hub import boards
from hub.audience import RoomKind
from hub.boards.house import Alert, HouseBoard
from hub.events import Event, floor, menu
from hub.events.floor import AlertKind
from hub.ids import AlertId
from tests.boards.examples import (
    AN_ALERT,
    BOARDS,
    EXAMPLES,
    FIRED,
    GRILL,
    HOUSE,
    NOW,
    ORDER,
    OYSTERS,
    SOUP,
    STEAK,
    a_menu_item,
    numbered,
)


@pytest.fixture(params=[RoomKind.PASS, RoomKind.WAITERS])
def before(request: pytest.FixtureRequest) -> HouseBoard:
    board = BOARDS[request.param]
    assert isinstance(board, HouseBoard)
    return board


def after(board: HouseBoard, *events: Event) -> HouseBoard:
    for event in events:
        board = boards.apply(board, event, NOW)
    return board


def test_an_alert_stands_behind_those_who_have_waited_longer(before: HouseBoard) -> None:
    late_ticket = Alert(
        alert_id=AlertId(numbered(96)),
        kind=AlertKind.TICKET_NOT_STARTED,
        ticket_id=FIRED,
        order_id=ORDER,
        station_id=GRILL,
        raised_at=NOW,
    )

    assert after(before, EXAMPLES[floor.AlertRaised]).alerts == (AN_ALERT, late_ticket)


def test_a_cleared_alert_is_gone(before: HouseBoard) -> None:
    assert after(before, EXAMPLES[floor.AlertCleared]).alerts == ()


def test_what_is_off_is_listed_until_it_is_restored(before: HouseBoard) -> None:
    off = after(before, EXAMPLES[menu.ItemEightySixed])

    assert off.eighty_sixed == (STEAK, SOUP)
    assert after(off, EXAMPLES[menu.ItemRestored]).eighty_sixed == (STEAK,)


def test_portions_are_listed_while_somebody_counts_them(before: HouseBoard) -> None:
    uncounted = menu.PortionsChanged(restaurant_id=HOUSE, item_id=STEAK, portions_left=None)

    assert after(before, EXAMPLES[menu.PortionsChanged]).portions == {STEAK: 8, SOUP: 0}
    assert after(before, uncounted).portions == {SOUP: 0}


def test_a_new_item_is_listed_if_it_is_counted_or_off(before: HouseBoard) -> None:
    def added(portions_left: int | None, *, available: bool) -> HouseBoard:
        item = a_menu_item(OYSTERS, portions_left=portions_left, available=available)
        return after(before, menu.ItemAdded(restaurant_id=HOUSE, item=item))

    assert added(24, available=True).portions == {STEAK: 9, SOUP: 0, OYSTERS: 24}
    assert added(24, available=True).eighty_sixed == (SOUP,)
    assert added(0, available=False).eighty_sixed == (SOUP, OYSTERS)
    assert added(None, available=True) == before


def test_a_changed_item_is_listed_as_it_is_now(before: HouseBoard) -> None:
    board = after(before, menu.ItemChanged(restaurant_id=HOUSE, item=a_menu_item(SOUP)))

    assert (board.eighty_sixed, board.portions) == ((), {STEAK: 9})


def test_an_item_that_left_the_menu_is_neither_off_nor_counted(before: HouseBoard) -> None:
    board = after(before, EXAMPLES[menu.ItemRemoved])

    assert (board.eighty_sixed, board.portions) == ((), {STEAK: 9})


def test_the_order_in_which_things_happened_leaves_no_trace_in_the_bytes(before: HouseBoard) -> None:
    oysters = menu.PortionsChanged(restaurant_id=HOUSE, item_id=OYSTERS, portions_left=6)
    steak = menu.PortionsChanged(restaurant_id=HOUSE, item_id=STEAK, portions_left=1)

    one, other = after(before, oysters, steak), after(before, steak, oysters)

    assert one.model_dump_json(by_alias=True) == other.model_dump_json(by_alias=True)
