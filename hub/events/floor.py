"""Facts about the floor: sections, tables and the parties that sit at them. Guests at a table hear its own."""

from enum import StrEnum
from typing import ClassVar

from hub.audience import Room, pass_room, table_room, waiters_room
from hub.events.event import RestaurantEvent, Shape
from hub.ids import AlertId, OrderId, SeatingId, SectionId, StationId, TableId, TicketId
from hub.rights import FLOOR_STAFF, HEADS, STAFF_AND_GUESTS, Role


class TableStatus(StrEnum):
    FREE = "free"
    HELD = "held"
    SEATED = "seated"
    ORDERED = "ordered"
    EATING = "eating"
    BILL = "bill"
    DIRTY = "dirty"


class TablePlan(Shape):
    """A table as it stands on the plan: `x` and `y` are hundredths of a per cent of the room's width and height."""

    table_id: TableId
    section_id: SectionId
    name: str
    seats: int
    x: int = 0
    y: int = 0


class SectionAdded(RestaurantEvent):
    """The floor has a new section."""

    caused_by: ClassVar = HEADS

    section_id: SectionId
    section_name: str

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id),)


class TableAdded(RestaurantEvent):
    """A table was put on the plan."""

    caused_by: ClassVar = HEADS

    table: TablePlan

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id),)


class TableChanged(RestaurantEvent):
    """A table has another name, section, number of seats, or place on the plan."""

    caused_by: ClassVar = HEADS

    table: TablePlan

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id), table_room(self.table.table_id))


class TableRemoved(RestaurantEvent):
    """A table was taken off the plan. Whoever watches it hears this last, and its room closes."""

    caused_by: ClassVar = HEADS

    table_id: TableId

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id), table_room(self.table_id))


class TableEvent(RestaurantEvent):
    """What happens at one table: its guests and the floor hear it."""

    table_id: TableId

    @property
    def audience(self) -> tuple[Room, ...]:
        return (table_room(self.table_id), waiters_room(self.restaurant_id))


class PartySeated(TableEvent):
    """A party sat down. `covers` counts its guests."""

    caused_by: ClassVar = FLOOR_STAFF

    seating_id: SeatingId
    covers: int


class PartyLeft(TableEvent):
    """The party is gone, and its link opens nothing any more."""

    caused_by: ClassVar = FLOOR_STAFF

    seating_id: SeatingId


class TableStatusChanged(TableEvent):
    """A table is in another state of its evening."""

    caused_by: ClassVar = STAFF_AND_GUESTS

    status: TableStatus


class AlertKind(StrEnum):
    TICKET_NOT_STARTED = "ticket_not_started"
    TABLE_WAITING = "table_waiting"
    TICKET_NOT_SEEN = "ticket_not_seen"


class AlertRaised(RestaurantEvent):
    """Something waits longer than the house allows.

    A ticket that nobody started, a table that nobody asked, or a ticket that no screen of its station has shown.
    """

    caused_by: ClassVar = frozenset({Role.SYSTEM})

    alert_id: AlertId
    kind: AlertKind
    ticket_id: TicketId | None = None
    order_id: OrderId | None = None
    station_id: StationId | None = None
    table_id: TableId | None = None

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id), pass_room(self.restaurant_id))


class AlertCleared(RestaurantEvent):
    """What the alert was about has been taken care of."""

    caused_by: ClassVar = STAFF_AND_GUESTS | {Role.SYSTEM}

    alert_id: AlertId

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id), pass_room(self.restaurant_id))
