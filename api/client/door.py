"""The way to a hub's addresses: from a function's arguments to a request, and from its answer to a value or a no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
import orjson

PREFIX = "/api/v2"
IDEMPOTENCY_KEY = "Idempotency-Key"

Facts = Mapping[str, Any]


class Refusal(Exception):
    """The hub said no. `code` is stable; `facts` are all that it said besides, such as ids and names."""

    def __init__(self, code: str, sentence: str, *, status: int | None = None, facts: Facts | None = None) -> None:
        self.code, self.sentence, self.status, self.facts = code, sentence, status, facts or {}
        super().__init__(f"{code}: {sentence}")

    @property
    def should_try_again(self) -> bool:
        """Whether the same may do better in a moment."""
        return bool(self.facts.get("retry", False))


@dataclass(slots=True)
class Door:
    """A hub's addresses, for whoever comes with this token, link or key; for nobody known without one."""

    web: aiohttp.ClientSession
    url: str
    token: str | None = field(default=None, repr=False)

    async def send(
        self,
        method: str,
        path: str,
        named: Mapping[str, object] | None = None,
        *,
        query: Mapping[str, object] | None = None,
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Any:
        """What the hub answers. `named` are the parts of the address in braces. Raises Refusal, and what aiohttp does.

        Whoever chooses a `key` may ask again with the same one: it is done once.
        """
        headers = {}
        if key is not None:
            headers[IDEMPOTENCY_KEY] = key
        if body is not None:
            headers["Content-Type"] = "application/json"
        address = path.format_map({name: quote(str(value), safe="") for name, value in (named or {}).items()})
        data = None if body is None else orjson.dumps(body)
        return orjson.loads(await self._ask(method, address, headers, data, _pairs(query or {})))

    async def send_picture(self, method: str, path: str, picture: bytes, kind: str) -> Any:
        """What the hub answers to a picture of this kind, such as `image/png`. Raises as `send` does."""
        return orjson.loads(await self._ask(method, path, {"Content-Type": kind}, picture))

    async def see_picture(self, path: str) -> bytes:
        """The picture at this address. Raises as `send` does."""
        return await self._ask("GET", path, {})

    async def _ask(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        data: bytes | None = None,
        pairs: Sequence[tuple[str, str]] = (),
    ) -> bytes:
        known = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        where = self.url.rstrip("/") + PREFIX + address
        async with self.web.request(method, where, params=pairs, data=data, headers={**known, **headers}) as response:
            said = await response.read()
            if response.ok:
                return said
            raise _refusal(response.status, said)


def _pairs(query: Mapping[str, object]) -> list[tuple[str, str]]:
    """What stands behind the question mark: a list names its name for each of its values."""
    return [
        (name, str(one))
        for name, value in query.items()
        if value is not None
        for one in (value if isinstance(value, list | tuple) else (value,))
    ]


def _refusal(status: int, text: bytes) -> Refusal:
    """The no that an answer is, also where it is not the hub's own."""
    try:
        problem = orjson.loads(text)
    except orjson.JSONDecodeError:
        problem = None
    if not isinstance(problem, dict) or "code" not in problem:
        return Refusal("unreadable", f"The answer, with status {status}, cannot be read.", status=status)
    return Refusal(str(problem["code"]), str(problem.get("detail", "")), status=status, facts=problem)
