"""The command line of the histories. See `tests.away`."""

import argparse
import sys
import time

from tests.away.trying import failures

HISTORIES = 10_000


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.away", description=__doc__)
    asked.add_argument("--count", type=int, default=HISTORIES, help="how many histories")
    asked.add_argument("--first", type=int, default=0, help="the first one's seed")
    words = asked.parse_args()
    began = time.process_time()
    failure = next(failures(range(words.first, words.first + words.count)), None)
    spent = time.process_time() - began
    print(failure or f"{words.count} histories, each of them one state, in {spent:.1f} s of one processor")
    return 0 if failure is None else 1


if __name__ == "__main__":
    sys.exit(main())
