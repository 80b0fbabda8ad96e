"""Asking the hub over REST, as somebody, and carrying on at another hub where one does not answer.

A request that may have been lost on the way is sent again with the same Idempotency-Key, to whichever hub is there:
so a person never does a thing twice, and never learns that a hub died. A refusal is an answer and is not sent again.
"""

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp
import orjson

API = "/api/v2"
SAMPLES_MAX = 100_000

PATIENCE_SECONDS = 60.0
"""How long a request is sent again before somebody gives up."""
KNOCKING_SECONDS = 10.0
"""The same before anything has begun: a hub that was never there is not coming back."""
ANSWER_SECONDS = 10.0
PAUSE_SECONDS_MIN = 0.05
PAUSE_SECONDS_MAX = 1.0

TOO_MANY = 429
IN_PROGRESS = "in_progress"
TOKEN_OVER = frozenset({"token_expired", "session_over"})
"""What is said of a token that opens nothing any more, where there is a way to another."""
RENEW_AFTER_SHARE = 2 / 3
"""Of its time, after which a token is exchanged for the next: so that there is time left to try again."""
SILENT = "silent"
"""How it is counted when no answer came at all."""


class Refusal(Exception):
    """The hub said no, by a stable code. `facts` are the other members of the problem."""

    def __init__(self, status: int, code: str, sentence: str, facts: dict[str, Any]) -> None:
        self.status, self.code, self.sentence, self.facts = status, code, sentence, facts
        super().__init__(f"{code}: {sentence}")


class NobodyAnswers(Exception):
    """No hub answered a request for as long as somebody was ready to wait."""


class _TryAgain(Exception):
    """A hub answered that it cannot just now."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in."""

    role: str
    email: str
    password: str = field(repr=False)


class UnreadableAccounts(ValueError):
    """The file of accounts is not there, or not one."""


def read_accounts(path: Path) -> list[Account]:
    """Who can sign in: `{"accounts": [{"role", "email", "password"}, …]}`. Raises UnreadableAccounts."""
    try:
        found = orjson.loads(path.read_bytes())["accounts"]
        return [Account(one["role"], one["email"], one["password"]) for one in found]
    except OSError as error:
        raise UnreadableAccounts(f"{path} cannot be read: {error.strerror}.") from None
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise UnreadableAccounts(f"{path} is not a list of accounts, each with role, email and password.") from None


@dataclass(slots=True)
class Hubs:
    """The hubs of a house; everyone begins at the one that comes next, and turns to the next where one is silent."""

    urls: Sequence[str]
    _next: int = 0

    def one(self) -> "HubInUse":
        self._next += 1
        return HubInUse(self.urls, self._next - 1)


@dataclass(slots=True)
class HubInUse:
    urls: Sequence[str]
    _at: int

    @property
    def url(self) -> str:
        return self.urls[self._at % len(self.urls)]

    def turn(self) -> None:
        self._at += 1


class Badge:
    """A token, for everybody who works under one account. A guest's is a link, and has no account."""

    def __init__(self, account: Account | None = None, *, link: str | None = None) -> None:
        self._account = account
        self._token = link
        self._refresh_token: str | None = None
        self._renew_at = math.inf
        self._renewing = asyncio.Lock()

    async def token(self, door: "Door") -> str:
        """The token, or the next one where it ends soon. Signs in where there is none; once for all who ask."""
        async with self._renewing:
            if self._token is None or time.monotonic() >= self._renew_at:
                signed_in = await self._go_on(door) or await self._sign_in(door)
                self._token, self._refresh_token = str(signed_in["accessToken"]), str(signed_in["refreshToken"])
                self._renew_at = time.monotonic() + RENEW_AFTER_SHARE * signed_in["expiresInSeconds"]
            return self._token

    @property
    def renew_in_seconds(self) -> float:
        """How long until the next token is due; for ever with a link."""
        return self._renew_at - time.monotonic()

    def has_expired(self) -> bool:
        """Forget the token. False where there is no way to another."""
        if self._account is None:
            return False
        self._token = None
        return True

    async def _go_on(self, door: "Door") -> Any:
        """The next token of the same session. None where there is no session, or it has ended."""
        if self._refresh_token is None:
            return None
        body = {"refreshToken": self._refresh_token, "commandId": uuid4().hex}
        self._refresh_token = None
        try:
            return await door.request("POST", "/auth/refresh", body)
        except Refusal as refusal:
            if refusal.status != HTTPStatus.UNAUTHORIZED:
                raise
            return None

    async def _sign_in(self, door: "Door") -> Any:
        assert self._account is not None, "a link is a token"
        credentials = {"email": self._account.email, "password": self._account.password}
        return await door.request("POST", "/auth/login", credentials)


