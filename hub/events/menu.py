"""Facts about the menu: what may be ordered, what it costs, and how much is left of it."""

from enum import StrEnum
from typing import ClassVar

from hub.audience import Room, item_room, pass_room, station_room, waiters_room
from hub.events.event import RestaurantEvent, Shape
from hub.events.orders import OrderKind
from hub.ids import ItemId, MenuSectionId, ModifierGroupId, ModifierId, StationId
from hub.money import Money
from hub.rights import FLOOR_STAFF, HEADS, KITCHEN_STAFF, STAFF_AND_GUESTS


class Modifier(Shape):
    """One way to have an item. `price_delta` may be negative."""

    id: ModifierId
    name: str
    price_delta: Money
    allergens: tuple[str, ...] = ()


class ModifierGroup(Shape):
    """A choice that comes with an item: at least `min` and at most `max` of its modifiers."""

    id: ModifierGroupId
    name: str
    min: int
    max: int
    modifiers: tuple[Modifier, ...]


class MenuItem(Shape):
    """An item as the menu shows it. `portionsLeft` is null where nobody counts; at 0 it is eighty-sixed."""

    id: ItemId
    section_id: MenuSectionId
    name: str
    description: str | None = None
    price: Money
    station: StationId
    stations_by_kind: dict[OrderKind, StationId] = {}
    prep_seconds: int
    allergens: tuple[str, ...] = ()
    diet_tags: tuple[str, ...] = ()
    portions_left: int | None = None
    is_eighty_sixed: bool = False
    available: bool = True
    modifier_groups: tuple[ModifierGroup, ...] = ()


class MenuEvent(RestaurantEvent):
    """What the floor and the pass must know about the menu."""

    @property
    def audience(self) -> tuple[Room, ...]:
        return (waiters_room(self.restaurant_id), pass_room(self.restaurant_id))


class StationAdded(MenuEvent):
    """The kitchen has a new station."""

    caused_by: ClassVar = HEADS

    station_id: StationId
    station_name: str


class StationBackupSet(RestaurantEvent):
    """Another station shows this one's tickets as well when its own screen does not; null where none does any more."""

    caused_by: ClassVar = HEADS

    station_id: StationId
    backup_station_id: StationId | None

    @property
    def audience(self) -> tuple[Room, ...]:
        return (pass_room(self.restaurant_id), station_room(self.restaurant_id, self.station_id))


class MenuSectionAdded(MenuEvent):
    """The menu has a new section."""

    caused_by: ClassVar = HEADS

    section_id: MenuSectionId
    section_name: str


class ItemAdded(MenuEvent):
    """The menu has a new item."""

    caused_by: ClassVar = HEADS

    item: MenuItem


class ItemChanged(MenuEvent):
    """An item of the menu is not what it was."""

    caused_by: ClassVar = HEADS

    item: MenuItem


class ItemRemoved(MenuEvent):
    """An item left the menu. Orders that have it keep it."""

    caused_by: ClassVar = HEADS

    item_id: ItemId


class ItemEightySixed(MenuEvent):
    """There is no more of it: nobody can order it until it is restored."""

    caused_by: ClassVar = STAFF_AND_GUESTS

    item_id: ItemId
    item_name: str


class ItemRestored(MenuEvent):
    """It can be ordered again."""

    caused_by: ClassVar = STAFF_AND_GUESTS

    item_id: ItemId
    item_name: str


class PortionsChanged(MenuEvent):
    """So many portions are left; null means that nobody counts any more."""

    caused_by: ClassVar = STAFF_AND_GUESTS | FLOOR_STAFF | KITCHEN_STAFF

    item_id: ItemId
    portions_left: int | None


class InventoryReason(StrEnum):
    SOLD = "sold"
    RETURNED = "returned"
    EIGHTY_SIXED = "eighty_sixed"
    RESTORED = "restored"
    CHANGED = "changed"
    REMOVED = "removed"


class InventoryDetails(Shape):
    product_name: str
    available: bool
    reason: InventoryReason


class InventoryUpdate(RestaurantEvent):
    """How much is left of one item, for whoever follows it.

    Name and shape come from systems whose clients exist: `{productId, quantity, details, timestamp}`.
    """

    caused_by: ClassVar = STAFF_AND_GUESTS

    product_id: ItemId
    quantity: int | None
    details: InventoryDetails

    @property
    def audience(self) -> tuple[Room, ...]:
        return (item_room(self.product_id),)
