"""The command line of the fault harness. See `tests.chaos`."""

import argparse
import sys
from random import SystemRandom

import uvloop

from hub.embedded import Servers
from tests.chaos.guarantees import GUARANTEES
from tests.chaos.report import Table
from tests.chaos.seeds import play_seeds
from tests.chaos.stage import some_servers

SEEDS_SHORT = 5


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    asked.add_argument("rows", nargs="*", metavar="ROW", help=f"some of: seeds {' '.join(GUARANTEES)}; or all of them")
    asked.add_argument("--seeds", type=int, default=SEEDS_SHORT, help="how many evenings with faults from a seed")
    asked.add_argument("--first", type=int, help="the first seed; otherwise one that nobody has seen")
    words = asked.parse_args()
    unknown = set(words.rows) - {"seeds", *GUARANTEES}
    if unknown:
        asked.error(f"There is no row {', '.join(sorted(unknown))}.")
    first = SystemRandom().randrange(1_000_000) if words.first is None else words.first
    with some_servers() as servers:
        return uvloop.run(_play(servers, words.rows or ["seeds", *GUARANTEES], range(first, first + words.seeds)))


async def _play(servers: Servers, rows: list[str], seeds: range) -> int:
    table = Table()
    for row in rows:
        if row == "seeds":
            await play_seeds(servers, seeds, table)
        else:
            table.add(row, await GUARANTEES[row](servers))
    table.show()
    return 0 if table.holds else 1


if __name__ == "__main__":
    sys.exit(main())
