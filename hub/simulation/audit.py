"""Holding what was heard against the ledger: number by number, and the screen against one opened just now.

The ledger is read through the door, page after page while the service runs, since whoever misses much at once is
answered with a board and no numbers. Not its business: hearing (`ear`).
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

from hub.audience import RoomKind
from hub.caller import Door, NobodyAnswers, Refusal
from hub.simulation.ear import Listening, RoomClosed
from hub.simulation.screens import Json
from hub.simulation.tally import Tally

LOOK_EVERY_SECONDS = 2.0
READ_AFTER_ENTRIES = 200
SETTLE_SECONDS = 15.0
"""How long an entry that the ledger has may take to a screen before it counts as lost."""
TRIES_MAX = 20

DoorTo = Callable[[RoomKind], Door]


class Auditor:
    """Compares. `door_to` finds somebody who may look into a room of a kind."""

    def __init__(self, door_to: DoorTo, tally: Tally) -> None:
        self._door_to = door_to
        self._tally = tally
        self._following: list[Listening[Any]] = []

    def follow(self, listening: Listening[Any]) -> None:
        """Compare this one from time to time."""
        self._following.append(listening)

    async def keep_comparing(self) -> None:
        """For as long as the service runs."""
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            for listening in self._following:
                if len(listening.proof.heard) >= READ_AFTER_ENTRIES:
                    # Whoever cannot look now looks the next time, and at the end in any case.
                    with contextlib.suppress(Refusal, NobodyAnswers):
                        await self._read_on(listening)
                        self._compare(listening, min(listening.held, listening.proof.read_upto))

    async def finish_all(self) -> None:
        for listening in self._following:
            await self.finish(listening)

    async def finish(self, listening: Listening[Any]) -> None:
        """Compare everything once more, and the screen with a fresh one. What differs is counted as broken."""
        try:
            await self._read_on(listening)
            await self._comes_to(listening, listening.proof.last_written)
            is_over = listening.closed_by is not None
            # Whoever was shown out heard nothing after that, and need not have.
            self._compare(listening, listening.held if is_over else listening.proof.read_upto)
            if not is_over and not await self._shows_what_is(listening):
                self._tally.breaks(listening.room, "the screen is not what a fresh one shows")
        except (Refusal, NobodyAnswers) as why:
            self._tally.is_troubled(f"{listening.room} could not be compared with its ledger. {why}")

    def _compare(self, listening: Listening[Any], upto: int) -> None:
        before = len(listening.proof.heard)
        difference = listening.proof.compare(upto)
        self._tally.compared += before - len(listening.proof.heard)
        if difference:
            self._tally.breaks(listening.room, str(difference))

    async def _read_on(self, listening: Listening[Any]) -> None:
        more = True
        while more:
            proof = listening.proof
            page = await self._entries(listening, proof.read_upto)
            if page.get("board") is not None:
                if page["epoch"] == listening.epoch:
                    self._tally.is_troubled(f"{listening.room} had too much to read since {proof.read_upto}.")
                    proof.is_covered(proof.read_upto, page["seq"])
                    proof.heard = [seq for seq in proof.heard if seq > page["seq"]]
                    proof.read_upto = page["seq"]
                return
            proof.reads([entry["seq"] for entry in page["entries"]], page["seq"])
            more = page["more"]

    async def _shows_what_is(self, listening: Listening[Any]) -> bool:
        """Whether the screen is what a fresh one shows, at one and the same number."""
        for _ in range(TRIES_MAX):
            fresh, number = await self._fresh(listening)
            held = listening.held
            news = await self._entries(listening, held)
            if news["entries"]:
                if not await self._comes_to(listening, news["entries"][-1]["seq"]):
                    return False
            # The room has nothing after `held` and up to the news' number, so both screens are of that moment.
            elif held == listening.held <= number <= news["seq"]:
                return bool(listening.screen == fresh)
        self._tally.is_troubled(f"{listening.room} never rested long enough to be compared.")
        return True

    async def _fresh(self, listening: Listening[Any]) -> tuple[object, int]:
        answer = await self._door_to(listening.kind).get(f"/rooms/{listening.room}")
        screen = type(listening.screen).of(answer["board"])
        for entry in answer["entries"]:
            screen.apply(entry["event"], entry)
        return screen, answer["seq"]

    async def _entries(self, listening: Listening[Any], since: int) -> Json:
        door, epoch = self._door_to(listening.kind), listening.epoch or ""
        page: Json = await door.get(f"/rooms/{listening.room}/entries", since=since, epoch=epoch)
        return page

    async def _comes_to(self, listening: Listening[Any], number: int) -> bool:
        try:
            async with asyncio.timeout(SETTLE_SECONDS):
                await listening.until(lambda: listening.held >= number)
        except (TimeoutError, RoomClosed):
            return False
        return True
