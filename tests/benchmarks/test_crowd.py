"""The generator's screens: they come in as any client does, and notice whatever is lost, doubled or reordered."""

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest

from benchmarks import wire
from benchmarks.crowd import Crowd, Seat
from benchmarks.wire import BrokenWire

ROOM = "item:01a1ff6e-2b1a-710b-9cb0-5658232b6f7a"
SECONDS_MAX = 10.0
UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


def event(number: int, *, room: str = ROOM, prev: int | None = None, more: str = "") -> bytes:
    """One event as a server sends it."""
    body = {"quantity": number, "details": more or "x" * 120, "room": room, "seq": number}
    body["prev"] = number - 1 if prev is None else prev
    return wire.server_frame(b'42["inventory_update",' + json.dumps(body, separators=(",", ":")).encode() + b"]")


class Server:
    """Lets screens in, and then says to every one of them what it was told to say, in these pieces."""

    def __init__(self, pieces: Sequence[bytes], *, screens: int = 1, greeting: bytes = b"") -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._pieces = pieces
        self._greeting = greeting
        self._screens = screens
        self.heard: list[bytes] = []
        self.is_counting = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        port: int = self._door.getsockname()[1]
        return port

    def close(self) -> None:
        self._thread.join(SECONDS_MAX)
        self._door.close()

    def _serve(self) -> None:
        self._door.settimeout(SECONDS_MAX)
        lines = [self._let_in() for _ in range(self._screens)]
        self.is_counting.wait(SECONDS_MAX)
        for piece in self._pieces:
            for line in lines:
                line.sendall(piece)
        for line in lines:
            # Until it hangs up, be it over what it did not read.
            with suppress(ConnectionResetError):
                while said := line.recv(4096):
                    self.heard.append(said)
            line.close()

    def _let_in(self) -> socket.socket:
        line, _ = self._door.accept()
        line.settimeout(SECONDS_MAX)
        line.recv(4096)
        line.sendall(UPGRADED + wire.server_frame(b'0{"sid":"x"}'))
        self.heard.append(line.recv(4096))
        line.sendall(wire.server_frame(b'40{"sid":"y"}') + self._greeting)
        self.heard.append(line.recv(4096))
        line.sendall(wire.server_frame(b'430[{"ok":true}]'))
        return line


@contextmanager
def a_crowd(server: Server, *, screens: int = 1) -> Iterator[Crowd]:
    crowd = Crowd("127.0.0.1", server.port)
    try:
        crowd.connect([Seat("a token", ROOM)] * screens, at_once=1)
        crowd.listen_from_now(with_stamps=True)
        server.is_counting.set()
        yield crowd
    finally:
        server.is_counting.set()
        crowd.close()
        server.close()


def hears(pieces: Sequence[bytes], count: int, *, screens: int = 1) -> Crowd:
    """A crowd that has heard so many deliveries."""
    with a_crowd(Server(pieces, screens=screens), screens=screens) as crowd:
        assert crowd.listen_until(lambda: crowd.arrived.deliveries >= count, SECONDS_MAX)
    return crowd


def test_a_screen_shows_its_token_and_asks_for_its_room() -> None:
    server = Server([event(1)])
    with a_crowd(server) as crowd:
        assert crowd.listen_until(lambda: crowd.arrived.deliveries == 1, SECONDS_MAX)
    assert b'40{"token":"a token"}' in server.heard[0]
    assert b'420["subscribe",{"room":"' + ROOM.encode() + b'"}]' in server.heard[1]


def test_every_delivery_is_counted_however_it_is_cut() -> None:
    whole = b"".join(event(number) for number in range(1, 11))
    assert hears([whole[:70], whole[70:600], whole[600:601], whole[601:]], 10).arrived.deliveries == 10


def test_every_delivery_is_stamped_with_its_room_and_number() -> None:
    stamps = hears([event(1), event(2)], 4, screens=2).arrived.stamps
    assert stamps is not None
    assert sorted(number for _, number, _ in stamps) == [1, 1, 2, 2]


@pytest.mark.parametrize("numbers", [(1, 3), (1, 1), (2, 1), (2,)], ids=str)
def test_what_is_lost_doubled_or_reordered_is_noticed_by_every_screen(numbers: tuple[int, ...]) -> None:
    whole = b"".join(event(number) for number in numbers)
    with pytest.raises(BrokenWire, match=r"after event|was held"):
        hears([whole], 2 * len(numbers), screens=2)


def test_an_event_of_another_room_is_noticed() -> None:
    with pytest.raises(BrokenWire, match="heard of"):
        hears([event(1, room="item:another")], 1)


def test_a_broken_chain_is_noticed() -> None:
    with pytest.raises(BrokenWire, match="was held"):
        hears([event(1), event(2, prev=2)], 2)


def test_a_ping_is_answered_and_other_events_are_not_counted() -> None:
    server = Server([wire.server_frame(b'42["beat",{"at":"now"}]') + wire.server_frame(b"2") + event(1)])
    with a_crowd(server) as crowd:
        assert crowd.listen_until(lambda: crowd.arrived.deliveries == 1, SECONDS_MAX)
        assert crowd.arrived.deliveries == 1
    assert server.heard[-1] == wire.client_frame(b"3")


def test_who_is_refused_is_not_counted_as_there() -> None:
    class Refusing(Server):
        def _let_in(self) -> socket.socket:
            line, _ = self._door.accept()
            line.recv(4096)
            line.sendall(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            return line

    server = Refusing([])
    with pytest.raises(BrokenWire, match="No WebSocket"), a_crowd(server):
        pass


@pytest.mark.parametrize("length", [0, 125, 126, 4_000, 65_535])
def test_a_frame_is_read_as_it_was_written(length: int) -> None:
    payload = b"x" * length
    ((opcode, begin, end),) = wire.frames(wire.server_frame(payload) + b"\x81")
    assert (opcode, end - begin) == (wire.TEXT, length)
