"""The data folder, its lock, and the private folder of the sockets.

    <data>/lock                    held by the one hub that has the folder open
    <data>/pg, pg.lock             PostgreSQL's cluster, and the lock its processes hold
    <data>/valkey, valkey.lock     Valkey's append-only files, likewise
    <data>/postgres.log, valkey.log
    <temp>/brigade-<digest>/       the sockets: their paths may not be longer than about a hundred bytes, so they
                                   lie in a short folder, named by a digest of the data folder's path

Not its business: what is in the servers' folders.
"""

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

from hub.embedded.errors import FolderInUse, FolderRefused
from hub.embedded.privileges import Identity, identity_for

# A child that a killed hub was just about to start has the lock too, until it becomes another program.
LOCK_WAIT_SECONDS = 0.5
LOCK_POLL_SECONDS = 0.01
LOG_BYTES_MAX = 10 * 1024 * 1024
# The smallest limit among the systems (macOS: 104 with the closing zero), less the longest socket name we use.
RUN_PATH_BYTES_MAX = 103 - len("/.s.PGSQL.5432.lock")


class DataFolder:
    """One data folder. Between `open()` and `close()` it is this hub's alone."""

    def __init__(self, data: Path) -> None:
        self.path = Path(data).absolute()
        self.identity: Identity | None = None
        self._lock: int | None = None
        self._run_is_ours = False

    @property
    def run(self) -> Path:
        """The private folder of the sockets."""
        name = "brigade-" + hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        run = Path(tempfile.gettempdir()).resolve() / name
        return run if len(os.fsencode(run)) <= RUN_PATH_BYTES_MAX else Path("/tmp").resolve() / name  # noqa: S108

    def open(self) -> None:
        """Make and lock the folder, or raise `FolderInUse`."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.path = self.path.resolve()
            self.identity = identity_for(self.path)
            self._take_lock()
        except OSError as error:
            raise FolderRefused(self.path, f"it cannot be opened ({error.strerror})") from error

    def close(self) -> None:
        if self._run_is_ours:
            shutil.rmtree(self.run, ignore_errors=True)
            self._run_is_ours = False
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def make_run_folder(self) -> None:
        """Make the sockets' folder afresh, so that nobody has it open from before and old sockets are gone.

        One that someone else put there is refused, not removed.
        """
        run = self.run
        try:
            entry = run.lstat()
        except FileNotFoundError:
            pass
        else:
            ours = {os.geteuid(), self.identity.uid if self.identity else os.geteuid()}
            if run.is_symlink() or not run.is_dir() or entry.st_uid not in ours:
                raise FolderRefused(run, "it is not a folder that this user made; remove it, or set TMPDIR")
            shutil.rmtree(run)
        run.mkdir(mode=0o700)
        self._run_is_ours = True
        self.give(run)

    def make(self, name: str) -> Path:
        """A folder of the servers' user, for nobody else to read."""
        folder = self.path / name
        folder.mkdir(mode=0o700, exist_ok=True)
        self.give(folder)
        return folder

    def open_log(self, path: Path) -> int:
        """A log to append to. One that has grown too long begins anew."""
        log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        if os.fstat(log).st_size > LOG_BYTES_MAX:
            os.ftruncate(log, 0)
        self.give(path)
        return log

    def give(self, path: Path) -> None:
        """Make the servers' user the owner, when that is not who the hub is."""
        if self.identity is not None:
            os.chown(path, self.identity.uid, self.identity.gid, follow_symlinks=False)

    def _take_lock(self) -> None:
        # Not at the top: the module must be importable on Windows, to be able to say that it is not supported.
        import fcntl

        path = self.path / "lock"
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        self.give(path)
        deadline = time.monotonic() + LOCK_WAIT_SECONDS
        while self._lock is None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._lock = lock
            except BlockingIOError as error:
                if time.monotonic() > deadline:
                    os.close(lock)
                    raise FolderInUse(self.path) from error
                time.sleep(LOCK_POLL_SECONDS)
