"""The bytes a screen sends and hears: WebSocket (RFC 6455), Engine.IO 4 and Socket.IO 5, just as much as is needed.

Written by hand because the generator shares its core with Redis: a client library would cost more than the server
that is measured. Not its business: sockets (`benchmarks.crowd`).
"""

import json
from collections.abc import Iterator
from typing import Any

TEXT, CLOSE, PING = 0x1, 0x8, 0x9
HEADER_BYTES = 2
LENGTH_16, LENGTH_64 = 126, 127
# The mask that changes nothing. Servers unmask all the same.
NO_MASK = b"\0\0\0\0"

EVENT_BEGINS = b'42["inventory_update",'
COUNTER = b'"quantity":'
"""Where an event says which one of its room it is: dense, from 1."""


class BrokenWire(Exception):
    """The server said something that is not what a screen was to hear."""


def upgrade(host: str, port: int) -> bytes:
    """The request that opens a WebSocket. It offers no compression."""
    return (
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: YnJpZ2FkZSBtZWFzdXJlZA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def connect(token: str) -> bytes:
    """Socket.IO's connect, with the token as its auth."""
    return client_frame(b"40" + _json({"token": token}))


def subscribe(room: str) -> bytes:
    """Asks to enter a room; the acknowledgement comes as `430[…]`."""
    return client_frame(b"420" + _json(["subscribe", {"room": room}]))


PONG = b"3"


def client_frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One whole masked frame."""
    first = bytes([0x80 | opcode])
    if len(payload) < LENGTH_16:
        return first + bytes([0x80 | len(payload)]) + NO_MASK + payload
    return first + bytes([0x80 | LENGTH_16]) + len(payload).to_bytes(2, "big") + NO_MASK + payload


def server_frame(payload: bytes) -> bytes:
    """One whole frame as a server sends it."""
    if len(payload) < LENGTH_16:
        return bytes([0x80 | TEXT, len(payload)]) + payload
    return bytes([0x80 | TEXT, LENGTH_16]) + len(payload).to_bytes(2, "big") + payload


def frames(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Opcode, begin and end of each whole frame in what a server sent; the rest is for later."""
    at, size = 0, len(data)
    while at + HEADER_BYTES <= size:
        length, begin = data[at + 1], at + HEADER_BYTES
        if length == LENGTH_16:
            length, begin = int.from_bytes(data[begin : begin + 2], "big"), begin + 2
        elif length == LENGTH_64:
            length, begin = int.from_bytes(data[begin : begin + 8], "big"), begin + 8
        end = begin + length
        if end > size:
            return
        yield data[at] & 0x0F, begin, end
        at = end


def counter(data: bytes, begin: int, end: int) -> int:
    """Which one of its room the event between `begin` and `end` is."""
    at = data.find(COUNTER, begin, end)
    if at < 0:
        raise BrokenWire(f"This is not the event that was to come: {data[begin:end][:200]!r}")
    at += len(COUNTER)
    return int(data[at : data.index(b",", at)])


def read_event(payload: bytes) -> dict[str, Any]:
    """What an event's packet carries, read in full."""
    name, body = json.loads(payload[2:])
    if payload[:2] != b"42" or not isinstance(name, str) or not isinstance(body, dict):
        raise BrokenWire(f"This is no event: {payload[:200]!r}")
    return body


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
