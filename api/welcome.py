"""What a screen is told before anybody has signed in: which hub this is, and whether it is a demo; and the way into it.

A demo signs in whoever asks, so who can ask is all there is to guard. A page of another origin can: its browser sends
the request. But the answer changes nothing here, no cookie goes with it, and without the headers that `api.headers`
gives to allowed origins alone the page cannot read the token. A page that has its own name answered with this machine's
address (DNS rebinding) could, since to its browser we are its origin. It cannot help naming itself in `Host`, so the
demo is there only for those who come by an address, by a name that nobody on the internet can own, or by one that the
settings name. Not its business: passwords (`api.people`), and what makes a hub a demo (`hub.up`).
"""

from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from api.sessions import Device
from api.showing import Knock
from hub import __version__
from hub.actions import identity
from hub.actions.sessions import SignedIn
from hub.commands.command import Asked
from hub.config import Settings
from hub.domain.refusals import NoSuchThing
from hub.events.event import Shape
from hub.ids import RestaurantId
from hub.people import Role

NOBODYS_DOMAINS = (".localhost", ".local", ".internal", ".home.arpa")
"""Below these nothing can be registered: they are for one's own machine and network (RFC 6761, 6762, 8375)."""


class DemoPerson(Shape):
    """Somebody as whom one may sign in."""

    role: Role
    name: str


class Demo(Shape):
    """A restaurant to try, as any of these people. `speed` is how many seconds of its dinner pass in one."""

    restaurant_id: RestaurantId
    restaurant: str
    speed: int
    people: tuple[DemoPerson, ...]

    @classmethod
    def of(cls, demo: identity.Demo) -> Self:
        return cls(
            restaurant_id=demo.restaurant_id,
            restaurant=demo.restaurant,
            speed=demo.speed,
            people=tuple(DemoPerson(role=one.role, name=one.name) for one in demo.people),
        )


class Welcome(Shape):
    """`screens` tells which screens this hub serves, null where it has none; `demo` is null in earnest."""

    version: str
    screens: str | None
    demo: Demo | None


class Visit(Asked):
    """As whom somebody wants to look around the demo. `device` is as in signing in."""

    role: Role
    device: Device | None = None


def welcome(knock: Knock) -> Welcome:
    """Which hub this is, for everybody."""
    demo = demo_for(knock)
    shown = None if demo is None else Demo.of(demo)
    return Welcome(version=__version__, screens=knock.hub.screens, demo=shown)


async def sign_in_to_demo(knock: Knock, credentials: Visit) -> SignedIn:
    """Begin a session without a password, where the hub is a demo."""
    demo = demo_for(knock)
    if demo is None:
        raise NoSuchThing(thing="demo")
    return await knock.hub.sessions.sign_in_without_password(demo, credentials.role, credentials.device)


def demo_for(knock: Knock) -> identity.Demo | None:
    """The demo, unless whoever knocks may be a page that passes for this hub's own."""
    return knock.hub.demo if _is_our_name(knock.host, knock.hub.settings) else None


def _is_our_name(host: str, settings: Settings) -> bool:
    """Whether no stranger can have made browsers call us so."""
    name = _name_in(f"//{host}")
    if not name:
        return False
    if name in {settings.host.lower(), *map(_name_in, settings.allowed_origins)}:
        return True
    return "." not in name or name.endswith(NOBODYS_DOMAINS) or _is_address(name)


def _name_in(origin: str) -> str:
    """The name alone, as resolvers compare names; empty where there is none."""
    try:
        return (urlsplit(origin).hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
