"""What a client may say about rooms, and how any message is read: one object, known fields, right types.

Commands are `hub.commands`' own shapes. Not its business: what a message leads to, and how a no is worded.
"""

from typing import Annotated, Any, TypeVar

import orjson
from pydantic import AfterValidator, Field

from hub.audience import NoSuchRoom, Room
from hub.boards.board import no_such_room
from hub.commands.command import COMMAND_ID_LENGTH_MAX, Asked, Int
from hub.domain.refusals import BadInput
from hub.store.ledger import SEQ_MAX

ROOM_LENGTH_MAX = 120
EPOCH_LENGTH_MAX = 64
DEVICE_LENGTH_MAX = 100
ID_LENGTH_MAX = 64


def _visible(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be printable")
    return text


Seq = Annotated[Int, Field(ge=0, le=SEQ_MAX)]
RoomName = Annotated[str, Field(min_length=1, max_length=ROOM_LENGTH_MAX)]


class Subscribe(Asked):
    """Show me this room: its board, or what I missed `since` the number I hold."""

    room: RoomName
    since: Seq | None = None
    epoch: Annotated[str, Field(max_length=EPOCH_LENGTH_MAX)] | None = None


class Unsubscribe(Asked):
    """I am done with this room."""

    room: RoomName


class Delivered(Asked):
    """Everything of this room up to `seq` has reached this device's glass.

    A ticket that no device of its station has shown in this way within the house's seconds raises an alert.
    """

    room: RoomName
    seq: Seq


class CommandId(Asked):
    """What makes asking twice the same as asking once."""

    command_id: (
        Annotated[str, Field(min_length=1, max_length=COMMAND_ID_LENGTH_MAX), AfterValidator(_visible)] | None
    ) = None


Message = TypeVar("Message", bound=Asked)


def read(shape: type[Message], said: tuple[Any, ...]) -> Message:
    """The one object that a message carries, in its shape. Raises BadInput, or pydantic's ValidationError."""
    try:
        said_again = orjson.dumps(the_object(said))
    except orjson.JSONEncodeError:
        raise BadInput(problem="Text must be made of whole characters.") from None
    return shape.model_validate_json(said_again)


def the_object(said: tuple[Any, ...]) -> dict[str, Any]:
    """What a message carries, if that is one object."""
    if len(said) != 1 or not isinstance(said[0], dict):
        raise BadInput(problem="Send one object with named fields, and nothing else.")
    return said[0]


def is_whole(text: str) -> bool:
    """Whether a text is made of whole characters. Escaped in JSON, half of one comes in (RFC 8259, 8.2)."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def the_text(said: tuple[Any, ...], name: str, length_max: int) -> str:
    """What a message carries, if that is one short text."""
    if len(said) != 1 or not isinstance(said[0], str) or not 0 < len(said[0]) <= length_max:
        raise BadInput(problem=f"Send the {name} as text, and nothing else.")
    return said[0]


def the_room(name: str) -> Room:
    """The room of this name. Raises NoSuchThing, as for a room that is somebody else's."""
    try:
        return Room.parse(name)
    except NoSuchRoom:
        raise no_such_room() from None
