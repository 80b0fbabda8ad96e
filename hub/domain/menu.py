"""What may be ordered: items, their modifiers, and how many portions are left.

Not its business: what an order does with a line afterwards (`hub.domain.orders`).
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from hub.domain.refusals import Kind, Refused
from hub.events import RestaurantEvent
from hub.events.menu import (
    InventoryDetails,
    InventoryReason,
    InventoryUpdate,
    ItemEightySixed,
    ItemRestored,
    PortionsChanged,
)
from hub.events.orders import OrderKind
from hub.ids import ItemId, MenuSectionId, ModifierGroupId, ModifierId, RestaurantId, StationId


class SoldOut(Refused):
    """{name}: {quantity} wanted, {portions_left} left."""

    code = "item_sold_out"


class EightySixed(Refused):
    """There is no more {name} tonight."""

    code = "item_eighty_sixed"


class AlreadyEightySixed(Refused):
    """{name} is off already."""

    code = "already_eighty_sixed"


class AlreadyAvailable(Refused):
    """{name} can be ordered already."""

    code = "already_available"


class WrongModifiers(Refused):
    """{name}: choose {bounds} of {group}, not {chosen}."""

    code = "wrong_modifiers"
    kind = Kind.UNFIT


class NoSuchModifier(Refused):
    """{name} does not come with that modifier."""

    code = "no_such_modifier"
    kind = Kind.UNFIT


class ImpossibleChoice(Refused):
    """Nobody can choose at least {min} and at most {max} of {group}."""

    code = "impossible_choice"
    kind = Kind.UNFIT


@dataclass(frozen=True, slots=True)
class Modifier:
    id: ModifierId
    name: str
    price_delta: int
    allergens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModifierGroup:
    id: ModifierGroupId
    name: str
    min: int
    max: int
    modifiers: tuple[Modifier, ...]

    def must_be_possible(self) -> None:
        """Raise ImpossibleChoice where no order could have an item with this."""
        if self.min > self.max:
            raise ImpossibleChoice(group=self.name, min=self.min, max=self.max)


def is_available(*, is_eighty_sixed: bool, portions_left: int | None) -> bool:
    """Whether it can be ordered. Portions that nobody counts are None."""
    return not is_eighty_sixed and portions_left != 0


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the menu. Prices are minor units of the restaurant's currency."""

    id: ItemId
    restaurant_id: RestaurantId
    section_id: MenuSectionId
    name: str
    price: int
    station_id: StationId
    prep_seconds: int
    description: str | None = None
    stations_by_kind: Mapping[OrderKind, StationId] = field(default_factory=lambda: MappingProxyType({}))
    allergens: tuple[str, ...] = ()
    diet_tags: tuple[str, ...] = ()
    portions_left: int | None = None
    is_eighty_sixed: bool = False
    modifier_groups: tuple[ModifierGroup, ...] = ()

    @property
    def is_available(self) -> bool:
        return is_available(is_eighty_sixed=self.is_eighty_sixed, portions_left=self.portions_left)

    def station_for(self, kind: OrderKind) -> StationId:
        return self.stations_by_kind.get(kind, self.station_id)

    def choose(self, wanted: tuple[ModifierId, ...]) -> tuple[Modifier, ...]:
        """The modifiers a guest named. Raises NoSuchModifier, or WrongModifiers where a group's bounds are broken."""
        by_id = {modifier.id: modifier for group in self.modifier_groups for modifier in group.modifiers}
        if any(one not in by_id for one in wanted):
            raise NoSuchModifier(name=self.name, item_id=self.id)
        count = Counter(wanted)
        for group in self.modifier_groups:
            chosen = sum(count[modifier.id] for modifier in group.modifiers)
            if not group.min <= chosen <= group.max:
                bounds = str(group.min) if group.min == group.max else f"{group.min} to {group.max}"
                raise WrongModifiers(name=self.name, group=group.name, bounds=bounds, chosen=chosen, item_id=self.id)
        return tuple(by_id[one] for one in wanted)

    def eighty_six(self) -> "Changed":
        """Nobody can order it any more."""
        if not self.is_available:
            raise AlreadyEightySixed(name=self.name, item_id=self.id)
        return self._became(replace(self, is_eighty_sixed=True), InventoryReason.EIGHTY_SIXED)

    def restore(self, portions_left: int | None) -> "Changed":
        """It can be ordered again: so many portions, or uncounted. Raises AlreadyAvailable where nothing changes."""
        restored = replace(self, is_eighty_sixed=False, portions_left=portions_left)
        if restored == self:
            raise AlreadyAvailable(name=self.name, item_id=self.id)
        return self._became(restored, InventoryReason.RESTORED)

    def sold(self, quantity: int) -> "Changed":
        """So many portions were taken by an order. Only for an item that is counted."""
        assert self.portions_left is not None
        if self.portions_left < quantity:
            left = self.portions_left
            raise SoldOut(name=self.name, quantity=quantity, portions_left=left, item_id=self.id)
        return self._became(replace(self, portions_left=self.portions_left - quantity), InventoryReason.SOLD)

    def returned(self, quantity: int) -> "Changed":
        """Portions that were ordered but never cooked come back. Only for an item that is counted."""
        assert self.portions_left is not None
        return self._became(replace(self, portions_left=self.portions_left + quantity), InventoryReason.RETURNED)

    def _became(self, after: "Item", reason: InventoryReason) -> "Changed":
        return after, availability_events(self, after, reason)


Changed = tuple[Item, tuple[RestaurantEvent, ...]]
"""An item after a step, and the facts that the step states."""


def availability_events(before: Item, after: Item, reason: InventoryReason) -> tuple[RestaurantEvent, ...]:
    """What the floor, the pass and the item's followers hear of a change in what is left."""
    events: list[RestaurantEvent] = []
    house = after.restaurant_id
    if before.portions_left != after.portions_left:
        events.append(PortionsChanged(restaurant_id=house, item_id=after.id, portions_left=after.portions_left))
    if before.is_available and not after.is_available:
        events.append(ItemEightySixed(restaurant_id=house, item_id=after.id, item_name=after.name))
    if after.is_available and not before.is_available:
        events.append(ItemRestored(restaurant_id=house, item_id=after.id, item_name=after.name))
    if not events and before.name == after.name:
        return ()
    details = InventoryDetails(product_name=after.name, available=after.is_available, reason=reason)
    update = InventoryUpdate(restaurant_id=house, product_id=after.id, quantity=after.portions_left, details=details)
    return (*events, update)
