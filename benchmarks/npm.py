"""Node, and what the Node peers are made of: installed by the benchmark into its own cache, from a lock with hashes.

The machine's own Node is taken, or the wheel's, exactly as the screens' build does. Nothing is compiled.
"""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from benchmarks.servers import ROOT, DidNotStart

PEERS = ROOT / "benchmarks" / "peers"
CACHE = ROOT / ".bench"
"""Keeps itself out of git."""
NPM_SECONDS_MAX = 300
FILES = ("package.json", "package-lock.json", ".npmrc")
SCRIPTS = ("rooms.js", "express.js")


class NoNode(DidNotStart):
    """There is no Node on this machine that the peers could run on."""


@dataclass(frozen=True, slots=True)
class Node:
    """A Node with the peers beside their packages."""

    program: str
    folder: Path

    def command(self, script: str, *options: str) -> list[str]:
        return [self.program, *options, str(self.folder / script)]

    def version(self) -> str:
        return subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def cache() -> Path:
    """The benchmark's own folder."""
    CACHE.mkdir(exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n", encoding="ascii")
    return CACHE


def node() -> Node:
    """Node with everything the peers need, installed if it is not. Raises NoNode, or DidNotStart."""
    build = _build_of_the_screens()
    try:
        found = build.node()
    except build.NoNode:
        raise NoNode("The peers need Node 20.19, 22.12 or newer, with npm, and there is none.") from None
    folder = cache() / "peers"
    folder.mkdir(exist_ok=True)
    is_stale = not (folder / "node_modules").is_dir() or any(_differs(folder, name) for name in FILES)
    for name in (*FILES, *SCRIPTS):
        shutil.copyfile(PEERS / name, folder / name)
    if is_stale:
        _install(list(found.npm), found.folder, folder)
    return Node(str(found.folder / "node"), folder)


def _install(npm: list[str], where: Path, folder: Path) -> None:
    shutil.rmtree(folder / "node_modules", ignore_errors=True)
    # What npm runs looks for node on the PATH.
    paths = os.pathsep.join([str(where), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(  # noqa: S603  # our own words
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        env={**os.environ, "PATH": paths},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=NPM_SECONDS_MAX,
        check=False,
    )
    if done.returncode != 0:
        shutil.rmtree(folder / "node_modules", ignore_errors=True)
        raise DidNotStart(f"The peers' packages could not be installed.\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _differs(folder: Path, name: str) -> bool:
    kept = folder / name
    return not kept.is_file() or kept.read_bytes() != (PEERS / name).read_bytes()


def _build_of_the_screens() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "dashboards" / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
