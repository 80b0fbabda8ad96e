"""The documents of this door, and the pages that show them. The pages load nothing from anywhere else.

The rooms' own document is theirs to make: whoever puts the hub together hands it in. `rooms.html` shows it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from aiohttp import web

from api import openapi
from api.schemas import Route

FOLDER = Path(__file__).with_name("pages")

TYPES: Mapping[str, str] = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Show = Callable[[web.Request], Awaitable[web.Response]]


def page(name: str) -> Show:
    """Show one file of the folder."""
    path = FOLDER / name
    content_type = TYPES[path.suffix]

    async def show(request: web.Request) -> web.Response:
        headers = {"Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"}
        return web.Response(body=_read(path), content_type=content_type, charset="utf-8", headers=headers)

    return show


def openapi_of(chapters: Mapping[str, Sequence[Route]]) -> Show:
    """Show the OpenAPI document of these routes."""
    return document(lambda: openapi.document(chapters))


def document(make: Callable[[], Mapping[str, Any]]) -> Show:
    """Show a document. It is made when it is first asked for, beside everything else that goes on, and kept."""

    @cache
    def made() -> bytes:
        return orjson.dumps(make())

    async def show(request: web.Request) -> web.Response:
        body = await asyncio.to_thread(made)
        return web.Response(body=body, content_type="application/json", headers={"Cache-Control": "no-cache"})

    return show


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()
