"""Facts about tickets: one station's share of a fired course, from firing to serving."""

from enum import StrEnum
from typing import ClassVar

from hub.audience import Room, pass_room, station_room, waiters_room
from hub.events.event import RestaurantEvent, Shape
from hub.events.orders import OrderKind
from hub.ids import ItemId, LineId, OrderId, StationId, TableId, TicketId
from hub.moments import Moment
from hub.rights import FLOOR_STAFF, KITCHEN_STAFF, RIGHTS, STAFF_AND_GUESTS, Permission, Role


class TicketStatus(StrEnum):
    FIRED = "fired"
    STARTED = "started"
    BUMPED = "bumped"
    SERVED = "served"
    VOIDED = "voided"
    CLEARED = "cleared"


class TicketLine(Shape):
    """What the cook reads: quantity, what, how, and what could hurt the guest.

    A void that crossed a bump is disputed until somebody decides it; `restores` counts its ways back from that.
    """

    line_id: LineId
    item_id: ItemId
    name: str
    quantity: int
    modifiers: tuple[str, ...] = ()
    note: str | None = None
    seat: int | None = None
    allergens: tuple[str, ...] = ()
    prep_seconds: int = 0
    is_voided: bool = False
    is_disputed: bool = False
    restores: int = 0


class ShownTicket(Shape):
    """What boards and answers say of a ticket as it stands."""

    ticket_id: TicketId
    station_id: StationId
    course: int
    status: TicketStatus
    is_rushed: bool
    fired_at: Moment
    started_at: Moment | None
    bumped_at: Moment | None
    backup_station_id: StationId | None = None
    recalls: int = 0


class TicketEvent(RestaurantEvent):
    """What all facts about one ticket share: whose it is, and that its station, the pass and the floor hear it.

    Once it was backed up, the station that shows it as well hears them too.
    """

    ticket_id: TicketId
    order_id: OrderId
    station_id: StationId
    backup_station_id: StationId | None = None

    @property
    def audience(self) -> tuple[Room, ...]:
        rooms = (
            station_room(self.restaurant_id, self.station_id),
            pass_room(self.restaurant_id),
            waiters_room(self.restaurant_id),
        )
        backup = self.backup_station_id
        return rooms if backup is None else (*rooms, station_room(self.restaurant_id, backup))


class CardEvent(TicketEvent):
    """What hangs a ticket on a screen that has not had it, with everything a cook reads of it."""

    number: int
    kind: OrderKind
    table_id: TableId | None = None
    table_name: str | None = None
    customer_name: str | None = None
    station_name: str
    course: int
    lines: tuple[TicketLine, ...]


class TicketFired(CardEvent):
    """A station is to cook its share of a course, now."""

    caused_by: ClassVar = STAFF_AND_GUESTS


class TicketBackedUp(CardEvent):
    """Its station's screen has not shown it, so its station's backup shows it as well, until it is done."""

    caused_by: ClassVar = frozenset({Role.SYSTEM})

    is_rushed: bool
    fired_at: Moment


class TicketStarted(TicketEvent):
    """A cook is on it."""

    caused_by: ClassVar = KITCHEN_STAFF


class TicketBumped(TicketEvent):
    """The station is done with it. `ticketSeconds` is the ticket time: from fired to bumped."""

    caused_by: ClassVar = KITCHEN_STAFF

    ticket_seconds: float = 0.0


class TicketRecalled(TicketEvent):
    """It was bumped too early, and the station has it back."""

    caused_by: ClassVar = KITCHEN_STAFF


class TicketRushed(TicketEvent):
    """This one goes before the others."""

    caused_by: ClassVar = FLOOR_STAFF | KITCHEN_STAFF


class TicketServed(TicketEvent):
    """The food is with the guest; the ticket leaves the kitchen's screens."""

    caused_by: ClassVar = FLOOR_STAFF


class TicketVoided(TicketEvent):
    """Nothing on it is wanted any more. It stays on the screens until the station clears it away."""

    caused_by: ClassVar = FLOOR_STAFF


class TicketCleared(TicketEvent):
    """The station has seen the void and cleared the ticket away."""

    caused_by: ClassVar = KITCHEN_STAFF


class VoidEvent(CardEvent):
    """What is said of a void that crossed a bump: the line, and the ticket's whole card as it is from now on.

    The card hangs wherever the ticket does, in the place of the one that may be there, for as long as a line of it is
    disputed: also when it was served or cleared away.
    """

    line_id: LineId
    status: TicketStatus
    is_rushed: bool
    fired_at: Moment
    started_at: Moment | None
    bumped_at: Moment | None
    recalls: int


class VoidCrossed(VoidEvent):
    """A line was voided by somebody who did not know that it was done, and done by somebody who did not know that."""

    caused_by: ClassVar = FLOOR_STAFF | KITCHEN_STAFF


class VoidDecided(VoidEvent):
    """Somebody at the pass said what holds: the void `stands`, or the line is the guest's, and on the bill."""

    caused_by: ClassVar = RIGHTS[Permission.VOIDS_DECIDE]

    stands: bool
