"""One visit from door to door, read as a story: a party dines, or somebody's food is fetched or brought.

It brings the people together; what each of them does is theirs. Refusals and silence end a story and are told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from random import Random

from hub.caller import NobodyAnswers, Refusal
from hub.events.orders import OrderKind
from hub.simulation.clock import MINUTE, Clock
from hub.simulation.crew import Crew
from hub.simulation.ear import RoomClosed
from hub.simulation.guest import Guests
from hub.simulation.host import Host, Seated
from hub.simulation.service import Visit
from hub.simulation.tally import Tally
from hub.simulation.waiter import CannotServe, OrderInHand, Waiter

READING_SECONDS = (3 * MINUTE, 9 * MINUTE)
EATING_SECONDS = (8 * MINUTE, 20 * MINUTE)
PAYING_SECONDS = (3 * MINUTE, 8 * MINUTE)
FETCHING_SECONDS = (0.0, 6 * MINUTE)
VOIDED_SHARE = 0.06
RUSHED_SHARE = 0.04
FIRINGS_MAX = 20
CLOSINGS_MAX = 5

GIVES_UP = (Refusal, NobodyAnswers, CannotServe, RoomClosed)


@dataclass(slots=True)
class DiningRoom:
    """The dining room with everybody who works in it tonight."""

    crew: Crew
    hosts: Sequence[Host]
    waiters: Sequence[Waiter]
    guests: Guests
    clock: Clock
    tally: Tally
    dice: Random
    _next_waiter: Iterator[Waiter] = field(init=False)
    _next_host: Iterator[Host] = field(init=False)

    def __post_init__(self) -> None:
        self._next_waiter, self._next_host = cycle(self.waiters), cycle(self.hosts)

    async def receives(self, visit: Visit) -> None:
        """Play one visit. Who gets no table takes the food home."""
        try:
            await self.clock.until(visit.arrives_at)
            seated = await next(self._next_host).seats(visit.covers) if visit.kind is OrderKind.DINE_IN else None
            if seated is None:
                await self._is_taken_away(visit)
            else:
                await self._dines(visit, seated)
        except GIVES_UP as why:
            self.tally.is_troubled(f"{visit.name} was not served to the end. {why}")
        self.tally.visits_done += 1

    async def tidies(self, order_ids: Sequence[str], table_id: str | None) -> None:
        """Bring to an end what was left open before this service, and have its table cleared."""
        waiter = next(self._next_waiter)
        try:
            for order_id in order_ids:
                order = await waiter.picks_up(order_id)
                await self._courses(order, waiter)
                await self._settles(order, waiter)
            if table_id is not None:
                await next(self._next_host).clears(table_id)
        except GIVES_UP as why:
            self.tally.is_troubled(f"What was open before was not served to the end. {why}")

    async def _dines(self, visit: Visit, seated: Seated) -> None:
        waiter = next(self._next_waiter)
        async with self.guests.at_table(seated.table_id, seated.link):
            await self._passes(READING_SECONDS)
            by = self.crew.guests_door(seated.link) if visit.orders_itself else None
            order = await waiter.takes(OrderKind.DINE_IN, visit.wishes, table_id=seated.table_id, by=by)
            await self._courses(order, waiter)
            if visit.afterthoughts:
                await waiter.adds(order, visit.afterthoughts, by=by)
                await self._courses(order, waiter)
            await waiter.brings_bill(seated.table_id)
            await self._passes(PAYING_SECONDS)
            await self._settles(order, waiter)
            await next(self._next_host).clears(seated.table_id)

    async def _courses(self, order: OrderInHand, waiter: Waiter) -> None:
        """Course after course: fired, cooked, brought, eaten. What was fired before comes first."""
        await waiter.brings(order)
        if order.held_courses and self.dice.random() < VOIDED_SHARE:
            await waiter.voids_one(order)
        for _ in range(FIRINGS_MAX):
            if not order.held_courses:
                return
            await waiter.fires(order)
            if self.dice.random() < RUSHED_SHARE:
                await waiter.rushes_one(order)
            await waiter.brings(order)
            await self._passes(EATING_SECONDS)
        raise CannotServe(f"Order {order.latest['number']} still has courses held after {FIRINGS_MAX} firings.")

    async def _is_taken_away(self, visit: Visit) -> None:
        waiter = next(self._next_waiter)
        kind = OrderKind.PICKUP if visit.kind is OrderKind.DINE_IN else visit.kind
        order = await waiter.takes(kind, visit.wishes, name=visit.name)
        async with self.guests.with_order(order.id, order.link):
            if self.dice.random() < RUSHED_SHARE:
                await waiter.rushes_one(order)
            await waiter.brings(order)
            await self._passes(FETCHING_SECONDS)
            await self._settles(order, waiter)

    async def _settles(self, order: OrderInHand, waiter: Waiter) -> None:
        """Close the order; whatever turns out to be still wanted is brought first."""
        for _ in range(CLOSINGS_MAX):
            if await waiter.closes(order):
                return
            await self._courses(order, waiter)
        raise CannotServe(f"Order {order.latest['number']} could not be closed.")

    async def _passes(self, between: tuple[float, float]) -> None:
        await self.clock.sleep(self.dice.uniform(*between))
