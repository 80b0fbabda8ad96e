"""What a row of the table is: measures of each side in alternating rounds, and the goals they are held to.

A ratio is taken within a round, where both sides had the same minute of the same machine; what is reported is the
median of the rounds' ratios, with the smallest and the largest beside it. Not its business: how anything is measured.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

GENERATOR_SHARE_MAX = 0.85
"""Above this, the generator may have been what was measured, and the row says so."""

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Measure:
    """One side in one round. `notes` are what else is worth knowing, by name, with their unit in the name."""

    value: float
    generator_share: float = 0.0
    notes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Goal:
    """So many times better than them at least; or, of their figure, such a part at most."""

    against: str
    at_least: float | None = None
    at_most: float | None = None

    def is_met(self, ratio: float) -> bool:
        if self.at_most is not None:
            return ratio <= self.at_most
        return ratio >= (self.at_least or 0.0)

    def __str__(self) -> str:
        return f"≤ {self.at_most:g} ×" if self.at_most is not None else f"≥ {self.at_least:g} ×"


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of the rounds' ratios, and how far they spread."""

    median: float
    least: float
    most: float


@dataclass(slots=True)
class Row:
    """One line of the table."""

    key: str
    title: str
    unit: str
    better: Literal["more", "less"]
    goals: Sequence[Goal] = ()
    rounds: list[dict[str, Measure]] = field(default_factory=list)
    remark: str = ""

    @property
    def sides(self) -> list[str]:
        return list(self.rounds[0]) if self.rounds else []

    def median(self, side: str) -> float:
        return statistics.median(one[side].value for one in self.rounds)

    def spread(self, side: str) -> tuple[float, float]:
        values = [one[side].value for one in self.rounds]
        return min(values), max(values)

    def generator_share(self, side: str) -> float:
        """The largest of the rounds: one of them is enough to doubt."""
        return max(one[side].generator_share for one in self.rounds)

    def notes(self, side: str) -> dict[str, float]:
        """The medians of everything else that is known of a side."""
        names = self.rounds[0][side].notes
        return {name: statistics.median(one[side].notes[name] for one in self.rounds) for name in names}

    def ratio(self, goal: Goal) -> Ratio:
        """Times better where the goal is a least, the part of theirs where it is a most."""
        upside_down = goal.at_least is not None and self.better == "less"
        ratios = []
        for one in self.rounds:
            ours, theirs = one[OURS].value, one[goal.against].value
            ratios.append(theirs / ours if upside_down else ours / theirs)
        return Ratio(statistics.median(ratios), min(ratios), max(ratios))

    def is_met(self, goal: Goal) -> bool:
        return goal.is_met(self.ratio(goal).median)

    def limited_by_generator(self) -> list[str]:
        return [side for side in self.sides if self.generator_share(side) > GENERATOR_SHARE_MAX]


def percentile(values: Sequence[float], part: float) -> float:
    """The value that this part of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
