"""What is done about orders. Locks are taken in one order everywhere: tables, orders, items, the number, the heads."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence

from hub.actions.alerts import calm
from hub.actions.answers import OrderAnswer, PlacedAnswer
from hub.actions.crossings import say_what_crossed
from hub.actions.deed import Work, claiming_deed
from hub.actions.wasted import note_decided, note_thrown_away
from hub.commands.orders import (
    AddLines,
    CancelOrder,
    CloseOrder,
    DecideVoid,
    FireCourse,
    MoveLine,
    PlaceOrder,
    ServeOrder,
    VoidLine,
    WantedLine,
)
from hub.domain.floor import Table
from hub.domain.lines import Line, Wanted, order_line
from hub.domain.menu import Changed, Item
from hub.domain.orders import Order
from hub.domain.refusals import Kind, NoSuchThing, Refused
from hub.domain.rounds import Ready
from hub.events import RestaurantEvent
from hub.events.orders import LineStatus, OrderKind, OrderStatus
from hub.ids import ItemId, LineId, OrderId, StationId, TicketId, new_id
from hub.store import floor, menu, orders, placing
from hub.store.floor import TakenTable
from hub.store.menu import Offer
from hub.store.orders import TakenOrder


class TableNeeded(Refused):
    """Say which table this is for."""

    code = "table_needed"
    kind = Kind.UNFIT


class NoTableHere(Refused):
    """Only an order that is eaten here has a table."""

    code = "no_table_here"
    kind = Kind.UNFIT


@claiming_deed
async def place(work: Work, command: PlaceOrder) -> PlacedAnswer:
    items = {line.item_id for line in command.lines}
    at_table = command.table_id if command.kind is OrderKind.DINE_IN else None
    taken = work.admitted(
        await placing.take(work.claim, command.restaurant_id, at_table, items, by=work.by), "restaurant"
    )
    house = taken.house
    table, sat_down = _table_that_orders(work, command, taken.table)
    lines = _lines(command.lines, taken.offer, command.kind)
    portions = _take_portions(work, lines, taken.offer)
    order = Order(
        id=OrderId(new_id()),
        restaurant_id=house.id,
        number=taken.number,
        kind=command.kind,
        status=OrderStatus.PLACED,
        currency=house.currency,
        tax=house.tax,
        placed_at=work.at,
        placed_by=work.by.user,
        table_id=None if table is None else table.id,
        table_name=None if table is None else table.name,
        seating_id=None if table is None else table.seating_id,
        customer_name=command.customer_name,
        lines=lines,
    )
    placed, events = order.place()
    fired: tuple[RestaurantEvent, ...] = ()
    if command.kind is not OrderKind.DINE_IN:
        placed, fired = _fire(work, placed, None, taken.offer.station_names)
    work.keep(*orders.placed(placed))
    work.record(*events, *sat_down, *portions, *fired)
    return PlacedAnswer.of(placed, by=work.by)


@claiming_deed
async def add_lines(work: Work, command: AddLines) -> OrderAnswer:
    before = _theirs(work, await _take(work, command.order_id)).order
    offer = await menu.take({line.item_id for line in command.lines}, before.restaurant_id)
    lines = _lines(command.lines, offer, before.kind)
    order, events = before.add(lines)
    portions = _take_portions(work, lines, offer)
    fired: tuple[RestaurantEvent, ...] = ()
    if order.kind is not OrderKind.DINE_IN:
        order, fired = _fire(work, order, None, offer.station_names)
    work.keep(*orders.changed(order, before=before))
    work.record(*events, *portions, *fired)
    return OrderAnswer.of(order, by=work.by)


@claiming_deed
async def fire_course(work: Work, command: FireCourse) -> OrderAnswer:
    taken, station_names = await orders.take_to_fire(work.claim, command.order_id, by=work.by)
    before = work.admitted(taken, "order").order
    order, events = _fire(work, before, command.course, station_names, named=command.line_ids)
    work.keep(*orders.changed(order, before=before))
    work.record(*events)
    return OrderAnswer.of(order, by=work.by)


@claiming_deed
async def serve(work: Work, command: ServeOrder) -> OrderAnswer:
    taken, at = await orders.take_to_serve(work.claim, command.order_id, by=work.by)
    before = work.admitted(taken, "order").order
    named = command.tickets
    seen = None if named is None else [Ready(one.ticket_id, one.recalls, one.line_ids) for one in named]
    order, events = before.serve(command.course, seen)
    work.keep(*orders.changed(order, before=before))
    work.record(*events, *await say_what_crossed(before, order))
    if events and at is not None and at.placed.table.seating_id == order.seating_id:
        eating, at_table = at.placed.table.get_food(work.at)
        if eating is not at.placed.table:
            work.keep(floor.status_changed(eating))
        work.record(*at_table)
    return OrderAnswer.of(order, by=work.by)


@claiming_deed
async def void_line(work: Work, command: VoidLine) -> OrderAnswer:
    taken = await _take(work, command.order_id)
    order, events = taken.order.void(
        command.line_id, command.reason, work.by, bumps=command.bumps, restores=command.restores
    )
    work.keep(*orders.changed(order, before=taken.order))
    note_thrown_away(work, taken.order, order, command.reason)
    crossed = await say_what_crossed(taken.order, order)
    work.record(*events, *crossed, *(await _take_back(work, taken, order) if events else ()))
    return OrderAnswer.of(order, by=work.by)


@claiming_deed
async def decide_void(work: Work, command: DecideVoid) -> OrderAnswer:
    taken, station_names = await orders.take_to_fire(work.claim, command.order_id, by=work.by)
    before = work.admitted(taken, "order").order
    order, events = before.decide(command.line_id, station_names, stands=command.stands, restores=command.restores)
    work.keep(*orders.changed(order, before=before))
    note_decided(work, command.line_id, before, order)
    work.record(*events)
    return OrderAnswer.of(order, by=work.by)


@claiming_deed
async def move_line(work: Work, command: MoveLine) -> OrderAnswer:
    to_order_id = command.to_order_id or command.order_id
    # Both at once, by id, so that two waiters who move lines between the same orders wait for each other in one order.
    taken = await orders.take(work.claim, {command.order_id, to_order_id}, by=work.by)
    before, to = (work.admitted(taken.get(one), "order").order for one in (command.order_id, to_order_id))
    if to_order_id == command.order_id:
        order, events = before.reseat(command.line_id, command.seat)
        work.keep(*orders.changed(order, before=before))
    else:
        (order, events), theirs = before.hand_over(command.line_id, command.seat, to)
        work.keep(*orders.handed_over(theirs.line(command.line_id), of=order, to=theirs))
    work.record(*events)
    return OrderAnswer.of(order, by=work.by)


@claiming_deed
async def cancel(work: Work, command: CancelOrder) -> OrderAnswer:
    taken = await _take(work, command.order_id)
    order, events = taken.order.cancel(command.reason, work.by)
    work.keep(*orders.changed(order, before=taken.order))
    note_thrown_away(work, taken.order, order, command.reason)
    work.record(*events, *await _take_back(work, taken, order))
    return OrderAnswer.of(order, by=work.by)


@claiming_deed
async def close(work: Work, command: CloseOrder) -> OrderAnswer:
    before = (await _take(work, command.order_id)).order
    order, events = before.close()
    work.keep(*orders.changed(order, before=before))
    work.record(*events)
    return OrderAnswer.of(order, by=work.by)


async def _take(work: Work, order: OrderId) -> TakenOrder:
    taken = await orders.take(work.claim, {order}, by=work.by)
    return work.admitted(taken.get(order), "order")


def _theirs(work: Work, taken: TakenOrder) -> TakenOrder:
    """A guest's hands reach no further than the orders of their own party."""
    if work.by.seat is not None and taken.order.seating_id != work.by.seat.seating:
        raise NoSuchThing(thing="order")
    return taken


