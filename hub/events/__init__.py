"""Every fact the hub ever states. Read this list as the house's diary; each class says the rest about itself."""

from hub.audience import Scope
from hub.events import devices, floor, keys, menu, orders, people, sessions, tickets
from hub.events.event import Event, RestaurantEvent

EVENTS: tuple[type[Event], ...] = (
    # orders
    orders.OrderPlaced,
    orders.LinesAdded,
    orders.LineVoided,
    orders.LineMoved,
    orders.OrderCancelled,
    orders.OrderClosed,
    orders.OrderStatusUpdate,
    # tickets
    tickets.TicketFired,
    tickets.TicketBackedUp,
    tickets.TicketStarted,
    tickets.TicketBumped,
    tickets.TicketRecalled,
    tickets.TicketRushed,
    tickets.TicketServed,
    tickets.TicketVoided,
    tickets.TicketCleared,
    tickets.VoidCrossed,
    tickets.VoidDecided,
    # the floor
    floor.SectionAdded,
    floor.TableAdded,
    floor.TableChanged,
    floor.TableRemoved,
    floor.PartySeated,
    floor.PartyLeft,
    floor.TableStatusChanged,
    floor.AlertRaised,
    floor.AlertCleared,
    # the menu
    menu.StationAdded,
    menu.StationBackupSet,
    menu.MenuSectionAdded,
    menu.ItemAdded,
    menu.ItemChanged,
    menu.ItemRemoved,
    menu.ItemEightySixed,
    menu.ItemRestored,
    menu.PortionsChanged,
    menu.InventoryUpdate,
    # people
    people.RightsChanged,
    people.YourRightsChanged,
    people.RealTimeNotification,
    people.SystemAnnouncement,
    # keys
    keys.KeyChanged,
    # devices
    devices.DeviceEnrolled,
    devices.DeviceRevoked,
    # sessions
    sessions.SessionEnded,
)

BY_NAME: dict[str, type[Event]] = {event.name: event for event in EVENTS}


def read(name: str, payload: bytes, scope: Scope) -> Event | None:
    """The event an entry of the ledger holds, or None where a newer hub recorded a kind this one does not know."""
    kind = BY_NAME.get(name)
    return None if kind is None else kind.read(payload, scope)


__all__ = ["BY_NAME", "EVENTS", "Event", "RestaurantEvent", "read"]
