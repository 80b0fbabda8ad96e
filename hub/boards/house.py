"""What the pass and the floor both have on their boards: who waits too long, what is off, and what is running out.

Not its business: tickets, tables and orders, which each of the two boards shows in its own way.
"""

from datetime import datetime
from typing import TypeVar

from pydantic import TypeAdapter

from hub.boards.board import Board, read
from hub.events import Event
from hub.events.event import Shape
from hub.events.floor import AlertCleared, AlertKind, AlertRaised
from hub.events.menu import ItemAdded, ItemChanged, ItemEightySixed, ItemRemoved, ItemRestored, PortionsChanged
from hub.ids import AlertId, ItemId, OrderId, RestaurantId, StationId, TableId, TicketId
from hub.moments import Moment


class Alert(Shape):
    """Something waits longer than the house allows: a ticket, with its order and station, or a table."""

    alert_id: AlertId
    kind: AlertKind
    ticket_id: TicketId | None = None
    order_id: OrderId | None = None
    station_id: StationId | None = None
    table_id: TableId | None = None
    raised_at: Moment


class HouseBoard(Board):
    """`eighty_sixed` is whatever cannot be ordered; `portions` only has the items that are counted."""

    restaurant_id: RestaurantId
    alerts: tuple[Alert, ...] = ()
    eighty_sixed: tuple[ItemId, ...] = ()
    portions: dict[ItemId, int] = {}


H = TypeVar("H", bound=HouseBoard)


class _Kept(Shape):
    """An item as far as these boards care."""

    id: ItemId
    portions_left: int | None
    is_eighty_sixed: bool


_ALERTS = TypeAdapter(tuple[Alert, ...])
_ITEMS = TypeAdapter(tuple[_Kept, ...])

_ALERTS_OF_HOUSE = """
    select coalesce(json_agg(one order by one.raised_at, one.alert_id), '[]') from (
        select a.id as alert_id, a.kind, t.id as ticket_id, t.order_id, t.station_id,
               case when a.kind = 'table_waiting' then a.subject end as table_id, a.raised_at
        from alert a left join ticket t on a.kind in ('ticket_not_started', 'ticket_not_seen') and t.id = a.subject
        where a.restaurant_id = $1
    ) one
"""

_SHORT_ITEMS_OF_HOUSE = """
    select coalesce(json_agg(one order by one.id), '[]') from (
        select id, portions_left, is_eighty_sixed from menu_item
        where restaurant_id = $1 and removed_at is null and (is_eighty_sixed or portions_left is not null)
    ) one
"""


async def load(restaurant: RestaurantId) -> HouseBoard:
    """What both boards share, read afresh."""
    items = await read(_ITEMS, _SHORT_ITEMS_OF_HOUSE, restaurant)
    return HouseBoard(
        restaurant_id=restaurant,
        alerts=await read(_ALERTS, _ALERTS_OF_HOUSE, restaurant),
        eighty_sixed=tuple(one.id for one in items if one.is_eighty_sixed or one.portions_left == 0),
        portions={one.id: one.portions_left for one in items if one.portions_left is not None},
    )


def apply(board: H, event: Event, at: datetime) -> H:
    """Either board after a fact about alerts or the menu; any other leaves it as it is."""
    match event:
        case AlertRaised():
            return board.model_copy(update={"alerts": _in_order((*board.alerts, _raised(event, at)))})
        case AlertCleared():
            left = tuple(one for one in board.alerts if one.alert_id != event.alert_id)
            return board.model_copy(update={"alerts": left})
        case ItemAdded() | ItemChanged():
            item = event.item
            return _counted(_off(board, item.id, is_off=not item.available), item.id, item.portions_left)
        case ItemRemoved():
            return _counted(_off(board, event.item_id, is_off=False), event.item_id, None)
        case ItemEightySixed():
            return _off(board, event.item_id, is_off=True)
        case ItemRestored():
            return _off(board, event.item_id, is_off=False)
        case PortionsChanged():
            return _counted(board, event.item_id, event.portions_left)
        case _:
            return board


def _raised(event: AlertRaised, at: datetime) -> Alert:
    return Alert(
        alert_id=event.alert_id,
        kind=event.kind,
        ticket_id=event.ticket_id,
        order_id=event.order_id,
        station_id=event.station_id,
        table_id=event.table_id,
        raised_at=at,
    )


def _in_order(alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """Who has waited longest comes first."""
    return tuple(sorted(alerts, key=lambda one: (one.raised_at, one.alert_id)))


def _off(board: H, item: ItemId, *, is_off: bool) -> H:
    others = {one for one in board.eighty_sixed if one != item}
    return board.model_copy(update={"eighty_sixed": tuple(sorted(others | {item} if is_off else others))})


def _counted(board: H, item: ItemId, portions_left: int | None) -> H:
    portions = {one: left for one, left in board.portions.items() if one != item}
    if portions_left is not None:
        portions[item] = portions_left
    # Sorted, so that the board is the same bytes whichever way it came about.
    return board.model_copy(update={"portions": dict(sorted(portions.items()))})
