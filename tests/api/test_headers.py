"""What every answer tells browsers, whatever was asked: each address there is, those that are none, and each no."""

import re
from collections.abc import Iterator

import pytest
from aiohttp import web

from api.headers import BY_TLS, FORWARDED_PROTO, SECURITY, STRICT_TRANSPORT
from api.mailbox import LETTER_POLICY
from api.screens import PAGES
from hub.actions.identity import Demo
from hub.people import Role
from tests.api.conftest import Answer, Calls, Client

NOTHING = "019a9f3c-7b00-7000-8000-00000000dead"


def addresses(app: web.Application) -> Iterator[tuple[str, str]]:
    """Every method and address that is routed, once: for the versions of the API, in the hub's own."""
    for route in app.router.routes():
        assert route.resource is not None
        canonical = route.resource.canonical
        if not re.match(r"/api/(?!v2/)", canonical):
            yield route.method, canonical


async def answer_to(client: Client, method: str, path: str, **headers: str) -> Answer:
    async with client.request(method, path, headers=headers, allow_redirects=False) as answer:
        return Answer(answer.status, answer.headers, await answer.read(), None)


def what_is_missing(answer: Answer) -> set[str]:
    return {name for name in (*SECURITY, "X-Request-ID", "Server") if not answer.headers.get(name)}


async def test_every_answer_at_every_address_tells_browsers_to_trust_little(
    client: Client, calls: Calls, demo: Demo
) -> None:
    token = calls(Role.OWNER).token
    asked = 0
    for method, canonical in addresses(client.app):
        path = re.sub(r"{\w+}", NOTHING, canonical)
        for headers in ({}, {"Authorization": f"Bearer {token}"}):
            answer = await answer_to(client, method, path, **headers)
            asked += 1
            assert what_is_missing(answer) == set(), (method, canonical)
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; "), canonical
            assert "frame-ancestors 'none'" in policy, canonical
            assert "unsafe" not in policy.replace("style-src 'unsafe-inline'", "" if policy == LETTER_POLICY else "!")
            assert answer.headers["Server"] == "brigade"
    assert asked > 2 * len(PAGES) + 100


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nothing"), ("PATCH", "/health"), ("PROPFIND", "/"), ("GET", "/api/v0/me")]
)
async def test_so_does_every_answer_where_nothing_is(client: Client, method: str, path: str) -> None:
    answer = await answer_to(client, method, path)
    assert answer.status >= 404
    assert what_is_missing(answer) == set()


@pytest.mark.parametrize("path", ["/", "/docs", "/api/v2/me", "/health", "/nothing"])
@pytest.mark.parametrize(
    ("said", "is_by_tls"), [(None, False), ("http", False), ("https", True), ("http, HTTPS", True), ("https,ws", False)]
)
async def test_who_came_by_tls_comes_by_tls_for_a_year(
    client: Client, path: str, said: str | None, is_by_tls: bool
) -> None:
    answer = await answer_to(client, "GET", path, **({} if said is None else {FORWARDED_PROTO: said}))
    assert answer.headers.get(STRICT_TRANSPORT) == (BY_TLS[STRICT_TRANSPORT] if is_by_tls else None)
