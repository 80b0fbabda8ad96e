"""Whoever tries to sign in, as a real hub hears it: from as many addresses as they like, with as many passwords.

Not a test: what those of guessing, enumeration and floods have in common.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any
from uuid import uuid4

import aiohttp

from hub.actions import passwords
from hub.ids import UserId, new_id
from hub.store import people
from hub.store.database import Database
from hub.store.people import Person
from tests.support.hubs import RunningHub

PASSWORD = "seven tubas at noon"
PROXIES = (ip_network("127.0.0.0/8"),)
"""Whoever tries says from where: the hub believes everybody on this machine."""


@dataclass(frozen=True)
class Said:
    """What the hub answered."""

    status: int
    code: str
    body: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Crowd:
    """People outside of a hub, and accounts inside."""

    url: str
    web: aiohttp.ClientSession
    database: Database
    network: str = field(default_factory=lambda: secrets.token_hex(2))
    """Addresses of no other crowd: limits are counted in a Redis that tests share."""

    def address(self, n: int) -> str:
        """The n-th address: a household of its own."""
        return f"2001:db8:{self.network}:{n:x}::1"

    async def accounts(self, count: int = 1) -> list[str]:
        """New accounts with the same password; their addresses."""
        emails, same = [f"{uuid4().hex}@example.test" for _ in range(count)], passwords.HASHER.hash(PASSWORD)
        async with self.database.transaction():
            for email in emails:
                await people.add(Person(UserId(new_id()), email, "Ann", same, is_operator=False))
        return emails

    async def posts(self, path: str, body: dict[str, Any], at: str) -> Said:
        url, headers = f"{self.url}/api/v2{path}", {"X-Forwarded-For": at}
        async with self.web.post(url, json=body, headers=headers) as answer:
            said = await answer.json(content_type=None)
            return Said(answer.status, said.get("code", ""), said)

    async def tries(self, email: str, password: str, at: str, device_token: str | None = None) -> Said:
        known = {} if device_token is None else {"deviceToken": device_token}
        return await self.posts("/auth/login", {"email": email, "password": password, **known}, at)


@asynccontextmanager
async def a_crowd(hub: RunningHub) -> AsyncIterator[Crowd]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as web:
        yield Crowd(hub.url, web, hub.hub.database)
