"""The doorbell: how instances tell each other at once that something was recorded. A port, and its twin in memory.

A ring may be lost, late, doubled or out of order; nothing depends on it but latency. Not its business: delivering
(`hub.follow.follower`), or making up for what was lost (`hub.follow.sweep`).
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from hub.audience import Scope
from hub.store.ledger import Recorded
from hub.telemetry import Metrics

RINGS_QUEUED_MAX = 10_000
"""Rings waiting to be published. A deed never waits for them; what does not fit is left to the sweep."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """The numbers of entries that were too large to ring: those who hear it read them from the ledger."""

    scope: Scope
    epoch: str
    first: int
    last: int


Ring = Recorded | Nudge
Hear = Callable[[Ring], None]


class Doorbell(Protocol):
    """Ring for everyone else, and hear what others ring for the scopes one listens to.

    Nobody hears what they ring themselves: whoever records something tells the followers here directly.
    """

    def ring(self, recorded: Recorded) -> None:
        """Tell the others. Returns at once and never fails; a ring that cannot be sent is counted as lost."""
        ...

    async def listen(self, scope: Scope) -> None:
        """Hear this scope from now on. Where the doorbell is up, rings from after the return are heard; where it is
        down, returns without waiting and hears the scope as soon as it is up again. Asking twice changes nothing."""
        ...

    def mute(self, scope: Scope) -> None:
        """Hear this scope no more, soon. Asking twice changes nothing."""
        ...

    def hear_own(self, scope: Scope, hear: Hear) -> None:
        """Have `hear` told which of one's own rings for this scope, where one listens to it, came back the way that
        all rings come. One scope at a time; it goes nowhere else."""
        ...

    def renew(self) -> None:
        """Hang up, and come back by other lines: those there are may be up in name only. Returns at once."""
        ...

    @property
    def is_up(self) -> bool:
        """Whether rings come and go, as far as it can tell. While False, the sweep looks more often."""
        ...

    @property
    def up_since(self) -> float | None:
        """Since when it has been up without a break, on the loop's clock; None while it is down."""
        ...

    @property
    def why_down(self) -> str:
        """What keeps it down, for operators; empty while it is up."""
        ...

    @property
    def is_running(self) -> bool:
        """Whether its tasks live. Being down is no reason for False; a task that died is."""
        ...

    def running(self, hear: Hear, on_change: Callable[[], None]) -> AbstractAsyncContextManager[None]:
        """Ring and hear inside this context. `on_change` is called after each change of `is_up`."""
        ...


class Street:
    """What the in-process doorbells of one process hang on. `cut` and `mend` take the wire away and put it back."""

    def __init__(self) -> None:
        self.is_whole = True
        self.pulse_ears: list[Callable[[bytes], None]] = []
        """Who hears the pulses of the hubs on this street (`hub.follow.pulses`)."""
        self._doorbells: list[InProcessDoorbell] = []

    def cut(self) -> None:
        self._change(is_whole=False)

    def mend(self) -> None:
        self._change(is_whole=True)

    def _change(self, *, is_whole: bool) -> None:
        self.is_whole = is_whole
        for doorbell in self._doorbells:
            doorbell.street_changed()

    def join(self, doorbell: "InProcessDoorbell") -> None:
        self._doorbells.append(doorbell)

    def leave(self, doorbell: "InProcessDoorbell") -> None:
        self._doorbells.remove(doorbell)

    def carry(self, ring: Ring, *, by: "InProcessDoorbell") -> None:
        for doorbell in tuple(self._doorbells):
            if doorbell is not by:
                doorbell.carried(ring)
            else:
                doorbell.echoed(ring)

    def carry_pulse(self, pulse: bytes) -> None:
        for hear in tuple(self.pulse_ears):
            hear(pulse)


class InProcessDoorbell:
    """The twin that needs no Redis: hubs of one process and one loop hear each other over a Street."""

    def __init__(self, street: Street, metrics: Metrics, *, rings_queued_max: int = RINGS_QUEUED_MAX) -> None:
        self._street = street
        self._metrics = metrics
        self._rings_queued_max = rings_queued_max
        self._queue: deque[Recorded] = deque()
        self._scopes: set[Scope] = set()
        self._hear: Hear | None = None
        self._hear_own: tuple[Scope, Hear] | None = None
        self._on_change: Callable[[], None] | None = None
        self._up_since: float | None = None

    def ring(self, recorded: Recorded) -> None:
        if not self.is_up or len(self._queue) >= self._rings_queued_max:
            self._metrics.rings_lost.inc()
            return
        if not self._queue:
            # Not at once: whoever rings is in the middle of something, as with the real one.
            asyncio.get_running_loop().call_soon(self._carry_all)
        self._queue.append(recorded)

    def _carry_all(self) -> None:
        while self._queue:
            recorded = self._queue.popleft()
            if not self.is_up:
                self._metrics.rings_lost.inc()
                continue
            self._metrics.rung.inc(len(recorded.entries))
            self._street.carry(recorded, by=self)

    def carried(self, ring: Ring) -> None:
        """The street brings a ring."""
        if self._hear is not None and ring.scope in self._scopes:
            self._hear(ring)

    def echoed(self, ring: Ring) -> None:
        """The street brings back a ring of one's own."""
        if self._hear_own is not None and ring.scope == self._hear_own[0] and ring.scope in self._scopes:
            self._hear_own[1](ring)

    def hear_own(self, scope: Scope, hear: Hear) -> None:
        self._hear_own = (scope, hear)

    def renew(self) -> None:
        """There is but one street."""

    async def listen(self, scope: Scope) -> None:
        self._scopes.add(scope)

    def mute(self, scope: Scope) -> None:
        self._scopes.discard(scope)

    @property
    def is_up(self) -> bool:
        return self._hear is not None and self._street.is_whole

    @property
    def up_since(self) -> float | None:
        return self._up_since if self.is_up else None

    @property
    def why_down(self) -> str:
        return "" if self.is_up else "The street is cut."

    @property
    def is_running(self) -> bool:
        return self._hear is not None

    def street_changed(self) -> None:
        self._up_since = asyncio.get_running_loop().time()
        self._metrics.doorbell_up.set(self.is_up)
        if self._on_change is not None:
            self._on_change()

    @asynccontextmanager
    async def running(self, hear: Hear, on_change: Callable[[], None]) -> AsyncIterator[None]:
        self._hear, self._on_change = hear, on_change
        self._up_since = asyncio.get_running_loop().time()
        self._street.join(self)
        self._metrics.doorbell_up.set(self.is_up)
        try:
            yield
        finally:
            self._street.leave(self)
            self._hear = self._on_change = None
            self._metrics.doorbell_up.set(0)
