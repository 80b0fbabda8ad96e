"""A table's evening, as a table: free, perhaps held, seated, ordered, eating, bill, dirty, free again.

Not its business: what is on the plan (plain facts, no rules), and orders beyond that they are there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from hub.domain.refusals import Refused
from hub.events import RestaurantEvent
from hub.events.floor import PartyLeft, PartySeated, TableStatus, TableStatusChanged
from hub.ids import RestaurantId, SeatingId, TableId

FREE, HELD, SEATED, ORDERED, EATING, BILL, DIRTY = TableStatus

STEPS: Mapping[TableStatus, frozenset[TableStatus]] = MappingProxyType(
    {
        FREE: frozenset({HELD, SEATED, DIRTY}),
        HELD: frozenset({FREE, SEATED}),
        SEATED: frozenset({ORDERED, BILL, DIRTY, FREE}),
        ORDERED: frozenset({EATING, BILL, DIRTY}),
        EATING: frozenset({ORDERED, BILL, DIRTY}),
        BILL: frozenset({ORDERED, EATING, DIRTY}),
        DIRTY: frozenset({FREE}),
    }
)
"""State before → states that may follow."""

OCCUPIED = frozenset({SEATED, ORDERED, EATING, BILL})
"""States in which a party sits at the table."""


class IllegalTableStep(Refused):
    """Table {name} is {status}, so it cannot become {step}."""

    code = "illegal_table_step"


class AlreadySo(IllegalTableStep):
    """Table {name} is {status} already."""


class SeatWithCovers(Refused):
    """Seat a party with its number of guests; a table does not become seated by itself."""

    code = "seat_with_covers"


class NobodySeated(Refused):
    """Nobody sits at table {name}. Seat the party first."""

    code = "nobody_seated"


class TableHasOpenOrders(Refused):
    """Table {name} still has open orders. Close or cancel them first."""

    code = "table_has_open_orders"


@dataclass(frozen=True, slots=True)
class Seating:
    """One party's stay, from being seated to leaving."""

    id: SeatingId
    covers: int
    seated_at: datetime


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `seating` is the party that sits there now."""

    id: TableId
    restaurant_id: RestaurantId
    name: str
    status: TableStatus
    status_since: datetime
    seating: Seating | None = None

    @property
    def seating_id(self) -> SeatingId | None:
        return None if self.seating is None else self.seating.id

    def seat(self, seating: Seating, at: datetime) -> "Moved":
        """A party sits down."""
        moved, changed = self._become(SEATED, at)
        seated = PartySeated(
            restaurant_id=self.restaurant_id, table_id=self.id, seating_id=seating.id, covers=seating.covers
        )
        return replace(moved, seating=seating), (seated, *changed)

    def set_status(self, status: TableStatus, at: datetime, *, has_open_orders: bool) -> "Moved":
        """Whatever else happens to a table. Where its party leaves by that, the seating ends."""
        if status is SEATED and self.seating is None:
            raise SeatWithCovers(table_id=self.id)
        moved, changed = self._become(status, at)
        if self.seating is None or status in OCCUPIED:
            return moved, changed
        if has_open_orders:
            raise TableHasOpenOrders(name=self.name, table_id=self.id)
        left = PartyLeft(restaurant_id=self.restaurant_id, table_id=self.id, seating_id=self.seating.id)
        return replace(moved, seating=None), (left, *changed)

    def take_order(self, at: datetime) -> "Moved":
        """An order was placed here: a seated party becomes one that has ordered; later rounds change nothing."""
        if self.seating is None:
            raise NobodySeated(name=self.name, table_id=self.id)
        return self._become(ORDERED, at) if self.status is SEATED else (self, ())

    def get_food(self, at: datetime) -> "Moved":
        """Food came to the table."""
        return self._become(EATING, at) if self.status is ORDERED else (self, ())

    def _become(self, status: TableStatus, at: datetime) -> "Moved":
        if status not in STEPS[self.status]:
            kind = AlreadySo if status is self.status else IllegalTableStep
            raise kind(name=self.name, status=self.status.value, step=status.value, table_id=self.id)
        changed = TableStatusChanged(restaurant_id=self.restaurant_id, table_id=self.id, status=status)
        return replace(self, status=status, status_since=at), (changed,)


Moved = tuple[Table, tuple[RestaurantEvent, ...]]
"""A table after a step, and the facts that the step states."""
