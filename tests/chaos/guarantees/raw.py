"""Whoever speaks to a hub byte by byte, as no client would: past the cable, which would read for whoever does not."""

import asyncio
import os
import socket
import struct
import time
from contextlib import suppress
from random import Random

from hub.audience import Room
from tests.chaos.devices import ADDRESS

FRAMES_EACH = 8
DRIP_EVERY_SECONDS = 1.0
SMALL_BUFFER_BYTES = 4096
UPGRADE = (
    f"GET {ADDRESS} HTTP/1.1\r\nHost: hub\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
).encode()

_WORDS = [*map(b"%d".__mod__, range(10)), *map(b"4%d".__mod__, range(7)), b"", b"-", b","]
_INSIDES = [
    *(b"[", b"]", b"{", b"}", b'"', b"[]", b"{}", b"null", b"1e999", b"[1]", b"[[[[[[", b"/x,", b"-1", b"\\u0000"),
    *(b'["connect"]', b'["\\ud800"]', b'["subscribe"]', b'["subscribe",1]', b'["subscribe",{"room":1}]'),
    b"99999999999999999999",
]


async def says_garbage(port: int, dice: Random) -> int:
    line = await opened(port)
    with suppress(OSError):
        for _ in range(FRAMES_EACH):
            said = dice.choice(_WORDS) + b"".join(dice.choice(_INSIDES) for _ in range(dice.randint(0, 4)))
            kind = dice.choice((1, 1, 1, 1, 1, 1, 2, 0, 3, 9, 10, 11))
            line.sendall(frame(kind, said if dice.random() < 0.9 else os.urandom(20)))
        # Enough of it, whatever came before.
        for _ in range(5):
            line.sendall(frame(1, b"garbage"))
    return await was_closed(line)


async def opened(port: int) -> socket.socket:
    """A WebSocket that has said nothing yet."""
    line = said(port, UPGRADE)
    await asyncio.get_running_loop().sock_recv(line, 4096)
    return line


def a_small_line(port: int) -> socket.socket:
    """A line whose kernel keeps next to nothing for whoever does not read."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER_BYTES)
    line.connect(("127.0.0.1", port))
    line.setblocking(False)
    return line


async def enters(line: socket.socket, token: str, room: Room) -> None:
    """Become a client like any other, in this room."""
    await _says(line, UPGRADE, until=b"\r\n\r\n")
    await _says(line, frame(1, b'40{"token":"%b"}' % token.encode()), until=b'40{"sid"')
    await _says(line, frame(1, b'421["subscribe",{"room":"%b"}]' % str(room).encode()), until=b"431[")


async def _says(line: socket.socket, what: bytes, *, until: bytes) -> None:
    loop, heard = asyncio.get_running_loop(), b""
    await loop.sock_sendall(line, what)
    while until not in heard:
        more = await loop.sock_recv(line, 4096)
        if not more:
            raise ConnectionResetError("The hub hung up.")
        heard += more


def said(port: int, what: bytes) -> socket.socket:
    # Past the cable, which would read for whoever does not.
    line = socket.create_connection(("127.0.0.1", port))
    line.sendall(what)
    line.setblocking(False)
    return line


def frame(opcode: int, payload: bytes) -> bytes:
    """One masked frame, by a mask of noughts."""
    length = len(payload)
    head = bytes([0x80 | opcode])
    if length < 126:
        head += bytes([0x80 | length])
    elif length < 1 << 16:
        head += bytes([0x80 | 126]) + struct.pack(">H", length)
    else:
        head += bytes([0x80 | 127]) + struct.pack(">Q", length)
    return head + bytes(4) + payload


async def was_closed(line: socket.socket) -> int:
    """1 once the hub has closed the line; 0 where it does not within some seconds."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(5):
            while await loop.sock_recv(line, 65536):
                pass
    except TimeoutError:
        return 0
    except OSError:
        pass
    finally:
        line.close()
    return 1


async def seconds_until_closed(lines: list[socket.socket], began: float, seconds_max: float) -> list[float]:
    async def wait(line: socket.socket) -> float | None:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout_at(loop.time() + began + seconds_max - time.monotonic()):
                while data := await loop.sock_recv(line, 4096):
                    if data[-1:] == b"2" and data[:1] == b"\x81":
                        await loop.sock_sendall(line, frame(1, b"3"))
        except TimeoutError:
            return None
        except OSError:
            pass
        finally:
            line.close()
        return time.monotonic() - began

    return [one for one in await asyncio.gather(*map(wait, lines)) if one is not None]


async def drip(lines: list[socket.socket]) -> None:
    while True:
        await asyncio.sleep(DRIP_EVERY_SECONDS)
        for line in lines:
            with suppress(OSError):
                line.send(b" ")
