"""What travels between a hub and its clients: menu.

Written by `brigade schema` from the code of the hub. Change the code, not this module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict

if TYPE_CHECKING:
    from api.client.shapes.command import Seen
    from api.client.shapes.money import Money
    from api.client.shapes.orders import OrderKind

InventoryReason = Literal["sold", "returned", "eighty_sixed", "restored", "changed", "removed"]


class AddItem(TypedDict):
    """Add an item to the menu; `price` in minor units of the restaurant's currency."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    sectionId: str
    name: str
    description: NotRequired[str | None]
    price: int
    station: str
    stationsByKind: NotRequired[dict[OrderKind, str]]
    prepSeconds: NotRequired[int]
    allergens: NotRequired[list[str]]
    dietTags: NotRequired[list[str]]
    portionsLeft: NotRequired[int | None]
    modifierGroups: NotRequired[list[NewModifierGroup]]


class AddMenuSection(TypedDict):
    """Add a section to the menu."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    name: str


class AddStation(TypedDict):
    """Add a station to the kitchen."""

    seen: NotRequired[Seen | None]
    restaurantId: str
    name: str


class ChangeItem(TypedDict):
    """Change an item. What is not named stays as it is; modifier groups are replaced as a whole."""

    seen: NotRequired[Seen | None]
    itemId: str
    sectionId: NotRequired[str | None]
    name: NotRequired[str | None]
    description: NotRequired[str | None]
    price: NotRequired[int | None]
    station: NotRequired[str | None]
    stationsByKind: NotRequired[dict[OrderKind, str] | None]
    prepSeconds: NotRequired[int | None]
    allergens: NotRequired[list[str] | None]
    dietTags: NotRequired[list[str] | None]
    portionsLeft: NotRequired[int | None]
    modifierGroups: NotRequired[list[NewModifierGroup] | None]


class EightySixItem(TypedDict):
    """There is no more of it."""

    seen: NotRequired[Seen | None]
    itemId: str


class InventoryDetails(TypedDict):
    productName: str
    available: bool
    reason: InventoryReason


class InventoryUpdate(TypedDict):
    """How much is left of one item, for whoever follows it.

    Name and shape come from systems whose clients exist: `{productId, quantity, details, timestamp}`.
    """

    productId: str
    quantity: int | None
    details: InventoryDetails


class ItemAdded(TypedDict):
    """The menu has a new item."""

    item: MenuItem


class ItemChanged(TypedDict):
    """An item of the menu is not what it was."""

    item: MenuItem


class ItemEightySixed(TypedDict):
    """There is no more of it: nobody can order it until it is restored."""

    itemId: str
    itemName: str


class ItemRemoved(TypedDict):
    """An item left the menu. Orders that have it keep it."""

    itemId: str


class ItemRestored(TypedDict):
    """It can be ordered again."""

    itemId: str
    itemName: str


class MenuItem(TypedDict):
    """An item as the menu shows it. `portionsLeft` is null where nobody counts; at 0 it is eighty-sixed."""

    id: str
    sectionId: str
    name: str
    description: str | None
    price: Money
    station: str
    stationsByKind: dict[OrderKind, str]
    prepSeconds: int
    allergens: list[str]
    dietTags: list[str]
    portionsLeft: int | None
    isEightySixed: bool
    available: bool
    modifierGroups: list[ModifierGroup]


class MenuSectionAdded(TypedDict):
    """The menu has a new section."""

    sectionId: str
    sectionName: str


class Modifier(TypedDict):
    """One way to have an item. `price_delta` may be negative."""

    id: str
    name: str
    priceDelta: Money
    allergens: list[str]


class ModifierGroup(TypedDict):
    """A choice that comes with an item: at least `min` and at most `max` of its modifiers."""

    id: str
    name: str
    min: int
    max: int
    modifiers: list[Modifier]


class NewModifier(TypedDict):
    """One way to have an item; `priceDelta` in minor units of the restaurant's currency."""

    name: str
    priceDelta: NotRequired[int]
    allergens: NotRequired[list[str]]


class NewModifierGroup(TypedDict):
    """A choice that comes with an item: at least `min` of its modifiers, and at most `max`."""

    name: str
    min: NotRequired[int]
    max: NotRequired[int]
    modifiers: list[NewModifier]


class PortionsChanged(TypedDict):
    """So many portions are left; null means that nobody counts any more."""

    itemId: str
    portionsLeft: int | None


class RemoveItem(TypedDict):
    """Take an item off the menu. Orders that have it keep it."""

    seen: NotRequired[Seen | None]
    itemId: str


class RestoreItem(TypedDict):
    """It can be ordered again: so many portions, or, where none are named, uncounted."""

    seen: NotRequired[Seen | None]
    itemId: str
    portions: NotRequired[int | None]


class SetStationBackup(TypedDict):
    """Say which station shows this one's tickets as well when its own screen does not; null where none is to."""

    seen: NotRequired[Seen | None]
    stationId: str
    backupStationId: str | None


class StationAdded(TypedDict):
    """The kitchen has a new station."""

    stationId: str
    stationName: str


class StationBackupSet(TypedDict):
    """Another station shows this one's tickets as well when its own screen does not; null where none does any more."""

    stationId: str
    backupStationId: str | None


class RestAddItem(TypedDict):
    """Add an item to the menu; `price` in minor units of the restaurant's currency."""

    seen: NotRequired[Seen | None]
    sectionId: str
    name: str
    description: NotRequired[str | None]
    price: int
    station: str
    stationsByKind: NotRequired[dict[OrderKind, str]]
    prepSeconds: NotRequired[int]
    allergens: NotRequired[list[str]]
    dietTags: NotRequired[list[str]]
    portionsLeft: NotRequired[int | None]
    modifierGroups: NotRequired[list[NewModifierGroup]]


class RestAddMenuSection(TypedDict):
    """Add a section to the menu."""

    seen: NotRequired[Seen | None]
    name: str


class RestAddStation(TypedDict):
    """Add a station to the kitchen."""

    seen: NotRequired[Seen | None]
    name: str


class RestChangeItem(TypedDict):
    """Change an item. What is not named stays as it is; modifier groups are replaced as a whole."""

    seen: NotRequired[Seen | None]
    sectionId: NotRequired[str | None]
    name: NotRequired[str | None]
    description: NotRequired[str | None]
    price: NotRequired[int | None]
    station: NotRequired[str | None]
    stationsByKind: NotRequired[dict[OrderKind, str] | None]
    prepSeconds: NotRequired[int | None]
    allergens: NotRequired[list[str] | None]
    dietTags: NotRequired[list[str] | None]
    portionsLeft: NotRequired[int | None]
    modifierGroups: NotRequired[list[NewModifierGroup] | None]


class RestEightySixItem(TypedDict):
    """There is no more of it."""

    seen: NotRequired[Seen | None]


class RestRemoveItem(TypedDict):
    """Take an item off the menu. Orders that have it keep it."""

    seen: NotRequired[Seen | None]


class RestRestoreItem(TypedDict):
    """It can be ordered again: so many portions, or, where none are named, uncounted."""

    seen: NotRequired[Seen | None]
    portions: NotRequired[int | None]


class RestSetStationBackup(TypedDict):
    """Say which station shows this one's tickets as well when its own screen does not; null where none is to."""

    seen: NotRequired[Seen | None]
    backupStationId: str | None
