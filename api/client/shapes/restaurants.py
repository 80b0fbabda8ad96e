"""What travels between a hub and its clients: restaurants.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.bills import Rounding
    from api.client.shapes.command import Seen
    from api.client.shapes.orders import OrderKind
    from api.client.shapes.rights import Role


class OpenRestaurant(TypedDict):
    """Open a restaurant for somebody who has an account: they are its owner, and hire everybody else. For operators.

    `timeZone` is one of the IANA's, such as `Europe/Madrid`. `taxRates` are basis points by kind of order: 2000 is
    20 %; a kind that is not named pays none. After so many seconds somebody is told of a ticket that nobody has
    started, and of a table that waits.
    """

    seen: NotRequired[Seen | None]
    name: str
    currency: str
    timeZone: str
    ownerEmail: str
    taxRates: NotRequired[dict[OrderKind, int]]
    isTaxIncluded: NotRequired[bool]
    taxRounding: NotRequired[Rounding]
    ticketNotStartedSeconds: NotRequired[int]
    tableWaitingSeconds: NotRequired[int]


class House(TypedDict):
    """A restaurant, and what whoever asks is to it."""

    id: str
    name: str
    currency: str
    timeZone: str
    roles: list[Role]


class Houses(TypedDict):
    """Restaurants, by name."""

    nextCursor: str | None
    items: list[House]
