"""Who is connected, for operators: hub by hub, and one person's sockets wherever they are."""

from api.showing import Listed, Look
from hub.attendance import Connection, HubHere
from hub.ids import UserId


class Hubs(Listed):
    """The hubs that were heard lately, the one that was asked first; and how many are connected to all of them."""

    items: tuple[HubHere, ...]
    sockets: int


class Connections(Listed):
    """A person's connections, the newest first. `inAll` counts those, too, that a hub with many did not tell.

    What the hubs in `silentHubs` have is not known: they did not answer in time.
    """

    items: tuple[Connection, ...]
    in_all: int
    silent_hubs: tuple[str, ...]


async def hubs(look: Look) -> Hubs:
    """Every hub of the house, and who is connected to it. While Redis is away a hub knows of itself alone."""
    look.watch()
    heard = tuple(look.hub.attendance.hubs())
    return Hubs(items=heard, sockets=sum(one.sockets for one in heard))


async def of_person(look: Look, user_id: UserId) -> Connections:
    """Where somebody is connected just now, and up to which entry their device says it has shown each room.

    All hubs are asked, which takes two seconds at most. Nobody says whether there is such a person.
    """
    look.watch()
    found = await look.hub.attendance.of_user(user_id)
    return Connections(items=found.connections, in_all=found.in_all, silent_hubs=found.silent)
