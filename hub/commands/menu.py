"""What can be asked about the menu."""

from typing import Annotated, ClassVar

from pydantic import Field

from hub.commands.command import Asked, Command, Int, Name, Note, Portions, Price
from hub.events.orders import OrderKind
from hub.ids import ItemId, MenuSectionId, RestaurantId, StationId
from hub.rights import Permission

TAGS_MAX = 30
GROUPS_MAX = 20
OPTIONS_MAX = 100
PREP_SECONDS_MAX = 6 * 3600

Tags = Annotated[tuple[Name, ...], Field(max_length=TAGS_MAX)]
PrepSeconds = Annotated[Int, Field(ge=0, le=PREP_SECONDS_MAX)]


class NewModifier(Asked):
    """One way to have an item; `priceDelta` in minor units of the restaurant's currency."""

    name: Name
    price_delta: Annotated[Int, Field(ge=-100_000_000, le=100_000_000)] = 0
    allergens: Tags = ()


class NewModifierGroup(Asked):
    """A choice that comes with an item: at least `min` of its modifiers, and at most `max`."""

    name: Name
    min: Annotated[Int, Field(ge=0, le=OPTIONS_MAX)] = 0
    max: Annotated[Int, Field(ge=1, le=OPTIONS_MAX)] = 1
    modifiers: Annotated[tuple[NewModifier, ...], Field(min_length=1, max_length=OPTIONS_MAX)]


NewModifierGroups = Annotated[tuple[NewModifierGroup, ...], Field(max_length=GROUPS_MAX)]


class AddStation(Command):
    """Add a station to the kitchen."""

    needs: ClassVar = Permission.STATIONS_CHANGE

    restaurant_id: RestaurantId
    name: Name


class SetStationBackup(Command):
    """Say which station shows this one's tickets as well when its own screen does not; null where none is to."""

    needs: ClassVar = Permission.STATIONS_CHANGE

    station_id: StationId
    backup_station_id: StationId | None


class AddMenuSection(Command):
    """Add a section to the menu."""

    needs: ClassVar = Permission.MENU_CHANGE

    restaurant_id: RestaurantId
    name: Name


class AddItem(Command):
    """Add an item to the menu; `price` in minor units of the restaurant's currency."""

    needs: ClassVar = Permission.MENU_CHANGE

    restaurant_id: RestaurantId
    section_id: MenuSectionId
    name: Name
    description: Note | None = None
    price: Price
    station: StationId
    stations_by_kind: dict[OrderKind, StationId] = {}
    prep_seconds: PrepSeconds = 600
    allergens: Tags = ()
    diet_tags: Tags = ()
    portions_left: Portions | None = None
    modifier_groups: NewModifierGroups = ()


class ChangeItem(Command):
    """Change an item. What is not named stays as it is; modifier groups are replaced as a whole."""

    needs: ClassVar = Permission.MENU_CHANGE

    item_id: ItemId
    section_id: MenuSectionId | None = None
    name: Name | None = None
    description: Note | None = None
    price: Price | None = None
    station: StationId | None = None
    stations_by_kind: dict[OrderKind, StationId] | None = None
    prep_seconds: PrepSeconds | None = None
    allergens: Tags | None = None
    diet_tags: Tags | None = None
    portions_left: Portions | None = None
    modifier_groups: NewModifierGroups | None = None


class RemoveItem(Command):
    """Take an item off the menu. Orders that have it keep it."""

    needs: ClassVar = Permission.MENU_CHANGE

    item_id: ItemId


class EightySixItem(Command):
    """There is no more of it."""

    needs: ClassVar = Permission.ITEMS_EIGHTY_SIX

    item_id: ItemId


class RestoreItem(Command):
    """It can be ordered again: so many portions, or, where none are named, uncounted."""

    needs: ClassVar = Permission.ITEMS_EIGHTY_SIX

    item_id: ItemId
    portions: Portions | None = None
