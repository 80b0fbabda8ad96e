"""Plots: bars with the spread of their rounds, as plain SVG that is readable by day and by night."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.rows import OURS, Row

WIDTH, BAR, GAP, TOP, NAMES_WIDTH, FIGURES_WIDTH = 720, 26, 14, 44, 220, 110

STYLE = """\
text { font: 14px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600 } .unit { fill: #57606a }
.ours { fill: #c2410c } .theirs { fill: #8c959f } .spread { stroke: #24292f; stroke-width: 1.5; fill: none }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .unit { fill: #9198a1 } .ours { fill: #fb923c } .theirs { fill: #6e7681 }
  .spread { stroke: #e6edf3 }
}"""


def write(path: Path, row: Row, names: Mapping[str, str]) -> None:
    path.write_text(svg(row, names), encoding="utf-8")


def svg(row: Row, names: Mapping[str, str]) -> str:
    """A row's sides. The longest bar, or the end of its spread, fills the width."""
    bars = [_Bar(names.get(side, side), row.median(side), *row.spread(side), side == OURS) for side in row.sides]
    return _plot(row.title, f"{row.unit}, {'more' if row.better == 'more' else 'less'} is better", bars)


def steps(title: str, unit: str, points: Sequence[tuple[str, float, float, float]]) -> str:
    """What something costs at each size of something else: its name, the cost, and its least and most."""
    return _plot(title, unit, [_Bar(*point, True) for point in points])


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    value: float
    least: float
    most: float
    is_ours: bool

    def drawn(self, top: float, scale: float) -> list[str]:
        middle = top + BAR / 2
        from_x, to_x = NAMES_WIDTH + self.least * scale, NAMES_WIDTH + self.most * scale
        end = max(to_x, NAMES_WIDTH + self.value * scale)
        spread = f"M{from_x:.1f} {middle}H{to_x:.1f}M{from_x:.1f} {middle - 5}v10M{to_x:.1f} {middle - 5}v10"
        return [
            f'<text x="0" y="{middle + 5:.1f}">{escape(self.name)}</text>',
            f'<rect class="{"ours" if self.is_ours else "theirs"}" x="{NAMES_WIDTH}" y="{top}" '
            f'width="{max(1.0, self.value * scale):.1f}" height="{BAR}" rx="3"/>',
            *([f'<path class="spread" d="{spread}"/>'] if self.least < self.most else []),
            f'<text x="{end + 8:.1f}" y="{middle + 5:.1f}">{_figure(self.value)}</text>',
        ]


def _plot(title: str, unit: str, bars: Sequence[_Bar]) -> str:
    scale = (WIDTH - NAMES_WIDTH - FIGURES_WIDTH) / (max(bar.most for bar in bars) or 1.0)
    height = TOP + len(bars) * (BAR + GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{escape(title)}">',
        f"<style>{STYLE}</style>",
        f'<text class="title" x="0" y="18">{escape(title)} <tspan class="unit">{escape(unit)}</tspan></text>',
    ]
    for place, bar in enumerate(bars):
        parts += bar.drawn(TOP + place * (BAR + GAP), scale)
    return "\n".join([*parts, "</svg>", ""])


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:.3g}"
