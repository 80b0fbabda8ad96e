"""A person's door: asked once however often it is sent, at whichever hub is there; a no is a no."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from hub import caller
from hub.caller import Account, Badge, Calls, Door, Hubs, NobodyAnswers, Refusal

Answer = Callable[[web.Request], Awaitable[web.Response]]


class StandIn:
    """Something that answers like a hub, one answer after the other, and remembers what it was asked with."""

    def __init__(self, *answers: web.Response) -> None:
        self.answers = list(answers)
        self.keys: list[str | None] = []
        self.tokens: list[str | None] = []
        self.logins = 0
        self.renewals: list[dict[str, str]] = []
        self.is_over = False
        self.lasts_seconds = 900
        self.url = ""

    def _signs_in(self, token: str) -> web.Response:
        return web.json_response(
            {"accessToken": token, "refreshToken": f"after-{token}", "expiresInSeconds": self.lasts_seconds}
        )

    async def answer(self, request: web.Request) -> web.Response:
        if request.path.endswith("/auth/login"):
            self.logins += 1
            return self._signs_in(f"token-{self.logins}")
        if request.path.endswith("/auth/refresh"):
            self.renewals.append(await request.json())
            return self.answers.pop(0) if self.is_over else self._signs_in(f"next-{len(self.renewals)}")
        self.keys.append(request.headers.get("Idempotency-Key"))
        self.tokens.append(request.headers.get("Authorization"))
        return self.answers.pop(0)


@asynccontextmanager
async def standing_in(*hubs: StandIn) -> AsyncIterator[None]:
    runners = []
    for hub in hubs:
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", hub.answer)
        runner = web.AppRunner(application)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        runners.append(runner)
    try:
        yield
    finally:
        for runner in runners:
            await runner.cleanup()


def no(status: int, code: str, **facts: str) -> web.Response:
    return web.json_response({"status": status, "code": code, "detail": "No.", **facts}, status=status)


def yes() -> web.Response:
    return web.json_response({"done": True})


@pytest.fixture(autouse=True)
def _in_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long before asking again."""
    monkeypatch.setattr(caller, "PAUSE_SECONDS_MIN", 0.001)
    monkeypatch.setattr(caller, "PAUSE_SECONDS_MAX", 0.01)


@pytest.fixture
async def sessions() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_request_goes_on_at_another_hub_with_the_same_key(sessions: aiohttp.ClientSession) -> None:
    calls, alive = Calls(), StandIn(no(503, "busy"), no(409, "in_progress"), no(500, "internal"), yes())
    async with standing_in(alive):
        dead = "http://127.0.0.1:1"
        way = Door(sessions, Hubs((dead, alive.url)).one(), Badge(link="a-link"), calls)
        assert await way.ask("/tickets/x/bump") == {"done": True}
    assert len(set(alive.keys)) == 1
    assert alive.keys[0]
    assert alive.tokens == ["Bearer a-link"] * 4
    # Every refused connection and every answer that was none; and one that was.
    assert calls.requests == 1
    assert calls.retries == {"silent": 4, "busy": 1, "in_progress": 1, "internal": 1}


async def test_every_request_has_a_key_of_its_own_and_looking_has_none(sessions: aiohttp.ClientSession) -> None:
    hub = StandIn(yes(), yes(), yes())
    async with standing_in(hub):
        way = Door(sessions, Hubs((hub.url,)).one(), Badge(link="a-link"), Calls())
        await way.ask("/a")
        await way.ask("/a")
        await way.get("/a")
    assert hub.keys[0] != hub.keys[1]
    assert hub.keys[2] is None


async def test_a_refusal_is_an_answer_and_is_not_sent_again(sessions: aiohttp.ClientSession) -> None:
    calls, hub = Calls(), StandIn(no(409, "item_eighty_sixed", itemId="soup"))
    async with standing_in(hub):
        way = Door(sessions, Hubs((hub.url,)).one(), Badge(link="a-link"), calls)
        with pytest.raises(Refusal) as refused:
            await way.ask("/orders")
    assert (refused.value.status, refused.value.code, refused.value.facts["itemId"]) == (
        409,
        "item_eighty_sixed",
        "soup",
    )
    assert (calls.retries.total(), calls.requests) == (0, 1)


async def test_people_of_one_account_sign_in_once_and_go_on_with_the_next_token(
    sessions: aiohttp.ClientSession,
) -> None:
    hub = StandIn(yes(), yes(), no(401, "token_expired"), yes())
    async with standing_in(hub):
        badge = Badge(Account("waiter", "w@example.test", "secret"))
        hubs = Hubs((hub.url,))
        one, other = (Door(sessions, hubs.one(), badge, Calls()) for _ in range(2))
        await one.ask("/a")
        await other.ask("/a")
        await one.ask("/a")
    assert hub.tokens == ["Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer next-1"]
    assert hub.keys[2] == hub.keys[3]
    assert [one["refreshToken"] for one in hub.renewals] == ["after-token-1"]
    assert hub.renewals[0]["commandId"]
    assert "secret" not in repr(Account("waiter", "w@example.test", "secret"))


async def test_a_token_that_ends_soon_is_exchanged_before_it_does(sessions: aiohttp.ClientSession) -> None:
    hub = StandIn(yes(), yes(), yes())
    hub.lasts_seconds = 0
    async with standing_in(hub):
        way = Door(sessions, Hubs((hub.url,)).one(), Badge(Account("waiter", "w@example.test", "secret")), Calls())
        for _ in range(3):
            await way.get("/a")
    assert hub.tokens == ["Bearer token-1", "Bearer next-1", "Bearer next-2"]
    assert [one["refreshToken"] for one in hub.renewals] == ["after-token-1", "after-next-1"]


async def test_whose_session_has_ended_signs_in_again(sessions: aiohttp.ClientSession) -> None:
    hub = StandIn(no(401, "token_expired"), no(401, "session_over"), yes())
    hub.is_over = True
    async with standing_in(hub):
        way = Door(sessions, Hubs((hub.url,)).one(), Badge(Account("waiter", "w@example.test", "secret")), Calls())
        assert await way.get("/a") == {"done": True}
    assert (hub.logins, hub.tokens) == (2, ["Bearer token-1", "Bearer token-2"])


async def test_a_guests_link_that_has_run_out_is_a_refusal(sessions: aiohttp.ClientSession) -> None:
    hub = StandIn(no(401, "token_expired"))
    async with standing_in(hub):
        with pytest.raises(Refusal, match="token_expired"):
            await Door(sessions, Hubs((hub.url,)).one(), Badge(link="a-link"), Calls()).get("/a")


async def test_where_nobody_answers_it_is_given_up_after_a_while(
    sessions: aiohttp.ClientSession,
) -> None:
    calls, nowhere = Calls(), Hubs(("http://127.0.0.1:1", "http://127.0.0.1:2"))
    way = Door(sessions, nowhere.one(), Badge(link="a-link"), calls, patience_seconds=0.3)
    with pytest.raises(NobodyAnswers, match="No hub answered POST /a"):
        await way.ask("/a")
    assert calls.retries["silent"] >= 2


def test_everybody_begins_at_the_hub_that_comes_next() -> None:
    hubs = Hubs(("a", "b"))
    assert [hubs.one().url for _ in range(4)] == ["a", "b", "a", "b"]
