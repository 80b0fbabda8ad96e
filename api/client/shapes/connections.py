"""What travels between a hub and its clients: connections.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.attendance import Connection, HubHere


class Connections(TypedDict):
    """A person's connections, the newest first. `inAll` counts those, too, that a hub with many did not tell.

    What the hubs in `silentHubs` have is not known: they did not answer in time.
    """

    nextCursor: str | None
    items: list[Connection]
    inAll: int
    silentHubs: list[str]


class Hubs(TypedDict):
    """The hubs that were heard lately, the one that was asked first; and how many are connected to all of them."""

    nextCursor: str | None
    items: list[HubHere]
    sockets: int
