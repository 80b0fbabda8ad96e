"""What can be asked of a hub at its addresses: connections.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.connections import Connections, Hubs


class OfConnections:
    """Who is connected, for operators."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_connections_hubs(self) -> Hubs:
        """Every hub of the house, and who is connected to it. While Redis is away a hub knows of itself alone."""
        answer: Hubs = await self._door.send("GET", "/connections")
        return answer

    async def show_connections_of_person(self, user_id: str) -> Connections:
        """Where somebody is connected just now, and up to which entry their device says it has shown each room."""
        answer: Connections = await self._door.send("GET", "/people/{userId}/connections", {"userId": user_id})
        return answer
