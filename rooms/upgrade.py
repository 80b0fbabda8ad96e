"""From a request to a connection of our own: aiohttp reads the request, and then lets go of the socket.

The WebSocket handshake is RFC 6455, section 4.2. No extension is ever agreed to, compression least of all: it would be
done once for each client, and is most of what a busy hub can be made to do. This is the rooms' only module that
touches aiohttp's inside.
"""

import asyncio
import base64
import binascii
from hashlib import sha1

from aiohttp import hdrs, web
from aiohttp.abc import AbstractStreamWriter

VERSION = "13"
KEY_BYTES = 16
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def may_upgrade(request: web.Request) -> bool:
    """Whether this is a client's opening handshake. One with a body is none: here it would be read as frames, and by a
    proxy perhaps as another request."""
    headers = request.headers
    return (
        hdrs.TRANSFER_ENCODING not in headers
        and headers.get(hdrs.CONTENT_LENGTH, "0") == "0"
        and headers.get(hdrs.UPGRADE, "").strip().lower() == "websocket"
        and "upgrade" in (word.strip().lower() for word in headers.get(hdrs.CONNECTION, "").split(","))
        and headers.get(hdrs.SEC_WEBSOCKET_VERSION) == VERSION
        and _is_key(headers.get(hdrs.SEC_WEBSOCKET_KEY, ""))
    )


def accepted(request: web.Request) -> bytes:
    """The answer that ends the handshake."""
    key = request.headers[hdrs.SEC_WEBSOCKET_KEY].encode()
    token = base64.b64encode(sha1(key + GUID, usedforsecurity=False).digest())
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: %b\r\n\r\n" % token
    )


def take_over(request: web.Request, protocol: asyncio.Protocol) -> bytes | None:
    """Let the protocol have the request's connection, from `connection_made` on; aiohttp forgets it.

    Answers what the client has sent behind its request already, or None where it has left.
    """
    before = request.protocol
    transport = before.transport
    if transport is None or transport.is_closing():
        return None
    tail: bytes = before._message_tail
    # As if the client had left, for aiohttp; without its transport, it cannot close it.
    before.transport = None
    before.connection_lost(None)
    transport.set_protocol(protocol)
    protocol.connection_made(transport)
    # aiohttp stops reading where much came behind the request.
    transport.resume_reading()
    return tail


class TakenOver(web.StreamResponse):
    """What aiohttp is given for a request whose connection is another's now: there is nobody to send it to."""

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        return None

    async def write_eof(self, data: bytes = b"") -> None:
        pass


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
