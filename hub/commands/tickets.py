"""What can be asked about tickets: a cook's evening in five verbs, and the expo's one."""

from typing import ClassVar

from hub.commands.command import Command
from hub.ids import TicketId
from hub.people import FLOOR_STAFF, KITCHEN_STAFF


class TicketCommand(Command):
    """What all of them share: the ticket."""

    asked_by: ClassVar = KITCHEN_STAFF

    ticket_id: TicketId


class StartTicket(TicketCommand):
    """I am cooking this."""


class BumpTicket(TicketCommand):
    """My station is done with this."""


class RecallTicket(TicketCommand):
    """I bumped this too early."""


class ClearTicket(TicketCommand):
    """I have seen that this is voided."""


class RushTicket(TicketCommand):
    """This one before the others."""

    asked_by: ClassVar = FLOOR_STAFF | KITCHEN_STAFF
