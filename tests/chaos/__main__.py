"""The command line of the fault harness. See `tests.chaos`."""

import argparse
import sys
from pathlib import Path
from random import SystemRandom

import uvloop

from hub.embedded import Servers
from tests.chaos.guarantees import GUARANTEES
from tests.chaos.report import Outcome, Table
from tests.chaos.seeds import play_seeds
from tests.chaos.stage import some_servers

SEEDS_SHORT = 5


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    asked.add_argument("rows", nargs="*", metavar="ROW", help=f"some of: seeds {' '.join(GUARANTEES)}; or all of them")
    asked.add_argument("--seeds", type=int, default=SEEDS_SHORT, help="how many evenings with faults from a seed")
    asked.add_argument("--first", type=int, help="the first seed; otherwise one that nobody has seen")
    asked.add_argument("--into", type=Path, help="a page to write the table to")
    words = asked.parse_args()
    unknown = set(words.rows) - {"seeds", *GUARANTEES}
    if unknown:
        asked.error(f"There is no row {', '.join(sorted(unknown))}.")
    first = SystemRandom().randrange(1_000_000) if words.first is None else words.first
    with some_servers() as servers:
        table = uvloop.run(_play(servers, words.rows or ["seeds", *GUARANTEES], range(first, first + words.seeds)))
    table.show()
    if words.into is not None:
        words.into.write_text(table.written(), encoding="utf-8")
    return 0 if table.holds else 1


async def _play(servers: Servers, rows: list[str], seeds: range) -> Table:
    table = Table()
    for row in rows:
        if row == "seeds":
            await play_seeds(servers, seeds, table)
        else:
            table.add(row, await _played(row, servers))
    return table


async def _played(row: str, servers: Servers) -> Outcome:
    try:
        return await GUARANTEES[row](servers)
    except (TimeoutError, ExceptionGroup, AssertionError, OSError) as failure:
        return Outcome(row, (), (f"it came to no end: {failure!r}",))


if __name__ == "__main__":
    sys.exit(main())
