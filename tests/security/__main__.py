"""The command line of the attacks. See `tests.security`."""

import argparse
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.security.attacks import ATTACKS, Attack

TESTS = Path(__file__).parents[1]
IN_FULL = "ATTACKS_IN_FULL"
"""Set, each attack is tried as often as the figures say; in the suite a few times must do."""


class Seen:
    """What came of the tests, as a plugin of pytest."""

    def __init__(self) -> None:
        self.tried: dict[str, int] = defaultdict(int)
        self.failed: dict[str, list[str]] = defaultdict(list)
        self.properties: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One test was set up, done, or taken down."""
        file = report.nodeid.partition("::")[0].removeprefix(f"{TESTS.name}/")
        if report.failed:
            self.failed[file].append(report.nodeid)
        elif report.when == "call":
            self.tried[file] += 1
            for name, value in report.user_properties:
                self.properties[file][name].append(value)

    def of(self, attack: Attack) -> str:
        """What was seen of the attack, in a line. Whole numbers add up; of others the largest is told."""
        tried, figures = 0, list[str]()
        for test in attack.tests:
            tried += self.tried[test]
            for name, values in self.properties[test].items():
                value = sum(values) if all(isinstance(one, int) for one in values) else max(values)
                figures.append(f"{name} {value:,.4g}" if isinstance(value, float) else f"{name} {value:,}")
        return "; ".join([f"{tried:,} tries", *figures])

    def holds(self, attack: Attack) -> bool:
        """Whether it was tried, and every try held."""
        return all(self.tried[test] and not self.failed[test] for test in attack.tests)


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.security", description=__doc__)
    asked.add_argument("attacks", nargs="*", metavar="ATTACK", help=f"some of: {' '.join(ATTACKS)}; or all of them")
    words = asked.parse_args()
    if unknown := set(words.attacks) - set(ATTACKS):
        asked.error(f"There is no attack {', '.join(sorted(unknown))}.")
    chosen = {name: ATTACKS[name] for name in words.attacks or ATTACKS}
    os.environ[IN_FULL] = "1"
    seen = Seen()
    files = [str(TESTS / test) for attack in chosen.values() for test in attack.tests]
    how = ["-q", "-n", "2", "--dist", "loadfile", "--no-header", "--tb", "short", "--disable-warnings"]
    status = pytest.main([*how, *files], plugins=[seen])
    for name, attack in chosen.items():
        print(f"{name}: {'held' if seen.holds(attack) else 'BROKEN'}: {attack.title}: {seen.of(attack)}")
        print(f"    must hold: {attack.must_hold}")
    return 0 if status == pytest.ExitCode.OK and all(map(seen.holds, chosen.values())) else 1


if __name__ == "__main__":
    sys.exit(main())
