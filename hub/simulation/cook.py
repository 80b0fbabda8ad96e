"""The kitchen: at each station a few hands that start what hangs there, cook it, and bump it.

Rushed tickets go first, then the oldest. Cooks see their station's screen and nothing else; what was left hanging by
others is cooked as well. Now and then one bumps without having started, or takes a bump back, or says that there is
no more of something.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from hub.caller import Door, NobodyAnswers, Refusal
from hub.events.tickets import TicketStatus
from hub.simulation.clock import MINUTE, Clock
from hub.simulation.ear import Listening
from hub.simulation.screens import Card, Json, KitchenScreen
from hub.simulation.service import Dish
from hub.simulation.tally import Tally

HANDS = 10
"""How many tickets one station has in work at a time."""
PREP_SHARE_MIN, PREP_SHARE_MAX = 0.6, 1.3
SECONDS_OF_UNIT = 20.0
"""What each further unit on a ticket takes beside the first."""
BUMPED_UNSTARTED_SHARE = 0.15
RECALLED_SHARE = 0.02
RECALL_AFTER_SECONDS = 10.0
SECOND_BUMP_AFTER_SECONDS = MINUTE

OFF_EVERY_SECONDS = 35 * MINUTE
OFF_FOR_SECONDS = 12 * MINUTE
PORTIONS_DELIVERED = 40


@dataclass(slots=True)
class Station:
    """One station with its tablet."""

    door: Door
    rail: Listening[KitchenScreen]
    clock: Clock
    tally: Tally
    dice: Random
    in_hand: set[str] = field(default_factory=set)

    async def works(self) -> None:
        """Cook for as long as somebody lets us."""
        async with asyncio.TaskGroup() as hands:
            for _ in range(HANDS):
                hands.create_task(self._cooks_on())

    async def _cooks_on(self) -> None:
        while True:
            await self.rail.until(lambda: self._next() is not None)
            card = self._next()
            assert card is not None
            self.in_hand.add(card.ticket_id)
            try:
                await self._takes(card)
            except NobodyAnswers as why:
                self.tally.is_troubled(f"Ticket {card.number} was left hanging. {why}")
            finally:
                self.in_hand.discard(card.ticket_id)

    def _next(self) -> Card | None:
        """What to take in hand: what is voided to clear it away, what is rushed, what is oldest."""
        waiting = [
            card
            for card in self.rail.screen.cards.values()
            if card.ticket_id not in self.in_hand and (card.is_open or card.status is TicketStatus.VOIDED)
        ]
        return min(waiting, key=lambda card: (card.status is not TicketStatus.VOIDED, not card.is_rushed), default=None)

    async def _takes(self, card: Card) -> None:
        if card.status is TicketStatus.VOIDED:
            await self._says(card, "clear")
            await self.rail.until(lambda: card.ticket_id not in self.rail.screen.cards)
            return
        if card.status is TicketStatus.FIRED and self.dice.random() >= BUMPED_UNSTARTED_SHARE:
            await self._says(card, "start")
        await self.clock.sleep(self._cooking_seconds(card))
        await self._says(card, "bump")
        # Until the tablet shows it the ticket would still look open.
        await self.rail.until(lambda: not self.rail.screen.is_open(card.ticket_id))
        if self.dice.random() < RECALLED_SHARE:
            await self._takes_back(card)

    async def _takes_back(self, card: Card) -> None:
        await self.clock.sleep(RECALL_AFTER_SECONDS)
        if await self._says(card, "recall"):
            await self.clock.sleep(SECOND_BUMP_AFTER_SECONDS)
            await self._says(card, "bump")
            await self.rail.until(lambda: not self.rail.screen.is_open(card.ticket_id))

    def _cooking_seconds(self, card: Card) -> float:
        share = self.dice.uniform(PREP_SHARE_MIN, PREP_SHARE_MAX)
        return card.prep_seconds * share + SECONDS_OF_UNIT * max(0, card.units - 1)

    async def _says(self, card: Card, verb: str) -> bool:
        try:
            await self.door.ask(f"/tickets/{card.ticket_id}/{verb}")
        except Refusal as refusal:
            self.tally.refusals[refusal.code] += 1
            return False
        return True


@dataclass(slots=True)
class Chef:
    """Whoever knows what the cold store has left: fills it before opening, and takes something off now and then."""

    door: Door
    clock: Clock
    tally: Tally
    dice: Random

    async def restocks(self, dishes: Sequence[Dish]) -> None:
        """Before opening: whatever is off is on again, or evening after evening the menu would grow shorter."""
        for dish in dishes:
            if not dish.is_available:
                await self._says(dish, "restore", _delivery(dish))

    async def minds(self, dishes: Sequence[Dish], is_over: asyncio.Event) -> None:
        """Until the evening is over; what was taken off is on again then."""
        while dishes and not await self._waits(self.dice.expovariate(1 / OFF_EVERY_SECONDS), is_over):
            dish = self.dice.choice(dishes)
            if await self._says(dish, "eighty-six"):
                await self._waits(OFF_FOR_SECONDS, is_over)
                await self._says(dish, "restore", _delivery(dish))

    async def _waits(self, seconds: float, is_over: asyncio.Event) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(is_over.wait(), seconds / self.clock.speed)
        return is_over.is_set()

    async def _says(self, dish: Dish, verb: str, more: Json | None = None) -> bool:
        try:
            await self.door.ask(f"/items/{dish.id}/{verb}", more)
        except Refusal as refusal:
            self.tally.refusals[refusal.code] += 1
            return False
        except NobodyAnswers as why:
            self.tally.is_troubled(f"{dish.name} could not be changed on the menu. {why}")
            return False
        return True


def _delivery(dish: Dish) -> Json:
    """What is counted stays counted."""
    return {"portions": PORTIONS_DELIVERED} if dish.is_counted else {}
