"""The small program that becomes a server.

Between the hub's fork and the server's first instruction a few things must happen in the new process itself. A
callback between fork and exec is not safe in a hub with threads, so they are done here, by a fresh interpreter, which
then turns into the server (same process id):

1. tell the reaper, so that there is no moment in which the hub could die and leave an unknown child;
2. take the server's lock, and wait for it: every process of the server inherits it, so whoever gets it knows that
   all of an earlier server's processes are gone (Valkey has no lock of its own, PostgreSQL's is a file that lies);
3. sweep away the process-id file of the earlier server, whose number may by now belong to anyone;
4. leave root, if the hub is root.

It is run by its path, without site-packages, and must import nothing but the standard library.
"""

import ctypes
import json
import os
import signal
import sys
import time
from typing import NoReturn, TypedDict

LOCK_WAIT_SECONDS = 20.0
LOCK_POLL_SECONDS = 0.01

PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


class Orders(TypedDict):
    """What the hub wants done before the program runs."""

    reaper: int
    signals: list[int]
    lock: str
    stale: list[str]
    uid: int | None
    gid: int | None
    keeps_reach: bool


def main() -> NoReturn:
    orders: Orders = json.loads(sys.argv[1])
    command = sys.argv[2:]
    tell_reaper(orders["reaper"], orders["signals"])
    lock = hold_lock(orders["lock"])
    for path in orders["stale"]:
        if os.path.lexists(path):
            os.unlink(path)
    os.umask(0o077)
    if orders["uid"] is not None and orders["gid"] is not None:
        os.fchown(lock, orders["uid"], orders["gid"])
        leave_root(orders["uid"], orders["gid"], keeps_reach=orders["keeps_reach"])
    # Python ignores SIGPIPE, and what is ignored stays so in the program.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execv(command[0], command)  # noqa: S606


def tell_reaper(pipe: int, signals: list[int]) -> None:
    os.write(pipe, f"{os.getpid()} {','.join(map(str, signals))}\n".encode())
    # The reaper knows that the hub is gone when nobody else holds the pipe.
    os.close(pipe)


def hold_lock(path: str) -> int:
    """Hold the lock for as long as this process, and whatever it starts, lives."""
    # Not at the top: the hub imports this module on every system, also where it cannot be run.
    import fcntl

    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    os.set_inheritable(lock, True)
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        except BlockingIOError:
            if time.monotonic() > deadline:
                sys.exit(f"Processes of an earlier server still hold {path}.")
            time.sleep(LOCK_POLL_SECONDS)


def leave_root(uid: int, gid: int, *, keeps_reach: bool) -> None:
    """Become another user for good; `keeps_reach` lets the program still pass by file permissions."""
    libc = ctypes.CDLL(None, use_errno=True)
    if keeps_reach:
        _checked(libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
    if not keeps_reach:
        return
    mask = 1 << CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    # Two words each of effective, permitted, inheritable.
    sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    _checked(libc.capset(ctypes.byref(header), ctypes.byref(sets)))
    _checked(libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def _checked(result: int) -> None:
    if result != 0:
        raise OSError(ctypes.get_errno(), "the servers' user cannot be given the right to reach the data folder")


if __name__ == "__main__":
    main()
