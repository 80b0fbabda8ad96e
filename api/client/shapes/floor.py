"""What travels between a hub and its clients: floor.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.answers import TableAnswer
    from api.client.shapes.command import Seen

AlertKind = Literal["ticket_not_started", "table_waiting", "ticket_not_seen"]
TableStatus = Literal["free", "held", "seated", "ordered", "eating", "bill", "dirty"]


class AddSection(TypedDict):
    """Add a section to the floor."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    name: str


class AddTable(TypedDict):
    """Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    sectionId: str
    name: str
    seats: int
    x: NotRequired[int]
    y: NotRequired[int]


class AlertCleared(TypedDict):
    """What the alert was about has been taken care of."""

    alertId: str


class AlertRaised(TypedDict):
    """Something waits longer than the house allows.

    A ticket that nobody started, a table that nobody asked, or a ticket that no screen of its station has shown.
    """

    alertId: str
    kind: AlertKind
    ticketId: str | None
    orderId: str | None
    stationId: str | None
    tableId: str | None


class ChangeTable(TypedDict):
    """Change a table on the plan. What is not named stays as it is."""

    seen: NotRequired[Seen | None]
    tableId: str
    sectionId: NotRequired[str | None]
    name: NotRequired[str | None]
    seats: NotRequired[int | None]
    x: NotRequired[int | None]
    y: NotRequired[int | None]


class PartyLeft(TypedDict):
    """The party is gone, and its link opens nothing any more."""

    tableId: str
    seatingId: str


class PartySeated(TypedDict):
    """A party sat down. `covers` counts its guests."""

    tableId: str
    seatingId: str
    covers: int


class RemoveTable(TypedDict):
    """Take a free table off the plan."""

    seen: NotRequired[Seen | None]
    tableId: str


class SeatParty(TypedDict):
    """Seat a party of so many covers."""

    seen: NotRequired[Seen | None]
    tableId: str
    covers: int


class SectionAdded(TypedDict):
    """The floor has a new section."""

    sectionId: str
    sectionName: str


class SetTableStatus(TypedDict):
    """Say what state a table is in."""

    seen: NotRequired[Seen | None]
    tableId: str
    status: TableStatus


class TableAdded(TypedDict):
    """A table was put on the plan."""

    table: TablePlan


class TableChanged(TypedDict):
    """A table has another name, section, number of seats, or place on the plan."""

    table: TablePlan


class TablePlan(TypedDict):
    """A table as it stands on the plan: `x` and `y` are hundredths of a per cent of the room's width and height."""

    tableId: str
    sectionId: str
    name: str
    seats: int
    x: int
    y: int


class TableRemoved(TypedDict):
    """A table was taken off the plan. Whoever watches it hears this last, and its room closes."""

    tableId: str


class TableStatusChanged(TypedDict):
    """A table is in another state of its evening."""

    tableId: str
    status: TableStatus


class RestAddSection(TypedDict):
    """Add a section to the floor."""

    seen: NotRequired[Seen | None]
    name: str


class RestAddTable(TypedDict):
    """Put a table on the plan. `x` and `y` are hundredths of a per cent of the room's width and height."""

    seen: NotRequired[Seen | None]
    sectionId: str
    name: str
    seats: int
    x: NotRequired[int]
    y: NotRequired[int]


class RestChangeTable(TypedDict):
    """Change a table on the plan. What is not named stays as it is."""

    seen: NotRequired[Seen | None]
    sectionId: NotRequired[str | None]
    name: NotRequired[str | None]
    seats: NotRequired[int | None]
    x: NotRequired[int | None]
    y: NotRequired[int | None]


class RestRemoveTable(TypedDict):
    """Take a free table off the plan."""

    seen: NotRequired[Seen | None]


class RestSeatParty(TypedDict):
    """Seat a party of so many covers."""

    seen: NotRequired[Seen | None]
    covers: int


class Section(TypedDict):
    """A section of the floor: one waiter's tables."""

    id: str
    name: str


class Sections(TypedDict):
    nextCursor: str | None
    items: list[Section]


class RestSetTableStatus(TypedDict):
    """Say what state a table is in."""

    seen: NotRequired[Seen | None]
    status: TableStatus


class Tables(TypedDict):
    nextCursor: str | None
    items: list[TableAnswer]
