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

from api.watching import ID, method_of, route_of
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
        Kind.UNFIT: HTTPStatus.UNPROCESSABLE_ENTITY,
        Kind.MISMATCH: HTTPStatus.UNPROCESSABLE_ENTITY,
        Kind.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        Kind.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
        Kind.LOCKED: HTTPStatus.LOCKED,
        Kind.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
        Kind.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    }
)

OWN_CODES: Mapping[str, tuple[HTTPStatus, str]] = MappingProxyType(
    {
        "not_json": (HTTPStatus.BAD_REQUEST, "The body is not a JSON object."),
        "no_body": (HTTPStatus.BAD_REQUEST, "There is nothing in the body. Send the picture."),
        "bad_request": (HTTPStatus.BAD_REQUEST, "This is not a request the hub can read."),
        "version_conflict": (HTTPStatus.BAD_REQUEST, "This asks for several versions of the API at once. Choose one."),
        "version_unknown": (HTTPStatus.BAD_REQUEST, "There is no such version of the API."),
        "version_gone": (HTTPStatus.GONE, "This version of the API has ended. Ask the next one, at `successor`."),
        "no_such_route": (HTTPStatus.NOT_FOUND, "There is nothing at this address."),
        "wrong_method": (HTTPStatus.METHOD_NOT_ALLOWED, "This address does not know that method."),
        "too_slow": (HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time."),
        "too_large": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The body is too large."),
        "internal": (HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong here. It was written down."),
    }
)
"""What only HTTP can get wrong: code, status and sentence."""

_NONE: Mapping[str, str] = MappingProxyType({})

PROBLEM_MEMBERS = frozenset({"type", "title", "status", "detail", "code", "instance"})


class Problem(Exception):
    """A request that HTTP itself says no to, by one of OWN_CODES. The sender is cut off where `must_close`.

    `facts` are further members of the answer.
    """

    def __init__(
        self, code: str, *, must_close: bool = False, headers: Mapping[str, str] = _NONE, **facts: object
    ) -> None:
        self.code = code
        self.must_close = must_close
        self.headers = headers
        self.facts = facts
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
        return answer_refusal(refusal, request.get(ID))
    except Problem as problem:
        return _answer_own(problem, request.get(ID))
    except web.HTTPException as raised:
        return _answer_raised(raised, request.get(ID))
    except Exception:
        log.exception("A request crashed.", method=request.method)
        _note(request, "internal")
        return _answer_own(Problem("internal"), request.get(ID))


def _note(request: web.Request, code: str) -> None:
    """Let operators see it. What HTTP itself says no to is no refusal: strangers ask for anything."""
    request.app[HUB].metrics.refused.note(code, "api", f"{method_of(request)} {route_of(request)}")


def answer_refusal(refusal: Refused, request_id: str | None = None) -> web.Response:
    """The problem that a refusal is on the wire. By its request's id the log's lines about it are found."""
    own = {"problem", "errors"} if isinstance(refusal, BadInput) else set()
    facts = {_member(name): value for name, value in refusal.facts.items() if name not in own and _is_plain(value)}
    if isinstance(refusal, BadInput):
        facts["errors"] = refusal.facts.get("errors", [])
    # As in an acknowledgement: whoever has a queue to send need not know statuses.
    facts["retry"] = refusal.should_try_again
    answer = _answer(STATUSES[refusal.kind], refusal.code, refusal.sentence, facts, request_id)
    if refusal.kind is Kind.UNAUTHORIZED:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if refusal.should_try_again:
        answer.headers["Retry-After"] = str(refusal.facts.get("retry_after_seconds", RETRY_AFTER_SECONDS))
    return answer


def _answer_own(problem: Problem, request_id: str | None) -> web.Response:
    status, sentence = OWN_CODES[problem.code]
    answer = _answer(status, problem.code, sentence, problem.facts, request_id)
    answer.headers.update(problem.headers)
    if problem.must_close:
        answer.force_close()
    return answer


def _answer_raised(raised: web.HTTPException, request_id: str | None) -> web.StreamResponse:
    """What aiohttp itself raised: its router, or its reading of the request."""
    match raised:
        case web.HTTPNotFound():
            return _answer_own(Problem("no_such_route"), request_id)
        case web.HTTPMethodNotAllowed():
            answer = _answer_own(Problem("wrong_method"), request_id)
            answer.headers["Allow"] = ", ".join(sorted(raised.allowed_methods))
            return answer
        case web.HTTPRequestEntityTooLarge():
            return _answer_own(Problem("too_large", must_close=True), request_id)
        case _ if raised.status >= HTTPStatus.BAD_REQUEST:
            return _answer(HTTPStatus(raised.status), "bad_request", OWN_CODES["bad_request"][1], {}, request_id)
        case _:
            raise raised


def _answer(
    status: HTTPStatus, code: str, detail: str, facts: Mapping[str, Any], request_id: str | None
) -> web.Response:
    body = {
        "type": "about:blank",
        "title": phrase_of(status),
        "status": status,
        "detail": detail,
        "code": code,
        **({} if request_id is None else {"requestId": request_id}),
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
