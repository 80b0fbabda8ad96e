"""A line: what somebody wants, how many, how, for which seat and course. Names and prices are of that moment."""

from dataclasses import dataclass

from hub.domain.menu import EightySixed, Item, Modifier
from hub.domain.refusals import Kind, Refused
from hub.events.orders import ChosenModifier, GuestLine, LineStatus, OrderKind, OrderLine
from hub.events.tickets import TicketLine
from hub.ids import ItemId, LineId, ModifierId, StationId, TicketId
from hub.money import Money


class PriceBelowZero(Refused):
    """{name} would cost less than nothing with these modifiers."""

    code = "price_below_zero"
    kind = Kind.UNFIT


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line as it was asked for."""

    item_id: ItemId
    quantity: int
    course: int
    seat: int | None = None
    note: str | None = None
    modifiers: tuple[ModifierId, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line on an order. `unit_price` is in minor units and includes the modifiers."""

    id: LineId
    item_id: ItemId
    name: str
    quantity: int
    unit_price: int
    course: int
    station_id: StationId
    prep_seconds: int
    status: LineStatus = LineStatus.HELD
    modifiers: tuple[Modifier, ...] = ()
    allergens: tuple[str, ...] = ()
    note: str | None = None
    seat: int | None = None
    ticket_id: TicketId | None = None
    restores: int = 0
    """How often it was voided, and was the guest's after all."""
    void_saw: int = 0
    """Of a voided line: the bumps of its ticket that were known to whoever voided it, and knew least."""
    plated: int = 0
    """The number of the last bump that named it as wanted. Kept from its first void on: before, every bump did."""
    is_settled: bool = False
    """Somebody at the pass said that the void stands."""

    @property
    def is_crossed(self) -> bool:
        """Whether it is voided, and was done by somebody who did not know so, unknown to whoever voided it."""
        return self.status is LineStatus.VOIDED and self.plated > self.void_saw

    @property
    def is_disputed(self) -> bool:
        """Whether somebody at the pass has to say what holds."""
        return self.is_crossed and not self.is_settled

    @property
    def amount(self) -> int:
        """What the line costs, in minor units; a voided one costs nothing."""
        return 0 if self.status is LineStatus.VOIDED else self.unit_price * self.quantity

    @property
    def is_live(self) -> bool:
        return self.status is not LineStatus.VOIDED


def order_line(line_id: LineId, item: Item, wanted: Wanted, kind: OrderKind) -> Line:
    """The line that a wish for an item becomes. Raises EightySixed and what `Item.choose` raises.

    Portions are not looked at here: they are counted under the item's lock, where racers cannot lie.
    """
    if not item.is_available:
        raise EightySixed(name=item.name, item_id=item.id)
    modifiers = item.choose(wanted.modifiers)
    unit_price = item.price + sum(modifier.price_delta for modifier in modifiers)
    if unit_price < 0:
        raise PriceBelowZero(name=item.name, item_id=item.id)
    allergens = dict.fromkeys([*item.allergens, *(one for modifier in modifiers for one in modifier.allergens)])
    return Line(
        id=line_id,
        item_id=item.id,
        name=item.name,
        quantity=wanted.quantity,
        unit_price=unit_price,
        course=wanted.course,
        station_id=item.station_for(kind),
        prep_seconds=item.prep_seconds,
        modifiers=modifiers,
        allergens=tuple(allergens),
        note=wanted.note,
        seat=wanted.seat,
    )


def staff_line(line: Line, currency: str) -> OrderLine:
    """The line as staff hear it."""
    return OrderLine(
        line_id=line.id,
        item_id=line.item_id,
        name=line.name,
        quantity=line.quantity,
        unit_price=Money(line.unit_price, currency),
        modifiers=tuple(
            ChosenModifier(modifier_id=one.id, name=one.name, price_delta=Money(one.price_delta, currency))
            for one in line.modifiers
        ),
        note=line.note,
        seat=line.seat,
        course=line.course,
        status=line.status,
        ticket_id=line.ticket_id,
        is_disputed=line.is_disputed,
        restores=line.restores,
    )


def guest_line(line: Line, currency: str) -> GuestLine:
    """The line as its guest hears it."""
    return GuestLine(
        line_id=line.id,
        name=line.name,
        quantity=line.quantity,
        modifiers=tuple(one.name for one in line.modifiers),
        price=Money(line.amount, currency),
    )


def ticket_line(line: Line) -> TicketLine:
    """The line as its cook reads it."""
    return TicketLine(
        line_id=line.id,
        item_id=line.item_id,
        name=line.name,
        quantity=line.quantity,
        modifiers=tuple(one.name for one in line.modifiers),
        note=line.note,
        seat=line.seat,
        allergens=line.allergens,
        prep_seconds=line.prep_seconds,
        is_voided=not line.is_live,
        is_disputed=line.is_disputed,
        restores=line.restores,
    )
