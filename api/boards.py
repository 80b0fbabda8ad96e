"""Looking at rooms without a socket: a room's board, what happened in it since, and one order as its guest sees it.

Who may look is decided as for whoever enters the room, in `hub.boards`.
"""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from api.showing import Look, Query
from hub import boards
from hub.audience import NoSuchRoom, Room, order_room
from hub.boards.order import OrderBoard
from hub.domain.refusals import NoSuchThing
from hub.events.event import Shape
from hub.ids import OrderId


class RoomAnswer(Shape):
    """A room's board, or what happened since `since`, and the number that whoever has applied all of it holds.

    With `recovered: true` there are entries and no board, and with `more: true` more are to be asked for, since `seq`.
    Boards and entries have the shapes of the rooms' own document.
    """

    # What the hub says of a room is never made from this: it leaves out what is not so.
    model_config = ConfigDict(json_schema_extra={"required": ["room", "epoch", "seq", "entries", "more"]})

    room: str
    epoch: str
    seq: int
    recovered: bool | None = None
    board: dict[str, Any] | None = None
    entries: tuple[dict[str, Any], ...] = ()
    more: bool = False


class Since(Query):
    """The number one holds, and the epoch it is of."""

    since: Annotated[int, Field(ge=0, le=2**63 - 1)]
    epoch: Annotated[str, Field(max_length=100)] | None = None


async def room(look: Look, room: str) -> Annotated[bytes, RoomAnswer]:
    """The board of a room, and the number it is of. Its ETag changes with whatever the room hears."""
    opened = await look.hub.opening.open(_parsed(room), look.by)
    if not opened.more:
        look.tagged(f"{opened.epoch}-{opened.version}", may_be_stored=False)
    return opened.body()


async def entries(look: Look, room: str, query: Since) -> Annotated[bytes, RoomAnswer]:
    """What happened in a room since a number: the replay that a socket gets when it comes back."""
    opened = await look.hub.opening.open(_parsed(room), look.by, since=query.since, epoch=query.epoch)
    return opened.body()


async def track(look: Look, order_id: OrderId) -> OrderBoard:
    """One order as its guest may see it: for staff, for the order's link, and for the party that ordered it."""
    room = order_room(order_id)
    async with look.snapshot():
        try:
            await boards.admit(room, look.by)
        except NoSuchThing:
            # Who asks for an order is told of an order, by whatever room it is shown.
            raise NoSuchThing(thing="order") from None
        board = await boards.load(room)
    assert isinstance(board, OrderBoard)
    return board


def _parsed(name: str) -> Room:
    try:
        return Room.parse(name)
    except NoSuchRoom:
        raise NoSuchThing(thing="room") from None
