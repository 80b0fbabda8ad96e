"""What can be asked of a hub at its addresses: orders.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from api.client.door import Door
    from api.client.shapes.answers import OrderAnswer, PlacedAnswer
    from api.client.shapes.boards import OrderBoard
    from api.client.shapes.orders import (
        Orders,
        OrderStatus,
        RestAddLines,
        RestCancelOrder,
        RestCloseOrder,
        RestDecideVoid,
        RestFireCourse,
        RestMoveLine,
        RestPlaceOrder,
        RestServeOrder,
        RestVoidLine,
    )
    from api.client.shapes.people import GuestLink


class OfOrders:
    """From taking an order to closing it, line by line."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def show_orders_page(
        self,
        restaurant_id: str,
        *,
        status: Sequence[OrderStatus] = (),
        cursor: str | None = None,
        limit: int | None = None,
    ) -> Orders:
        """One page of the restaurant's orders, the newest first."""
        answer: Orders = await self._door.send(
            "GET",
            "/restaurants/{restaurantId}/orders",
            {"restaurantId": restaurant_id},
            query={"status": status, "cursor": cursor, "limit": limit},
        )
        return answer

    async def place_order(self, restaurant_id: str, body: RestPlaceOrder, *, key: str | None = None) -> PlacedAnswer:
        """Take an order. Dine-in names its table and is held; pickup and delivery are fired at once."""
        answer: PlacedAnswer = await self._door.send(
            "POST", "/restaurants/{restaurantId}/orders", {"restaurantId": restaurant_id}, body=body, key=key
        )
        return answer

    async def show_orders_order(self, order_id: str) -> OrderAnswer:
        """One order with its lines and tickets, as staff see it."""
        answer: OrderAnswer = await self._door.send("GET", "/orders/{orderId}", {"orderId": order_id})
        return answer

    async def show_boards_track(self, order_id: str) -> OrderBoard:
        """One order as its guest may see it: for staff, for the order's link, and for the party that ordered it."""
        answer: OrderBoard = await self._door.send("GET", "/orders/{orderId}/track", {"orderId": order_id})
        return answer

    async def show_orders_link(self, order_id: str) -> GuestLink:
        """The link with which the order's guest follows it: the one that was given when it was placed."""
        answer: GuestLink = await self._door.send("GET", "/orders/{orderId}/link", {"orderId": order_id})
        return answer

    async def add_lines(self, order_id: str, body: RestAddLines, *, key: str | None = None) -> OrderAnswer:
        """Add lines to an order that is still open."""
        answer: OrderAnswer = await self._door.send(
            "POST", "/orders/{orderId}/lines", {"orderId": order_id}, body=body, key=key
        )
        return answer

    async def void_line(
        self, order_id: str, line_id: str, body: RestVoidLine | None = None, *, key: str | None = None
    ) -> OrderAnswer:
        """Take a line back. Once it is fired only a manager can."""
        answer: OrderAnswer = await self._door.send(
            "POST",
            "/orders/{orderId}/lines/{lineId}/void",
            {"orderId": order_id, "lineId": line_id},
            body=body,
            key=key,
        )
        return answer

    async def decide_void(
        self, order_id: str, line_id: str, body: RestDecideVoid, *, key: str | None = None
    ) -> OrderAnswer:
        """Say what holds where a void crossed a bump: the void stands, or the line was cooked and is the guest's."""
        answer: OrderAnswer = await self._door.send(
            "POST",
            "/orders/{orderId}/lines/{lineId}/decide",
            {"orderId": order_id, "lineId": line_id},
            body=body,
            key=key,
        )
        return answer

    async def move_line(
        self, order_id: str, line_id: str, body: RestMoveLine | None = None, *, key: str | None = None
    ) -> OrderAnswer:
        """Say that a line is for another guest: of this order, or, while it is held, of another. No seat is all of
        them.
        """
        answer: OrderAnswer = await self._door.send(
            "POST",
            "/orders/{orderId}/lines/{lineId}/move",
            {"orderId": order_id, "lineId": line_id},
            body=body,
            key=key,
        )
        return answer

    async def fire_course(
        self, order_id: str, course: int, body: RestFireCourse | None = None, *, key: str | None = None
    ) -> OrderAnswer:
        """Send what is held of a course to the kitchen. Whoever names the lines means no others."""
        answer: OrderAnswer = await self._door.send(
            "POST",
            "/orders/{orderId}/courses/{course}/fire",
            {"orderId": order_id, "course": course},
            body=body,
            key=key,
        )
        return answer

    async def serve_order(
        self, order_id: str, body: RestServeOrder | None = None, *, key: str | None = None
    ) -> OrderAnswer:
        """Bring what is ready, of one course or of all, to the guest. Whoever names the tickets means no others."""
        answer: OrderAnswer = await self._door.send(
            "POST", "/orders/{orderId}/serve", {"orderId": order_id}, body=body, key=key
        )
        return answer

    async def cancel_order(
        self, order_id: str, body: RestCancelOrder | None = None, *, key: str | None = None
    ) -> OrderAnswer:
        """Take the whole order back. Once anything is fired only a manager can."""
        answer: OrderAnswer = await self._door.send(
            "POST", "/orders/{orderId}/cancel", {"orderId": order_id}, body=body, key=key
        )
        return answer

    async def close_order(
        self, order_id: str, body: RestCloseOrder | None = None, *, key: str | None = None
    ) -> OrderAnswer:
        """Everything is served and settled."""
        answer: OrderAnswer = await self._door.send(
            "POST", "/orders/{orderId}/close", {"orderId": order_id}, body=body, key=key
        )
        return answer
