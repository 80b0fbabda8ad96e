"""Requests whose end two readers would see in different places: each is refused, and nothing behind it is answered."""

import asyncio
import re

import pytest
from yarl import URL

from tests.support.hubs import RunningHub

PATIENCE_SECONDS = 10.0
HIDDEN = b"GET /health/live HTTP/1.1\r\nHost: hub\r\n\r\n"
"""What somebody hopes is taken for a request of its own."""

_POST = b"POST /api/v2/auth/login HTTP/1.1\r\nHost: hub\r\n"
_GET = b"GET /health/live HTTP/1.1\r\nHost: hub\r\n"
_UPGRADE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: hub\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
_CHUNKED = b"Transfer-Encoding: chunked\r\n"

VARIANTS = {
    "both lengths": _POST + b"Content-Length: 5\r\n" + _CHUNKED + b"\r\n0\r\n\r\n",
    "both lengths, the other way round": _POST + _CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n",
    "two lengths": _POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "two lengths alike": _POST + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "a list of lengths": _POST + b"Content-Length: 5, 5\r\n\r\nhello",
    "a length with a sign": _POST + b"Content-Length: +5\r\n\r\nhello",
    "a length below nothing": _POST + b"Content-Length: -5\r\n\r\nhello",
    "a length in hexadecimal": _POST + b"Content-Length: 0x5\r\n\r\nhello",
    "a length in two words": _POST + b"Content-Length: 5 5\r\n\r\nhello",
    "a length that is huge": _POST + b"Content-Length: 99999999999999999999999\r\n\r\nhello",
    "another coding": _POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two codings": _POST + _CHUNKED + b"Transfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "chunked, but not last": _POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "a blank before the colon": _POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a coding after a control character": _POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a folded header": _POST + b"X-Folded: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a header without a colon": _POST + b"Transfer-Encoding\r\n\r\n",
    "a header without a name": _POST + b": chunked\r\n\r\n",
    "nothing in a header": _POST + b"X-Nothing: a\x00b\r\n\r\n",
    "lines that end in one character": _GET.replace(b"\r\n", b"\n") + b"\n",
    "lines that end in the other": _GET.replace(b"\r\n", b"\r") + b"\r",
    "a chunk whose size is a word": _POST + _CHUNKED + b"\r\nhello\r\n0\r\n\r\n",
    "a chunk in hexadecimal, as said": _POST + _CHUNKED + b"\r\n0x5\r\nhello\r\n0\r\n\r\n",
    "a chunk that is huge": _POST + _CHUNKED + b"\r\nfffffffffffffffff\r\nhello\r\n0\r\n\r\n",
    "a chunk longer than it says": _POST + _CHUNKED + b"\r\n3\r\nhello\r\n0\r\n\r\n",
    "chunked in an old version": _POST.replace(b"1.1", b"1.0") + _CHUNKED + b"\r\n0\r\n\r\n",
    "a version that there is not": _GET.replace(b"HTTP/1.1", b"HTTP/1.9") + b"\r\n",
    "a version in small letters": _GET.replace(b"HTTP/1.1", b"http/1.1") + b"\r\n",
    "somebody else's address": _GET.replace(b"/health", b"http://elsewhere.example/health") + b"\r\n",
    "an upgrade with a body": _UPGRADE + b"Content-Length: 43\r\n\r\n",
    "an upgrade in chunks": _UPGRADE + _CHUNKED + b"\r\n2b\r\n",
}


@pytest.mark.parametrize("variant", VARIANTS)
async def test_what_two_readers_would_read_differently_is_refused_and_hung_up_on(hub: RunningHub, variant: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", URL(hub.url).port)
    writer.write(VARIANTS[variant] + HIDDEN)
    async with asyncio.timeout(PATIENCE_SECONDS):
        answered = await reader.read()
    writer.close()
    assert answered.startswith((b"HTTP/1.1 400 ", b"HTTP/1.0 400 ")), answered[:80]
    assert len(re.findall(rb"(?m)^HTTP/1\.\d \d{3} ", answered)) == 1, "nothing behind it is answered"
