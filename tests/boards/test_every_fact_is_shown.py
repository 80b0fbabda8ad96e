"""Every fact that a room hears changes its board, or the board says plainly that it shows nothing of it."""

import json

import pytest

from hub import boards
from hub.audience import RoomKind
from hub.events import EVENTS, Event, floor
from hub.moments import moment
from tests.boards.examples import BOARDS, EXAMPLES, NOW

HEARD = [
    (kind, example) for example in EXAMPLES.values() for kind in dict.fromkeys(room.kind for room in example.audience)
]


def test_every_fact_has_its_example_here() -> None:
    assert set(EXAMPLES) == set(EVENTS)


def test_every_kind_of_room_but_ops_has_a_board() -> None:
    assert set(boards.BOARDS) == set(RoomKind) - {RoomKind.OPS}
    assert {kind: type(board) for kind, board in BOARDS.items()} == {
        kind: of.shape for kind, of in boards.BOARDS.items()
    }


@pytest.mark.parametrize(("kind", "event"), HEARD, ids=lambda one: getattr(one, "name", one))
def test_a_board_shows_every_fact_that_its_room_hears(kind: RoomKind, event: Event) -> None:
    before = BOARDS[kind]

    after = boards.apply(before, event, NOW)

    if type(event) in boards.BOARDS[kind].unseen:
        assert after == before, f"{kind} says that it shows nothing of {event.name}."
    else:
        assert after != before, f"{event.name} reaches {kind}, and its board neither shows it nor says why not."
    assert isinstance(after, boards.BOARDS[kind].shape)


@pytest.mark.parametrize("kind", boards.BOARDS)
def test_a_board_only_disowns_facts_that_its_room_hears(kind: RoomKind) -> None:
    heard = {type(event) for where, event in HEARD if where is kind}

    assert boards.BOARDS[kind].unseen <= heard


@pytest.mark.parametrize("kind", boards.BOARDS)
def test_a_fact_that_is_none_of_its_rooms_business_leaves_a_board_as_it_is(kind: RoomKind) -> None:
    heard = {type(event) for where, event in HEARD if where is kind}

    for event in EXAMPLES.values():
        if type(event) not in heard:
            assert boards.apply(BOARDS[kind], event, NOW) == BOARDS[kind], event.name


@pytest.mark.parametrize("kind", boards.BOARDS)
def test_a_board_survives_the_wire(kind: RoomKind) -> None:
    board = BOARDS[kind]

    assert type(board).model_validate_json(board.model_dump_json(by_alias=True)) == board


@pytest.mark.parametrize(("kind", "event"), HEARD, ids=lambda one: getattr(one, "name", one))
def test_a_board_after_a_fact_is_still_of_its_shape(kind: RoomKind, event: Event) -> None:
    after = boards.apply(BOARDS[kind], event, NOW)

    assert type(after).model_validate_json(after.model_dump_json(by_alias=True)) == after


@pytest.mark.parametrize("microseconds", [0, 5, 100_000])
def test_a_board_writes_times_as_entries_do(microseconds: int) -> None:
    """A screen takes them from either, and must not see a difference that is none."""
    at = NOW.replace(microsecond=microseconds)

    board = boards.apply(BOARDS[RoomKind.TABLE], EXAMPLES[floor.TableStatusChanged], at)

    assert json.loads(board.model_dump_json(by_alias=True))["statusSince"] == moment(at)
