"""Passkeys in a real browser: a hub whose pages may ask for them, and Chromium's own device that keeps them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page

from hub.actions.passkeys import Challenges, Passkeys
from hub.actions.passwords import Passwords
from hub.domain.passkeys import house_at
from tests.support.houses import SECRET
from tests.support.hubs import RunningHub


@contextmanager
def by_name(hub: RunningHub) -> Iterator[str]:
    """Where this hub is reached by a name of this machine: for a number browsers make no passkeys.

    A hub of a test hears only after its start on which port it is.
    """
    url, its, passwords = f"http://localhost:{urlsplit(hub.url).port}", hub.hub, Passwords()
    its.passkeys = Passkeys(
        its.database, passwords, its.second_factors, its.sessions, Challenges(SECRET), house_at(url)
    )
    yield url
    passwords.close()


class Device:
    """A device beside a page that asks nobody anything: it knows who holds it, unless it is told otherwise."""

    def __init__(self, line: Any, authenticator: str) -> None:
        self._line = line
        self._known_by = {"authenticatorId": authenticator}

    @classmethod
    async def beside(cls, page: Page) -> "Device":
        line = await page.context.new_cdp_session(page)
        await line.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = await line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return cls(line, added["authenticatorId"])

    async def knows_its_owner(self, is_verified: bool) -> None:
        await self._line.send("WebAuthn.setUserVerified", {**self._known_by, "isUserVerified": is_verified})

    async def kept(self) -> list[dict[str, Any]]:
        """The passkeys on it."""
        said = await self._line.send("WebAuthn.getCredentials", self._known_by)
        kept: list[dict[str, Any]] = said["credentials"]
        return kept
