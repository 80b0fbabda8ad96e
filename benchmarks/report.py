"""The report: the table as Markdown with its plots, the machine, and everything that was measured as JSON.

Not its business: measuring, and what a plot looks like (`benchmarks.plots`).
"""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import plots
from benchmarks.npm import Node
from benchmarks.rows import GENERATOR_SHARE_MAX, OURS, Goal, Row
from benchmarks.table import Form
from benchmarks.table import rows as all_rows

NAMES = {
    "ours": "Brigade",
    "node": "socket.io on Node",
    "stock": "python-socketio",
    "express": "express + pg",
    "express_bare": "express, order and lines only",
    "express_whole": "express, the same work",
    "node_emits": "socket.io, emit alone",
}

BYSTANDERS_SHARE_MAX = 0.10
"""Above this, the report says that the machine was not ours alone."""

HOW = """\
## How it is measured

Everything is started by the run: PostgreSQL and Valkey from their wheels, `brigade serve` with authentication, ledger,
chains and metrics on, and the peers. The server that is measured has one core to itself; the load generator, Redis,
PostgreSQL and whoever emits share the others; all sides are pinned alike. In each round the sides take turns, beginning
with another one each time; ratios are taken within a round, and what stands here is their median, with the smallest and
the largest. Processor time and memory are the operating system's own figures.

- **Peers.** socket.io with `@socket.io/redis-adapter` on Node (WebSocket only, no compression, bufferutil, pre-encoded
  frames); python-socketio on aiohttp with `AsyncRedisManager` on uvloop; express with pg, a pool as large as the
  hub's, and named prepared statements. All verify the same Ed25519 tokens, and keep a verified one. They keep no
  ledger, number nothing and ask for no rights. Their sources are in `benchmarks/peers/`.
- **Fan-out.** A feeder, which stands for another hub, records entries in batches through the ledger and rings each by
  itself; the hub hears them from Redis, and is measured from ring to glass. The peers emit in their own process, and
  are measured from `emit` to glass. Events have some 300 bytes. So many are in flight and no more: 400 in 200 rooms of
  5; one in a room of 1,000 where nothing may be joined; eight, four at once, in bursts.
- **Across instances.** Another process of the same kind emits; its processor time counts too. Of the feeder's, what
  it spent on recording does not. Time runs from the emitter's call to the moment in which a screen has read the frame.
  At a pace the feeder rings each entry when it is due and has the next few recorded meanwhile; a sweep of the hub that
  comes by may read those first, some twenty milliseconds' worth in a second, which then count as early.
- **Every delivery is checked.** A room's events carry a dense number, which each screen compares with what it holds:
  a lost, doubled or reordered one ends the row. One screen in fifty reads its events in full and holds the hub to its
  chain.
- **The generator is not the limit.** It is epoll and bytes, with neither a library nor a task per client, and what
  share of its core it used stands beside each figure. Above {share:.0%} the row says so. Where the figure is per
  processor-second of the server, a slow generator could only leave the server idle.
- **PostgreSQL** runs without fsync for all sides alike: a disk would make them equally slow. Where another
  instance emits it waits for everybody else on its core (nice 10).
- **Orders** are placed in a database that was warmed up and then knows how full its tables are (`vacuum analyze`).
- **Menus** from the database are of restaurants nobody asked about before; from kept bytes, of twenty that were.
- **Limit.** A process that does nothing but send(2) one frame, or four joined, to a thousand connections.
"""


def write(
    folder: Path, rows: Sequence[Row], form: Form, node: Node, took_seconds: float, bystanders_share: float
) -> Path:
    """Write the report, its plots and its figures into the folder; where the report is."""
    folder.mkdir(parents=True, exist_ok=True)
    for key in all_rows():
        (folder / f"{key}.svg").unlink(missing_ok=True)
    for row in rows:
        if row.rounds:
            plots.write(folder / f"{row.key}.svg", row, NAMES)
    figures = [asdict(row) for row in rows]
    (folder / "figures.json").write_text(json.dumps(figures, indent=1, default=str) + "\n", encoding="utf-8")
    path = folder / "README.md"
    path.write_text(markdown(rows, form, machine(node), took_seconds, bystanders_share), encoding="utf-8")
    return path


