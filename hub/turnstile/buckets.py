"""A hub's own buckets, in its memory: what it counts for itself, and whatever it counts alone while Redis is away.

Nothing here waits. Not its business: what is counted where (`hub.turnstile.turnstile`).
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence

from hub.limits import Charge, Verdict, taken

BUCKETS_MAX = 50_000
"""Buckets that are kept. Of more, those are let go that nobody took anything out of for longest."""

Key = tuple[str, str]


class Buckets:
    """Buckets by tier and by who takes. `now` never goes back."""

    def __init__(self, *, now: Callable[[], float] = time.monotonic, buckets_max: int = BUCKETS_MAX) -> None:
        self._now = now
        self._buckets_max = buckets_max
        self._whole_at: OrderedDict[Key, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._whole_at)

    def take(self, charges: Sequence[Charge]) -> list[Verdict]:
        """Take one out of each of these, or none out of any."""
        now = self._now()
        keys = [(tier.name, who) for tier, who in charges]
        judged = [taken(tier, self._whole_at.get((tier.name, who), 0.0), now) for tier, who in charges]
        if all(verdict.is_allowed for _, verdict in judged):
            for key, (whole_at, _) in zip(keys, judged, strict=True):
                self._keep(key, whole_at, now)
            return [verdict for _, verdict in judged]
        return [verdict.given_back() if verdict.is_allowed else verdict for _, verdict in judged]

    def give_back(self, charges: Sequence[Charge]) -> None:
        """Put back what was taken."""
        now = self._now()
        for one in charges:
            key = (one.tier.name, one.who)
            whole_at = self._whole_at.get(key, 0.0) - one.tier.interval_seconds
            if whole_at > now:
                self._whole_at[key] = whole_at
            else:
                self._whole_at.pop(key, None)

    def _keep(self, key: Key, whole_at: float, now: float) -> None:
        self._whole_at[key] = whole_at
        self._whole_at.move_to_end(key)
        # The first is whose turn was longest ago; a bucket that is whole need not be kept.
        while self._whole_at and (
            len(self._whole_at) > self._buckets_max or next(iter(self._whole_at.values())) <= now
        ):
            self._whole_at.popitem(last=False)
