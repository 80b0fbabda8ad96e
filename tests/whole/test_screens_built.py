"""How the screens are built: when, with what, as a whole or not at all, and small enough for a tablet in a kitchen."""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api.screens import BUILT, PAGES
from tests.whole.project import ROOT

KITCHEN_BYTES_MAX = 150_000
"""Gzipped, with everything it loads at the start: some seconds over a bad line, and then it is kept."""

SCRIPT = Path("dashboards", "hatch_build.py")
# `npm` here does what the real one does to the folder it stands in, and writes down what it was asked.
NPM = """#!/bin/sh
echo "$@" >>"$ASKED"
case "$1" in
ci) mkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json ;;
run) mkdir -p built.aside && cp src/kitchen.tsx built.aside/kitchen.html && . ./build.sh ;;
esac
"""


def script(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@dataclass(frozen=True)
class Checkout:
    """A checkout with one small screen, on a machine whose Node only pretends."""

    root: Path

    @property
    def screens(self) -> Path:
        return self.root / "dashboards" / "screens"

    def builds(self, **environment: str) -> subprocess.CompletedProcess[str]:
        told = {"PATH": f"{self.root}/bin:{os.environ['PATH']}", "ASKED": f"{self.root}/asked", **environment}
        # Alone, so that no package of this environment is there, such as a Node.
        command = [sys.executable, "-IS", str(self.root / SCRIPT)]
        return subprocess.run(command, env=told, capture_output=True, text=True, timeout=60, check=False)

    def asked(self) -> list[str]:
        """What npm was asked since last time."""
        said = self.root / "asked"
        lines = [" ".join(line.split()[:2]) for line in said.read_text().splitlines()] if said.exists() else []
        said.unlink(missing_ok=True)
        return lines

    def shown(self) -> str | None:
        page = self.screens / "built" / "kitchen.html"
        return page.read_text() if page.exists() else None


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout(tmp_path)
    (made.screens / "src").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / SCRIPT, tmp_path / SCRIPT)
    script(tmp_path / "bin" / "node", "#!/bin/sh\necho v22.12.0\n")
    script(tmp_path / "bin" / "npm", NPM)
    (made.screens / "build.sh").write_text("")
    (made.screens / "src" / "kitchen.tsx").write_text("one")
    lock = {"packages": {"": {}, "node_modules/react": {"version": "19.3.1", "integrity": "sha512-1"}}}
    (made.screens / "package-lock.json").write_text(json.dumps(lock))
    return made


# ------------------------------------------------------------------ when


def test_screens_are_built_once_and_when_a_source_has_changed(checkout: Checkout) -> None:
    assert checkout.builds().returncode == 0
    assert (checkout.asked(), checkout.shown()) == (["ci --include=dev", "run build"], "one")
    again = checkout.builds()
    assert (again.returncode, again.stdout, checkout.asked()) == (0, "", [])
    (checkout.screens / "src" / "kitchen.tsx").write_text("two")
    assert checkout.builds().returncode == 0
    assert (checkout.asked(), checkout.shown()) == (["run build"], "two")


@pytest.mark.parametrize("change", ["added", "renamed", "removed"])
def test_another_file_makes_other_screens(checkout: Checkout, change: str) -> None:
    source = checkout.screens / "src" / "bell.ts"
    source.write_text("ding")
    assert checkout.builds().returncode == 0
    match change:
        case "added":
            (checkout.screens / ".npmrc").write_text("")
        case "renamed":
            source.rename(source.with_name("gong.ts"))
        case _:
            source.unlink()
    checkout.asked()
    assert checkout.builds().returncode == 0
    assert checkout.asked() == ["run build"]


def test_packages_are_fetched_again_when_the_lock_names_others(checkout: Checkout) -> None:
    assert checkout.builds().returncode == 0
    checkout.asked()
    lock = checkout.screens / "package-lock.json"
    lock.write_text(lock.read_text().replace("sha512-1", "sha512-2"))
    assert checkout.builds().returncode == 0
    assert checkout.asked() == ["ci --include=dev", "run build"]


@pytest.mark.parametrize(("system", "is_fetched"), [(sys.platform, True), ("another", False)])
def test_only_a_package_for_another_machine_may_be_missing(checkout: Checkout, system: str, is_fetched: bool) -> None:
    lock = json.loads((checkout.screens / "package-lock.json").read_text())
    (checkout.screens / "node_modules").mkdir()
    (checkout.screens / "node_modules" / ".package-lock.json").write_text(json.dumps(lock))
    lock["packages"]["node_modules/native"] = {"integrity": "sha512-3", "optional": True, "os": [system]}
    (checkout.screens / "package-lock.json").write_text(json.dumps(lock))
    assert checkout.builds().returncode == 0
    assert checkout.asked() == (["ci --include=dev"] if is_fetched else []) + ["run build"]


def test_whoever_wants_no_screens_gets_none(checkout: Checkout) -> None:
    skipped = checkout.builds(BRIGADE_SKIP_SCREENS="1")
    assert (skipped.returncode, skipped.stdout, checkout.asked(), checkout.shown()) == (0, "", [], None)
    assert checkout.builds(BRIGADE_SKIP_SCREENS="0").returncode == 0
    assert checkout.shown() == "one"


