"""An evening that is drawn: who comes when, in what company, and what they order. The same seed is the same evening.

Its shape follows published figures, of which only the aggregates named below were taken over:

- *Arrivals, lines and quantities:* the orders of an Indian takeaway in London, 2015 to 2019 ("19,560 Indian Takeaway
  Orders", published on Kaggle): shares of the day's orders by hour, 5.56 lines an order on average, and
  of the lines 82 % for one, 14 % for two and the rest for more of the same.
- *Modifiers:* the orders of a burrito chain ("Chipotle orders", published by The New York Times' Upshot, 2015): 3.2
  choices for every unit sold.

How many sit down, in what company, and who orders from the table is not published there; those figures are ours.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from hub.events.orders import OrderKind
from hub.simulation.clock import HOUR
from hub.simulation.service import DESSERTS, Dish, Evening, House, Visit, Wish, WrongService, chosen

OPENS_AT = 17 * HOUR
CLOSES_AT = 23.0 * HOUR

SHARE_BY_HOUR = {16: 0.0323, 17: 0.1567, 18: 0.2836, 19: 0.2462, 20: 0.1220, 21: 0.0567, 22: 0.0287}
LINES_OF_ORDER_MEAN = 5.56
LINES_OF_ORDER_MAX = 20
QUANTITIES = ((1, 0.82), (2, 0.14), (3, 0.02), (4, 0.02))
MODIFIERS_OF_UNIT_MEAN = 3.2

ORDERS_MEAN = 150
KINDS = ((OrderKind.DINE_IN, 0.5), (OrderKind.PICKUP, 0.25), (OrderKind.DELIVERY, 0.25))
COVERS = ((1, 0.08), (2, 0.47), (3, 0.15), (4, 0.20), (5, 0.05), (6, 0.05))
LINES_OF_COVER_MEAN = 2.4
ORDERS_ITSELF_SHARE = 0.3
AFTERTHOUGHT_SHARE = 0.2
NOTE_SHARE = 0.06

NOTES = ("no onions", "extra hot", "mild, for a child", "sauce on the side", "well done", "no coriander", "cut in half")
NAMES = ("Ada", "Bo", "Chidi", "Dina", "Emre", "Fay", "Goran", "Hana", "Ines", "Jun", "Kofi", "Lena", "Mo", "Noor")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DrawnService:
    """One drawn evening, or, where it is `endless`, one after the other with the seeds that follow."""

    seed: int = 1
    orders_max: int | None = None
    endless: bool = False

    @property
    def name(self) -> str:
        return f"an evening drawn with seed {self.seed}"

    def evenings(self, house: House) -> Iterator[Evening]:
        yield drawn(house, self.seed, self.orders_max)
        seed = self.seed
        while self.endless:
            seed += 1
            yield drawn(house, seed, self.orders_max)


def drawn(house: House, seed: int, orders_max: int | None = None) -> Evening:
    """The evening of this seed in this house. Raises WrongService where there is nothing to order."""
    dishes = [dish for dish in house.dishes if dish.is_available]
    if not dishes:
        raise WrongService(f"{house.name} has nothing on its menu that could be ordered. Import a menu first.")
    dice = Random(seed)
    times = _arrivals(dice, ORDERS_MEAN if orders_max is None else min(ORDERS_MEAN, orders_max))
    visits = tuple(_visit(house, dishes, at, dice) for at in times[:orders_max])
    return Evening(OPENS_AT, CLOSES_AT, visits)


def rate(at: float) -> float:
    """The share of the orders that comes per hour around a time, on straight lines between the hours' middles."""
    hour = at / HOUR - 0.5
    before = math.floor(hour)
    low, high = SHARE_BY_HOUR.get(before, 0.0), SHARE_BY_HOUR.get(before + 1, 0.0)
    return low + (high - low) * (hour - before)


def _arrivals(dice: Random, orders_mean: int) -> list[float]:
    """A Poisson process whose rate changes, by thinning: drawn at the highest rate, kept as the rate then allows."""
    highest = max(SHARE_BY_HOUR.values())
    # The shares are of a whole day; what lies outside of the evening is spread over it.
    total = orders_mean / sum(SHARE_BY_HOUR.values())
    times, at = list[float](), OPENS_AT
    while True:
        at += dice.expovariate(total * highest) * HOUR
        if at >= CLOSES_AT:
            return times
        if dice.random() * highest < rate(at):
            times.append(at)


def _visit(house: House, dishes: Sequence[Dish], at: float, dice: Random) -> Visit:
    kind = _one_of(KINDS, dice)
    if kind is OrderKind.DINE_IN and house.tables:
        return _dinner(house, dishes, at, dice)
    takeaway = OrderKind.PICKUP if kind is OrderKind.DINE_IN else kind
    count = min(LINES_OF_ORDER_MAX, 1 + _poisson(LINES_OF_ORDER_MEAN - 1, dice))
    wishes = tuple(_wish(dish, dice) for dish in _basket(dishes, count, dice))
    return Visit(at, takeaway, dice.choice(NAMES), wishes)


def _dinner(house: House, dishes: Sequence[Dish], at: float, dice: Random) -> Visit:
    covers = min(_one_of(COVERS, dice), house.seats_max)
    count = min(LINES_OF_ORDER_MAX, covers + _poisson((LINES_OF_COVER_MEAN - 1) * covers, dice))
    basket = _basket(dishes, count, dice)
    wishes = tuple(_wish(dish, dice, course=dish.course, seat=place % covers + 1) for place, dish in enumerate(basket))
    return Visit(
        at,
        OrderKind.DINE_IN,
        dice.choice(NAMES),
        wishes,
        covers=covers,
        orders_itself=dice.random() < ORDERS_ITSELF_SHARE,
        afterthoughts=_afterthoughts(dishes, dice),
    )


def _afterthoughts(dishes: Sequence[Dish], dice: Random) -> tuple[Wish, ...]:
    if dice.random() >= AFTERTHOUGHT_SHARE:
        return ()
    late = [dish for dish in dishes if dish.is_drink or dish.course == DESSERTS] or dishes
    return (_wish(dice.choice(late), dice, course=DESSERTS),)


def _basket(dishes: Sequence[Dish], count: int, dice: Random) -> list[Dish]:
    """So many different dishes, as far as there are; what is cheap goes more often than what is dear."""
    left, basket = list(dishes), list[Dish]()
    while left and len(basket) < count:
        (dish,) = dice.choices(left, [1 / math.sqrt(1 + dish.price) for dish in left])
        left.remove(dish)
        basket.append(dish)
    return basket


def _wish(dish: Dish, dice: Random, *, course: int = 1, seat: int | None = None) -> Wish:
    return Wish(
        item_id=dish.id,
        quantity=_one_of(QUANTITIES, dice),
        course=course,
        seat=seat,
        note=dice.choice(NOTES) if dice.random() < NOTE_SHARE else None,
        modifiers=chosen(dish, dice, wanted=MODIFIERS_OF_UNIT_MEAN),
    )


def _one_of(shares: tuple[tuple[T, float], ...], dice: Random) -> T:
    (one,) = dice.choices([value for value, _ in shares], [share for _, share in shares])
    return one


def _poisson(mean: float, dice: Random) -> int:
    """How often something happens that happens `mean` times on average (Knuth's way; means here are small)."""
    limit, product, count = math.exp(-mean), dice.random(), 0
    while product > limit:
        product *= dice.random()
        count += 1
    return count
