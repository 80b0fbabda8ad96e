"""The command line of the fuzzing. See `tests.fuzz`."""

import argparse
import asyncio
import sys
from itertools import count, product
from random import SystemRandom

import uvloop

from tests.fuzz.asking import VERSIONS, Effort, ask
from tests.fuzz.findings import Findings
from tests.fuzz.stage import ASKERS, a_stage
from tests.support.databases import a_database, a_quick_folder, open_test_servers

CASES = 10_000


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--cases", type=int, default=CASES, help="how many requests at least")
    asked.add_argument("--seed", type=int, help="the first round's seed; otherwise one that nobody has seen")
    asked.add_argument("--examples", type=int, default=Effort.examples, help="requests made up for each operation")
    asked.add_argument("--as", dest="askers", action="append", choices=ASKERS, help="only as this one; may be repeated")
    asked.add_argument("--version", dest="versions", action="append", choices=VERSIONS, help="only this version")
    words = asked.parse_args()
    seed = SystemRandom().randrange(1_000_000) if words.seed is None else words.seed
    with a_quick_folder() as folder, open_test_servers(folder) as servers:
        runs = tuple(product(words.versions or VERSIONS, words.askers or ASKERS))
        effort = Effort(examples=words.examples)
        findings = uvloop.run(_rounds(servers.postgres_url, servers.redis_url, runs, words.cases, seed, effort))
    print(findings.summary)
    return 0 if findings.is_clean else 1


async def _rounds(
    postgres_url: str, redis_url: str, runs: tuple[tuple[str, str], ...], cases: int, seed: int, effort: Effort
) -> Findings:
    """Round after round, each of all runs and with a seed of its own, until so many cases were asked."""
    all_of_them = Findings()
    async with a_database(postgres_url) as database_url, a_stage(database_url, redis_url) as stage:
        for its_seed in count(seed):
            for version, name in runs:
                found = await asyncio.to_thread(ask, stage.url, version, await stage.asker(name), its_seed, effort)
                all_of_them.take_in(found)
                told = f"{found.cases:,} cases, {len(found.failures)} failures, {len(found.done)} operations done"
                print(f"seed {its_seed}, {version}, {name}: {told}", *found.wrongs, sep="\n", flush=True)
            if all_of_them.cases >= cases:
                print(*stage.complaints, sep="\n")
                all_of_them.troubles += stage.complaints
                return all_of_them
    raise AssertionError("Seeds do not end.")


if __name__ == "__main__":
    sys.exit(main())
