"""What some routes were called in the systems before: asked by either name, they answer the same."""

from collections.abc import Mapping
from types import MappingProxyType

ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "/auth/signup": "/auth/register",
        "/auth/forgot-password": "/auth/forgot",
        "/auth/reset-password": "/auth/reset",
    }
)
"""The older name, and the route's own."""


def names_of(path: str) -> tuple[str, ...]:
    """Every name that a route has in this version, its own first."""
    return (path, *(older for older, own in ALIASES.items() if own == path))
