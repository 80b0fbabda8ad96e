"""The table of figures: what happened, what must hold, what was seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rich.console import Console
from rich.table import Table as Printed

EVENING = "seed "
"""How the name of a row begins that is an evening with faults from a seed."""

HEAD = """\
# What was seen

Written by `make chaos INTO=…` at the end of a run; [guarantees.md](guarantees.md) says what is promised, and how it is
tried. In brackets stands what must hold.

| what happens | what was seen | |
|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was seen, and what it must be: no more than `bound`, or no less where `is_least`."""

    what: str
    value: float
    bound: float
    unit: str = ""
    is_least: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.bound if self.is_least else self.value <= self.bound

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.what} {self.value:,.4g}{unit} ({'≥' if self.is_least else '≤'} {self.bound:,.4g})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one row of the table came to: held, where every figure holds and no sentence says what is wrong."""

    title: str
    figures: tuple[Figure, ...]
    wrongs: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.wrongs and all(figure.holds for figure in self.figures)


def _of_evenings(evenings: Mapping[str, Outcome]) -> Outcome:
    """What many evenings came to, each figure added up."""
    figures = [figure for outcome in evenings.values() for figure in outcome.figures]
    totals = [
        replace(first, value=sum(one.value for one in figures if one.what == first.what))
        for first in next(iter(evenings.values())).figures
    ]
    wrongs = [wrong for outcome in evenings.values() for wrong in outcome.wrongs]
    return Outcome(f"{len(evenings)} evenings whose faults nobody has chosen", tuple(totals), tuple(wrongs))


@dataclass
class Table:
    """All rows."""

    rows: dict[str, Outcome] = field(default_factory=dict)
    _console: Console = field(default_factory=Console)

    def add(self, name: str, outcome: Outcome) -> None:
        self.rows[name] = outcome
        seen = "; ".join(map(str, outcome.figures))
        self._console.print(f"{name}: {'held' if outcome.holds else 'BROKEN'}: {seen}", highlight=False, soft_wrap=True)
        for wrong in outcome.wrongs:
            self._console.print(f"  - {wrong}", highlight=False, soft_wrap=True, markup=False)

    @property
    def holds(self) -> bool:
        return all(outcome.holds for outcome in self.rows.values())

    def written(self) -> str:
        """The same as a page: all evenings of seeds in one row, then the others in theirs."""
        evenings = {name: outcome for name, outcome in self.rows.items() if name.startswith(EVENING)}
        rows = [_of_evenings(evenings)] if evenings else []
        rows += [outcome for name, outcome in self.rows.items() if name not in evenings]
        lines = (
            f"| {one.title} | {'; '.join(map(str, one.figures))} | {'held' if one.holds else '**broken**'} |"
            for one in rows
        )
        return "\n".join([HEAD, *lines, ""])

    def show(self) -> None:
        printed = Printed("what happens", "what was seen", "")
        for outcome in self.rows.values():
            printed.add_row(outcome.title, "\n".join(map(str, outcome.figures)), "held" if outcome.holds else "BROKEN")
        self._console.print(printed)
