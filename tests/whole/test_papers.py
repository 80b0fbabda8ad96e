"""Documents that are made from the code are fresh: what `brigade schema` writes today is what is kept."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.rights import Permission
from tests.whole.project import ROOT

REFERENCE = ROOT / "docs" / "reference"
CLIENT = ROOT / "dashboards" / "screens" / "src" / "hub"
PYTHON = ROOT / "api" / "client"
MADE = (
    "asyncapi.json",
    "language.md",
    "lifecycles.md",
    "limits.md",
    "metrics.md",
    "openapi-v1.json",
    "openapi.json",
    "refusals.md",
    "rights.md",
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is written today, by a process of its own: here, tests may have made events and refusals besides."""
    folder = tmp_path_factory.mktemp("docs")
    former = folder / "client" / "wire" / "former.ts"
    former.parent.mkdir(parents=True)
    former.write_text("export type Former = string;\n", encoding="utf-8")
    past = folder / "python" / "rest" / "past.py"
    past.parent.mkdir(parents=True)
    past.write_text('"""What is not asked any more."""', encoding="utf-8")
    into = {"--into": folder, "--wire": folder / "client", "--client": folder / "python"}
    command = [sys.executable, "-m", "hub", "schema", *(str(word) for pair in into.items() for word in pair)]
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


def test_every_permission_opens_something(papers: Path) -> None:
    rows = [line for line in (papers / "rights.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]

    assert {row.split("`")[1] for row in rows} == set(Permission)
    assert [row for row in rows if row.endswith("|  |")] == []


def test_the_screens_are_compiled_with_what_the_hub_says(papers: Path) -> None:
    assert wire_of(CLIENT) == wire_of(papers / "client"), "Run `make schema`."


def test_types_of_what_the_hub_does_not_say_any_more_are_taken_away(papers: Path) -> None:
    assert "wire/orders.ts" in wire_of(papers / "client")
    assert "wire/former.ts" not in wire_of(papers / "client")


def test_the_client_in_python_asks_what_the_hub_can_be_asked(papers: Path) -> None:
    written = {path.relative_to(papers / "python").as_posix(): path for path in (papers / "python").rglob("*.py")}
    assert {"live.py", "rest/orders.py", "shapes/orders.py"} <= set(written)
    assert "rest/past.py" not in written
    for name, path in written.items():
        assert (PYTHON / name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), "Run `make schema`."
    kept = {path.relative_to(PYTHON).as_posix() for path in PYTHON.rglob("*.py")}
    assert kept - set(written) == {"__init__.py", "door.py", "line.py"}


def wire_of(client: Path) -> dict[str, str]:
    """The modules of types in a client's folder, by their paths."""
    modules = [client / "wire.ts", *(path for path in (client / "wire").rglob("*") if path.is_file())]
    return {path.relative_to(client).as_posix(): path.read_text(encoding="utf-8") for path in modules}
