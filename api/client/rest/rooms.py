"""What can be asked of a hub at its addresses: rooms.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.boards import RoomAnswer


class OfRooms:
    """What is heard in rooms, for those who have no socket."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_boards_room(self, room: str) -> RoomAnswer:
        """The board of a room, and the number it is of. Its ETag changes with whatever the room hears."""
        answer: RoomAnswer = await self._door.send("GET", "/rooms/{room}", {"room": room})
        return answer

    async def show_boards_entries(self, room: str, *, since: int, epoch: str | None = None) -> RoomAnswer:
        """What happened in a room since a number: the replay that a socket gets when it comes back."""
        answer: RoomAnswer = await self._door.send(
            "GET", "/rooms/{room}/entries", {"room": room}, query={"since": since, "epoch": epoch}
        )
        return answer