@dataclass(slots=True)
class Calls:
    """What was asked of hubs: requests answered, requests sent again by reason, and how long the latest took."""

    requests: int = 0
    retries: Counter[str] = field(default_factory=Counter)
    rest_ms: deque[float] = field(default_factory=lambda: deque(maxlen=SAMPLES_MAX))


class Door:
    """One person's way to ask."""

    def __init__(
        self,
        web: aiohttp.ClientSession,
        hub: HubInUse,
        badge: Badge,
        calls: Calls,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._web = web
        self._hub = hub
        self._badge = badge
        self._calls = calls
        self._patience_seconds = patience_seconds

    async def token(self) -> str:
        return await self._badge.token(self)

    @property
    def renew_in_seconds(self) -> float:
        return self._badge.renew_in_seconds

    def has_expired(self) -> bool:
        return self._badge.has_expired()

    async def get(self, path: str, **query: str | int) -> Any:
        """What there is at an address. Raises Refusal and NobodyAnswers."""
        return await self._as_somebody("GET", path, None, query)

    async def ask(self, path: str, body: dict[str, Any] | None = None, *, method: str = "POST") -> Any:
        """Ask for something to be done, once however often it must be sent. Raises Refusal and NobodyAnswers."""
        return await self._as_somebody(method, path, body or {}, {})

    async def _as_somebody(self, method: str, path: str, body: dict[str, Any] | None, query: dict[str, Any]) -> Any:
        key = uuid4().hex
        try:
            return await self.request(method, path, body, query=query, key=key, token=await self.token())
        except Refusal as refusal:
            if refusal.code not in TOKEN_OVER or not self.has_expired():
                raise
        return await self.request(method, path, body, query=query, key=key, token=await self.token())

    async def request(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None,
        *,
        query: dict[str, Any] | None = None,
        key: str | None = None,
        token: str | None = None,
    ) -> Any:
        """Send a request until a hub answers it. Raises Refusal and NobodyAnswers."""
        headers = {"Idempotency-Key": key} if key and body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        gives_up_at, pause = time.monotonic() + self._patience_seconds, PAUSE_SECONDS_MIN
        while True:
            try:
                return await self._send(method, path, body, query or {}, headers)
            except (aiohttp.ClientError, TimeoutError, OSError, _TryAgain) as why:
                self._calls.retries[str(why) if isinstance(why, _TryAgain) else SILENT] += 1
                if time.monotonic() + pause > gives_up_at:
                    sentence = f"No hub answered {method} {path} for {self._patience_seconds:.0f} s: {why}."
                    raise NobodyAnswers(sentence) from why
            self._hub.turn()
            await asyncio.sleep(pause)
            pause = min(pause * 2, PAUSE_SECONDS_MAX)

    async def _send(
        self, method: str, path: str, body: dict[str, Any] | None, query: dict[str, Any], headers: dict[str, str]
    ) -> Any:
        data = None if body is None else orjson.dumps(body)
        if data is not None:
            headers = {**headers, "Content-Type": "application/json"}
        began = time.perf_counter()
        async with self._web.request(
            method,
            self._hub.url + API + path,
            data=data,
            params=query,
            headers=headers,
            timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS),
        ) as response:
            text = await response.read()
        if response.status < 400:
            self._count(began)
            return orjson.loads(text)
        problem = _problem(text)
        code = str(problem.get("code", response.status))
        if response.status >= 500 or response.status == TOO_MANY or code == IN_PROGRESS:
            raise _TryAgain(code)
        self._count(began)
        raise Refusal(response.status, code, str(problem.get("detail", "")), problem)

    def _count(self, began: float) -> None:
        self._calls.requests += 1
        self._calls.rest_ms.append((time.perf_counter() - began) * 1000)


def _problem(text: bytes) -> dict[str, Any]:
    """What a hub, or whatever stands before it, says of a failure."""
    try:
        problem = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return problem if isinstance(problem, dict) else {}
