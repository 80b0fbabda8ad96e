"""Plates and portions, counted from the facts: ordered is served, void and open, after every step."""

from collections import Counter
from collections.abc import Iterable

from hub.domain.orders import Order
from hub.events import RestaurantEvent
from hub.events.orders import LinesAdded, LineStatus, LineVoided
from hub.events.tickets import TicketFired, TicketServed, TicketStatus, VoidDecided
from hub.ids import ItemId, LineId, TicketId
from tests.away.kitchen import PORTIONS

SERVED, VOID, OPEN = "served", "void", "open"


class Plates:
    """What whoever hears all facts knows of the plates, and what whoever counts portions knows of those."""

    def __init__(self) -> None:
        self._quantities: dict[LineId, int] = {}
        self._lines_of: dict[TicketId, list[LineId]] = {}
        self._void: set[LineId] = set()
        self._served: set[LineId] = set()
        self._portions: Counter[ItemId] = Counter()

    def hears(self, facts: Iterable[RestaurantEvent]) -> None:
        for fact in facts:
            match fact:
                case LinesAdded():
                    self._quantities |= {line.line_id: line.quantity for line in fact.lines}
                case TicketFired():
                    self._lines_of[fact.ticket_id] = [line.line_id for line in fact.lines]
                case TicketServed():
                    self._served.update(self._lines_of[fact.ticket_id])
                case LineVoided():
                    self._void.add(fact.line_id)
                case VoidDecided(stands=False):
                    self._void.discard(fact.line_id)

    def counts(self, before: Order, after: Order) -> None:
        """Portions go with lines that are added, and come back with those that are voided before they are fired."""
        was = {line.id: line for line in before.lines}
        for line in after.lines:
            if line.id not in was:
                self._portions[line.item_id] -= line.quantity
            elif was[line.id].status is LineStatus.HELD and not line.is_live:
                self._portions[line.item_id] += line.quantity

    def wrongs(self, order: Order) -> list[str]:
        """What does not add up, or is not what the order says of itself."""
        told, is_so = self._told(), dict(_plates(order))
        wrongs = [f"the facts make {told}, the order {is_so}"] if told != is_so else []
        gone = portions(order)
        for item, change in self._portions.items():
            if PORTIONS + change + gone[item] != PORTIONS:
                wrongs.append(f"{-change} portions are gone of an item of which {gone[item]} are on the order")
        ordered = sum(self._quantities.values())
        if ordered != sum(quantity for _, quantity in told.values()):
            wrongs.append(f"{ordered} plates were ordered, and they are {told}")
        return wrongs

    def _told(self) -> dict[LineId, tuple[str, int]]:
        return {
            line: (VOID if line in self._void else SERVED if line in self._served else OPEN, quantity)
            for line, quantity in self._quantities.items()
        }


def portions(order: Order) -> Counter[ItemId]:
    """What an order takes of each item: whatever is wanted of it, or was fired."""
    gone: Counter[ItemId] = Counter()
    for line in order.lines:
        if line.is_live or line.ticket_id is not None:
            gone[line.item_id] += line.quantity
    return gone


def _plates(order: Order) -> Iterable[tuple[LineId, tuple[str, int]]]:
    served = {ticket.id for ticket in order.tickets if ticket.status is TicketStatus.SERVED}
    for line in order.lines:
        where = SERVED if line.ticket_id in served else OPEN
        yield line.id, (where if line.is_live else VOID, line.quantity)
