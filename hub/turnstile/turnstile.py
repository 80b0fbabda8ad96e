"""Which buckets count what: a hub's own, or the house's; and what happens while those are out of reach.

Whatever cooks and waiters ask is counted by the hub itself, in this very step: a bump never waits for Redis. Guests,
customers, programs and sign-ins are counted over the whole house. While Redis does not answer each hub counts those for
itself, as generously, but lets hardly anybody sign in who does not know their password at once.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from hub.limits import TIERS, Charge, Scale, Verdict
from hub.telemetry import Metrics
from hub.turnstile.buckets import Buckets


class SharedBuckets(Protocol):
    """The house's buckets."""

    async def take(self, charges: Sequence[Charge]) -> list[Verdict] | None:
        """Take one out of each of these, or none out of any. None where that cannot be said soon."""
        ...

    def give_back(self, charges: Sequence[Charge]) -> None:
        """Put back what was taken. Returns at once, and never fails."""
        ...


class Turnstile:
    """Counts whoever asks. With no `shared` buckets the hub is the whole house."""

    def __init__(self, shared: SharedBuckets | None, metrics: Metrics, scale: Scale | None = None) -> None:
        self._shared = shared
        self._metrics = metrics
        self._own = Buckets()
        self._tiers = {tier: (scale or Scale()).applied(tier) for tier in TIERS}
        self._alone = {
            tier: tier if tier.alone is None else replace(tier, limit=tier.alone) for tier in self._tiers.values()
        }

    async def take(self, *charges: Charge) -> list[Verdict]:
        """Take one out of each of these, or none out of any. They are all shared, or none of them is."""
        wanted = [Charge(self._tiers[tier], who) for tier, who in charges]
        if self._shared is None or not wanted[0].tier.is_shared:
            verdicts = self._own.take(wanted)
        else:
            verdicts = await self._shared.take(wanted) or self._take_alone(wanted)
        self._note(verdicts)
        return verdicts

    def give_back(self, verdicts: Sequence[Verdict], *charges: Charge) -> None:
        """Put back what was taken of these, wherever it was taken."""
        wanted = [Charge(verdict.tier, one.who) for verdict, one in zip(verdicts, charges, strict=True)]
        if self._shared is None or any(not one.tier.is_shared or one.is_alone for one in verdicts):
            self._own.give_back(wanted)
        else:
            self._shared.give_back(wanted)

    def _take_alone(self, wanted: Sequence[Charge]) -> list[Verdict]:
        verdicts = self._own.take([Charge(self._alone[one.tier], one.who) for one in wanted])
        for verdict in verdicts:
            verdict.is_alone = True
            self._metrics.limits_alone.labels(verdict.tier.name).inc()
        return verdicts

    def _note(self, verdicts: Sequence[Verdict]) -> None:
        for verdict in verdicts:
            if not verdict.is_allowed:
                self._metrics.limits_refused.labels(verdict.tier.name).inc()
