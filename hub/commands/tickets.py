"""What can be asked about tickets: a cook's evening in five verbs, and the expo's one.

Whoever was away when it was asked says what their screen showed; without that a command means the ticket as it stands.
"""

from typing import Annotated, ClassVar

from pydantic import Field

from hub.commands.command import NAMED_MAX, Command, Times
from hub.ids import LineId, TicketId
from hub.rights import Permission


class TicketCommand(Command):
    """What all of them share: the ticket. `recalls` is how often its asker knew it to have been recalled."""

    needs: ClassVar = Permission.TICKETS_WORK

    ticket_id: TicketId
    recalls: Times | None = None


class StartTicket(TicketCommand):
    """I am cooking this."""


class BumpTicket(TicketCommand):
    """My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it."""

    line_ids: Annotated[tuple[LineId, ...], Field(max_length=NAMED_MAX)] | None = None


class RecallTicket(TicketCommand):
    """I bumped this too early."""


class ClearTicket(TicketCommand):
    """I have seen that this is voided. `restores` is how often lines of it had been restored by then, all together."""

    restores: Times | None = None


class RushTicket(TicketCommand):
    """This one before the others."""

    needs: ClassVar = Permission.TICKETS_RUSH
