"""What is on stage while rows are measured: PostgreSQL and Valkey, a chain of restaurants, and the sides, pinned alike.

Whatever was started is ended when the stage is left, however that happens; should the benchmark itself be killed, the
embedded servers' reaper ends all of it. Not its business: what is measured.
"""

import json
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from benchmarks import npm, servers
from benchmarks.control import Control
from benchmarks.house import SECRET, Chain, open_chain, public_key
from benchmarks.servers import Cores, Process, python
from hub.embedded import Servers

HOST = "127.0.0.1"
PEOPLE = 20

SIDES = ("node", "ours", "stock")

POSTGRES = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "256MB"}
"""For all sides alike: a disk would make them all equally slow, and it is not what is compared."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of those who are compared: the server that delivers, and who is told to emit."""

    name: str
    server: Process
    emitter: Process
    control: Control


@dataclass(frozen=True, slots=True)
class Door:
    """A server's HTTP, and what stands before the address of what is asked there."""

    server: Process
    prefix: str


class Stage:
    """Servers and a chain. `is_aside` makes PostgreSQL wait for everybody else on its core: where it is not the
    subject, it is not to be in the way either."""

    def __init__(
        self,
        cores: Cores,
        node: npm.Node,
        *,
        restaurants: int,
        items_each: int,
        tables_each: int = 1,
        people: int = PEOPLE,
        is_aside: bool = False,
    ) -> None:
        self.cores = cores
        self.node = node
        self._size = {
            "restaurants": restaurants,
            "items_each": items_each,
            "tables_each": tables_each,
            "people": people,
        }
        self._is_aside = is_aside
        self._open = ExitStack()
        self._started = 0

    chain: Chain
    folder: Path
    servers: Servers

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            self.folder = Path(opening.enter_context(tempfile.TemporaryDirectory(prefix="brigade-bench-")))
            self.servers = opening.enter_context(Servers(self.folder / "data", postgres_settings=POSTGRES))
            self.chain = open_chain(self.servers.postgres_url, **self._size)
            if self._is_aside:
                servers.step_aside(self.servers.pids["PostgreSQL"])
            self._open = opening.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    # ------------------------------------------------------------ processes

    def hub(self, *, is_measured: bool = True) -> Process:
        """The real hub, as `brigade serve` opens it, with nothing switched off."""
        words = ["serve", "--port", "0"]
        process = self._start("brigade serve", python("hub", *words), self._environment(), is_measured=is_measured)
        process.logs_port()
        return process

    def feeder(self) -> tuple[Process, Control]:
        houses = self.folder / "houses.json"
        houses.write_text(json.dumps(self.chain.houses()), encoding="utf-8")
        return self._emitter("feeder", python("benchmarks.feeder"), {"HOUSES": str(houses)}, is_measured=False)

    def stock(self, *, is_measured: bool = True) -> tuple[Process, Control]:
        return self._emitter("stock", python("benchmarks.peers.stock"), {}, is_measured=is_measured)

    def rooms_on_node(self, *, is_measured: bool = True) -> tuple[Process, Control]:
        command = self.node.command("rooms.js", "--expose-gc")
        return self._emitter("socket.io on Node", command, {}, is_measured=is_measured)

    def express(self) -> Process:
        process = self._start("express", self.node.command("express.js"), self._environment(), is_measured=True)
        process.says_port()
        return process

    def side(self, name: str, *, across: bool = False) -> Side:
        """One side; `across` lets another instance emit, or hear of the deed. The hub always hears of it by Redis."""
        if name == "ours":
            feeder, control = self.feeder()
            return Side(name, self.hub(), feeder, control)
        start = self.rooms_on_node if name == "node" else self.stock
        server, control = start()
        if not across:
            return Side(name, server, server, control)
        emitter, control = start(is_measured=False)
        return Side(name, server, emitter, control)

    def end(self, side: Side) -> None:
        """End one side before the stage is left."""
        side.control.close()
        side.emitter.end()
        side.server.end()

    def _emitter(
        self, name: str, command: list[str], more: Mapping[str, str], *, is_measured: bool
    ) -> tuple[Process, Control]:
        path = self.folder / f"control-{self._started}"
        environment = {**self._environment(), **more, "CONTROL": str(path)}
        process = self._start(name, command, environment, is_measured=is_measured)
        process.says_port()
        control = Control(path)
        self._open.callback(control.close)
        return process, control

    def start(self, name: str, command: list[str]) -> Process:
        """Some other program, where a measured server stands."""
        return self._start(name, command, {}, is_measured=True)

    def _start(self, name: str, command: list[str], environment: Mapping[str, str], *, is_measured: bool) -> Process:
        self._started += 1
        process = Process(
            name,
            command,
            pinned=self.cores.server if is_measured else self.cores.rest,
            log=self.folder / f"{self._started}-{name.replace(' ', '-')}.log",
            environment=environment,
        )
        self._open.callback(process.end)
        self.servers.adopt(process.pid)
        return process

    def _environment(self) -> dict[str, str]:
        postgres = urlsplit(self.servers.postgres_url)
        return {
            "DATABASE_URL": self.servers.postgres_url,
            "REDIS_URL": self.servers.redis_url,
            "BRIGADE_SECRET": SECRET,
            "LOG_FORMAT": "json",
            # One waiter here asks as much as a thousand would: counted like everybody, and let through.
            "LIMITS_SCALE": "staff=100000",
            "PUBLIC_KEY": public_key(),
            "REDIS_SOCKET": _path_of(self.servers.redis_url),
            "PGHOST": parse_qs(postgres.query)["host"][0],
            "PGUSER": postgres.username or "",
            "PGDATABASE": postgres.path.removeprefix("/"),
            "NODE_ENV": "production",
        }


def _path_of(redis_url: str) -> str:
    return unquote(urlsplit(redis_url).path)
