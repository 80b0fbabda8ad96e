"""How much is left of one item, for whoever follows it, inside the house or out.

Not its business: the menu, and what the floor and the pass see of all items at once (`hub.boards.house`).
"""

from datetime import datetime

from pydantic import TypeAdapter

from hub.audience import Room, restaurant_scope
from hub.boards.board import Admission, Board, BoardKind, must_have_job, no_such_room, read, staff_at_sight, subject
from hub.events import Event
from hub.events.menu import InventoryUpdate
from hub.ids import ItemId
from hub.people import Actor
from hub.rights import Permission
from hub.store import floor
from hub.store.database import connection


class ItemBoard(Board):
    """`quantity` is null where nobody counts. An item that left the menu is shown to its followers as not available."""

    product_id: ItemId
    name: str
    quantity: int | None
    available: bool


async def admit(room: Room, by: Actor) -> Admission:
    """Everybody who works in the restaurant, and a guest for as long as their party sits there."""
    restaurant = await connection().fetchval("select restaurant_id from menu_item where id = $1", subject(room))
    if restaurant is None:
        raise no_such_room()
    if by.seat is None:
        must_have_job(by, restaurant, Permission.MENU_READ)
        return Admission(restaurant_scope(restaurant))
    if not by.may(Permission.MENU_READ, restaurant) or not await floor.sits_here(by.seat):
        raise no_such_room()
    return Admission(restaurant_scope(restaurant), closes_with=by.seat.seating)


_ITEMS = TypeAdapter(tuple[ItemBoard, ...])

_ITEM_BY_ID = """
    select coalesce(json_agg(one), '[]') from (
        select id as product_id, name, portions_left as quantity,
               removed_at is null and not is_eighty_sixed and portions_left is distinct from 0 as available
        from menu_item where id = $1
    ) one
"""


async def load(room: Room) -> ItemBoard:
    found = await read(_ITEMS, _ITEM_BY_ID, subject(room))
    if not found:
        raise no_such_room()
    return found[0]


def apply(board: ItemBoard, event: Event, at: datetime) -> ItemBoard:
    if not isinstance(event, InventoryUpdate):
        return board
    details = event.details
    return board.model_copy(
        update={"name": details.product_name, "quantity": event.quantity, "available": details.available}
    )


ITEM = BoardKind(
    shape=ItemBoard,
    admit=admit,
    at_sight=staff_at_sight(Permission.MENU_READ),
    load=load,
    apply=apply,
    needs=Permission.MENU_READ,
)
