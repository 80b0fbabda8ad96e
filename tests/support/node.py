"""Node and what the screens are tested with, where they are on this machine; else the test is skipped.

On CI nothing may be skipped, so there both are. Not its business: building the screens (`dashboards/hatch_build.py`).
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.whole.project import ROOT

SCREENS = ROOT / "dashboards" / "screens"
RUN_SECONDS_MAX = 120.0


def runs_vitest(*words: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the screens' own tests, or those that are named, and return how that went; both outputs are in `stdout`."""
    return runs_module("vitest/vitest.mjs", "run", *words, environment=environment)


def runs_module(
    module: str, *words: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command of the screens' node_modules in their folder."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not on this machine.")
    return subprocess.run(
        (node, str(module_file(module)), *words),
        cwd=SCREENS,
        env={**os.environ, "NO_COLOR": "1", **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=RUN_SECONDS_MAX,
        check=False,
    )


def module_file(path: str) -> Path:
    """A file of the screens' node_modules; the test is skipped where nobody has fetched them."""
    file = SCREENS / "node_modules" / path
    if not file.is_file():
        pytest.skip("What the screens are tested with is not here: run `npm ci` in dashboards/screens.")
    return file
