"""Every no in the words of HTTP: refusals, wrong fields, unknown addresses and crashes become problems (RFC 9457).

This is the one place where that happens. A problem has a stable `code`, a sentence in `detail`, and the refusal's
facts as members of their own. Not its business: which rule refuses, and what the sentence says.
"""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any
from uuid import UUID

import orjson
import structlog
from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic.alias_generators import to_camel

from api.watching import method_of, route_of
from hub.domain.refusals import BadInput, Kind, Refused
from hub.keys import HUB

log = structlog.get_logger("brigade.http")

PROBLEM_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 1

STATUSES: Mapping[Kind, HTTPStatus] = MappingProxyType(
    {
        Kind.INVALID: HTTPStatus.BAD_REQUEST,
        Kind.UNAUTHORIZED: HTTPStatus.UNAUTHORIZED,
        Kind.FORBIDDEN: HTTPStatus.FORBIDDEN,
        Kind.MISSING: HTTPStatus.NOT_FOUND,
        Kind.CONFLICT: HTTPStatus.CONFLICT,
        Kind.MISMATCH: HTTPStatus.UNPROCESSABLE_ENTITY,
        Kind.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        Kind.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
        Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    }
)

OWN_CODES: Mapping[str, tuple[HTTPStatus, str]] = MappingProxyType(
    {
        "not_json": (HTTPStatus.BAD_REQUEST, "The body is not a JSON object."),
        "bad_request": (HTTPStatus.BAD_REQUEST, "This is not a request the hub can read."),
        "no_such_route": (HTTPStatus.NOT_FOUND, "There is nothing at this address."),
        "wrong_method": (HTTPStatus.METHOD_NOT_ALLOWED, "This address does not know that method."),
        "too_slow": (HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time."),
        "too_large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large."),
        "internal": (HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. It was written down."),
    }
)
"""What only HTTP can get wrong: code, status and sentence."""

PROBLEM_MEMBERS = frozenset({"type", "title", "status", "detail", "code", "instance"})


class Problem(Exception):
    """A request that HTTP itself says no to, by one of OWN_CODES. The sender is cut off where `must_close`."""

    def __init__(self, code: str, *, must_close: bool = False) -> None:
        self.code = code
        self.must_close = must_close
        super().__init__(code)


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer a problem wherever a handler raised. A crash is logged here, once, and not explained to the outside."""
    try:
        if not request.raw_path.startswith("/"):
            # An absolute-form target is for proxies, and its host would pass for ours.
            raise Problem("bad_request", must_close=True)
        return await handler(request)
    except Refused as refusal:
        _note(request, refusal.code)
        return answer_refusal(refusal)
    except Problem as problem:
        return _answer_own(problem)
    except web.HTTPException as raised:
        return _answer_raised(raised)
    except Exception:
        log.exception("A request crashed.", method=request.method)
        _note(request, "internal")
        return _answer_own(Problem("internal"))


def _note(request: web.Request, code: str) -> None:
    """Let operators see it. What HTTP itself says no to is no refusal: strangers ask for anything."""
    request.app[HUB].metrics.refused.note(code, "api", f"{method_of(request)} {route_of(request)}")


def answer_refusal(refusal: Refused) -> web.Response:
    """The problem that a refusal is on the wire."""
    own = {"problem", "errors"} if isinstance(refusal, BadInput) else set()
    facts = {_member(name): value for name, value in refusal.facts.items() if name not in own and _is_plain(value)}
    if isinstance(refusal, BadInput):
        facts["errors"] = refusal.facts.get("errors", [])
    # As in an acknowledgement: whoever has a queue to send need not know statuses.
    facts["retry"] = refusal.should_try_again
    answer = _answer(STATUSES[refusal.kind], refusal.code, refusal.sentence, facts)
    if refusal.kind is Kind.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if refusal.should_try_again:
        answer.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer


def _answer_own(problem: Problem) -> web.Response:
    status, sentence = OWN_CODES[problem.code]
    answer = _answer(status, problem.code, sentence, {})
    if problem.must_close:
        answer.force_close()
    return answer


def _answer_raised(raised: web.HTTPException) -> web.StreamResponse:
    """What aiohttp itself raised: its router, or its reading of the request."""
    match raised:
        case web.HTTPNotFound():
            return _answer_own(Problem("no_such_route"))
        case web.HTTPMethodNotAllowed():
            answer = _answer_own(Problem("wrong_method"))
            answer.headers["Allow"] = ", ".join(sorted(raised.allowed_methods))
            return answer
        case web.HTTPRequestEntityTooLarge():
            return _answer_own(Problem("too_large", must_close=True))
        case _ if raised.status >= HTTPStatus.BAD_REQUEST:
            return _answer(HTTPStatus(raised.status), "bad_request", OWN_CODES["bad_request"][1], {})
        case _:
            raise raised


def _answer(status: HTTPStatus, code: str, detail: str, facts: Mapping[str, Any]) -> web.Response:
    body = {
        "type": "about:blank",
        "title": phrase_of(status),
        "status": status,
        "detail": detail,
        "code": code,
        **facts,
    }
    # `str` for what only resembles a UUID: asyncpg has a class of its own.
    return web.Response(body=orjson.dumps(body, default=str), status=status, content_type=PROBLEM_TYPE)


def phrase_of(status: HTTPStatus) -> str:
    """The status in the words of RFC 9110. Older Pythons still know two of them by older ones."""
    return {413: "Content Too Large", 422: "Unprocessable Content"}.get(status, status.phrase)


def _member(fact: str) -> str:
    """A fact's name on the wire. `status` is the answer's own there, so the thing's is `itsStatus`."""
    return to_camel(f"its_{fact}" if fact in PROBLEM_MEMBERS else fact)


def _is_plain(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(one) for one in value)
    return value is None or isinstance(value, str | int | float | UUID)
