"""Routes for pictures: one that takes a picture as its whole body, and one that shows it.

A picture that is shown has a type of its own and may do nothing, wherever it is opened: no script, no frame, and no
guess of what else it could be. Not its business: what becomes of one (`hub.pictures`), and whose it is.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler
from pydantic import BaseModel

from api import limiting
from api.bodies import read_bytes
from api.callers import address, caller, caller_with
from api.errors import Problem
from api.showing import Look, NotModified, answer_json, shape_of
from hub.keys import HUB
from hub.limits import GENERAL, UPLOAD, Tier, charge
from hub.pictures import DRAWN_TYPE, SENT_BYTES_MAX
from hub.proxies import Address
from hub.rights import Permission

PICTURE_POLICY = "default-src 'none'"
SECONDS_MAX = 60.0
"""For a picture on its way. Whoever sends one is known, and sends few; and a telephone's line may be slow."""

Take = Callable[[Look, bytes, Address | None], Awaitable[BaseModel]]
Show = Callable[[Look], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class TakesPicture:
    """A route whose body is a picture, for whoever may do what it needs."""

    path: str
    take: Take
    needs: Permission
    method = "PUT"
    status = 200
    tier: Tier = UPLOAD

    @property
    def shape(self) -> Any:
        return shape_of(self.take)

    def handler(self) -> Handler:
        async def take(request: web.Request) -> web.Response:
            hub, by = request.app[HUB], await caller(request)
            await limiting.count(request, charge(self.tier, by))
            async with hub.avatars.easel.place(Look(hub, by, self.needs).own_account()):
                by, sent = await caller_with(request, by, _read_picture)
                # What is sent as a picture, and empty, is none.
                if not sent and hdrs.CONTENT_TYPE not in request.headers:
                    raise Problem("no_body")
                return answer_json(await self.take(Look(hub, by, self.needs), sent, address(request)))

        return take


async def _read_picture(request: web.Request) -> bytes:
    return await read_bytes(request, bytes_max=SENT_BYTES_MAX, seconds_max=SECONDS_MAX)


@dataclass(frozen=True, slots=True)
class ShowsPicture:
    """A route that shows a picture, to whoever may do what it needs."""

    path: str
    show: Show
    needs: Permission
    method = "GET"
    status = 200
    tier: Tier = GENERAL

    def handler(self) -> Handler:
        async def show(request: web.Request) -> web.Response:
            by = await caller(request)
            await limiting.count(request, charge(self.tier, by))
            look = Look(request.app[HUB], by, self.needs, request.headers.get("If-None-Match", ""))
            try:
                answer = web.Response(body=await self.show(look), content_type=DRAWN_TYPE)
            except NotModified:
                answer = web.Response(status=304)
            answer.headers["Content-Security-Policy"] = PICTURE_POLICY
            answer.headers["Cache-Control"] = "private, no-cache"
            if look.tag is not None:
                answer.headers["ETag"] = look.tag
            return answer

        return show
