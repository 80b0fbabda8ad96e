"""The routes as the first version speaks them: asked in its words, answered by the hub's handler, said in its words.

One function for every route there is. Not its business: a no, and what stands in headers (`api.v1.envelope`).
"""

from collections.abc import Mapping
from typing import Any

import orjson
from aiohttp import web
from aiohttp.typedefs import Handler
from multidict import MultiDict

from api import audit, orders
from api.pictures import ShowsPicture
from api.schemas import Route, answer_of
from api.showing import ASKED_QUERY, DIALECT, JSON, VERSION_QUERY, Listed, Paged, Shows
from api.v1 import pages, statuses
from api.v1.envelope import enveloped

STATUS = "status"
INSTEAD: Mapping[Any, Any] = {
    orders.page: orders.numbered,
    audit.of_restaurant: audit.numbered,
    audit.of_platform: audit.numbered_of_platform,
}
"""Looks that the hub takes page after page, and their like with numbers and totals."""


def spoken(route: Route) -> Route:
    """The route that answers in this version."""
    if isinstance(route, Shows) and route.look in INSTEAD:
        return Shows(route.path, INSTEAD[route.look], route.needs, route.tier)
    return route


def handler_of(route: Route) -> Handler:
    """What answers a request of this version."""
    own = spoken(route)
    if isinstance(own, ShowsPicture):
        # A picture has no envelope.
        return own.handler()
    model, handle = answer_of(own), own.handler()
    rename, is_list = statuses.renaming(model), issubclass(model, Listed)

    async def answer(request: web.Request) -> web.StreamResponse:
        paged = pages.paged(request.query) if is_list else None
        request[DIALECT] = "-v1"
        request[ASKED_QUERY] = _query(request, is_numbered=own is not route, is_list=is_list)
        native = await handle(request)
        if not isinstance(native, web.Response) or native.content_type != JSON or not native.body:
            return native
        assert isinstance(native.body, bytes)
        if rename is None and paged is None:
            native.body = enveloped(request, native.body)
            return native
        data, pagination = orjson.loads(native.body), None
        if rename is not None:
            rename(data)
        if paged is not None:
            items = data["items"] if "total" in data else pages.cut(data["items"], paged)
            pagination = pages.Pagination.of(paged, data.get("total", len(data["items"])))
            data = items
        native.body = enveloped(request, data, pagination)
        return native

    return answer


def _query(request: web.Request, *, is_numbered: bool, is_list: bool) -> MultiDict[str]:
    """The query in the hub's own words."""
    said: MultiDict[str] = MultiDict()
    for name, value in request.query.items():
        if name == VERSION_QUERY or (is_list and not is_numbered and name in Paged.model_fields):
            continue
        for one in statuses.meant(value) if name == STATUS else (value,):
            said.add(name, one)
    return said
