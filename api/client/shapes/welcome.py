"""What travels between a hub and its clients: welcome.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.rights import Role


class Demo(TypedDict):
    """A restaurant to try, as any of these people. `speed` is how many seconds of its dinner pass in one."""

    restaurantId: str
    restaurant: str
    speed: int
    people: list[DemoPerson]


class DemoPerson(TypedDict):
    """Somebody as whom one may sign in."""

    role: Role
    name: str


class Visit(TypedDict):
    """As whom somebody wants to look around the demo. `device` is as in signing in."""

    role: Role
    device: NotRequired[str | None]


class Welcome(TypedDict):
    """`screens` tells which screens this hub serves, null where it has none; `demo` is null in earnest."""

    version: str
    screens: str | None
    demo: Demo | None