# ------------------------------------------------------------------ as a whole or not at all


@pytest.mark.parametrize("end", ["echo the oven is cold; exit 1", "kill -9 $PPID; exit 1"])
def test_a_build_that_ends_half_way_leaves_the_screens_as_they_were(checkout: Checkout, end: str) -> None:
    assert checkout.builds().returncode == 0
    (checkout.screens / "src" / "kitchen.tsx").write_text("two")
    (checkout.screens / "build.sh").write_text(end)
    assert checkout.builds().returncode != 0
    assert checkout.shown() == "one"
    (checkout.screens / "build.sh").write_text("")
    assert checkout.builds().returncode == 0
    assert checkout.shown() == "two"
    assert sorted(path.name for path in checkout.screens.glob("built*")) == ["built"]


def test_a_source_that_changes_while_it_is_built_is_built_again(checkout: Checkout) -> None:
    (checkout.screens / "build.sh").write_text("echo two >src/kitchen.tsx")
    assert checkout.builds().returncode == 0
    assert checkout.shown() == "one"
    assert checkout.builds().returncode == 0
    assert checkout.shown() == "two\n"


def test_what_went_wrong_is_one_sentence_and_what_npm_said(checkout: Checkout) -> None:
    (checkout.screens / "build.sh").write_text("echo the oven is cold; exit 1")
    failed = checkout.builds()
    assert failed.returncode == 1
    sentence, _, said = failed.stderr.partition("\n\n")
    assert sentence.startswith(
        "The screens were not built: `npm run build` failed. BRIGADE_SKIP_SCREENS=1 does without"
    )
    assert said == "the oven is cold\n"


# ------------------------------------------------------------------ with which Node


@pytest.mark.parametrize(
    ("version", "is_usable"),
    [
        ("v20.18.3", False),
        ("v20.19.0", True),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("v22.12.0", True),
        ("v23.0.0", True),
        ("v24.19.0", True),
        ("v18.19.0", False),
        ("no version", False),
    ],
)
def test_a_node_that_is_too_old_is_none(checkout: Checkout, version: str, is_usable: bool) -> None:
    script(checkout.root / "bin" / "node", f"#!/bin/sh\necho {version}\n")
    ended = checkout.builds()
    assert (ended.returncode, "need Node" in ended.stderr) == ((0, False) if is_usable else (3, True))
    assert checkout.shown() == ("one" if is_usable else None)


# ------------------------------------------------------------------ what comes of it


@pytest.fixture
def manifest() -> dict[str, dict[str, Any]]:
    """Which entry loads what, as Vite says."""
    said = BUILT / ".vite" / "manifest.json"
    if not said.exists():
        pytest.skip("the screens were not built: `make screens`")
    entries: dict[str, dict[str, Any]] = json.loads(said.read_text())
    return entries


def loaded_by(name: str, manifest: dict[str, dict[str, Any]]) -> set[str]:
    """The files that a page loads before it shows anything."""
    seen, waiting = set[str](), [name]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(manifest[name].get("imports", []))
    return {file for name in seen for file in (manifest[name]["file"], *manifest[name].get("css", []))}


def test_the_kitchen_is_there_at_once_even_over_a_bad_line(manifest: dict[str, dict[str, Any]]) -> None:
    weights = {file: len(gzip.compress((BUILT / file).read_bytes())) for file in loaded_by("kitchen.html", manifest)}
    assert len(weights) > 1
    assert sum(weights.values()) <= KITCHEN_BYTES_MAX, weights


def test_a_page_needs_nothing_that_its_policy_forbids(manifest: dict[str, dict[str, Any]]) -> None:
    for page in PAGES.values():
        assert page in manifest
        text = (BUILT / page).read_text()
        assert re.search(r"<style| style=| on\w+=|<base|javascript:|https?://", text) is None, page
        assert re.findall(r"<script[^>]*>(.*?)</script>", text, flags=re.DOTALL) == [""], page


def test_a_page_names_all_that_it_loads_and_its_names_are_their_contents(manifest: dict[str, dict[str, Any]]) -> None:
    for page in PAGES.values():
        named = set(re.findall(r'(?:src|href)="/(assets/[^"]+)"', (BUILT / page).read_text()))
        assert named == loaded_by(page, manifest), page
        assert all(re.search(r"-[\w-]{8}\.(js|css)$", name) for name in named), page


def test_what_is_worth_compressing_lies_there_compressed(manifest: dict[str, dict[str, Any]]) -> None:
    large = [path for path in (BUILT / "assets").iterdir() if path.suffix in (".js", ".css") and _size(path) >= 1024]
    assert large
    for path in large:
        packed = path.with_name(path.name + ".gz")
        assert gzip.decompress(packed.read_bytes()) == path.read_bytes()
        assert _size(path.with_name(path.name + ".br")) < _size(packed) < _size(path)


def _size(path: Path) -> int:
    return path.stat().st_size
