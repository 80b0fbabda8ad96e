"""What is done about orders. Locks are taken in one order everywhere: tables, orders, items, the number, the heads."""

from collections import Counter
from collections.abc import Callable, Sequence

from hub.actions.alerts import calm
from hub.actions.answers import OrderAnswer, PlacedAnswer
from hub.actions.deed import Work, deed
from hub.commands.orders import (
    AddLines,
    CancelOrder,
    CloseOrder,
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
from hub.events import RestaurantEvent
from hub.events.orders import LineStatus, OrderKind, OrderStatus
from hub.ids import ItemId, LineId, OrderId, RestaurantId, StationId, TicketId, new_id
from hub.store import floor, menu, orders, restaurants


class TableNeeded(Refused):
    """Say which table this is for."""

    code = "table_needed"
    kind = Kind.INVALID


class NoTableHere(Refused):
    """Only an order that is eaten here has a table."""

    code = "no_table_here"
    kind = Kind.INVALID


@deed
async def place(work: Work, command: PlaceOrder) -> PlacedAnswer:
    house = work.admitted(await restaurants.by_id(command.restaurant_id), "restaurant")
    table, at_table = await _table_that_orders(work, command)
    lines = await _lines(command.lines, command.restaurant_id, command.kind)
    portions = await _take_portions(lines)
    order = Order(
        id=OrderId(new_id()),
        restaurant_id=house.id,
        number=await orders.next_number(house.id),
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
        placed, fired = await _fire(work, placed, None)
    await orders.add(placed)
    work.record(*events, *at_table, *portions, *fired)
    return PlacedAnswer.of(placed, by=work.by)


@deed
async def add_lines(work: Work, command: AddLines) -> OrderAnswer:
    before = _theirs(work, work.admitted(await orders.lock(command.order_id, by=work.by), "order"))
    lines = await _lines(command.lines, before.restaurant_id, before.kind)
    order, events = before.add(lines)
    portions = await _take_portions(lines)
    fired: tuple[RestaurantEvent, ...] = ()
    if order.kind is not OrderKind.DINE_IN:
        order, fired = await _fire(work, order, None)
    await orders.save(order, before=before)
    work.record(*events, *portions, *fired)
    return OrderAnswer.of(order, by=work.by)


@deed
async def fire_course(work: Work, command: FireCourse) -> OrderAnswer:
    before = work.admitted(await orders.lock(command.order_id, by=work.by), "order")
    order, events = await _fire(work, before, command.course)
    await orders.save(order, before=before)
    work.record(*events)
    return OrderAnswer.of(order, by=work.by)


@deed
async def serve(work: Work, command: ServeOrder) -> OrderAnswer:
    table = await _lock_table_of(work, command.order_id)
    before = work.admitted(await orders.lock(command.order_id, by=work.by), "order")
    order, events = before.serve(command.course)
    await orders.save(order, before=before)
    work.record(*events)
    if table is not None:
        eating, at_table = table.get_food(work.at)
        if eating is not table:
            await floor.save_status(eating)
        work.record(*at_table)
    return OrderAnswer.of(order, by=work.by)


@deed
async def void_line(work: Work, command: VoidLine) -> OrderAnswer:
    before = work.admitted(await orders.lock(command.order_id, by=work.by), "order")
    order, events = before.void(command.line_id, command.reason, work.by)
    await orders.save(order, before=before)
    work.record(*events, *await _take_back(work, before, order))
    return OrderAnswer.of(order, by=work.by)


@deed
async def move_line(work: Work, command: MoveLine) -> OrderAnswer:
    to_order_id = command.to_order_id or command.order_id
    # By id, so that two waiters who move lines between the same orders wait for each other in one order.
    locked = {
        one: work.admitted(await orders.lock(one, by=work.by), "order")
        for one in sorted({command.order_id, to_order_id})
    }
    before = locked[command.order_id]
    if to_order_id == command.order_id:
        order, events = before.reseat(command.line_id, command.seat)
        await orders.save(order, before=before)
    else:
        (order, events), theirs = before.hand_over(command.line_id, command.seat, locked[to_order_id])
        await orders.hand_over(theirs.line(command.line_id), theirs)
    work.record(*events)
    return OrderAnswer.of(order, by=work.by)


@deed
async def cancel(work: Work, command: CancelOrder) -> OrderAnswer:
    before = work.admitted(await orders.lock(command.order_id, by=work.by), "order")
    order, events = before.cancel(command.reason, work.by)
    await orders.save(order, before=before)
    work.record(*events, *await _take_back(work, before, order))
    return OrderAnswer.of(order, by=work.by)


@deed
async def close(work: Work, command: CloseOrder) -> OrderAnswer:
    before = work.admitted(await orders.lock(command.order_id, by=work.by), "order")
    order, events = before.close()
    await orders.save(order, before=before)
    work.record(*events)
    return OrderAnswer.of(order, by=work.by)


def _theirs(work: Work, order: Order) -> Order:
    """A guest's hands reach no further than the orders of their own party."""
    if work.by.seat is not None and order.seating_id != work.by.seat.seating:
        raise NoSuchThing(thing="order")
    return order


async def _table_that_orders(work: Work, command: PlaceOrder) -> tuple[Table | None, tuple[RestaurantEvent, ...]]:
    """The table of a dine-in order, locked, after it has taken the order in; None for food that goes elsewhere."""
    seat = work.by.seat
    if command.kind is not OrderKind.DINE_IN:
        if command.table_id is not None:
            raise NoTableHere
        if seat is not None:
            raise TableNeeded
        return None, ()
    if command.table_id is None:
        raise TableNeeded
    placed = work.admitted(await floor.lock(command.table_id, by=work.by), "table")
    is_elsewhere = placed.restaurant_id != command.restaurant_id
    if is_elsewhere or (seat is not None and placed.table.seating_id != seat.seating):
        raise NoSuchThing(thing="table")
    table, events = placed.table.take_order(work.at)
    if table is not placed.table:
        await floor.save_status(table)
    return table, (*events, *await calm(work, [table.id]))


async def _lock_table_of(work: Work, order: OrderId) -> Table | None:
    """The table an order is for, locked; tables come before orders. None where the order has none, or is not there."""
    found = await orders.order(order, by=work.by)
    if found is None or found.table_id is None:
        return None
    placed = await floor.lock(found.table_id, by=work.by)
    return placed.table if placed is not None and placed.table.seating_id == found.seating_id else None


async def _lines(wanted: Sequence[WantedLine], restaurant: RestaurantId, kind: OrderKind) -> tuple[Line, ...]:
    """The lines that were asked for, with the names and prices of the menu as it is now."""
    on_menu = await menu.items({line.item_id for line in wanted}, restaurant)
    for number, line in enumerate(wanted):
        if line.item_id not in on_menu:
            raise NoSuchThing(thing="item", item_id=line.item_id, line=number)
    return tuple(order_line(LineId(new_id()), on_menu[line.item_id], _wanted(line), kind) for line in wanted)


def _wanted(line: WantedLine) -> Wanted:
    return Wanted(line.item_id, line.quantity, line.course, line.seat, line.note, line.modifiers)


async def _take_portions(lines: Sequence[Line]) -> list[RestaurantEvent]:
    """Count down what is counted, under the items' locks. Raises SoldOut, and then nothing is taken at all."""
    return await _count(lines, Item.sold)


async def _take_back(work: Work, before: Order, after: Order) -> list[RestaurantEvent]:
    """What a void or a cancellation brings with it: food nobody began is there again, and alerts are over."""
    was_held = {line.id for line in before.lines if line.status is LineStatus.HELD}
    returned = [line for line in after.lines if line.id in was_held and not line.is_live]
    calmed = await calm(work, [ticket.id for ticket in after.tickets])
    return [*calmed, *await _count(returned, Item.returned)]


async def _fire(work: Work, order: Order, course: int | None) -> tuple[Order, tuple[RestaurantEvent, ...]]:
    names: dict[StationId, str] = {one.id: one.name for one in await menu.stations_of(order.restaurant_id)}
    return order.fire(course, names, lambda: TicketId(new_id()), work.at)


async def _count(lines: Sequence[Line], step: Callable[[Item, int], Changed]) -> list[RestaurantEvent]:
    """Take one step with the portions of every counted item on these lines."""
    quantities = Counter[ItemId]()
    for line in lines:
        quantities[line.item_id] += line.quantity
    counted = await menu.lock_counted(quantities)
    events: list[RestaurantEvent] = []
    left: dict[ItemId, int | None] = {}
    for item in counted:
        changed, stated = step(item, quantities[item.id])
        left[item.id] = changed.portions_left
        events += stated
    if left:
        await menu.save_portions(left)
    return events
