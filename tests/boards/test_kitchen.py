"""What the kitchen's screens show, fact by fact."""

from datetime import timedelta

from hub import boards
from hub.audience import RoomKind
from hub.boards.kitchen import PassBoard, StationBoard, TicketCard, Wanted
from hub.events import Event, menu, orders, tickets
from hub.events.tickets import TicketLine, TicketStatus
from hub.ids import LineId, TicketId
from tests.boards.examples import (
    BOARDS,
    BUMPED,
    COLD,
    EXAMPLES,
    FIRED,
    GRILL,
    HELD_LINE,
    HOUSE,
    LINE_OF,
    NOW,
    ORDER,
    SIX,
    SOUP,
    STARTED,
    STEAK,
    VOIDED,
    a_firing,
    a_step,
    numbered,
)

STATION = BOARDS[RoomKind.STATION]
PASS = BOARDS[RoomKind.PASS]
assert isinstance(STATION, StationBoard)
assert isinstance(PASS, PassBoard)


def after(*events: Event, board: StationBoard = STATION) -> StationBoard:
    for event in events:
        board = boards.apply(board, event, NOW)
    return board


def card(board: StationBoard | PassBoard, ticket: TicketId) -> TicketCard:
    return next(one for one in board.tickets if one.ticket_id == ticket)


def quantity(board: StationBoard | PassBoard) -> int:
    return sum(one.quantity for one in board.all_day)


def test_a_fired_ticket_hangs_behind_those_that_were_fired_before() -> None:
    ticket = TicketId(numbered(5))

    board = after(a_firing(ticket))

    assert [one.ticket_id for one in board.tickets] == [FIRED, STARTED, BUMPED, VOIDED, ticket]
    assert card(board, ticket).fired_at == NOW
    assert card(board, ticket).status is TicketStatus.FIRED


def test_tickets_fired_together_hang_by_their_ids() -> None:
    first, second = TicketId(numbered(85)), TicketId(numbered(86))

    assert after(a_firing(second), a_firing(first)) == after(a_firing(first), a_firing(second))


def test_a_started_ticket_says_since_when() -> None:
    board = after(a_step(tickets.TicketStarted, FIRED))

    assert card(board, FIRED).status is TicketStatus.STARTED
    assert card(board, FIRED).started_at == NOW


def test_a_bumped_ticket_stays_where_it_can_be_recalled() -> None:
    board = after(a_step(tickets.TicketBumped, STARTED))

    assert card(board, STARTED).status is TicketStatus.BUMPED
    assert card(board, STARTED).bumped_at == NOW


def test_a_recalled_ticket_is_started_and_no_longer_bumped() -> None:
    board = after(a_step(tickets.TicketRecalled, BUMPED))

    assert card(board, BUMPED).status is TicketStatus.STARTED
    assert card(board, BUMPED).started_at == NOW
    assert card(board, BUMPED).bumped_at is None


def test_a_recall_does_not_forget_when_the_cook_began() -> None:
    began = card(STATION, STARTED).started_at

    board = after(a_step(tickets.TicketBumped, STARTED), a_step(tickets.TicketRecalled, STARTED))

    assert card(board, STARTED).started_at == began == SIX + timedelta(minutes=5)


def test_a_rushed_ticket_keeps_its_place_and_its_state() -> None:
    board = after(a_step(tickets.TicketRushed, STARTED))

    assert card(board, STARTED).is_rushed
    assert card(board, STARTED).status is TicketStatus.STARTED
    assert [one.ticket_id for one in board.tickets] == [one.ticket_id for one in STATION.tickets]


def test_a_served_ticket_leaves() -> None:
    board = after(a_step(tickets.TicketServed, BUMPED))

    assert BUMPED not in {one.ticket_id for one in board.tickets}


def test_a_voided_ticket_stays_with_all_its_lines_struck_out_until_it_is_cleared() -> None:
    board = after(a_step(tickets.TicketVoided, STARTED))

    assert card(board, STARTED).status is TicketStatus.VOIDED
    assert all(line.is_voided for line in card(board, STARTED).lines)
    assert STARTED not in {one.ticket_id for one in after(a_step(tickets.TicketCleared, STARTED), board=board).tickets}


def test_a_voided_line_is_struck_out_on_its_ticket_alone() -> None:
    board = after(EXAMPLES[orders.LineVoided])

    assert [line.is_voided for line in card(board, FIRED).lines] == [True]
    assert card(board, STARTED) == card(STATION, STARTED)


def test_a_ticket_says_for_which_guest_a_line_is_now() -> None:
    board = after(EXAMPLES[orders.LineMoved])

    assert [line.seat for line in card(board, FIRED).lines] == [3]
    assert card(board, STARTED) == card(STATION, STARTED)


def test_all_day_counts_what_is_still_to_be_cooked() -> None:
    assert STATION.all_day == (Wanted(item_id=STEAK, name="Steak", quantity=4),)


def test_all_day_follows_the_tickets() -> None:
    two_more = a_firing(TicketId(numbered(85)))

    assert quantity(after(two_more)) == 6
    assert quantity(after(two_more, a_step(tickets.TicketStarted, FIRED))) == 6
    assert quantity(after(a_step(tickets.TicketBumped, STARTED))) == 2
    assert quantity(after(a_step(tickets.TicketRecalled, BUMPED))) == 6
    assert quantity(after(a_step(tickets.TicketVoided, FIRED))) == 2
    assert quantity(after(EXAMPLES[orders.LineVoided])) == 2
    assert after(a_step(tickets.TicketBumped, STARTED), a_step(tickets.TicketBumped, FIRED)).all_day == ()


def test_all_day_is_sorted_by_name_and_calls_an_item_what_its_latest_ticket_does() -> None:
    soup = TicketLine(line_id=LineId(numbered(191)), item_id=SOUP, name="Broth", quantity=3)
    steak = TicketLine(line_id=HELD_LINE, item_id=STEAK, name="Rib-eye", quantity=1)

    board = after(a_firing(TicketId(numbered(85)), steak, soup))

    assert [(one.name, one.quantity) for one in board.all_day] == [("Broth", 3), ("Rib-eye", 5)]


def test_the_pass_has_the_tickets_of_every_station() -> None:
    cold = a_firing(TicketId(numbered(85))).model_copy(update={"station_id": COLD, "station_name": "Cold"})

    board = boards.apply(PASS, cold, NOW)

    assert {one.station_id for one in board.tickets} == {GRILL, COLD}
    assert quantity(board) == 6


def test_the_pass_lists_a_new_station() -> None:
    board = boards.apply(PASS, EXAMPLES[menu.StationAdded], NOW)

    assert [one.name for one in board.stations] == ["Grill", "Cold"]


def test_news_of_a_ticket_that_is_not_there_changes_nothing() -> None:
    stranger = tickets.TicketBumped(
        restaurant_id=HOUSE, ticket_id=TicketId(numbered(404)), order_id=ORDER, station_id=GRILL
    )

    assert after(stranger) == STATION


def test_what_is_already_on_a_board_never_changes_beneath_whoever_holds_it() -> None:
    bytes_before = STATION.model_dump_json()

    after(*(event for event in EXAMPLES.values()))

    assert STATION.model_dump_json() == bytes_before
    assert LINE_OF[VOIDED] in {line.line_id for line in card(STATION, VOIDED).lines}
