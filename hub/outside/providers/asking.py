"""Asking a provider something: within a time, up to a size, at an address that the code names, and nowhere else.

No redirect is followed and no proxy of the environment used: whatever a provider answers, nothing is asked elsewhere.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import orjson
import structlog

from hub.domain.vouching import ProviderName
from hub.outside.providers import NotVouched, ProviderAway

SECONDS_MAX = 5.0
ANSWER_BYTES_MAX = 64 * 1024

log = structlog.get_logger("brigade.providers")


class Telephone:
    """What a hub asks providers with. One per hub; it works within `working`."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=SECONDS_MAX),
            cookie_jar=aiohttp.DummyCookieJar(),
            # What comes packed may be a thousand times as long.
            auto_decompress=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        ) as self._session:
            yield
        self._session = None

    async def ask(
        self,
        provider: ProviderName,
        address: str,
        *,
        form: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        token: str | None = None,
    ) -> dict[str, Any]:
        """The JSON object that is answered: to a form by POST, else by GET. Raises NotVouched and ProviderAway."""
        assert self._session is not None, "Nobody is asked before the hub works, or after."
        method, headers = (
            "GET" if form is None else "POST",
            {} if token is None else {"Authorization": f"Bearer {token}"},
        )
        try:
            async with self._session.request(
                method, address, data=form, params=query, headers=headers, allow_redirects=False
            ) as answer:
                status, body = answer.status, await _read(answer)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("A provider cannot be asked.", provider=provider.value, why=type(error).__name__)
            raise ProviderAway(provider=provider.title()) from None
        return _object(provider, status, body)


async def _read(answer: aiohttp.ClientResponse) -> bytes:
    """The body, or more of it than is allowed."""
    body = bytearray()
    async for chunk in answer.content.iter_any():
        body += chunk
        if len(body) > ANSWER_BYTES_MAX:
            break
    return bytes(body)


def _object(provider: ProviderName, status: int, body: bytes) -> dict[str, Any]:
    if status >= 500 or status == 429:
        log.warning("A provider cannot answer.", provider=provider.value, status=status)
        raise ProviderAway(provider=provider.title())
    try:
        said = orjson.loads(body) if status == 200 and len(body) <= ANSWER_BYTES_MAX else None
    except orjson.JSONDecodeError:
        said = None
    if not isinstance(said, dict):
        # What it says instead may hold the code, or who somebody is.
        log.warning("A provider did not vouch.", provider=provider.value, status=status)
        raise NotVouched(provider=provider.title())
    return said
