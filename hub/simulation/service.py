"""A service as it is planned: the house it takes place in, and the parties that come with what they want.

Ids are the text a client was given. Not its business: who serves them, and what becomes of it (`party`, `play`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Protocol

from hub.events.orders import OrderKind

STARTERS, MAINS, DESSERTS = 1, 2, 3

_STARTER_WORDS = frozenset({"starter", "appetiser", "appetizer", "small", "soup", "snack", "papadum", "begin"})
_DRINK_WORDS = frozenset({"drink", "bar", "wine", "beer", "cocktail", "coffee"})
_DESSERT_WORDS = frozenset({"dessert", "sweet", "pudding", "end"})


class WrongService(ValueError):
    """This service cannot be played here; the message says why, for whoever asked for it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A modifier group: at least `min` and at most `max` of these."""

    min: int
    max: int
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dish:
    """An item of the menu, as far as somebody who orders cares. `price` is in minor units."""

    id: str
    name: str
    price: int
    section: str
    station: str
    is_available: bool = True
    is_counted: bool = False
    choices: tuple[Choice, ...] = ()

    @property
    def is_drink(self) -> bool:
        return _has_word(self.section, _DRINK_WORDS)

    @property
    def course(self) -> int:
        """When it is eaten, judged by the name of its section: drinks come with the first course."""
        if self.is_drink or _has_word(self.section, _STARTER_WORDS):
            return STARTERS
        return DESSERTS if _has_word(self.section, _DESSERT_WORDS) else MAINS


@dataclass(frozen=True, slots=True)
class Table:
    id: str
    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class House:
    """What the doors tell about a restaurant before the evening begins. `stations` are names by id."""

    id: str
    name: str
    dishes: tuple[Dish, ...]
    stations: dict[str, str]
    tables: tuple[Table, ...] = ()

    @property
    def seats_max(self) -> int:
        return max((table.seats for table in self.tables), default=0)


@dataclass(frozen=True, slots=True)
class Wish:
    """One line that somebody wants."""

    item_id: str
    quantity: int = 1
    course: int = 1
    seat: int | None = None
    note: str | None = None
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """One party and what it wants; `afterthoughts` are asked for when the first course is eaten."""

    arrives_at: float
    kind: OrderKind
    name: str
    wishes: tuple[Wish, ...]
    covers: int = 1
    orders_itself: bool = False
    afterthoughts: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True)
class Evening:
    """One service from opening to closing, in seconds since midnight. Visits are in the order of arrival."""

    opens_at: float
    closes_at: float
    visits: tuple[Visit, ...]

    @property
    def lines(self) -> int:
        return sum(len(visit.wishes) + len(visit.afterthoughts) for visit in self.visits)


class Service(Protocol):
    """What is to be played. Raises WrongService where the house cannot have it."""

    @property
    def name(self) -> str: ...

    def evenings(self, house: House) -> Iterator[Evening]: ...


def chosen(dish: Dish, dice: Random, *, wanted: float = 0.0) -> tuple[str, ...]:
    """Modifiers for a dish: as many as its groups insist on, and about `wanted` of them where there is a choice."""
    modifiers: list[str] = []
    for choice in dish.choices:
        most = min(choice.max, len(choice.modifiers))
        likelihood = min(1.0, wanted / max(1, len(choice.modifiers)))
        fancied = sum(dice.random() < likelihood for _ in choice.modifiers)
        modifiers += dice.sample(choice.modifiers, max(min(choice.min, most), min(fancied, most)))
    return tuple(modifiers)


def _has_word(section: str, words: frozenset[str]) -> bool:
    """Whether a heading has one of the words in it, as one or as many."""
    return not words.isdisjoint(word.removesuffix("s") for word in re.findall(r"[a-z]+", section.lower()))
