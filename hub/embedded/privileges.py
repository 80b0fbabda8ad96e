"""Who the servers run as.

An ordinary user's servers run as that user, and nothing here applies. PostgreSQL refuses to run as root, which is
who a hub often is in a container; then both servers run as another user. That user may be unable to walk to the data
(a checkout below a private home): for that case alone the servers keep the right to pass by file permissions
(CAP_DAC_OVERRIDE), so that nobody's folders have to be opened and no account has to be made.

Not its business: dropping the rights. The launcher does that, in the process that becomes the server.
"""

import os
from dataclasses import dataclass
from pathlib import Path

NOBODY_ID = 65534


@dataclass(frozen=True)
class Identity:
    """A user that a root hub's servers run as."""

    uid: int
    gid: int

    def may_reach(self, path: Path) -> bool:
        """Whether this user can walk to `path` and enter it without special rights."""
        path = path.resolve()
        return all(self._may_enter(folder) for folder in (path, *path.parents) if folder.is_dir())

    def _may_enter(self, folder: Path) -> bool:
        entry = folder.stat()
        if entry.st_uid == self.uid:
            return bool(entry.st_mode & 0o100)
        if entry.st_gid == self.gid:
            return bool(entry.st_mode & 0o010)
        return bool(entry.st_mode & 0o001)


def identity_for(data: Path) -> Identity | None:
    """The user to change to for the servers of this data folder, or None when the hub is not root.

    It is the owner of the folder, if that is an ordinary user: a hub that was run as root once must not lock its
    owner out of it. Otherwise it is nobody.
    """
    if os.geteuid() != 0:
        return None
    for folder in (data / "pg", data):
        if folder.exists() and (owner := folder.stat()).st_uid != 0:
            return Identity(owner.st_uid, owner.st_gid or NOBODY_ID)
    return Identity(NOBODY_ID, NOBODY_ID)
