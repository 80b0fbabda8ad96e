"""What travels between a hub and its clients: tickets.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen
    from api.client.shapes.orders import OrderKind

TicketStatus = Literal["fired", "started", "bumped", "served", "voided", "cleared"]


class BumpTicket(TypedDict):
    """My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it."""

    seen: NotRequired[Seen | None]
    ticketId: str
    recalls: NotRequired[int | None]
    lineIds: NotRequired[list[str] | None]


class ClearTicket(TypedDict):
    """I have seen that this is voided. `restores` is how often lines of it had been restored by then, all together."""

    seen: NotRequired[Seen | None]
    ticketId: str
    recalls: NotRequired[int | None]
    restores: NotRequired[int | None]


class RecallTicket(TypedDict):
    """I bumped this too early."""

    seen: NotRequired[Seen | None]
    ticketId: str
    recalls: NotRequired[int | None]


class RushTicket(TypedDict):
    """This one before the others."""

    seen: NotRequired[Seen | None]
    ticketId: str
    recalls: NotRequired[int | None]


class ShownTicket(TypedDict):
    """What boards and answers say of a ticket as it stands."""

    ticketId: str
    stationId: str
    course: int
    status: TicketStatus
    isRushed: bool
    firedAt: str
    startedAt: str | None
    bumpedAt: str | None
    backupStationId: str | None
    recalls: int


class StartTicket(TypedDict):
    """I am cooking this."""

    seen: NotRequired[Seen | None]
    ticketId: str
    recalls: NotRequired[int | None]


class TicketBackedUp(TypedDict):
    """Its station's screen has not shown it, so its station's backup shows it as well, until it is done."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None
    number: int
    kind: OrderKind
    tableId: str | None
    tableName: str | None
    customerName: str | None
    stationName: str
    course: int
    lines: list[TicketLine]
    isRushed: bool
    firedAt: str


class TicketBumped(TypedDict):
    """The station is done with it. `ticketSeconds` is the ticket time: from fired to bumped."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None
    ticketSeconds: float


class TicketCleared(TypedDict):
    """The station has seen the void and cleared the ticket away."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None


class TicketFired(TypedDict):
    """A station is to cook its share of a course, now."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None
    number: int
    kind: OrderKind
    tableId: str | None
    tableName: str | None
    customerName: str | None
    stationName: str
    course: int
    lines: list[TicketLine]


class TicketLine(TypedDict):
    """What the cook reads: quantity, what, how, and what could hurt the guest.

    A void that crossed a bump is disputed until somebody decides it; `restores` counts its ways back from that.
    """

    lineId: str
    itemId: str
    name: str
    quantity: int
    modifiers: list[str]
    note: str | None
    seat: int | None
    allergens: list[str]
    prepSeconds: int
    isVoided: bool
    isDisputed: bool
    restores: int


class TicketRecalled(TypedDict):
    """It was bumped too early, and the station has it back."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None


class TicketRushed(TypedDict):
    """This one goes before the others."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None


class TicketServed(TypedDict):
    """The food is with the guest; the ticket leaves the kitchen's screens."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None


class TicketStarted(TypedDict):
    """A cook is on it."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None


class TicketVoided(TypedDict):
    """Nothing on it is wanted any more. It stays on the screens until the station clears it away."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None


class VoidCrossed(TypedDict):
    """A line was voided by somebody who did not know that it was done, and done by somebody who did not know that."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None
    number: int
    kind: OrderKind
    tableId: str | None
    tableName: str | None
    customerName: str | None
    stationName: str
    course: int
    lines: list[TicketLine]
    lineId: str
    status: TicketStatus
    isRushed: bool
    firedAt: str
    startedAt: str | None
    bumpedAt: str | None
    recalls: int


class VoidDecided(TypedDict):
    """Somebody at the pass said what holds: the void `stands`, or the line is the guest's, and on the bill."""

    ticketId: str
    orderId: str
    stationId: str
    backupStationId: str | None
    number: int
    kind: OrderKind
    tableId: str | None
    tableName: str | None
    customerName: str | None
    stationName: str
    course: int
    lines: list[TicketLine]
    lineId: str
    status: TicketStatus
    isRushed: bool
    firedAt: str
    startedAt: str | None
    bumpedAt: str | None
    recalls: int
    stands: bool


class RestBumpTicket(TypedDict):
    """My station is done with this. `lineIds` are the lines that stood on it unvoided, to whoever bumps it."""

    seen: NotRequired[Seen | None]
    recalls: NotRequired[int | None]
    lineIds: NotRequired[list[str] | None]


class RestClearTicket(TypedDict):
    """I have seen that this is voided. `restores` is how often lines of it had been restored by then, all together."""

    seen: NotRequired[Seen | None]
    recalls: NotRequired[int | None]
    restores: NotRequired[int | None]


class RestRecallTicket(TypedDict):
    """I bumped this too early."""

    seen: NotRequired[Seen | None]
    recalls: NotRequired[int | None]


class RestRushTicket(TypedDict):
    """This one before the others."""

    seen: NotRequired[Seen | None]
    recalls: NotRequired[int | None]


class RestStartTicket(TypedDict):
    """I am cooking this."""

    seen: NotRequired[Seen | None]
    recalls: NotRequired[int | None]
