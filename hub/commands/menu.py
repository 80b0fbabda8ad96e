"""What can be asked about the menu."""

from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from hub.commands.command import Asked, Command, Int, Name, Note, Portions, Price
from hub.events.orders import OrderKind
from hub.ids import ItemId, MenuSectionId, RestaurantId, StationId
from hub.people import HEADS, STAFF

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
    """A choice that comes with an item."""

    name: Name
    min: Annotated[Int, Field(ge=0, le=OPTIONS_MAX)] = 0
    max: Annotated[Int, Field(ge=1, le=OPTIONS_MAX)] = 1
    modifiers: Annotated[tuple[NewModifier, ...], Field(min_length=1, max_length=OPTIONS_MAX)]

    @model_validator(mode="after")
    def _bounds_fit(self) -> "NewModifierGroup":
        if self.min > self.max:
            raise ValueError("min must not be more than max")
        return self


NewModifierGroups = Annotated[tuple[NewModifierGroup, ...], Field(max_length=GROUPS_MAX)]


class AddStation(Command):
    """Add a station to the kitchen."""

    asked_by: ClassVar = HEADS

    restaurant_id: RestaurantId
    name: Name


class SetStationBackup(Command):
    """Say which station shows this one's tickets as well when its own screen does not; null where none is to."""

    asked_by: ClassVar = HEADS

    station_id: StationId
    backup_station_id: StationId | None


class AddMenuSection(Command):
    """Add a section to the menu."""

    asked_by: ClassVar = HEADS

    restaurant_id: RestaurantId
    name: Name


class AddItem(Command):
    """Add an item to the menu; `price` in minor units of the restaurant's currency."""

    asked_by: ClassVar = HEADS

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

    asked_by: ClassVar = HEADS

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

    asked_by: ClassVar = HEADS

    item_id: ItemId


class EightySixItem(Command):
    """There is no more of it."""

    asked_by: ClassVar = STAFF

    item_id: ItemId


class RestoreItem(Command):
    """It can be ordered again: so many portions, or, where none are named, uncounted."""

    asked_by: ClassVar = STAFF

    item_id: ItemId
    portions: Portions | None = None
