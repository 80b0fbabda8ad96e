"""What each room's screen shows: who may enter, the board read afresh, and the board after one more fact.

`BOARDS` is the table of contents. The law that every board obeys: *the old board and the facts recorded since, as
its room hears them, make the board that would be read afresh*, to the last byte. `ops` shows signals, not facts, and
has no board here.

`admit` and `load` run on the connection of the snapshot their caller opened; `admit_at_sight` and `apply` are pure. Not
their business: numbers and chains (`hub.boards.opening`), pages (`hub.boards.page`), what is kept ready
(`hub.boards.larder`), sockets (`rooms`), and changing anything (`hub.actions`).
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from hub.audience import Room, RoomKind
from hub.boards import item, kitchen, order, table, user, waiters
from hub.boards.board import Admission, Board, BoardKind, no_such_room
from hub.events import Event
from hub.ids import RestaurantId
from hub.people import Actor

BOARDS: Mapping[RoomKind, BoardKind[Any]] = MappingProxyType(
    {
        RoomKind.PASS: kitchen.PASS,
        RoomKind.STATION: kitchen.STATION,
        RoomKind.WAITERS: waiters.WAITERS,
        RoomKind.TABLE: table.TABLE,
        RoomKind.ORDER: order.ORDER,
        RoomKind.ITEM: item.ITEM,
        RoomKind.USER: user.USER,
        RoomKind.ANNOUNCEMENTS: user.ANNOUNCEMENTS,
    }
)

_BY_SHAPE: Mapping[type[Board], BoardKind[Any]] = MappingProxyType({kind.shape: kind for kind in BOARDS.values()})

AnyBoard = TypeVar("AnyBoard", bound=Board)


async def admit(room: Room, by: Actor) -> Admission:
    """Let somebody into a room, or raise NoSuchThing to strangers and NotYourJob to colleagues without the job."""
    kind = BOARDS.get(room.kind)
    if kind is None:
        raise no_such_room()
    return await kind.admit(room, by)


def admit_at_sight(room: Room, by: Actor, house: RestaurantId | None) -> Admission | None:
    """Decide as `admit` would, without a query, where the room is known to belong to this house. None: that is asked.

    Raises as `admit` does.
    """
    kind = BOARDS.get(room.kind)
    if kind is None:
        raise no_such_room()
    return kind.at_sight(room, by, house)


async def load(room: Room) -> Board:
    """The room's board as the snapshot under way sees it. Raises NoSuchThing where there is nothing to show."""
    kind = BOARDS.get(room.kind)
    if kind is None:
        raise no_such_room()
    board: Board = await kind.load(room)
    return board


def apply(board: AnyBoard, event: Event, at: datetime) -> AnyBoard:
    """The board after a fact that its room hears; `at` is the time of the fact's entry."""
    after: AnyBoard = _BY_SHAPE[type(board)].apply(board, event, at)
    return after


__all__ = ["BOARDS", "Admission", "Board", "BoardKind", "admit", "admit_at_sight", "apply", "load"]
