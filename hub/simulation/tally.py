"""Everything that is counted while a service is played. `report` says what it comes to.

Samples are bounded: an endless service keeps the latest ones.
"""

import math
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from hub.caller import SAMPLES_MAX, Calls

SENTENCES_MAX = 100


def percentile(samples: Iterable[float], share: float) -> float | None:
    """The smallest sample that so many of a hundred do not exceed (nearest rank); None of nothing."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)] if ordered else None


def _samples() -> deque[float]:
    return deque(maxlen=SAMPLES_MAX)


@dataclass(slots=True)
class Tally:
    """Counts by the people of a service. `heard`, by kind of screen, has what was shown there, each entry once."""

    orders: int = 0
    lines: int = 0
    tickets: int = 0
    seatings: int = 0
    turned_away: int = 0
    visits_done: int = 0
    heard: Counter[str] = field(default_factory=Counter)
    listeners: Counter[str] = field(default_factory=Counter)
    replayed: int = 0
    repetitions: int = 0
    gaps: int = 0
    resubscriptions: int = 0
    boards_instead: int = 0
    reconnects: int = 0
    resets: int = 0
    calls: Calls = field(default_factory=Calls)
    compared: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    broken_count: int = 0
    troubles_count: int = 0
    screen_ms: deque[float] = field(default_factory=_samples)
    ticket_seconds: deque[float] = field(default_factory=_samples)

    def breaks(self, room: str, why: str) -> None:
        """A chain is broken: what a screen showed and what the ledger has are not the same."""
        self.broken_count += 1
        if len(self.broken) < SENTENCES_MAX:
            self.broken.append(f"{room}: {why}")

    def is_troubled(self, sentence: str) -> None:
        """Somebody could not finish what they were at."""
        self.troubles_count += 1
        if len(self.troubles) < SENTENCES_MAX:
            self.troubles.append(sentence)
