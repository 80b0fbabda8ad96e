"""Looking at orders: one, and page after page of them."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from api.people import GuestLink
from api.showing import PAGE, PAGE_MAX, Listed, Look, Paged, Query, several
from hub.actions.answers import OrderAnswer
from hub.events.orders import OrderStatus
from hub.ids import OrderId, RestaurantId
from hub.store import orders


class WhichOrders(Query):
    """`status` may be given several times. `cursor` is the page before's `nextCursor`."""

    status: Annotated[tuple[OrderStatus, ...], BeforeValidator(several)] = ()
    cursor: OrderId | None = None
    limit: Annotated[int, Field(ge=1, le=PAGE_MAX)] = PAGE


class Orders(Listed):
    """Orders, the newest first."""

    items: tuple[OrderAnswer, ...]


class WhichPage(Paged):
    """`status` may be given several times."""

    status: Annotated[tuple[OrderStatus, ...], BeforeValidator(several)] = ()


class NumberedOrders(Orders):
    """Orders, the newest first, and how many there are on all pages."""

    total: int


async def page(look: Look, restaurant_id: RestaurantId, query: WhichOrders) -> Orders:
    """One page of the restaurant's orders, the newest first."""
    look.enter(restaurant_id)
    async with look.snapshot():
        # One more than fits says whether there is a next page.
        found = await orders.page_of(restaurant_id, statuses=query.status, before=query.cursor, limit=query.limit + 1)
    shown = found[: query.limit]
    next_cursor = str(shown[-1].id) if len(found) > len(shown) else None
    return Orders(items=tuple(OrderAnswer.of(one, by=look.by) for one in shown), next_cursor=next_cursor)


async def numbered(look: Look, restaurant_id: RestaurantId, query: WhichPage) -> NumberedOrders:
    """One page of the restaurant's orders by its number, the newest first. Orders placed meanwhile move the pages."""
    look.enter(restaurant_id)
    async with look.snapshot():
        skipped = (query.page - 1) * query.limit
        found = await orders.page_of(restaurant_id, statuses=query.status, before=None, limit=query.limit, skip=skipped)
        total = await orders.count_of(restaurant_id, statuses=query.status)
    return NumberedOrders(items=tuple(OrderAnswer.of(one, by=look.by) for one in found), total=total)


async def order(look: Look, order_id: OrderId) -> OrderAnswer:
    """One order with its lines and tickets, as staff see it."""
    async with look.snapshot():
        return OrderAnswer.of(look.admitted(await orders.order(order_id, by=look.by), "order"), by=look.by)


async def link(look: Look, order_id: OrderId) -> GuestLink:
    """The link with which the order's guest follows it: the one that was given when it was placed."""
    async with look.snapshot():
        placed = look.admitted(await orders.order(order_id, by=look.by), "order")
    return GuestLink(guest_link=look.hub.links.order_link(placed.restaurant_id, placed.id, placed.placed_at))
