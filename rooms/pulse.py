"""The pulse of every hub of the house, for operators: this hub's own each second, and what the others say of theirs.

Operators see the whole house at whichever hub they are. While Redis is away they see this hub alone. Not its business:
what a pulse says of a hub (`rooms.vitals`), and how it gets from hub to hub (`hub.follow.pulses`).
"""

import asyncio
from dataclasses import dataclass

import structlog
from pydantic import ValidationError

from hub.audience import OPS
from hub.follow.seldom import Seldom
from hub.keys import Hub
from rooms.members import Members
from rooms.signals import HubPulse, OpsBoard
from rooms.vitals import LoopWatch, Vitals

PULSE_SECONDS = 1.0
SILENCE_SECONDS_MAX = 10.0
"""After this long without a pulse another hub is no part of the board any more."""
HUBS_MAX = 64
"""Other hubs that are remembered. What more there are is not shown."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Heard:
    pulse: HubPulse
    at: float


class Pulse:
    """What operators are shown."""

    def __init__(self, hub: Hub, members: Members, vitals: Vitals) -> None:
        self._hub = hub
        self._members = members
        self._vitals = vitals
        self._others: dict[str, _Heard] = {}
        self._seldom = Seldom()

    def board(self) -> OpsBoard:
        """The house as it is known here, this hub first."""
        self._forget_silent_hubs()
        others = (self._others[instance].pulse for instance in sorted(self._others))
        return OpsBoard(instance=self._hub.instance, hubs=(self._vitals.pulse(), *others))

    def hear(self, body: bytes) -> None:
        """Take in what a hub of the house says of itself: perhaps another version's words, or said before.

        What a hub that is gone once said can be played again by whoever reaches Redis, and would show it for some
        seconds more. That is all they could do.
        """
        try:
            pulse = HubPulse.model_validate_json(body, strict=True)
        except ValidationError:
            # While the house changes versions, hubs may not understand each other. Their operators will.
            self._hub.metrics.pulses_refused.inc()
            return
        held = self._others.get(pulse.instance)
        if pulse.instance == self._hub.instance or (held is not None and pulse.at <= held.pulse.at):
            return
        if held is None and len(self._others) >= HUBS_MAX:
            return
        self._others[pulse.instance] = _Heard(pulse, asyncio.get_running_loop().time())
        self._show(pulse)

    async def pulse_for_ever(self) -> None:
        """Say how this hub is: to operators here, and to the other hubs, who may have some."""
        watch = LoopWatch()
        while True:
            await watch.wait(PULSE_SECONDS)
            try:
                self.say(loop_lag_seconds=watch.worst_seconds())
            except Exception:
                # The edge of a task. That a hub cannot say how it is must not be how it stays silent for ever.
                if self._seldom.is_due():
                    log.exception("The hub could not say how it is; it will try again.")

    def say(self, *, loop_lag_seconds: float = 0.0) -> None:
        """Say once how this hub is. At its end it does so a last time: who stops on purpose must not look dead."""
        self._forget_silent_hubs()
        pulse = self._vitals.pulse(loop_lag_seconds=loop_lag_seconds)
        self._show(pulse)
        self._hub.pulses.send(pulse.body())

    def _show(self, pulse: HubPulse) -> None:
        watching = self._members.of_room(str(OPS))
        if watching:
            frame = pulse.frame()
            for socket in watching:
                socket.link.push(frame)

    def _forget_silent_hubs(self) -> None:
        oldest = asyncio.get_running_loop().time() - SILENCE_SECONDS_MAX
        for instance in [instance for instance, heard in self._others.items() if heard.at < oldest]:
            del self._others[instance]
