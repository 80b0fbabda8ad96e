"""What some routes were called in the systems before: asked by either name, they answer the same."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "/auth/signup": "/auth/register",
        "/auth/forgot-password": "/auth/forgot",
        "/auth/reset-password": "/auth/reset",
        "/users/me": "/me",
        "/realtime/connection-status": "/connections",
        "/realtime/user-connection/{userId}": "/people/{userId}/connections",
        "/realtime/broadcast-announcement": "/announcements",
    }
)
"""The older name, and the route's own."""


def names_of(path: str) -> tuple[str, ...]:
    """Every name that a route has in this version, its own first."""
    return (path, *(older for older, own in ALIASES.items() if own == path))


def own_name(asked: str) -> str:
    """What was asked by an older name, by the route's own, with the same parts; anything else as it is."""
    for older, own in ALIASES.items():
        if found := _pattern(older).fullmatch(asked):
            return own.format_map(found.groupdict())
    return asked


@cache
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path))
