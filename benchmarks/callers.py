"""The load generator's HTTP clients: keep-alive connections on one epoll, each with one request under way.

As cheap as its screens: requests are bytes that were made before, and of an answer only its status and its length are
read. Not its business: what is asked.
"""

import select
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.wire import BrokenWire

ANSWER_SECONDS_MAX = 20.0
BUSY = 503
READ_BYTES_MAX = 262_144
POLL_EVENTS_MAX = 256


@dataclass(slots=True, eq=False)
class Caller:
    """One connection, and when it asked."""

    socket: socket.socket
    rest: bytes = b""
    asked_at: float = 0.0
    number: int = 0
    request: bytes = b""


@dataclass(slots=True)
class Answers:
    """What was answered so far."""

    count: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    busy: int = 0
    """How often the server was too busy, and was asked again."""
    bytes_each: int = 0
    seconds: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Callers:
    """Clients of one server. Close them."""

    host: str
    port: int
    count: int
    answers: Answers = field(default_factory=Answers)
    free: list[Caller] = field(default_factory=list)
    on_answer: Callable[[Caller], None] | None = None
    _by_descriptor: dict[int, Caller] = field(default_factory=dict)
    _poll: select.epoll = field(default_factory=select.epoll)

    def __post_init__(self) -> None:
        for _ in range(self.count):
            line = socket.create_connection((self.host, self.port), timeout=ANSWER_SECONDS_MAX)
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            caller = Caller(line)
            self._by_descriptor[line.fileno()] = caller
            self._poll.register(line.fileno(), select.EPOLLIN)
            self.free.append(caller)

    def fileno(self) -> int:
        return self._poll.fileno()

    def run(self, requests: Iterator[bytes], seconds: float) -> float:
        """Ask one after the other on every connection, until the time is up or there is nothing more to ask, and wait
        for the last answer; how many seconds that took. Raises BrokenWire where an answer does not come."""
        self.answers = Answers()
        began = time.monotonic()
        until = began + seconds
        while True:
            while self.free and time.monotonic() < until:
                request = next(requests, None)
                if request is None:
                    until = 0.0
                    break
                self.ask(request)
            if len(self.free) == self.count:
                return time.monotonic() - began
            if time.monotonic() > began + seconds + ANSWER_SECONDS_MAX:
                raise BrokenWire(f"{self.count - len(self.free)} answers did not come.")
            self.turn(0.1)

    def ask(self, request: bytes, number: int = 0) -> None:
        """Ask on a free connection."""
        caller = self.free.pop()
        caller.number, caller.request, caller.asked_at = number, request, time.monotonic()
        caller.socket.sendall(request)

    def turn(self, seconds: float) -> None:
        """Wait for something to happen, and take it in."""
        for descriptor, _ in self._poll.poll(seconds, POLL_EVENTS_MAX):
            caller = self._by_descriptor[descriptor]
            data = caller.socket.recv(READ_BYTES_MAX)
            if not data:
                raise BrokenWire("The server hung up on a caller.")
            self._take(caller, caller.rest + data if caller.rest else data)

    def close(self) -> None:
        for caller in self._by_descriptor.values():
            caller.socket.close()
        self._poll.close()

    def _take(self, caller: Caller, data: bytes) -> None:
        size = _size(data)
        if size is None or len(data) < size:
            caller.rest = data
            return
        caller.rest = b""
        status = int(data[9:12])
        if status == BUSY:
            # Nothing was changed, and whoever hears that asks again.
            self.answers.busy += 1
            caller.socket.sendall(caller.request)
            return
        if status >= 400:
            raise BrokenWire(f"A caller was refused: {data[:600]!r}")
        answers = self.answers
        answers.count += 1
        answers.statuses[status] += 1
        answers.bytes_each = size
        answers.seconds.append(time.monotonic() - caller.asked_at)
        self.free.append(caller)
        if self.on_answer is not None:
            self.on_answer(caller)


def _size(data: bytes) -> int | None:
    """How long the answer is that begins here; None while that cannot be said. All these servers say it."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    at = data.lower().find(b"\r\ncontent-length:", 0, end)
    if at < 0:
        raise BrokenWire(f"An answer without its length: {data[:300]!r}")
    at += len(b"\r\ncontent-length:")
    return end + 4 + int(data[at : data.index(b"\r\n", at)])


def request(method: str, path: str, token: str, body: bytes = b"", *headers: str) -> bytes:
    """One whole request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: benchmark", f"Authorization: Bearer {token}", *headers]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
