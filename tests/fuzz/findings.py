"""What was answered to all that was asked, and what of it was not right."""

from collections import Counter
from dataclasses import dataclass, field

SHOWN_MAX = 40
"""Findings that are printed: there is little use in the hundredth of a kind."""


@dataclass(frozen=True)
class Finding:
    """One check that an answer failed, at an operation, in words, and how to ask the same again."""

    asker: str
    operation: str
    what: str
    again: str

    def __str__(self) -> str:
        return f"{self.operation}, as {self.asker}: {self.what}\n    {self.again}"


@dataclass
class Findings:
    """What came of some runs. Each kind of finding is kept once."""

    statuses: Counter[int] = field(default_factory=Counter)
    done: set[str] = field(default_factory=set)
    """The operations that were answered with a success at least once."""
    operations: set[str] = field(default_factory=set)
    failures: dict[tuple[str, str], Finding] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    """What kept from asking, or an answer from coming."""

    @property
    def cases(self) -> int:
        return self.statuses.total()

    @property
    def crashes(self) -> int:
        return sum(count for status, count in self.statuses.items() if status >= 500)

    @property
    def is_clean(self) -> bool:
        return not (self.failures or self.troubles or self.crashes)

    def add(self, finding: Finding) -> None:
        self.failures.setdefault((finding.operation, finding.what.partition("\n")[0]), finding)

    def take_in(self, other: "Findings") -> None:
        """Add what came of another run."""
        self.statuses.update(other.statuses)
        self.done |= other.done
        self.operations |= other.operations
        for key, finding in other.failures.items():
            self.failures.setdefault(key, finding)
        self.troubles += other.troubles

    @property
    def wrongs(self) -> list[str]:
        """All that somebody has to read, as far as anybody would."""
        return [*map(str, self.failures.values()), *self.troubles][:SHOWN_MAX]

    @property
    def summary(self) -> str:
        """All of it in one line."""
        said = ", ".join(f"{count:,} × {status}" for status, count in sorted(self.statuses.items()))
        return f"{self.cases:,} cases, {len(self.failures)} failures, {self.crashes} × 5xx: {said}"
