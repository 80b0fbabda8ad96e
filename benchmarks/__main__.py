"""The command line: `python -m benchmarks`, which is `make bench`.

python -m benchmarks                          the whole table, into docs/benchmarks/
python -m benchmarks --quick                  two minutes, into the benchmark's own cache
python -m benchmarks --quick orders menu      only these rows
python -m benchmarks growth                   how it grows, each thing varied alone
"""

import os
import resource
import sys
import time
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from benchmarks import growth, npm, report, servers, table
from benchmarks.npm import Node
from benchmarks.rows import OURS, Row
from benchmarks.run import Run
from benchmarks.servers import Cores, DidNotStart

DESCRIPTORS_WANTED = 16_384
EXIT_WITHOUT_NODE = 3
"""How it ends where `make` has to fetch a Node first."""

app = App(name="benchmarks", help="The hub against what one would use instead, on this machine, in one run.")
out = Console()
WIDTH = 150
"""A table is no use in less, even where the output is a file."""


@app.default
def bench(
    *only: str,
    quick: Annotated[bool, Parameter(help="Two minutes, and one round.")] = False,
    into: Path | None = None,
) -> None:
    """Measure the table, or the rows that are named, and write the report.

    Parameters
    ----------
    into
        The folder for the report; otherwise docs/benchmarks, or, if quick or for some rows only, the benchmark's cache.
    """
    unknown = set(only) - set(table.rows())
    if unknown:
        raise DidNotStart(f"There is no row {', '.join(sorted(unknown))}. There are: {', '.join(table.rows())}.")
    began, form = time.monotonic(), table.QUICK if quick else table.WHOLE
    cores, node = _prepared()
    run = Run(form, cores, node, _say, frozenset(only))
    rows = run.measure()
    is_whole = not quick and not only
    folder = into or (servers.ROOT / "docs" / "benchmarks" if is_whole else npm.cache() / "report")
    path = report.write(folder, rows, form, node, time.monotonic() - began, run.bystanders.share)
    Console(width=max(WIDTH, out.width)).print(_shown(rows))
    if run.bystanders.share > report.BYSTANDERS_SHARE_MAX:
        out.print(f"[bold yellow]{report.not_alone(run.bystanders.share)}[/]", highlight=False)
    out.print(f"The report is in {path}.", highlight=False)


@app.command(name="growth")
def grow(
    *,
    quick: Annotated[bool, Parameter(help="One round.")] = False,
    into: Path | None = None,
) -> None:
    """Measure how the hub grows, each thing varied alone, and write that down.

    Parameters
    ----------
    into
        The folder for the page; otherwise docs/benchmarks, or, if quick, the benchmark's cache.
    """
    cores, node = _prepared()
    slopes = growth.measure(cores, node, 1 if quick else growth.ROUNDS, _say)
    folder = into or (npm.cache() / "report" if quick else servers.ROOT / "docs" / "benchmarks")
    out.print(f"The page is {growth.write(folder, slopes, report.machine(node))}.", highlight=False)


def _prepared() -> tuple[Cores, Node]:
    """As many descriptors as there may be, the cores, and a Node; what is started inherits the first."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS_WANTED if most == resource.RLIM_INFINITY else min(DESCRIPTORS_WANTED, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    cores, node = servers.cores(), npm.node()
    # The generator, and everything that inherits from it, leaves the measured server's core alone.
    os.sched_setaffinity(0, cores.rest)
    return cores, node


def _say(line: str) -> None:
    out.print(line, style="dim", highlight=False, soft_wrap=True)


def _shown(rows: list[Row]) -> Table:
    shown = Table("", "Brigade", "against", "theirs", "ratio", "goal", "")
    for row in rows:
        if row.remark or not row.rounds:
            shown.add_row(row.title, "", "", "", "", "", f"[red]not measured: {row.remark or 'not run'}[/]")
            continue
        for goal in row.goals:
            verdict = "[green]met[/]" if row.is_met(goal) else "[red]not met[/]"
            theirs = report.figure(row.median(goal.against))
            ratio = f"{row.ratio(goal).median:.2f} ×"
            name, ours = report.NAMES[goal.against], report.figure(row.median(OURS))
            shown.add_row(f"{row.title}, {row.unit}", ours, name, theirs, ratio, str(goal), verdict)
    return shown


def main() -> None:
    try:
        app()
    except DidNotStart as trouble:
        out.print(f"[bold red]bench:[/] {trouble}", highlight=False)
        sys.exit(EXIT_WITHOUT_NODE if isinstance(trouble, npm.NoNode) else 1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
