"""What can be asked of a hub at its addresses: floor.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.answers import GoneAnswer, SeatingAnswer, SectionAnswer, TableAnswer
    from api.client.shapes.floor import (
        RestAddSection,
        RestAddTable,
        RestChangeTable,
        RestRemoveTable,
        RestSeatParty,
        RestSetTableStatus,
        Sections,
        Tables,
    )
    from api.client.shapes.people import GuestLink


class OfFloor:
    """Sections, tables, and the parties that sit there."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_floor_sections(self, restaurant_id: str) -> Sections:
        """The floor's sections, in the order in which they were added."""
        answer: Sections = await self._door.send(
            "GET", "/restaurants/{restaurantId}/sections", {"restaurantId": restaurant_id}
        )
        return answer

    async def add_section(self, restaurant_id: str, body: RestAddSection, *, key: str | None = None) -> SectionAnswer:
        """Add a section to the floor."""
        answer: SectionAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/sections", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def show_floor_tables(self, restaurant_id: str) -> Tables:
        """Every table on the plan, in the order in which they were added."""
        answer: Tables = await self._door.send(
            "GET", "/restaurants/{restaurantId}/tables", {"restaurantId": restaurant_id}
        )
        return answer

    async def add_table(self, restaurant_id: str, body: RestAddTable, *, key: str | None = None) -> TableAnswer:
        """Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height."""
        answer: TableAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/tables", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def show_floor_table(self, table_id: str) -> TableAnswer:
        """One table."""
        answer: TableAnswer = await self._door.send("GET", "/tables/{tableId}", {"tableId": table_id})
        return answer

    async def set_table_status(self, table_id: str, body: RestSetTableStatus, *, key: str | None = None) -> TableAnswer:
        """Say what state a table is in."""
        answer: TableAnswer = await self._door.send(
            "PATCH", "/tables/{tableId}", {"tableId": table_id}, body=body, key=key
        )
        return answer

    async def remove_table(
        self, table_id: str, body: RestRemoveTable | None = None, *, key: str | None = None
    ) -> GoneAnswer:
        """Take a free table off the plan."""
        answer: GoneAnswer = await self._door.send(
            "DELETE", "/tables/{tableId}", {"tableId": table_id}, body=body, key=key
        )
        return answer

    async def show_floor_link(self, table_id: str) -> GuestLink:
        """The link of the party that sits at the table: the one that was given when it was seated."""
        answer: GuestLink = await self._door.send("GET", "/tables/{tableId}/link", {"tableId": table_id})
        return answer

    async def change_table(
        self, table_id: str, body: RestChangeTable | None = None, *, key: str | None = None
    ) -> TableAnswer:
        """Change a table on the plan. What is not named stays as it is."""
        answer: TableAnswer = await self._door.send(
            "PATCH", "/tables/{tableId}/plan", {"tableId": table_id}, body=body, key=key
        )
        return answer

    async def seat_party(self, table_id: str, body: RestSeatParty, *, key: str | None = None) -> SeatingAnswer:
        """Seat a party of so many covers."""
        answer: SeatingAnswer = await self._door.send(
            "POST", "/tables/{tableId}/seatings", {"tableId": table_id}, body=body, key=key
        )
        return answer
