"""The waiter: takes orders, fires course after course, brings what the kitchen is done with, and closes.

What is off is replaced by something else of the same section, as a waiter would suggest. Refusals because somebody
was quicker are counted; they are a busy evening, and no error.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from hub.caller import Door, Refusal
from hub.events.floor import TableStatus
from hub.events.orders import LineStatus, OrderKind, OrderStatus
from hub.events.tickets import TicketStatus
from hub.simulation.clock import MINUTE, Clock
from hub.simulation.ear import Listening
from hub.simulation.screens import OVER, WANTED, FloorScreen, Json
from hub.simulation.service import House, Wish, chosen
from hub.simulation.tally import Tally

TRIES_MAX = 20
LOOKS_AGAIN_SECONDS = 30 * MINUTE
"""When a waiter asks after an order that the screen does not show as done."""
OFF = frozenset({"item_eighty_sixed", "item_sold_out"})


class CannotServe(Exception):
    """An order got stuck: however often it is tried, it does not go on."""


@dataclass(slots=True)
class OrderInHand:
    """An order as its waiter keeps it in mind: the latest answer about it, and the tickets counted so far."""

    id: str
    latest: Json
    counted: set[str] = field(default_factory=set)

    @property
    def link(self) -> str:
        return str(self.latest["guestLink"])

    @property
    def held_courses(self) -> list[int]:
        return sorted({line["course"] for line in self.held_lines})

    @property
    def held_lines(self) -> list[Json]:
        lines: list[Json] = [line for line in self.latest["lines"] if line["status"] == LineStatus.HELD]
        return lines

    @property
    def wanted_tickets(self) -> frozenset[str]:
        """Tickets that somebody still waits for."""
        return frozenset(one["ticketId"] for one in self.latest["tickets"] if TicketStatus(one["status"]) in WANTED)


@dataclass(slots=True)
class Waiter:
    """One waiter with one tablet."""

    house: House
    door: Door
    floor: Listening[FloorScreen]
    clock: Clock
    tally: Tally
    dice: Random

    async def takes(
        self,
        kind: OrderKind,
        wishes: Sequence[Wish],
        *,
        table_id: str | None = None,
        name: str | None = None,
        by: Door | None = None,
    ) -> OrderInHand:
        """Place an order; `by` a guest's own door where the party orders by itself. Raises Refusal, NobodyAnswers."""
        order: dict[str, Any] = {"kind": kind}
        if table_id is not None:
            order["tableId"] = table_id
        if name is not None:
            order["customerName"] = name
        answer = await self._orders(by or self.door, f"/restaurants/{self.house.id}/orders", order, wishes)
        in_hand = OrderInHand(answer["orderId"], answer)
        self.tally.orders += 1
        self.tally.lines += len(wishes)
        self._count_tickets(in_hand)
        return in_hand

    async def adds(self, order: OrderInHand, wishes: Sequence[Wish], *, by: Door | None = None) -> None:
        """More on the same order."""
        answer = await self._orders(by or self.door, f"/orders/{order.id}/lines", {}, wishes)
        self.tally.lines += len(wishes)
        self._remember(order, answer)

    async def picks_up(self, order_id: str) -> OrderInHand:
        """Take an order over that somebody else placed. Its tickets are counted already, or are nobody's to count."""
        latest = await self.door.get(f"/orders/{order_id}")
        return OrderInHand(order_id, latest, {one["ticketId"] for one in latest["tickets"]})

    async def fires(self, order: OrderInHand) -> None:
        """The next course that is held. Somebody else may have fired it."""
        if not await self._asks(order, f"/orders/{order.id}/courses/{order.held_courses[0]}/fire"):
            await self.looks_up(order)

    async def brings(self, order: OrderInHand) -> None:
        """Wait for what was fired, and bring it; again where a cook took something back meanwhile."""
        for _ in range(TRIES_MAX):
            if not order.wanted_tickets:
                return
            if not await self._sees_cooked(order):
                # Not shown for so long: perhaps somebody cancelled it. The hub knows.
                await self.looks_up(order)
            elif not await self._asks(order, f"/orders/{order.id}/serve"):
                await self.looks_up(order)
        raise CannotServe(f"Order {order.latest['number']} could not be served in {TRIES_MAX} tries.")

    async def _sees_cooked(self, order: OrderInHand) -> bool:
        try:
            async with asyncio.timeout(LOOKS_AGAIN_SECONDS / self.clock.speed):
                await self.floor.until(lambda: self.floor.screen.is_cooked(order.id, order.wanted_tickets))
        except TimeoutError:
            return False
        return True

    async def looks_up(self, order: OrderInHand) -> None:
        """What has become of an order that somebody else had in hand as well."""
        self._remember(order, await self.door.get(f"/orders/{order.id}"))

    async def voids_one(self, order: OrderInHand) -> None:
        """Take back one of several lines that are still held."""
        held = order.held_lines
        if len(held) > 1:
            line = self.dice.choice(held)
            await self._asks(order, f"/orders/{order.id}/lines/{line['lineId']}/void", {"reason": "changed their mind"})

    async def rushes_one(self, order: OrderInHand) -> None:
        """Somebody is in a hurry."""
        if wanted := sorted(order.wanted_tickets):
            await self._tries(f"/tickets/{self.dice.choice(wanted)}/rush")

    async def brings_bill(self, table_id: str) -> None:
        await self._tries(f"/tables/{table_id}", {"status": TableStatus.BILL}, method="PATCH")

    async def closes(self, order: OrderInHand) -> bool:
        """Whether the order is over now; where it is not, it is looked up, and there is more to bring."""
        if not await self._asks(order, f"/orders/{order.id}/close"):
            await self.looks_up(order)
        return OrderStatus(order.latest["status"]) in OVER

    async def _orders(self, door: Door, path: str, order: Json, wishes: Sequence[Wish]) -> Json:
        wanted = list(wishes)
        for _ in range(TRIES_MAX):
            try:
                answer: Json = await door.ask(path, {**order, "lines": [_line(wish) for wish in wanted]})
                return answer
            except Refusal as refusal:
                self.tally.refusals[refusal.code] += 1
                if refusal.code not in OFF:
                    raise
                wanted = [self._instead(wish, refusal) for wish in wanted]
        raise CannotServe("Everything that was suggested was off as well.")

    def _instead(self, wish: Wish, refusal: Refusal) -> Wish:
        """The wish, or another of the same section where that is what is off."""
        off = refusal.facts.get("itemId")
        if wish.item_id != off:
            return wish
        section = next((dish.section for dish in self.house.dishes if dish.id == off), None)
        alike = [dish for dish in self.house.dishes if dish.section == section and dish.id != off]
        dish = self.dice.choice(alike or [dish for dish in self.house.dishes if dish.id != off])
        return Wish(dish.id, wish.quantity, wish.course, wish.seat, wish.note, chosen(dish, self.dice))

    async def _asks(self, order: OrderInHand, path: str, body: Json | None = None) -> bool:
        """Ask, and remember the answer. False where the hub said no, which is counted."""
        answer = await self._tries(path, body)
        if answer is not None:
            self._remember(order, answer)
        return answer is not None

    async def _tries(self, path: str, body: Json | None = None, *, method: str = "POST") -> Json | None:
        try:
            answer: Json = await self.door.ask(path, body, method=method)
        except Refusal as refusal:
            self.tally.refusals[refusal.code] += 1
            return None
        return answer

    def _remember(self, order: OrderInHand, answer: Json) -> None:
        order.latest = {"guestLink": order.latest.get("guestLink"), **answer}
        self._count_tickets(order)

    def _count_tickets(self, order: OrderInHand) -> None:
        tickets = {one["ticketId"] for one in order.latest["tickets"]}
        self.tally.tickets += len(tickets - order.counted)
        order.counted |= tickets


def _line(wish: Wish) -> Json:
    line: Json = {"itemId": wish.item_id, "quantity": wish.quantity, "course": wish.course}
    optional = {"seat": wish.seat, "note": wish.note, "modifiers": list(wish.modifiers) or None}
    return line | {name: value for name, value in optional.items() if value is not None}
