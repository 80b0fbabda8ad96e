"""Whoever sends a request's body too slowly is told so, and then hung up on, however much more drips in."""

import asyncio

import pytest

import api.bodies
from hub import serving
from tests.support.hubs import a_hub

PATIENCE_SECONDS = 8.0
BEGUN = (
    b"POST /api/v2/auth/login HTTP/1.1\r\nHost: hub\r\n"
    b'Content-Type: application/json\r\nContent-Length: 90\r\n\r\n{"email":'
)


async def test_half_a_body_does_not_keep_its_connection(
    database_url: str, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.bodies, "BODY_SECONDS_MAX", 0.1)
    monkeypatch.setattr(serving, "LINGER_SECONDS_MAX", 0.1)
    async with a_hub(database_url, redis_url) as hub, asyncio.timeout(PATIENCE_SECONDS):
        host, port = hub.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(BEGUN)
        said = await reader.read()
        assert said.startswith(b"HTTP/1.1 408")
        assert b'"too_slow"' in said
        writer.close()
