"""Which version of the API a request speaks: by its address, by its header, by its query, in that order.

`v2` is the hub's own. `v1` is what clients of older systems speak: the same routes, said as those said it (`api.v1`).
`v0` is gone. An address without a version, such as `/api/restaurants`, is answered in the one that is asked for, and in
the hub's own where none is. Not its business: how another version is spoken.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum

from aiohttp import web
from aiohttp.typedefs import Handler

from api.errors import Problem
from api.paths import ANY, PREFIX
from api.showing import VERSION_QUERY

HEADER = "API-Version"
GONE = "v0"
GONE_AT = datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)


class Version(StrEnum):
    """What is spoken here."""

    V1 = "v1"
    V2 = "v2"


OWN = Version.V2
VERSION = web.RequestKey("version", Version)

_IN_ADDRESS = re.compile(rf"{ANY}/(v\d{{1,3}})(?=/|$)")
_SAID = re.compile(r"v?(\d{1,3})", re.IGNORECASE)


@web.middleware
async def choose(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find out which version it is, for everything below `/api`. Raises Problem where there is none, or several are."""
    path = request.path
    if not path.startswith(ANY + "/"):
        return await handler(request)
    request[VERSION] = version_of(request)
    answer = await handler(request)
    if _IN_ADDRESS.match(path) is None:
        answer.headers.add("Vary", HEADER)
    return answer


def version_of(request: web.Request) -> Version:
    """The version that a request asks for. Raises Problem."""
    found = _IN_ADDRESS.match(request.path)
    said = [found[1]] if found else []
    said += map(_read, request.headers.getall(HEADER, ()))
    if request.query_string:
        said += map(_read, request.query.getall(VERSION_QUERY, ()))
    if not said:
        return OWN
    if len(set(said)) > 1:
        raise Problem("version_conflict", versions=sorted(set(said)))
    if said[0] == GONE:
        successor = successor_of(request.rel_url.raw_path)
        headers = {"Link": f'<{successor}>; rel="successor-version"', "Sunset": format_datetime(GONE_AT, usegmt=True)}
        raise Problem("version_gone", headers=headers, successor=successor)
    try:
        return Version(said[0])
    except ValueError:
        raise Problem("no_such_route" if found else "version_unknown", versions=[*Version]) from None


def successor_of(path: str) -> str:
    """Where the same is to be found in the hub's own version."""
    found = _IN_ADDRESS.match(path)
    return PREFIX + path[found.end() if found else len(ANY) :]


def _read(given: str) -> str:
    """`v2` for `v2`, `V2` and `2`. Raises Problem for what is no version."""
    found = _SAID.fullmatch(given.strip())
    if found is None:
        raise Problem("version_unknown", versions=[*Version])
    return f"v{int(found[1])}"
