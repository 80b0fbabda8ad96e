"""Everything that can be asked of a hub at its addresses.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from api.client.door import Door
from api.client.rest.accounts import OfAccounts
from api.client.rest.audit import OfAudit
from api.client.rest.connections import OfConnections
from api.client.rest.devices import OfDevices
from api.client.rest.floor import OfFloor
from api.client.rest.invitations import OfInvitations
from api.client.rest.keys import OfKeys
from api.client.rest.menu import OfMenu
from api.client.rest.orders import OfOrders
from api.client.rest.people import OfPeople
from api.client.rest.profiles import OfProfiles
from api.client.rest.restaurants import OfRestaurants
from api.client.rest.rooms import OfRooms
from api.client.rest.sessions import OfSessions
from api.client.rest.tickets import OfTickets


class Rest:
    """Everything that can be asked of a hub at its addresses, by chapter."""

    def __init__(self, door: Door) -> None:
        self.sessions = OfSessions(door)
        self.accounts = OfAccounts(door)
        self.people = OfPeople(door)
        self.invitations = OfInvitations(door)
        self.connections = OfConnections(door)
        self.profiles = OfProfiles(door)
        self.keys = OfKeys(door)
        self.devices = OfDevices(door)
        self.audit = OfAudit(door)
        self.restaurants = OfRestaurants(door)
        self.menu = OfMenu(door)
        self.floor = OfFloor(door)
        self.orders = OfOrders(door)
        self.tickets = OfTickets(door)
        self.rooms = OfRooms(door)
