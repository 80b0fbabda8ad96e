"""A void that crossed a bump is said to everybody who has the ticket, or had it: somebody at the pass has to decide.

Not its business: what crosses what (`hub.domain.voids`).
"""

from hub.domain.cards import void_crossed
from hub.domain.orders import Order
from hub.events.tickets import VoidCrossed
from hub.store import menu


async def say_what_crossed(before: Order, after: Order) -> list[VoidCrossed]:
    """What has to be decided since. Stations' names are asked for only then, so no other deed pays for it."""
    disputed = after.disputed_since(before)
    if not disputed:
        return []
    names = await menu.names_of_stations(after.restaurant_id)
    return [void_crossed(after, line, names[line.station_id]) for line in disputed]
