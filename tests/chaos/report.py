"""The table of figures: what happened, what must hold, what was seen."""

from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table as Printed


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was seen, and what it must be at most."""

    what: str
    value: float
    most: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        return self.value <= self.most

    def __str__(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.what} {self.value:,.4g}{unit} (≤ {self.most:,.4g})"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one row of the table came to: held, where every figure holds and no sentence says what is wrong."""

    title: str
    figures: tuple[Figure, ...]
    wrongs: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.wrongs and all(figure.holds for figure in self.figures)


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

    def show(self) -> None:
        printed = Printed("what happens", "what was seen", "")
        for outcome in self.rows.values():
            printed.add_row(outcome.title, "\n".join(map(str, outcome.figures)), "held" if outcome.holds else "BROKEN")
        self._console.print(printed)
