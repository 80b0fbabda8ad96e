"""Documents that are made from the code are fresh: what `brigade schema` writes today is what is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whole.project import ROOT

REFERENCE = ROOT / "docs" / "reference"
CLIENT = ROOT / "dashboards" / "screens" / "src" / "hub"
MADE = ("asyncapi.json", "language.md", "lifecycles.md", "metrics.md", "openapi.json", "refusals.md")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is written today, by a process of its own: here, tests may have made events and refusals besides."""
    folder = tmp_path_factory.mktemp("docs")
    former = folder / "client" / "wire" / "former.ts"
    former.parent.mkdir(parents=True)
    former.write_text("export type Former = string;\n", encoding="utf-8")
    command = [sys.executable, "-m", "hub", "schema", "--into", str(folder), "--wire", str(folder / "client")]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "1"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def test_everything_that_can_be_made_is_kept_and_nothing_else(papers: Path) -> None:
    assert sorted(path.name for path in papers.iterdir() if path.is_file()) == list(MADE)
    assert sorted(path.name for path in REFERENCE.iterdir()) == list(MADE)


@pytest.mark.parametrize("name", MADE)
def test_a_document_says_what_the_code_says(papers: Path, name: str) -> None:
    kept = REFERENCE / name

    assert kept.is_file(), f"{name} is not there. Run `make schema`."
    assert kept.read_text(encoding="utf-8") == (papers / name).read_text(encoding="utf-8"), "Run `make schema`."


def test_the_screens_are_compiled_with_what_the_hub_says(papers: Path) -> None:
    assert wire_of(CLIENT) == wire_of(papers / "client"), "Run `make schema`."


def test_types_of_what_the_hub_does_not_say_any_more_are_taken_away(papers: Path) -> None:
    assert "wire/orders.ts" in wire_of(papers / "client")
    assert "wire/former.ts" not in wire_of(papers / "client")


def wire_of(client: Path) -> dict[str, str]:
    """The modules of types in a client's folder, by their paths."""
    modules = [client / "wire.ts", *(path for path in (client / "wire").rglob("*") if path.is_file())]
    return {path.relative_to(client).as_posix(): path.read_text(encoding="utf-8") for path in modules}
