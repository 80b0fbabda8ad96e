"""What can be asked of a hub at its addresses: tickets.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from api.client.door import Door
    from api.client.shapes.answers import TicketAnswer
    from api.client.shapes.tickets import (
        RestBumpTicket,
        RestClearTicket,
        RestRecallTicket,
        RestRushTicket,
        RestStartTicket,
    )


class OfTickets:
    """What stations do."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def start_ticket(
        self, ticket_id: str, body: RestStartTicket | None = None, *, key: str | None = None
    ) -> TicketAnswer:
        """I am cooking this."""
        answer: TicketAnswer = await self._door.send(
            "POST", "/tickets/{ticketId}/start", {"ticketId": ticket_id}, body=body, key=key
        )
        return answer

    async def bump_ticket(
        self, ticket_id: str, body: RestBumpTicket | None = None, *, key: str | None = None
    ) -> TicketAnswer:
        """My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it."""
        answer: TicketAnswer = await self._door.send(
            "POST", "/tickets/{ticketId}/bump", {"ticketId": ticket_id}, body=body, key=key
        )
        return answer

    async def recall_ticket(
        self, ticket_id: str, body: RestRecallTicket | None = None, *, key: str | None = None
    ) -> TicketAnswer:
        """I bumped this too early."""
        answer: TicketAnswer = await self._door.send(
            "POST", "/tickets/{ticketId}/recall", {"ticketId": ticket_id}, body=body, key=key
        )
        return answer

    async def rush_ticket(
        self, ticket_id: str, body: RestRushTicket | None = None, *, key: str | None = None
    ) -> TicketAnswer:
        """This one before the others."""
        answer: TicketAnswer = await self._door.send(
            "POST", "/tickets/{ticketId}/rush", {"ticketId": ticket_id}, body=body, key=key
        )
        return answer

    async def clear_ticket(
        self, ticket_id: str, body: RestClearTicket | None = None, *, key: str | None = None
    ) -> TicketAnswer:
        """I have seen that this is voided. `restores` is how often lines of it had been restored by then, all
        together.
        """
        answer: TicketAnswer = await self._door.send(
            "POST", "/tickets/{ticketId}/clear", {"ticketId": ticket_id}, body=body, key=key
        )
        return answer
