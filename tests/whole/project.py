"""The project as files: which belong to it, and what stands in them."""

import ast
import os
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CODE = ("hub", "rooms", "api")
NOT_OURS = {".git", ".venv", ".hypothesis", "node_modules", "built", "__pycache__", "dist", "data", "htmlcov"}


@cache
def files() -> tuple[Path, ...]:
    """Every file of the project that is in git or could be added; without git, every file that looks like it."""
    return tuple(sorted(path for path in _listed() if path.is_file()))


def _listed() -> Iterator[Path]:
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        said = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        yield from _walked()
        return
    yield from (ROOT / name for name in said.stdout.decode().split("\0") if name)


def _walked() -> Iterator[Path]:
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [one for one in folders if one not in NOT_OURS and not one.endswith(("_cache", ".egg-info"))]
        yield from (Path(folder) / name for name in names)


def named(path: Path) -> str:
    """How a file is called in a test's name and in a failure."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """The project's Python below these folders, or everywhere. Migrations are generated, and left out."""
    return [
        path
        for path in files()
        if path.suffix == ".py"
        and not named(path).startswith("piccolo_migrations/")
        and (not folders or named(path).split("/")[0] in folders)
    ]


def text_files() -> Iterator[tuple[Path, str]]:
    """Every file that is text, with its text."""
    for path in files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