def markdown(rows: Sequence[Row], form: Form, machine: str, took_seconds: float, bystanders_share: float) -> str:
    day = datetime.now(UTC).date().isoformat()
    parts = [
        "# How fast it is\n",
        f"Measured on {day} by `make bench{' QUICK=1' if form.name == 'quick' else ''}` in "
        f"{took_seconds / 60:.0f} minutes, {form.rounds} round{'s' if form.rounds > 1 else ''}, on {machine}.\n",
        f"{not_alone(bystanders_share)}\n" if bystanders_share > BYSTANDERS_SHARE_MAX else "",
        "## The table\n",
        table(rows),
        "What bounds the rows that are not met, and how anybody may see it: [limits](limits.md). What costs what as "
        "things grow: [growth](growth.md); what a great many restaurants would need: [capacity](capacity.md).\n",
        "## Figures\n",
        *(_section(row) for row in rows),
        HOW.format(share=GENERATOR_SHARE_MAX),
    ]
    return "\n".join(parts)


def not_alone(share: float) -> str:
    """What is to be said of a run during which the machine had other things to do."""
    return (
        f"**Not to be relied on:** meanwhile something else used {share:.0%} of a core, which costs the sides "
        "unequally, and latencies most of all."
    )


def table(rows: Sequence[Row]) -> str:
    """One line for each goal."""
    lines = [
        "| | Brigade | against | theirs | ratio (spread) | goal | |",
        "|---|---:|---|---:|---:|---:|---|",
    ]
    for row in rows:
        if not row.goals and not row.remark:
            continue
        if not row.rounds:
            lines.append(f"| {row.title} | – | | | not measured | | {row.remark or 'not run'} |")
            continue
        lines += [_line(row, goal) for goal in row.goals]
    return "\n".join([*lines, ""])


def _line(row: Row, goal: Goal) -> str:
    ratio = row.ratio(goal)
    verdict = "met" if row.is_met(goal) else "**not met**"
    if row.remark:
        verdict = f"**not measured to the end**: {row.remark}"
    limited = [NAMES[side] for side in row.limited_by_generator() if side in (OURS, goal.against)]
    if limited:
        verdict += f"; the generator was busy with {' and '.join(limited)}"
    return (
        f"| {row.title}, {row.unit} | {figure(row.median(OURS))} | {NAMES[goal.against]} "
        f"| {figure(row.median(goal.against))} | {ratio.median:.2f} × ({ratio.least:.2f}–{ratio.most:.2f}) "
        f"| {goal} | {verdict} |"
    )


def _section(row: Row) -> str:
    lines = [f"### {row.title[0].upper()}{row.title[1:]}\n"]
    if row.remark:
        lines.append(f"Not measured to the end: {row.remark}\n")
    if not row.rounds:
        return "\n".join(lines)
    lines += [
        f"![{row.title}]({row.key}.svg)\n",
        f"| | {row.unit} | from–to | generator | |",
        "|---|---:|---:|---:|---|",
    ]
    for side in row.sides:
        least, most = row.spread(side)
        notes = ", ".join(f"{name.replace('_', ' ')} {figure(value)}" for name, value in row.notes(side).items())
        lines.append(
            f"| {NAMES.get(side, side)} | {figure(row.median(side))} | {figure(least)}–{figure(most)} "
            f"| {row.generator_share(side):.0%} | {notes} |"
        )
    return "\n".join([*lines, ""])


def figure(value: float) -> str:
    """Three digits that mean something."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def machine(node: Node) -> str:
    """This machine and what runs on it, in one sentence."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("aiohttp", "python-socketio", "uvloop", "asyncpg"))
    peers = json.loads((node.folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    theirs = ", ".join(
        f"{name} {peers[f'node_modules/{name}']['version']}"
        for name in ("socket.io", "@socket.io/redis-adapter", "ws", "express", "pg", "fast-jwt")
    )
    return (
        f"{os.cpu_count()} cores ({_processor()}), {_memory_gib():.0f} GiB, Linux {platform.release()}; "
        f"Python {platform.python_version()}, {packages}; Node {node.version()}, {theirs}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
