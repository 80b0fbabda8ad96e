"""The screens' own rules, tested where they are written: in TypeScript, without a browser."""

import re

from tests.support.node import runs_vitest


def test_the_screens_keep_their_own_rules() -> None:
    ran = runs_vitest()

    assert ran.returncode == 0, ran.stdout
    passed = re.search(r"Tests\s+(\d+) passed", ran.stdout)
    assert passed is not None, ran.stdout
    assert int(passed[1]) > 50, "There were more rules than that."
