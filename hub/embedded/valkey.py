"""How Valkey, the Redis-protocol server, is started and known to be ready.

It keeps an append-only file, so that what it was told survives its own death; nothing that must not be lost is ever
kept in it. Not its business: keys and channels.
"""

import contextlib
import signal
import socket
from pathlib import Path
from urllib.parse import quote

from hub.embedded.binaries import valkey_program
from hub.embedded.children import Nursery
from hub.embedded.folder import DataFolder

PING_SECONDS_MAX = 1.0


class Valkey:
    """Valkey in `<data>/valkey`."""

    name = "Valkey"
    signals = (signal.SIGTERM,)

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder

    @property
    def home(self) -> Path:
        return self._folder.path / "valkey"

    @property
    def log(self) -> Path:
        return self._folder.path / "valkey.log"

    @property
    def pid_file(self) -> Path:
        return self.home / "valkey.pid"

    @property
    def stale(self) -> tuple[Path, ...]:
        return (self.pid_file,)

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self._socket))}?db=0"

    @property
    def _socket(self) -> Path:
        return self._folder.run / "valkey.sock"

    def prepare(self, nursery: Nursery) -> None:
        self._folder.make(self.home.name)

    def command(self) -> list[str]:
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.home),
            "pidfile": str(self.pid_file),
            "appendonly": "yes",
            "appendfsync": "everysec",
            "save": "",
            "daemonize": "no",
            # Keeps the folder in the command line, by which a server left behind is known.
            "set-proc-title": "no",
        }
        program = valkey_program(self._folder.identity)
        return [str(program), *(word for name, value in settings.items() for word in (f"--{name}", value))]

    def is_ready(self, pid: int) -> bool:
        """Whether it answers a PING; while it still reads its files it says LOADING instead."""
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PING_SECONDS_MAX)
            line.connect(str(self._socket))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        return False

    def is_left_in(self, command_line: str) -> bool:
        """Whether a command line is that of a server, or of a child of one, for this folder."""
        program, *words = command_line.split("\0")
        return program.endswith("/valkey-server") and str(self.home) in words