def _table_that_orders(
    work: Work, command: PlaceOrder, taken: TakenTable | None
) -> tuple[Table | None, tuple[RestaurantEvent, ...]]:
    """The table of a dine-in order, after it has taken the order in; None for food that goes elsewhere."""
    seat = work.by.seat
    if command.kind is not OrderKind.DINE_IN:
        if command.table_id is not None:
            raise NoTableHere
        if seat is not None:
            raise TableNeeded
        return None, ()
    if command.table_id is None:
        raise TableNeeded
    taken = work.admitted(taken, "table")
    before = taken.placed.table
    is_elsewhere = before.restaurant_id != command.restaurant_id
    if is_elsewhere or (seat is not None and before.seating_id != seat.seating):
        raise NoSuchThing(thing="table")
    table, events = before.take_order(work.at)
    work.keep(floor.status_changed(table))
    return table, (*events, *calm(work, taken.alerts))


def _lines(wanted: Sequence[WantedLine], offer: Offer, kind: OrderKind) -> tuple[Line, ...]:
    """The lines that were asked for, with the names and prices of the menu as it is now."""
    for number, line in enumerate(wanted):
        if line.item_id not in offer.items:
            raise NoSuchThing(thing="item", item_id=line.item_id, line=number)
    return tuple(order_line(LineId(new_id()), offer.items[line.item_id], _wanted(line), kind) for line in wanted)


def _wanted(line: WantedLine) -> Wanted:
    return Wanted(line.item_id, line.quantity, line.course, line.seat, line.note, line.modifiers)


def _take_portions(work: Work, lines: Sequence[Line], offer: Offer) -> list[RestaurantEvent]:
    """Count down what is counted, under the items' locks. Raises SoldOut, and then nothing is taken at all."""
    return _count(work, _quantities(lines), offer.counted, Item.sold)


async def _take_back(work: Work, taken: TakenOrder, after: Order) -> list[RestaurantEvent]:
    """What a void or a cancellation brings with it: food nobody began is there again, and alerts are over."""
    was_held = {line.id for line in taken.order.lines if line.status is LineStatus.HELD}
    returned = _quantities([line for line in after.lines if line.id in was_held and not line.is_live])
    calmed = calm(work, taken.alerts_of(*(ticket.id for ticket in after.tickets)))
    return [*calmed, *_count(work, returned, await menu.lock_counted(returned), Item.returned)]


def _fire(
    work: Work,
    order: Order,
    course: int | None,
    station_names: Mapping[StationId, str],
    *,
    named: Collection[LineId] | None = None,
) -> tuple[Order, tuple[RestaurantEvent, ...]]:
    return order.fire(course, station_names, lambda: TicketId(new_id()), work.at, named=named)


def _quantities(lines: Sequence[Line]) -> Counter[ItemId]:
    quantities = Counter[ItemId]()
    for line in lines:
        quantities[line.item_id] += line.quantity
    return quantities


def _count(
    work: Work, quantities: Mapping[ItemId, int], counted: Sequence[Item], step: Callable[[Item, int], Changed]
) -> list[RestaurantEvent]:
    """Take one step with the portions of every counted item."""
    events: list[RestaurantEvent] = []
    left: dict[ItemId, int | None] = {}
    for item in counted:
        changed, stated = step(item, quantities[item.id])
        left[item.id] = changed.portions_left
        events += stated
    if left:
        work.keep(menu.portions_changed(left))
    return events
